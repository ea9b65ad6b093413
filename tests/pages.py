"""Every page of the product, who opens it and with what answer: the table that the sweeps walk.

Columns: Ms Ode (teacher), Mr Nye (a colleague), Pat (a colleague whose own child is in Ms Ode's class), Mrs Finch
(office), Mrs Bell (head), Mr Rook (another school), nobody (not signed in). 302 for nobody means: please sign in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.test import Client

from gatepost.agree import services as agree
from gatepost.agree.models import Action, Record
from gatepost.core import clock
from gatepost.meet import services as meet
from gatepost.meet.models import Booking
from gatepost.testing import Cast

STAFF = ("ode", "nye", "pat_person", "finch", "bell", "rook", "nobody")


@dataclass
class World:
    """A school in which everything that has a page exists once."""

    cast: Cast
    booking: Booking

    @property
    def record(self) -> str:
        """The id of what was written down."""
        return str(Record.objects.get(booking=self.booking).pk)

    @property
    def event(self) -> str:
        """The id of the parents' evening."""
        return str(self.booking.slot.event_id)


def world(cast: Cast) -> World:
    """Invite everybody, let Amina book, and begin her conversation."""
    invitation = cast.invitation(cast.amina)
    slot = cast.slot(event=invitation.event)
    booking = meet.book(invitation, slot, wishes=meet.Wishes(), by=cast.family_actor(invitation))
    agree.open_record(booking, by=cast.actor_of(cast.ode))
    return World(cast, booking)


type Address = Callable[[World], str]

PAGES: dict[str, tuple[Address, tuple[int, ...]]] = {
    "front:today": (lambda w: "/", (200, 200, 200, 200, 200, 200, 302)),
    "front:office": (lambda w: "/office/", (403, 403, 403, 200, 200, 200, 302)),
    "meet:events": (lambda w: "/meet/", (200, 200, 200, 200, 200, 200, 302)),
    "meet:plan": (lambda w: "/meet/plan/conversation/", (200, 200, 200, 200, 200, 200, 302)),
    "meet:event": (lambda w: f"/meet/events/{w.event}/", (200, 403, 403, 200, 200, 404, 302)),
    "meet:preview": (lambda w: f"/meet/events/{w.event}/preview/", (200, 403, 403, 200, 200, 404, 302)),
    "meet:answer_for": (
        lambda w: f"/meet/invitations/{w.booking.invitation_id}/answer/",
        (200, 403, 403, 200, 200, 404, 302),
    ),
    "agree:talk": (lambda w: f"/agree/talks/{w.booking.pk}/", (200, 403, 403, 403, 302, 404, 302)),
    "agree:promises": (lambda w: "/agree/promises/", (200, 200, 200, 200, 200, 200, 302)),
    "measure:not_heard": (lambda w: "/measure/not-heard/", (403, 403, 403, 200, 200, 200, 302)),
    "measure:attendance": (lambda w: "/measure/attendance/", (403, 403, 403, 403, 200, 200, 302)),
    "agree:record": (lambda w: f"/agree/records/{w.record}/", (200, 403, 403, 403, 200, 404, 302)),
    "front:acting_as": (lambda w: "/acting-as/", (200, 200, 200, 200, 200, 200, 302)),
    "measure:not_heard_csv": (lambda w: "/measure/not-heard/counts.csv", (403, 403, 403, 200, 200, 200, 302)),
    "measure:attendance_csv": (lambda w: "/measure/attendance/counts.csv", (403, 403, 403, 403, 200, 200, 302)),
    "reach:note_talk": (lambda w: f"/reach/adults/{w.cast.amina.pk}/talk/", (200, 403, 403, 200, 200, 404, 302)),
    "account_reset_password": (lambda w: "/password/reset/", (200, 200, 200, 200, 200, 200, 200)),
    "account_reset_password_done": (lambda w: "/password/reset/done/", (200, 200, 200, 200, 200, 200, 200)),
    "account_reset_password_from_key_done": (lambda w: "/password/reset/key/done/", (200,) * 7),
    "account_reset_password_from_key": (lambda w: "/password/reset/key/1-abc/", (200,) * 7),
    "account_logout": (lambda w: "/sign-out/", (200, 200, 200, 200, 200, 200, 302)),
    "account_signup": (lambda w: "/sign-up/", (302, 302, 302, 302, 302, 302, 200)),
    "healthz": (lambda w: "/healthz", (200, 200, 200, 200, 200, 200, 200)),
    "account_login": (lambda w: "/sign-in/", (302, 302, 302, 302, 302, 302, 200)),
}

POSTS = {
    "agree:save",
    "agree:share",
    "agree:add_target",
    "agree:promise",
    "agree:drop_target",
    "agree:drop",
    "agree:kept",
    "agree:not_kept",
    "meet:came",
    "front:settle",
    "front:say",
    "front:uncertain",
}
"""Addresses that only take a POST: their stories are told beside their services."""


def shared_summary(w: World) -> str:
    """Share Amina's record, and return where her summary lies."""
    cast, record = w.cast, Record.objects.get(booking=w.booking)
    by = cast.actor_of(cast.ode)
    typed = {"parent_says": "He reads to his sister.", "summary_plain": "We talked.", "no_next_because": "Soon."}
    agree.write_down(record, typed, seen_version=record.version, by=by)
    due = clock.today()
    agree.promise(record, agree.Promise("Reading cards", Action.Side.SCHOOL, cast.ode, due), by=by)
    agree.share(record, by=by)
    return cast.link(cast.amina)


def opened_summary(w: World, client: Client) -> str:
    """The same, after the code was asked for and typed in."""
    url = shared_summary(w)
    client.post(url, {"send": "1"})
    client.post(url, {"code": w.cast.code(w.cast.amina)})
    return url


def unbooked(w: World) -> str:
    """Dawn's link: she is invited and holds no time."""
    return w.cast.link(w.cast.dawn)


FAMILY_PAGES: dict[str, Callable[[World, Client], str]] = {
    "invite:open": lambda w, client: unbooked(w),
    "invite:open, booked": lambda w, client: w.cast.link(w.cast.amina),
    "invite:none_of_these": lambda w, client: unbooked(w) + "none/",
    "invite:decline": lambda w, client: unbooked(w) + "no/",
    "invite:calendar_file": lambda w, client: unbooked(w) + "meeting.ics",
    "summary:open": opened_summary,
    "summary:open, before the code": lambda w, client: shared_summary(w),
}


FAMILIES: dict[str, str] = {
    "amina": "text",
    "hina": "text",
    "bilal": "mail",
    "jo": "mail",
    "mark": "mail",
    "dawn": "mail",
    "lee": "mail",
    "lees_ex": "mail",
    "ruth": "text",
    "foster": "mail",
    "gran": "text",
    "noor": "shared",  # one telephone for two: it names neither child nor purpose
    "sami": "shared",
    "nadia": "in person",  # no telephone and no mailbox
    "pat": "mail",
    "una": "mail",  # responsibility unknown: told
    "kev": "nothing",  # barred from everything
    "em": "nothing",  # emergency contact only: waits for the office
    "rel": "nothing",  # relationship unknown: waits for the office
    "stranger": "nothing",  # another school
}
"""What reaches each adult of the cast when Ms Ode's class is invited."""
