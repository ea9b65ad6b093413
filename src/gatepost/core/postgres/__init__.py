"""PostgreSQL as Gatepost uses it."""
