"""Extra help in the languages of those who read of it. Much hangs on it: no words stand there that no person has read.

Its purpose from the phrasebook needs nobody. Until the rest is there, the family has the original, our apology, and
somebody to explain it.
"""

from __future__ import annotations

from typing import Any

from gatepost.org.actor import Actor
from gatepost.reach.besides import Beside, Text, ask_for, beside, is_settled
from gatepost.reach.models import Notice, Translation
from gatepost.reach.queries import tongues
from gatepost.reach.services import News, tell_all
from gatepost.support import notices
from gatepost.support.models import ExtraHelp, ExtraHelpTold


def texts_of(extra: ExtraHelp) -> list[Text]:
    """What somebody has worded: its name, when it is and, where no phrase says it, what it is for."""
    found = [Text(extra.pk, "what", extra.what), Text(extra.pk, "when", extra.when_words)]
    if not extra.said:
        found.append(Text(extra.pk, "purpose", extra.purpose))
    return [text for text in found if text.words]


def params_for(extra: ExtraHelp, tags: set[str], *, by: Actor | None) -> dict[str, dict[str, Any]]:
    """What the notice says in each of these languages; what is lacking in one is asked for."""
    ours: dict[str, Any] = {"what": extra.what, "purpose": extra.purpose, "who": extra.led_by.name}
    if extra.said:
        ours["said"] = extra.said
    for tag in sorted(tags - {""}):
        ask_for(texts_of(extra), tag, school_id=extra.school_id, child=extra.child, high=True, by=by)
    return {tag: ours | _theirs(extra, tag) for tag in tags}


def _theirs(extra: ExtraHelp, tag: str) -> dict[str, Any]:
    texts = texts_of(extra) if tag else []
    rows = tongues.found_for([extra.pk], tag) if texts else {}
    shown = {each.name: row for each in texts if (row := rows.get((each.of, each.part))) and row.shown_at}
    lacks = any(each.name == "purpose" and each.name not in shown for each in texts)
    return {f"theirs_{name}": row.words for name, row in shown.items()} | ({"sorry": True} if lacks else {})


def beside_of(told: ExtraHelpTold) -> dict[str, Beside]:
    """What this adult reads beside each text, by its name."""
    return {text.name: each for text, each in beside(texts_of(told.extra), told.adult).items()}


def have_come(row: Translation, *, by: Actor | None) -> None:
    """It is there in one language, whole: who waits for it gets both; who has had ours alone is told, once."""
    extra = ExtraHelp.objects.filter(pk=row.of).select_related("led_by", "child").first()
    if extra is None or not is_settled([extra.pk], row.target):
        return
    told = ExtraHelpTold.objects.filter(extra=extra, adult__language=row.target).select_related("adult")
    queued = Notice.objects.filter(subject__in=told.values("pk"), state=Notice.State.QUEUED)
    waiting = list(queued)
    for each in waiting:
        each.params = {key: value for key, value in each.params.items() if key != "sorry"} | _theirs(extra, row.target)
    Notice.objects.bulk_update(waiting, ["params"])
    late = told.exclude(pk__in=[each.subject for each in waiting])
    news = [News(each.adult, extra.child, each.pk, {"who": extra.led_by.name}) for each in late]
    if news:
        tell_all(notices.extra_help_theirs, news, by=by)
