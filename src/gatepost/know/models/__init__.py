"""What a school knows of its families: children, adults, what joins them, and what adults say of themselves."""

from gatepost.know.models.adults import Adult, Channel, ContactPoint, SpeaksFirst, TimeOfDay, Together
from gatepost.know.models.children import FACTS, Basis, Care, Child, Group, TeamMember
from gatepost.know.models.history import AdultChange, AdultMerge, ChildChange
from gatepost.know.models.households import Household, HouseholdMember, SealedAddress
from gatepost.know.models.orders import Order, OrderKind, Paper
from gatepost.know.models.said import AccessNeed, AdultLanguage, Barrier, Facet, Strength

__all__ = [
    "FACTS",
    "AccessNeed",
    "Adult",
    "AdultChange",
    "AdultLanguage",
    "AdultMerge",
    "Barrier",
    "Basis",
    "Care",
    "Channel",
    "Child",
    "ChildChange",
    "ContactPoint",
    "Facet",
    "Group",
    "Household",
    "HouseholdMember",
    "Order",
    "OrderKind",
    "Paper",
    "SealedAddress",
    "SpeaksFirst",
    "Strength",
    "TeamMember",
    "TimeOfDay",
    "Together",
]
