"""What families wrote with their bookings becomes theirs on the agenda."""

from typing import Any

from django.db import migrations


def fill(apps: Any, schema_editor: Any) -> None:
    """One thing for each invitation: the words of the booking that is held, else of the latest one."""
    Booking, Item = apps.get_model("meet", "Booking"), apps.get_model("meet", "AgendaItem")
    said = Booking.objects.exclude(talk_about="").order_by("booked_at")
    words: dict[Any, Any] = {}
    for booking in said.iterator(chunk_size=500):
        before = words.get(booking.invitation_id)
        if before is None or booking.status == "booked" or before.status != "booked":
            words[booking.invitation_id] = booking
    Item.objects.bulk_create(
        (
            Item(
                school_id=each.school_id,
                invitation_id=each.invitation_id,
                side="family",
                words=each.talk_about,
                at=each.booked_at,
            )
            for each in words.values()
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("meet", "0014_agendas")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
