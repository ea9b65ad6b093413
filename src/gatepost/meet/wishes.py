"""What a family asks for besides a time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gatepost.meet.models import Arrangement, Booking, Seat


@dataclass(frozen=True)
class Wishes:
    """What stands beside a time: said with it, or later."""

    talk_about: str = ""
    supporter: str = ""
    interpreter: str = ""
    elsewhere: bool = False
    help: tuple[str, ...] = ()  # kinds of `Arrangement`
    way: str = ""  # a value of `Way` that the event offers; blank: as the event says
    where: str = ""
    supporter_role: str = ""  # who they are to them
    advocate: bool = False  # the supporter speaks for them
    child: bool = False  # comes, too
    second_parent: bool = False  # the child's other parent comes, too
    interpreter_wish: str = ""  # while no interpreter is found: a value of `InterpreterBooking.Wish`; blank: not said

    def besides(self, more: Wishes) -> Wishes:
        """These, and what was asked for later: nothing that was said before is lost by it."""
        return replace(
            self,
            talk_about=more.talk_about,
            child=more.child or self.child,
            second_parent=more.second_parent or self.second_parent,
            interpreter=more.interpreter or self.interpreter,
            elsewhere=more.elsewhere or self.elsewhere,
            help=tuple(dict.fromkeys((*self.help, *more.help))),
            interpreter_wish=more.interpreter_wish,
            way=more.way or self.way,
            where=more.where if more.way else self.where,
        )


def wishes_at(booking: Booking) -> Wishes:
    """What stands beside this time. Help that is arranged already stays, whatever is asked for."""
    seats = {seat.kind: seat for seat in booking.seats.all()}
    advocate, spoken = seats.get(Seat.Kind.ADVOCATE), seats.get(Seat.Kind.INTERPRETER)
    along = advocate or seats.get(Seat.Kind.SUPPORTER)
    waits = Arrangement.objects.filter(invitation=booking.invitation_id, at=None)
    return Wishes(
        supporter=along.detail if along else "",
        supporter_role=along.role if along else "",
        advocate=advocate is not None,
        child=Seat.Kind.CHILD in seats,
        second_parent=Seat.Kind.SECOND_PARENT in seats,
        interpreter=spoken.detail if spoken else "",
        elsewhere=booking.elsewhere,
        help=tuple(waits.values_list("kind", flat=True)),
        way=booking.way,
        where=booking.where,
    )
