"""How often somebody may do something: counted in the database, so that it holds with many workers. Never a lock-out.

A budget is so much in a stretch of time. Who spends it (a link, a mailbox, a network address) is kept as a keyed hash
only. Whoever has spent all of it waits until the stretch is over.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest

from gatepost.core import clock, planned
from gatepost.core.errors import Wait
from gatepost.core.models import Limit
from gatepost.core.proving import keyed

# One statement that counts and refuses: two workers at once never spend more than there is.
_SPEND = """
INSERT INTO core_limit (id, key, ends_at, count) VALUES (%s, %s, %s, %s)
ON CONFLICT (key, ends_at) DO UPDATE SET count = core_limit.count + excluded.count
WHERE core_limit.count + excluded.count <= %s
RETURNING count
"""


@dataclass(frozen=True)
class Budget:
    """So much of one thing, for one spender, in each stretch of so many seconds."""

    name: str
    most: int
    seconds: int


def spend(budget: Budget, on: object, *, cost: int = 1) -> datetime | None:
    """Spend from a budget. Returns None if there was enough, else when there will be again; then nothing was spent."""
    ends_at = _end_of_stretch(budget)
    if cost > budget.most:
        return ends_at
    row = [uuid.uuid4().hex, _key(budget, on), connection.ops.adapt_datetimefield_value(ends_at), cost, budget.most]
    queues = connection.vendor == "sqlite" and not connection.in_atomic_block  # its writers stand in a queue
    statement = planned.inserting(_SPEND, len(row))
    with transaction.atomic() if queues else nullcontext(), connection.cursor() as cursor:
        cursor.execute(statement, row)
        return None if cursor.fetchone() else ends_at


def spend_all(budgets: Iterable[tuple[Budget, object]]) -> None:
    """Spend once from each of these, or from none of them.

    Holds afterwards: every count has grown by one; or `Wait` was raised, which says until when, and none has.
    """
    with transaction.atomic():
        for budget, on in budgets:
            until = spend(budget, on)
            if until:
                raise Wait(until)


def forget_old() -> int:
    """Delete what no longer limits anybody. Returns how many rows went. Safe to do again."""
    gone, _ = Limit.objects.filter(ends_at__lte=clock.now()).delete()
    return gone


def network_of(request: HttpRequest) -> str:
    """Where a request comes from, for a budget: an address (of IPv6 the network of a home). Blank: nobody can say.

    Only as many proxies are believed as `GATEPOST_PROXIES` says there are; this computer itself is nobody's network.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.GATEPOST_PROXIES:
        named = [each.strip() for each in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
        address = named[-settings.GATEPOST_PROXIES] if len(named) >= settings.GATEPOST_PROXIES else ""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if found.is_loopback:
        return ""
    return str(found) if found.version == 4 else str(ip_network((found, 64), strict=False))


def _end_of_stretch(budget: Budget) -> datetime:
    now = int(clock.now().timestamp())
    return datetime.fromtimestamp((now // budget.seconds + 1) * budget.seconds, UTC)


def _key(budget: Budget, on: object) -> str:
    return keyed("limit", f"{budget.name}:{on}")
