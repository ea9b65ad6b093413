"""A school of version 0.2 is brought to this one, in the database that is served: `python -m tests.upgrading`."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

RELEASED = [
    ("agree", "0002_second_reader"),
    ("core", "0003_audit_insert_only"),
    ("know", "0004_orders_in_full"),
    ("meet", "0001_initial"),
    ("org", "0002_roles_strands_advisers_glass"),
    ("reach", "0003_incoming_texts"),
    ("support", "0002_advisers"),
]
"""The last migrations of version 0.2: what a school has that was set up with it."""
WORDS = "Reading at home, please"


def upgrade() -> dict[str, Any]:
    """Make the tables as they were, an evening with one booked time in them, and all that came since."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from gatepost.config.database import as_owner
    from gatepost.core.rowsecurity import see_everything

    with as_owner(connection, settings.DATABASE_OWNER_URL, settings.GATEPOST_DATA):
        executor = MigrationExecutor(connection)
        see_everything(using="default")
        state = executor.migrate(RELEASED)
        school, organisation = _an_evening(state.apps)
    call_command("migrate", verbosity=0)
    return _what_is_there(school, organisation)


def _an_evening(apps: Any) -> tuple[Any, Any]:
    """One talk that is past and one that is booked, in the words of the version they were kept in."""
    from django.utils import timezone

    now = timezone.now()

    def made(app: str, model: str, /, **values: Any) -> Any:
        return apps.get_model(app, model)._base_manager.create(**values).pk

    owner = made("org", "Organisation", name="Elm Trust")
    school = made("org", "School", name="Elm", organisation_id=owner)
    ode = made("org", "Person", name="Ms Ode", password="!")
    child = made("know", "Child", school_id=school, name="Ayaan Noor", called="Ayaan")
    adult = made("know", "Adult", organisation_id=owner, name="Amina Noor")
    of, about = {"school_id": school}, {"adult_id": adult, "child_id": child}
    ask = made("reach", "Ask", **of, adult_id=adult, question="come", asked_at=now)
    what = {"kind": "evening", "title": "Evening", "place": "Hall", "minutes": 10}
    event = made("meet", "Event", **of, **what, made_at=now, made_by_id=ode)
    invited = made("meet", "Invitation", **of, **about, made_at=now, ask_id=ask, event_id=event)
    for days, status, words in ((-30, "cancelled", "Maths"), (30, "booked", WORDS)):
        at = now + timedelta(days=days)
        held = {"starts_at": at, "minutes": 10, "taken": int(days > 0)}
        slot = made("meet", "Slot", **of, **held, event_id=event, host_id=ode)
        told = {"booked_at": at - timedelta(days=60), "status": status, "talk_about": words}
        made("meet", "Booking", **of, **told, invitation_id=invited, slot_id=slot)
    sent = {"kind": "meet.booked", "language": "so", "created_at": now, "subject": invited}
    notice = made("reach", "Notice", **of, **sent, adult_id=adult)
    made("reach", "Delivery", **of, channel="email", not_before=now, notice_id=notice)
    return school, owner


def _what_is_there(school: Any, organisation: Any) -> dict[str, Any]:
    from gatepost.core import scope
    from gatepost.meet.models import AgendaItem, Booking, Hold, Slot
    from gatepost.reach.models import Delivery, Notice

    with scope.only([school], organisation=organisation):
        return {
            "bookings": sorted(Booking.objects.values_list("status", flat=True)),
            "sessions": [slot.session.starts_at == slot.starts_at for slot in Slot.objects.select_related("session")],
            "holds": sorted(set(Hold.objects.values_list("kind", flat=True))),
            "words": [(item.side, item.words) for item in AgendaItem.objects.all()],
            "messages": Notice.objects.count() + Delivery.objects.count(),
        }


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(upgrade()))
