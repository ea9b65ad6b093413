"""An invitation on paper: the times to tick, and what a slip that came back does. The same services as a click."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gatepost.core.errors import Refused
from gatepost.language.dates import say_when
from gatepost.language.words import say_language
from gatepost.meet import notices, queries, services
from gatepost.meet.helps import INTERPRETER, Words, by_text, can_tick, if_none, in_words, wishes_of
from gatepost.meet.models import Invitation, Slot
from gatepost.org.actor import Actor
from gatepost.reach.models import Notice, Touch
from gatepost.reach.onpaper import Box, Paper, register_paper

MOST_TIMES = 6  # on one slip; what the evening has more of stands on the page
SLOT = "slot:"
NONE, DECLINED, GIVE_BACK = "none", "declined", "give_back"
COMES, STAYS = "comes", "stays"


def _invitation(notice: Notice) -> Invitation | None:
    return Invitation.objects.filter(pk=notice.subject).first() if notice.subject else None


def _boxes(notice: Notice) -> list[Box]:
    """Some free times spread over the event, and every other answer that the page takes."""
    invitation = _invitation(notice)
    if invitation is None:
        return []
    tag = get_language() or "en"
    free = [time for time in queries.times_for(invitation, None) if not time.taken]
    boxes = [Box(f"{SLOT}{time.slot_id}", say_when(time.starts_at, tag)) for time in _first_that_fit(free)]
    boxes += [Box(NONE, _("None of these times")), Box(DECLINED, _("I would rather not come"))]
    return boxes + _beside(notice, invitation)


def _beside(notice: Notice, invitation: Invitation) -> list[Box]:
    """What can be ticked beside a time: an interpreter, help, and where they meet."""
    tag, boxes = get_language() or "en", _boxed(can_tick(invitation.event))
    spoken = invitation.adult.interpreter or (notice.language if notice.language != "en" else "")
    if spoken:
        words = _("I would like an interpreter (%(language)s)") % {"language": say_language(spoken, tag)}
        boxes = [Box(INTERPRETER, words), *_boxed(if_none(spoken)), *boxes]
    return boxes


def _boxed(ticks: Mapping[str, Words]) -> list[Box]:
    return [Box(value, str(words)) for value, words in ticks.items()]


def _first_that_fit(free: list[queries.ShownTime]) -> list[queries.ShownTime]:
    """As many of those that fit as a slip holds, then others."""
    fit, others = [time for time in free if time.fits], [time for time in free if not time.fits]
    chosen = _spread(fit, MOST_TIMES)
    return chosen + _spread(others, MOST_TIMES - len(chosen))


def _spread(times: list[queries.ShownTime], most: int) -> list[queries.ShownTime]:
    """The first and the last of them, and as many between as there is room for."""
    if len(times) <= most:
        return times
    step = (len(times) - 1) / max(1, most - 1)
    return [times[round(at * step)] for at in range(most)]


def _take(notice: Notice, ticked: list[str], words: str, by: Actor) -> bool:
    """Book the first of the ticked times that is still free; or keep the other answer."""
    invitation = _invitation(notice)
    if invitation is None or not ticked:
        return False
    slots = [value.removeprefix(SLOT) for value in ticked if value.startswith(SLOT)]
    refusals = {NONE, DECLINED} & set(ticked)
    if (slots and refusals) or len(refusals) > 1:
        raise Refused(_("These answers contradict each other. Ask the family, and key in what they mean."))
    if slots:
        _book_first(invitation, slots, ticked, words, by)
    else:
        services.wish_also(invitation, wishes=wishes_of(ticked, invitation.adult), by=by)
        value = "declined" if DECLINED in refusals else "none_of_these"
        said = "\n".join(filter(None, [*_in_english(invitation, ticked), words]))
        services.say_no(invitation, value=value, words=said, by=by, way=Touch.Way.PAPER)
    return True


def _in_english(invitation: Invitation, ticked: list[str]) -> list[str]:
    """What was ticked beside no time, as the office reads it."""
    ticks = by_text(invitation.event, invitation.adult) | can_tick(invitation.event)
    return in_words({value: words for value, words in ticks.items() if value in ticked}, "en")


def _book_first(invitation: Invitation, slots: list[str], ticked: list[str], words: str, by: Actor) -> None:
    wishes = wishes_of(ticked, invitation.adult, talk_about=words)
    for slot in Slot.objects.filter(pk__in=slots, event=invitation.event).order_by("starts_at"):
        try:
            services.book(invitation, slot, wishes=wishes, by=by, way=Touch.Way.PAPER)
        except Refused:
            continue  # taken by now: the next one that they ticked
        return
    raise Refused(_("None of the times that they ticked is free any more. Ring them, or write to them again."))


def _boxes_along(notice: Notice) -> list[Box]:
    """Whether they come along; nothing, where it is off."""
    if not notice.params["stands"]:
        return []
    return [Box(COMES, _("Yes, I come along")), Box(STAYS, _("No, I do not come along"))]


def _take_along(notice: Notice, ticked: list[str], words: str, by: Actor) -> bool:
    invitation = _invitation(notice)
    if invitation is None or ticked not in ([COMES], [STAYS]):
        return False
    services.say_along(invitation, comes=ticked == [COMES], by=by, way=Touch.Way.PAPER)
    return not words


def _boxes_of_booked(notice: Notice) -> list[Box]:
    invitation, back = _invitation(notice), Box(GIVE_BACK, _("Give this time back"))
    return [back, *_beside(notice, invitation)] if invitation else [back]


def _take_after(notice: Notice, ticked: list[str], words: str, by: Actor) -> bool:
    """Give the time back; or write down what would help. What they wrote besides, the office reads."""
    invitation = _invitation(notice)
    if invitation is None or not ticked:
        return False
    if GIVE_BACK in ticked:
        services.give_back(invitation, by=by, way=Touch.Way.PAPER)
    else:
        services.wish_also(invitation, wishes=wishes_of(ticked, invitation.adult), by=by)
    return not words


register_paper(
    notices.invitation, Paper(asks=_boxes, take=_take, wish=gettext_lazy("What would you like to talk about?"))
)
register_paper(notices.asked_along, Paper(asks=_boxes_along, take=_take_along))
register_paper(notices.booked, Paper(asks=_boxes_of_booked, take=_take_after))
register_paper(
    notices.given_back, Paper(asks=_boxes, take=_take, wish=gettext_lazy("What would you like to talk about?"))
)
