"""Ms Ode reads a message out in Somali; Ruth's is signed. Each hears what was said to them, and nobody else does."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.test.utils import CaptureQueriesContext

from gatepost.core import clock
from gatepost.disclosure import Bar
from gatepost.know.models import AccessNeed, Adult, AdultLanguage
from gatepost.know.services import record_order
from gatepost.reach import notices
from gatepost.reach.audience import lines_for
from gatepost.reach.models import Delivery, Message, Recording
from gatepost.reach.services import broadcasts, threads
from gatepost.testing import Cast
from gatepost.testing.sounds import VOICE, film


@pytest.fixture(autouse=True)
def in_memory(settings) -> None:
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}


def wrote(cast: Cast, adult: Adult | None = None, child=None, words: str = "He read aloud.") -> Message:
    return threads.write(adult or cast.amina, words, about=child or cast.ayan, by=cast.actor_of(cast.ode))


def staff(cast: Cast, who) -> Client:
    client = Client()
    cast.sign_in(client, who)
    return client


def keep(client: Client, page: str, body: bytes = VOICE, language: str = "so"):
    file = SimpleUploadedFile("Ayan Warsame.m4a", body, content_type="text/html")
    return client.post(page, {"language": language, "file": file}, follow=True)


def opened(cast: Cast, client: Client, adult: Adult) -> str:
    link = cast.link(adult)
    client.post(link, {"send": "1"})
    client.post(link, {"code": cast.code(adult)})
    return link


def test_a_voice_is_heard_where_the_words_stand(cast: Cast, client: Client) -> None:
    said = wrote(cast)
    page, ode = f"/reach/messages/{said.pk}/aloud/", staff(cast, cast.ode)
    link = opened(cast, client, cast.amina)
    told = len(cast.letters(cast.amina))
    answer = keep(ode, page).content.decode()
    made = Recording.objects.get()
    assert "Kept." in answer and "Ayan" not in made.file.name
    assert ode.get(f"{page}?play={made.pk}").content == VOICE
    body = client.get(f"{link}?in=so").content.decode()
    assert f'src="hear/{made.pk}/"' in body and 'preload="none"' in body
    assert body.index("He read aloud.") < body.index("<audio")
    heard = client.get(f"{link}hear/{made.pk}/", headers={"Range": "bytes=0-9"})
    assert (heard.status_code, heard.content, heard["Content-Type"]) == (206, VOICE[:10], "audio/mp4")
    assert "no-store" in heard["Cache-Control"] and "media-src 'self'" in heard["Content-Security-Policy"]
    assert len(cast.letters(cast.amina)) == told + 1  # she has had the words: now she is told that they can be heard
    keep(ode, page, film())
    assert Recording.objects.get().is_film and len(cast.letters(cast.amina)) == told + 1  # a better one, told once
    ode.post(page, {"act": "remove", "recording": str(Recording.objects.get().pk)})
    assert "<video" not in client.get(link).content.decode()


def test_who_does_not_read_has_the_voice_first(cast: Cast, client: Client) -> None:
    said = wrote(cast)
    keep(staff(cast, cast.ode), f"/reach/messages/{said.pk}/aloud/", film(), "bfi")
    link = opened(cast, client, cast.amina)
    assert "<video" not in client.get(link).content.decode()  # it is in no language of hers
    signs = {"organisation": cast.organisation, "use": "signs", "language": "bfi"}
    AdultLanguage.objects.create(adult=cast.amina, **signs)
    body = client.get(link).content.decode()
    assert body.index("<video") < body.index("He read aloud.")
    AdultLanguage.objects.all().delete()
    keep(staff(cast, cast.ode), f"/reach/messages/{said.pk}/aloud/")
    cast.amina.needs.create(organisation=cast.organisation, kind=AccessNeed.Kind.READ_ALOUD, said_on=clock.today())
    with CaptureQueriesContext(connection) as few:
        body = client.get(link).content.decode()
    assert body.index("<audio") < body.index("He read aloud.")
    wrote(cast, words="And again.")
    with CaptureQueriesContext(connection) as as_few:
        client.get(link)
    assert len(as_few) <= len(few)


def test_nobody_else_hears_it_by_any_link(cast: Cast, client: Client) -> None:
    to_jo, to_mark = wrote(cast, cast.jo, cast.ella, "To Jo."), wrote(cast, cast.mark, cast.ella, "To Mark.")
    ode = staff(cast, cast.ode)
    for said in (to_jo, to_mark):
        keep(ode, f"/reach/messages/{said.pk}/aloud/", language="en")
    of_jo, of_mark = (Recording.objects.get(of=said.pk) for said in (to_jo, to_mark))
    link = opened(cast, client, cast.jo)
    assert client.get(f"{link}hear/{of_jo.pk}/").status_code == 200
    assert client.get(f"{link}hear/{of_mark.pk}/").status_code == 404
    stranger = Client()
    assert b'name="send"' in stranger.get(f"{link}hear/{of_jo.pk}/").content  # a code first
    assert staff(cast, cast.nye).get(f"/reach/messages/{to_jo.pk}/aloud/").status_code == 403
    elsewhere = f"/reach/messages/{to_jo.pk}/aloud/?play={of_mark.pk}"
    assert ode.get(elsewhere).status_code == 404
    record_order(
        cast.jo, child=cast.ella, bars=frozenset({Bar.EDUCATION}), seen_by=cast.bell, from_on=clock.today(), by=None
    )
    assert client.get(f"{link}hear/{of_jo.pk}/").status_code == 404


def test_where_an_order_stands_somebody_hears_it_first(cast: Cast, client: Client) -> None:
    said = wrote(cast)
    link = opened(cast, client, cast.amina)
    record_order(
        cast.kev,
        child=cast.ayan,
        bars=frozenset({Bar.WHEREABOUTS}),
        seen_by=cast.bell,
        from_on=clock.today(),
        by=None,
    )
    page = f"/reach/messages/{said.pk}/aloud/"
    ode, bell = staff(cast, cast.ode), staff(cast, cast.bell)
    assert "Somebody else hears it" in keep(ode, page).content.decode()
    made = Recording.objects.get()
    assert client.get(f"{link}hear/{made.pk}/").status_code == 404
    ode.post(page, {"act": "send", "recording": str(made.pk)})
    assert client.get(f"{link}hear/{made.pk}/").status_code == 404  # nobody passes their own
    assert page in bell.get("/reach/messages/").content.decode()
    bell.post(page, {"act": "send", "recording": str(made.pk)})
    assert client.get(f"{link}hear/{made.pk}/").status_code == 200


def test_one_recording_for_many_and_gone_when_taken_back(cast: Cast, client: Client) -> None:
    lines = lines_for(notices.broadcast, [cast.ayan, cast.ella])
    by = cast.actor_of(cast.ode)
    sent = broadcasts.send("No school on Friday.", lines, urgent=True, school_id=cast.school.pk, by=by)
    ode = staff(cast, cast.ode)
    keep(ode, f"/reach/many/{sent.pk}/aloud/")
    made = Recording.objects.get()
    assert "recorded" not in str(
        list(Delivery.objects.values_list("notice__kind", flat=True))
    )  # it goes with the words
    Delivery.objects.update(not_before=clock.now() - timedelta(seconds=1))
    link = opened(cast, client, cast.amina)
    assert client.get(f"{link}hear/{made.pk}/").status_code == 200
    again = broadcasts.send("No, Thursday.", lines, urgent=True, school_id=cast.school.pk, by=by)
    keep(ode, f"/reach/many/{again.pk}/aloud/")
    held = Recording.objects.get(of=again.pk)
    broadcasts.undo(again, by=by)
    assert not Recording.objects.filter(pk=held.pk).exists() and default_storage.exists(made.file.name)


@pytest.mark.parametrize(
    "body", [b"<html><script>alert(1)</script>", film(codec=b"hvc1"), VOICE + bytes(3_000_001), b""]
)
def test_what_no_telephone_plays_is_refused_plainly(cast: Cast, body: bytes) -> None:
    page = f"/reach/messages/{wrote(cast).pk}/aloud/"
    answer = keep(staff(cast, cast.ode), page, body)
    assert b"aria-invalid" in answer.content and not Recording.objects.exists()


def test_a_voice_that_was_cut_on_the_way_is_not_kept_in_part(cast: Cast) -> None:
    page, ode = f"/reach/messages/{wrote(cast).pk}/aloud/", staff(cast, cast.ode)
    file = SimpleUploadedFile("voice.m4a", VOICE, content_type="audio/mp4")
    whole = encode_multipart(BOUNDARY, {"language": "so", "file": file})

    def send(body: bytes) -> int:
        sent = {"REQUEST_METHOD": "POST", "PATH_INFO": page, "CONTENT_TYPE": MULTIPART_CONTENT}
        return ode.request(**sent | {"CONTENT_LENGTH": str(len(whole)), "wsgi.input": BytesIO(body)}).status_code

    cuts = [*range(0, len(whole), 23), *range(len(whole) - 30, len(whole))]
    assert {send(whole[:cut]) for cut in cuts} == {400} and not Recording.objects.exists()
    assert send(whole) == 302 and Recording.objects.count() == 1  # sent again, it is whole
