"""Addresses of the roof."""

from django.urls import path

from logistics.front.views import account, books, filters, find, guide, home

app_name = "front"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", find.search, name="search"),
    path("filters/", filters.kept_filters, name="filters"),
    path("checks/", books.checks, name="checks"),
    path("guide/", guide.index, name="guide-index"),
    path("guide/<slug:name>/", guide.page, name="guide"),
    path("login/", account.Login.as_view(), name="login"),
    path("logout/", account.Logout.as_view(), name="logout"),
    path("password/", account.OwnPassword.as_view(), name="password"),
    path("language/", account.language, name="language"),
    path("healthz", home.healthz, name="healthz"),
]
