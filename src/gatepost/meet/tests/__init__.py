"""Tests of this package, by story."""
