"""What visitors do: who they are, recording, loading in bulk, and the statistics made of it."""

from mmrec_app.events.affinities import refresh_affinities
from mmrec_app.events.consent import has_consented
from mmrec_app.events.load import load_events
from mmrec_app.events.record import NewEvent, record, record_many
from mmrec_app.events.retention import forget_old
from mmrec_app.events.robots import is_robot
from mmrec_app.events.statistics import refresh_statistics
from mmrec_app.events.visitors import adopt_visitor, forget_visitor, held, site_of, visitor_for, visitor_of

__all__ = [
    "NewEvent",
    "adopt_visitor",
    "forget_old",
    "forget_visitor",
    "has_consented",
    "held",
    "is_robot",
    "load_events",
    "record",
    "record_many",
    "refresh_affinities",
    "refresh_statistics",
    "site_of",
    "visitor_for",
    "visitor_of",
]
