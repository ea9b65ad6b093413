"""Languages as families use them: the language table, dates as people say them, names inside other scripts.

It knows no school life: only tags, scripts, directions and words for days and hours.
"""
