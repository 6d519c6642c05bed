"""Headers and cookies as a whole: what is not in this list is not sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client, override_settings
from people import ACCOUNT_ADDRESSES, ADDRESSES, AUTHOR, CALM, DIARY, NOBODY
from walks import load_answers

from rugkompas.web.urls import urlpatterns

POLICY = {
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "accelerometer=(), camera=(), geolocation=(), gyroscope=(), "
    "microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex",
}
HTML = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}
PAGE = {**ALWAYS, **HTML, "Vary": "Cookie, Accept-Encoding"}
HTTPS = {"Strict-Transport-Security": "max-age=31536000"}


def headers_of(response: object, policy: set[str] = POLICY) -> dict[str, str]:
    """All headers but the length, with the policy checked apart: its order is free."""
    found = dict(response.headers)  # type: ignore[attr-defined]
    found.pop("Content-Length", None)
    assert set(found.pop("Content-Security-Policy").split("; ")) == policy
    return found


def file_headers(type_: str, name: str) -> dict[str, str]:
    return {
        **ALWAYS,
        "Content-Type": type_,
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="{name}"',
        "Vary": "Accept-Encoding",
    }


def shapes_of(patterns: Iterable[Any]) -> Iterator[str]:
    """Every address as it stands in urls.py, also of the parts that it takes in."""
    for pattern in patterns:
        inner = getattr(pattern, "url_patterns", None)
        for rest in [""] if inner is None else shapes_of(inner):
            yield f"{pattern.pattern}{rest}"


def test_the_addresses_of_the_tests_are_those_of_the_site(client: Client) -> None:
    shapes = {
        re.sub("<int:[a-z]+>", "1", shape)
        .replace("<str:token>", "abc.def")
        .replace("<uuid:pk>", NOBODY)
        for shape in shapes_of(urlpatterns)
        # What programs call is no page: tests/api, tests/cds and tests/fhir_server hold those.
        if not shape.startswith(("api/v1/", "cds-services", "fhir/"))
    }

    known = (*ADDRESSES, *ACCOUNT_ADDRESSES)
    assert {re.sub(r"/\d+/", "/1/", it).removeprefix("/") for it in known} == shapes


@pytest.mark.hazard("H-14", "H-43", "H-45")
def test_every_page_has_exactly_these_headers(client: Client) -> None:
    load_answers(client, AUTHOR)

    for address in ADDRESSES:
        response = client.get(address)
        if response.headers["Content-Type"].startswith("text/html") and response.content:
            status = response.status_code
            expected = PAGE | ({"Allow": "POST"} if status == 405 else {})
            own_script = {"script-src 'self'"} if address in DIARY and status != 405 else set()
            assert headers_of(response, POLICY | own_script) == expected, address


@pytest.mark.hazard("H-14")
def test_the_page_of_an_emergency_has_exactly_these_headers(client: Client) -> None:
    load_answers(client, {**CALM, "bladder_change": "new_or_changed"})

    assert headers_of(client.get("/nu/")) == PAGE


def test_a_redirect_has_exactly_these_headers(client: Client) -> None:
    response = client.get("/vragen/")

    assert headers_of(response) == {
        **ALWAYS,
        **HTML,
        "Location": "/vragen/1/",
    }


@pytest.mark.hazard("H-14")
@pytest.mark.parametrize(
    ("address", "type_", "name"),
    [
        ("/uitslag.pdf", "application/pdf", "uitslag.pdf"),
        ("/plan.pdf", "application/pdf", "plan.pdf"),
        ("/samenvatting.pdf", "application/pdf", "samenvatting.pdf"),
        ("/plan.ics", "text/calendar", "plan.ics"),
        ("/antwoorden.json", "application/json", "antwoorden.json"),
    ],
)
def test_a_file_to_take_along_has_exactly_these_headers(
    client: Client, address: str, type_: str, name: str
) -> None:
    load_answers(client, AUTHOR)

    assert headers_of(client.get(address)) == file_headers(type_, name)


@pytest.mark.parametrize("name", ["site.css", "report.css", "mark.svg"])
def test_a_file_of_the_look_has_exactly_these_headers(client: Client, name: str) -> None:
    found = headers_of(client.get(f"/static/{name}"))
    for changing in ("Last-Modified", "ETag"):
        assert found.pop(changing)
    found.pop("Vary", None)

    type_ = "image/svg+xml" if name.endswith("svg") else 'text/css; charset="utf-8"'
    assert found == {**ALWAYS, "Content-Type": type_, "Cache-Control": "max-age=3600, public"}


@pytest.mark.hazard("H-35")
@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ({"path": "/nergens/"}, 404),
        ({"path": "/static/nergens.css"}, 404),
        ({"path": "/", "HTTP_HOST": "elders.example"}, 400),
    ],
    ids=["no page", "no file", "another host"],
)
def test_an_error_page_has_exactly_these_headers(
    calm: Client, wanted: dict[str, str], status: int
) -> None:
    response = calm.get(**wanted)  # type: ignore[arg-type]

    assert response.status_code == status
    assert headers_of(response) == PAGE


@override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=31_536_000)
def test_with_https_every_page_says_so_and_plain_http_leads_to_it() -> None:
    client = Client(HTTP_HOST="127.0.0.1")

    plain = client.get("/over/")
    safe = client.get("/over/", secure=True)

    assert plain.status_code == 301
    assert plain.headers["Location"] == "https://127.0.0.1/over/"
    assert headers_of(plain) == {**ALWAYS, **HTML, "Location": "https://127.0.0.1/over/"}
    assert headers_of(safe) == {**PAGE, **HTTPS}


@override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=31_536_000)
def test_with_https_another_host_is_refused_with_all_headers_and_led_nowhere() -> None:
    client = Client(HTTP_HOST="elders.example", raise_request_exception=False)

    response = client.get("/over/")

    assert response.status_code == 400
    assert "Location" not in response.headers
    found = headers_of(response)
    found.pop("Vary", None)
    assert found == {**ALWAYS, **HTML}


@pytest.mark.parametrize("secure", [False, True])
def test_cookies_have_exactly_these_flags(secure: bool) -> None:
    with override_settings(CSRF_COOKIE_SECURE=secure):
        client = Client(HTTP_HOST="127.0.0.1")
        load_answers(client, AUTHOR)
        client.get("/laden/")
        client.post("/taal/", {"language": "en", "next": "/"})

    assert set(client.cookies) == {"visit", "language", "csrftoken"}
    for name, cookie in client.cookies.items():
        flags = {flag: value for flag, value in cookie.items() if value not in ("", None, False)}
        expected = {"path": "/", "samesite": "Strict", "httponly": True}
        assert flags == expected | ({"secure": True} if secure else {}), name


class Inline(HTMLParser):
    """Whatever the policy would block, or would load from elsewhere."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "iframe", "object", "embed", "base", "audio", "video"):
            self.found.append(tag)
        for name, value in attrs:
            told = (value or "").strip()
            if name == "style" or name.startswith("on") or told.startswith("javascript:"):
                self.found.append(f"{tag} {name}")
            loads = name in ("src", "srcset", "action", "formaction", "poster", "data")
            if tag == "link" and name == "href":
                loads = True
            if loads and not (told.startswith("/") and not told.startswith("//")):
                self.found.append(f"{tag} {name}={told}")


