"""Pages that join things: a day, the office's queue, the demonstration's stage."""
