"""Makes up the roster of Elm Park Primary, always the same one, in the format that any school can send."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from random import Random

from gatepost.exchange.demo import cast
from gatepost.exchange.demo.names import COMMUNITIES, Community
from gatepost.exchange.roster.own_csv import ALL, CONTACTS, contact_columns

SEED = 20260901
CLASS_SIZE = 30
AUTUMN = 2026  # the school year that the birthdays belong to
STAFF_MAIL = "{}@elmpark.example.org"
FIRST_FREE_NUMBER = 200  # Ofcom's numbers for drama: 07700 900000 to 900999; the cast has the first ones


@dataclass(frozen=True)
class Class:
    """A class and its teacher."""

    name: str
    age: int  # years old on 1 September
    teacher: str

    @property
    def year(self) -> str:
        """As schools say it."""
        return "R" if self.age == 4 else str(self.age - 4)

    @property
    def teacher_email(self) -> str:
        """Where its teacher gets mail."""
        return STAFF_MAIL.format(_plain(self.teacher.split()[-1]))


CLASSES = (
    Class("Wrens", 4, "Miss Ansah"),
    Class("Goldcrests", 4, "Mrs Lowe"),
    Class("Larks", 5, "Mr Sandhu"),
    Class("Linnets", 5, "Miss Brady"),
    Class("Owls", 6, "Pat Rowe"),
    Class("Swifts", 6, "Mrs Iqbal"),
    Class("Herons", 7, "Mr Tait"),
    Class("Curlews", 7, "Miss Zielińska"),
    Class("Kingfishers", 8, "Ms Ode"),
    Class("Robins", 8, "Mr Nye"),
    Class("Falcons", 9, "Mrs Hughes"),
    Class("Kestrels", 9, "Mr Farouk"),
    Class("Swans", 10, "Miss Clarke"),
    Class("Ospreys", 10, "Mr Dobson"),
)
CAST_CLASS = "Kingfishers"


@dataclass
class Contact:
    """One adult on one pupil's row."""

    key: str
    name: str
    relationship: str
    responsibility: str = "yes"
    lives_with: str = "yes"
    language: str = "en"
    interpreter: str = ""
    email: str = ""
    mobile: str = ""
    person_email: str = ""

    def cells(self, order: int) -> list[str]:
        """In the order of the columns."""
        told = [self.key, self.name, self.relationship, self.responsibility, self.lives_with, self.language]
        return [*told, self.interpreter, self.email, self.mobile, str(order), self.person_email]


@dataclass
class Pupil:
    """One child and their contacts."""

    name: str
    group: Class
    born_on: date
    contacts: list[Contact] = field(default_factory=list)


def write_roster(path: Path) -> int:
    """Write the roster of the whole school. Returns how many pupils are on it."""
    pupils = sorted(_pupils(), key=lambda pupil: (CLASSES.index(pupil.group), pupil.name))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(ALL)
        for number, pupil in enumerate(pupils, start=1):
            writer.writerow(_cells(number, pupil))
    return len(pupils)


def _cells(number: int, pupil: Pupil) -> list[str]:
    group = pupil.group
    own = [f"P{number:04}", pupil.name, "", pupil.born_on.isoformat(), group.year, group.name]
    contacts = [cell for order, contact in enumerate(pupil.contacts, start=1) for cell in contact.cells(order)]
    blank = [""] * (len(contact_columns(1)) * (CONTACTS - len(pupil.contacts)))
    return [*own, group.teacher_email, group.teacher, *contacts, *blank]


def _pupils() -> list[Pupil]:
    maker = _Maker(Random(SEED))  # noqa: S311  the same families every time, not a secret
    pupils = list(maker.cast())
    room = {group.name: CLASS_SIZE for group in CLASSES}
    for pupil in pupils:
        room[pupil.group.name] -= 1
    while sum(room.values()):
        free = [group for group in CLASSES if room[group.name]]
        for pupil in maker.family(free):
            pupils.append(pupil)
            room[pupil.group.name] -= 1
    return pupils


