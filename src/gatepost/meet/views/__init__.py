"""The pages of coming together: `staff` plans and notes, `family` chooses."""
