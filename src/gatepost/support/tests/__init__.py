"""Stories of families who help."""
