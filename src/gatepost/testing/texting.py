"""What an adult texts back to the school, once what is due has reached them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gatepost.know.models import Adult, Channel, ContactPoint
from gatepost.reach.models import IncomingText
from gatepost.reach.services.incoming import take_text

if TYPE_CHECKING:
    from gatepost.testing import Cast


def text_from(cast: Cast, adult: Adult, words: str) -> IncomingText:
    """From their own telephone."""
    cast.letters(adult)
    number = ContactPoint.objects.get(adult=adult, channel=Channel.SMS).value
    return take_text(number, words, school=cast.school)
