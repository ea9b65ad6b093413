"""The verbs of coming together: plan, invite, book, move, give back, say no, note who came."""

from gatepost.meet.services.another import say_another_way, settle_another_way
from gatepost.meet.services.arrivals import begin_kiosk, end_kiosk, key_paper, match, not_ours, sign_in
from gatepost.meet.services.attending import note_who_came
from gatepost.meet.services.booking import Overtaken, book, give_back, say_no, take_back, wish, withdraw
from gatepost.meet.services.calling_off import call_off
from gatepost.meet.services.coming_along import say_along
from gatepost.meet.services.evening import arrive, by_text, say_late, walk_in
from gatepost.meet.services.following import begin_feed, end_feed, feed_of
from gatepost.meet.services.inviting import invite
from gatepost.meet.services.placing import change_place
from gatepost.meet.services.planning import Plan, plan_event
from gatepost.meet.services.waiting import stop_waiting, wait
from gatepost.meet.services.wishing import wish_also
from gatepost.meet.wishes import Wishes

__all__ = [
    "Overtaken",
    "Plan",
    "Wishes",
    "arrive",
    "begin_feed",
    "begin_kiosk",
    "book",
    "by_text",
    "call_off",
    "change_place",
    "end_feed",
    "end_kiosk",
    "feed_of",
    "give_back",
    "invite",
    "key_paper",
    "match",
    "not_ours",
    "note_who_came",
    "plan_event",
    "say_along",
    "say_another_way",
    "say_late",
    "say_no",
    "settle_another_way",
    "sign_in",
    "stop_waiting",
    "take_back",
    "wait",
    "walk_in",
    "wish",
    "wish_also",
    "withdraw",
]
