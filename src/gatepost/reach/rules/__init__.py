"""Who may see what was sent, and who settles what waits."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet

from gatepost.know.models import Adult, Care, Channel, Child
from gatepost.know.rules import children_not_own, children_of, children_open_to, may_open_adult
from gatepost.org.actor import Actor
from gatepost.org.permissions import Permission, has
from gatepost.org.rules import may_open_addresses
from gatepost.reach.models import Delivery, IncomingText, Notice, PrintRun, Sheet


def may_open_the_post_room(actor: Actor) -> bool:
    """Everybody in the demonstration and in development; nobody where real families live."""
    return bool(settings.GATEPOST_DEMO or settings.DEBUG)


def may_see_own_messages(actor: Actor, adult: Adult) -> bool:
    """An adult, their own; the gate is asked about each child."""
    return actor.adult_id == adult.pk and adult.merged_into_id is None


def may_clear(actor: Actor, notice: Notice) -> bool:
    """Whoever runs the office keeps the promises that no wire could; those about their own child a colleague keeps."""
    return has(actor, Permission.CLEAR) and _not_own(actor, notice.child)


def may_stop_all(actor: Actor) -> bool:
    """Whoever runs the office stops all messages of the school, and lets them go again."""
    return has(actor, Permission.CLEAR)


def may_settle_delivery(actor: Actor, delivery: Delivery) -> bool:
    """Whoever runs the office asks a family whether a message came; never the other parent of their own child."""
    return has(actor, Permission.CLEAR) and _not_own(actor, delivery.notice.child)


def may_set_text_budget(actor: Actor) -> bool:
    """Whoever runs the office of one school says what its texts may cost."""
    return has(actor, Permission.CLEAR) and len(actor.schools) == 1


def may_help_prove(actor: Actor, adult: Adult) -> bool:
    """Whoever works with an adult's child sits with them while they choose a PIN, or hands them a code on paper.

    Never for themselves, and never for another adult of their own child.
    """
    own = Care.objects.filter(adult=adult, child__in=children_of(actor), ended_on=None)
    return may_open_adult(actor, adult) and adult.person_id != actor.person_id and not own.exists()


def may_print(actor: Actor) -> bool:
    """Whoever runs the office prints letters, and says what became of them."""
    return has(actor, Permission.CLEAR)


def may_print_sealed(actor: Actor) -> bool:
    """Letters to an address that is kept secret: whoever may open such an address, and nobody else."""
    return may_open_addresses(actor)


def may_open_run(actor: Actor, run: PrintRun) -> bool:
    """Whoever prints letters of its kind, where none of them goes to the other parent of their own child."""
    may = may_print_sealed(actor) if run.kind == PrintRun.Kind.SEALED else may_print(actor)
    return may and not run.sheets.filter(delivery__notice__child__in=children_of(actor)).exists()


def may_see_letter(actor: Actor, delivery: Delivery) -> bool:
    """The office looks at a letter before it is printed; never at one to the other parent of its own child."""
    return delivery.channel == Channel.LETTER and may_settle_delivery(actor, delivery)


def may_key_in(actor: Actor, sheet: Sheet) -> bool:
    """The office keys in what came back on paper; never from the other parent of its own child."""
    return may_settle_delivery(actor, sheet.delivery)


def may_settle_text(actor: Actor, text: IncomingText) -> bool:
    """The office reads what came; never from the other parent of their own child."""
    child = text.notice.child if text.notice else None
    own = (
        Care.objects.filter(adult=text.adult_id, child__in=children_of(actor)) if text.adult_id else Care.objects.none()
    )
    return has(actor, Permission.CLEAR) and not own.exists() and _not_own(actor, child)


def _not_own(actor: Actor, child: Child | None) -> bool:
    return child is None or children_not_own(actor).filter(pk=child.pk).exists()


def children_talked_about(actor: Actor) -> QuerySet[Child]:
    """The children a talk may be noted about: those somebody works with, or for the gate all; never their own."""
    if has(actor, Permission.NOTE_ANY_TALK):
        return children_not_own(actor)
    return children_open_to(actor) if has(actor, Permission.NOTE_TALK) else Child.objects.none()


def may_note_talk(actor: Actor, adult: Adult) -> bool:
    """Whether this adult cares for a child about whom this member of staff may note a talk."""
    cares = Care.objects.filter(adult=adult, ended_on=None)
    own = cares.filter(child__in=children_of(actor))
    return cares.filter(child__in=children_talked_about(actor)).exists() and not own.exists()


def may_note_talks(actor: Actor) -> bool:
    """Whoever may note that they talked with somebody: from the lunchtime assistant to the head."""
    return has(actor, Permission.NOTE_ANY_TALK) or has(actor, Permission.NOTE_TALK)


def cares_talked_about(actor: Actor) -> QuerySet[Care]:
    """The bonds by which somebody finds the adult they talked with; nobody of their own child's family."""
    family = Care.objects.filter(child__in=children_of(actor), ended_on=None)
    cares = Care.objects.filter(child__in=children_talked_about(actor), ended_on=None)
    return cares.exclude(adult__in=family.values("adult"))
