"""Both read the agenda in their own language: a colleague who reads Somali puts the words beside what was written."""

from __future__ import annotations

from django.test import Client

from gatepost.meet.models import AgendaItem
from gatepost.meet.services import agenda
from gatepost.meet.tests.test_agenda import book, open_talk
from gatepost.reach.models import Translation
from gatepost.testing import Cast


def read(cast: Cast, words: str, of: Translation) -> None:
    """Somebody who reads Somali has put it so."""
    now = of.asked_at
    shown = None if of.incoming else now
    said = {"words": words, "state": "reviewed", "reviewed_by": cast.birch, "reviewed_at": now, "shown_at": shown}
    Translation.objects.filter(pk=of.pk).update(**said)


def test_a_familys_words_and_the_schools_answer_are_read_in_either_language(cast: Cast, client: Client) -> None:
    words = "Waxaan jeclaan lahaa inaan ka hadalno saaxiibadiisa cusub ee dugsiga iyo akhriska guriga."
    booking, ode = book(cast, cast.amina, words), cast.actor_of(cast.ode)
    item = AgendaItem.objects.get()
    heard = Translation.objects.get(of=item.pk)
    assert heard.incoming and heard.target == "en"
    read(cast, "I would like to talk about his new friends and reading at home.", heard)
    cast.sign_in(client, cast.ode)
    page = client.get(f"/meet/bookings/{booking.pk}/prepare/").content.decode()
    assert "I would like to talk about his new friends" in page and "Waxaan jeclaan" in page
    agenda.answer(booking, item.pk, "He plays with Ella every day after lunch.", by=ode)
    agenda.answer(booking, item.pk, "He plays with Ella and Tyler every day after lunch.", by=ode)
    out = Translation.objects.get(of=item.pk, incoming=False)  # only of what stands now
    read(cast, "Maalin kasta wuxuu la ciyaaraa Ella iyo Tyler.", out)
    theirs = client.get(open_talk(cast, client, cast.amina)).content.decode()
    assert "Maalin kasta wuxuu la ciyaaraa" in theirs and "He plays with Ella and Tyler" in theirs


def test_what_the_school_takes_off_nobody_need_write_and_english_needs_nobody(cast: Cast) -> None:
    booking, ode = book(cast, cast.amina), cast.actor_of(cast.ode)
    item = agenda.add_for_school(booking, "How maths goes, and the new book.", by=ode)
    assert item and Translation.objects.filter(of=item.pk, target="so").count() == 1
    agenda.take_off_for_school(booking, item.pk, by=ode)
    jo = book(cast, cast.jo, "I would like to talk about friends.", at=1)
    agenda.add_for_school(jo, "How maths goes, and the new book.", by=ode)
    assert not Translation.objects.exists()
