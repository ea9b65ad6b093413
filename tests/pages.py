"""Every page of the product, who opens it and with what answer: the table that the sweeps walk.

Columns: Ms Ode (teacher), Mr Nye (a colleague), Pat (a colleague whose own child is in Ms Ode's class), Mrs Finch
(office), Mrs Bell (head), Mr Rook (another school), nobody (not signed in). 302 for nobody means: please sign in.

The other roles open what `OPENS_TO` in `tests/pages_of_other_roles.py` says, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.test import Client

from gatepost.agree import services as agree
from gatepost.agree.models import Action, Reading, Record
from gatepost.core import clock
from gatepost.know import services as know
from gatepost.meet import services as meet
from gatepost.meet.models import Booking
from gatepost.org.models import Adviser, Staff
from gatepost.org.services import break_glass
from gatepost.support import agreeing
from gatepost.support import services as support
from gatepost.testing import Cast
from tests.pages_of_families import OWN_PAGES, PAGES_OF_FAMILIES, POSTS_OF_FAMILIES
from tests.pages_of_letters import PAGES_OF_LETTERS, POSTS_OF_LETTERS
from tests.pages_of_meetings import (
    PAGES_OF_MEETINGS,
    POSTS_OF_MEETINGS,
    another_way,
    booked,
    companions_page,
    full,
    help_page,
    page_at_the_door,
    sheet_page,
    talk_page,
)
from tests.pages_of_orders import PAGES_OF_ORDERS, POSTS_OF_ORDERS
from tests.pages_of_other_roles import OPENS_TO, OTHER_ROLES
from tests.pages_of_strengths import (
    PAGES_OF_STRENGTHS,
    POSTS_OF_STRENGTHS,
    all_together,
    extra_page,
    learning_page,
    opened_thread,
    page_to_stop,
    treated_page,
    unopened_thread,
)
from tests.pages_of_the_guide import GUIDE_FOR_FAMILIES, PAGES_OF_THE_GUIDE
from tests.pages_of_words import PAGES_OF_WORDS, POSTS_OF_WORDS, heard_message, heard_note, text_page

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

    @property
    def glass(self) -> str:
        """The id of an emergency: Mr Nye reads about Amina's child for an hour."""
        child, by = self.booking.invitation.child, self.cast.actor_of(self.cast.nye)
        glass = break_glass(child.pk, reason="He stands at the gate alone.", school_id=child.school_id, by=by)
        return str(glass.pk)

    @property
    def agreement(self) -> str:
        """The id of Amina's agreement with Ms Ferris."""
        adviser = Adviser.objects.get(person=self.cast.ferris)
        return str(agreeing.agree(self.cast.amina, adviser, by=self.cast.actor_of(self.cast.finch)).pk)

    @property
    def job(self) -> str:
        """The id of Ms Ode's job."""
        return str(Staff.objects.get(person=self.cast.ode).pk)


def world(cast: Cast) -> World:
    """Invite everybody, let Amina book, and begin her conversation."""
    invitation = cast.invitation(cast.amina)
    slot = cast.slot(event=invitation.event)
    booking = meet.book(invitation, slot, wishes=meet.Wishes(), by=cast.family_actor(invitation))
    agree.open_record(booking, by=cast.actor_of(cast.ode))
    return World(cast, booking)


def reading(w: World) -> str:
    """The id of what Ms Ode has written about Tyler, whose father an order restrains: somebody else reads it first."""
    cast = w.cast
    invitation = cast.invitation(cast.dawn, cast.tyler, w.booking.slot.event)
    slot = cast.slot(event=invitation.event)
    booking = meet.book(invitation, slot, wishes=meet.Wishes(), by=cast.family_actor(invitation))
    share(cast, agree.open_record(booking, by=cast.actor_of(cast.ode)))
    return str(Reading.objects.get(record__booking=booking).pk)


def share(cast: Cast, record: Record) -> None:
    """Write what a record needs, and press "share"."""
    by = cast.actor_of(cast.ode)
    typed = {"parent_says": "He reads to his sister.", "summary_plain": "We talked.", "no_next_because": "Soon."}
    agree.write_down(record, typed, seen_version=record.version, by=by)
    agree.promise(record, agree.Promise("Reading cards", Action.Side.SCHOOL, cast.ode, clock.today()), by=by)
    agree.share(record, by=by)


type Address = Callable[[World], str]

MINE = (200, 200, 200, 200, 200, 200, 302)  # one's own account

