"""Commands of whoever looks after an installation."""
