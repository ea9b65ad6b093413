"""The print run: letters that wait are printed together, and a person says what became of the paper.

A letter leaves by somebody's hand, so the ledger knows of it only what people say: made (on its way), posted (handed
over), spoilt (printed again, and counted), came back (returned). A crash in between leaves an open run that is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.know.models import Channel
from gatepost.know.places import By, Place, places_for
from gatepost.know.rules import children_of
from gatepost.know.services import letter_came_back, open_address
from gatepost.org.actor import Actor
from gatepost.reach.delivery import letters
from gatepost.reach.delivery.preparing import CannotGo, Known, is_stopped, move, take, why_not, word_each
from gatepost.reach.delivery.sender import failed
from gatepost.reach.links import NewLink, keep
from gatepost.reach.models import Delivery, Notice, PostRoomCopy, PrintRun, Sheet
from gatepost.reach.onpaper import boxes_in_english
from gatepost.reach.services.freezing import frozen

COMES_BACK = timedelta(days=42)
NEW_PAGE = "\f"  # between the sheets of a run as they are kept
MOST = 200  # letters of one run: as many as one person folds
State = Delivery.State
TRAVELS = {PrintRun.Kind.ORDINARY: {By.POST, By.CLASS}, PrintRun.Kind.SEALED: {By.SEALED}}


@dataclass(frozen=True)
class Waiting:
    """One letter that waits, as the office sees it: for whom, how it travels, in whose class. No address."""

    delivery: Delivery
    by: By | None
    group: str

    @property
    def notice(self) -> Notice:
        """What it says."""
        return self.delivery.notice


def due(actor: Actor) -> QuerySet[Delivery]:
    """Letters that can be printed now; never about one's own child."""
    waits = Delivery.objects.filter(channel=Channel.LETTER, state=State.QUEUED, not_before__lte=clock.now())
    mine = waits.exclude(notice__child__in=children_of(actor))
    return mine.select_related("notice__adult", "notice__child", "notice__school").order_by("not_before", "id")


def waiting(actor: Actor, kind: PrintRun.Kind) -> list[Waiting]:
    """Letters of one kind that wait, those to hand out first, class by class; then those to post, adult by adult.

    One that has nowhere to go any more stands among the ordinary ones: the next run gives it to the office.
    """
    rows = list(due(actor).prefetch_related("notice__child__groups"))
    places = _places(rows)
    found = [Waiting(row, place.by if (place := places.get(row.pk)) else None, _group(row.notice)) for row in rows]
    sealed = kind == PrintRun.Kind.SEALED
    mine = [each for each in found if (each.by is By.SEALED) is sealed]
    return sorted(mine, key=_pile)


def _pile(letter: Waiting) -> tuple[bool, str, str, str]:
    """What one adult gets by post lies together, whichever child it is about."""
    posted, adult = letter.by is not By.CLASS, letter.notice.adult
    return posted, "" if posted else letter.group, adult.name, str(adult.pk)


def _group(notice: Notice) -> str:
    return ", ".join(sorted(group.name for group in notice.child.groups.all())) if notice.child else ""


def _places(rows: Iterable[Delivery]) -> dict[UUID, Place | None]:
    pairs = {row.pk: (row.notice.adult_id, row.notice.child_id) for row in rows if row.notice.child_id}
    found = places_for(pairs.values())
    return {pk: found.get(pair) for pk, pair in pairs.items()}


def make_run(kind: PrintRun.Kind, *, by: Actor) -> PrintRun:
    """Print what waits: ask the gate once more of each, mint links, open what is sealed, and put it on its way.

    Holds afterwards: each letter of the run is on its way with a sheet of its own; what may not go is stopped by its
    rule, what has nowhere to go is the office's; two who press at once get one run, and the other is told.
    """
    if frozen():
        raise Refused(_("All sending is stopped. Nothing is printed until somebody lets it go again."))
    with transaction.atomic():
        wanted = [each.delivery.pk for each in waiting(by, kind)][:MOST]
        run = PrintRun(school_id=by.school_id, kind=kind, made_by_id=by.staff_id, made_at=clock.now())
        if not take(Delivery.objects.filter(pk__in=wanted), run.pk):
            raise Refused(_("No letter waits. Perhaps a colleague has just printed them."))
        run.save()
        taken = list(_of(run).filter(state=State.CLAIMED))
        places = _places(taken)
        order = {pk: at for at, pk in enumerate(wanted)}
        taken.sort(key=lambda delivery: order[delivery.pk])
        made, broken = word_each(taken, lambda each, known: _print(each, run, places.get(each.pk), known, by=by))
        for delivery, problem in broken:
            failed(delivery, problem)
        sheets = [sheet for _delivery, sheet in made]
        run.pages = NEW_PAGE.join(sheet.html for sheet in sheets) or None
        if not sheets:
            run.settled_at, run.settled_by_id = clock.now(), by.staff_id
        run.save()
        audit.record("reach.letters_printed", run, by=by, letters=len(sheets), kind=kind)
    return run


