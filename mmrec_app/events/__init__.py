"""What visitors do: who they are, recording, loading in bulk, and the statistics made of it."""

from mmrec_app.events.load import load_events
from mmrec_app.events.record import NewEvent, record, record_many
from mmrec_app.events.statistics import refresh_statistics
from mmrec_app.events.visitors import adopt_visitor, site_of, visitor_for, visitor_of

__all__ = [
    "NewEvent",
    "adopt_visitor",
    "load_events",
    "record",
    "record_many",
    "refresh_statistics",
    "site_of",
    "visitor_for",
    "visitor_of",
]
