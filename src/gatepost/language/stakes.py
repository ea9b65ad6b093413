"""Finds words that say that much hangs on a message: rights, safety, money, special needs. It errs on the safe side."""

from __future__ import annotations

import re

_BEGINNINGS = (
    "appeal", "attendance order", "complain", "consent", "court", "deadline", "exclu", "legal", "penalt", "prosecut",
    "right to", "rights", "suspen", "tribunal", "safeguard", "social worker", "social care", "child protection",
    "abuse", "neglect", "police", "£", "pay", "paid", "fee", "fine of", "fined", "invoice", "money", "owe", "pound",
    "budget", "benefit", "free school meal", "sen", "send", "senco", "special educational", "special need", "ehc",
    "disab", "diagnos", "autis", "adhd", "dyslexi", "educational psycholog", "speech therap", "medic", "allerg",
    "hospital", "injur", "seizure", "epilep", "asthma", "mental health", "self-harm", "suicid", "bully", "bullied",
    "assault", "violen", "weapon", "knife", "drug", "alcohol", "custody", "social service", "immigration", "asylum",
    "visa", "cost", "price", "refund", "debt", "loan", "free of charge",
)  # fmt: skip
_WHOLE = frozenset({"sen", "send", "fee", "pay", "owe", "paid", "police", "money", "court", "cost", "visa"})
_HIGH = re.compile(
    "|".join(rf"(?<!\w){re.escape(each)}{'s?(?!\\w)' if each in _WHOLE else ''}" for each in _BEGINNINGS),
    re.IGNORECASE,
)
_POSTED = re.compile(r"[Ss]ends?")  # "send a book" is no special need; SEND in capitals is


def high_stakes(words: str) -> bool:
    """Whether a text speaks of anything where a wrong word could cost a family dearly."""
    return any(not _POSTED.fullmatch(found[0]) for found in _HIGH.finditer(words))
