"""Who the school is and who works there: schools, people who sign in, roles, the actor, and the page door."""
