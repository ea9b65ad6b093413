"""What every web worker needs, loaded before they branch off: they hold it together, and the first families need not
wait for it.
"""

from __future__ import annotations

import gc

from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils.translation import gettext, override

from gatepost.config.wsgi import application

FIRST = ("meet/family/choose.html", "meet/family/booked.html")  # what everybody asks for when booking opens

get_resolver().url_patterns  # noqa: B018  # loads every page
for name in FIRST:
    get_template(name)
for tag, _ in settings.LANGUAGES:
    with override(tag):
        gettext("Today")
gc.collect()
gc.freeze()

__all__ = ["application"]
