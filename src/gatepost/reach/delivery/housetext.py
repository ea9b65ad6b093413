"""A text of the house to one of its own staff, about no child and no family, so it is no notice: an alarm."""

from __future__ import annotations

import logging
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.module_loading import import_string

from gatepost.know.models import Channel
from gatepost.reach.channels import NoChannel, NotNow, Refusal, Transport, Unsure
from gatepost.reach.delivery.render import Letter
from gatepost.reach.models import Delivery

log = logging.getLogger(__name__)
POST_ROOM = "PostRoom"


def send_house_text(*, number: str, body: str, school_id: UUID) -> bool:
    """Send one text, where a gateway is set up. Says whether it was handed over.

    Neither the day's count of texts nor a stop of all messages holds it back: it is never about a family.
    """
    path = settings.GATEPOST_CHANNELS.get(Channel.SMS, "")
    if not path or path.endswith(POST_ROOM):
        return False
    carrier: Transport = import_string(path)()
    letter = Letter(recipient="", address=number, channel=Channel.SMS, language="en", title="", body=body)
    try:
        carrier.send(letter, Delivery(id=uuid4(), school_id=school_id))
    except (NoChannel, NotNow, Refusal, Unsure) as broken:
        log.error("a text to a member of staff was not sent: %s", type(broken).__name__)
        return False
    return True
