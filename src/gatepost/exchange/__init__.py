"""Other systems: the roster that comes in, and the demonstration school that is loaded the same way.

`roster/` reads what a school's own system gives out (Microsoft School Data Sync, or our own CSV), says row by row
what is wrong with it, compares it with what is known, and applies it all or nothing. `demo/` makes up a school,
writes its roster as a file and loads it by the same road.
"""
