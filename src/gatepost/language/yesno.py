"""Reads a yes or a no in the languages that families write to us in: only where nothing else is said."""

from __future__ import annotations

from gatepost.language.stopping import bare


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in bare(line).split())


YES = _words(
    "yes y yeah yep ok okay sure gladly",
    "haa haye hagaag",
    "جی ہاں ضرور ٹھیک نعم",
    "tak oczywiście da sigur",
    "হ্যাঁ জি অবশ্যই",
)
NO = _words(
    "no n nope not cannot cant wont t",  # what is left of "can’t" and "won’t"
    "maya mayo",
    "نہیں نا لا كلا",
    "nie nu",
    "না",
)
BESIDES = _words(
    "hi hello dear please thank thanks you very much sorry am afraid i we m ll will would can could do won don couldn"
    " come coming be there make it to that s is fine good great lovely with pleasure of course",
    "waan waad waa ka ku imanayaa imanaynaa iman karaa karnaa mahadsanid mahadsan tahay xumahay xunnahay fadlan salaan",
    "ہے میں ہم آ آؤں گا گی گے آئیں سکتا سکتی سکتے شکریہ بہت مہربانی معذرت السلام علیکم",
    "شكرا جزيلا لكم إن شاء الله سأحضر سنحضر سآتي آسف آسفة نعتذر بالتأكيد السلام عليكم أستطيع نستطيع",
    "proszę dziękuję dziękujemy będę będziemy przyjdę przyjdziemy mogę możemy przyjść dobrze chętnie niestety dzień"
    " dobry przepraszam",
    "mulțumesc mulțumim mersi vin venim voi vom veni pot putem cu plăcere bine din păcate îmi pare rău bună ziua",
    "ধন্যবাদ আমি আমরা আসব আসবো আসতে পারব পারবো দুঃখিত আছে ঠিক",
)
"""What people write around a yes or a no that changes nothing about it."""

NUMBERED = {1: True, 2: False}
"""In whichever digits they are typed."""


def yes_or_no(text: str) -> bool | None:
    """True for a yes, False for a no, None for everything else: then a person reads it.

    Nobody is guessed: a question, both at once, or one word that we do not know ("no problem", "yes if it is after
    five", „nie wiem”) is for a person.
    """
    said = bare(text)
    if said.isdecimal():
        return NUMBERED.get(int(said)) if len(said) == 1 else None
    if "?" in text or "؟" in text:
        return None
    words = set(said.split())
    yes, no = bool(words & YES), bool(words & NO)
    return yes if yes != no and words <= YES | NO | BESIDES else None
