"""A note for home on paper: the slip answers it as the page does: tried, help wanted, or what the family does."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gatepost.org.actor import Actor
from gatepost.reach.models import Notice, Touch
from gatepost.reach.onpaper import Box, Paper, register_paper
from gatepost.support import home, notices
from gatepost.support.models import HomeTry


def _tried(notice: Notice) -> HomeTry | None:
    return HomeTry.objects.filter(pk=notice.subject, adult=notice.adult_id).first() if notice.subject else None


def _asks(notice: Notice) -> list[Box]:
    if not _tried(notice):
        return []
    return [Box(home.TRIED, _("We tried it")), Box(home.HELP, _("We would like help"))]


def _take(notice: Notice, ticked: list[str], words: str, by: Actor) -> bool:
    """What is written is what they do at home; both boxes may be ticked, and the wish for help is never lost."""
    tried = _tried(notice)
    if tried is None:
        return False
    if words:
        home.tell_idea(tried, words, way=Touch.Way.PAPER, by=by)
    if home.TRIED in ticked:
        home.say_tried(tried, way=Touch.Way.PAPER, by=by)
    if home.HELP in ticked:
        home.ask_for_help(tried, way=Touch.Way.PAPER, by=by)
    return True


for kind in (notices.home_note, notices.home_note_theirs):
    register_paper(kind, Paper(asks=_asks, take=_take, wish=gettext_lazy("Here is what we do")))
