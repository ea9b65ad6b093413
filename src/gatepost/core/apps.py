"""Names this package to Django."""

from django.apps import AppConfig
from django.core.signals import request_started
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class CoreConfig(AppConfig):
    """The ground floor."""

    name = "gatepost.core"
    label = "core"

    def ready(self) -> None:
        """Let every connection follow the scope, and the database guard what the code says, and find it quickly."""
        from gatepost.core import rowsecurity  # it has models behind it, which are not there any earlier
        from gatepost.core.sqlite import planner

        connection_created.connect(rowsecurity.follow_scope, dispatch_uid="gatepost.follow_scope")
        request_started.connect(rowsecurity.new_page, dispatch_uid="gatepost.new_page")
        pre_migrate.connect(rowsecurity.see_everything, sender=self, dispatch_uid="gatepost.see_everything")
        post_migrate.connect(rowsecurity.protect_all, sender=self, dispatch_uid="gatepost.protect_all")
        post_migrate.connect(planner.advise, sender=self, dispatch_uid="gatepost.advise")
