"""The one command, `gatepost`: Django's management commands under the product's own name."""

import os
import sys


def main() -> None:
    """Run `gatepost <command>` with the product's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gatepost.config.settings")

    # Only after the settings are named.
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import ManagementUtility

    try:
        _ = settings.INSTALLED_APPS
    except ImproperlyConfigured as mistake:  # a setting that cannot be meant: plain words, no traceback
        sys.exit(f"gatepost: {mistake}")

    utility = ManagementUtility(sys.argv)
    utility.prog_name = "gatepost"
    utility.execute()
