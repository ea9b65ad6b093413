"""Names this package to Django."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class CoreConfig(AppConfig):
    """The ground floor."""

    name = "gatepost.core"
    label = "core"

    def ready(self) -> None:
        """Let every connection follow the scope."""
        from gatepost.core.rowsecurity import follow_scope  # it has models behind it, which are not there any earlier

        connection_created.connect(follow_scope, dispatch_uid="gatepost.follow_scope")
