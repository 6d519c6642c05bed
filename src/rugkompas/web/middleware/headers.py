"""The headers of every answer, in one place."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_NOT_ALLOWED = (
    *("accelerometer", "camera", "geolocation", "gyroscope", "microphone"),
    *("payment", "usb"),
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # With no-referrer a browser names no origin for a form either, and then none is accepted.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _NOT_ALLOWED),
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}


class Headers:
    """Nothing of a page is kept: after wiping, the Back button shows no answer (hazard H-14).
    Static files set their own age."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        for name, value in ALWAYS.items():
            # Who may frame a page for others stands in its policy, which the old header cannot say.
            if not (name == "X-Frame-Options" and getattr(response, "framed", False)):
                response.headers.setdefault(name, value)
        if request.method == "HEAD" and not response.streaming:
            # The length stays; the server would complain about the rest.
            response.content = b""
        return response
