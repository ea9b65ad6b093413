"""A mail put together from its skeleton says exactly what Python's mail classes would have said."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatepost.reach.delivery.mime import Mail, by_the_classes, compose, html_of
from gatepost.reach.kinds import Entry

pytestmark = pytest.mark.once

LINE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=120).map(
    lambda words: words.replace("=?", "").strip()  # of these the mail classes make something else: see below
)
BODY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=400)
LIKELY = st.lists(
    st.sampled_from([
        "Dear Amina,", "", ".", "..", "From here", "--=_gatepost", "a" * 200, "ends in a blank ", "tab\t", "=41", "ß",
        "آپ کے بچے کے بارے میں بات کرنے کے لیے آئیں۔", "https://school.example/i/abc/", "\u2068Żółć\u2069", "-- ", ">",
    ])
).map("\n".join)  # fmt: skip
MAIL = st.builds(
    Mail,
    sender=st.just("office@school.example"),
    to=st.sampled_from(["amina@example.org", "o'neill+school@example.org"]),
    subject=LINE | st.sampled_from(["Your talk on Monday", "ایلا کے بارے میں " * 6]),
    message_id=st.uuids().map(lambda pk: f"<{pk.hex}@school.example>"),
    date=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),
    language=st.sampled_from(["en", "ur"]),
    text=BODY | LIKELY,
    html=BODY | LIKELY,
    reply_to=st.sampled_from(["", f"reply+{'a' * 42}@in.school.example"]),
    stop_url=st.sampled_from(["", f"https://school.example/u/{'a' * 42}/"]),
    repeat=st.booleans(),
    entry=st.none() | st.builds(Entry, method=st.sampled_from(["REQUEST", "CANCEL"]), body=BODY | LIKELY),
)


def read(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def said(message: EmailMessage) -> object:
    """Everything that a reader finds: the headers in words, the shape, and each part's words."""
    spoken = {name.lower(): str(value) for name, value in message.items() if name.lower() != "content-type"}
    parts = [part for part in message.walk() if not part.is_multipart()]
    in_our_letters = ("utf-8", "us-ascii")
    bodies = [
        (
            p.get_content_type(),
            p.get_param("method"),
            p.get_content_charset("us-ascii") in in_our_letters,
            p.get_content(),
        )
        for p in parts
    ]
    return spoken, message.get_content_type(), [defect for p in message.walk() for defect in p.defects], bodies


@settings(deadline=None, max_examples=60)
@given(mail=MAIL)
def test_every_mail_says_what_the_mail_classes_would_have_said(mail: Mail) -> None:
    ours, theirs = compose(mail), by_the_classes(mail).as_bytes()
    assert said(read(ours)) == said(read(theirs))
    lines = ours.split(b"\r\n")
    assert max(map(len, lines)) <= 998 and not any(b"\n" in line or b"\r" in line for line in lines)
    assert ours.isascii()


def test_what_looks_encoded_stays_as_it_was_typed() -> None:
    mail = Mail("a@b", "c@d", "=?utf-8?q?no?=", "<1@b>", datetime(2026, 1, 1), "en", "Hi", "<p>Hi</p>")
    assert read(compose(mail))["Subject"] == "=?utf-8?q?no?="


def test_no_value_breaks_out_of_its_line() -> None:
    whole = Mail("a@b", "c@d", "Hi", "<1@b>", datetime(2026, 1, 1), "en", "Hi", "<p>Hi</p>")
    for name in ("sender", "to", "subject", "message_id", "reply_to", "stop_url", "language"):
        for bad in ("x\r\nBcc: me@evil.example", "x\ny", "x\0y", "x\u2028y"):
            with pytest.raises(ValueError, match="one line"):
                replace(whole, **{name: bad})


def test_words_become_a_page_that_loads_nothing_and_whose_links_can_be_pressed() -> None:
    page = html_of("Hi <b>\n\nSee https://x.example/i/a/?b=1&c=2.\nBye", language="ur", direction="rtl", title="<T>")
    assert '<html lang="ur" dir="rtl">' in page and "<p>Hi &lt;b&gt;</p>" in page and "<title>&lt;T&gt;</title>" in page
    assert '<a href="https://x.example/i/a/?b=1&amp;c=2">' in page and "</a>.<br>" in page
    assert "src=" not in page and "<img" not in page
