"""Tests of measuring, by story."""
