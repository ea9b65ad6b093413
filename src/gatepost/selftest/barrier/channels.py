"""Every way by which something can come to an adult. What comes is kept as text, without what differs at every call."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from gatepost.front.saying import to_say
from gatepost.know.models import Channel
from gatepost.meet.addresses import COMPANION, cookie_name, key_of
from gatepost.meet.models import Companion
from gatepost.reach.delivery import letters
from gatepost.reach.delivery.render import entry_of
from gatepost.reach.kinds import KINDS
from gatepost.reach.models import Message, Notice, Recording
from gatepost.reach.onpaper import fits_on_paper
from gatepost.reach.services import may_tell
from gatepost.selftest.barrier.door import PRESS, SECRET
from gatepost.selftest.barrier.world import World
from gatepost.selftest.matrix.cells import plain
from gatepost.testing import PIN

CHANNELS = (
    "pages",  # what a link opens
    "languages",  # the same in every other language
    "waiting list",  # what it says when I wait for a place, and when I have one
    "times",  # the times on offer, in their order
    "errors",  # what a page says when it refuses, and what is not there
    "summaries",  # what a link and a code open
    "learning",  # what to try at home, and what other families do
    "extra help",  # what extra help is for, and who speaks with them by when
    "agenda",  # what a talk is about and who is there
    "sheet",  # what I write to get ready
    "help",  # what would help me to come, and what is arranged
    "staff lists",  # the lists of an evening, on a screen and on paper, which are the staff's
    "recordings",  # what is said aloud, and what another adult is told so
    "documents",  # long texts, and whether they made sense
    "treated",  # how I was treated
    "together",  # what can wait for me, in one message, and the page that has it at once
    "translations",  # what was written to me, in my language
    "thread",  # what they and the school write to each other
    "own page",  # what is held about them, to see and to put right
    "companion",  # the page of whoever comes along with me
    "kiosk",  # the page at the door, whoever's name they type
    "calendar",  # the entry for a calendar, of a page and of a mail
    "headers",  # of every answer, cookies too
    "statuses",
    "sizes",  # in bytes, before anything is taken out
    "mails",
    "texts",
    "letters",  # what each of them would say on paper, and what its slip asks
    "envelopes",  # how many messages came, where, for whom, in which order
    "in person",  # what the office would say, where no message reaches them
)
"""A run in which one of them stayed empty has shown nothing, and fails."""

LANGUAGES = ("ur", "so")
STAFF_LISTS = ("event", "evening", "door", "arrivals", "kitchen")
OWN_PAGES: dict[str, dict[str, Any]] = {
    "wishes/": {"language": "English", "speaks_first": "first", "times": ["evening"]},
    "languages/": {"speaks_0": "Welsh"},
    "needs/": {"quiet_room": "on"},
    "barriers/": {"time_words": "Nights"},
    "strengths/": {"words": "Football", "language": "English"},
    "about-me/": {"facets": ["father"]},
    "ask/": {"about": "contact", "words": "I have a new number."},
}
TIMES = re.compile(rb'<input[^>]*name="slot"[^>]*>')
DIGITS = re.compile(r"(?<!\d)(?:\d{6}|\d{3} \d{3})(?!\d)")
PLAYED = re.compile(r'src="(hear/[^"]+)"')
COOKIE = re.compile(r"=[^;]*|expires=[^;]*", re.IGNORECASE)


def note(world: World, channel: str, what: object) -> None:
    """Keep one thing that came."""
    world.seen.append((channel, str(what)))


def look(world: World, channel: str, method: str, path: str, typed: dict[str, Any] | None = None) -> HttpResponse:
    """Make a request as the barred adult, and keep everything about the answer."""
    ask = getattr(world.browser, method.lower())
    answer: HttpResponse = ask(path, typed) if typed is not None else ask(path)
    refused = answer.status_code >= 400 or b"aria-invalid" in answer.content
    cookies = sorted(COOKIE.sub("=*", morsel.OutputString()) for morsel in answer.cookies.values())
    headers = {name: value for name, value in answer.headers.items() if name not in ("Location", "Content-Length")}
    note(world, "statuses", (method, answer.status_code, _text(answer.headers.get("Location", "").encode())))
    note(world, "headers", (sorted(headers.items()), cookies))
    note(world, "sizes", len(answer.content))
    note(world, "errors" if refused else channel, _text(answer.content))
    note(world, "times", [b"disabled" in time for time in TIMES.findall(answer.content)])
    return answer


def _text(body: bytes) -> str:
    return plain(body).decode(errors="replace")


def everything(world: World) -> None:
    """Look at whatever there is: every link in every language, every refusal, all messages, and the spoken words."""
    for link in _some_of(world.my_links()):
        _OPENED[link[:3]](world, link)
    look(world, "errors", "GET", "/i/aaaaaaaaaaaaaaaaaaaaaa/")
    _at_the_door(world)
    _lists(world)
    _messages(world)
    _on_paper(world)
    for notice in Notice.objects.filter(adult=world.me, state=Notice.State.BY_HAND).order_by("created_at", "kind"):
        note(world, "in person", to_say(notice))


def _at_the_door(world: World) -> None:
    """I come to a breakfast, look, and type the other adult's name, in whichever language."""
    world.browser.cookies[cookie_name()] = SECRET
    tag = LANGUAGES[world.drawn.number % len(LANGUAGES)]
    look(world, "kiosk", "GET", f"{world.ground.door}?in={tag}")
    look(world, "kiosk", "POST", world.ground.door, {"name": world.other.name, "of_child": "", "press": str(PRESS)})
    look(world, "kiosk", "GET", f"{world.ground.door}?done=1")


