"""Tests of the pages that join things and of the commands, by story."""
