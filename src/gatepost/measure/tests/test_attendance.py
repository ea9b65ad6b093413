"""Who came, of all who were invited."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gatepost.core import clock
from gatepost.know.models import Adult, Facet
from gatepost.measure import queries, releases
from gatepost.measure.queries import AttendanceReport, Turnout
from gatepost.meet import services as meet
from gatepost.meet.models import Booking, Event, Invitation
from gatepost.testing import Cast

PAGE, FILE = "/measure/attendance/", "/measure/attendance/counts.csv"


def come(cast: Cast, event: Event, adult: Adult, *, came: bool = True) -> None:
    invitation = Invitation.objects.filter(event=event, adult=adult).first()
    slot = event.slots.filter(taken=0).first()
    booking = Booking.objects.create(school=cast.school, slot=slot, invitation=invitation, booked_at=clock.now())
    meet.note_who_came(booking, came=came, by=cast.actor_of(cast.ode))


def held(cast: Cast, *came: Adult, absent: tuple[Adult, ...] = ()) -> Event:
    event = cast.event()
    cast.invite_all(event)
    for adult in came:
        come(cast, event, adult)
    for adult in absent:
        come(cast, event, adult, came=False)
    return event


def test_the_share_is_of_adults_invited_not_of_those_who_booked(cast: Cast):
    event = held(cast, cast.amina, cast.jo, absent=(cast.mark,))
    invited = Invitation.objects.filter(event=event).values("adult").distinct().count()
    row = queries.attendance().events[0]
    assert (row.invited, row.came) == (invited, 2)
    assert row.share == round(200 / invited)


def test_an_event_of_which_nobody_noted_anything_does_not_count(cast: Cast):
    held(cast, cast.amina)
    cast.invite_all(cast.event())
    report = queries.attendance()
    assert sorted(row.noted for row in report.events) == [False, True]
    assert report.overall.invited == next(row.invited for row in report.events if row.noted)


def test_groups_are_only_what_people_said_of_themselves(cast: Cast):
    held(cast, cast.mark)
    assert queries.attendance().facets == ()
    Facet.objects.create(organisation=cast.organisation, adult=cast.mark, kind="father", said_on=clock.today())
    Facet.objects.create(organisation=cast.organisation, adult=cast.lee, kind="father", said_on=clock.today())
    (row,) = queries.attendance().facets
    assert (row.label, row.invited, row.came) == ("Father", 2, 1)


def test_what_leaves_the_school_protects_those_who_said_nothing(cast: Cast):
    """95 of 100 said it: printing 95 beside 100 would show five others."""
    overall = Turnout("All events", 100, 60)
    report = AttendanceReport((Turnout("Evening", 100, 60),), overall, (Turnout("Father", 95, 57),))
    by_event, by_facet = releases.attendance_tables(report)
    assert by_event.rows[0][1] == (100, 60, 60)
    assert by_facet.rows[0][1] == (None, None, None)


def test_those_who_did_not_come_are_protected_too(cast: Cast):
    turnout = Turnout("Evening", 50, 48)
    (table,) = releases.attendance_tables(AttendanceReport((turnout,), turnout, ()))
    assert table.rows[0][1] == (50, None, None)


def test_many_events_are_released():
    """This would not end if each set of hidden numbers were tried."""
    rows = tuple(Turnout(f"Evening {n}", 12 + n, 3 + n % 9) for n in range(queries.EVENTS))
    overall = Turnout("All", sum(row.invited for row in rows), sum(row.came for row in rows))
    by_event, _ = releases.attendance_tables(AttendanceReport(rows, overall, (Turnout("Father", 40, 9),)))
    assert len(by_event.rows) >= len(rows)


@pytest.mark.parametrize("path", [PAGE, FILE])
@pytest.mark.parametrize(("who", "status"), [("bell", 200), ("finch", 403), ("ode", 403), ("nye", 403), ("rook", 200)])
def test_who_may_see_it(cast: Cast, client: Client, path: str, who: str, status: int):
    held(cast, cast.amina)
    assert cast.sign_in(client, getattr(cast, who)).get(path).status_code == status


def test_the_file_has_no_names_and_no_small_counts(cast: Cast, client: Client):
    cast.families(30)
    event = held(cast, cast.amina, cast.mark)
    file = cast.sign_in(client, cast.bell).get(FILE).content.decode()
    numbers = [int(cell) for line in file.splitlines() for cell in line.split(",") if cell.isdigit()]
    assert min(numbers) >= 10
    assert "hidden" in file
    for name in Adult.objects.values_list("name", flat=True):
        assert name not in file
    assert event.title in file


def test_the_picture_has_a_title_words_and_its_numbers_as_a_table(cast: Cast, client: Client):
    held(cast, cast.amina)
    page = cast.sign_in(client, cast.bell).get(PAGE).content.decode()
    svg = page[page.index('<svg class="chart"') : page.rindex("</svg>")]
    assert "<title" in svg
    assert "<desc" in svg
    assert "style=" not in svg
    assert "no-print" in page


def test_an_empty_page_teaches(cast: Cast, client: Client):
    assert "Nobody has been invited yet" in cast.sign_in(client, cast.bell).get(PAGE).content.decode()


def test_the_number_of_queries_does_not_depend_on_the_number_of_events(cast: Cast, client: Client):
    cast.sign_in(client, cast.bell)
    found = set()
    for more in (1, 2, 4):
        for _ in range(more):
            held(cast, cast.amina)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(PAGE).status_code == 200
        found.add(len(asked))
    assert len(found) == 1, found
