"""Looking for what a story is about, and for nothing that chance may spell or order."""

from __future__ import annotations

import re

from django.db.models import OuterRef, Subquery

from gatepost.core.models import AuditEvent


def as_written(told: str) -> Subquery:
    """The place in the trail of the notice that is named so: of two of one moment, which was written first."""
    return Subquery(
        AuditEvent.objects.filter(verb="reach.notice_written", thing_id=OuterRef(told)).values("number")[:1]
    )


def stands_in(said: str, page: str) -> bool:
    """Whether just this stands in a page or a row; an id, a token or a part of a second that spells it is not it."""
    return re.search(rf"(?<![\w-]){re.escape(said)}(?![\w-])", page) is not None
