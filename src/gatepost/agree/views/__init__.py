"""The pages of promising: `staff` listens, writes and promises; `family` reads, corrects and answers."""
