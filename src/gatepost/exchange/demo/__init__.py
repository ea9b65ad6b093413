"""A made-up primary school to try everything with; no real person or place is in it."""
