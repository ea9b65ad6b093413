"""How many talks with families were about learning at home: what happens there matters more than who comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count as CountOf
from django.db.models import Q
from django.utils.translation import gettext as _

from gatepost.core import clock
from gatepost.measure.queries import WEEKS
from gatepost.measure.releases import Table
from gatepost.measure.suppression import Count, Sheet, Sum, published
from gatepost.reach.models import Touch


@dataclass(frozen=True)
class AtHome:
    """Contacts in which both sides spoke, and those of them that were about learning at home."""

    contacts: int
    at_home: int

    @property
    def share(self) -> int | None:
        """How many of a hundred; None where nobody spoke."""
        return round(100 * self.at_home / self.contacts) if self.contacts else None


def at_home() -> AtHome:
    """The last twelve weeks, in one query. What we only sent does not count."""
    since = clock.now() - timedelta(weeks=WEEKS)
    spoken = Touch.objects.filter(two_way=True, at__gte=since).order_by()
    found = spoken.aggregate(contacts=CountOf("pk"), at_home=CountOf("pk", filter=Q(at_home=True)))
    return AtHome(found["contacts"], found["at_home"])


def at_home_tables(row: AtHome) -> tuple[Table, ...]:
    """The same as it may leave the school: the rest is protected, too, since everybody can subtract."""
    counts = (Count("all", row.contacts), Count("home", row.at_home), Count("rest", row.contacts - row.at_home))
    known = published(Sheet(counts, (Sum("all", ("home", "rest")),)))
    share = row.share if known["all"] is not None and known["home"] is not None else None
    heads = (_("Contacts"), _("About learning at home"), _("Of 100"))
    line = (_("Both sides spoke, in twelve weeks"), (known["all"], known["home"], share))
    return (Table(_("Learning at home"), heads, (line,)),)
