"""Addresses of this app."""

from django.urls import path

from logistics.workcalendar.views import drafts, feeds, load, series, sheets, tasks

app_name = "workcalendar"
urlpatterns = [
    path("", sheets.sheet, name="sheet"),
    path("print/", sheets.month_print, name="sheet-print"),
    path("print/year/", sheets.year_print, name="year-print"),
    path("mine/", tasks.MyTasks.as_view(), name="my-tasks"),
    path("people/", load.LoadList.as_view(), name="load"),
    path("tasks/", tasks.TaskList.as_view(), name="task-list"),
    path("tasks/new/", tasks.TaskCreate.as_view(), name="task-create"),
    path("tasks/<int:pk>/", tasks.TaskDetail.as_view(), name="task-detail"),
    path("tasks/<int:pk>/edit/", tasks.TaskUpdate.as_view(), name="task-update"),
    path("tasks/<int:pk>/following/", series.change_following, name="task-following"),
    path("tasks/<int:pk>/done/", tasks.finish, name="task-done"),
    path("tasks/<int:pk>/not-done/", tasks.fail, name="task-not-done"),
    path("tasks/<int:pk>/reopen/", tasks.reopen, name="task-reopen"),
    path("tasks/<int:pk>/drop/", tasks.drop, name="task-drop"),
    path("tasks/<int:pk>/hand-on/", tasks.hand_on, name="task-hand-on"),
    path("tasks/<int:pk>/files/add/", tasks.AddProof.as_view(), name="task-file-add"),
    path("tasks/<int:pk>/files/<int:file>/", tasks.show_file, name="task-file"),
    path("tasks/<int:pk>/files/<int:file>/small/", tasks.show_file, {"small": True}, name="task-file-small"),
    path("hand-ons/<int:pk>/", tasks.answer, name="hand-on-answer"),
    path("phone/", feeds.phone, name="phone"),
    path("phone/renew/", feeds.renew, name="feed-renew"),
    path("phone/renew/school/", feeds.renew, {"school": True}, name="feed-renew-school"),
    path("feeds/<str:secret>.ics", feeds.feed, name="feed"),
    path("plans/", drafts.DraftList.as_view(), name="draft-list"),
    path("plans/read/", drafts.read, name="draft-read"),
    path("plans/copy/", drafts.copy, name="draft-copy"),
    path("plans/<int:pk>/", drafts.detail, name="draft-detail"),
    path("plans/<int:pk>/text/", drafts.text, name="draft-text"),
    path("plans/<int:pk>/back/", drafts.take_back, name="draft-take-back"),
    path("plans/<int:pk>/throw-away/", drafts.throw_away, name="draft-throw-away"),
    path("recurring/", series.SeriesList.as_view(), name="series-list"),
    path("recurring/new/", series.choose, name="series-choose"),
    path("recurring/new/<str:rhythm>/", series.SeriesCreate.as_view(), name="series-create"),
    path("recurring/<int:pk>/", series.SeriesDetail.as_view(), name="series-detail"),
    path("recurring/<int:pk>/edit/", series.SeriesUpdate.as_view(), name="series-update"),
    path("recurring/<int:pk>/end/", series.end, name="series-end"),
    path("recurring/templates/", series.templates, name="series-templates"),
    path("recurring/make/", series.make, name="series-make"),
]
