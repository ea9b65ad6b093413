"""Long texts: put one up, see which parts families did not follow, and write those again. And as a family reads it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gatepost.core.errors import Refused
from gatepost.core.paging import page_of
from gatepost.disclosure import Fact
from gatepost.know.models import Adult
from gatepost.org.actor import Request
from gatepost.org.door import page, page_on
from gatepost.reach import notices
from gatepost.reach.door import child_of_link, link_page
from gatepost.reach.forms.documents import DocumentForm
from gatepost.reach.meanings import explained
from gatepost.reach.models import Document, Explain, Paragraph
from gatepost.reach.queries import documents as queries
from gatepost.reach.services import documents, explaining


@page(queries.may_put_up)
@require_http_methods(["GET", "HEAD", "POST"])
def every(request: Request) -> HttpResponse:
    """All of them, and a new one."""
    form = DocumentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            made = documents.put_up(
                typed["title"],
                typed["text"],
                group=typed["group"],
                school_id=request.actor.school_id,
                by=request.actor,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Families are asked to read it."))
            return redirect("reach:document", made.pk)
    return render(
        request, "reach/staff/documents.html", {"form": form, "page_obj": page_of(request, queries.documents())}
    )


@page_on(Document, may=queries.may_open_document)
@require_safe
def one(request: Request, document: Document) -> HttpResponse:
    """Part by part: how many did not follow, and a box to write it again."""
    return render(request, "reach/staff/document.html", {"document": document, "parts": queries.parts_of(document)})


@page_on(Paragraph, may=queries.may_write_again)
@require_POST
def again(request: Request, paragraph: Paragraph) -> HttpResponse:
    """One part in other words."""
    try:
        documents.write_again(paragraph, request.POST.get("words", ""), by=request.actor)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Whoever did not follow it is asked again."))
    return redirect("reach:document", paragraph.document_id)


@link_page(notices.DOCUMENT_OPENS, Document, may=queries.may_read_document, facts={Fact.EDUCATION})
@require_http_methods(["GET", "HEAD", "POST"])
def family(request: Request, document: Document) -> HttpResponse:
    """The text, and at each part: yes, or not quite. Works without script; one answer is one tap."""
    adult = Adult.objects.get(pk=str(request.actor.adult_id))
    if how := explaining.asked_in(request):
        explaining.ask(_to_explain(document, adult, request), how, by=request.actor)
        return redirect(request.get_full_path())
    if request.method == "POST":
        standing = {str(part.pk): part for part in document.paragraphs.filter(stands=True)}
        part = standing.get(request.POST.get("part", ""))
        if part is None:
            raise Http404
        clear = request.POST.get("say") == "yes"
        documents.say_whether_clear(adult, part.pk, clear=clear, school_id=document.school_id, by=request.actor)
        return redirect(f"{request.get_full_path()}#p{part.pk}")
    shown = queries.shown(document, adult)
    explain = explaining.offer(document.pk, adult, lacking=shown.lacking)
    context = {"text": shown, "explain": explain, "explained": explained(part.words for part in shown.parts)}
    return render(request, "reach/family/document.html", context)


def _to_explain(document: Document, adult: Adult, request: Request) -> explaining.Wanted:
    child = child_of_link(request)
    if child is None:
        raise Http404
    return explaining.Wanted(document.pk, Explain.Where.TEXT, adult, child, document.by_id)
