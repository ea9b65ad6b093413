"""One mail as bytes: the skeleton is made by Python's mail classes once for each shape, the values are put in after.

Python's serialiser is nine tenths of what a broadcast costs. A mail of one shape
differs from the next in a few values only, each of which is encoded here so that whoever reads the mail finds exactly
what the mail classes would have written; a property test holds that.
"""

from __future__ import annotations

import binascii
import email.policy
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache, lru_cache
from html import escape
from operator import attrgetter
from typing import Any

from gatepost.reach.kinds import Entry

# A header longer than the usual line would be cut up into encoded words, and no mail program finds its address again.
POLICY = email.policy.SMTP.clone(max_line_length=900)
BOUNDARY = "=_gatepost"  # no encoded body can hold it: there, "=" is followed by something else
HEADERS = ("sender", "to", "subject", "message_id", "language", "reply_to", "stop_url")
_headers_of = attrgetter(*HEADERS)
SHORT = 60  # signs of a header that stands as it is
WORD = 42  # bytes in one encoded word (RFC 2047): with its frame it stays below 76 signs

_MARK = "gatepost-place-{}-"
_BREAKS = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]")  # what ends a line, or is no sign at all
_CODED = re.compile(b".{1,76}")  # a line of base64 (RFC 2045)
_URL = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]]")


@dataclass(frozen=True)
class Mail:
    """Everything that a mail says."""

    sender: str
    to: str
    subject: str
    message_id: str
    date: datetime
    language: str
    text: str
    html: str
    reply_to: str = ""
    stop_url: str = ""  # where one click ends mails of this kind; blank: it has to be told
    repeat: bool = False  # the same may have come before
    entry: Entry | None = None  # for a calendar

    def __post_init__(self) -> None:
        """No value of a header breaks out of its line."""
        said = _headers_of(self)
        if _BREAKS.search("".join(said)):
            broken = next(name for name, value in zip(HEADERS, said, strict=True) if _BREAKS.search(value))
            raise ValueError(f"{broken} is not one line.")


def compose(mail: Mail) -> bytes:
    """The mail as it goes to the wire."""
    wide = _is_wide(mail.text)
    method = mail.entry.method if mail.entry else ""
    pieces = _skeleton((bool(mail.reply_to), bool(mail.stop_url), mail.repeat), mail.language, wide, method)
    body = _in_base64 if wide else _in_quotes
    values = {
        "sender": mail.sender.encode(),
        "to": mail.to.encode(),
        "subject": _header(mail.subject),
        "message_id": mail.message_id.encode(),
        "date": _moment(mail.date.replace(microsecond=0)),
        "reply_to": mail.reply_to.encode(),
        "stop_url": mail.stop_url.encode(),
        "text": body(mail.text),
        "html": body(mail.html),
        "entry": body(mail.entry.body) if mail.entry else b"",
    }
    return b"".join([piece if isinstance(piece, bytes) else values[piece] for piece in pieces])


def by_the_classes(mail: Mail, transfer: str = "") -> EmailMessage:
    """The same mail, built by Python's mail classes alone: what `compose` must equal, and what its skeleton is of."""
    message = EmailMessage(policy=POLICY)
    how: dict[str, Any] = {"cte": transfer} if transfer else {}
    message.set_content(mail.text, **how)
    message.add_alternative(mail.html, subtype="html", **how)
    if mail.entry:
        said = {"method": mail.entry.method}
        message.add_alternative(mail.entry.body, subtype="calendar", params=said, **how)
    message["From"], message["To"] = mail.sender, mail.to
    message["Subject"], message["Date"] = mail.subject, format_datetime(mail.date)
    message["Message-ID"], message["Content-Language"] = mail.message_id, mail.language
    message["Auto-Submitted"] = "auto-generated"
    if mail.reply_to:
        message["Reply-To"] = mail.reply_to
    if mail.stop_url:
        message["List-Unsubscribe"] = f"<{mail.stop_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if mail.repeat:
        message["X-May-Be-A-Repeat"] = "yes"
    return message


