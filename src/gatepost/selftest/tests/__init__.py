"""Stories of the self tests."""
