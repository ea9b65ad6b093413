"""One way to edit anything: show the form, save what is good, go back where it is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gatepost.core.errors import Refused
from gatepost.know.models import Adult
from gatepost.org.actor import Request

EDIT = ["GET", "HEAD", "POST"]


def typed(request: Request) -> Any:
    """What was typed in, or nothing yet: a form without a tick is still an answer."""
    return request.POST if request.method == "POST" else None


def saved(form: forms.Form, save: Callable[[], object]) -> bool:
    """Whether what was typed was good and is kept now; a refusal stands in the form, in its own words."""
    if not (form.is_bound and form.is_valid()):
        return False
    try:
        save()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def edit(
    request: Request,
    form: forms.Form,
    save: Callable[[], object],
    *,
    title: str,
    back: str,
    template: str = "front/families/edit.html",
    **more: Any,
) -> HttpResponse:
    """Show a form; where what was typed is good, save it and go back."""
    if saved(form, save):
        messages.success(request, _("Saved."))
        return redirect(back)
    return render(request, template, {"form": form, "title": title, "back": back, **more})


def page_of_adult(adult: Adult) -> str:
    """Where an adult's page is."""
    return reverse("front:adult", args=[adult.pk])
