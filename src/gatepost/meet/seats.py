"""Who may sit at a meeting besides the adult and the host: what each may see of it in Gatepost, and when that ends.

One line for each kind of seat. The pages and messages keep to it; staff read it where they make a meeting ready.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gatepost.meet.models import Seat

_HANDED_ON = _("This meeting, behind the link that the parent hands on. It ends with it, or when they say.")
_INVITED = _("When and where, never about whom. Nothing afterwards.")
SEES: dict[str, str | Promise] = {
    Seat.Kind.SECOND_PARENT: _(
        "On their own link: when and where. It ends when one of the two says no, or afterwards."
    ),
    Seat.Kind.CHILD: _("Nothing."),
    Seat.Kind.SUPPORTER: _HANDED_ON,
    Seat.Kind.ADVOCATE: _HANDED_ON,
    Seat.Kind.INTERPRETER: _("When and where, never for whom. Nothing afterwards."),
    Seat.Kind.PROFESSIONAL: _INVITED,
    Seat.Kind.AMBASSADOR: _INVITED,
}
OF_THE_SCHOOL = (Seat.Kind.PROFESSIONAL, Seat.Kind.AMBASSADOR)  # whom the school asks to come
OF_THE_FAMILY = (Seat.Kind.SECOND_PARENT, Seat.Kind.CHILD, Seat.Kind.SUPPORTER, Seat.Kind.ADVOCATE)
