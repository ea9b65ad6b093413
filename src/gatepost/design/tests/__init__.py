"""Tests of the design system: every part in every state, in two directions."""
