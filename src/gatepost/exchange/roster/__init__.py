"""Reading a roster, comparing it with what is known, and taking it over."""
