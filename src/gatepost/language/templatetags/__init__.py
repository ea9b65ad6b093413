"""Template filters that say dates and times in the reader's language."""
