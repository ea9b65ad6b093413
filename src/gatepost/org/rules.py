"""Who may, by the role somebody acts in: `permissions.py` says it. Rules about a thing live with the thing."""

from gatepost.core import scope
from gatepost.disclosure import Reader
from gatepost.disclosure.gate import MAY_KNOW
from gatepost.org.actor import Actor
from gatepost.org.models import Bilingual, BrokenGlass, DaysOff, Job, Lead
from gatepost.org.permissions import Permission, has


def may_run_the_office(actor: Actor) -> bool:
    """Office staff, the head, and whoever leads on knowing families: they keep the school's contacts in order."""
    return has(actor, Permission.SETTLE)


def may_lead(actor: Actor) -> bool:
    """The head: answers for the whole school, and reads what was said in it."""
    return has(actor, Permission.READ_ALL)


def may_teach(actor: Actor) -> bool:
    """Everybody who plans and holds meetings with families, whatever their role is called."""
    return has(actor, Permission.PLAN)


def may_protect(actor: Actor) -> bool:
    """Whoever may write down an order, and see whom it restrains: the safeguarding lead, the office, the head."""
    return has(actor, Permission.PROTECT)


def may_lift(actor: Actor) -> bool:
    """Whoever may be one of the two people who lift an order: the safeguarding lead, the office, the head."""
    return has(actor, Permission.LIFT)


def may_open_addresses(actor: Actor) -> bool:
    """The head and the safeguarding lead: an address that is kept from everybody else."""
    return has(actor, Permission.ADDRESS)


def may_see_families(actor: Actor) -> bool:
    """Whoever works with children of the school, whether with some or with all."""
    return has(actor, Permission.SEE_OWN) or has(actor, Permission.SEE_ALL)


def may_manage_staff(actor: Actor) -> bool:
    """The head says who works here, as what, and who leads which strand."""
    return has(actor, Permission.STAFF)


def may_manage_job(actor: Actor, job: Job) -> bool:
    """The head, for the jobs of their own school."""
    return may_manage_staff(actor) and job.school_id in actor.schools


def may_manage_strand(actor: Actor, held: Lead) -> bool:
    """The head, for the strands of their own school."""
    return may_manage_staff(actor) and held.school_id in actor.schools


def may_break_glass(actor: Actor) -> bool:
    """Everybody who works with families, for a child whose team they are not on: with a reason, and seen by others."""
    return has(actor, Permission.BREAK_GLASS)


def may_see_broken_glass(actor: Actor) -> bool:
    """The head and the safeguarding lead, who are told of it."""
    return has(actor, Permission.ALERTS)


def may_look_at(actor: Actor, glass: BrokenGlass) -> bool:
    """The head or the safeguarding lead, and never whoever broke it themselves."""
    return may_see_broken_glass(actor) and glass.person_id != actor.person_id and glass.school_id in actor.schools


def may_advise(actor: Actor) -> bool:
    """An independent adviser, inside their own service's rows."""
    return has(actor, Permission.ADVISE) and not actor.schools and scope.is_open()


def reader_of(actor: Actor) -> Reader:
    """As whom somebody reads what the gate has said."""
    if not actor.is_staff:
        return Reader.FAMILY
    if not actor.schools:
        return Reader.OUTSIDER
    if not may_protect(actor):
        return Reader.STAFF
    if may_lead(actor):
        return Reader.HEAD
    return Reader.SAFEGUARDING_LEAD if may_open_addresses(actor) else Reader.OFFICE


def may_know_of_orders(actor: Actor) -> bool:
    """Who may know that an order exists, and so may read first what colleagues write where one stands."""
    return reader_of(actor) in MAY_KNOW


def may_read_words(actor: Actor) -> bool:
    """Everybody who works at a school: whoever knows a family's language reads and corrects our words in it."""
    return actor.is_staff and bool(actor.schools)


def may_manage_reader(actor: Actor, asked: Bilingual) -> bool:
    """The head says who reads which language for the school."""
    return may_manage_staff(actor) and asked.school_id in actor.schools


def may_change_days_off(actor: Actor, days: DaysOff) -> bool:
    """Whoever keeps the office of the school that is closed on them."""
    return may_run_the_office(actor) and days.school_id in actor.schools
