"""The cast: the families whose stories the product has to get right. The demo school and the tests share them."""

from __future__ import annotations

from dataclasses import dataclass

from gatepost.disclosure import Tri


@dataclass(frozen=True)
class CastAdult:
    """One adult of the cast, and how they are reached."""

    key: str
    name: str
    language: str = "en"  # what they read; blank: nobody has asked
    interpreter: str = ""
    mobile: str = ""
    email: str = ""


@dataclass(frozen=True)
class CastCare:
    """What the school's own system says of one adult and one child."""

    adult: str
    child: str
    relationship: str
    responsibility: Tri = Tri.YES
    lives_with: Tri = Tri.YES


CHILDREN = {
    "ayan": "Ayan Warsame",
    "zara": "Zara Hussain",
    "ella": "Ella Pell",
    "tyler": "Tyler Marsh",
    "mia": "Mia Whitlock",
    "owen": "Owen Hart",
    "lily": "Lily Dunn",
    "kai": "Kai Brookes",
    "yusuf": "Yusuf Rahman",
    "ines": "Ines Costa",
    "rory": "Rory Rowe",
    "finn": "Finn Doyle",
}

PIN = "4938"  # in the demonstration, of everybody of the cast who has chosen one
ONE_PHONE = "+447700900113"
ADULTS = (
    CastAdult("amina", "Amina Warsame", "so", "so", mobile="+447700900101"),  # an old phone
    CastAdult("hina", "Hina Hussain", "ur", mobile="+447700900102"),
    CastAdult("bilal", "Bilal Hussain", "ur", email="bilal.hussain@example.org"),
    CastAdult("jo", "Jo Pell", email="jo.pell@example.org"),
    CastAdult("mark", "Mark Pell", email="mark.pell@example.org"),
    CastAdult("kev", "Kev Marsh", email="kev.marsh@example.org"),
    CastAdult("dawn", "Dawn Marsh", email="dawn.marsh@example.org"),
    CastAdult("lee", "Lee Carver", email="lee.carver@example.org"),
    CastAdult("lees_ex", "Sara Whitlock", email="sara.whitlock@example.org"),
    CastAdult("ruth", "Ruth Hart", "en", "bfi", "+447700900110", "ruth.hart@example.org"),  # deaf, signs
    CastAdult("foster", "Grace Okafor", email="grace.okafor@example.org"),
    CastAdult("gran", "Maureen Brookes", mobile="+447700900112"),
    CastAdult("noor", "Noor Rahman", "ur", mobile=ONE_PHONE),
    CastAdult("sami", "Sami Rahman", "ur", mobile=ONE_PHONE),
    CastAdult("nadia", "Nadia Costa", ""),  # no telephone and no mailbox
    CastAdult("pat", "Pat Rowe", email="pat.rowe@example.org"),  # teaches here, too
    CastAdult("una", "Una Doyle", email="una.doyle@example.org"),
    CastAdult("em", "Emma Field", "", mobile="+447700900118"),
    CastAdult("rel", "Terry Dunn", "", mobile="+447700900119"),
)

CARES = (
    CastCare("amina", "ayan", "mother"),
    CastCare("hina", "zara", "mother"),
    CastCare("bilal", "zara", "father"),
    CastCare("jo", "ella", "mother"),
    CastCare("mark", "ella", "father", lives_with=Tri.NO),
    CastCare("dawn", "tyler", "mother"),
    CastCare("kev", "tyler", "father", lives_with=Tri.NO),
    CastCare("lees_ex", "mia", "mother"),
    CastCare("lee", "mia", "father", lives_with=Tri.NO),
    CastCare("ruth", "owen", "mother"),
    CastCare("em", "owen", "emergency contact", Tri.UNKNOWN, Tri.NO),
    CastCare("foster", "lily", "foster carer", Tri.NO),
    CastCare("rel", "lily", "", Tri.UNKNOWN, Tri.UNKNOWN),
    CastCare("gran", "kai", "grandmother", Tri.NO),
    CastCare("noor", "yusuf", "mother"),
    CastCare("sami", "yusuf", "father"),
    CastCare("nadia", "ines", "mother"),
    CastCare("pat", "rory", "mother"),
    CastCare("una", "finn", "mother", Tri.UNKNOWN, Tri.UNKNOWN),
)
