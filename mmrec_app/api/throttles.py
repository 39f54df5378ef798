"""Rates come from `MMREC`; a visitor is told apart by login or address."""

from typing import Any

from rest_framework.throttling import SimpleRateThrottle

from mmrec_app.conf import conf
from mmrec_app.privacy import limit_key


class _PerMinute(SimpleRateThrottle):
    setting: str

    def get_rate(self) -> str:
        return f"{getattr(conf(), self.setting)}/min"

    def get_cache_key(self, request: Any, view: Any) -> str:
        who = f"user:{request.user.pk}" if request.user.is_authenticated else self.get_ident(request)
        return limit_key(self.setting, who)


class EventsThrottle(_PerMinute):
    setting = "events_per_minute"


class ListsThrottle(_PerMinute):
    setting = "lists_per_minute"


class SearchesThrottle(_PerMinute):
    setting = "searches_per_minute"
