"""The tables, by what they hold: things, their vectors, what visitors did, and what merchandisers decide."""

from mmrec_app.models.behaviour import Event, EventKind, Impression, ItemAffinity, ItemStatistics, Visitor
from mmrec_app.models.items import Item
from mmrec_app.models.measuring import CountedDay, DailyFigure, DailyItem, Experiment, Variant
from mmrec_app.models.queries import EncodedQuery
from mmrec_app.models.rules import Rule
from mmrec_app.models.vectors import Artefact, Generation, ItemNeighbour, ItemVector, ModalityVector

__all__ = [
    "Artefact",
    "CountedDay",
    "DailyFigure",
    "DailyItem",
    "EncodedQuery",
    "Event",
    "EventKind",
    "Experiment",
    "Generation",
    "Impression",
    "Item",
    "ItemAffinity",
    "ItemNeighbour",
    "ItemStatistics",
    "ItemVector",
    "ModalityVector",
    "Rule",
    "Variant",
    "Visitor",
]
