"""What was said, who promised what by when, and whether it was kept.

A `Record` is what was said at one booked meeting; every saved version of it is a `Revision`. A `Target` is what the
child works towards, an `Action` a promise with an owner and a day. Promises of this package:

- Nothing that somebody wrote is ever lost: who saves second is shown what the first wrote, and nothing is overwritten.
- A record is shared only when the family has been asked, the school has promised something, and the next date is known.
- The family sees what was shared, not what is being written; and of every promise whether it was kept, or why not.
- "Not quite" makes a promise to ring, for a named person, within two school days.
"""
