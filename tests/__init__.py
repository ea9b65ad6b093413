"""Sweeps over the whole product: what no single package can promise alone."""
