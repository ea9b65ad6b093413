"""Lets `python -m gatepost` do what the `gatepost` command does."""

from gatepost.cli import main

if __name__ == "__main__":
    main()
