"""The post room: in the demonstration and in development, messages are laid out here instead of leaving the house."""

from __future__ import annotations

from django.conf import settings

from gatepost.core import clock
from gatepost.reach.channels import NoChannel
from gatepost.reach.delivery.render import Letter
from gatepost.reach.models import Delivery, PostRoomCopy


class PostRoom:
    """Keeps each letter as its recipient would see it."""

    def send(self, letter: Letter, delivery: Delivery) -> None:
        """Lay the letter out. Refused where real families live: a copy holds a live link."""
        if not (settings.GATEPOST_DEMO or settings.DEBUG):
            raise NoChannel("The post room is for the demonstration and for development.")
        PostRoomCopy.objects.update_or_create(
            delivery=delivery,
            defaults={
                "school_id": delivery.school_id,
                "recipient": letter.recipient,
                "address": letter.address,
                "title": letter.title,
                "body": letter.body,
                "at": clock.now(),
            },
        )
