"""Text messages through a real gateway and a made-up mobile network."""
