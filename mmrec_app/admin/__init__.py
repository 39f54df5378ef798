"""The merchandiser's side: what is encoded, what went wrong, which generation serves, what visitors did."""

from mmrec_app.admin.behaviour import EventAdmin, ImpressionAdmin, VisitorAdmin
from mmrec_app.admin.generations import GenerationAdmin
from mmrec_app.admin.items import ItemAdmin

__all__ = ["EventAdmin", "GenerationAdmin", "ImpressionAdmin", "ItemAdmin", "VisitorAdmin"]
