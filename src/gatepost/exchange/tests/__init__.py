"""Stories of this package."""
