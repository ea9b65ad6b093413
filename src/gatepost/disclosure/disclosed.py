"""What renderers to families and outsiders get instead of models."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Disclosed:
    """Plain values that have passed the gate for one recipient. A template that holds one can reach nothing else."""
