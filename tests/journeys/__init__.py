"""Journeys in a real browser, against a real `gatepost serve` that commands have prepared."""
