"""Parses what somebody has recorded, and says plainly what cannot be heard on a family's telephone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from gatepost.core.media import Media, look_into
from gatepost.language.table import FAMILY_LANGUAGES, LANGUAGES
from gatepost.language.words import say_language

NOTHING = _("Please choose a recording. One that is larger than 20 MB does not come through: record a minute or less.")


def _languages() -> list[tuple[str, str]]:
    """Those of our pages and the signed one first, then all others by name."""
    first = [*FAMILY_LANGUAGES, "bfi"]
    others = sorted((each.english_name, each.tag) for each in LANGUAGES if each.tag not in first)
    return [*((tag, say_language(tag)) for tag in first), *((tag, name) for name, tag in others)]


class RecordingForm(forms.Form):
    """A sound or a film, and its language."""

    language = forms.ChoiceField(label=_("In which language is it?"))
    file = forms.FileField(
        label=_("Your recording"),
        help_text=_(
            "A sound, or a film for somebody who signs: a minute or less. Where it was made is taken out of it."
        ),
        widget=forms.FileInput(attrs={"accept": "audio/*,video/mp4,video/webm,video/quicktime"}),
        error_messages={"required": NOTHING, "empty": NOTHING},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", "—"), *_languages()]  # type: ignore[attr-defined]

    def clean_file(self) -> Media:
        """What is in it says what it is."""
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        found = look_into(upload.read())
        if found is None:
            raise forms.ValidationError(
                _("This cannot be played on every telephone. Record it here, or choose an MP3, M4A, MP4 or WebM file.")
            )
        return found
