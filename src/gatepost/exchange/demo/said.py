"""What the cast of the demonstration has told the school of themselves: by the same services as any family's words."""

from __future__ import annotations

from datetime import timedelta

from gatepost.core import clock
from gatepost.exchange.demo import cast
from gatepost.know import services as know
from gatepost.know.models import Adult, Care, Child
from gatepost.org.actor import Actor, Tier
from gatepost.org.models import Person, Role, School

WISHES: dict[str, dict[str, object]] = {
    "ruth": {"no_voice_calls": True, "channel_order": ["sms", "email"]},
    "mark": {"speaks_first": "first", "times": ["evening"]},
    "una": {"speaks_first": "after"},
    "gran": {"channel_order": ["letter", "sms"]},
    "bilal": {"times": ["afternoon", "weekend"]},
}
LANGUAGES = {
    "amina": {"speaks": ["so"], "reads": ["so"]},
    "hina": {"speaks": ["pa-Arab", "ur"]},
    "nadia": {"speaks": ["pt"]},
    "ruth": {"signs": ["bfi"]},
}
NEEDS = {
    "ruth": {"quiet_room": "Good light, so that I see the interpreter’s hands."},
    "gran": {"step_free": "", "large_print": ""},
    "foster": {"parking": "I bring a baby as well."},
}
BARRIERS = {
    "bilal": {"time": "I work nights until six."},
    "nadia": {"right_person": "I never know whom to ask.", "childcare": ""},
    "una": {"own_schooling": "I was told off in every room of this building."},
    "noor": {"transport": "Two buses."},
}
STRENGTHS = (
    ("hina", "میں اکاؤنٹنٹ ہوں۔ بچوں کو حساب سکھانا مجھے اچھا لگے گا۔", "ur", ["evening"]),
    ("gran", "I knit, and I remember this school when it had one room.", "en", ["after_school"]),
    ("jo", "I drive a minibus and do not mind the rain.", "en", ["weekend"]),
    ("sami", "میں بڑھئی ہوں، لکڑی کا کام سکھا سکتا ہوں۔", "ur", ["weekend"]),
)
FACETS = {
    "mark": ["father", "lives_apart"],
    "jo": ["lone_parent"],
    "ruth": ["disabled"],
    "amina": ["new_here", "minority_ethnic"],
    "hina": ["minority_ethnic"],
    "gran": ["disabled_child"],
}
TEAMS = (
    ("ayan", "Ms Ode", "key worker", 90, None),
    ("tyler", "Mrs Bell", "safeguarding contact", 100, None),
    ("owen", "Mr Nye", "reading support", 200, 40),
    ("owen", "Ms Ode", "key worker", 40, None),
)
HOMES = (
    ("kai", ["gran"], "12 Weir Street\nElm Park"),
    ("yusuf", ["noor", "sami"], "12 Mill Lane\nElm Park"),
    ("zara", ["hina", "bilal"], "3 Chapel Row\nElm Park"),
)
SECRET_HOMES = (("tyler", ["dawn"], "Flat 4, The Old Dairy\nFar Lane"),)


def fill_said(school: School) -> None:
    """Languages, wishes, needs, barriers, strengths, homes and teams of the cast."""
    names = {row.key: row.name for row in cast.ADULTS}
    adults = {key: Adult.objects.get(source_key__endswith=f":C-{key}", name=name) for key, name in names.items()}
    children = {key: Child.objects.get(name=name) for key, name in cast.CHILDREN.items()}
    teacher, office = _actor(school, "Ms Ode", Role.TEACHER), _actor(school, "Mrs Finch", Role.OFFICE)
    _say(adults, teacher)
    for key, kinds in FACETS.items():
        know.say_facets(adults[key], kinds, by=office)
    care = Care.objects.get(adult=adults["gran"], child=children["kai"])
    know.say_facts(care, {"may_collect": "yes", "is_parent": "yes", "receives_reports": "yes"}, by=office)
    _homes(school, adults, children, office)
    today = clock.today()
    for key, who, role, begun, ended in TEAMS:
        person = Person.objects.get(name=who, jobs__school=school)
        since = today - timedelta(days=begun)
        member = know.join_team(children[key], person, role=role, from_on=since, by=office)
        if ended is not None:
            know.leave_team(member, until_on=today - timedelta(days=ended), by=office)


def _say(adults: dict[str, Adult], by: Actor) -> None:
    for key, wishes in WISHES.items():
        know.say_wishes(adults[key], wishes, by=by)
    for key, languages in LANGUAGES.items():
        know.say_languages(adults[key], languages, by=by)
    for key, needs in NEEDS.items():
        know.say_needs(adults[key], needs, by=by)
    for key, barriers in BARRIERS.items():
        know.say_barriers(adults[key], barriers, by=by)
    for key, words, language, times in STRENGTHS:
        know.add_strength(adults[key], words, language=language, times=times, by=by)


def _homes(school: School, adults: dict[str, Adult], children: dict[str, Child], by: Actor) -> None:
    for homes, secret in ((HOMES, False), (SECRET_HOMES, True)):
        for child, keys, address in homes:
            members: list[Adult | Child] = [children[child], *(adults[key] for key in keys)]
            household = know.found_household(members, organisation=school.organisation_id, by=by)
            if secret:
                know.hide_address(household, address=address, by=by)
            else:
                know.show_address(household, address, by=by)


def _actor(school: School, name: str, role: Role) -> Actor:
    return Actor(
        person_id=Person.objects.get(name=name, jobs__school=school).pk,
        schools=frozenset([school.pk]),
        organisation=school.organisation_id,
        acting_role=role,
        tier=Tier.STAFF,
    )