def pages_of(run: PrintRun) -> list[SafeString]:
    """The sheets of an open run, as the press wants them."""
    return [mark_safe(sheet) for sheet in (run.pages or "").split(NEW_PAGE) if sheet]  # noqa: S308  our own template's words, escaped


def in_run(run: PrintRun, actor: Actor) -> QuerySet[Delivery]:
    """The letters of a run that are on their way, by name; never about one's own child."""
    mine = _of(run).filter(state=State.ON_WIRE).exclude(notice__child__in=children_of(actor))
    in_piles = mine.order_by("notice__adult__name", "notice__adult", "id")
    return in_piles.prefetch_related("notice__child__groups", "sheets")


def in_one_envelope(letters: Iterable[Delivery]) -> set[UUID]:
    """Those of a run that go to the same adult at the same address as the letter above: one envelope holds both."""
    found, above = set(), None
    for letter in letters:
        homes = {sheet.household_id for sheet in letter.sheets.all() if sheet.run_id == letter.fence} - {None}
        to = (letter.notice.adult_id, homes)
        if homes and to == above:
            found.add(letter.pk)
        above = to
    return found


def open_runs(kind: PrintRun.Kind) -> QuerySet[PrintRun]:
    """Runs of which nobody has said what became of the paper."""
    return PrintRun.objects.filter(kind=kind, settled_at=None).select_related("made_by")


def posted(actor: Actor) -> QuerySet[Delivery]:
    """Letters that left lately, and may come back."""
    since = clock.now() - COMES_BACK
    gone = Delivery.objects.filter(channel=Channel.LETTER, state=State.ACCEPTED, accepted_at__gt=since)
    mine = gone.exclude(notice__child__in=children_of(actor))
    return mine.select_related("notice__adult").prefetch_related("sheets").order_by("-accepted_at", "id")


def _of(run: PrintRun) -> QuerySet[Delivery]:
    mine = Delivery.objects.filter(fence=run.pk, channel=Channel.LETTER)
    return mine.select_related("notice__adult", "notice__child", "notice__school", "notice").order_by("id")


def _print(
    delivery: Delivery, run: PrintRun, place: Place | None, known: Known, *, by: Actor
) -> letters.OnPaper | None:
    """One sheet; or none, and why is written down."""
    if is_stopped(delivery, delivery.notice, known):
        return None
    if place is None:
        raise CannotGo("There is no address to which it may go.")
    if place.by not in TRAVELS[PrintRun.Kind(run.kind)]:
        move(delivery, state=State.QUEUED, fence=None, leased_until=None)
        return None
    return _sheet(delivery, run, place, known, by=by)


@transaction.atomic
def _sheet(delivery: Delivery, run: PrintRun, place: Place, known: Known, *, by: Actor) -> letters.OnPaper:
    sheet = Sheet(
        school_id=run.school_id,
        delivery=delivery,
        run=run,
        household=place.household,
        reference=_free_reference(),
        boxes=boxes_in_english(delivery.notice, letters.boxes_of),
    )
    notice, fresh = delivery.notice, list[NewLink]()
    letter = letters.to_print(
        notice,
        address=_address(place, by=by),
        reference=sheet.reference,
        made=fresh,
        last_day=known.last_days[notice.kind].get(notice.subject) if notice.subject else None,
    )
    keep(fresh)
    sheet.save()
    move(delivery, state=State.ON_WIRE, leased_until=None)
    if settings.GATEPOST_DEMO or settings.DEBUG:
        _lay_out(delivery, letter)
    return letter


def _free_reference() -> str:
    while Sheet.objects.filter(reference=(made := letters.new_reference())).exists():
        pass
    return made