@pytest.mark.hazard("H-45", "H-51")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_page_has_an_inline_style_or_script_or_loads_from_elsewhere(
    client: Client, language: str
) -> None:
    client.cookies["language"] = language
    emergency = {**CALM, "bladder_change": "new_or_changed"}
    pages = {}
    for answers in (AUTHOR, emergency, {**CALM, "age_years": 12}):
        load_answers(client, answers)
        for address in (*ADDRESSES, *(f"/vragen/{number}/" for number in range(1, 80))):
            response = client.get(address)
            if response.status_code < 300 and response.content[:15] == b"<!doctype html>":
                pages[f"{answers['age_years']} {address}"] = response.content.decode()
    pages["wiped"] = client.post("/wissen/").content.decode()
    pages["device"] = client.post("/verder/").content.decode()

    found = {name: Inline(page).found for name, page in pages.items()}
    # The one link that is meant to be a script: a bookmark, run by other pages and never by ours.
    bookmarks = {name: it for name, it in found.items() if name.endswith("/titel/")}
    # And the one script of the site: a file of its own, on the pages of the diary alone.
    of_diary = {name: it for name, it in found.items() if name.partition(" ")[2] in DIARY}
    apart = {**bookmarks, **of_diary}
    assert len(pages) > 50
    assert set(map(tuple, bookmarks.values())) == {("a href",)}
    assert set(map(tuple, of_diary.values())) == {("script",)}
    assert all(re.findall("<script[^>]*>", pages[it])[0].count("src=") == 1 for it in of_diary)
    assert {name: it for name, it in found.items() if it and name not in apart} == {}


@pytest.mark.hazard("H-43")
def test_no_address_and_no_title_of_a_question_page_tells_an_answer(client: Client) -> None:
    load_answers(client, AUTHOR)
    number, titles = 0, []
    while (page := client.get(f"/vragen/{number + 1}/")).status_code == 200:
        number += 1
        titles.append(page.content.decode().split("<title>")[1].split("</title>")[0])

    assert number > 30
    assert not any("5 maanden" in title or ": ja" in title.lower() for title in titles)
