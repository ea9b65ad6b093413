"""Commands about meetings."""
