"""What was said and promised, in Hina's language: read by a person first, asked for once, told once."""

from __future__ import annotations

from gatepost.agree import queries, services
from gatepost.agree.tests.saying import shared, write
from gatepost.org import services as org
from gatepost.reach.models import Translation
from gatepost.reach.services import reviewing
from gatepost.testing import Cast


def test_a_summary_is_read_by_a_person_before_it_stands_in_their_language(cast: Cast) -> None:
    org.ask_to_read(cast.birch, "ur", school=cast.school, by=cast.actor_of(cast.bell))
    record = shared(cast, cast.hina, cast.zara)
    cast.deliver()
    rows = list(Translation.objects.filter(target="ur"))
    assert rows and {row.stakes for row in rows} == {Translation.Stakes.HIGH}
    assert queries.shown(record).lacking and queries.shown(record).by_day
    for place, row in enumerate(rows):
        reviewing.review(row, f"اردو {row.original}", by=cast.actor_of(cast.birch))
        told = [each.kind for each in cast.told(cast.hina)].count("agree.summary_theirs")
        assert told == (place == len(rows) - 1)  # once, and not before it is there whole
    seen = queries.shown(record)
    assert not seen.lacking and seen.beside["summary_plain"].words.startswith("اردو")
    assert all(each.beside and each.beside.words for each in seen.promises)


def test_shared_again_only_what_was_changed_is_asked_for_and_the_old_is_withdrawn(cast: Cast) -> None:
    org.ask_to_read(cast.birch, "ur", school=cast.school, by=cast.actor_of(cast.bell))
    record = shared(cast, cast.hina, cast.zara)
    before = set(Translation.objects.values_list("part", flat=True))
    changed = write(cast, record, {"summary_plain": "Zara counts to twenty."})
    services.share(changed, by=cast.actor_of(cast.ode))
    after = set(Translation.objects.values_list("part", flat=True))
    assert len(after) == len(before) and len(after - before) == 1
    assert Translation.objects.filter(original="Zara counts to twenty.").count() == 1


def test_a_family_that_reads_english_is_asked_nothing(cast: Cast) -> None:
    record = shared(cast, cast.jo, cast.ella)
    assert not Translation.objects.exists() and not queries.shown(record).lacking
