"""How Gatepost looks: tokens, one style sheet, components, page frames, error pages and the gallery.

Pages are made of these parts and of nothing else: no colour, size or space is written outside this package.
It knows no school life, has no models and never asks the database.
"""
