"""Addresses of the roof."""

from django.urls import path

from logistics.front.views import account, home

app_name = "front"
urlpatterns = [
    path("", home.home, name="home"),
    path("login/", account.Login.as_view(), name="login"),
    path("logout/", account.Logout.as_view(), name="logout"),
    path("healthz", home.healthz, name="healthz"),
]