def _address(place: Place, *, by: Actor) -> str:
    """What stands under the name in the window; a sealed one is opened here, which leaves its line."""
    if place.household is None:
        return ""
    if place.by is By.SEALED:
        return open_address(place.household, reason="A letter was printed.", by=by)
    return place.household.address


def _lay_out(delivery: Delivery, letter: letters.OnPaper) -> None:
    """In the demonstration the post room keeps what stands on the sheet, but for the address."""
    PostRoomCopy.objects.update_or_create(
        delivery=delivery,
        defaults={
            "school_id": delivery.school_id,
            "recipient": letter.name,
            "address": "",
            "body": letter.text,
            "at": clock.now(),
        },
    )


# ── what became of the paper ─────────────────────────────────────────────────────────────────────


def forbidden_now(run: PrintRun) -> list[Delivery]:
    """Letters of an open run that may not go any more: an order is newer than the paper. They have to be taken out."""
    printed = list(_of(run).filter(state=State.ON_WIRE))
    known = Known.of(printed)
    return [delivery for delivery in printed if why_not(delivery.notice, known)]


@transaction.atomic
def settle_run(run: PrintRun, *, spoilt: Iterable[UUID] = (), taken_out: Iterable[UUID] = (), by: Actor) -> None:
    """The run is printed and on its way; letters that went wrong are printed again, and say so.

    Holds afterwards: no letter of the run is in between any more; what may not go since it was printed was taken out,
    and is stopped by its rule. Refused as long as nobody has said that it was taken out.
    """
    still = PrintRun.objects.filter(pk=run.pk, settled_at=None)
    if not still.update(settled_at=clock.now(), settled_by_id=by.staff_id, pages=None):
        raise Refused(_("Somebody has settled this already."))
    again, out = set(spoilt), set(taken_out)
    for delivery in forbidden_now(run):
        if delivery.pk in again:
            continue  # the next run asks the gate
        if delivery.pk not in out:
            raise Refused(_("Something has changed since these were printed: please look at the run once more."))
        is_stopped(delivery, delivery.notice, Known.of([delivery]))
    mine = Delivery.objects.filter(fence=run.pk, channel=Channel.LETTER, state=State.ON_WIRE)
    free = {"fence": None, "leased_until": None, "not_before": clock.now()}
    once_more = mine.filter(pk__in=again)
    number = once_more.update(state=State.QUEUED, repeats=F("repeats") + 1, problem="Printed again.", **free)
    gone = list(mine.values_list("notice", flat=True))
    mine.update(state=State.ACCEPTED, accepted_at=clock.now())
    Notice.objects.filter(pk__in=gone).update(state=Notice.State.SENT)
    audit.record("reach.letters_posted", run, by=by, letters=len(gone), again=number)


def print_all_again(run: PrintRun, *, by: Actor) -> None:
    """The whole run went wrong: all of it waits again. Links that were printed before are as good as the new ones."""
    settle_run(run, spoilt=[delivery.pk for delivery in _of(run)], by=by)


@transaction.atomic
def came_back(delivery: Delivery, *, by: Actor) -> None:
    """An envelope came back: the office says in person what was in it, and nobody writes to that address any more.

    Holds afterwards: the letter and all that lay in its envelope are returned, their notices wait for the office, the
    address is doubted.
    """
    if not _returned(delivery, by=by):
        raise Refused(_("Somebody has settled this already."))
    sheet = delivery.sheets.select_related("household").first()
    if sheet and sheet.household:
        beside = Sheet.objects.filter(run=sheet.run_id, household=sheet.household)
        for other in Delivery.objects.filter(sheets__in=beside, notice__adult=delivery.notice.adult_id).distinct():
            _returned(other, by=by)
        letter_came_back(sheet.household, by=by)


def _returned(delivery: Delivery, *, by: Actor) -> bool:
    posted = Delivery.objects.filter(pk=delivery.pk, channel=Channel.LETTER, state=State.ACCEPTED)
    if not posted.update(state=State.RETURNED, reported_at=clock.now(), problem="The letter came back."):
        return False
    Notice.objects.filter(pk=delivery.notice_id, state=Notice.State.SENT).update(state=Notice.State.BY_HAND)
    audit.record("reach.letter_returned", delivery, by=by)
    return True
