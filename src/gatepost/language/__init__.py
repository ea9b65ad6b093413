"""Languages as families use them: the language table, dates as people say them, names inside other scripts.

`plain.look_over` says how hard words are and which of them to think about; `phrasebook.say` says what schools say most
often in every family language. It knows no school life: only tags, scripts, plurals, and words for days and hours.
"""