PAGES: dict[str, tuple[Address, tuple[int, ...]]] = (
    {
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
        "agree:reading": (lambda w: f"/agree/readings/{reading(w)}/", (403, 403, 403, 200, 200, 404, 302)),
        "front:acting_as": (lambda w: "/acting-as/", (200, 200, 200, 200, 200, 200, 302)),
        "front:briefing": (lambda w: "/account/briefing/", (200, 200, 200, 200, 200, 200, 302)),
        "advice:agreements": (lambda w: "/advice/agreements/", (403, 403, 403, 200, 200, 200, 302)),
        "advice:agree": (lambda w: f"/advice/adults/{w.cast.amina.pk}/", (403, 403, 403, 200, 200, 404, 302)),
        "advice:families": (lambda w: "/advice/families/", (403, 403, 403, 403, 403, 403, 302)),
        "advice:family": (lambda w: f"/advice/families/{w.agreement}/", (404, 404, 404, 404, 404, 404, 302)),
        "front:break_glass": (lambda w: "/emergency/", (200, 200, 200, 403, 403, 403, 302)),
        "front:glass_report": (lambda w: "/emergency/report/", (403, 403, 403, 403, 200, 200, 302)),
        "front:behind_glass": (lambda w: f"/emergency/{w.glass}/", (403, 200, 403, 403, 403, 404, 302)),
        "staff:people": (lambda w: "/staff/", (403, 403, 403, 403, 200, 200, 302)),
        "staff:add": (lambda w: "/staff/add/", (403, 403, 403, 403, 200, 200, 302)),
        "staff:roles": (lambda w: "/staff/roles/", (200, 200, 200, 200, 200, 200, 302)),
        "staff:job": (lambda w: f"/staff/jobs/{w.job}/", (403, 403, 403, 403, 200, 404, 302)),
        "measure:figures": (lambda w: "/measure/", (403, 403, 403, 403, 200, 200, 302)),
        "measure:not_heard_csv": (lambda w: "/measure/not-heard/counts.csv", (403, 403, 403, 200, 200, 200, 302)),
        "measure:attendance_csv": (lambda w: "/measure/attendance/counts.csv", (403, 403, 403, 403, 200, 200, 302)),
        "reach:stop_all": (lambda w: "/reach/stop/", (403, 403, 403, 200, 200, 200, 302)),
        "reach:talks": (lambda w: "/reach/talks/?name=ayan", (200, 200, 200, 200, 200, 200, 302)),
        "reach:note_talk": (lambda w: f"/reach/adults/{w.cast.amina.pk}/talk/", (200, 403, 403, 200, 200, 404, 302)),
        "reach:proofs": (lambda w: f"/reach/adults/{w.cast.amina.pk}/proofs/", (200, 403, 403, 200, 200, 404, 302)),
        "account_reset_password": (lambda w: "/password/reset/", (200, 200, 200, 200, 200, 200, 200)),
        "account_reset_password_done": (lambda w: "/password/reset/done/", (200, 200, 200, 200, 200, 200, 200)),
        "account_reset_password_from_key_done": (lambda w: "/password/reset/key/done/", (200,) * 7),
        "account_reset_password_from_key": (lambda w: "/password/reset/key/1-abc/", (200,) * 7),
        "account_logout": (lambda w: "/sign-out/", (200, 200, 200, 200, 200, 200, 302)),
        "account_inactive": (lambda w: "/sign-in/ended/", (200,) * 7),
        "mfa_login_webauthn": (lambda w: "/sign-in/passkey/", (302,) * 7),
        "mfa_authenticate": (lambda w: "/sign-in/second-factor/", (302,) * 7),
        "openid_connect_login": (lambda w: "/sign-in/with/school/", (404,) * 7),  # none is set up in the tests
        "openid_connect_callback": (lambda w: "/sign-in/with/school/back/", (404,) * 7),
        "mfa_index": (lambda w: "/account/", MINE),
        "front:signed_in": (lambda w: "/account/signed-in/", MINE),
        "account_again": (lambda w: "/account/again/", (403,) * 6 + (302,)),  # they have no way to prove it
        "account_reauthenticate": (lambda w: "/account/again/password/", (403,) * 6 + (302,)),
        "mfa_reauthenticate": (lambda w: "/account/again/code/", (403,) * 6 + (302,)),
        "mfa_reauthenticate_webauthn": (lambda w: "/account/again/passkey/", (403,) * 6 + (302,)),
        "mfa_activate_totp": (lambda w: "/account/app/", MINE),
        "mfa_deactivate_totp": (lambda w: "/account/app/remove/", (404,) * 6 + (302,)),
        "mfa_list_webauthn": (lambda w: "/account/passkeys/", MINE),
        "mfa_add_webauthn": (lambda w: "/account/passkeys/add/", MINE),
        "mfa_remove_webauthn": (lambda w: "/account/passkeys/1/remove/", (404,) * 6 + (302,)),
        "mfa_view_recovery_codes": (lambda w: "/account/codes/", (404,) * 6 + (302,)),
        "mfa_generate_recovery_codes": (lambda w: "/account/codes/new/", MINE),
        "mfa_download_recovery_codes": (lambda w: "/account/codes/file/", (404,) * 6 + (302,)),
        "security_txt": (lambda w: "/.well-known/security.txt", (200,) * 7),
        "mail:stop": (lambda w: "/u/no-token/", (404,) * 7),
        "gateway:text": (lambda w: "/gateway/no-key/text", (404,) * 7),
        "gateway:receipt": (lambda w: "/gateway/no-key/receipt", (404,) * 7),
        "gateway:notify": (lambda w: "/gateway/no-key/notify", (404,) * 7),
        "account_signup": (lambda w: "/sign-up/", (302, 302, 302, 302, 302, 302, 200)),
        "healthz": (lambda w: "/healthz", (200, 200, 200, 200, 200, 200, 200)),
        "account_login": (lambda w: "/sign-in/", (302, 302, 302, 302, 302, 302, 200)),
    }
    | PAGES_OF_FAMILIES
    | PAGES_OF_LETTERS
    | PAGES_OF_MEETINGS
    | PAGES_OF_ORDERS
    | PAGES_OF_STRENGTHS
    | PAGES_OF_THE_GUIDE
    | PAGES_OF_WORDS
)


