"""The commands of whoever looks after an installation."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from gatepost.core.models import AuditEvent
from gatepost.front import doctor
from gatepost.front.management import asking
from gatepost.org.models import Person, School, Staff
from gatepost.testing import Cast

GOOD = "gate and orchard and tea"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch):
    """Somebody (or a pipe) types this."""

    def say(text: str | None) -> None:
        monkeypatch.setattr(asking, "somebody_is_there", lambda: text is not None)
        monkeypatch.setattr(asking, "password", lambda: text or "")

    return say


def add(**more: object) -> str:
    out = io.StringIO()
    given = {"email": "Bell@Example.org", "name": "Mrs Bell", "role": "head", "school": "Oak Lane"}
    call_command("add_staff", **(given | more), stdout=out)
    return out.getvalue()


def test_the_first_administrator_comes_with_their_school(db: None, typed):
    typed(GOOD)
    assert "Mrs Bell is now head at Oak Lane." in add(create_school=True)
    person = Person.objects.get(email="bell@example.org")
    assert person.check_password(GOOD)
    assert Staff.objects.get(person=person).school.name == "Oak Lane"


def test_run_again_it_changes_nothing(db: None, typed):
    typed(GOOD)
    add(create_school=True)
    before = AuditEvent.objects.count()
    assert "already is head" in add(create_school=True)
    assert (Person.objects.count(), Staff.objects.count(), School.objects.count()) == (1, 1, 1)
    assert AuditEvent.objects.count() == before


def test_without_somebody_at_the_keyboard_it_says_how_to_set_a_password(db: None, typed):
    typed(None)
    assert "gatepost set_password --email Bell@Example.org" in add(create_school=True)
    assert not Person.objects.get().has_usable_password()


def test_a_school_is_only_made_when_asked(db: None, typed):
    typed(None)
    with pytest.raises(CommandError, match="--create-school"):
        add()
    assert not School.objects.exists()


def test_what_is_no_address_is_refused(db: None):
    with pytest.raises(CommandError, match="not an e-mail address"):
        add(email="bell", create_school=True)


def test_a_second_job_for_the_same_person(cast: Cast, typed):
    typed(None)
    add(email=cast.ode.email, name="Somebody else", role="office", school="elm park")
    cast.ode.refresh_from_db()
    assert cast.ode.name == "Ms Ode"
    assert set(cast.ode.jobs.values_list("role", flat=True)) == {"teacher", "office"}


def test_a_password_is_set_and_a_weak_one_refused(cast: Cast, typed):
    typed("short")
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("set_password", email=cast.ode.email)
    typed(GOOD)
    call_command("set_password", email=cast.ode.email.upper(), stdout=io.StringIO())
    cast.ode.refresh_from_db()
    assert cast.ode.check_password(GOOD)
    with pytest.raises(CommandError, match="Nobody signs in"):
        call_command("set_password", email="nobody@example.org")


def findings() -> dict[str, doctor.Finding]:
    return {found.what: found for found in doctor.examine()}


def ill(found: dict[str, doctor.Finding]) -> str:
    return "\n".join(f"{each.what}: {each.mend}" for each in found.values() if not each.is_well)


def test_the_doctor_finds_a_broken_audit_trail(cast: Cast):
    assert findings()["The audit trail is whole"].is_well
    last = AuditEvent.objects.filter(school_id=cast.school.pk).latest("number")
    forged = {"verb": "know.settled", "at": last.at, "previous": last.digest, "digest": "0" * 64, "key": 1}
    AuditEvent.objects.create(school_id=cast.school.pk, number=last.number + 1, **forged)
    assert f"line {last.number + 1} was changed" in ill(findings())


def test_the_doctor_finds_an_open_folder(db: None, tmp_path: Path):
    with override_settings(GATEPOST_DATA=tmp_path):
        tmp_path.chmod(0o700)
        assert findings()["Only this account can read the data folder"].is_well
        tmp_path.chmod(0o755)
        assert "chmod go-rwx" in ill(findings())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"SECRET_KEY": "short"}, "secret key"),
        ({"ALLOWED_HOSTS": ["*"]}, "GATEPOST_HOSTS"),
        ({"GATEPOST_DEMO": True, "GATEPOST_ORIGIN": "https://school.example"}, "demonstration"),
        ({"GATEPOST_CHANNELS": {}}, "GATEPOST_SMTP_URL"),
        ({"DEBUG": True}, "GATEPOST_DEBUG"),
    ],
)
def test_the_doctor_finds_unsafe_settings(db: None, change: dict[str, object], words: str):
    with override_settings(**change):
        assert words in ill(findings())


def test_the_doctor_finds_words_that_are_not_compiled(db: None, tmp_path: Path):
    with override_settings(LOCALE_PATHS=[tmp_path]):
        assert "not compiled: ur, so" in ill(findings())


def test_the_exit_code_says_whether_something_must_be_mended(db: None, monkeypatch: pytest.MonkeyPatch):
    out = io.StringIO()
    with override_settings(GATEPOST_CHANNELS={}), pytest.raises(SystemExit) as stopped:
        call_command("doctor", stdout=out)
    assert stopped.value.code == 1
    assert "mend  Messages can leave the house" in out.getvalue()
    well = [doctor.Finding("All"), doctor.Finding("Some", "Later.", note=True)]
    monkeypatch.setattr("gatepost.front.management.commands.doctor.examine", lambda: iter(well))
    out = io.StringIO()
    call_command("doctor", stdout=out)
    assert out.getvalue().splitlines() == ["ok    All", "note  Some — Later."]
