"""The merchandiser's side: what is encoded, what went wrong, which generation serves, what visitors did."""

from mmrec_app.admin.behaviour import EventAdmin, ImpressionAdmin, VisitorAdmin
from mmrec_app.admin.dashboard import DashboardAdmin
from mmrec_app.admin.experiments import ExperimentAdmin
from mmrec_app.admin.generations import GenerationAdmin
from mmrec_app.admin.items import ItemAdmin
from mmrec_app.admin.rules import RuleAdmin

__all__ = [
    "DashboardAdmin",
    "EventAdmin",
    "ExperimentAdmin",
    "GenerationAdmin",
    "ImpressionAdmin",
    "ItemAdmin",
    "RuleAdmin",
    "VisitorAdmin",
]
