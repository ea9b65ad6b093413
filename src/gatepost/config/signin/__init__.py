"""How staff sign in: our answers to the questions that the sign-in library (allauth) asks."""
