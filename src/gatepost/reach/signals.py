"""What this package tells those above it, inside the same transaction."""

from django.dispatch import Signal

text_came = Signal()
"""A text came from one adult who was asked something (`asked`, `words`, `by`). Whoever knows the question answers it
and returns True; where nobody does, the office reads the text."""
