"""Which language a page is in, when nobody has said so: asks Django and never the database.

`design` and `language` are strangers to each other, so this knows only what a page frame needs.
"""

from collections.abc import Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from gatepost.design.parts import PageLanguage, Words

OWN_NAMES = {"en": "English", "so": "Soomaali", "ur": "اردو"}

MADE_BY: dict[str, Words] = {
    "person": _("translated by a person"),
    "reviewed": _("translated, and checked by a speaker"),
    "machine": _("a computer's draft, not checked"),
    "drafted": _("drafted by the Gatepost makers, not yet checked"),
}


def active_language() -> PageLanguage:
    """The language that Django is speaking now, with its direction and its own name."""
    tag = translation.get_language() or "en"
    base = tag.split("-")[0]
    if base in OWN_NAMES:
        return PageLanguage(tag, "rtl" if base == "ur" else "ltr", OWN_NAMES[base])
    try:
        info: Mapping[str, Any] = translation.get_language_info(tag)
    except KeyError:
        return PageLanguage(tag, "ltr", tag)
    return PageLanguage(tag, "rtl" if info["bidi"] else "ltr", info["name_local"])
