"""What must hold before real families are served, looked at one by one, each with the way to mend it."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.checks import run_checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import to_locale

from gatepost.core import audit, insertonly, keys, rowsecurity, scope
from gatepost.language.table import FAMILY_LANGUAGES
from gatepost.meet import packing
from gatepost.org.models import School
from gatepost.reach.delivery import ledger, press
from gatepost.reach.services.freezing import frozen

OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: well, or how to mend it. A note is neither good nor bad."""

    what: str
    mend: str = ""
    note: bool = False

    @property
    def is_well(self) -> bool:
        """Whether nothing has to be done."""
        return self.note or not self.mend


def examine() -> Iterator[Finding]:
    """Everything in its order. What cannot be looked at without the database is left out while it does not answer."""
    yield from _settings()
    yield from _folder()
    yield from _channels()
    yield from _letters()
    yield from _catalogues()
    reached = _database()
    yield reached
    if reached.is_well:
        for look in (_migrations, _wal, _policies, _audit, _ledger, _pack):
            yield from _asked(look)


def _asked(look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from look()
    except DatabaseError:
        yield Finding("The tables of the database can be read", "Run: gatepost migrate")


def _settings() -> Iterator[Finding]:
    """Secret, hosts and demonstration, as `config.checks` sees them; no model is asked."""
    problems = [found for found in run_checks() if str(found.id).startswith("gatepost.")]
    for found in problems:
        yield Finding(str(found.msg), str(found.hint or "See the settings reference."))
    if not problems:
        yield Finding("The secret key, the host names and the demonstration are set safely")
    if settings.DEBUG:
        yield Finding("Development mode is switched on", "Unset GATEPOST_DEBUG where real people come.")
    if not settings.GATEPOST_ORIGIN.startswith("https://"):
        words = "Pages travel unencrypted; well on this machine only"
        yield Finding(words, "Set GATEPOST_ORIGIN to https://…", note=True)


def _folder() -> Iterator[Finding]:
    folder: Path = settings.GATEPOST_DATA
    if not folder.is_dir():
        yield Finding("The data folder is there", f"Make the folder {folder}, or set GATEPOST_DATA.")
        return
    open_ones = [path for path in (folder, folder / "secret_key") if path.exists() and path.stat().st_mode & OTHERS]
    names = " and ".join(str(path) for path in open_ones)
    yield Finding("Only this account can read the data folder", f"Run: chmod go-rwx {names}" if open_ones else "")
    open_keys = [str(path) for path in sorted(keys.folder().glob("*.key")) if path.stat().st_mode & OTHERS]
    yield Finding("Only this account can read the keys", f"Run: chmod 600 {' '.join(open_keys)}" if open_keys else "")


def _channels() -> Iterator[Finding]:
    set_up = ", ".join(sorted(settings.GATEPOST_CHANNELS))
    if not set_up:
        mend = "Set GATEPOST_SMTP_URL. Until then the office says everything in person."
        yield Finding("Messages can leave the house", mend)
        return
    yield Finding(f"Messages can leave the house by: {set_up}")
    if "sms" not in settings.GATEPOST_CHANNELS:
        words = "Nothing sends text messages; the office says them in person"
        yield Finding(words, "Set GATEPOST_GATEWAY_URL or GATEPOST_NOTIFY_KEY where you want them sent.", note=True)


def _letters() -> Iterator[Finding]:
    """Without the press letters are printed from the browser: worth knowing, and no danger."""
    if why := press.problem():
        yield Finding("Letters cannot be made into a PDF; they are printed from the browser", why, note=True)
    else:
        yield Finding("Letters can be made into a PDF")


def _pack() -> Iterator[Finding]:
    """The lists for the day on which nothing works: they help only where they are of yesterday."""
    if not settings.GATEPOST_PACK_CERTIFICATE:
        mend = "Set GATEPOST_PACK_CERTIFICATE to the certificate of whoever may open them."
        yield Finding("No lists are written for the day on which nothing works", mend, note=True)
        return
    names = ", ".join(packing.stale())
    mend = f"Run: gatepost pack, and see that the worker runs (no fresh list: {names})" if names else ""
    yield Finding("The lists for the day on which nothing works are fresh", mend)


def _catalogues() -> Iterator[Finding]:
    missing = []
    for tag in FAMILY_LANGUAGES:
        source = Path(settings.LOCALE_PATHS[0]) / to_locale(tag) / "LC_MESSAGES" / "django.po"
        compiled = source.with_suffix(".mo")
        stale = compiled.exists() and source.exists() and compiled.stat().st_mtime < source.stat().st_mtime
        if tag != "en" and (stale or not compiled.exists()):
            missing.append(tag)
    words = f"Run: make setup (not compiled: {', '.join(missing)})" if missing else ""
    yield Finding("The words of every family language are compiled", words)


def _database() -> Finding:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return Finding("The database answers", "Look at DATABASE_URL, and whether the database server runs.")
    return Finding("The database answers")


def _migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    yield Finding("The database has the shape this version needs", "Run: gatepost migrate" if waiting else "")


def _wal() -> Iterator[Finding]:
    if connection.vendor != "sqlite" or connection.is_in_memory_db():  # type: ignore[attr-defined]  # SQLite's own
        return
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
    mend = "" if mode == "wal" else "Put the data folder on a local disk: SQLite cannot keep its log here."
    yield Finding("SQLite reads while it writes (WAL)", mend)


def _policies() -> Iterator[Finding]:
    if connection.vendor == "postgresql":
        stale = ", ".join(rowsecurity.stale_policies(connection))
        words = "PostgreSQL shows rows in scope only"
        yield Finding(words, f"Run: gatepost migrate (other policy, or none: {stale})" if stale else "")


def _audit() -> Iterator[Finding]:
    """Every school's chain, and the one of what belongs to no school."""
    words = "The database itself keeps the audit trail from being changed"
    yield Finding(words, "" if insertonly.is_kept(connection) else "Its triggers are gone. Ask who took them away.")
    schools = [None, *School.objects.values_list("pk", flat=True)]
    broken = [(school, line) for school in schools if (line := audit.first_bad_line(school)) is not None]
    mend = "; ".join(f"school {school or 'none'}: line {line} was changed, removed or moved" for school, line in broken)
    yield Finding("The audit trail is whole", f"{mend}. Restore a backup and find out who did it." if mend else "")


def _ledger() -> Iterator[Finding]:
    """Every school's messages: everybody who was to be told stands somewhere, and a worker takes up what is due."""
    lost, stuck, stopped = 0, 0, []
    for school in School.objects.all():
        with scope.only([school.pk], organisation=school.organisation_id):
            counted = ledger.count()
            lost += counted.lost + (not counted.adds_up and not counted.lost)
            stuck += ledger.waits_for_nobody()
            stopped += [school.name] if frozen() else []
    mend = (
        f"{lost} promises have no way to go: start `gatepost worker`, which gives them to the office." if lost else ""
    )
    yield Finding("Everybody who was to be told stands in the ledger once", mend)
    mend = f"{stuck} messages have been due for more than five minutes: start `gatepost worker`." if stuck else ""
    yield Finding("What is due is taken up", mend)
    if stopped:
        yield Finding(f"Somebody has stopped all sending: {', '.join(stopped)}", "The office lets it go.", note=True)
