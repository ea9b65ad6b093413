"""What somebody wrote in a mail, without what their mail program put around it. Pure: bytes in, words out."""

from __future__ import annotations

import re
from email.message import EmailMessage, Message, MIMEPart
from html.parser import HTMLParser

_SIGNATURE = re.compile(r"^--\s?$")
_RULE = re.compile(r"^\s*(?:_{8,}|-{3,}\s*\S.*\S\s*-{3,})\s*$")  # "________", "----- Original message -----"
_HEADER = re.compile(r"^\s*\*?[^\s:][^:]{0,30}:\*?\s+\S.*@\S")  # "From: Elm Park <reply+…@…>", in any language
ITS_LINES = 3  # at most, of "On Monday Elm Park <…> wrote:"
_BREAKS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "blockquote"})


def words_of(message: EmailMessage) -> str:
    """The words of a reply, as they were sent; with what was quoted where nothing else is left."""
    part = message.get_body(("plain", "html"))
    text = _content(part) if part is not None else ""
    if part is not None and part.get_content_subtype() == "html":
        text = _bare(text)
    text = text.replace("\r\n", "\n").replace("\0", "")
    return without_quotes(text) or text.strip()


def files_of(message: EmailMessage) -> int:
    """How many files somebody sent along: photographs, scans, recordings; not what belongs to a signature."""
    return sum(_is_sent_along(part) for part in message.walk())


def _is_sent_along(part: Message) -> bool:
    if part.is_multipart() or part.get_content_type() == "text/calendar":
        return False
    if part.get_content_disposition() == "attachment":
        return True
    return part.get_content_maintype() != "text" and "Content-ID" not in part


def without_quotes(text: str) -> str:
    """Cut at the signature, at a rule, or where the lines of an older mail begin, and who said them."""
    kept: list[str] = []
    for line in text.split("\n"):
        if line.lstrip().startswith(">"):
            _drop_who_said_it(kept)
            continue
        if _SIGNATURE.match(line) or _RULE.match(line) or (_HEADER.match(line) and any(map(str.strip, kept))):
            break
        kept.append(line.rstrip())
    return "\n".join(kept).strip()


def _drop_who_said_it(kept: list[str]) -> None:
    """ "On Monday Elm Park wrote:" stands on one line or two before what it wrote, in whatever language."""
    while kept and not kept[-1].strip():
        kept.pop()
    if not kept or not kept[-1].endswith((":", "：")):
        return
    block = 1
    while block < len(kept) and kept[-block - 1].strip():
        block += 1
    del kept[-block if block <= ITS_LINES else -1 :]


def _content(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, KeyError):  # an alphabet that nobody knows: what can be read of it
        raw = part.get_payload(decode=True)
        return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""


class _Text(HTMLParser):
    """Collects what can be read; an older mail that is quoted stays out."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"style", "script", "head", "blockquote"}:
            self.silent += 1
        if tag in _BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"style", "script", "head", "blockquote"} and self.silent:
            self.silent -= 1

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(re.sub(r"\s+", " ", data))


def _bare(html: str) -> str:
    reader = _Text()
    reader.feed(html)
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.words)).strip()
