"""Where files go: a private folder that nothing serves by path."""

from django.core.files.storage import FileSystemStorage


class PrivateStorage(FileSystemStorage):
    """Files for people who may see them: a view that has asked a rule opens them; they have no address."""

    def url(self, name: str | None) -> str:
        """Refused: a private file has no address."""
        raise ValueError("A private file has no address. Serve it from a view that asks a rule.")
