"""Asks a kept connection whether it is still there by telling it whose rows it may show: it has to be told anyway."""

from __future__ import annotations

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection of which a page asks once, and not twice, whether it is there."""

    def is_usable(self) -> bool:
        """Whether it could be told the open scope."""
        from gatepost.core import rowsecurity  # it has models behind it, which are not there any earlier

        if self.connection is None:
            return False
        try:
            rowsecurity.tell(self)
        except self.Database.Error:
            return False
        return True
