"""Addresses of this app."""

from django.urls import URLPattern, URLResolver, path

from logistics.notices.views import channels, notices

app_name = "notices"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", notices.NoticeList.as_view(), name="notice-list"),
    path("read/", notices.all_read, name="notices-read"),
    path("<int:pk>/", notices.opened, name="notice"),
    path("channels/", channels.ChannelList.as_view(), name="channel-list"),
    path("channels/new/", channels.ChannelCreate.as_view(), name="channel-create"),
    path("channels/<int:pk>/", channels.ChannelUpdate.as_view(), name="channel-update"),
    path("channels/<int:pk>/trial/", channels.trial, name="channel-trial"),
    path("sent/", channels.DeliveryList.as_view(), name="delivery-list"),
    path("sent/<int:pk>/again/", channels.again, name="delivery-again"),
]
