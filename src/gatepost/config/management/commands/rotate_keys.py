"""`gatepost rotate_keys`: a new key for what is sealed, and everything sealed with it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import models

from gatepost.core import keys, scope, trail
from gatepost.core.sealed import PURPOSE, reseal, sealed_fields
from gatepost.org.models import Organisation


class Command(BaseCommand):
    """Make a new key and seal everything with it; stopped, it can go on."""

    help = "Make new keys and seal anew everything that older keys sealed. Old keys are kept for old backups."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer what the command can be told."""
        parser.add_argument(
            "--go-on", action="store_true", help="make no new key: finish what an earlier run did not come to"
        )

    def handle(self, *, go_on: bool, **_: Any) -> None:
        """Make the key, then work through every organisation."""
        key = keys.newest(PURPOSE) if go_on else keys.make(PURPOSE)
        if not go_on:
            keys.make(trail.PURPOSE)  # what the audit trail is digested with from now on; older lines keep theirs
        self.stdout.write(f"Sealing with key {key.version} in {keys.folder()}. Keep a copy of it apart from the data.")
        done = 0
        for organisation in Organisation.objects.prefetch_related("schools").order_by("pk"):
            schools = [school.pk for school in organisation.schools.all()]
            with scope.only(schools, organisation=organisation.pk):
                done += sum(reseal(model) for model in _sealed_models())
        self.stdout.write(f"Sealed anew: {done}. Older keys may go once no backup of their time is kept.")


def _sealed_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if sealed_fields(model)]
