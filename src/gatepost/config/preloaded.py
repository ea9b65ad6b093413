"""What all processes of a served school need, loaded before they branch off: they hold it together, and the first
families need not wait for it.
"""

from __future__ import annotations

import gc
from datetime import datetime
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext, override

from gatepost.config.settings import PACKAGE
from gatepost.config.wsgi import application
from gatepost.language.dates import LONDON, say_day, say_time

FIRST = ("design", "meet")  # every page is made of the first; everybody asks for the second when booking opens
SOME_DAY = datetime(2027, 2, 4, 17, 10, tzinfo=LONDON)

for name in FIRST:
    folder = PACKAGE / name / "templates"
    for path in folder.rglob("*.html" if name == "design" else "family/*.html"):
        get_template(str(path.relative_to(folder)))
for tag, _ in settings.LANGUAGES:
    with override(tag):
        gettext("Today")
        reverse("invite:open", args=["any"])  # loads every page, and reads every address
        say_day(SOME_DAY, tag)
        say_time(SOME_DAY, tag)
page = {"PATH_INFO": reverse("security_txt"), "HTTP_ACCEPT_LANGUAGE": "en"}  # one that needs no database
setup_testing_defaults(page)
application.get_response(WSGIRequest(page)).close()  # through everything that all pages go through
gc.collect()
gc.freeze()

__all__ = ["application"]
