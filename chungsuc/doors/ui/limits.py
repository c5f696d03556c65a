"""A request that is larger than anything the pages take is refused before a byte of it is read."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from chungsuc.doors.ui.language import language_of
from chungsuc.doors.ui.refusals import page
from chungsuc.kit.catalogue import as_json
from chungsuc.kit.errors import Reason

MOST = 110 * 2**20  # ten photographs of a plain form, each as large as is taken, and some room


class LargestRequest:
    """Answers 413 to what says that it is larger."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at Content-Length only."""
        said = request.META.get("CONTENT_LENGTH") or "0"
        if not said.isdecimal() or int(said) <= MOST:
            return self.get_response(request)
        reason = Reason("page.too_large", most=MOST // 2**20)
        if request.path.startswith(("/api/", "/entry/")):
            told = {"accepted": False, "problems": [as_json(reason, language_of(request))]}
            return JsonResponse(told, status=413, json_dumps_params={"ensure_ascii": False})
        return page(request, (reason,), 413)
