"""The words of a record in the language of the adult whom it is about: asked for when it is shared.

Much hangs on what was said and promised: nothing of it stands there in words that no person has read. Until somebody
has, the family has the original, our apology, and somebody to explain it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gatepost.agree import notices, readable
from gatepost.agree.models import Action, Record, Target
from gatepost.org.actor import Actor
from gatepost.reach.besides import Beside, Text, ask_for, beside, is_settled
from gatepost.reach.models import Notice, Translation
from gatepost.reach.queries import tongues
from gatepost.reach.services import tell


def texts_of(
    record: Record, words: Mapping[str, Any], actions: Iterable[Action], targets: Iterable[Target]
) -> list[Text]:
    """All that staff have worded and the family reads: in this order, each wording for itself."""
    found = [Text(record.pk, name, str(words.get(name) or "")) for name in readable.WRITTEN_BY_STAFF]
    for action in actions:
        if action.kind != Action.Kind.CALL_BACK:
            found.append(Text(action.pk, "text", action.text))
        if not action.because_waits:
            found.append(Text(action.pk, "because", action.because))
    found += [Text(each.pk, "text", f"{each.text} · {each.measure}" if each.measure else each.text) for each in targets]
    return [text for text in found if text.words.strip()]


def shared_texts(record: Record) -> list[Text]:
    """The same, of what the family sees now."""
    revision = record.revisions.filter(number=record.shared_number or 0).first()
    actions = [action for action in record.actions.all() if not action.waits]
    targets = [target for target in record.targets.all() if not target.waits]
    return texts_of(record, revision.content if revision else {}, actions, targets)


def ask_for_words(record: Record, *, by: Actor | None) -> None:
    """Ask for what the family sees now in the language that it reads."""
    tag = tongues.read_by(record.adult)
    about = {"school_id": record.school_id, "adult": record.adult, "child": record.child}
    ask_for(shared_texts(record), tag, **about, high=True, by=by)  # type: ignore[arg-type]


def beside_of(record: Record, texts: Iterable[Text]) -> dict[Text, Beside]:
    """What the adult of a record reads beside each of these."""
    return beside(texts, record.adult)


def have_come(row: Translation, *, by: Actor | None) -> None:
    """A summary is there in the family's language, whole: they are told once, unless they hear of it just now."""
    record = record_of(row)
    if record is None or not record.is_shared:
        return
    if not is_settled({text.of for text in shared_texts(record)}, row.target):
        return
    queued = Notice.objects.filter(subject=record.pk, adult=record.adult, state=Notice.State.QUEUED)
    if not queued.exists():
        tell(
            record.adult, notices.summary_theirs, about=record.child, subject=record.pk, by=by, who=record.teacher.name
        )


def record_of(row: Translation) -> Record | None:
    """The record whose words these are: its own, a promise's or a target's."""
    rows = Record.objects.select_related("adult", "child", "teacher")
    return rows.filter(pk=row.of).first() or rows.filter(actions=row.of).first() or rows.filter(targets=row.of).first()
