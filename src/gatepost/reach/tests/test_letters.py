"""Letters on paper: who gets one, how it is printed, what its slip does, and what comes back."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client, override_settings

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.core.models import AuditEvent
from gatepost.disclosure import Bar
from gatepost.know import services as know
from gatepost.know.models import Adult, Channel
from gatepost.language.dates import LONDON
from gatepost.meet.models import Booking
from gatepost.reach.models import Answer, Delivery, FamilyLink, IncomingText, Notice, PrintRun, Sheet, Touch
from gatepost.reach.services import celebrating, printing, slips
from gatepost.reach.tests.paper import home_of, print_run, sheet_of, wants_paper
from gatepost.testing import Cast

State = Delivery.State
pytestmark = pytest.mark.django_db


def waiting(cast: Cast, kind: PrintRun.Kind = PrintRun.Kind.ORDINARY) -> list[str]:
    return [each.notice.adult.name for each in printing.waiting(cast.actor_of(cast.finch), kind)]


def delivery_of(adult: Adult) -> Delivery:
    return Delivery.objects.filter(notice__adult=adult).latest("not_before")


def test_who_has_no_telephone_gets_a_letter_where_they_live(cast: Cast) -> None:
    home_of(cast, cast.nadia, cast.ines)
    cast.invite_all()
    assert waiting(cast) == ["Nadia Costa"]
    assert delivery_of(cast.amina).channel == Channel.SMS


def test_who_likes_letters_gets_them_by_the_childs_hand_where_no_address_is_known(cast: Cast) -> None:
    wants_paper(cast, cast.amina)
    cast.invite_all()
    (each,) = printing.waiting(cast.actor_of(cast.finch), PrintRun.Kind.ORDINARY)
    assert (each.notice.adult, each.by, each.group) == (cast.amina, "class", "Kingfishers")


def test_a_child_carries_nothing_while_an_order_stands_about_it(cast: Cast) -> None:
    wants_paper(cast, cast.dawn)
    cast.invite_all()
    assert waiting(cast) == []


def test_no_letter_goes_to_a_roof_under_which_somebody_lives_from_whom_it_is_kept(cast: Cast) -> None:
    wants_paper(cast, cast.jo)
    home_of(cast, cast.jo, cast.ella, cast.mark)
    know.record_order(
        cast.mark, child=cast.ella, bars=frozenset({Bar.EVERYTHING}), seen_by=cast.bell, from_on=clock.today(), by=None
    )
    cast.invite_all()
    assert waiting(cast) == []


def test_a_run_is_printed_once_and_its_paper_is_confirmed_by_a_person(cast: Cast) -> None:
    home_of(cast, cast.nadia, cast.ines)
    cast.invite_all()
    run = print_run(cast)
    letter = delivery_of(cast.nadia)
    assert (letter.state, letter.fence) == (State.ON_WIRE, run.pk)
    with pytest.raises(Refused):
        print_run(cast)
    cast.deliver()  # the sender of messages, and what settles its crashes, leave it alone
    printing.settle_run(run, by=cast.actor_of(cast.finch))
    letter.refresh_from_db()
    assert (letter.state, letter.notice.state) == (State.ACCEPTED, Notice.State.SENT)
    assert PrintRun.objects.get().pages is None
    with pytest.raises(Refused):
        printing.settle_run(run, by=cast.actor_of(cast.finch))


def test_what_went_wrong_is_printed_again_and_says_so(cast: Cast) -> None:
    home_of(cast, cast.nadia, cast.ines)
    cast.invite_all()
    printing.print_all_again(print_run(cast), by=cast.actor_of(cast.finch))
    letter = delivery_of(cast.nadia)
    assert (letter.state, letter.repeats) == (State.QUEUED, 1)
    print_run(cast)
    assert Sheet.objects.filter(delivery=letter).count() == 2  # both slips are found


def test_links_come_to_be_only_when_a_letter_is_printed_and_can_be_typed(cast: Cast, client: Client) -> None:
    home_of(cast, cast.nadia, cast.ines)
    cast.invite_all()
    assert not FamilyLink.objects.filter(adult=cast.nadia).exists()
    link = re.search(re.escape(settings.GATEPOST_ORIGIN) + r"(/i/[a-z0-9-]+/)", "".join(print_and_read(cast)))
    assert link
    assert client.get(link[1]).status_code == 200
    assert client.get(link[1].upper().replace("/I/", "/i/").replace("-", "")).status_code == 200


def print_and_read(cast: Cast) -> list[str]:
    return [str(sheet) for sheet in printing.pages_of(print_run(cast))]


def test_an_order_that_came_since_stops_the_letter_at_the_press(cast: Cast) -> None:
    home_of(cast, cast.nadia, cast.ines)
    cast.invite_all()
    know.record_order(
        cast.nadia, child=cast.ines, bars=frozenset({Bar.EVERYTHING}), seen_by=cast.bell, from_on=clock.today(), by=None
    )
    Delivery.objects.filter(notice__adult=cast.nadia).update(state=State.QUEUED)  # as if the order came this moment
    run = print_run(cast)
    assert run.settled_at is not None
    assert delivery_of(cast.nadia).state == State.STOPPED


def test_an_order_that_comes_between_the_press_and_the_post_has_the_letter_taken_out(
    cast: Cast, client: Client
) -> None:
    home_of(cast, cast.nadia, cast.ines)
    cast.invite_all()
    run = print_run(cast)
    office = cast.sign_in(client, cast.finch)
    assert "Take these letters out" not in office.get(f"/reach/letters/runs/{run.pk}/").content.decode()
    know.record_order(
        cast.nadia, child=cast.ines, bars=frozenset({Bar.EVERYTHING}), seen_by=cast.bell, from_on=clock.today(), by=None
    )
    office.post(f"/reach/letters/runs/{run.pk}/", {"act": "gone"})  # from the page as it was before
    assert delivery_of(cast.nadia).state == State.ON_WIRE
    page = office.get(f"/reach/letters/runs/{run.pk}/").content.decode()
    assert "Take these letters out" in page
    out = re.findall(r'name="out" value="([^"]+)"', page)
    office.post(f"/reach/letters/runs/{run.pk}/", {"act": "gone", "out": out})
    letter = delivery_of(cast.nadia)
    assert letter.state == State.STOPPED
    assert letter.notice.state == Notice.State.HELD  # she lives with Ines: somebody looks at such an order


def test_the_window_shows_the_name_and_the_address_and_nothing_of_the_child(cast: Cast) -> None:
    home_of(cast, cast.nadia, cast.ines)
    cast.invite_all()
    (sheet,) = print_and_read(cast)
    window = re.search(r'<address class="window">(.*?)</address>', sheet, re.S)
    assert window
    assert re.sub(r"<[^>]+>", " ", window[1]).split() == ["Nadia", "Costa", "12", "Mill", "Lane", "Elm", "Park"]
    top = sheet[sheet.index('class="letterhead"') : sheet.index("</div>")]
    assert "Ines" not in top


def test_a_sealed_letter_is_printed_by_who_may_open_the_address_and_nobody_else(cast: Cast, client: Client) -> None:
    home = home_of(cast, cast.nadia, cast.ines)
    know.hide_address(home, by=cast.actor_of(cast.cole))
    cast.invite_all()
    assert waiting(cast) == []
    office = cast.sign_in(client, cast.finch).get("/reach/letters/").content.decode()
    assert "1 more letter waits" in office
    assert "Nadia" not in office
    run = printing.make_run(PrintRun.Kind.SEALED, by=cast.actor_of(cast.cole))
    assert "12 Mill Lane" in str(printing.pages_of(run)[0])
    assert AuditEvent.objects.filter(verb="know.address_opened").exists()
    assert client.get(f"/reach/letters/runs/{run.pk}/letters.pdf").status_code == 403
    assert audit.first_bad_line(cast.school.pk) is None


def test_a_slip_is_keyed_in_once_and_books_the_first_time_that_is_free(cast: Cast) -> None:
    home_of(cast, cast.nadia, cast.ines)
    cast.invite_all()
    sheet = sheet_of(cast, cast.nadia)
    times = [box["value"] for box in sheet.boxes if box["value"].startswith("slot:")]
    found = slips.find_sheet(f"{sheet.reference[:3].lower()} {sheet.reference[3:]}")
    assert found == sheet
    slips.key_in(sheet, times[1:3], "Reading", by=cast.actor_of(cast.finch))
    booking = Booking.objects.get(invitation__adult=cast.nadia)
    assert f"slot:{booking.slot_id}" == times[1]
    answer = Answer.objects.get(ask__adult=cast.nadia)
    assert (answer.value, answer.way) == ("yes", Touch.Way.PAPER)
    with pytest.raises(Refused):
        slips.key_in(sheet, times[:1], "", by=cast.actor_of(cast.finch))


def test_please_ring_me_and_words_wait_for_the_office(cast: Cast) -> None:
    home_of(cast, cast.nadia, cast.ines)
    cast.invite_all()
    slips.key_in(sheet_of(cast, cast.nadia), ["call"], "Liga, por favor", by=cast.actor_of(cast.finch))
    text = IncomingText.objects.get()
    assert (text.way, text.adult, text.state) == (Touch.Way.PAPER, cast.nadia, IncomingText.State.WAITING)
    assert text.words == "Please ring me.\nLiga, por favor"


def test_answers_that_contradict_each_other_are_not_guessed(cast: Cast) -> None:
    home_of(cast, cast.nadia, cast.ines)
    cast.invite_all()
    sheet = sheet_of(cast, cast.nadia)
    with pytest.raises(Refused):
        slips.key_in(sheet, [sheet.boxes[0]["value"], "declined"], "", by=cast.actor_of(cast.finch))
    sheet.refresh_from_db()
    assert sheet.keyed_at is None


def test_a_slip_that_nobody_can_match_waits_and_is_nobodys(cast: Cast, client: Client) -> None:
    office = cast.sign_in(client, cast.finch)
    office.post("/reach/slips/", {"number": "XYZ", "words": "Tuesday is ticked"})
    text = IncomingText.objects.get()
    assert (text.adult, text.number, text.way) == (None, "XYZ", Touch.Way.PAPER)


def test_a_letter_that_came_back_is_the_offices_and_its_address_is_doubted(cast: Cast) -> None:
    home = home_of(cast, cast.nadia, cast.ines)
    celebrating.praise(cast.ines, "Ines sang.", by=cast.actor_of(cast.ode))
    cast.invite_all()
    printing.settle_run(print_run(cast), by=cast.actor_of(cast.finch))
    letter, beside = Delivery.objects.filter(notice__adult=cast.nadia, channel=Channel.LETTER)
    printing.came_back(letter, by=cast.actor_of(cast.finch))
    beside.refresh_from_db()
    assert (beside.state, beside.notice.state) == (State.RETURNED, Notice.State.BY_HAND)  # the same envelope held it
    letter.refresh_from_db()
    home.refresh_from_db()
    assert (letter.state, letter.notice.state) == (State.RETURNED, Notice.State.BY_HAND)
    assert home.returned_on == clock.today()
    cast.invite_all()
    assert waiting(cast) == []
    know.show_address(home, "7 Far Lane", by=cast.actor_of(cast.finch))
    cast.invite_all()
    assert waiting(cast) == ["Nadia Costa"]


def test_who_likes_it_together_gets_letters_of_a_week_in_one_envelope(cast: Cast, client: Client) -> None:
    home_of(cast, cast.nadia, cast.ines)
    friday = datetime(2027, 2, 5, 16, 0, tzinfo=LONDON)
    with override_settings(GATEPOST_QUIET_HOURS=True):
        with time_machine.travel(friday - timedelta(days=2), tick=False):
            know.say_wishes(cast.nadia, {"together": "weekly"}, by=cast.actor_of(cast.finch))
            for words in ("Ines sang.", "Ines helped."):
                celebrating.praise(cast.ines, words, by=cast.actor_of(cast.ode))
            assert waiting(cast) == []
        with time_machine.travel(friday, tick=False):
            assert waiting(cast) == ["Nadia Costa"] * 2
            run = print_run(cast)
            page = cast.sign_in(client, cast.finch).get(f"/reach/letters/runs/{run.pk}/").content.decode()
    assert page.count("In one envelope with the letter above") == 1
