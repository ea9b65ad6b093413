"""Dates as people say them, in three languages, on the wall clock in London."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from django.template import engines
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from gatepost.language.dates import LONDON, london_day, say_date, say_day, say_days, say_time, say_when
from gatepost.language.templatetags.say import in_elements

pytestmark = pytest.mark.once

TALK = datetime(2027, 2, 4, 17, 10, tzinfo=UTC)
moments = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2060, 1, 1), timezones=st.just(UTC))
languages = st.sampled_from(["en", "en-GB", "ur", "so", "pl", "bfi", "syl", "nonsense", ""])


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "Thursday 4 February, 5.10pm"),
        ("ur", "جمعرات، 4 فروری، سہ پہر 5:10 بجے"),
        ("so", "Khamiis, 4 Febraayo, 5:10 galabnimo"),
        ("pl", "czwartek, 4 lutego, 17:10"),
        ("ro", "joi, 4 februarie, 17:10"),
        ("ar", "الخميس، 4 فبراير، 5:10 بعد الظهر"),
        ("bn", "বৃহস্পতিবার, 4 ফেব্রুয়ারী, বিকেল 5:10"),
    ],
)
def test_the_same_moment_in_each_language(lang: str, words: str):
    assert say_when(TALK, lang) == words


@pytest.mark.parametrize(
    ("clock", "english", "urdu", "somali"),
    [
        (time(0, 0), "midnight", "آدھی رات 12 بجے", "12:00 habeennimo"),
        (time(0, 10), "12.10am", "رات 12:10 بجے", "12:10 habeennimo"),
        (time(9, 0), "9am", "صبح 9 بجے", "9:00 subaxnimo"),
        (time(9, 5), "9.05am", "صبح 9:05 بجے", "9:05 subaxnimo"),
        (time(12, 0), "midday", "دوپہر 12 بجے", "12:00 galabnimo"),
        (time(12, 30), "12.30pm", "دوپہر 12:30 بجے", "12:30 galabnimo"),
        (time(15, 50), "3.50pm", "دوپہر 3:50 بجے", "3:50 galabnimo"),
        (time(19, 0), "7pm", "شام 7 بجے", "7:00 fiidnimo"),
        (time(23, 59), "11.59pm", "رات 11:59 بجے", "11:59 habeennimo"),
    ],
)
def test_times_are_said_as_people_say_them(clock: time, english: str, urdu: str, somali: str):
    assert say_time(clock, "en") == english
    assert say_time(clock, "ur") == urdu
    assert say_time(clock, "so") == somali


@pytest.mark.parametrize(
    ("clock", "arabic", "bengali"),
    [
        (time(0, 10), "12:10 ليلًا", "রাত 12:10"),
        (time(5, 0), "5:00 صباحًا", "ভোর 5টা"),
        (time(9, 5), "9:05 صباحًا", "সকাল 9:05"),
        (time(12, 30), "12:30 ظهرًا", "দুপুর 12:30"),
        (time(15, 50), "3:50 بعد الظهر", "বিকেল 3:50"),
        (time(19, 0), "7:00 مساءً", "সন্ধ্যা 7টা"),
        (time(23, 59), "11:59 مساءً", "রাত 11:59"),
    ],
)
def test_the_parts_of_a_day_are_those_people_speak_of(clock: time, arabic: str, bengali: str):
    assert (say_time(clock, "ar"), say_time(clock, "bn")) == (arabic, bengali)


@pytest.mark.parametrize(
    ("utc", "words"),
    [
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), "Sunday 28 March, 12.59am"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "Sunday 28 March, 2am"),  # the hour that is not there
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "Sunday 31 October, 1.30am"),
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), "Sunday 31 October, 1.30am"),  # the hour that comes twice
        (datetime(2027, 6, 30, 23, 30, tzinfo=UTC), "Thursday 1 July, 12.30am"),  # already tomorrow in London
        (datetime(2027, 12, 31, 23, 30, tzinfo=UTC), "Friday 31 December, 11.30pm"),
        (datetime(2027, 7, 1, 15, 0, tzinfo=timezone(timedelta(hours=5))), "Thursday 1 July, 11am"),
    ],
)
def test_the_clock_is_the_one_on_a_london_wall(utc: datetime, words: str):
    assert say_when(utc) == words


@given(moments)
def test_english_says_enough_to_find_the_minute_again(moment: datetime):
    wall = moment.astimezone(LONDON)
    spoken = say_time(moment)
    clock = {"midday": "12pm", "midnight": "12am"}.get(spoken, spoken)
    pattern = "%I.%M%p" if "." in clock else "%I%p"
    back = datetime.strptime(clock, pattern).time()
    assert (back.hour, back.minute) == (wall.hour, wall.minute)
    day = datetime.strptime(f"{say_day(moment)} {wall.year}", "%A %d %B %Y").date()
    assert day == wall.date() == london_day(moment)


@given(moments, languages)
def test_every_moment_can_be_said_in_every_language(moment: datetime, lang: str):
    words = say_when(moment, lang)
    assert words and words.strip() == words and str(moment.astimezone(LONDON).day) in words
    assert "GD" not in words and "None" not in words


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 1, 1)))
def test_twelve_months_and_seven_days_have_their_own_names(day: date):
    for lang in ("ur", "so", "pl", "ar", "ro", "bn"):
        assert say_day(day, lang) != say_day(day, "en")
        assert say_day(day, lang) != say_day(day + timedelta(days=1), lang)
        assert str(day.year) in say_date(day, lang)


def test_a_text_message_in_english_stays_in_the_cheap_alphabet():
    assert say_when(TALK).isascii()
    assert say_when(TALK, "so").isascii()


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        say_when(datetime(2027, 2, 4, 17, 10))


@pytest.mark.parametrize(
    ("length", "english", "urdu", "somali"),
    [
        (-3, "0 days", "0 دن", "0 maalmood"),
        (1, "1 day", "1 دن", "1 maalin"),
        (13, "13 days", "13 دن", "13 maalmood"),
        (14, "2 weeks", "2 ہفتے", "2 toddobaad"),
        (timedelta(days=90), "12 weeks", "12 ہفتے", "12 toddobaad"),
    ],
)
def test_how_long(length, english: str, urdu: str, somali: str):
    assert [say_days(length, lang) for lang in ("en", "ur", "so")] == [english, urdu, somali]


def test_how_long_in_languages_with_many_plurals():
    said = {lang: [say_days(length, lang) for length in (1, 2, 5, 14, 35, 154)] for lang in ("pl", "ro", "ar", "bn")}
    assert said == {
        "pl": ["1 dzień", "2 dni", "5 dni", "2 tygodnie", "5 tygodni", "22 tygodnie"],
        "ro": ["1 zi", "2 zile", "5 zile", "2 săptămâni", "5 săptămâni", "22 de săptămâni"],
        "ar": ["يوم واحد", "يومان", "5 أيام", "أسبوعان", "5 أسابيع", "22 أسبوعًا"],
        "bn": ["1 দিন", "2 দিন", "5 দিন", "2 সপ্তাহ", "5 সপ্তাহ", "22 সপ্তাহ"],
    }


def test_the_filters_speak_the_language_of_the_page():
    page = engines["django"].from_string(
        "{% load say %}{{ t|day }}|{{ t|time }}|{{ t|when }}|{{ 3|duration_days }}|{{ 'so'|language_name }}"
    )
    assert page.render({"t": TALK}) == "Thursday 4 February|5.10pm|Thursday 4 February, 5.10pm|3 days|Somali"
    with translation.override("ur"):
        assert page.render({"t": TALK}).startswith("جمعرات، 4 فروری|سہ پہر 5:10 بجے|")
        assert page.render({"t": TALK}).endswith("|3 دن|صومالی")
    nothing = engines["django"].from_string(
        "{% load say %}{{ n|day }}{{ n|time }}{{ n|when }}{{ n|full_date }}{{ n|duration_days }}"
    )
    assert nothing.render({"n": None}) == ""


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (
            "سے \u2068Ms Ode\u2069، \u20680113 496 0000\u2069",
            'سے <bdi dir="ltr">Ms Ode</bdi>، <bdi dir="ltr">0113 496 0000</bdi>',
        ),
        ("\u2068Read <i>,", '<bdi dir="ltr">Read &lt;i&gt;,</bdi>'),  # it ends in a later paragraph …
        ("ring 020.", '<bdi dir="ltr">ring 020.</bdi>'),
        ("and come.\u2069", '<bdi dir="ltr">and come.</bdi>'),
        ("آئیں۔", '<bdi dir="rtl">آئیں۔</bdi>'),
        ("12.", "12."),
    ],
)
def test_a_press_is_told_which_way_words_run(text: str, made: str) -> None:
    assert in_elements(text) == made
