"""Whom do we not reach? Adults the school has not heard from, and who came of those who were invited.

`measure` counts and never guesses. Two kinds of answer, and the line between them is kept in one place:

- Working lists are for the staff who act on them: exact, with names, on the screen, each row with a next step.
- Whatever is printed or exported has passed `suppression`: no name, and no count that could point at somebody.
"""
