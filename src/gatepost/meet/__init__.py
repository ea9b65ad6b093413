"""Any coming together, at any place: events, slots, invitations, bookings, seats, and who came.

An `Event` has `Slot`s in which one member of staff listens. An `Invitation` joins one adult, one child and one
event; it holds the `Ask`, and the `Booking` holds the place. `Seat`s are for whoever else comes along.
Promises of this package:

- A slot never holds more families than places, however many press the button at once.
- Each adult is invited, books and changes on their own: another's booking looks like any taken time.
- Nobody is asked twice, and nobody is left out without a rule.
- `meet` ends when people have met: what was said belongs to `agree`.
"""