class _Maker:
    """Makes families up, one after the other."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.numbers = list(range(FIRST_FREE_NUMBER, 1000))
        random.shuffle(self.numbers)
        self.keys = count(1001)
        self.mailboxes: set[str] = {row.email for row in cast.ADULTS}
        self.names: set[str] = {row.name for row in cast.ADULTS} | set(cast.CHILDREN.values())

    def cast(self) -> Iterator[Pupil]:
        """The cast, all in Ms Ode's class."""
        group = next(group for group in CLASSES if group.name == CAST_CLASS)
        adults = {row.key: row for row in cast.ADULTS}
        for key, name in cast.CHILDREN.items():
            pupil = Pupil(name, group, self._birthday(group))
            for care in (care for care in cast.CARES if care.child == key):
                adult = adults[care.adult]
                pupil.contacts.append(
                    Contact(
                        f"C-{adult.key}",
                        adult.name,
                        care.relationship,
                        care.responsibility if care.responsibility != "unknown" else "",
                        care.lives_with if care.lives_with != "unknown" else "",
                        adult.language,
                        adult.interpreter,
                        adult.email,
                        adult.mobile,
                        STAFF_MAIL.format("rowe") if adult.key == "pat" else "",
                    )
                )
            yield pupil

    def family(self, free: list[Class]) -> Iterator[Pupil]:
        """One to three brothers and sisters of different ages, and the adults in their lives."""
        community = self.random.choices(COMMUNITIES, [each.weight for each in COMMUNITIES])[0]
        surname = self.random.choice(community.families)
        wanted = self.random.choices([1, 2, 3], [74, 23, 3])[0]
        ages = self.random.sample(sorted({group.age for group in free}), min(wanted, len({g.age for g in free})))
        adults = self._adults(community, surname)
        for age in sorted(ages, reverse=True):
            group = self.random.choice([group for group in free if group.age == age])
            given = community.girls if self.random.random() < 0.5 else community.boys
            pupil = Pupil(self._unused(given, surname), group, self._birthday(group))
            pupil.contacts.extend(adults)
            yield pupil

    def _adults(self, community: Community, surname: str) -> list[Contact]:
        mother = self._adult(community, community.women, surname, "mother")
        father = self._adult(community, community.men, surname, "father")
        kind = self.random.choices(["together", "apart", "mother", "father", "gran"], [64, 23, 9, 3, 1])[0]
        if kind == "apart":
            father.lives_with = "no"
            father.responsibility = self.random.choice(["yes", "yes", "yes", "no", ""])
        adults = {
            "together": [mother, father],
            "apart": [mother, father],
            "mother": [mother],
            "father": [father],
            "gran": [self._adult(community, community.women, surname, "grandmother", responsibility="no")],
        }[kind]
        if self.random.random() < 0.28:
            helper = self._adult(community, community.women, self.random.choice(community.families), "")
            helper.relationship = self.random.choice(["emergency contact", "friend", "aunt", "grandmother"])
            helper.responsibility, helper.lives_with, helper.email = "", "no", ""
            adults.append(helper)
        return adults

    def _adult(
        self, community: Community, given: tuple[str, ...], surname: str, relationship: str, responsibility: str = "yes"
    ) -> Contact:
        name = self._unused(given, surname)
        language = community.language if self.random.random() < 0.6 else "en"
        if self.random.random() < 0.12:
            language = ""
        adult = Contact(f"C{next(self.keys)}", name, relationship, responsibility, language=language)
        if language not in {"en", ""} and self.random.random() < 0.3:
            adult.interpreter = language
        if self.random.random() < 0.72 and self.numbers:
            adult.mobile = f"07700 900{self.numbers.pop():03}"
        if not adult.mobile or self.random.random() < 0.5:
            adult.email = self._mailbox(name) if self.random.random() < 0.9 else ""
        return adult

    def _unused(self, given: tuple[str, ...], surname: str) -> str:
        """A name that nobody here has yet, with a second given name where the list has run out."""
        for _ in range(len(given)):
            name = f"{self.random.choice(given)} {surname}"
            if name not in self.names:
                break
        else:
            name = f"{self.random.choice(given)} {self.random.choice(given)} {surname}"
        self.names.add(name)
        return name

    def _mailbox(self, name: str) -> str:
        plain = _plain(name)
        for number in count(1):
            address = f"{plain}{number if number > 1 else ''}@example.org"
            if address not in self.mailboxes:
                self.mailboxes.add(address)
                return address
        raise AssertionError("counting never ends")

    def _birthday(self, group: Class) -> date:
        first = date(AUTUMN - group.age - 1, 9, 1)
        return first + timedelta(days=self.random.randrange(365))


def _plain(name: str) -> str:
    """Letters that any mailbox takes."""
    bare = unicodedata.normalize("NFKD", name.lower().replace("ł", "l"))
    return "".join(letter for letter in bare if letter.isascii()).replace(" ", ".")