def html_of(text: str, *, language: str, direction: str, title: str) -> str:
    """Plain words as a page: paragraphs, and links that can be pressed. It loads nothing from anywhere."""
    paragraphs = "".join(f"<p>{_linked(each)}</p>" for each in re.split(r"\n\s*\n", text.strip()))
    return (
        f'<!doctype html><html lang="{escape(language)}" dir="{direction}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title></head>'
        f'<body dir="{direction}">{paragraphs}</body></html>\n'
    )


def _linked(words: str) -> str:
    found, at = [], 0
    for link in _URL.finditer(words):
        url = escape(link[0])
        found += [escape(words[at : link.start()]), f'<a href="{url}">{url}</a>']
        at = link.end()
    return "".join([*found, escape(words[at:])]).replace("\n", "<br>\n")


@cache
def _skeleton(has: tuple[bool, ...], language: str, wide: bool, method: str) -> list[bytes | str]:
    """What all mails of one shape share, cut where a value goes in: bytes and names of values by turns."""
    name, (reply, stop, repeat) = _MARK.format, has
    mail = Mail(
        sender="sender@place.invalid",
        to="recipient@place.invalid",
        subject=name("subject"),
        message_id="<message_id@place.invalid>",
        date=datetime(2001, 1, 1),  # only its place counts
        language=language,
        text=name("text"),
        html=name("html"),
        reply_to="reply_to@place.invalid" if reply else "",
        stop_url="https://place.invalid/stop_url" if stop else "",
        repeat=repeat,
        entry=Entry(method, name("entry")) if method else None,
    )
    message = by_the_classes(mail, "7bit")
    message.set_boundary(BOUNDARY)
    raw = message.as_bytes()
    transfer = b"base64" if wide else b"quoted-printable"
    raw = raw.replace(b"Content-Transfer-Encoding: 7bit", b"Content-Transfer-Encoding: " + transfer)
    for each, stands in {
        "sender": mail.sender,
        "to": mail.to,
        "subject": mail.subject,
        "message_id": mail.message_id,
        "date": format_datetime(mail.date),
        "reply_to": mail.reply_to,
        "stop_url": mail.stop_url,
        "text": mail.text + "\r\n",
        "html": mail.html + "\r\n",
        "entry": mail.entry.body + "\r\n" if mail.entry else "",
    }.items():
        if stands:
            before, found, after = raw.partition(stands.encode())
            if not found or stands.encode() in after:
                raise RuntimeError(f"{each} has no one place in the skeleton.")
            raw = b"\0".join([before, each.encode(), after])
    return [piece.decode() if at % 2 else piece for at, piece in enumerate(raw.split(b"\0"))]


@lru_cache(maxsize=8)
def _moment(date: datetime) -> bytes:
    return format_datetime(date).encode()


def _header(value: str) -> bytes:
    """A subject as it stands, or in encoded words (RFC 2047), each of whole letters."""
    if len(value) <= SHORT and value.isascii() and "=?" not in value and value == value.strip():
        return value.encode()
    raw, words, at = value.encode(), list[bytes](), 0
    while not words or at < len(raw):
        end = at + WORD
        while end < len(raw) and raw[end] & 0xC0 == 0x80:  # in the midst of a letter
            end -= 1
        words.append(raw[at:end])
        at = end
    return b"\r\n ".join(b"=?utf-8?b?" + binascii.b2a_base64(each, newline=False) + b"?=" for each in words)


def _is_wide(text: str) -> bool:
    """Whether its letters are mostly of another alphabet, for which base64 is shorter."""
    return not text.isascii() and len(text.encode()) > 1.25 * len(text)


def _lines(text: str) -> bytes:
    """Every line ended as on the wire, the last one too."""
    return b"\r\n".join(text.encode().splitlines()) + b"\r\n"


def _in_quotes(text: str) -> bytes:
    return binascii.b2a_qp(_lines(text), istext=True)


def _in_base64(text: str) -> bytes:
    lines = _CODED.findall(binascii.b2a_base64(_lines(text), newline=False))
    return b"\r\n".join([*lines, b""])
