"""Pages about who works here."""
