"""The pages of telling and asking: `staff` notes talks, `post_room` shows what went out in the demonstration."""
