"""Gatepost helps a school and its families work together for each child."""

from importlib.metadata import version

__version__ = version("gatepost")
