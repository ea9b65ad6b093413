"""Logs that an operator can search and nobody can learn a family's affairs from."""

from __future__ import annotations

import json
import logging
import re
import traceback

from gatepost.core import clock

# Order matters: a link's token goes first, since what is left of it could look like a telephone number.
_HIDDEN = [
    (re.compile(r"/([a-z]|g/help)/[A-Za-z0-9_-]{8,}"), r"/\1/[link]"),  # every family link begins with one letter
    (re.compile(r"/gateway/[A-Za-z0-9_-]{8,}"), "/gateway/[key]"),
    (re.compile(r"/password/reset/key/[^\s/]+"), "/password/reset/key/[key]"),
    (re.compile(r"(?i)\b(token|code|password|secret|cookie|csrfmiddlewaretoken)=[^\s&]+"), r"\1=[hidden]"),
    (re.compile(r"[\w.+'-]+@[\w-]+(\.[\w-]+)+"), "[address]"),
    (re.compile(r"(?<![\w-])\+?\d[\d ()]{7,}\d(?![\w-])"), "[number]"),
    (re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"), "[postcode]"),
    (re.compile(r"(?i)\b(name|called|adult|child|words)=('[^']*'|\"[^\"]*\"|\S+)"), r"\1=[hidden]"),
]


def redact(text: str) -> str:
    """The same text without tokens, contact data or named values."""
    for pattern, instead in _HIDDEN:
        text = pattern.sub(instead, text)
    return text


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, what happened; redacted."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one redacted line of JSON. Of a traceback only the places are kept, not the values."""
        line = {
            "at": clock.now().isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "what": redact(record.getMessage()),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])  # the places only: an error's own words may name people
            line["where"] = " > ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
        return json.dumps(line, ensure_ascii=False)
