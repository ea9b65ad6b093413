"""What is typed into each page: valid, so that only the door can refuse. One line for each address that takes words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from gatepost.core import clock
from gatepost.know.models import Channel
from gatepost.language.catalogue import entries
from gatepost.meet.models import Slot
from gatepost.org.models import Adviser, Person, Staff
from gatepost.selftest.matrix.school import Family, World
from gatepost.testing.sounds import VOICE

type Typed = dict[str, Any]
type Fill = Callable[[World, Person | None, Family], Typed]


def _plan(world: World, who: Person | None, family: Family) -> Typed:
    taught = {
        world.cast.ode: "warsame",
        world.cast.nye: "frost",
        world.cast.pat_person: "rowe2",
        world.cast.rook: "stone",
    }
    theirs = world.families[taught.get(who, "warsame")] if who else family
    return {
        "title": "Evening",
        "groups": str(theirs.group.pk),
        "hosts": str(theirs.host.pk),
        "first_day": (clock.today() + timedelta(days=300)).isoformat(),
        "begins": "16:00",
        "ends": "17:00",
        "minutes": "20",
        "place": "Hall",
    }


def _wording(world: World, who: Person | None, family: Family) -> Typed:
    """The first string of Polish, as it stands."""
    first = entries("pl")[0]
    return {"string": first.key, "words": list(first.words)}


def _voice(world: World, who: Person | None, family: Family) -> Typed:
    """A short sound, in Somali."""
    return {"language": "so", "file": SimpleUploadedFile("voice.m4a", VOICE)}


def _home_note(world: World, who: Person | None, family: Family) -> Typed:
    """For a child whom they teach, or any child."""
    taught = {world.cast.nye: "frost", world.cast.rook: "stone"}
    child = world.families[taught.get(who, "warsame")].child if who else family.child
    return {"learning": "Time", "try_this": "Look at a clock.", "children": str(child.pk), "send": "1"}


def _letter(world: World, who: Person | None, family: Family) -> Typed:
    """To this adult, about the child of theirs that the writer teaches."""
    same = [each for each in world.families.values() if each.adult.pk == family.adult.pk]
    taught = next((each for each in same if each.host == who), family)
    return {"child": str(taught.child.pk), "words": "Hello", "tone": "neutral"}


def _slot(world: World, who: Person | None, family: Family) -> Typed:
    """The last time of the event that this family is invited to."""
    with world.at_school_of(family):
        last = Slot.objects.filter(event=family.things["event"].pk).order_by("starts_at").last()
    return {"slot": str(last.pk) if last else "", "talk_about": "Reading"}


def _late(world: World, who: Person | None, family: Family) -> Typed:
    """Whoever listens on the evening of this family is late: the one who says it, where that is one of them."""
    with world.at_school_of(family):
        hosts = list(Slot.objects.filter(event=family.things["event"].pk).values_list("host", flat=True))
    late = who.pk if who and who.pk in hosts else next(iter(hosts), "")
    return {"host": str(late), "minutes": "10"}


def _job(world: World, who: Person | None, family: Family) -> Typed:
    job = Staff.objects.filter(person=who).first() or Adviser.objects.filter(person=who).first()
    return {"job": str(job.pk) if job else ""}


def _appoint(world: World, who: Person | None, family: Family) -> Typed:
    day = clock.today().isoformat()
    return {"name": "Mr Swift", "email": "swift@example.org", "role": "teacher", "from_on": day}


def _part(world: World, who: Person | None, family: Family) -> Typed:
    """The first part of the text that this family is asked to read."""
    return {"part": str(getattr(family.things["paragraph"], "pk", "")), "say": "yes"}


def _reader(world: World, who: Person | None, family: Family) -> Typed:
    """Somebody who works where the one who asks does."""
    person = world.cast.rook if who == world.cast.rook else world.cast.birch
    return {"person": str(person.pk), "language": "ur"}


def _going(world: World, who: Person | None, family: Family) -> Typed:
    """Somebody at the same school is on duty."""
    duty = world.cast.birch if who != world.cast.rook else world.families["stone"].things["job"].person_id
    return {"place": "Mill Lane", "minutes": "60", "number": "07700 900111", "duty": str(getattr(duty, "pk", duty))}


def _days_off(world: World, who: Person | None, family: Family) -> Typed:
    return {"name": "Half-term", "first_on": (clock.today() + timedelta(days=30)).isoformat()}


def _agree(world: World, who: Person | None, family: Family) -> Typed:
    """The adviser to whom nobody has said yes yet."""
    other = Adviser.objects.exclude(person=world.cast.ferris).get()
    return {"adviser": str(other.pk), "said_so": "on"}


def _extra(world: World, who: Person | None, family: Family) -> Typed:
    """Extra help that somebody else leads."""
    return {"what": "Lexia", "aim": "aim_reading", "led_by": str(family.host.pk), "send": "1"}


def _praise(world: World, who: Person | None, family: Family) -> Typed:
    """A letter to this adult about what they do."""
    signed = {"name": "Ms Ode", "role": "Teacher", "send": "1"}
    return {"say": "parent_reading", "child": _letter(world, who, family)["child"], **signed}


def _just(**words: str) -> Fill:
    return lambda world, who, family: dict(words)


def _promise(world: World, who: Person | None, family: Family) -> Typed:
    day = (clock.today() + timedelta(days=7)).isoformat()
    return {
        "promise-text": "Books",
        "promise-side": "school",
        "promise-owner": str(family.host.pk),
        "promise-due_on": day,
    }


def _target(world: World, who: Person | None, family: Family) -> Typed:
    day = (clock.today() + timedelta(days=30)).isoformat()
    return {"target-text": "Read", "target-kind": "academic", "target-review_on": day}


def _save(world: World, who: Person | None, family: Family) -> Typed:
    return {"stage": "explore", "revision": str(getattr(family.things["record"], "version", 0)), "parent_says": "More."}


def _order(world: World, who: Person | None, family: Family) -> Typed:
    """All answers at once, as the last page sends them."""
    return {
        "step": "check",
        "kind": "letter",
        "seen_by": str(family.host.pk),
        "seen_on": clock.today().isoformat(),
        "adult": str(family.adult.pk),
        "children": str(family.child.pk),
        "bars": "whereabouts",
        "apart": "nobody",
        "from_on": clock.today().isoformat(),
    }


def _pair(world: World, who: Person | None, family: Family) -> Typed:
    return {"adult": str(family.adult.pk), "child": str(family.child.pk)}


def _eligible(world: World, who: Person | None, family: Family) -> Typed:
    """It is for this adult only."""
    return {"who": "some", "adults": [str(family.adult.pk)]}


def _contact(world: World, who: Person | None, family: Family) -> Typed:
    by_mail = getattr(family.things["contact"], "channel", "") == Channel.EMAIL
    return {"value": "other@example.org" if by_mail else "07700 900888"}


def _member(world: World, who: Person | None, family: Family) -> Typed:
    return {"members": [str(family.child.pk)]}


def _team(world: World, who: Person | None, family: Family) -> Typed:
    return {"person": str(family.things["job"].person_id), "role": "helper", "from_on": clock.today().isoformat()}


def _last_day(world: World, who: Person | None, family: Family) -> Typed:
    return {"until_on": clock.today().isoformat()}


FACTS = ("is_parent", "responsibility", "lives_with", "may_collect", "receives_reports", "may_vote")

TYPED: dict[str, Fill] = {
    "front:wishes": _just(name="Another Name", speaks_first="no_wish"),
    "front:languages": _just(speaks_0="cy"),
    "front:needs": _just(other="on", other_words="A ramp"),
    "front:barriers": _just(other="on", other_words="Shifts"),
    "front:add_strength": _just(words="Sewing", language="en"),
    "front:strength": _just(words="Knitting", language="en"),
    "front:remove_strength": _just(),
    "front:facets": _just(facets="lone_parent"),
    "front:add_contact": _just(channel="email", value="new@example.org"),
    "front:contact": _contact,
    "front:end_contact": _just(),
    "front:confirm_contact": _just(),
    "front:bond": _just(standing="carer", **dict.fromkeys(FACTS, "yes")),
    "front:join_team": _team,
    "front:leave_team": _last_day,
    "front:found_household": _member,
    "front:move_in": _just(),
    "front:move_out": _last_day,
    "front:address": _just(address="2 New Street"),
    "front:open_address": _just(reason="A fire"),
    "front:merge": _just(),
    "front:undo_merge": _just(),
    "agree:reading": _just(act="send_back", words="Please say it otherwise."),
    "front:acting_as": _job,
    "front:briefing": _just(mail_at="morning", away_until=""),
    "front:look_at": _just(),
    "staff:add": _appoint,
    "staff:end": _just(last_day=""),
    "staff:language": _wording,
    "staff:give_strand": _just(strand="meet"),
    "staff:take_strand": _just(),
    "advice:agree": _agree,
    "advice:end": _just(),
    "advice:family": _just(words="Ring her on Monday."),
    "adviser:open": _just(),
    "front:settle": _just(standing="parent", responsibility="yes", lives_with="yes"),
    "front:say": _just(),
    "front:uncertain": _just(came="yes"),
    "front:text_read": _just(),
    "front:record_order": _order,
    "front:order_words": _just(),
    "front:ask_to_lift": lambda world, who, family: {"paper": "ended", "seen_on": clock.today().isoformat()},
    "front:agree_to_lift": _just(agree="yes"),
    "front:keep_order": _just(),
    "front:prolong_order": _just(until_on=""),
    "front:barred_time": _just(),
    "front:hold": _just(),
    "measure:tell_left_out": _pair,
    "meet:plan": _plan,
    "meet:preview": _just(),
    "meet:answer_for": _slot,
    "meet:came": _just(came="no"),
    "meet:interpreter": _just(act="without", how="By pointing."),
    "meet:outside_interpreters": _just(name="Sagal Ali", languages="so", comes="on", phone="0113 496 0001"),
    "meet:end_interpreter": _just(),
    "meet:told_interpreter": _just(),
    "meet:told_seated": _just(),
    "meet:cover": _just(act="lessons", begins="08:50", ends="08:55"),
    "meet:outings": _going,
    "meet:call_off": _just(),
    "meet:settle_another_way": _just(),
    "another:open": _just(ways="call", words="After eight"),
    "meet:outing": _just(act="settle", words="Spoke with them."),
    "meet:rooms": _just(name="The new library", features="loop", seats="6"),
    "meet:end_room": _just(),
    "meet:prepare": _just(act="arrange", kind="food", words="No nuts", pounds="3.50"),
    "meet:agenda": _just(words="How maths goes"),
    "meet:late": _late,
    "meet:walk_in": _just(),
    "meet:arrivals": _just(lines="Somebody, a child"),
    "meet:begin_kiosk": _just(),
    "meet:place": _just(place="The hall next door"),
    "meet:follow": _just(act="begin"),
    "meet:follow_on": _just(),
    "home:after": _just(),
    "meet:eligible": _eligible,
    "meet:end_kiosk": _just(),
    "meet:match": _just(act="not_ours"),
    "agree:talk": _just(),
    "agree:save": _save,
    "agree:share": _just(),
    "agree:add_target": _target,
    "agree:promise": _promise,
    "agree:drop_target": _just(),
    "agree:drop": _just(),
    "agree:kept": _just(back="/"),
    "agree:not_kept": _just(because="It was sold out."),
    "reach:letters": _just(),
    "reach:sealed_letters": _just(),
    "reach:letter_came_back": _just(),
    "reach:print_run": _just(act="gone"),
    "reach:find_slip": _just(number="000", words="Something is ticked."),
    "reach:slip": _just(ticked="call"),
    "reach:budget": _just(parts="5000", each="term"),
    "reach:stop_all": _just(because="The wrong letter"),
    "reach:note_talk": _just(way="door", child=""),
    "reach:proofs": _just(act="paper"),
    "reach:write": _letter,
    "reach:praise_parent": _praise,
    "extra:of_child": _extra,
    "extra:end": _just(),
    "extra:key_in": _just(say="yes"),
    "reach:praise": _just(words="Sang well."),
    "reach:thread": _just(words="Hello", tone="neutral"),
    "reach:pass_on": _just(say="send"),
    "reach:aloud": _voice,
    "reach:aloud_to_many": _voice,
    "home:aloud": _voice,
    "reach:explained": _just(),
    "reach:documents": _just(title="A plan", text="We help."),
    "reach:paragraph": _just(words="We help more."),
    "document:open": _part,
    "reach:word": _just(words="I come tomorrow."),
    "reach:hurry": _just(),
    "staff:readers": _reader,
    "staff:end_reading": _just(),
    "staff:days_off": _days_off,
    "staff:open_again": _just(),
    "reach:repaired": _just(),
    "treated:open": _just(say="well"),
    "together:open": _just(how="weekly"),
    "together:read": _just(),
    "thread:open": _just(words="Thank you"),
    "forwhat:open": _just(say="not_yet"),
    "support:ask_everybody": _just(),
    "support:ask_for_help": _just(what="Bake with us"),
    "support:thank": _just(words=""),
    "home:write": _home_note,
    "home:undo": _just(),
    "front:write_to_many": _just(words="No school.", send="1"),
    "front:take_back": _just(),
    "home:helped": _just(),
    "home:idea": _just(say="show"),
    "learning:open": _just(say="tried"),
    "invite:open": _slot,
    "invite:none_of_these": _just(words="Fridays"),
    "invite:decline": _just(words=""),
    "invite:mine": _just(know="We moved", worry="", change=""),
    "invite:talk": _just(words="Friends"),
    "invite:helps": _just(help="food"),
    "summary:open": _just(say="yes"),
    "own:wishes": _just(language="Soomaali · Somali", interpreter="Welsh", speaks_first="after"),
    "own:languages": _just(speaks_0="Welsh"),
    "own:needs": _just(other="on", other_words="A ramp"),
    "own:barriers": _just(other="on", other_words="Shifts"),
    "own:facets": _just(facets="lone_parent"),
    "own:add_strength": _just(words="Sewing", language="English"),
    "own:strength": _just(words="Knitting", language="English"),
    "own:ask": _just(about="name", words="With two n"),
    "front:send_own_page": _just(),
    "strengths:tell": _just(words="Baking"),
    "strengths:help": _just(say="yes"),
    "mail:stop": _just(),
    "gateway:text": _just(**{"from": "07700900123", "text": "Yes", "id": "1"}),
    "gateway:receipt": _just(id="0" * 32, status="1"),
    "gateway:notify": _just(status="delivered"),
    "account_login": _just(login="nobody@example.org", password="not the password"),
    "account_logout": _just(),
    "account_signup": _just(email="new@example.org", password1="a long new password"),
    "account_reset_password": _just(email="nobody@example.org"),
    "account_reset_password_from_key": _just(password1="a long new password", password2="a long new password"),
}

SWAPS: dict[str, tuple[tuple[str, str], ...]] = {
    "meet:plan": (("groups", "school"), ("hosts", "school")),
    "meet:answer_for": (("slot", "family"),),
    "agree:promise": (("promise-owner", "school"),),
    "front:record_order": (("seen_by", "school"), ("adult", "family"), ("children", "family")),
    "reach:note_talk": (("child", "family"),),
    "home:write": (("children", "school"),),
    "invite:open": (("slot", "family"),),
}
"""Where a page takes the id of something else, and whose it must be: one of another family or school does nothing."""

QUIET = {"front:acting_as", "front:order_words", "front:confirm_contact"}
"""Pages whose change no table shows: the session's, a line in the trail, or a moment while the clock stands."""
