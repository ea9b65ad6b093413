"""The pack for the day on which nothing works: tomorrow's lists in one locked file, written every afternoon."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from cryptography.x509 import Certificate
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.text import slugify

from gatepost.core import audit, clock, scope
from gatepost.core.envelope import certificates_in, lock
from gatepost.core.errors import Refused
from gatepost.language.dates import LONDON
from gatepost.meet.queries import pack as queries
from gatepost.org.models import School

log = logging.getLogger(__name__)

FROM_HOUR = 15  # London wall time: most of what is booked for tomorrow is booked by then
FRESH = timedelta(hours=26)  # one is written each afternoon, and it takes a while
KEPT = 3  # packs of each school: an old one is only a list of names
STYLE = "design/pack.css"
MADE = "meet.packed"


def tick() -> None:
    """In the afternoon, for every school that has none of today yet, where somebody has said who may open it."""
    now = clock.now().astimezone(LONDON)
    if not settings.GATEPOST_PACK_CERTIFICATE or now.hour < FROM_HOUR:
        return
    due = [school for school in School.objects.all() if not _path(school, _tomorrow()).exists()]
    try:
        certificates = certificates_in(Path(settings.GATEPOST_PACK_CERTIFICATE)) if due else []
        for school in due:
            write(school, to=certificates)
    except (Refused, OSError) as problem:
        log.error("the pack for an outage could not be written: %s", problem)


def write_all() -> list[Path]:
    """Write those of every school now, whatever the hour. Refused where nobody could open them."""
    if not settings.GATEPOST_PACK_CERTIFICATE:
        raise Refused("Nobody has said who may open it: set GATEPOST_PACK_CERTIFICATE to the file of a certificate.")
    certificates = certificates_in(Path(settings.GATEPOST_PACK_CERTIFICATE))
    return [write(school, to=certificates) for school in School.objects.all()]


@transaction.atomic
def write(school: School, *, to: Sequence[Certificate]) -> Path:
    """Write tomorrow's lists of one school into one locked file, instead of any of the same day.

    Holds afterwards: the file is whole or not there at all; only the last few are kept; the trail has a line.
    """
    day = _tomorrow()
    with scope.only([school.pk], organisation=school.organisation_id):
        sheets = queries.sheets_from(day)
        page = as_page(school, day, sheets)
        audit.record_all(MADE, [(school, {"sheets": len(sheets)})], by=None, at_school=school.pk)
    path = _path(school, day)
    _put(path, lock(page.encode(), to=list(to)))
    for old in sorted(path.parent.glob(f"{_stem(school)}-*.p7m"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return path


def as_page(school: School, day: date, sheets: Sequence[queries.Sheet]) -> str:
    """One page for a browser that has no network: it prints one sheet for each list."""
    style = Path(str(finders.find(STYLE))).read_text(encoding="utf-8")
    said = {"school": school, "day": day, "sheets": sheets, "made_at": clock.now()}
    return render_to_string("meet/staff/pack.html", said | {"style": mark_safe(f"<style>{style}</style>")})  # noqa: S308


def stale() -> list[str]:
    """The names of the schools whose newest pack is older than a day: on the day of an outage it would be missed."""
    yesterday = (clock.now() - FRESH).timestamp()
    return [school.name for school in School.objects.order_by("name") if _newest(school) < yesterday]


def _newest(school: School) -> float:
    packs = Path(settings.GATEPOST_PACK_FOLDER).glob(f"{_stem(school)}-*.p7m")
    return max((path.stat().st_mtime for path in packs), default=0.0)


def _tomorrow() -> date:
    return clock.today() + timedelta(days=1)


def _path(school: School, day: date) -> Path:
    return Path(settings.GATEPOST_PACK_FOLDER) / f"{_stem(school)}-{day.isoformat()}.p7m"


def _stem(school: School) -> str:
    return f"{slugify(school.name) or 'school'}-{school.pk.hex[:8]}"


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_suffix(f".{os.getpid()}.part")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
    beside.replace(path)