"""What the other roles open besides the public pages."""


def answers(name: str) -> dict[str, int]:
    """Who gets which answer from a page: the row of the table, then the other roles."""
    row = dict(zip(STAFF, PAGES[name][1], strict=True))
    opens = OPENS_TO.get(name, "").split()
    shut = dict.fromkeys(OTHER_ROLES, 403)
    if row["rook"] == 404:  # a thing of the school: an adviser stands outside it, too
        shut["ferris"] = 404
    if row["bell"] == 404:  # a thing of nobody's school
        shut = dict.fromkeys(OTHER_ROLES, 404)
    if row["nobody"] != 302 or name.startswith(("mfa_", "account_")) or name == "front:signed_in":
        # a page for everybody, or about one's own account
        shut = dict.fromkeys(OTHER_ROLES, row["rook"])
    return row | shut | dict.fromkeys(opens, 200)


POSTS = (
    {
        "advice:end",
        "staff:end",
        "staff:give_strand",
        "staff:take_strand",
        "front:look_at",
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
    | POSTS_OF_FAMILIES
    | POSTS_OF_LETTERS
    | POSTS_OF_MEETINGS
    | POSTS_OF_ORDERS
    | POSTS_OF_STRENGTHS
    | POSTS_OF_WORDS
)
"""Addresses that only take a POST: their stories are told beside their services."""


def shared_summary(w: World) -> str:
    """Share Amina's record, and return where her summary lies."""
    share(w.cast, Record.objects.get(booking=w.booking))
    return w.cast.link(w.cast.amina)


def opened_summary(w: World, client: Client) -> str:
    """The same, after the code was asked for and typed in."""
    url = shared_summary(w)
    return w.cast.open_record(client, w.cast.amina, url)


def advised(w: World) -> str:
    """Amina agrees with an adviser, and gets a link about it."""
    assert w.agreement
    return w.cast.link(w.cast.amina)


def unbooked(w: World) -> str:
    """Dawn's link: she is invited and holds no time."""
    return w.cast.link(w.cast.dawn)


def asked_for_strengths(w: World) -> str:
    """Jo's link to the question what she is good at."""
    support.ask_strengths(w.cast.school, by=w.cast.actor_of(w.cast.finch))
    return w.cast.link(w.cast.jo)


def asked_for_help(w: World) -> str:
    """Jo's link to the question whether she would help with what she can do."""
    ode = w.cast.actor_of(w.cast.ode)
    strength = know.add_strength(w.cast.jo, "I bake.", language="en", by=ode)
    support.ask_for_help(strength, what="Bake with Year 4", when_words="Friday", place="Hall", by=ode)
    return w.cast.link(w.cast.jo)


FAMILY_PAGES: dict[str, Callable[[World, Client], str]] = {
    "invite:open": lambda w, client: unbooked(w),
    "invite:open, booked": lambda w, client: booked(w),
    "invite:talk": talk_page,
    "companion:open": companions_page,
    "invite:mine": sheet_page,
    "invite:helps": help_page,
    "invite:open, full": lambda w, client: full(w),
    "invite:none_of_these": lambda w, client: unbooked(w) + "none/",
    "invite:decline": lambda w, client: unbooked(w) + "no/",
    "invite:calendar_file": lambda w, client: w.cast.link(w.cast.amina) + "meeting.ics",
    "adviser:open": lambda w, client: advised(w),
    "summary:open": opened_summary,
    "strengths:tell": lambda w, client: asked_for_strengths(w),
    "strengths:help": lambda w, client: asked_for_help(w),
    "learning:open": lambda w, client: learning_page(w),
    "thread:open": opened_thread,
    "forwhat:open": extra_page,
    "thread:hear": heard_message,
    "learning:hear": lambda w, client: heard_note(w),
    "treated:open": lambda w, client: treated_page(w),
    "together:open": lambda w, client: all_together(w),
    "document:open": lambda w, client: text_page(w),
    "mail:stop": lambda w, client: page_to_stop(w),
    "kiosk:open": page_at_the_door,
    "kiosk:open, thanks": lambda w, client: page_at_the_door(w, client) + "?done=1",
    "thread:open, before the code": lambda w, client: unopened_thread(w),
    "summary:open, before the code": lambda w, client: shared_summary(w),
    **OWN_PAGES,
    **GUIDE_FOR_FAMILIES,
    "another:open": lambda w, client: another_way(w),  # the last: it leaves Dawn with another link
}
