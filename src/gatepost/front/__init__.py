"""Pages that join what the packages below know: a member of staff's day, the office's queue, the demonstration's stage.

No models. Every line on these pages is one tap from the page where it is done.
"""
