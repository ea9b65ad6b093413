"""The disclosure gate: who may receive which kind of fact about which child, now.

Pure: frozen facts in, a decision with a rule id out. `know` collects the facts, `reach` and every family page ask.
Two failures weigh the same here: a true fact that reaches the wrong adult, and a parent who is left out without a rule.
"""

from gatepost.disclosure.disclosed import Disclosed
from gatepost.disclosure.facts import Bar, CareFacts, Fact, OrderFacts, Standing, Tri
from gatepost.disclosure.gate import RULES, Decision, Verdict, decide

__all__ = [
    "RULES",
    "Bar",
    "CareFacts",
    "Decision",
    "Disclosed",
    "Fact",
    "OrderFacts",
    "Standing",
    "Tri",
    "Verdict",
    "decide",
]
