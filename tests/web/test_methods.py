"""Every address with every method, with a visit and without: the status is the one we state."""

from __future__ import annotations

import pytest
from django.test import Client
from people import ADDRESSES, AUTHOR, CALM, DIARY, NOBODY
from walks import load_answers, visit_of

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
ONLY_POST = ("/taal/", "/wissen/", "/dagboek/open/")
ALSO_POST = (
    *("/vragen/1/", "/controle/1/", "/keuzes/", "/plan/", "/laden/", "/titel/"),
    *("/vooruit/vragen/", "/verder/", "/verder/abc.def/", "/cijfers/groep/", "/antwoord/"),
    "/smart/gegevens/",
    *("/afspraak/tijd/", "/afspraak/gegevens/"),
    *("/afspraak/controle/", "/afspraak/mijn/abc.def/", "/afspraak/mijn/abc.def/verzetten/"),
    *("/praktijk/uitnodiging/abc.def/", f"/praktijk/{NOBODY}/"),
    *(address for address in DIARY if address != "/dagboek/open/"),
)
VISITS = {
    "nobody": {},
    "the author": AUTHOR,
    "an emergency": {**CALM, "bladder_change": "new_or_changed"},
    "one answer": {"age_years": 40},
}
GOOD = (200, 302, 404, 422)


def allowed(address: str) -> set[str]:
    if address in ONLY_POST:
        return {"POST"}
    return {"GET", "HEAD", "POST"} if address in ALSO_POST else {"GET", "HEAD"}


@pytest.mark.hazard("H-34")
@pytest.mark.parametrize("who", VISITS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_method_is_answered_as_stated(client: Client, address: str, who: str) -> None:
    for method in METHODS:
        client.cookies.clear()
        if VISITS[who]:
            load_answers(client, VISITS[who])
        response = client.generic(method, address)
        if method in allowed(address):
            assert response.status_code in GOOD, (method, response.status_code)
        else:
            assert response.status_code == 405, (method, response.status_code)
            assert set(response.headers["Allow"].split(", ")) == allowed(address)


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_tells_what_get_would_and_sends_no_body(client: Client, address: str) -> None:
    load_answers(client, AUTHOR)

    got, head = client.get(address), client.head(address)

    assert head.content == b""
    assert head.status_code == got.status_code
    assert set(head.headers) == set(got.headers)


@pytest.mark.hazard("H-07")
@pytest.mark.parametrize("address", [it for it in ADDRESSES if it not in ONLY_POST])
def test_looking_changes_no_answer(client: Client, address: str) -> None:
    load_answers(client, AUTHOR)
    before = visit_of(client)

    client.get(address)
    client.head(address)

    assert visit_of(client).given == before.given


NUMBERS = (
    "0",
    "00",
    "2",
    "99",
    "100000",
    "9" * 30,
    "9" * 5000,
    "-1",
    "1.5",
    "1e3",
    "٣",
    "x",
    "1%00",
)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("address", ["/vragen/{}/", "/controle/{}/"])
@pytest.mark.parametrize("who", VISITS)
def test_any_number_of_a_page_leads_somewhere_or_does_not_exist(
    client: Client, address: str, number: str, who: str
) -> None:
    if VISITS[who]:
        load_answers(client, VISITS[who])

    for response in (
        client.get(address.format(number)),
        client.post(address.format(number), {"page": "age_years", "answer": "40"}),
    ):
        assert response.status_code in GOOD


@pytest.mark.hazard("H-43")
@pytest.mark.parametrize(
    "wanted",
    [
        *(
            "https://elders.example/",
            "//elders.example/",
            "/\\elders.example",
            "javascript:alert(1)",
        ),
        *("/verder/abc.def/", "/wissen/", "/taal/", "", "nergens", "/nergens/", "/over/\r\nX: y"),
        *("http:///elders.example", "/./over/", "/over/?x=1", "/" * 5000, "\0", "/over"),
    ],
)
def test_after_a_change_of_language_one_is_on_this_site(client: Client, wanted: str) -> None:
    response = client.post("/taal/", {"language": "en", "next": wanted})

    assert response.status_code == 302
    assert response.headers["Location"] == "/"


@pytest.mark.parametrize("language", ["", "de", "nl; Path=/x", "EN", "\0", "n" * 5000])
def test_a_language_that_we_do_not_speak_changes_nothing(client: Client, language: str) -> None:
    client.post("/taal/", {"language": language, "next": "/over/"})

    assert "language" not in client.cookies
    client.cookies["language"] = language
    assert '<html lang="nl">' in client.get("/over/").content.decode()
