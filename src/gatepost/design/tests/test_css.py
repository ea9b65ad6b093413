"""The style sheet keeps its promises: small, logical, legible in light and in dark, nothing from outside."""

import gzip
import re
from pathlib import Path

import pytest

import gatepost.design

pytestmark = pytest.mark.once

HERE = Path(gatepost.design.__file__).parent
CSS = (HERE / "static/design/gatepost.css").read_text()
RULES = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)

TEXT_PAIRS = [
    (ink, ground)
    for ground in ("paper", "card")
    for ink in ("ink", "ink-soft", "gate", "gate-over", "post-text")
] + [
    ("ink", "shade"), ("ink-soft", "shade"), ("gate", "gate-wash"), ("ink", "gate-wash"),
    ("on-gate", "gate"), ("on-gate", "gate-over"), ("on-post", "post"), ("on-top", "top"),
    ("gate-text", "gate-wash"), ("post-text", "post-wash"),
    ("sky-text", "sky-wash"), ("sun-text", "sun-wash"),
]  # fmt: skip
SHAPE_PAIRS = [
    ("gate", "paper"), ("gate", "card"), ("edge", "card"), ("edge", "paper"), ("post", "card"),
    ("focus-ink", "paper"), ("focus-ink", "card"),
]  # fmt: skip


def tokens(part: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", part))


LIGHT = tokens(RULES.split("@media (prefers-color-scheme: dark)")[0])
DARK = LIGHT | tokens(RULES.split("@media (prefers-color-scheme: dark)")[1].split("@layer base")[0])


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(each * 2 for each in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_words_can_be_read(scheme: dict[str, str], ink: str, ground: str):
    assert contrast(scheme[ink], scheme[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_edges_of_things_to_press_can_be_seen(scheme: dict[str, str], shape: str, ground: str):
    assert contrast(scheme[shape], scheme[ground]) >= 3


def test_dark_names_every_colour_that_light_names():
    again = tokens(RULES.split("@media (prefers-color-scheme: dark)")[1].split("@layer base")[0])
    assert set(LIGHT) == set(again)


def test_no_side_of_the_screen_has_a_name():
    assert not re.findall(r"(?<![\w-])(?:left|right)(?![\w-])|-(?:left|right)\b", RULES)
    assert not re.findall(r"(?<![\w-])(?:margin|padding|border)-(?:top|bottom)\b", RULES)
    assert not re.findall(r"[{;]\s*(?:width|height|max-width|min-height|min-width|max-height)\s*:", RULES)


def test_nothing_comes_from_elsewhere():
    assert "@import" not in RULES
    assert "url(" not in RULES
    assert "http" not in RULES


def test_the_whole_look_weighs_little():
    assert len(gzip.compress(CSS.encode(), 9)) < 8_000
    script = (HERE / "static/design/staff.js").read_bytes()
    assert len(gzip.compress(script, 9)) < 4_000


def test_colours_are_named_once_and_then_used_by_name():
    after = RULES.split("@layer base", 2)[-1].split("@layer print")[0]
    loose = set(re.findall(r"#[0-9a-f]{3,6}\b", after))
    assert loose <= {"#1d2b2a"}, "only the ink on the yellow of the focus is the same in light and dark"


@pytest.mark.parametrize(
    "need", ["prefers-reduced-motion", "forced-colors", "@media print", ":focus-visible", "[lang|=ur]"]
)
def test_nobody_is_forgotten(need: str):
    assert need in RULES
