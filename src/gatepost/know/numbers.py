"""Telephone numbers: one form for all of them, whoever typed them in."""

from __future__ import annotations

import re

import phonenumbers

_UK_MOBILE = re.compile(r"(?:\+44|0044|0)(7\d{9})")


def read_mobile(value: str, *, region: str = "GB") -> tuple[str, str]:
    """The international form of a number that can get a text message; or a blank, and what is wrong with it."""
    bare = re.sub(r"[\s().\-\u2010-\u2015]", "", value)
    usual = _UK_MOBILE.fullmatch(bare)
    if usual:
        return f"+44{usual[1]}", ""
    try:
        parsed = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        return "", "is not a telephone number."
    if not phonenumbers.is_possible_number_for_type(parsed, phonenumbers.PhoneNumberType.MOBILE):
        return "", "has too many or too few digits for a telephone number."
    kind = phonenumbers.number_type(parsed)
    if kind == phonenumbers.PhoneNumberType.FIXED_LINE:
        return "", "is a landline, which gets no text messages."
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164), ""
