"""A fault of ours reaches a program in the form of its door, and never as a page."""

from __future__ import annotations

import json

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from rugkompas.web.api.middleware import Api


@pytest.mark.parametrize(
    ("path", "media", "name"),
    [
        ("/api/v1/assess", "application/problem+json", "status"),
        ("/cds-services/back-pain-view", "application/problem+json", "status"),
        ("/fhir/metadata", "application/fhir+json", "resourceType"),
    ],
)
@pytest.mark.parametrize("status", [400, 403, 500, 503])
def test_each_door_gives_its_own_form(path: str, media: str, name: str, status: int) -> None:
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse("<html>secret", status=status)

    answer = Api(page)(RequestFactory().post(path))

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == media
    assert name in json.loads(answer.content)
    assert b"secret" not in answer.content
    if media.startswith("application/fhir"):
        (issue,) = json.loads(answer.content)["issue"]
        assert issue["code"] == ("exception" if status >= 500 else "invalid")


def test_a_page_stays_a_page() -> None:
    answer = Api(lambda _: HttpResponse("<html>", status=500))(RequestFactory().get("/over/"))

    assert answer.content == b"<html>"
    assert "Access-Control-Allow-Origin" not in answer.headers
