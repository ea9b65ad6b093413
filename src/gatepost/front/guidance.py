"""What every parent may want to know, whether the school has met them yet or not: a few short pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gatepost.front.leaflets import FREE_ADVICE


@dataclass(frozen=True)
class Guidance:
    """One page: a title and a few sentences, each a thought of its own."""

    slug: str
    title: Promise
    says: tuple[Promise, ...]


GUIDANCE = (
    Guidance(
        "at-home",
        _("What you can do at home"),
        (
            _("Five minutes a day count. You need nothing for it, and you need not be a teacher."),
            _(
                "Talk with your child in the language you speak best. It helps your child to learn, and to learn "
                "English, too."
            ),
            _("Ask: What was new today? What was hard? What made you laugh?"),
            _("Read together, or look at the pictures and tell the story. Any language is right."),
            _("Cook, count, mend, sing, go for a walk: children learn from all of it."),
            _("Say what went well. Children try again when somebody has seen it."),
            _("Does it not work? Tell the teacher. We look for another way together."),
        ),
    ),
    Guidance(
        "a-talk",
        _("What a talk with the school is like"),
        (
            _("When a teacher wants to talk with you, it does not mean that something is wrong."),
            _("You sit down together, with time. First the school listens."),
            _("You say what your child is good at, what you hope for, and what worries you."),
            _("Together you choose one or two things. The school says what it will do, and by when."),
            _("Then you get it in writing. You can say if it is not right."),
            _(
                "You can bring somebody, and you can ask for an interpreter. Your child need not be the one who "
                "translates."
            ),
            _("Is it hard for you to come? It can be by phone, or at another place. Tell us."),
        ),
    ),
    Guidance(
        "whom-to-ask",
        _("Whom to ask"),
        (
            _("About lessons, friends and how your child feels: the teacher."),
            _("About extra help with learning: the %(senco)s."),
            _("If you worry that a child is not safe: the %(dsl)s, at once. In danger, ring 999."),
            _("About phone numbers, languages, letters and lunch: the school office."),
            _("You do not know whom to ask? Ask the office, or anybody you know at the school."),
            FREE_ADVICE,
        ),
    ),
    Guidance(
        "what-you-tell-us",
        _("What happens to what you tell us"),
        (
            _("The school keeps what it needs so that your child can learn well."),
            _("What you say in a talk is for those who work with your child, and for the head."),
            _("Other parents do not see your phone number, where you live, or what you answer."),
            _("You can see what is kept about you, and say what is not right."),
            _(
                "Too many messages? Tell us, or use the way out in the message itself. What is about your own "
                "child still comes."
            ),
            _("If a child may be in danger, the school tells those who keep children safe."),
        ),
    ),
)
