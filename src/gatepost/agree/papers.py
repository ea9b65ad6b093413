"""What was said and promised, on paper: for those who asked for letters the whole of it, and a slip to answer on."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gatepost.agree import notices, queries
from gatepost.agree.forms import SenseForm
from gatepost.agree.models import Action, Record
from gatepost.agree.services import say_sense
from gatepost.core.errors import Refused
from gatepost.know.places import wants_letters
from gatepost.language.dates import say_day, say_when
from gatepost.org.actor import Actor
from gatepost.reach.models import Notice, Touch
from gatepost.reach.onpaper import Box, Paper, register_paper

STANDING = {
    Action.State.KEPT: gettext_lazy("Kept"),
    Action.State.NOT_KEPT: gettext_lazy("Not kept"),
}


def _record(notice: Notice) -> Record | None:
    if notice.subject is None:
        return None
    found = Record.objects.filter(pk=notice.subject, adult=notice.adult_id).first()
    return found if found and found.is_shared else None


def _plain(words: str) -> str:
    """A sentence of a page without the marks around names: on paper they are marks of direction."""
    return words.replace("<bdi>", "\u2068").replace("</bdi>", "\u2069")


def _in_full(notice: Notice) -> list[str]:
    """All that the page would say, since nobody opens a page who asked for paper."""
    record = _record(notice)
    return [*_said(queries.shown(record)), _("Did this make sense?")] if record else []


def _said(record: queries.ShownRecord) -> Iterator[str]:
    tag = get_language() or "en"
    when = say_when(record.met_at, tag)
    met = _("You met <bdi>%(teacher)s</bdi>: %(when)s.") % {"teacher": record.teacher, "when": when}
    yield _plain(met)
    if tag != "en":
        yield _(
            "What the teacher wrote is in English, as it was written. "
            "If you would like to hear it in your language, ring the school."
        )
    yield record.summary
    yield from _promises_of(record, tag)
    if record.their_words:
        yield f"{_('What you said')}:\n{record.their_words}"
    if record.explained:
        meant = (f"• \u2068{each.word}\u2069 – {each.means}" for each in record.explained)
        yield "\n".join([f"{_('School words in this, explained')}:", *meant])
    again = say_day(record.next_on, tag) if record.next_on else _("There is no date yet.")
    yield "\n".join(filter(None, [f"{_('When we talk again')}: {again}", record.no_next_because]))


def _promises_of(record: queries.ShownRecord, tag: str) -> Iterator[str]:
    if not record.promises:
        return
    yield "\n".join([f"{_('What was promised')}:", *(_promise(promise, tag) for promise in record.promises)])


def _promise(promise: queries.ShownPromise, tag: str) -> str:
    who = _("You do this.") if promise.by_family else _("<bdi>%(name)s</bdi> does this.") % {"name": promise.who}
    day = _("By %(day)s") % {"day": say_day(promise.due_on, tag)}
    ended = STANDING.get(Action.State(promise.state))
    how = str(ended) if ended else f"{_plain(who)} {day}"
    return f"• \u2068{promise.text}\u2069 – {how}"


def _promises_in_full(notice: Notice) -> list[str]:
    record = _record(notice)
    return list(_promises_of(queries.shown(record), get_language() or "en")) if record else []


def _ask_sense(notice: Notice) -> list[Box]:
    """Only whoever has it before them can say whether it made sense."""
    if not (wants_letters(notice.adult) and _record(notice)):
        return []
    return [Box(value, str(words)) for value, words in SenseForm.SAYS]


def _take_sense(notice: Notice, ticked: list[str], words: str, by: Actor) -> bool:
    record = _record(notice)
    if record is None or not ticked:
        return False
    if len(ticked) > 1:
        raise Refused(_("These answers contradict each other. Ask the family, and key in what they mean."))
    say_sense(record, made_sense=ticked[0], words=words, by=by, way=Touch.Way.PAPER)
    return True


def _asks_nothing(notice: Notice) -> list[Box]:
    return []


def _takes_nothing(notice: Notice, ticked: list[str], words: str, by: Actor) -> bool:
    return False


register_paper(
    notices.summary,
    Paper(asks=_ask_sense, take=_take_sense, says=_in_full, wish=gettext_lazy("What was not clear?")),
)
for kind in (notices.promise_kept, notices.promise_not_kept):
    register_paper(kind, Paper(asks=_asks_nothing, take=_takes_nothing, says=_promises_in_full))
