"""Whatever goes wrong, the page says what to do, which signs cannot wait and whom to call."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Callable, Iterator

import broken_urls
import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from people import ADDRESSES, AUTHOR, CALM
from server import Browser, Served, served, token_of
from walks import load_answers, visit_of

from pages import Page, squeezed
from rugkompas.assess.triage import ALWAYS_WATCH
from rugkompas.outputs.sentences import Voice, emergency_number
from rugkompas.web.rules import knowledge
from rugkompas.web.shown import words

LANGUAGES = ("nl", "en")


def says_whom_to_call(html: str, language: str) -> None:
    """The signs that cannot wait, whole, and the number as a link to tap."""
    page, number = Page(html), emergency_number(knowledge())
    voice = Voice(knowledge(), language)
    read = squeezed(page.text)
    for sign in ALWAYS_WATCH:
        assert squeezed(voice.clause(sign, "new_or_changed")) in read, sign
    assert ("a", f"tel:{number}") in {(tag, attrs.get("href")) for tag, attrs in page.tags}
    assert f'<html lang="{language}">' in html
    signs = [
        attrs for tag, attrs in page.tags if tag == "details" and attrs.get("class") == "signs"
    ]
    assert signs


def open_signs(html: str) -> bool:
    return re.search(r'<details class="signs" open>', html) is not None


def bad_form(client: Client) -> HttpResponse:
    return client.generic(  # type: ignore[return-value]
        "POST", "/laden/", b"x", content_type="multipart/form-data; boundary="
    )


def too_large(client: Client) -> HttpResponse:
    return client.generic(  # type: ignore[return-value]
        "POST", "/laden/", b"x" * 100_001, content_type="application/octet-stream"
    )


def too_many(client: Client) -> HttpResponse:
    with override_settings(REQUESTS_A_MINUTE=0):
        return client.get("/over/")  # type: ignore[return-value]


def without_token(client: Client) -> HttpResponse:
    client.handler.enforce_csrf_checks = True
    return client.post("/wissen/")  # type: ignore[return-value]


def fault(client: Client) -> HttpResponse:
    with override_settings(ROOT_URLCONF="broken_urls"):
        return client.get("/stuk/")  # type: ignore[return-value]


def own_words(client: Client) -> HttpResponse:
    return load_answers(client, {**CALM, "likes": [], "rejects": {"yoga": noise(9000)}})


def noise(length: int) -> str:
    """Text that cannot be packed smaller."""
    return "".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(length // 3))


PROVOKED: dict[int | str, Callable[[Client], HttpResponse]] = {
    400: bad_form,
    403: without_token,
    404: lambda client: client.get("/nergens/"),  # type: ignore[dict-item,return-value]
    405: lambda client: client.put("/over/"),  # type: ignore[dict-item,return-value]
    413: too_large,
    "too_much": own_words,
    429: too_many,
    500: fault,
}


@pytest.mark.hazard("H-16", "H-34", "H-35")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", PROVOKED)
def test_each_error_page_says_what_to_do_and_whom_to_call(
    calm: Client, kind: int | str, language: str
) -> None:
    calm.cookies["language"] = language

    response = PROVOKED[kind](calm)

    html, t = response.content.decode(), words(language)
    assert response.status_code == (kind if isinstance(kind, int) else 413)
    assert squeezed(t(f"error_title_{kind}")) in squeezed(Page(html).text)
    assert squeezed(t(f"error_text_{kind}")) in squeezed(Page(html).text)
    assert open_signs(html)
    says_whom_to_call(html, language)


@pytest.mark.hazard("H-35")
@pytest.mark.parametrize("kind", PROVOKED)
def test_an_error_loses_no_answer(calm: Client, kind: int | str) -> None:
    load_answers(calm, AUTHOR)
    before = visit_of(calm)

    PROVOKED[kind](calm)

    assert visit_of(calm) == before


@pytest.mark.hazard("H-34", "H-35")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_with_a_wrong_answer_also_says_whom_to_call(
    client: Client, language: str
) -> None:
    client.cookies["language"] = language

    response = client.post("/vragen/1/", {"page": "age_years", "answer": "old"})

    assert response.status_code == 422
    says_whom_to_call(response.content.decode(), language)


@pytest.mark.hazard("H-14", "H-34")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_whom_to_call_in_its_first_answer(client: Client, language: str) -> None:
    client.cookies["language"] = language
    number = emergency_number(knowledge())
    shown = 0
    for answers in (AUTHOR, {**CALM, "bladder_change": "new_or_changed"}):
        load_answers(client, answers)
        for address in (*ADDRESSES, *(f"/vragen/{number}/" for number in range(1, 20))):
            response = client.get(address)
            if not response.content.startswith(b"<!doctype html>"):
                continue
            shown += 1
            assert f'href="tel:{number}"' in response.content.decode(), address
            if address != "/nu/":
                says_whom_to_call(response.content.decode(), language)
    assert shown > 40


def test_the_page_of_a_method_that_is_not_allowed_names_the_others(client: Client) -> None:
    assert client.put("/over/").headers["Allow"] == "GET, HEAD"
    assert client.get("/wissen/").headers["Allow"] == "POST"


def test_the_page_of_a_fault_tells_nothing_about_it(calm: Client) -> None:
    html = fault(calm).content.decode()

    assert broken_urls.SECRET not in html
    assert "KeyError" not in html
    assert "Traceback" not in html


@pytest.mark.hazard("H-35")
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_form_without_its_token_is_refused_and_changes_nothing(
    strict: Client, address: str
) -> None:
    strict.handler.enforce_csrf_checks = False
    load_answers(strict, AUTHOR)
    strict.handler.enforce_csrf_checks = True
    before = visit_of(strict)

    for sent in ({}, {"csrfmiddlewaretoken": "x" * 64}, {"csrfmiddlewaretoken": ""}):
        response = strict.post(address, sent)
        assert response.status_code == 403, (address, sent)
        says_whom_to_call(response.content.decode(), "nl")
    assert visit_of(strict) == before


def test_a_token_of_somebody_else_is_refused(strict: Client) -> None:
    other = Client(HTTP_HOST="127.0.0.1")
    foreign = token_of(other.get("/").content.decode())
    strict.get("/")

    assert strict.post("/wissen/", {"csrfmiddlewaretoken": foreign}).status_code == 403


@pytest.mark.parametrize(
    ("origin", "status"),
    [("http://127.0.0.1", 302), ("null", 403), ("http://elders.example", 403)],
)
def test_a_form_of_another_site_is_refused(strict: Client, origin: str, status: int) -> None:
    token = token_of(strict.get("/").content.decode())

    response = strict.post(
        "/taal/", {"csrfmiddlewaretoken": token, "language": "en"}, HTTP_ORIGIN=origin
    )

    assert response.status_code == status


@pytest.mark.parametrize("kind", [400, 404, 405, 413, "too_much", 500])
def test_the_forms_on_an_error_page_work(kind: int | str) -> None:
    client = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
    html = PROVOKED[kind](client).content.decode()
    client.handler.enforce_csrf_checks = True

    response = client.post(
        "/taal/", {"csrfmiddlewaretoken": token_of(html), "language": "en", "next": "/over/"}
    )

    assert response.status_code == 302


@pytest.fixture(scope="module")
def without_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A site whose database cannot exist: a file stands where its folder should be."""
    home = tmp_path_factory.mktemp("no-database")
    (home / "file").write_text("")
    with served(home, DATABASE_URL=f"sqlite:///{home}/file/site.sqlite3") as site:
        yield site


@pytest.mark.hazard("H-34")
def test_without_a_database_the_triage_works(without_database: Served) -> None:
    with urllib.request.urlopen(f"{without_database.address}/gezond/") as response:
        assert response.status == 200

    browser = Browser(without_database)
    browser.post("/vragen/1/", page="age_years", answer="40")
    browser.post("/vragen/2/", page="sex", answer="male")
    browser.post("/vragen/3/", page="seriously_ill", answer="yes")

    assert browser.at == "/nu/"
    assert "tel:112" in browser.html


@pytest.mark.hazard("H-34", "H-35")
@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_database_the_link_for_another_device_says_so(
    without_database: Served, language: str
) -> None:
    browser = Browser(without_database)
    browser.post("/taal/", language=language, next="/vragen/1/")
    browser.post("/vragen/1/", page="age_years", answer="40")

    browser.get("/verder/")
    status = browser.post("/verder/")
    taken = browser.post("/verder/abc.def/")

    assert (status, taken) == (503, 503)
    assert open_signs(browser.html)
    says_whom_to_call(browser.html, language)
