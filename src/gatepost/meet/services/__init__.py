"""The verbs of coming together: plan, invite, book, move, give back, say no, note who came."""

from gatepost.meet.services.attending import note_who_came
from gatepost.meet.services.booking import Overtaken, Wishes, book, give_back, say_no, take_back, wish, withdraw
from gatepost.meet.services.evening import arrive, by_text, say_late, walk_in
from gatepost.meet.services.inviting import invite
from gatepost.meet.services.planning import Plan, plan_event
from gatepost.meet.services.waiting import stop_waiting, wait

__all__ = [
    "Overtaken",
    "Plan",
    "Wishes",
    "arrive",
    "book",
    "by_text",
    "give_back",
    "invite",
    "note_who_came",
    "plan_event",
    "say_late",
    "say_no",
    "stop_waiting",
    "take_back",
    "wait",
    "walk_in",
    "wish",
    "withdraw",
]
