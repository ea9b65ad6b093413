"""What this package tells those above it, inside the same transaction."""

from django.dispatch import Signal

text_came = Signal()
"""A text or a reply mail came from one adult who was asked something (`asked`, by the notice `told`; `words`, `way`,
`by`). Whoever knows the question answers it and returns True; where nobody does, the office reads it. Not `alone`: they
may mean another question of these days; then nothing is decided by it."""

reply_came = Signal()
"""One adult replied by mail to a notice (`text`, an `IncomingText` with its `notice`; `by`), and answers no question.
Whoever the notice belongs to may take the words to where they belong, and settle the text; else the office reads it."""

words_came = Signal()
"""Somebody has put words of the school into a family's language (`row`, a `Translation`; `by`), where they stand on a
page of a package above this one. Whoever wrote them tells those who have had ours alone."""

explained = Signal()
"""Somebody has explained to an adult what they had not understood (`asked`, an `Explain` that is done; `by`). Whoever
put the words there may ask once more whether they are understood now."""
