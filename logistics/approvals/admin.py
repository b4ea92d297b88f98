"""Approvals in the admin site, to look at: they are changed by signing and by the pages of rules alone."""

from django.contrib import admin

from logistics.approvals.models import Attendance, Decision, Drawing, Route, Rule, RuleStep, Signature, Step
from logistics.base.admin import ReadOnlyAdmin


@admin.register(Rule)
class RuleAdmin(ReadOnlyAdmin):
    view_permission = "approvals.manage_rules"
    list_display = ["name", "kind", "position", "amount_from", "amount_below", "in_force_from", "last_day", "source"]
    list_filter = ["kind"]
    search_fields = ["name"]


@admin.register(RuleStep)
class RuleStepAdmin(ReadOnlyAdmin):
    view_permission = "approvals.manage_rules"
    list_display = ["rule", "position", "role", "count", "label"]
    list_select_related = ["rule"]


@admin.register(Route)
class RouteAdmin(ReadOnlyAdmin):
    list_display = ["number", "kind", "version", "title", "applicant", "amount", "state", "started_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["applicant"]
    search_fields = ["number", "title"]


@admin.register(Step)
class StepAdmin(ReadOnlyAdmin):
    list_display = ["route", "position", "role", "state", "asked_at", "reminded_at"]
    list_select_related = ["route"]


@admin.register(Signature)
class SignatureAdmin(ReadOnlyAdmin):
    list_display = ["route", "person", "on_behalf_of", "verdict", "note", "signed_at"]
    list_select_related = ["route", "person", "on_behalf_of"]


@admin.register(Drawing)
class DrawingAdmin(ReadOnlyAdmin):
    list_display = ["person", "made_at", "keep"]
    list_select_related = ["person"]
    exclude = ["png"]


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    view_permission = "approvals.view_decision"
    list_display = ["number", "held_at", "topic", "route", "passed", "recorded_by"]
    list_select_related = ["route", "recorded_by"]
    search_fields = ["number", "topic"]


@admin.register(Attendance)
class AttendanceAdmin(ReadOnlyAdmin):
    view_permission = "approvals.view_decision"
    list_display = ["decision", "person", "presence"]
    list_select_related = ["decision", "person"]
