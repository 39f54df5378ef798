"""Whether somebody may be remembered: asked of the shop, once a request."""

import logging

from django.http import HttpRequest
from django.utils.module_loading import import_string

from mmrec_app.conf import conf

logger = logging.getLogger(__name__)


def has_consented(request: HttpRequest) -> bool:
    """What `MMREC["CONSENT"]` says of a request; yes where a shop names no hook. A hook that fails means no.

    Without consent there is no cookie, no event and no history: a visitor gets the lists that everybody gets.
    """
    path = conf().consent
    if not path:
        return True
    known = getattr(request, "_mmrec_consent", None)
    if known is None:
        known = request._mmrec_consent = _ask(path, request)  # type: ignore[attr-defined]
    return known


def _ask(path: str, request: HttpRequest) -> bool:
    try:
        return bool(import_string(path)(request))
    except Exception:
        logger.exception("MMREC['CONSENT'] = %r failed; this visitor is not remembered", path)
        return False
