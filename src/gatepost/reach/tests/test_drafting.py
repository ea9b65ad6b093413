"""An engine that is scripted: LibreTranslate's answers as its API describes them, and everything that can go wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test import override_settings

from gatepost.language import engines
from gatepost.org import services as org
from gatepost.reach.models import Message, Translation
from gatepost.reach.services import drafting, reviewing, threads
from gatepost.reach.tests.otherside import OtherSide, other_side
from gatepost.testing import Cast

GOOD = json.dumps({"translatedText": "⟦0⟧ نے ⟦1⟧ کتابیں پڑھیں۔"})


@contextmanager
def libre(body: str = GOOD, code: int = 200) -> Iterator[OtherSide]:
    with (
        other_side(code, body) as server,
        override_settings(GATEPOST_LIBRETRANSLATE_URL=server.url, GATEPOST_LIBRETRANSLATE_KEY="k"),
    ):
        yield server


def wrote(cast: Cast, words: str = "Zara read 12 books.") -> Message:
    return threads.write(cast.hina, words, about=cast.zara, by=cast.actor_of(cast.ode))


def test_nothing_leaves_the_machine_unless_it_was_set_up(cast: Cast) -> None:
    assert engines.engines() == () and wrote(cast).state == Message.State.SENT
    assert not drafting.due().exists() and drafting.draft_due(cast.school) == 0


def test_a_draft_leaves_marked_as_one_and_names_stay_here(cast: Cast) -> None:
    with libre() as server:
        message = wrote(cast)
        assert message.state == Message.State.TO_SAY
        assert drafting.draft_due(cast.school) == 1
        (_method, path, body, headers) = server.asked[0]
    asked = json.loads(body)
    assert path == "/translate" and asked["target"] == "ur" and asked["api_key"] == "k"
    assert "Zara" not in asked["q"] and "12" not in asked["q"] and "json" in headers["Content-Type"]
    assert cast.told(cast.hina)[-1].params["theirs"] == "Zara نے 12 کتابیں پڑھیں۔"
    assert cast.told(cast.hina)[-1].params["unchecked"]


@pytest.mark.parametrize(
    ("body", "code", "why"),
    [
        (json.dumps({"translatedText": "⟦0⟧ نے کتابیں پڑھیں۔"}), 200, "lost what must stay: 12"),
        (json.dumps({"translatedText": ""}), 200, "lost"),
        (json.dumps({"error": "no"}), 400, "said 400"),
        (json.dumps({"error": "slow down"}), 429, "said 429"),
        ("[]", 200, "do not know"),
        ("<html>", 200, "do not know"),
        ("", 302, "said 302"),
        ("", 0, "could not be reached"),
    ],
)
def test_where_none_comes_it_leaves_as_it_was_typed(cast: Cast, body: str, code: int, why: str) -> None:
    with libre(body, code):
        message = wrote(cast)
        assert drafting.draft_due(cast.school) == 0
    assert why in Translation.objects.get().problem
    message.refresh_from_db()
    assert message.state == Message.State.SENT and cast.told(cast.hina)[-1].params["sorry"]


def test_what_much_hangs_on_is_only_offered_and_changes_are_counted(cast: Cast) -> None:
    org.ask_to_read(cast.birch, "ur", school=cast.school, by=cast.actor_of(cast.bell))
    with libre(json.dumps({"translatedText": "سیر کے £⟦0⟧ ہیں۔"})):
        message = wrote(cast, "The trip costs £4.")
        assert drafting.draft_due(cast.school) == 1
    row = Translation.objects.get()
    assert row.state == Translation.State.PROPOSED and row.shown_at is None and not cast.told(cast.hina)
    said = "اس سیر پر آپ کے چار نہیں بلکہ صرف 4 پاؤنڈ لگیں گے۔ بعد میں بھی دے سکتے ہیں۔"
    reviewing.review(row, said, by=cast.actor_of(cast.birch))
    message.refresh_from_db()
    assert message.state == Message.State.SENT and not cast.told(cast.hina)[-1].params["unchecked"]
    (mark,) = drafting.marks()
    assert (mark["engine"], mark["target"], mark["large"]) == ("LibreTranslate", "ur", 1)


def test_an_incoming_text_gets_a_gist_for_staff_that_is_never_shown_to_families(cast: Cast) -> None:
    thread = wrote(cast).thread
    with libre(json.dumps({"translatedText": "Zara is ill."})):
        heard = threads.receive(thread, "زارا بیمار ہے", by=cast.actor_of(cast.ode))
        assert drafting.draft_due(cast.school) >= 1
    row = Translation.objects.get(of=heard.pk)
    assert (row.words, row.state, row.shown_at) == ("Zara is ill.", Translation.State.PROPOSED, None)
