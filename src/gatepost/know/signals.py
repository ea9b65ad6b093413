"""What this package tells those above it, inside the same transaction."""

from django.dispatch import Signal

contact_ended = Signal()
"""An adult's mailbox or telephone is not used any more (`point`, `by`). Listened to by `reach`."""

may_learn_changed = Signal()
"""What an adult may learn about a child is not what it was (`adult`, `child`, `by`). Listened to by `reach`."""

wishes_changed = Signal()
"""When an adult likes to be reached is not what it was (`adult`, `together`, `by`). Listened to by `reach`."""
