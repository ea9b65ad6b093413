"""Django's SQLite, with a gate in front of its one writer."""
