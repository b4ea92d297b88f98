"""The project's addresses: one line an app."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("logistics.front.urls")),
    path("school/", include("logistics.school.urls")),
    path("calendar/", include("logistics.workcalendar.urls")),
    path("", include("assets.urls")),
    path("finance/", include("finance.urls")),
    path("approvals/", include("logistics.approvals.urls")),
    path("notices/", include("logistics.notices.urls")),
    path("imports/", include("logistics.importing.urls")),
    path("records/", include("logistics.records.urls")),
    path("prints/", include("logistics.printing.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "logistics.front.views.errors.bad_request"
handler403 = "logistics.front.views.errors.forbidden"
handler404 = "logistics.front.views.errors.not_found"
handler500 = "logistics.front.views.errors.server_error"
