"""The wiring: settings, addresses, the order of middleware, and which adapter serves which channel."""
