"""Extra help on paper: the slip asks whether they understand what it is for."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gatepost.core.errors import Refused
from gatepost.org.actor import Actor
from gatepost.reach.models import Notice, Touch
from gatepost.reach.onpaper import Box, Paper, register_paper
from gatepost.support import extra, notices
from gatepost.support.models import ExtraHelpTold


def _asks(notice: Notice) -> list[Box]:
    return [Box(extra.YES, _("Yes")), Box(extra.NOT_YET, _("Not yet"))] if notice.subject else []


def _take(notice: Notice, ticked: list[str], words: str, by: Actor) -> bool:
    told = ExtraHelpTold.objects.filter(pk=notice.subject, adult=notice.adult_id).first() if notice.subject else None
    if told is None or not ticked:
        return False
    if len(ticked) > 1:
        raise Refused(_("These answers contradict each other. Ask the family, and key in what they mean."))
    extra.say(told, understood=ticked[0] == extra.YES, words=words, way=Touch.Way.PAPER, by=by)
    return True


for kind in (notices.extra_help, notices.extra_help_again):
    register_paper(kind, Paper(asks=_asks, take=_take, wish=gettext_lazy("What is not clear?")))
