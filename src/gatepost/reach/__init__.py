"""Telling and asking every adult in their own language by a way that reaches them; the only package that sends.

A `Notice` promises to tell one adult one thing. A `Delivery` is each attempt, in a ledger that survives a crash:
queued → claimed → on the wire → accepted. An `Ask` waits for an `Answer`. A `Touch` is one fact per contact.
A `FamilyLink` opens exactly one thing for one adult.

`services` promise and write down, `queries` read, `rules` say who may; `delivery` takes what is due from the ledger to
the wire in `channels`. `door`, `links`, `steps` and `visits` open a family's pages.
"""
