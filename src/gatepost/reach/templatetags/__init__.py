"""A template tag that says what stands in the way of all messages."""
