"""Plain words: a teacher is shown what is hard, a stop needs somebody to answer for it, a family's page explains."""

from __future__ import annotations

import pytest
from django.test import Client

from gatepost.agree import services
from gatepost.agree.models import Record
from gatepost.agree.tests.saying import ALL_OF_IT, opened, promised, with_code, write
from gatepost.core.errors import Refused
from gatepost.core.models import AuditEvent
from gatepost.testing import Cast

HARD = (
    "The interdisciplinary assessment demonstrated considerable difficulties regarding phonological processing "
    "necessitating individualised intervention coordinated by the SENCO."
)


def ready(cast: Cast, **words: str) -> Record:
    record = write(cast, opened(cast), ALL_OF_IT | words)
    promised(cast, record)
    return Record.objects.get(pk=record.pk)


def test_after_saving_the_findings_stand_beside_the_field(cast: Cast, client: Client) -> None:
    record = ready(cast, summary_plain="She failed to attend. The SENCO will ring.", strengths="Kind.")
    cast.sign_in(client, cast.ode)
    page = client.get(f"/agree/talks/{record.booking_id}/?stage=review").text
    assert "we missed you" in page and "looks after extra help" in page
    assert "we missed you" not in client.get(f"/agree/talks/{record.booking_id}/?stage=explore").text


def test_what_the_family_said_is_nobodys_to_mark(cast: Cast, client: Client) -> None:
    record = ready(cast, parent_says=f"Bad behaviour, they say. {HARD}")
    services.share(record, by=cast.actor_of(cast.ode))
    assert Record.objects.get().is_shared


def test_hard_words_go_out_only_if_somebody_says_so_and_that_is_written_down(cast: Cast, client: Client) -> None:
    record = ready(cast, summary_plain=HARD)
    with pytest.raises(Refused, match="too hard to read"):
        services.share(record, by=cast.actor_of(cast.ode))
    cast.sign_in(client, cast.ode)
    url = f"/agree/records/{record.pk}/share/"
    assert "Share it as it is" in client.get(url).text
    assert "too hard to read" in client.post(url, follow=True).text and not Record.objects.get().is_shared
    client.post(url, {"act": "as_it_is"})
    assert Record.objects.get().is_shared
    line = AuditEvent.objects.get(verb="agree.shared_hard_words")
    assert line.details["age"] > 14 and line.by_person == cast.ode.pk


def test_plain_words_are_shared_as_ever_and_leave_no_such_line(cast: Cast, client: Client) -> None:
    record = ready(cast)
    cast.sign_in(client, cast.ode)
    page = client.get(f"/agree/records/{record.pk}/share/").text
    assert "Share with the family" in page and "as it is" not in page
    services.share_as_it_is(record, by=cast.actor_of(cast.ode))
    assert not AuditEvent.objects.filter(verb="agree.shared_hard_words").exists()


def test_a_familys_page_explains_school_words_and_only_those_of_its_version(cast: Cast, client: Client) -> None:
    record = ready(cast, summary_plain="We look at phonics each day. The SENCO helps.")
    services.share(record, by=cast.actor_of(cast.ode))
    write(cast, record, {"summary_plain": "Now the EHCP is here."})
    url = with_code(cast, client, cast.amina)
    page = client.get(url).text
    assert '<bdi lang="en">phonics</bdi></dt><dd>Barashada akhriska' in page and ">SENCO</bdi></dt>" in page
    assert "EHCP" not in page
    assert "<dd>Learning to read by the sounds" in client.get(f"{url}?in=en").text
