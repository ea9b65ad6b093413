"""`gatepost import` and `gatepost demo`."""
