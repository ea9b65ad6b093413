"""Verbs that change what the school knows of a family. Each leaves its lines in the history and the audit trail."""

from gatepost.know.services.bonds import join_team, leave_team, record_order, say_facts, settle
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
    "change_contact",
    "change_strength",
    "contact_confirmed",
    "contact_returned",
    "end_contact",
    "found_household",
    "hide_address",
    "join_team",
    "leave_team",
    "move_in",
    "move_out",
    "open_address",
    "read_contact",
    "record_order",
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
