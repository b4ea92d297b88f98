"""Addresses of this app."""

from django.urls import path

from logistics.importing.views import columns, names, rows, runs, steps

app_name = "importing"
urlpatterns = [
    path("", runs.RunList.as_view(), name="run-list"),
    path("new/<slug:kind>/", runs.upload, name="run-create"),
    path("empty/<slug:kind>/", runs.template, name="template"),
    path("export/<slug:kind>.<slug:form>", runs.export, name="export"),
    path("<int:pk>/", runs.detail, name="run-detail"),
    path("<int:pk>/progress/", runs.progress, name="run-progress"),
    path("<int:pk>/columns/", columns.columns, name="run-columns"),
    path("<int:pk>/columns/back/", columns.back, name="run-back"),
    path("<int:pk>/names/", names.names, name="run-names"),
    path("<int:pk>/rows/", rows.rows, name="row-list"),
    path("<int:pk>/rows/<int:number>/", rows.row, name="row"),
    path("<int:pk>/rows/<int:number>/mend/", rows.mend, name="row-mend"),
    path("<int:pk>/commit/", steps.commit, name="run-commit"),
    path("<int:pk>/undo/", steps.undo, name="run-undo"),
    path("<int:pk>/check/", steps.check_again, name="run-check"),
    path("<int:pk>/leave/", steps.leave_rest_out, name="run-leave"),
    path("<int:pk>/drop/", steps.drop, name="run-drop"),
    path("<int:pk>/restart/", steps.restart, name="run-restart"),
    path("<int:pk>/file/", runs.file, name="run-file"),
    path("<int:pk>/marked/", runs.marked, name="run-marked"),
    path("<int:pk>/again/", runs.upload_again, name="run-again"),
]
