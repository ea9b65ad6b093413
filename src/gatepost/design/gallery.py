"""Example data of the gallery: long names, Urdu names, errors, nothing at all, times that are taken."""

from typing import Any

from django import forms
from django.core.paginator import Paginator

from gatepost.design.forms import DateInput, TimeSelect
from gatepost.design.gallery_words import ENGLISH, WORDS
from gatepost.design.languages import OWN_NAMES, active_language
from gatepost.design.parts import Cell, Choice, Column, Day, Line, NavItem, PageLanguage, Step, Time

TAGS = tuple(WORDS)
FRAMES = ("page", "family", "bare")
LONG_NAME = "Muhammad Abdullah-al-Rahman Featherstonehaugh-Warsame"
URDU_NAME = "حنا بی بی چوہدری"


def everything(tag: str, frame: str) -> dict[str, Any]:
    """All that the gallery shows, in the language that is active now."""
    words = WORDS.get(tag, ENGLISH)
    return {
        "say": words,
        "tags": [(each, OWN_NAMES[each]) for each in TAGS],
        "frames": FRAMES,
        "urdu": PageLanguage("ur", "rtl", OWN_NAMES["ur"]),
        "urdu_words": WORDS["ur"],
        "english_words": ENGLISH,
        "long_name": LONG_NAME,
        "urdu_name": URDU_NAME,
        **_frame(tag, frame),
        **_asking(words),
        **_showing(words),
    }


def _frame(tag: str, frame: str) -> dict[str, Any]:
    places = ("Today", "Families", "Meetings", "Promises", "Not heard from yet")
    return {
        "frame": frame,
        "frame_template": f"design/{frame}.html",
        "language": active_language(),
        "languages": [(f"?in={each}&frame={frame}", OWN_NAMES[each], each) for each in TAGS],
        "school_name": "Elm Park Primary",
        "nav": [NavItem("#content", place, current=not number) for number, place in enumerate(places)],
        "signed_in": {"name": "Ms Ode", "role": "Teacher"},
        "drafted": tag != "en",
        "office_name": "Mrs Finch",
        "office_phone": "0113 496 0000",
    }


def _asking(words: dict[str, str]) -> dict[str, Any]:
    return {
        "form": example_form(words)(prefix="plain"),
        "form_with_errors": example_form(words)({"wrong-about": ""}, prefix="wrong"),
        "days": [
            Day(
                words["day"],
                _times(words, "3.30 3.50 4.10 4.30 4.50 5.10", taken="4.10 4.30", checked="3.50"),
            ),
            Day(words["other_day"], _times(words, "9.10 9.30", taken="9.10 9.30", checked="")),
        ],
        "choices": [
            Choice("interpreter", words["interpreter"], checked=True),
            Choice("bring", words["bring"]),
            Choice("place", words["place"], hint=words["place_hint"]),
            Choice("none", words["none"], disabled=True),
        ],
    }


def _times(words: dict[str, str], listed: str, *, taken: str, checked: str) -> list[Time]:
    colon = "." if words["pm"] == "{}pm" else ":"
    return [
        Time(
            value=each,
            label=words["pm"].format(each.replace(".", colon)),
            taken=each in taken.split(),
            checked=each == checked,
        )
        for each in listed.split()
    ]


def example_form(words: dict[str, str]) -> type[forms.Form]:
    """A form with every kind of question."""

    class Example(forms.Form):
        slot = forms.ChoiceField(
            label=words["day"],
            widget=TimeSelect(taken=["1"]),
            choices=[("1", words["pm"].format("3.30")), ("2", words["pm"].format("3.50"))],
        )
        name = forms.CharField(label=words["name"])
        about = forms.CharField(
            label=words["talk"],
            help_text=words["talk_hint"],
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        language = forms.ChoiceField(
            label=words["language"], choices=[(tag, OWN_NAMES[tag]) for tag in TAGS], required=False
        )
        day = forms.DateField(label=words["birthday"], widget=DateInput)
        way = forms.ChoiceField(
            label=words["help"],
            widget=forms.RadioSelect,
            choices=[("interpreter", words["interpreter"]), ("place", words["place"])],
        )
        many = forms.MultipleChoiceField(
            label=words["help"],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            choices=[("bring", words["bring"]), ("place", words["place"])],
        )
        reminder = forms.BooleanField(label=words["agree"], help_text=words["undo"])

    return Example


def _showing(words: dict[str, str]) -> dict[str, Any]:
    heads = words["columns"].split("|")
    labels = words["stages"].split("|")
    return {
        "columns": [Column(head, number=number == 3) for number, head in enumerate(heads)],
        "rows": [
            [Cell("Amina Warsame", "#content"), "Ayan", OWN_NAMES["so"], 12, words["step_one"]],
            [
                Cell(LONG_NAME, "#content"),
                "Ella",
                OWN_NAMES["en"],
                20,
                Cell(words["waiting"], tone="waiting"),
            ],
            [Cell(URDU_NAME, "#content"), "زارا", OWN_NAMES["ur"], 9, words["step_two"]],
        ],
        "steps": [Step(label, "#content") for label in labels],
        "lines": [
            Line(words["who"], "Ms Ode"),
            Line(words["day"], words["booked_text"], words["change"], "#content"),
            Line(words["where"], LONG_NAME),
        ],
        "page_obj": Paginator(range(95), 10).page(3),
        "last_page": Paginator(range(95), 10).page(10),
    }
