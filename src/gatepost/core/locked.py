"""A page that is one file, locked with a passphrase, and opens in any browser without us and without a network.

AES-256-GCM under a key that PBKDF2-HMAC-SHA256 makes from the passphrase: both are built into every browser
(Web Cryptography). What is kept to lock the next page with is the key, never the passphrase.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.html import escape

ROUNDS = 600_000
SALT, NONCE, LENGTH = 16, 12, 32  # bytes
SIGNS = "23456789abcdefghjkmnpqrstvwxyz"  # none looks like another
GROUPS, OF = 5, 4  # 98 random bits

SCRIPT = """
const box = JSON.parse(document.getElementById("box").textContent);
const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
const open = async (phrase) => {
  const typed = phrase.toLowerCase().replace(/[^a-z0-9]/g, "");
  const raw = await crypto.subtle.importKey("raw", new TextEncoder().encode(typed), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(box.salt), iterations: box.rounds };
  const key = await crypto.subtle.deriveKey(how, raw, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  const body = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(box.nonce) }, key, bytes(box.body));
  return new TextDecoder().decode(body);
};
document.querySelector("form").addEventListener("submit", async (pressed) => {
  pressed.preventDefault();
  const said = document.querySelector("[role=status]");
  said.textContent = said.dataset.wait;
  try {
    const page = await open(document.querySelector("input").value);
    document.open();
    document.write(page);
    document.close();
  } catch {
    said.textContent = said.dataset.wrong;
  }
});
"""
STYLE = """
body { font: 1.25rem/1.5 sans-serif; margin: 2rem auto; max-inline-size: 34rem; padding-inline: 1rem; }
input, button { box-sizing: border-box; font: inherit; inline-size: 100%; margin-block: .25rem 1rem; padding: .5rem; }
input { font-family: monospace; }
"""


@dataclass(frozen=True)
class Lock:
    """What pages are locked with."""

    salt: bytes
    key: bytes = field(repr=False)


@dataclass(frozen=True)
class Words:
    """What the locked page says before it is open. Nothing of what is in it."""

    language: str
    title: str
    explain: str
    label: str
    button: str
    wait: str
    wrong: str


def new_passphrase() -> str:
    """Five groups of four signs, to write on a card."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(OF)) for _ in range(GROUPS))


def lock_of(passphrase: str, salt: bytes | None = None) -> Lock:
    """The lock that this passphrase opens."""
    typed = "".join(sign for sign in passphrase.lower() if sign.isascii() and sign.isalnum())
    salt = salt or secrets.token_bytes(SALT)
    return Lock(salt, hashlib.pbkdf2_hmac("sha256", typed.encode(), salt, ROUNDS, LENGTH))


def locked(page: str, lock: Lock, words: Words) -> str:
    """The page as a file that asks for its passphrase."""
    nonce = secrets.token_bytes(NONCE)
    body = AESGCM(lock.key).encrypt(nonce, page.encode(), None)
    box = {"salt": _plain(lock.salt), "rounds": ROUNDS, "nonce": _plain(nonce), "body": _plain(body)}
    said = {name: escape(value) for name, value in vars(words).items()}
    digest = _plain(hashlib.sha256(SCRIPT.encode()).digest())
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    return (
        f'<!doctype html><html lang="{said["language"]}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<meta name="viewport" content="width=device-width"><title>{said["title"]}</title>'
        f"<style>{STYLE}</style></head>"
        f'<body><main><h1>{said["title"]}</h1><p>{said["explain"]}</p><form><label for="phrase">{said["label"]}</label>'
        f'<input id="phrase" autocomplete="off" spellcheck="false" autocapitalize="none" required>'
        f"<button>{said['button']}</button></form>"
        f'<p role="status" data-wait="{said["wait"]}" data-wrong="{said["wrong"]}"></p></main>'
        f'<script type="application/json" id="box">{json.dumps(box)}</script><script>{SCRIPT}</script></body></html>\n'
    )


def _plain(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
