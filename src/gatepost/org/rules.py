"""Who may, by the role somebody acts in. Rules about a thing live with the thing."""

from gatepost.disclosure import Reader
from gatepost.disclosure.gate import MAY_KNOW
from gatepost.org.actor import Actor
from gatepost.org.models import Role


def may_run_the_office(actor: Actor) -> bool:
    """Office staff and the head: they invite for the whole school and keep its contacts in order."""
    return actor.is_staff and actor.acting_role in {Role.OFFICE, Role.HEAD}


def may_lead(actor: Actor) -> bool:
    """The head: sees the whole school's reach."""
    return actor.is_staff and actor.acting_role == Role.HEAD


def may_teach(actor: Actor) -> bool:
    """Anybody who teaches or runs the office: they meet families."""
    return actor.is_staff and actor.acting_role in {Role.TEACHER, Role.OFFICE, Role.HEAD}


def reader_of(actor: Actor) -> Reader:
    """As whom somebody reads what the gate has said."""
    if not actor.is_staff:
        return Reader.FAMILY
    named = {Role.OFFICE: Reader.OFFICE, Role.HEAD: Reader.HEAD}
    return named.get(Role(actor.acting_role), Reader.STAFF)


def may_know_of_orders(actor: Actor) -> bool:
    """Who may know that an order exists, and so may read first what colleagues write where one stands."""
    return reader_of(actor) in MAY_KNOW


def may_protect(actor: Actor) -> bool:
    """Whoever may write down an order, and see whom it restrains: the office and the head."""
    return may_run_the_office(actor)


def may_lift(actor: Actor) -> bool:
    """Whoever may be the second of the two people who lift an order."""
    return may_protect(actor)
