"""Places the bars of a chart; the template draws them as SVG and shows the same numbers as a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gatepost.measure.queries import Turnout

ROW, BAR = 62, 18  # height of a row and of the bar in it
WIDTH, ROOM_FOR_NUMBER = 640, 60
LONGEST_LABEL = 44
MOST_BARS = 12


@dataclass(frozen=True)
class Bar:
    """One bar: how long it is, where it lies, and what stands beside it."""

    label: str
    share: int
    words_y: int
    y: int
    width: int
    number_x: int
    number_y: int
    height: int = BAR


@dataclass(frozen=True)
class Chart:
    """Bars under each other."""

    bars: tuple[Bar, ...]
    width: int
    height: int


def bars_of(rows: Iterable[Turnout]) -> Chart:
    """One bar for each row that has a share, the first ones only: a picture of forty bars tells nobody anything."""
    kept = [row for row in rows if row.share is not None][:MOST_BARS]
    bars = tuple(_bar(row, row.share or 0, number * ROW) for number, row in enumerate(kept))
    return Chart(bars, WIDTH, max(1, len(bars)) * ROW + 4)


def _bar(row: Turnout, share: int, top: int) -> Bar:
    width = max(2, (WIDTH - ROOM_FOR_NUMBER) * share // 100)
    label = row.label if len(row.label) <= LONGEST_LABEL else row.label[: LONGEST_LABEL - 1] + "…"
    return Bar(label, share, top + 22, top + 34, width, width + 8, top + 50)
