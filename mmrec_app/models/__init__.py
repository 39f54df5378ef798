"""The tables, by what they hold: things, their vectors, and what visitors did."""

from mmrec_app.models.behaviour import Event, EventKind, Impression, ItemStatistics, Visitor
from mmrec_app.models.items import Item
from mmrec_app.models.vectors import Artefact, Generation, ItemNeighbour, ItemVector, ModalityVector

__all__ = [
    "Artefact",
    "Event",
    "EventKind",
    "Generation",
    "Impression",
    "Item",
    "ItemNeighbour",
    "ItemStatistics",
    "ItemVector",
    "ModalityVector",
    "Visitor",
]
