"""Scripts by their four letters (ISO 15924), in words: one language can be written in several."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SCRIPTS: dict[str, str | Promise] = {
    "Latn": _("Latin letters"),
    "Arab": _("Arabic letters"),
    "Beng": _("Bengali letters"),
    "Cyrl": _("Cyrillic letters"),
    "Deva": _("Devanagari letters"),
    "Ethi": _("Ethiopic letters"),
    "Guru": _("Gurmukhi letters"),
    "Gujr": _("Gujarati letters"),
    "Hans": _("Simplified Chinese characters"),
    "Hant": _("Traditional Chinese characters"),
    "Taml": _("Tamil letters"),
    "Brai": _("Braille"),
}
