"""What may leave the school: counts without names, each sheet passed through `suppression` as a whole."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gatepost.core import clock
from gatepost.measure.queries import AttendanceReport, NotHeard, Turnout
from gatepost.measure.suppression import Count, Sheet, Sum, published

type Number = int | None  # None: hidden
PARTS = ("invited", "came", "absent")


@dataclass(frozen=True)
class Table:
    """One table as it may be printed: a caption, heads, and rows of a label and its numbers."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Number, ...]], ...]

    @property
    def words(self) -> list[list[str]]:
        """Every row as it is shown."""
        return [[label, *(shown(number) for number in numbers)] for label, numbers in self.rows]

    @property
    def cells(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Every row with the head beside each number, for narrow screens."""
        return [(row[0], list(zip(self.heads, row[1:], strict=True))) for row in self.words]


def shown(number: Number) -> str:
    """A number, or the word that stands for a hidden one."""
    return _("hidden") if number is None else str(number)


def not_heard_tables(rows: Sequence[NotHeard]) -> tuple[Table, ...]:
    """How many adults we have not heard from, by language, class and way. Each adult is counted once in each table."""
    kinds = {
        _("By language"): Counter(row.language_name or _("Not known") for row in rows),
        _("By class of the first child"): Counter(row.group or _("No class") for row in rows),
        _("By the way that reaches them"): Counter(row.way for row in rows),
    }
    counts, sums = [Count("all", len(rows))], []
    for caption, table in kinds.items():
        counts += [Count(f"{caption}/{label}", number) for label, number in table.items()]
        sums.append(Sum("all", tuple(f"{caption}/{label}" for label in table)))
    known = published(Sheet(tuple(counts), tuple(sums) if rows else ()))
    heads = (_("Adults"),)
    everybody = Table(_("Not heard from for twelve weeks"), heads, ((_("All adults"), (known["all"],)),))
    return (everybody, *(_counted(caption, table, known) for caption, table in kinds.items()))


def _counted(caption: str, table: Counter[str], known: dict[str, Number]) -> Table:
    rows = tuple((label, (known[f"{caption}/{label}"],)) for label in sorted(table))
    return Table(caption, (_("Adults"),), rows)


def attendance_tables(report: AttendanceReport) -> tuple[Table, ...]:
    """Invited and came, as one sheet: who did not come, and those who said nothing of themselves, are protected too."""
    events = [row for row in report.events if row.noted]
    named = {f"event {number}": row for number, row in enumerate(events)}
    counts, sums = _with_absent("overall", report.overall)
    for name, row in named.items():
        more, sums_too = _with_absent(name, row)
        counts, sums = counts + more, sums + sums_too
    if named:
        sums += [Sum(f"overall {part}", tuple(f"{name} {part}" for name in named)) for part in PARTS]
    for number, row in enumerate(report.facets):
        more, sums_too = _beside_the_others(f"facet {number}", row, report.overall)
        counts, sums = counts + more, sums + sums_too
    known = published(Sheet(tuple(counts), tuple(sums)))
    facets = {f"facet {number}": row for number, row in enumerate(report.facets)}
    tables = [_turnout(_("By event"), {**named, "overall": report.overall}, known)]
    return (*tables, _turnout(_("By what people said of themselves"), facets, known)) if facets else tuple(tables)


def _with_absent(name: str, row: Turnout) -> tuple[list[Count], list[Sum]]:
    """Invited are those who came and those who did not."""
    values = {"invited": row.invited, "came": row.came, "absent": row.invited - row.came}
    whole = Sum(f"{name} invited", (f"{name} came", f"{name} absent"))
    return [Count(f"{name} {part}", value) for part, value in values.items()], [whole]


def _beside_the_others(name: str, row: Turnout, overall: Turnout) -> tuple[list[Count], list[Sum]]:
    """Nobody prints the adults who did *not* say this of themselves, but everybody can subtract."""
    others = Turnout("", overall.invited - row.invited, overall.came - row.came)
    counts, sums = _with_absent(name, row)
    more, sums_too = _with_absent(f"not {name}", others)
    parts = [Sum(f"overall {part}", (f"{name} {part}", f"not {name} {part}")) for part in PARTS]
    return counts + more, sums + sums_too + parts


def _turnout(caption: str, rows: dict[str, Turnout], known: dict[str, Number]) -> Table:
    shown_rows = []
    for name, row in rows.items():
        invited, came = known[f"{name} invited"], known[f"{name} came"]
        share = row.share if invited is not None and came is not None else None
        shown_rows.append((row.label, (invited, came, share)))
    return Table(caption, (_("Invited"), _("Came"), _("Came, of 100")), tuple(shown_rows))


def as_csv(tables: Iterable[Table], name: str) -> HttpResponse:
    """The tables as one file that a spreadsheet opens."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{clock.today():%Y-%m-%d}.csv"'
    answer.write("\ufeff")  # spreadsheets take the letters for English ones without it
    lines = csv.writer(answer)
    for table in tables:
        lines.writerow([_harmless(table.caption), *table.heads])
        lines.writerows([_harmless(cell) for cell in row] for row in table.words)
        lines.writerow([])
    return answer


def _harmless(cell: str) -> str:
    """A spreadsheet must not take what a school wrote for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
