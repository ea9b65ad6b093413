"""Tests of this package, by story: `saying` helps them to have held a talk."""
