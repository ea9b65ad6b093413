"""What was made for one thing proves nothing for another; what was given out before opens what it opened."""

from __future__ import annotations

import hashlib
import hmac

from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from gatepost.core.proving import is_proof, keyed, proof


@given(st.binary(max_size=40), st.integers(8, 32))
def test_a_proof_is_for_one_thing_said_for_one_purpose(said: bytes, length: int) -> None:
    shown = proof("kiosk", said, length=length)
    assert len(shown) == length and is_proof(shown, "kiosk", said)
    assert not is_proof(shown, "gateway", said) and not is_proof(shown, "kiosk", said + b"x")
    assert not is_proof(b"", "kiosk", said)


def test_another_installation_proves_nothing_here() -> None:
    shown = proof("kiosk", b"door")
    with override_settings(SECRET_KEY="another"):
        assert not is_proof(shown, "kiosk", b"door")


@override_settings(SECRET_KEY="s3cret")
def test_what_was_given_out_before_there_was_one_way_still_opens() -> None:
    key = hashlib.sha256(b"gatepost.code" + b"s3cret").digest()
    assert keyed("code", "42:123456") == hmac.new(key, b"42:123456", hashlib.sha256).hexdigest()
