"""Text messages through any gateway that takes them as an address with parameters, as Kannel and most carriers do."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.urls import reverse

from gatepost.reach import gatekeys
from gatepost.reach.channels import NotNow, Refusal
from gatepost.reach.channels.calling import call
from gatepost.reach.delivery.parts import is_plain
from gatepost.reach.delivery.render import Letter
from gatepost.reach.models import Delivery

USUAL = {408: "later", 425: "later", 429: "later"}  # besides: 2xx taken, 5xx later, all else refused
FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}


class Gateway:
    """Hands a text to the gateway of the settings."""

    def send(self, letter: Letter, delivery: Delivery) -> None:
        """Send it. What the gateway's status code means stands in the settings; words are never read."""
        url = fill(settings.GATEPOST_GATEWAY_URL, letter, delivery)
        if settings.GATEPOST_GATEWAY_METHOD == "POST":
            url, _, form = url.partition("?")
            answered = call("POST", url, body=form.encode(), headers=FORM)
        else:
            answered = call("GET", url)
        meant = meaning(answered.code)
        if meant == "later":
            raise NotNow(f"The text gateway said {answered.code}.", everywhere=True)
        if meant == "refused":
            raise Refusal(f"The text gateway said {answered.code}.")


def fill(template: str, letter: Letter, delivery: Delivery) -> str:
    """The address with its parameters: `{to}`, `{text}`, `{coding}`, `{id}` and `{receipt}`, each made safe."""
    receipt = reverse("gateway:receipt", args=[gatekeys.key_of(delivery.school_id)])
    values = {
        "to": letter.address,
        "text": letter.body,
        "coding": "0" if is_plain(letter.body) else "2",
        "id": delivery.pk.hex,
        "receipt": f"{settings.GATEPOST_ORIGIN}{receipt}?id={delivery.pk.hex}&status=%d",
    }
    before, *rest = template.split("{")
    filled = [before]
    for piece in rest:
        name, _, after = piece.partition("}")
        filled.append(quote(values[name], safe="") + after)
    return "".join(filled)


def meaning(code: int) -> str:
    """`taken`, `later` or `refused`: as the settings say, else as HTTP does."""
    said = settings.GATEPOST_GATEWAY_ANSWERS.get(str(code)) or USUAL.get(code)
    if said:
        return str(said)
    return {2: "taken", 5: "later"}.get(code // 100, "refused")
