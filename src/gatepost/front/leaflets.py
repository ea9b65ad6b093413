"""What the law gives parents, one leaflet for each right: in plain words, with the law it comes from and whom to ask.

Nobody's advice: what stands here was written by us from the law as it stood on `CHECKED`. School words that have to
stay English, since letters and offices use them, stand in gaps (`TERMS`); the page explains them below.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHECKED = date(2026, 11, 23)
"""The day on which we last held these leaflets to the law."""

TERMS = {
    "plan": "EHC plan",
    "assessment": "EHC needs assessment",
    "sendiass": "SENDIASS",
    "senco": "SENCO",
    "dsl": "DSL",
    "offer": "Local Offer",
    "report": "SEN information report",
}
"""The words that stay English in every language."""

OFFICE = _("Ask the school office. They find the right person for you.")
FREE_ADVICE = _(
    "%(sendiass)s gives free advice and does not belong to the school. The office or the council has its number."
)
COUNCIL = _("Ask your council, or ask the school office to show you where.")


@dataclass(frozen=True)
class Leaflet:
    """One right: what it gives, what one can do, whom one asks, and where it stands in the law."""

    slug: str
    title: Promise
    says: tuple[Promise, ...]
    do: Promise
    ask: Promise
    law: tuple[str, ...]
    in_scotland: bool = False  # some of it is the law of Scotland; all else is England's

    @property
    def words(self) -> tuple[Promise, ...]:
        """Every string of it."""
        return (self.title, *self.says, self.do, self.ask)


LEAFLETS = (
    Leaflet(
        "records",
        _("See what the school keeps about your child"),
        (
            _("You can ask to see what the school has written down about your child, and about you."),
            _("You get an answer within one month. If it is a lot, it may take two months more."),
            _(
                "If your school belongs to the council, you can see the school record of your child within 15 "
                "school days. You ask for it in writing. Academies need not be as fast."
            ),
        ),
        _("Ask in any way you like. In writing is best: then you know the day on which you asked."),
        OFFICE,
        ("UK GDPR and Data Protection Act 2018, right of access", "SI 2005/1437 (pupil information, England)"),
    ),
    Leaflet(
        "your-data",
        _("Complain about what happens to your data"),
        (
            _("You can complain to the school about how it uses what it knows of you and your child."),
            _(
                "Within 30 days the school must say that it has your complaint. Then it must look into it and "
                "keep telling you how it goes."
            ),
        ),
        _("Say what happened, and what you would like to be put right."),
        OFFICE,
        ("Data Protection Act 2018, section 164A (in force from 19 June 2026)",),
    ),
    Leaflet(
        "every-parent",
        _("Every parent counts"),
        (
            _(
                "For the school, the mother and the father are parents, and whoever the law gives that role. So are "
                "you if the child lives with you and you look after it."
            ),
            _(
                "All parents are told the same and asked the same, wherever they live. Only a court can change "
                "that, or a serious danger for a child."
            ),
            _("Once a year you get a written report about how your child is getting on."),
        ),
        _("Do you not hear from the school? Tell the office that you are a parent, and where to reach you."),
        OFFICE,
        (
            "Education Act 1996, section 576",
            "DfE guidance on parental responsibility (August 2023)",
        ),
    ),
    Leaflet(
        "extra-help",
        _("Be told when your child gets extra help"),
        (
            _("The school must tell you when it begins to give your child special help with learning."),
            _("You, your child and the school plan the help together. Then you look at how it went, and plan again."),
            _(
                "At least three times a year the school should sit down and talk with you about it. You should "
                "get what was agreed in writing."
            ),
        ),
        _("Ask the teacher or the %(senco)s: What help does my child get? How do we know that it works?"),
        FREE_ADVICE,
        (
            "Children and Families Act 2014, section 68",
            "SEND Code of Practice (2015), 6.44 and 6.65 to 6.71",
        ),
    ),
    Leaflet(
        "school-report",
        _("Read how the school helps"),
        (
            _(
                "Each school must say on its website how it helps children who find learning hard. It does so "
                "anew each year, in its %(report)s."
            ),
            _("There you read who helps, how parents are asked, and how you can complain."),
        ),
        _("Do you not find it, or is it hard to read? Ask the %(senco)s to go through it with you."),
        OFFICE,
        ("SI 2014/1530 (special needs, England), Schedule 1",),
    ),
    Leaflet(
        "assessment",
        _("Ask for a close look at what your child needs"),
        (
            _(
                "Does your child need more help than the school can give? You can ask the council for an "
                "%(assessment)s yourself."
            ),
            _(
                "Within 6 weeks the council must say yes or no. If there is to be an %(plan)s, it must be there "
                "within 20 weeks. In a few cases it may take longer, such as in the summer holidays."
            ),
            _(
                "You see the plan before it is final. Then you have at least 15 days to say what you think, and "
                "to name the school you want."
            ),
        ),
        _("Write to the council, or ask the school to write with you. Keep a copy with the day on it."),
        FREE_ADVICE,
        ("Children and Families Act 2014, Part 3", "SI 2014/1530, regulations 5, 10 and 13"),
    ),
    Leaflet(
        "yearly-review",
        _("Have your say when the plan is looked at"),
        (
            _("If your child has an %(plan)s, you look at it together with the school at least every 12 months."),
            _(
                "You are invited at least two weeks before. What others have written about your child is sent to "
                "you two weeks before, too."
            ),
            _("Within four weeks of the meeting the council must say if the plan stays, changes or ends."),
        ),
        _("Think before: What goes well? What should change? You can say it in your own language."),
        FREE_ADVICE,
        ("SI 2014/1530, regulations 20 and 22", "R (L, M and P) v Devon [2022] EWHC 493"),
    ),
    Leaflet(
        "disagree",
        _("When you do not agree with the council"),
        (
            _(
                "Did the council say no to an %(assessment)s or an %(plan)s? Or is the plan not right? You can "
                "ask others to look at it again."
            ),
            _(
                "First you speak with a mediation adviser. You have two months from the day on the letter. If it "
                "is only about which school, you need not."
            ),
            _(
                "Then you can go to a tribunal. You have two months from the letter, or one month from the paper "
                "of the adviser. The later day counts."
            ),
        ),
        _("Ask for help soon after the letter has come. The days go by fast."),
        FREE_ADVICE,
        ("Children and Families Act 2014, sections 51 to 57", "SI 2014/1530, mediation and regulation 32"),
    ),
    Leaflet(
        "free-advice",
        _("Free advice that is not from the school"),
        (
            _(
                "Each council must see to it that parents of children who find learning hard get free advice. It "
                "is called %(sendiass)s."
            ),
            _(
                "It helps you to know the law, and to say what you want. It is not on the side of the school or "
                "the council."
            ),
        ),
        _("Ask early, also if you only want to talk it over."),
        COUNCIL,
        ("Children and Families Act 2014, section 32",),
    ),
    Leaflet(
        "help-near-you",
        _("Find help near you"),
        (
            _(
                "Each council must keep a list of all the help for children who find learning hard or have a "
                "disability. It is called the %(offer)s."
            ),
            _(
                "You can say what is missing, or not good. The council must show what families have said, and "
                "what it will do about it."
            ),
            _("It must be there for people without the internet, too."),
        ),
        _("Look for the help you need: clubs, advice, money, transport, health. Then ask who decides, and how."),
        COUNCIL,
        ("SI 2014/1530, regulations 53 to 57 and Schedule 2",),
    ),
    Leaflet(
        "own-budget",
        _("Choose the help yourself, with a budget"),
        (
            _(
                "If your child has an %(plan)s, or is about to get one, you can ask the council for a personal "
                "budget. It must then work out how much money there is for which help."
            ),
            _("It looks with you at how it goes within the first three months, and then each year."),
            _(
                "If the money is cut or stopped, you get the reasons in writing before. You can ask once that it "
                "is thought over again."
            ),
        ),
        _("Ask while the plan is made, or when it is looked at."),
        FREE_ADVICE,
        ("Children and Families Act 2014, section 49", "SI 2014/1652 (personal budgets, England)"),
    ),
    Leaflet(
        "bring-somebody",
        _("Bring somebody with you"),
        (
            _(
                "In Scotland you have a right to bring somebody when you talk about extra help for your child. "
                "In England you have it when a panel hears your complaint."
            ),
            _(
                "You can ask for it at any other talk, too. It may be a friend, a relative, or somebody who "
                "speaks for you."
            ),
        ),
        _("Tell the school before that somebody comes with you. You need not say why."),
        OFFICE,
        (
            "Education (Additional Support for Learning) (Scotland) Act 2004, section 14",
            "Education (Independent School Standards) Regulations 2014, Part 7",
        ),
        in_scotland=True,
    ),
    Leaflet(
        "complain",
        _("Complain, and be heard"),
        (
            _(
                "Is something not right? Tell somebody you know at the school, as soon as you can. That is often "
                "enough."
            ),
            _(
                "If it is not, write to the school. Each school must have a way to complain, and tell you how. "
                "Many ask you to write within three months."
            ),
            _(
                "At an academy you can then speak to at least three people who had no part in it. One of them "
                "does not help to run the school. You may bring somebody, and you are told what they found."
            ),
        ),
        _("Say what happened, when, and what would make it good."),
        OFFICE,
        ("Education Act 2002, section 29", "Education (Independent School Standards) Regulations 2014, Part 7"),
    ),
    Leaflet(
        "have-a-say",
        _("Help to run the school"),
        (
            _("At a school of the council, those who run it must think about what parents say."),
            _(
                "Parents choose some of them. When there is a free place, the school must tell all parents. You "
                "can stand for it and you can vote, on paper too."
            ),
        ),
        _("Ask when the next vote is, or come to a meeting of parents first."),
        OFFICE,
        ("Education Act 2002, section 21(7)", "SI 2012/1034, Schedule 1"),
    ),
    Leaflet(
        "who-may-know",
        _("Say who may know what"),
        (
            _("If several services help your family, they ask you first what they may tell each other."),
            _("You can say yes to one and no to another, and you can take it back."),
            _(
                "Only if a child may come to serious harm may they share without asking you. Then they must "
                "write down why."
            ),
        ),
        _("Ask to see the paper on which you agree, and keep a copy of it."),
        OFFICE,
        ("Working Together to Safeguard Children (2023)",),
    ),
)
