"""What this package does when `know` has news, inside the same transaction."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from gatepost.know.models import Adult, Care, Child, ContactPoint, Order
from gatepost.know.queries import may_tell_old_contact
from gatepost.know.signals import contact_ended, may_learn_changed, wishes_changed
from gatepost.org.actor import Actor
from gatepost.reach import links, notices, together_page
from gatepost.reach.models import FamilyLink
from gatepost.reach.services import ask_again, tell_there


@receiver(contact_ended)
def tell_old_contact(sender: type[ContactPoint], *, point: ContactPoint, by: Actor | None, **_: Any) -> None:
    """Tell a number or mailbox that is given up, so that nobody changes a family's address behind their back.

    Holds afterwards: the notice names no child and no new number; where anybody could be in danger by it, there is
    none, and nothing says so. One that several adults read goes on being read, and hears nothing either.
    """
    if by is None or not by.schools or point.shared or not may_tell_old_contact(point):
        return
    tell_there(point, notices.contact_changed, school_id=by.school_id, by=by)


@receiver(contact_ended)
def shut_what_lies_there(sender: type[ContactPoint], *, point: ContactPoint, by: Actor | None, **_: Any) -> None:
    """The page that shows what is written from now on is shut to whoever has the old place.

    Where anybody could be in danger by it, so is every link in the messages that lie there.
    """
    theirs = FamilyLink.objects.filter(adult=point.adult_id, contact_point=point)
    links.revoke(theirs.filter(purpose=notices.TOGETHER_OPENS) if may_tell_old_contact(point) else theirs, by=by)


@receiver(wishes_changed)
def send_as_they_wish(sender: type[Adult], *, adult: Adult, together: bool, by: Actor | None, **_: Any) -> None:
    """What waits goes at the hour an adult likes now. Whoever gets it together from now on is told how to end that."""
    together_page.plan_anew(adult)
    if together and by is not None and len(by.schools) == 1:
        together_page.say_that_it_is_so(adult, by=by)


@receiver(may_learn_changed)
def ask_the_gate_again(sender: type[Order | Care], *, adult: Adult, child: Child, by: Actor | None, **_: Any) -> None:
    """An order or a hold binds at once: also what is queued, what is to be said in person, and every live link."""
    ask_again(adult, child=child, by=by)
