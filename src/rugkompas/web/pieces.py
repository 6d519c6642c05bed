"""A body that comes in pieces (``Transfer-Encoding: chunked``) gets a length.

Django reads nothing of a body without one, so what was sent would seem to be empty. Programs in
.NET and Node send in pieces unless they are told not to, and so does a proxy that does not wait.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def measured(application: Application) -> Application:
    """The same application. A body is read up to the most that any page lets in and one byte more:
    then its length says that it is too large, and the rest is left where it is."""
    most = max(settings.MOST_SENT, settings.MOST_SENT_OF_RECORD, settings.MOST_SENT_WITH_DIARY)

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("HTTP_TRANSFER_ENCODING") and not environ.get("CONTENT_LENGTH"):
            body = environ["wsgi.input"].read(most + 1)
            environ |= {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        return application(environ, start_response)

    return answer
