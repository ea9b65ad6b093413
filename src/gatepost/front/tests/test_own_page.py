"""An adult opens their own page, sees what is held about them and nobody else, and puts it right."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gatepost.core import clock
from gatepost.disclosure import Bar
from gatepost.front import own
from gatepost.front.notices import own_page
from gatepost.front.rules import may_open_own_page
from gatepost.know import services as know
from gatepost.know.models import Adult, AdultChange, Barrier, ContactPoint
from gatepost.org.actor import Actor, Tier
from gatepost.reach.models import FamilyLink, IncomingText, Notice, Touch
from gatepost.reach.services import tell_there
from gatepost.testing import Cast

pytestmark = pytest.mark.django_db


def opened(cast: Cast, client: Client, adult: Adult) -> str:
    """The address of an adult's own page, sent by Ms Ode and opened with a code and a PIN."""
    own.send_link(adult, by=cast.actor_of(cast.ode))
    return cast.open_record(client, adult)


def read(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_ms_ode_sends_the_link_and_amina_reads_why_in_somali(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.ode)
    assert "Send them the link" in read(client, reverse("front:adult", args=[cast.amina.pk]))
    answer = client.post(reverse("front:send_own_page", args=[cast.amina.pk]), follow=True)
    assert "on its way to Amina" in answer.content.decode()
    assert "cannot open it alone yet" in answer.content.decode()
    (notice,) = Notice.objects.filter(adult=cast.amina, kind="front.own_page")
    assert (notice.language, notice.state) == ("so", Notice.State.QUEUED)
    letter = cast.letters(cast.amina)[-1]
    assert "/h/" in letter and "Ayan" not in letter


def test_nothing_is_shown_before_the_code_and_the_pin(cast: Cast, client: Client) -> None:
    own.send_link(cast.hina, by=cast.actor_of(cast.ode))
    cast.has_pin(cast.hina)
    url = cast.link(cast.hina)
    assert "Hina" not in read(client, url)
    cast.open_record(client, cast.hina, url)
    assert "Hina" in read(client, url)
    assert "Hina" not in read(Client(), url), "another browser knows nothing"
    client.post(url, {"close": "1"})
    assert "Hina" not in read(client, url)


def test_the_page_shows_the_adult_and_nobody_else(cast: Cast, client: Client) -> None:
    by = cast.actor_of(cast.finch)
    know.say_barriers(cast.hina, {"transport": "Two buses"}, by=by)
    know.say_needs(cast.hina, {"hearing_loop": ""}, by=by)
    know.add_strength(cast.hina, "میں سلائی کرتی ہوں", language="ur", times=["morning"], by=by)
    know.found_household([cast.hina, cast.bilal], organisation=cast.organisation.pk, by=by)
    url = opened(cast, client, cast.hina)
    page = read(client, f"{url}?in=en")
    for held in ("Two buses", "pay your fare", "Hearing loop", "سلائی", "In the morning", "اردو · Urdu"):
        assert held in page
    point = cast.hina.contact_points.get()
    assert point.value not in page and point.value[-3:] in page
    for name in ("Bilal", "Zara", cast.bilal.contact_points.get().value, "Ms Ode"):
        assert name not in page


def test_a_shared_telephone_is_called_shared_and_names_nobody(cast: Cast, client: Client) -> None:
    mine = ContactPoint(organisation=cast.organisation, adult=cast.noor, channel="email", value="noor@example.org")
    mine.save()
    page = read(client, opened(cast, client, cast.noor) + "?in=en")
    assert "Somebody else reads it too" in page and "Sami" not in page
    assert "n•••@example.org" in page


def test_amina_puts_everything_right_and_the_history_says_it_was_her(cast: Cast, client: Client) -> None:
    url = opened(cast, client, cast.amina)
    said = {
        "language": "العربية · Arabic",
        "interpreter": "Somali",
        "way_0": "sms",
        "times": ["evening"],
        "speaks_first": "first",
    }
    answer = client.post(f"{url}wishes/?in=en", said)
    assert answer.status_code == 302 and "in=en" in answer["Location"]
    assert "Saved" in read(client, answer["Location"])
    client.post(f"{url}languages/", {"speaks_0": "soomaali", "speaks_1": "Arabic", "reads_0": "العربية"})
    client.post(f"{url}needs/", {"quiet_room": "on"})
    client.post(f"{url}barriers/", {"time_words": "Nights"})
    client.post(f"{url}about-me/", {"facets": ["new_here"]})
    client.post(f"{url}strengths/", {"words": "Rooti", "language": "Soomaali · Somali", "times": ["weekend"]})
    amina = Adult.objects.get(pk=cast.amina.pk)
    assert (amina.language, amina.interpreter, amina.channel_order) == ("ar", "so", ["sms"])
    assert (amina.times, amina.speaks_first, amina.name) == (["evening"], "first", cast.amina.name)
    assert set(amina.languages.values_list("use", "language")) == {("speaks", "so"), ("speaks", "ar"), ("reads", "ar")}
    assert [row.kind for row in amina.needs.all()] == ["quiet_room"]
    assert [(row.kind, row.words) for row in amina.barriers.all()] == [("time", "Nights")]
    assert [row.kind for row in amina.facets.all()] == ["new_here"]
    assert amina.strengths.get().words == "Rooti"
    changes = AdultChange.objects.filter(adult=amina, by_adult=amina)
    assert {"language", "speaks", "AccessNeed", "Barrier", "Facet", "strength"} <= {row.field for row in changes}
    assert not changes.filter(new__contains="Nights").exists(), "a barrier is theirs alone"


def test_a_language_that_nobody_knows_is_refused_with_words(cast: Cast, client: Client) -> None:
    url = opened(cast, client, cast.amina)
    answer = client.post(f"{url}languages/?in=en", {"speaks_0": "Atlantean"})
    page = answer.content.decode()
    assert "We do not know that language" in page and 'value="Atlantean"' in page
    assert not cast.amina.languages.exists()


def test_a_strength_is_changed_and_taken_away_and_never_somebody_elses(cast: Cast, client: Client) -> None:
    by = cast.actor_of(cast.ode)
    mine = know.add_strength(cast.amina, "I bake.", language="en", by=by)
    hers = know.add_strength(cast.hina, "I sew.", language="en", by=by)
    url = opened(cast, client, cast.amina)
    client.post(f"{url}strengths/{mine.pk}/", {"words": "I bake bread.", "language": "English"})
    mine.refresh_from_db()
    assert mine.words == "I bake bread."
    assert client.get(f"{url}strengths/{hers.pk}/").status_code == 404
    assert client.post(f"{url}strengths/{hers.pk}/", {"remove": "1"}).status_code == 404
    client.post(f"{url}strengths/{mine.pk}/", {"remove": "1"})
    assert [row.words for row in cast.hina.strengths.all()] == ["I sew."] and not cast.amina.strengths.exists()


def test_a_barrier_taken_away_is_gone(cast: Cast, client: Client) -> None:
    know.say_barriers(cast.amina, {"money": "The fare"}, by=cast.actor_of(cast.ode))
    url = opened(cast, client, cast.amina)
    assert client.post(f"{url}barriers/", {}).status_code == 302
    assert not cast.amina.barriers.exists()


def test_a_new_telephone_is_a_request_that_the_office_settles(cast: Cast, client: Client) -> None:
    url = opened(cast, client, cast.amina)
    held = list(cast.amina.contact_points.values_list("value", flat=True))
    client.post(f"{url}ask/", {"about": "contact", "words": "07700 900777, please"})
    (kept,) = IncomingText.objects.all()
    assert kept.state == IncomingText.State.WAITING and "07700 900777" in kept.words
    assert list(cast.amina.contact_points.values_list("value", flat=True)) == held, "nothing goes there yet"
    office = cast.sign_in(Client(), cast.finch)
    assert "A telephone or a mailbox" in read(office, "/office/?show=texts")
    office.post(reverse("front:text_read", args=[kept.pk]))
    assert Touch.objects.get(adult=cast.amina).way == Touch.Way.WEB


def test_words_typed_after_the_page_had_closed_come_back_as_they_were(cast: Cast, client: Client) -> None:
    know.say_needs(cast.amina, {"seat": ""}, by=cast.actor_of(cast.ode))
    url = opened(cast, client, cast.amina)
    page = f"{url}needs/"
    client.post(page, {"close": "1"})
    typed = {"typed_on": page, "quiet_room": "on", "other": "on", "other_words": "A ramp"}
    assert "A ramp" not in client.post(page, typed).content.decode()
    assert not cast.amina.needs.filter(kind="other").exists()
    cast.open_record(client, cast.amina, page)
    form = client.get(page).context["form"]
    assert [form[name].value() for name in ("seat", "quiet_room", "other", "other_words")] == [
        False,
        True,
        True,
        "A ramp",
    ]
    assert not client.get(f"{url}barriers/").context["kept"], "they belong to that page alone"
    client.post(page, typed)
    assert {row.kind for row in cast.amina.needs.all()} == {"quiet_room", "other"}
    assert not client.get(page).context["kept"]


def test_the_gate_is_asked_before_kev_hears_where_tyler_goes_to_school(cast: Cast, client: Client) -> None:
    notice = own.send_link(cast.kev, by=cast.actor_of(cast.finch))
    assert notice.state == Notice.State.BARRED and notice.rule
    assert not [letter for letter in cast.letters(cast.kev) if "/h/" in letter]
    cast.sign_in(client, cast.ode)
    answer = client.post(reverse("front:send_own_page", args=[cast.kev.pk]), follow=True).content.decode()
    assert "Nothing has been sent" in answer and "order" not in answer.partition("<main")[2].partition("<h2")[0]


def test_an_order_does_not_shut_ones_own_page_and_leaves_no_sign(cast: Cast, client: Client) -> None:
    url = opened(cast, client, cast.mark)
    before = read(client, f"{url}?in=en")
    know.record_order(
        cast.mark,
        child=cast.ella,
        bars=frozenset(Bar),
        seen_by=cast.bell,
        from_on=clock.today(),
        by=cast.actor_of(cast.bell),
    )
    after = read(client, f"{url}?in=en")
    assert strip(before) == strip(after)
    said = strip(after).replace(url, "")  # a token may hold any two letters
    assert "Ella" not in said and "Jo" not in said


def strip(page: str) -> str:
    return re.sub(r'csrfmiddlewaretoken" value="\w+', "", page)


def test_the_link_dies_when_the_record_is_merged_away(cast: Cast, client: Client) -> None:
    url = opened(cast, client, cast.amina)
    Adult.objects.filter(pk=cast.amina.pk).update(merged_into=cast.hina)
    assert client.get(url).status_code == 404


def test_a_teacher_cannot_send_it_to_a_family_that_is_not_theirs(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.nye)
    assert client.post(reverse("front:send_own_page", args=[cast.amina.pk])).status_code == 403


def test_a_notice_about_no_child_may_say_nothing_about_one(cast: Cast) -> None:
    point = cast.hina.contact_points.get()
    with pytest.raises(ValueError, match="gate"):
        tell_there(point, own_page, school_id=cast.school.pk, by=None)


def test_the_link_hangs_on_no_child_and_lasts_a_year(cast: Cast) -> None:
    own.send_link(cast.hina, by=cast.actor_of(cast.ode))
    cast.letters(cast.hina)
    link = FamilyLink.objects.get(purpose="own:open")
    assert link.child is None and link.subject == cast.hina.pk
    assert link.expires_at > clock.now() + timedelta(days=364)
    holder = Actor(adult_id=cast.bilal.pk, tier=Tier.RECORD)
    assert not may_open_own_page(holder, cast.hina)


def test_every_barrier_has_what_the_school_does_about_it() -> None:
    assert set(own.OFFERS) == set(Barrier.Kind.values)
