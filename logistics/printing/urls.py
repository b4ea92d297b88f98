"""Addresses of this app."""

from django.urls import path

from logistics.printing import views

app_name = "printing"
urlpatterns = [
    path("", views.JobList.as_view(), name="job-list"),
    path("<int:pk>/", views.job_detail, name="job-detail"),
    path("<int:pk>/file/", views.job_file, name="job-file"),
]
