"""What people are good at, in several languages: so that "landscape" finds a gardener, and "accountant" an Urdu word.

A small table of our own. Each line is one skill; each entry the beginning of a word, so that *bak* finds bake, baker
and baking. The Urdu and Somali entries are drafted. What is not in it is still found by its own words.
"""

from __future__ import annotations

import re

SKILLS: tuple[tuple[str, ...], ...] = (
    ("bak", "cake", "bread", "pastr", "بیک", "کیک", "روٹی", "نان", "keeg", "rooti", "dubis"),
    ("cook", "chef", "food", "recipe", "meal", "کھانا", "پکا", "باورچی", "karin", "cunto", "kari"),
    ("garden", "landscap", "plant", "grow", "allotment", "باغ", "پود", "beer", "dhir"),
    ("account", "bookkeep", "book-keep", "finance", "tax", "اکاؤنٹ", "محاسب", "حساب", "xisaab"),
    ("sew", "tailor", "knit", "stitch", "embroider", "cloth", "سلائی", "درزی", "کڑھائی", "بنائی", "harqaan", "tol"),
    ("football", "soccer", "coach", "sport", "فٹ بال", "کھیل", "کوچ", "kubad", "ciyaar", "tababar"),
    ("cricket", "bowl", "کرکٹ", "kirikit"),
    (
        "diy",
        "carpent",
        "joiner",
        "wood",
        "build",
        "builder",
        "repair",
        "بڑھئی",
        "لکڑی",
        "مرمت",
        "nijaar",
        "alwaax",
        "dayactir",
    ),
    ("plumb", "pipe", "پلمبر", "نلکا", "tuubi"),
    ("electric", "wiring", "بجلی", "الیکٹر", "koronto"),
    ("paint", "draw", "art", "mural", "مصور", "ڈرائنگ", "رنگ", "پینٹ", "sawir", "rinji", "farshax"),
    ("music", "sing", "guitar", "piano", "drum", "choir", "موسیقی", "گانا", "گیت", "muusig", "hees"),
    ("danc", "رقص", "ڈانس", "ciyaar dhaqan", "qoob"),
    ("read", "story", "stories", "storytell", "پڑھ", "کہانی", "akhri", "sheeko"),
    ("translat", "interpret", "ترجم", "مترجم", "turjum", "tarjum"),
    ("comput", "software", "website", "coding", "program", "کمپیوٹر", "سافٹ", "kombiyuutar", "barnaamij"),
    ("nurs", "doctor", "health", "first aid", "medic", "نرس", "ڈاکٹر", "صحت", "kalkaali", "dhakhtar", "caafimaad"),
    ("driv", "taxi", "lorry", "bus", "ڈرائیور", "گاڑی", "ٹیکسی", "darawal", "wade", "gaari"),
    ("teach", "tutor", "lesson", "استاد", "پڑھان", "ٹیوشن", "bar", "macallin"),
    ("hair", "barber", "braid", "henna", "beauty", "بال", "مہندی", "حجام", "timo", "cillaan", "xinne"),
    ("photo", "film", "video", "camera", "فوٹو", "تصویر", "ویڈیو", "کیمر", "sawirqaad", "kamarad", "muuqaal"),
    ("science", "engineer", "chemist", "سائنس", "انجینئر", "saynis", "injineer"),
    ("farm", "animal", "goat", "bee", "کسان", "جانور", "کھیتی", "beeral", "xoolo", "ari"),
    ("swim", "تیراک", "dabaal"),
    ("law", "solicitor", "lawyer", "وکیل", "قانون", "qareen", "sharci"),
    ("maths", "math", "number", "arithmetic", "ریاضی", "xisaab"),
)
"""One skill a line: beginnings of words, in any language."""

SHORTEST = 3  # letters of a search that may begin a word of the table


def words_like(text: str) -> frozenset[str]:
    """What to look for when somebody searches for this: their own words, and every word of ours for the same skill."""
    asked = [word for word in re.split(r"[\s,;]+", text.casefold().strip()) if word]
    whole = text.casefold().strip()
    found = {whole, *asked} if whole else set()
    for skill in SKILLS:
        if any(_means(word, entry) for word in (whole, *asked) for entry in skill):
            found |= set(skill)
    return frozenset(found)


def _means(word: str, entry: str) -> bool:
    """Whether somebody who typed `word` may mean a skill that has this entry."""
    return word.startswith(entry) or (len(word) >= SHORTEST and entry.startswith(word))
