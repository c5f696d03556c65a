"""The gallery: every part of the pages in every state. For development and the demo only."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chungsuc.doors.desk.gallery.pages import gallery_page


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show the parts; where real people work there is no such page."""
    if not (settings.DEBUG or settings.CHUNGSUC_DEMO):
        raise Http404
    return render(request, "desk/gallery.html", {"page": gallery_page(request.lang)})
