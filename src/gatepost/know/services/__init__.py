"""Verbs that change what the school knows of a family. Each leaves its lines in the history and the audit trail."""

from gatepost.know.services.bonds import join_team, leave_team, say_facts, settle
from gatepost.know.services.contacts import (
    add_contact,
    change_contact,
    contact_confirmed,
    contact_returned,
    end_contact,
    read_contact,
)
from gatepost.know.services.households import (
    found_household,
    hide_address,
    move_in,
    move_out,
    open_address,
    show_address,
)
from gatepost.know.services.orders import (
    agree_to_lift,
    ask_to_lift,
    hold,
    keep_order,
    prolong_order,
    read_order,
    record_order,
    record_orders,
)
from gatepost.know.services.said import (
    add_strength,
    change_strength,
    remove_strength,
    say_barriers,
    say_facets,
    say_languages,
    say_needs,
    say_wishes,
)

__all__ = [
    "add_contact",
    "add_strength",
    "agree_to_lift",
    "ask_to_lift",
    "change_contact",
    "change_strength",
    "contact_confirmed",
    "contact_returned",
    "end_contact",
    "found_household",
    "hide_address",
    "hold",
    "join_team",
    "keep_order",
    "leave_team",
    "move_in",
    "move_out",
    "open_address",
    "prolong_order",
    "read_contact",
    "read_order",
    "record_order",
    "record_orders",
    "remove_strength",
    "say_barriers",
    "say_facets",
    "say_facts",
    "say_languages",
    "say_needs",
    "say_wishes",
    "settle",
    "show_address",
]
