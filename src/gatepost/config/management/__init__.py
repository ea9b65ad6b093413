"""The commands that run the product: `gatepost serve` and `gatepost worker`."""
