"""What the school offers for each barrier: a parent who names one is never left with the name alone."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gatepost.know.models import Barrier

type Words = str | Promise

ARRANGEMENTS: dict[str, Words] = {
    Barrier.Kind.TRANSPORT: _("Meet nearer home, by phone, or pay the fare."),
    Barrier.Kind.CHILDCARE: _("Bring the other children along: somebody looks after them."),
    Barrier.Kind.TIME: _("Offer early, late and weekend times, or a talk by phone."),
    Barrier.Kind.MONEY: _("Costs nothing: pay the fare, the food and what is needed."),
    Barrier.Kind.OWN_SCHOOLING: _("Meet outside the school, or let them bring somebody they trust."),
    Barrier.Kind.RIGHT_PERSON: _("Give one name and one number, and ring back the same day."),
    Barrier.Kind.LANGUAGE: _("Book an interpreter, and write in their language."),
    Barrier.Kind.HEALTH: _("Meet at home or by phone, with breaks, and ask what helps."),
    Barrier.Kind.PRESSURE: _("Write less: above so many messages a week, what can wait comes in one."),
    Barrier.Kind.OTHER: _("Ask what would make it easier, and write it down."),
}
"""Kind of barrier → what is offered. Every kind has a line; a test says so."""
