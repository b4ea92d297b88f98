"""The tables of approvals, cut by noun."""

from logistics.approvals.models.decisions import Attendance, Decision
from logistics.approvals.models.routes import Drawing, Route, Signature, Step
from logistics.approvals.models.rules import Rule, RuleStep

__all__ = ["Attendance", "Decision", "Drawing", "Route", "Rule", "RuleStep", "Signature", "Step"]
