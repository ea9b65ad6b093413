"""A text answers what was texted to its telephone last. What could answer two things, a person reads, and all of it."""

from __future__ import annotations

import re
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.test import Client, override_settings

from gatepost.core import clock
from gatepost.know.models import Child, Strength
from gatepost.meet.models import Invitation
from gatepost.reach.delivery import mailtokens
from gatepost.reach.models import Ask, Delivery, IncomingText, Notice, Thread
from gatepost.reach.services import mailroom, threads
from gatepost.support import home, services
from gatepost.support.models import HomeNote, HomeTry
from gatepost.testing import Cast
from gatepost.testing.texting import text_from

State = IncomingText.State


def says(cast: Cast, words: str) -> str:
    Delivery.objects.update(not_before=clock.now())
    return text_from(cast, cast.amina, words).state


def wrote(cast: Cast, words: str) -> Thread:
    return threads.write(cast.amina, words, about=cast.ayan, by=cast.actor_of(cast.ode)).thread


def a_note(cast: Cast, child: Child) -> HomeNote:
    words, by = home.Words("Spiders", "Look for a web together.", ""), cast.actor_of(cast.ode)
    return home.send_note(words, [child], group=None, school_id=cast.school.pk, by=by)


@pytest.fixture
def idil(cast: Cast) -> Child:
    """Ayan's sister, in the same class."""
    child = cast.families(1)[0]
    child.cares.update(adult=cast.amina)
    return child


def test_a_no_to_a_message_declines_no_invitation(cast: Cast) -> None:
    invitation = cast.invitation(cast.amina)
    cast.letters(cast.amina)
    wrote(cast, "Did he take his coat home?")
    assert says(cast, "No") == says(cast, "2") == State.THREADED
    assert not invitation.ask.answers.exists()


def test_words_about_a_child_are_nothing_that_somebody_is_good_at(cast: Cast) -> None:
    services.ask_strengths(cast.school, by=cast.actor_of(cast.finch))
    cast.letters(cast.amina)
    wrote(cast, "He fell and hurt his knee.")
    assert says(cast, "Is he well? I come now") == State.THREADED
    Thread.objects.all().delete()
    Notice.objects.filter(kind="reach.message").delete()
    Delivery.objects.update(accepted_at=clock.now() - timedelta(days=4))
    assert says(cast, "Ayan is ill today") == State.WAITING
    assert not Strength.objects.exists() and says(cast, "1") == State.WAITING


def test_a_number_that_could_be_for_either_child_waits(cast: Cast, idil: Child, client: Client) -> None:
    for child in (cast.ayan, idil):
        a_note(cast, child)
        Delivery.objects.update(not_before=clock.now())
        cast.letters(cast.amina)
    assert says(cast, "2") == State.WAITING
    page = cast.sign_in(client, cast.finch).get("/office/?show=texts").content.decode()
    assert re.search(r"We had sent them: Something to try at home \(<bdi>Child \d+</bdi>\) · Something", page)
    assert f"adults/{cast.amina.pk}/" in page
    first, second = HomeTry.objects.filter(adult=cast.amina).order_by("note__sent_at")
    home.say_tried(first, by=cast.actor_of(cast.ode))
    assert says(cast, "2") == State.ANSWERED  # now it can be only one
    assert second.ask.answers.get().value == "help"


def test_a_no_that_could_be_for_either_child_waits_and_a_yes_names_one(cast: Cast, idil: Child) -> None:
    cast.invite_all()
    assert says(cast, "No") == State.WAITING and not Ask.objects.filter(answers__isnull=False).exists()
    assert says(cast, "Haa") == State.ANSWERED
    assert says(cast, "No") == State.WAITING  # none of these times, or not at all
    named = Notice.objects.get(kind="meet.times").child
    assert named and named.called in cast.letters(cast.amina)[-1] and says(cast, "1") == State.ANSWERED
    assert says(cast, "Maya") == State.ANSWERED  # nothing would help them to come
    declined = Invitation.objects.filter(adult=cast.amina, ask__answers__value="declined")
    assert not declined.exists()


def test_a_question_that_has_not_reached_them_is_not_answered(cast: Cast) -> None:
    tried = HomeTry.objects.get(note=a_note(cast, cast.ayan), adult=cast.amina)
    assert text_from(cast, cast.amina, "1").state == State.WAITING  # it leaves in a minute
    assert says(cast, "1") == State.ANSWERED and tried.ask.answers.get().value == "tried"


def test_a_no_that_could_be_about_a_later_note_declines_no_invitation(cast: Cast) -> None:
    invitation = cast.invitation(cast.amina)
    cast.letters(cast.amina)
    tried = HomeTry.objects.get(note=a_note(cast, cast.ayan), adult=cast.amina)
    assert says(cast, "No") == State.WAITING and not invitation.ask.answers.exists()
    assert says(cast, "(2)") == State.ANSWERED and tried.ask.answers.get().value == "help"
    assert says(cast, "No") == State.ANSWERED and invitation.ask.answers.get().value == "declined"


def test_what_is_said_beside_a_yes_is_read(cast: Cast) -> None:
    invitation = cast.invitation(cast.amina)
    assert says(cast, "Yes. My son cries each morning") == State.WAITING and not invitation.ask.answers.exists()


def test_a_reply_mail_answers_what_it_replies_to(cast: Cast, idil: Child) -> None:
    mailbox = cast.amina.contact_points.create(
        organisation=cast.organisation, channel="email", value="amina@example.org", confirmed_at=clock.now()
    )
    notes = [a_note(cast, child) for child in (cast.ayan, idil)]
    older = HomeTry.objects.get(note=notes[0], adult=cast.amina)
    reply = EmailMessage()
    reply["From"], reply["Message-ID"] = mailbox.value, "<1@home.example>"
    reply.set_content("1")
    with override_settings(GATEPOST_MAIL_DOMAIN="elm.example"):
        to = Notice.objects.get(subject=older.pk)
        mailroom.take(reply.as_bytes(), mailtokens.address(mailtokens.For.REPLY, to.pk))
    answered = HomeTry.objects.get(ask__answers__isnull=False)
    assert (answered, IncomingText.objects.get().state) == (older, State.ANSWERED)
