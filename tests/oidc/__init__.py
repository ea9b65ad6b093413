"""Single sign-on against a certified provider."""
