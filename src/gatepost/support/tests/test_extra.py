"""A child gets extra help: each adult reads what it is for, says yes or not yet, is spoken with, and is asked again."""

from __future__ import annotations

import pytest
from django.test import Client

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.know import services as know
from gatepost.language.names import without_marks
from gatepost.language.phrasebook import PHRASES
from gatepost.language.phrasebook import say as spoken
from gatepost.reach.models import Answer, Explain, Notice, PostRoomCopy, Sheet, Touch, Translation
from gatepost.reach.services import explaining, printing, reviewing, slips
from gatepost.reach.tests.paper import home_of, print_run, wants_paper
from gatepost.support import extra
from gatepost.support.models import ExtraHelp, ExtraHelpTold
from gatepost.testing import Cast
from gatepost.testing.texting import text_from

pytestmark = pytest.mark.django_db
AIM = extra.Words("Lexia.", said=[{"say": "aim_reading"}], when_words="Tuesdays")


def begun(cast: Cast, child: object, words: extra.Words = AIM) -> ExtraHelp:
    """Ms Ode writes it down, and the post goes out."""
    made = extra.begin(child, words, led_by=cast.ode, by=cast.actor_of(cast.ode))  # type: ignore[arg-type]
    cast.deliver()
    return made


def said_to(cast: Cast, adult: object) -> str:
    """The newest message to an adult."""
    return PostRoomCopy.objects.filter(delivery__notice__adult=adult).latest("at").body


def test_on_the_page_not_yet_is_a_promise_by_name_until_they_were_spoken_with(cast: Cast, client: Client) -> None:
    begun(cast, cast.zara)
    aim = spoken(PHRASES["aim_reading"], "ur", child="Zara")
    assert without_marks(aim) in without_marks(said_to(cast, cast.hina))
    link = cast.link(cast.hina)
    client.post(link, {"send": "1"})
    client.post(link, {"code": cast.code(cast.hina)})
    page = client.get(link).content.decode()
    assert aim in page and 'value="not_yet"' in page
    client.post(link, {"say": "not_yet", "unclear": "کیوں؟"})
    call = Explain.objects.get()
    assert (call.owner, call.due_on) == (cast.ode, clock.school_days_after(clock.today(), 2))
    assert cast.ode.name in client.get(link).content.decode()  # who speaks with her, and by when
    client.post(link, {"say": "not_yet", "unclear": ""})
    assert Explain.objects.count() == 1  # asked twice, promised once
    assert not Explain.objects.filter(adult=cast.bilal).exists()  # what she says is hers

    explaining.done(call, by=cast.actor_of(cast.ode))
    cast.deliver()
    told = ExtraHelpTold.objects.get(adult=cast.hina)
    assert told.again_at and not told.ask.answers.exists()
    client.post(link, {"say": "yes", "unclear": ""})
    assert [each.value for each in told.ask.answers.all()] == ["yes"]
    assert Answer.objects.filter(ask__adult=cast.hina).count() == 3  # none was overwritten


def test_by_text_by_slip_and_by_telephone_it_is_the_same_row(cast: Cast, client: Client) -> None:
    home_of(cast, cast.nadia, cast.ines)
    wants_paper(cast, cast.nadia)
    begun(cast, cast.ines)
    run = print_run(cast)
    letter = str(printing.pages_of(run)[0])
    printing.settle_run(run, by=cast.actor_of(cast.finch))
    sheet = Sheet.objects.get(run=run)
    assert "Lexia" in letter and [box["value"] for box in sheet.boxes] == ["yes", "not_yet", "call"]
    slips.key_in(sheet, ["not_yet"], "Porque?", by=cast.actor_of(cast.finch))

    begun(cast, cast.ayan)
    assert text_from(cast, cast.amina, "2 what is it").state == "answered"
    assert {call.adult for call in Explain.objects.all()} == {cast.nadia, cast.amina}
    for call in Explain.objects.all():
        explaining.done(call, by=cast.actor_of(cast.ode))
    cast.deliver()
    assert text_from(cast, cast.amina, "haa").state == "answered"  # yes, in Somali

    told = ExtraHelpTold.objects.get(adult=cast.nadia)
    page = f"/extra-help/children/{cast.ines.pk}/"
    cast.sign_in(client, cast.ode)
    assert "Asked again" in client.get(page).content.decode()
    client.post(f"/extra-help/told/{told.pk}/", {"say": "yes"})
    ways = Answer.objects.filter(ask__question=extra.EXTRA).values_list("value", "way").order_by("at")
    expected = [("not_yet", Touch.Way.PAPER), ("not_yet", Touch.Way.SMS), ("yes", Touch.Way.SMS)]
    assert list(ways) == [*expected, ("yes", Touch.Way.PHONE)]
    assert "Understands it" in client.get(page).content.decode()


def test_own_words_wait_for_a_reader_and_come_with_an_apology_meanwhile(cast: Cast) -> None:
    made = begun(cast, cast.zara, extra.Words("Lexia", "So that she can tell sounds apart."))
    body = said_to(cast, cast.hina)
    assert "tell sounds apart" in body
    assert Notice.objects.get(adult=cast.hina).params["sorry"]
    rows = Translation.objects.filter(of=made.pk, target="ur")
    assert rows.count() == 2 and not rows.exclude(shown_at=None).exists()
    for row in rows:
        reviewing.review(row, "لیکسیا", by=cast.actor_of(cast.birch))
    cast.deliver()
    assert Notice.objects.filter(adult=cast.hina, kind="support.extra_help_theirs").count() == 1  # once it is whole


def test_it_is_looked_at_before_it_leaves_and_never_without_a_purpose(cast: Cast, client: Client) -> None:
    page, by = f"/extra-help/children/{cast.ella.pk}/", cast.actor_of(cast.ode)
    typed = {"what": "Lexia", "aim": "own", "purpose": "", "when_words": "", "led_by": str(cast.ode.pk)}
    cast.sign_in(client, cast.ode)
    assert "one plain sentence what it is for" in client.post(page, typed | {"send": "1"}).content.decode()
    both = typed | {"aim": "aim_calm", "purpose": "So that reading is fun."}
    assert "You have chosen a sentence above" in client.post(page, both | {"send": "1"}).content.decode()
    assert "2 adults get it" in client.post(page, typed | {"aim": "aim_calm"}).content.decode()
    assert not ExtraHelp.objects.exists()
    client.post(page, typed | {"aim": "aim_calm", "send": "1"})
    made = ExtraHelp.objects.get()
    extra.end(made, by=by)
    with pytest.raises(Refused):
        extra.end(made, by=by)
    with pytest.raises(Refused):
        extra.begin(cast.ella, extra.Words("Lexia"), led_by=cast.ode, by=by)


def test_whoever_wants_no_calls_is_put_on_no_call_list_and_orders_bind(cast: Cast) -> None:
    know.say_wishes(cast.hina, {"no_voice_calls": True}, by=cast.actor_of(cast.finch))
    begun(cast, cast.zara)
    extra.say(ExtraHelpTold.objects.get(adult=cast.hina), understood=False, by=cast.actor_of(cast.finch))
    assert Explain.objects.get().how == "recording"
    with pytest.raises(Refused):  # an order stands about Tyler: somebody else reads first what a teacher writes
        begun(cast, cast.tyler)
    extra.begin(cast.tyler, AIM, led_by=cast.ode, by=cast.actor_of(cast.bell))
    assert not ExtraHelpTold.objects.filter(adult=cast.kev).exists()