def _some_of(links: list[str]) -> list[str]:
    """The newest and the oldest link of each kind: those between open the same."""
    kinds = [[link for link in links if link.startswith(start)] for start in _OPENED]
    return [link for kind in kinds for link in dict.fromkeys([*kind[:2], *kind[-1:]])]


def _meeting(world: World, link: str) -> None:
    look(world, "pages", "GET", link)
    choose = look(world, "pages", "GET", f"{link}?change=1")
    tag = LANGUAGES[world.drawn.number % len(LANGUAGES)]
    look(world, "languages", "GET", f"{link}?in={tag}&change=1")
    look(world, "pages", "GET", f"{link}no/")
    look(world, "pages", "GET", f"{link}none/")
    look(world, "calendar", "GET", f"{link}meeting.ics")
    look(world, "errors", "PUT", link)
    look(world, "errors", "POST", link, {"slot": _taken(choose), "talk_about": "x"})
    _talk(world, f"{link}talk/")
    _sheet(world, f"{link}mine/")
    if look(world, "help", "GET", f"{link}help/").status_code == HTTPStatus.OK:
        open_with_code(world, f"{link}help/", "help")
        look(world, "help", "POST", f"{link}help/", {"help": "food"})


def _talk(world: World, page: str) -> None:
    if look(world, "agenda", "GET", page).status_code != HTTPStatus.OK:
        return
    open_with_code(world, page, "agenda")
    look(world, "agenda", "GET", f"{page}?in=ur")
    look(world, "agenda", "POST", page, {"words": ""})
    world.browser.post(page, {"act": "let_read"})
    for made in Companion.objects.filter(invitation__adult=world.me, ended_at=None):
        key = key_of(made.school_id, made.pk, of=COMPANION)
        look(world, "companion", "GET", reverse("companion:open", args=[key]))
        made.delete()


def _sheet(world: World, page: str) -> None:
    if look(world, "sheet", "GET", page).status_code == HTTPStatus.OK:
        open_with_code(world, page, "sheet")
        look(world, "sheet", "POST", page, {"know": "Ella reads.", "press": "keep"})
        look(world, "sheet", "GET", page)


def _lists(world: World) -> None:
    """What staff print for an evening: somebody found the address, or sits at a screen that was left."""
    for event in world.events[-1:]:
        for name in STAFF_LISTS:
            answer = look(world, "errors", "GET", reverse(f"meet:{name}", args=[event.pk]))
            sent_to = _text(answer.headers.get("Location", "").encode())
            note(world, "staff lists", (answer.status_code, sent_to, _text(answer.content)))


def _summary(world: World, link: str) -> None:
    look(world, "summaries", "GET", link)
    look(world, "errors", "POST", link, {"code": "000000"})
    open_with_code(world, link)
    for tag in ("en", *LANGUAGES):
        look(world, "summaries", "GET", f"{link}?in={tag}")


def _question(world: World, link: str) -> None:
    look(world, "pages", "GET", link)
    look(world, "languages", "GET", f"{link}?in=ur")


def _treated(world: World, link: str) -> None:
    look(world, "treated", "GET", link)
    look(world, "treated", "GET", f"{link}?in=ur")


def _together(world: World, link: str) -> None:
    """The page, in two languages; each of mine opened; and what is the other adult's, if its number were known."""
    look(world, "together", "GET", link)
    look(world, "together", "GET", f"{link}?in=ur")
    mine = Notice.objects.filter(adult=world.me, kind="reach.praise").order_by("created_at", "id")
    theirs = Notice.objects.filter(adult=world.other, kind="reach.praise").order_by("created_at", "id")
    for some in (mine, theirs):
        key = some.values_list("pk", flat=True).first() or UUID(int=1)
        look(world, "together", "POST", f"{link}{key}/")


def _document(world: World, link: str) -> None:
    look(world, "documents", "GET", link)
    look(world, "documents", "GET", f"{link}?in=ur")
    look(world, "documents", "POST", link, {"part": "", "say": "yes"})


def _learning(world: World, link: str) -> None:
    look(world, "learning", "GET", link)
    look(world, "learning", "GET", f"{link}?in=ur")
    look(world, "learning", "POST", link, {"say": "idea", "words": ""})


