"""What adults say of themselves: kept as said, taken back for good, and never undone by a feed."""

from __future__ import annotations

import pytest

from gatepost.core.errors import Refused
from gatepost.core.models import AuditEvent
from gatepost.know import services as know
from gatepost.know.models import AdultChange, Barrier, Facet, SealedAddress, Strength
from gatepost.testing import Cast

pytestmark = pytest.mark.django_db


def test_a_barrier_that_is_taken_back_is_gone_for_good(cast: Cast) -> None:
    by = cast.actor_of(cast.ode)
    words = "I was told off in every room of this building."
    know.say_barriers(cast.una, {"own_schooling": words}, by=by)
    know.say_barriers(cast.una, {}, by=by)
    assert not Barrier.objects.exists()
    kept = [f"{line.old}{line.new}" for line in AdultChange.objects.all()]
    assert kept == ["", ""], "that it changed is known, what it was is not"
    assert words not in str(list(AuditEvent.objects.values_list("details", flat=True)))


def test_something_else_needs_words(cast: Cast) -> None:
    with pytest.raises(Refused):
        know.say_needs(cast.ruth, {"other": " "}, by=cast.actor_of(cast.ode))


def test_the_same_said_again_leaves_no_line(cast: Cast) -> None:
    by = cast.actor_of(cast.ode)
    for _ in range(2):
        know.say_needs(cast.ruth, {"quiet_room": "", "seat": "With arms."}, by=by)
        know.say_languages(cast.ruth, {"signs": ["bfi"]}, by=by)
        know.say_facets(cast.ruth, ["disabled"], by=by)
        know.say_wishes(cast.ruth, {"no_voice_calls": True}, by=by)
    assert AdultChange.objects.count() == 4


def test_facets_are_said_by_whom_they_are_about_and_their_history_keeps_no_kind(cast: Cast) -> None:
    know.say_facets(cast.mark, ["father", "lives_apart"], by=cast.actor_of(cast.finch))
    know.say_facets(cast.mark, ["father"], by=cast.actor_of(cast.finch))
    assert list(Facet.objects.values_list("kind", flat=True)) == ["father"]
    assert not AdultChange.objects.exclude(old="", new="").exists()


def test_a_strength_in_any_language(cast: Cast) -> None:
    by = cast.actor_of(cast.ode)
    words = "میں اکاؤنٹنٹ ہوں۔"
    strength = know.add_strength(cast.hina, words, language="ur", times=["evening"], by=by)
    know.change_strength(strength, {"when_words": "جمعہ"}, by=by)
    strength.refresh_from_db()
    assert (strength.words, strength.language, strength.times) == (words, "ur", ["evening"])
    with pytest.raises(Refused):
        know.change_strength(strength, {"words": " "}, by=by)
    know.remove_strength(strength, by=by)
    assert not Strength.objects.exists()


def test_a_wish_that_does_not_exist_is_a_mistake_of_ours(cast: Cast) -> None:
    with pytest.raises(ValueError, match="person"):
        know.say_wishes(cast.mark, {"person": None}, by=cast.actor_of(cast.ode))


def test_a_secret_address_lies_sealed_and_the_history_forgets_it(cast: Cast) -> None:
    by = cast.actor_of(cast.finch)
    home = know.found_household([cast.dawn, cast.tyler], organisation=cast.organisation.pk, by=by)
    know.show_address(home, "4 Old Dairy", by=by)
    know.hide_address(home, by=by)
    home.refresh_from_db()
    assert home.address == ""
    assert not AdultChange.objects.filter(old__contains="Dairy").exists()
    assert not AdultChange.objects.filter(new__contains="Dairy").exists()
    lying = SealedAddress.objects.values_list("sealed_address", flat=True).get(household=home)
    assert "Dairy" not in repr(lying)
    with pytest.raises(Refused):
        know.show_address(home, "5 Old Dairy", by=by)
    with pytest.raises(Refused):
        know.open_address(home, reason=" ", by=by)
    assert know.open_address(home, reason="A letter from the court", by=by) == "4 Old Dairy"
    assert AuditEvent.objects.filter(verb="know.address_opened").count() == 1
    know.hide_address(home, address="6 New Dairy", by=by)
    assert know.open_address(home, reason="Again", by=by) == "6 New Dairy"


def test_who_lives_together_has_days(cast: Cast) -> None:
    by = cast.actor_of(cast.finch)
    home = know.found_household([cast.jo, cast.ella], organisation=cast.organisation.pk, by=by)
    with pytest.raises(Refused):
        know.move_in(home, cast.jo, by=by)
    know.move_out(home.members.get(adult=cast.jo), by=by)
    know.move_in(home, cast.jo, by=by)
    assert home.members.filter(adult=cast.jo).count() == 2
