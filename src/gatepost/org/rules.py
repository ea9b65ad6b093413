"""Who may, by the role somebody acts in. Rules about a thing live with the thing."""

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
