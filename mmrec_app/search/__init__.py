"""Searches by words and by photo, and the shop's own results in a visitor's order. Knows no torch: a worker encodes."""

from mmrec_app.search.asking import QueryWaits, ask_photo
from mmrec_app.search.finding import search, search_list
from mmrec_app.search.personal import rerank

__all__ = ["QueryWaits", "ask_photo", "rerank", "search", "search_list"]
