"""The pages of measuring: for staff only, since working lists name people."""
