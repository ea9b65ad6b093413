"""What was promised to be told, each attempt to tell it, what came back, and what stands beside it."""

from gatepost.reach.models.budget import FewAWeek, TextBudget
from gatepost.reach.models.documents import Document, Paragraph, Sense
from gatepost.reach.models.explain import Explain
from gatepost.reach.models.paper import PrintRun, Sheet
from gatepost.reach.models.praise import Celebrated, Success
from gatepost.reach.models.recordings import Recording
from gatepost.reach.models.telling import (
    Answer,
    Ask,
    Delivery,
    Draft,
    FamilyLink,
    IncomingText,
    LinkCode,
    Notice,
    OptOut,
    PaperCode,
    Pin,
    PostRoomCopy,
    Touch,
)
from gatepost.reach.models.threads import Broadcast, Message, Thread, Treated
from gatepost.reach.models.translations import Translation
from gatepost.reach.models.wire import Freeze, Outage

__all__ = [
    "Answer",
    "Ask",
    "Broadcast",
    "Celebrated",
    "Delivery",
    "Document",
    "Draft",
    "Explain",
    "FamilyLink",
    "FewAWeek",
    "Freeze",
    "IncomingText",
    "LinkCode",
    "Message",
    "Notice",
    "OptOut",
    "Outage",
    "PaperCode",
    "Paragraph",
    "Pin",
    "PostRoomCopy",
    "PrintRun",
    "Recording",
    "Sense",
    "Sheet",
    "Success",
    "TextBudget",
    "Thread",
    "Touch",
    "Translation",
    "Treated",
]
