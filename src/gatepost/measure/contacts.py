"""How many talks with families were linked to learning: at home, which matters more than who comes, and at meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count as CountOf
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from gatepost.core import clock
from gatepost.measure.queries import WEEKS
from gatepost.measure.releases import Table
from gatepost.measure.suppression import Count, Sheet, Sum, published
from gatepost.meet.models import Attendance
from gatepost.reach.models import Touch


@dataclass(frozen=True)
class AtHome:
    """Contacts in which both sides spoke, those about learning at home, and those at meetings about learning."""

    contacts: int
    at_home: int
    meetings: int = 0

    @property
    def share(self) -> int | None:
        """How many of a hundred were about learning at home; None where nobody spoke."""
        return self._of_100(self.at_home)

    @property
    def linked(self) -> int | None:
        """How many of a hundred were linked to learning, at home or at a meeting."""
        return self._of_100(self.at_home + self.meetings)

    def _of_100(self, part: int) -> int | None:
        return round(100 * part / self.contacts) if self.contacts else None


def at_home() -> AtHome:
    """The last twelve weeks, in two queries. What we only sent does not count.

    Whether a meeting is about learning was said when it was planned; each adult who came has spoken with us there.
    """
    since = clock.now() - timedelta(weeks=WEEKS)
    spoken = Touch.objects.filter(two_way=True, at__gte=since).order_by()
    found = spoken.aggregate(contacts=CountOf("pk"), at_home=CountOf("pk", filter=Q(at_home=True)))
    came = Attendance.objects.filter(came=True, noted_at__gte=since, booking__invitation__event__learning=True)
    return AtHome(found["contacts"], found["at_home"], came.count())


@dataclass(frozen=True)
class Unlinked:
    """One meeting to which families came, and which nobody has linked to learning."""

    title: str
    last: datetime


def unlinked() -> list[Unlinked]:
    """Those of the last twelve weeks, the newest first. One query."""
    since = clock.now() - timedelta(weeks=WEEKS)
    event = "booking__invitation__event"
    came = Attendance.objects.filter(came=True, noted_at__gte=since, **{f"{event}__learning": False}).order_by()
    found = came.values(f"{event}_id", f"{event}__title").annotate(last=Max("booking__slot__starts_at"))
    rows = [Unlinked(row[f"{event}__title"], row["last"]) for row in found]
    return sorted(rows, key=lambda row: row.last, reverse=True)


def at_home_tables(row: AtHome) -> tuple[Table, ...]:
    """The same as it may leave the school: the rest is protected, too, since everybody can subtract."""
    rest = row.contacts - row.at_home - row.meetings
    counts = (
        *(Count("all", row.contacts), Count("home", row.at_home)),
        *(Count("meetings", row.meetings), Count("rest", rest)),
    )
    known = published(Sheet(counts, (Sum("all", ("home", "meetings", "rest")),)))
    share = row.share if known["all"] is not None and known["home"] is not None else None
    linked = row.linked if share is not None and known["meetings"] is not None else None
    heads = (
        *(_("Contacts"), _("About learning at home"), _("Of 100")),
        *(_("At meetings about learning"), _("Linked to learning, of 100")),
    )
    numbers = (known["all"], known["home"], share, known["meetings"], linked)
    return (Table(_("Learning at home"), heads, ((_("Both sides spoke, in twelve weeks"), numbers),)),)
