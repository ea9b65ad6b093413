"""The day on which nothing works: tomorrow's lists lie in a locked file, and whoever has the key opens it."""

from __future__ import annotations

import logging
import subprocess
from datetime import datetime, time, timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.management import CommandError, call_command
from django.test import override_settings

from gatepost.core import clock
from gatepost.core.envelope import certificates_in
from gatepost.core.errors import Refused
from gatepost.core.models import AuditEvent
from gatepost.language.dates import LONDON
from gatepost.meet import packing, services
from gatepost.meet.models import Event
from gatepost.meet.tests.interpreted import with_interpreter
from gatepost.testing import Cast


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the head's key and certificate, and those of a stranger."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("head", "stranger"):
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        made = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        made = made.not_valid_before(datetime(2020, 1, 1)).not_valid_after(datetime(2040, 1, 1))
        (folder / f"{name}.crt").write_bytes(made.sign(key, SHA256()).public_bytes(Encoding.PEM))
        words = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / f"{name}.key").write_bytes(words)
    return folder


def opened(path: Path, keys: Path, who: str = "head") -> str:
    """As the how-to says, with OpenSSL alone."""
    words = ["openssl", "cms", "-decrypt", "-inform", "DER", "-in", str(path), "-inkey", str(keys / f"{who}.key")]
    done = subprocess.run([*words, "-recip", str(keys / f"{who}.crt")], capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def evening_tomorrow(cast: Cast) -> Event:
    event = cast.event(days=[clock.today() + timedelta(days=1)])
    for name, at in (("amina", 2), ("ruth", 5), ("jo", 0)):
        invitation = cast.invitation(getattr(cast, name), event=event)
        slot = event.slots.order_by("starts_at")[at]
        booking = services.book(invitation, slot, wishes=services.Wishes(), by=cast.family_actor(invitation))
        if name == "amina":
            with_interpreter(cast, booking)
    return event


def test_tomorrows_lists_open_with_the_key_and_with_no_other(cast: Cast, keys: Path, tmp_path: Path) -> None:
    evening_tomorrow(cast)
    out = StringIO()
    with override_settings(GATEPOST_PACK_CERTIFICATE=str(keys / "head.crt"), GATEPOST_PACK_FOLDER=tmp_path):
        assert "Elm Park" in packing.stale()
        call_command("pack", stdout=out)
        assert packing.stale() == []
        with time_machine.travel(clock.now() + timedelta(hours=27), tick=False):
            assert "Elm Park" in packing.stale()  # the doctor says so
    path = next(tmp_path.glob("elm-park-*.p7m"))
    assert str(path) in out.getvalue() and path.stat().st_mode & 0o077 == 0
    assert b"Amina" not in path.read_bytes() and not opened(path, keys, "stranger")
    page = opened(path, keys)
    assert page.index("Jo Pell") < page.index("Amina Warsame") < page.index("Ruth Hart")  # by time, at first
    for words in ("+447700900101", "Tom Reed 0113 496 0002", "nobody yet", "text only, never ring", "School hall"):
        assert words in page
    assert AuditEvent.objects.filter(verb="meet.packed", details={"sheets": 1}).exists()


def test_it_is_written_once_in_the_afternoon_and_old_ones_go(cast: Cast, keys: Path, tmp_path: Path) -> None:
    day = clock.today()
    with override_settings(GATEPOST_PACK_CERTIFICATE=str(keys / "head.crt"), GATEPOST_PACK_FOLDER=tmp_path):
        for hour, there in ((9, 0), (15, 1), (16, 1)):
            with time_machine.travel(datetime.combine(day, time(hour, 5), LONDON), tick=False):
                packing.tick()
                assert len(list(tmp_path.glob("elm-park-*"))) == there
        for later in range(1, 6):
            with time_machine.travel(datetime.combine(day + timedelta(days=later), time(15), LONDON), tick=False):
                packing.tick()
    assert len(list(tmp_path.glob("elm-park-*"))) == packing.KEPT


def test_a_series_is_in_the_pack_of_each_of_its_days(cast: Cast) -> None:
    day = clock.today() + timedelta(days=1)
    event = cast.event(kind="masterclass", days=[day, day + timedelta(weeks=1)], minutes=60)
    invitation = cast.invitation(cast.jo, event=event)
    services.book(invitation, event.slots.get(), wishes=services.Wishes(), by=cast.family_actor(invitation))
    for first in (day, day + timedelta(weeks=1)):
        (sheet,) = packing.queries.sheets_from(first)
        (line,) = sheet.by_child
        assert line.adult == "Jo Pell" and line.starts_at == sheet.starts_at


def test_what_cannot_be_locked_is_said(cast: Cast, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(CommandError, match="GATEPOST_PACK_CERTIFICATE"):
        call_command("pack")
    (tmp_path / "wrong.crt").write_text("nothing")
    for name, why in (("wrong.crt", "no certificate"), ("none.crt", "cannot be read")):
        with pytest.raises(Refused, match=why):
            certificates_in(tmp_path / name)
    afternoon = datetime.combine(clock.today(), time(16), LONDON)
    with (
        override_settings(GATEPOST_PACK_CERTIFICATE=str(tmp_path / "wrong.crt"), GATEPOST_PACK_FOLDER=tmp_path),
        time_machine.travel(afternoon, tick=False),
        caplog.at_level(logging.ERROR),
    ):
        packing.tick()
    assert "could not be written" in caplog.text and not list(tmp_path.glob("*.p7m"))
