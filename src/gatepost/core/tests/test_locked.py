"""A locked page opens with its passphrase, by what stands in the file and two standards; or not at all."""

from __future__ import annotations

import base64
import json
import re

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from gatepost.core.locked import Words, lock_of, locked, new_passphrase

pytestmark = pytest.mark.once

WORDS = Words("en", 'Tomorrow & "after"', "It opens here.", "Passphrase", "Open", "Wait", "Not this one.")
PAGE = "<!doctype html><p>Ayan, 4.10pm – ایان</p>"


def opened(file: str, phrase: str) -> str:
    """By whoever reads the file and knows the two standards, without our code."""
    found = re.search(r'id="box">(.*?)</script>', file)
    assert found
    box = {name: base64.b64decode(value) if name != "rounds" else value for name, value in json.loads(found[1]).items()}
    key = PBKDF2HMAC(hashes.SHA256(), 32, box["salt"], box["rounds"]).derive(phrase.encode())
    return AESGCM(key).decrypt(box["nonce"], box["body"], None).decode()


def test_it_opens_with_its_passphrase_however_it_was_typed() -> None:
    phrase = new_passphrase()
    assert re.fullmatch(r"(?:[2-9a-z]{4}-){4}[2-9a-z]{4}", phrase)
    lock = lock_of(phrase)
    file = locked(PAGE, lock, WORDS)
    assert opened(file, phrase.replace("-", "")) == PAGE
    assert lock_of(phrase.upper().replace("-", " "), lock.salt) == lock
    assert "Ayan" not in file and phrase not in file and repr(lock).count("key") == 0


def test_another_passphrase_or_a_changed_file_opens_nothing() -> None:
    file = locked(PAGE, lock_of("abcd-efgh"), WORDS)
    with pytest.raises(InvalidTag):
        opened(file, "abcdefgj")
    body = re.search(r'"body": "(.{20})', file)
    assert body
    with pytest.raises(InvalidTag):
        opened(file.replace(body[1], body[1][::-1]), "abcdefgh")


def test_two_pages_of_one_lock_have_nothing_in_common_and_load_nothing() -> None:
    lock = lock_of("abcd-efgh")
    boxes = {re.findall(r'"nonce": "([^"]+)", "body": "([^"]+)"', locked(PAGE, lock, WORDS))[0] for _ in range(3)}
    assert len({nonce for nonce, _ in boxes}) == len({body for _, body in boxes}) == 3
    file = locked(PAGE, lock, WORDS)
    assert "default-src 'none'" in file and "http" not in file.replace("http-equiv", "")
    assert "Tomorrow &amp; &quot;after&quot;" in file
