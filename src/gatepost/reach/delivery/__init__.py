"""From a promise in the ledger to the wire, and what the other side says of it."""
