"""The disclosure gate: who may receive which kind of fact about which child, by which channel, now.

Pure: frozen facts in, a decision with a rule id out. `know` collects the facts, `reach` and every family page ask.
Two failures weigh the same here: a true fact that reaches the wrong adult, and a parent who is left out without a rule.
Begin with `table`: the rules, as a safeguarding lead reads them.
"""

from gatepost.disclosure.disclosed import Disclosed
from gatepost.disclosure.facts import Bar, CareFacts, ChannelFacts, Fact, OrderFacts, Standing, Tri, Way, read_first
from gatepost.disclosure.gate import RULES, Decision, Reader, Verdict, decide, decide_all

__all__ = [
    "RULES",
    "Bar",
    "CareFacts",
    "ChannelFacts",
    "Decision",
    "Disclosed",
    "Fact",
    "OrderFacts",
    "Reader",
    "Standing",
    "Tri",
    "Verdict",
    "Way",
    "decide",
    "decide_all",
    "read_first",
]
