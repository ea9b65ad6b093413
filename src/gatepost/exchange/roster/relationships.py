"""What the words of a roster say about an adult's place in a child's life; listed in docs/reference/roster-csv.md."""

from __future__ import annotations

import re

from gatepost.disclosure import Standing, Tri

PARENT = frozenset(
    {
        *("mother", "father", "parent", "mum", "mummy", "mam", "dad", "daddy", "birth mother", "birth father"),
        *("adoptive mother", "adoptive father", "adoptive parent", "pam", "paf"),
    }
)
CARER = frozenset(
    {
        *("guardian", "legal guardian", "special guardian", "carer", "kinship carer", "car"),
        *("foster carer", "foster parent", "foster mother", "foster father", "fom", "fof"),
    }
)
CARER_AT_HOME = frozenset(
    {
        *("step parent", "step mother", "step father", "stepparent", "stepmother", "stepfather", "stp", "stm", "stf"),
        *("grandmother", "grandfather", "grandparent", "gran", "nan", "grandad", "granddad", "grm", "grf"),
        *("aunt", "auntie", "uncle", "relative", "other relative", "rel", "family member", "fam"),
    }
)
EMERGENCY_ONLY = frozenset(
    {
        *("emergency", "emergency contact", "emergencycontact", "emergency only", "emergency contact only"),
        *("neighbour", "neighbor", "friend", "family friend", "faf", "childminder", "child minder", "chm"),
        *("doctor", "doc", "gp", "aide", "counselor", "counsellor"),
    }
)


def standing_of(words: str, *, responsibility: Tri, lives_with: Tri) -> Standing:
    """Parent, carer or emergency contact, where the source says so; all else is unknown and waits for the office.

    Whoever has parental responsibility is told, whatever they are called. A relative is taken for a carer where the
    child lives with them, and nowhere else: nobody guesses.
    """
    plain = re.sub(r"[\s/_-]+", " ", words).strip(" .").casefold()
    if plain in PARENT:
        return Standing.PARENT
    if plain in CARER or responsibility == Tri.YES:
        return Standing.CARER
    if plain in CARER_AT_HOME and lives_with == Tri.YES:
        return Standing.CARER
    return Standing.EMERGENCY_ONLY if plain in EMERGENCY_ONLY else Standing.UNKNOWN
