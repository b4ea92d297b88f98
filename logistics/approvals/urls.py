"""Addresses of this app, by noun."""

from django.urls import include, path

from logistics.approvals.views import decisions, drawings, routes, rules

app_name = "approvals"

rule_patterns = [
    path("", rules.index, name="rules"),
    path("new/<str:kind>/", rules.create, name="rule-create"),
    path("<int:pk>/", rules.detail, name="rule-detail"),
    path("<int:pk>/change/", rules.change, name="rule-change"),
    path("<int:pk>/end/", rules.end, name="rule-end"),
    path("<int:pk>/move/", rules.move, name="rule-move"),
]

decision_patterns = [
    path("", decisions.DecisionList.as_view(), name="decision-list"),
    path("new/<int:pk>/", decisions.create, name="decision-create"),
    path("<int:pk>/", decisions.DecisionDetail.as_view(), name="decision-detail"),
    path("<int:pk>/print/", decisions.print_record, name="decision-print"),
]

urlpatterns = [
    path("", routes.Inbox.as_view(), name="inbox"),
    path("signed/", routes.Signed.as_view(), name="signed"),
    path("together/", routes.together, name="together"),
    path("<int:pk>/", routes.detail, name="route-detail"),
    path("drawing/", drawings.mine, name="drawing"),
    path("drawing/drop/", drawings.drop, name="drawing-drop"),
    path("drawing/<int:pk>/", drawings.picture, name="drawing-picture"),
    path("rules/", include(rule_patterns)),
    path("decisions/", include(decision_patterns)),
]
