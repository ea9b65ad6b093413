"""Any coming together, at any place: events, slots, invitations, bookings, seats, and who came.

An `Event` has `Slot`s in which one member of staff listens. An `Invitation` joins one adult, one child and one
event; it holds the `Ask`, and the `Booking` holds the place. `Seat`s are for whoever else comes along.
Promises of this package (`tests/test_any_order.py` tries them in any order):

- A slot never holds more families than places, however many press the button at once.
- Each adult is invited, books and changes on their own: another's booking looks like any taken time.
- No adult, host, room or interpreter is in two places, and two adults who are kept apart do not meet by chance.
- A page that is older than the last change does nothing; what is refused leaves nothing behind.
- Nobody waits for a place that they could have; whoever needs an interpreter has one found or asked for.
- What an adult was told last is what stands; nothing is kept for a meeting that is off.
- Nobody is asked twice, and nobody is left out without a rule.
- `meet` ends when people have met: what was said belongs to `agree`.
"""
