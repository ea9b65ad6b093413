"""Forms look like everything else, and say what is missing in our words, beside the question and on top."""

import html5lib
import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.template import engines

from gatepost.design.forms import DateInput, Renderer, TimeSelect, plain_errors, problems_of

pytestmark = pytest.mark.once


class Booking(forms.Form):
    default_renderer = Renderer()
    slot = forms.ChoiceField(
        label="Which time?",
        choices=[("Thursday", [("1", "3.30pm"), ("2", "3.50pm")])],
        widget=TimeSelect(taken=["1"]),
    )
    about = forms.CharField(label="About what?", max_length=5, required=False, help_text="A few words")
    mail = forms.EmailField(label="Your e-mail", required=False)
    day = forms.DateField(label="Which day?", widget=DateInput, required=False)
    places = forms.IntegerField(label="How many?", min_value=1, required=False)
    own = forms.CharField(label="Own words", error_messages={"required": "Tell us, please."})
    agree = forms.BooleanField(label="Yes")
    way = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple, required=False)

    def clean(self):
        raise forms.ValidationError("Just been taken.")


BAD = {"about": "too long", "mail": "no", "day": "2027-02-30", "places": "0", "way": ["z"]}


@pytest.fixture
def wrong() -> Booking:
    return Booking(BAD)


def test_a_form_renders_valid_html_with_and_without_errors(wrong: Booking):
    for form in (Booking(), wrong):
        html5lib.HTMLParser(strict=True).parse(f"<!doctype html><title>x</title><form>{form}</form>")


def test_the_summary_links_to_a_place_where_it_can_be_mended(wrong: Booking):
    html = str(wrong)
    for problem in problems_of(wrong):
        assert not problem.target or f'id="{problem.target}"' in html
    assert problems_of(wrong)[0].message == "Just been taken."
    targets = [problem.target for problem in problems_of(wrong)]
    assert "id_slot_0_1" in targets, "the first time is taken and cannot take the focus"
    assert "id_way_0" in targets


def test_a_question_without_an_answer_is_named(wrong: Booking):
    said = [str(problem.message) for problem in problems_of(wrong)]
    assert "Please answer: Which time?" in said
    assert "Tell us, please." in said, "the form's own words win"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("slot", "Please answer this."),
        ("about", "This is too long. Please use at most 5 letters."),
        ("mail", "Please give an e-mail address, like name@example.org."),
        ("day", "Please give a real day, like 4/2/2027."),
        ("places", "Please give a number from 1."),
        ("way", "That one cannot be picked now. Please pick another."),
        ("own", "Tell us, please."),
    ],
)
def test_it_says_what_is_wrong_in_plain_words(wrong: Booking, name: str, words: str):
    assert plain_errors(wrong[name]) == [words]
    assert words in str(wrong)


def test_no_word_of_django_reaches_a_family(wrong: Booking):
    for jargon in ("This field", "valid", "Ensure", "value"):
        assert jargon not in engines["django"].from_string("{% load design %}{% error_summary form %}").render(
            {"form": wrong}
        )


def test_hint_and_error_are_read_out_with_the_question(wrong: Booking):
    assert 'aria-describedby="id_about_helptext id_about_error"' in str(wrong)
    assert 'aria-describedby="id_agree_error"' in str(wrong)
    hinted = engines["django"].from_string('{% load design %}{% field form.own hint="In her words" %}')
    assert 'aria-describedby="id_own_helptext"' in hinted.render({"form": Booking()})


def test_times_without_a_day_stand_together():
    class Flat(forms.Form):
        default_renderer = Renderer()
        slot = forms.ChoiceField(choices=[("1", "3.30pm"), ("2", "3.50pm")], widget=TimeSelect)

    assert str(Flat()).count('class="tiles"') == 1


def test_what_is_written_without_a_template_is_what_django_would_write():
    class Plain(forms.Form):
        words = forms.CharField(help_text="Some", required=False)
        more = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=99, required=False)
        tick = forms.BooleanField(required=False)
        number = forms.IntegerField(min_value=2)
        mail = forms.EmailField(widget=forms.EmailInput(attrs={"hidden": True, "autofocus": False, "data-x": "<\"&'>"}))
        key = forms.CharField(widget=forms.HiddenInput)

    typed = {
        "way": "1",
        "help": ["b"],
        "words": "<b>'\"&",
        "more": "\nx<&",
        "tick": "on",
        "number": "12345",
        "mail": "a@b",
        "key": "k",
    }
    for data in (None, typed, {"words": "0", "number": ""}):
        for field in Plain(data, initial={"words": 0, "number": 7, "tick": True}):
            own = field.as_widget()
            field.form.renderer = TemplatesSetting()
            assert own == field.as_widget().strip()
            field.form.renderer = Renderer()


def test_things_to_pick_stand_in_rows_under_the_names_of_their_groups():
    class Plain(forms.Form):
        default_renderer = Renderer()
        way = forms.ChoiceField(
            widget=forms.RadioSelect, choices=[("", "<b>"), ("Day", [("1", "One")])], required=False
        )

    assert str(Plain({"way": "1"})["way"]) == (
        '<div id="id_way"><div class="choice"><input type="radio" name="way" value="" id="id_way_0">'
        '<label for="id_way_0">&lt;b&gt;</label></div>\n<fieldset class="day"><legend>Day</legend><div class="choice">'
        '<input type="radio" name="way" value="1" id="id_way_1_0" checked><label for="id_way_1_0">One</label></div>\n'
        "</fieldset></div>"
    )
