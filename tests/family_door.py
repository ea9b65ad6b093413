"""What the stories at a family's door share: another browser, a summary that was shared, and whether it shows."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from gatepost.agree.tests.saying import shared
from gatepost.core import scope
from gatepost.know.models import Adult
from gatepost.testing import Cast


class Phone(Client):
    """One browser; its requests start without a scope, as real ones do."""

    def request(self, **request: Any) -> Any:
        with scope.nobody():
            return super().request(**request)


def summary(cast: Cast, adult: Adult) -> str:
    """Share a record with this adult, and return where their summary lies."""
    shared(cast, adult)
    return re.findall(r"/s/[\w-]+/", "\n".join(cast.letters(adult)))[-1]


def is_open(page: Any) -> bool:
    return page.status_code == 200 and "Ayan reads at home" in page.text
