"""What stories about letters say most often."""

from __future__ import annotations

from gatepost.know import services as know
from gatepost.know.models import Adult, Channel, Child, Household
from gatepost.reach.models import PrintRun, Sheet
from gatepost.reach.services import printing
from gatepost.testing import Cast


def home_of(cast: Cast, *members: Adult | Child) -> Household:
    """They live together at a known address."""
    home = know.found_household(members, organisation=cast.organisation.pk, by=None)
    know.show_address(home, "12 Mill Lane\nElm Park", by=None)
    return home


def wants_paper(cast: Cast, adult: Adult) -> None:
    """This adult has said that they like letters best."""
    know.say_wishes(adult, {"channel_order": [Channel.LETTER.value]}, by=cast.actor_of(cast.finch))


def print_run(cast: Cast) -> PrintRun:
    """Mrs Finch prints what waits."""
    return printing.make_run(PrintRun.Kind.ORDINARY, by=cast.actor_of(cast.finch))


def sheet_of(cast: Cast, adult: Adult) -> Sheet:
    """The newest sheet of this adult, printed and posted."""
    printing.settle_run(print_run(cast), by=cast.actor_of(cast.finch))
    return Sheet.objects.filter(delivery__notice__adult=adult).latest("run__made_at")