def _extra(world: World, link: str) -> None:
    look(world, "extra help", "GET", link)
    world.ticks += 60  # an hour goes by: a code may be asked for again
    open_with_code(world, link, "extra help")
    look(world, "extra help", "GET", f"{link}?in=ur")
    look(world, "extra help", "POST", link, {"say": "?"})


def _thread(world: World, link: str) -> None:
    look(world, "thread", "GET", link)
    open_with_code(world, link, "thread")
    _hear(world, link)
    look(world, "thread", "GET", f"{link}?in=en")
    look(world, "translations", "GET", f"{link}?in=ur")
    look(world, "thread", "POST", link, {"words": ""})


def _hear(world: World, link: str) -> None:
    """All that its page plays, and what was recorded for the other adult, if its number were known."""
    page = look(world, "recordings", "GET", link)
    for played in PLAYED.findall(page.content.decode()):
        look(world, "recordings", "GET", f"{link}{played}")
    theirs = Recording.objects.filter(of__in=Message.objects.filter(thread__adult=world.other).values("pk"))
    key = theirs.order_by("at").values_list("pk", flat=True).first() or UUID(int=1)
    look(world, "recordings", "GET", f"{link}hear/{key}/")


def _own(world: World, link: str) -> None:
    look(world, "own page", "GET", link)
    open_with_code(world, link, "own page")
    tag = LANGUAGES[world.drawn.number % len(LANGUAGES)]
    look(world, "own page", "GET", f"{link}?in={tag}")
    for page in _in_turn(world, [*OWN_PAGES]):
        look(world, "own page", "GET", f"{link}{page}")
        look(world, "own page", "POST", f"{link}{page}", OWN_PAGES[page])
    look(world, "own page", "GET", f"{link}?in=en&done=saved")


def _in_turn(world: World, pages: list[str]) -> list[str]:
    """Two of these pages, which are much alike: all of them in a run of some worlds."""
    at = world.drawn.number * 2
    return [pages[(at + each) % len(pages)] for each in range(2)]


def open_with_code(world: World, link: str, channel: str = "summaries") -> None:
    """Ask for a code, and type in the newest one that came, with my PIN."""
    world.ticks += 1  # no older code is of the same moment
    look(world, channel, "POST", link, {"send": "1"})
    world.cast.deliver()
    codes = [code for copy in world.my_letters() for code in DIGITS.findall(copy.body)]
    look(world, channel, "POST", link, {"code": codes[-1] if codes else "123 456", "pin": PIN})


def times_on(world: World, link: str) -> list[tuple[str, bool]]:
    """The times that a page offers, and whether each looks taken."""
    return _times(world.browser.get(f"{link}?change=1").content)


def _times(page: bytes) -> list[tuple[str, bool]]:
    found = []
    for time in TIMES.findall(page):
        value = re.search(rb'value="([^"]+)"', time)
        found.append((value[1].decode() if value else "", b"disabled" in time))
    return found


def _taken(page: HttpResponse) -> str:
    """The first time that looks taken, as somebody would type it who does not believe it."""
    return next((time for time, taken in _times(page.content) if taken), "")


def _on_paper(world: World) -> None:
    """The newest notice of each kind, as a letter in full, for one who asked for letters."""
    told = sorted(Notice.objects.filter(adult=world.me), key=lambda each: (each.created_at, str(each.params)))
    newest = {notice.kind: notice for notice in told}
    for name, notice in sorted(newest.items()):
        kind, gone = KINDS[name], notice.state in (Notice.State.BARRED, Notice.State.HELD)
        may = not notice.child or may_tell(notice.adult, kind, about=notice.child).allowed
        if gone or not may or not fits_on_paper(kind):
            continue
        notice.adult.channel_order = [Channel.LETTER.value]
        note(world, "letters", letters.worded(notice, link="/i/" + "a" * 22 + "/", full=True).text)


def _messages(world: World) -> None:
    for copy in world.my_letters():
        channel = "texts" if copy.delivery.channel == Channel.SMS else "mails"
        words = plain(f"{copy.title}\n{copy.body}".encode()).decode()  # first the links, whose tokens hold digits too
        note(world, channel, DIGITS.sub("*", words))
        told, point = copy.delivery.notice, copy.delivery.contact_point
        if point and (entry := entry_of(KINDS[told.kind], told, point)):
            note(world, "calendar", (entry.method, _text(entry.body.encode())))
        note(world, "envelopes", (copy.recipient, copy.address, copy.delivery.channel, copy.at.isoformat()))


_OPENED = {
    "/i/": _meeting,
    "/s/": _summary,
    "/g/": _question,
    "/l/": _learning,
    "/t/": _thread,
    "/r/": _treated,
    "/m/": _together,
    "/d/": _document,
    "/h/": _own,
    "/f/": _extra,
}
"""How a link begins, and what is looked at behind it."""
