"""A visit in a cookie: whatever comes back opens as it was, or clearly starts anew."""

from __future__ import annotations

import base64
import itertools
import random
import string
import time
import zlib
from collections.abc import Iterator

import msgspec
import pytest
from django.test import Client, override_settings
from people import AUTHOR, CALM
from walks import fill_in, load_answers, visit_of

from rugkompas.web import visit as sealing
from rugkompas.web.cookies import DRAFT_COOKIE, LAUNCH_COOKIE, RECORD_COOKIE, SAVED
from rugkompas.web.loading import visit_of as visit_with
from rugkompas.web.rules import knowledge
from rugkompas.web.shown import words
from rugkompas.web.visit import (
    COOKIE,
    FRESH_MINUTES,
    HOURS,
    NotOurs,
    TooMuch,
    Visit,
    pack_for_device,
    seal,
    unseal,
)

NEEDS_A_VISIT = (
    *("/vragen/", "/vragen/1/", "/vragen/7/", "/controle/", "/controle/3/", "/nu/", "/uitslag/"),
    *("/keuzes/", "/keuzes/alles/", "/plan/", "/samenvatting/", "/uitslag.pdf", "/plan.pdf"),
    *("/samenvatting.pdf", "/plan.ics", "/antwoorden.json", "/verder/"),
)


@pytest.fixture
def keys() -> Iterator[None]:
    """Keys are derived once; a test that changes the secrets derives them anew."""
    sealing._keys.cache_clear()
    yield
    sealing._keys.cache_clear()


def author() -> Visit:
    return visit_with(AUTHOR, knowledge())


def sealed_ago(seconds: float, visit: Visit | None = None) -> str:
    return seal(visit or author(), knowledge(), at=int(time.time() - seconds))


def end_of(client: Client, path: str) -> tuple[str, str]:
    """(address, page) after all redirects."""
    for _ in range(5):
        response = client.get(path)
        if response.status_code not in (301, 302):
            return path, response.content.decode()
        path = response.headers["Location"]
    raise AssertionError(path)


def clearly_starts_anew(client: Client, path: str) -> None:
    address, html = end_of(client, path)
    assert address == "/"
    assert words("nl")("start_lost") in html
    assert COOKIE not in {name for name, it in client.cookies.items() if it.value}
    # Told once; then it is a start as any other.
    assert words("nl")("start_lost") not in client.get("/").content.decode()
    assert end_of(client, "/vragen/")[0] == "/vragen/1/"


@pytest.mark.hazard("H-07", "H-35")
def test_what_was_sealed_opens_as_it_was() -> None:
    visit = author()

    assert unseal(seal(visit, knowledge()), knowledge()) == visit


@pytest.mark.hazard("H-14", "H-35")
@pytest.mark.parametrize("path", NEEDS_A_VISIT)
def test_an_expired_visit_clearly_starts_anew_on_every_page(client: Client, path: str) -> None:
    client.cookies[COOKIE] = sealed_ago(HOURS * 3600 + 5)

    clearly_starts_anew(client, path)


@pytest.mark.hazard("H-35")
@pytest.mark.parametrize("path", ["/vragen/7/", "/controle/3/", "/vragen/1/"])
def test_an_answer_that_comes_too_late_starts_anew_and_says_so(client: Client, path: str) -> None:
    client.cookies[COOKIE] = sealed_ago(HOURS * 3600 + 5)

    response = client.post(path, {"page": "age_years", "answer": "40"})

    assert response.status_code == 302
    clearly_starts_anew(client, response.headers["Location"])


@pytest.mark.hazard("H-36")
def test_a_visit_opens_until_its_hours_are_over_and_a_page_starts_them_anew(
    client: Client,
) -> None:
    client.cookies[COOKIE] = sealed_ago(HOURS * 3600 - 60)

    assert client.get("/uitslag/").status_code == 200
    assert visit_of(client) == author()
    assert sealing.is_fresh(client.cookies[COOKIE].value)


@pytest.mark.hazard("H-43")
def test_a_slow_page_of_another_tab_does_not_bring_back_what_was_wiped(client: Client) -> None:
    load_answers(client, AUTHOR)
    slow = Client(HTTP_HOST="127.0.0.1")
    slow.cookies[COOKIE] = client.cookies[COOKIE].value

    client.post("/wissen/")
    late = slow.get("/uitslag/")

    assert late.status_code == 200
    assert COOKIE not in late.cookies


@pytest.mark.hazard("H-07")
def test_a_page_that_changes_nothing_seals_anew_only_after_a_while(client: Client) -> None:
    client.cookies[COOKIE] = sealed_ago(FRESH_MINUTES * 60 - 30)
    fresh = client.get("/uitslag/").cookies
    client.cookies[COOKIE] = sealed_ago(FRESH_MINUTES * 60 + 30)
    old = client.get("/uitslag/").cookies

    assert COOKIE not in fresh
    assert COOKIE in old


def test_a_visit_from_the_future_does_not_open(client: Client) -> None:
    client.cookies[COOKIE] = sealed_ago(-3600)

    clearly_starts_anew(client, "/uitslag/")


def test_a_visit_that_another_key_sealed_does_not_open(client: Client, keys: None) -> None:
    with override_settings(SECRET_KEY="another" * 10):
        sealed = seal(author(), knowledge())
        sealing._keys.cache_clear()
    client.cookies[COOKIE] = sealed

    clearly_starts_anew(client, "/uitslag/")


def test_an_old_key_still_opens_and_the_new_one_seals(client: Client, keys: None) -> None:
    with override_settings(SECRET_KEY="older" * 12):
        sealing._keys.cache_clear()
        sealed = sealed_ago(FRESH_MINUTES * 60 + 1)
        sealing._keys.cache_clear()
    with override_settings(SECRET_KEY="newer" * 12, SECRET_KEY_FALLBACKS=["older" * 12]):
        client.cookies[COOKIE] = sealed
        assert client.get("/uitslag/").status_code == 200
        sealing._keys.cache_clear()
    with override_settings(SECRET_KEY="newer" * 12, SECRET_KEY_FALLBACKS=[]):
        assert visit_of(client) == author()


@pytest.mark.hazard("H-07")
def test_a_visit_of_another_question_set_clearly_starts_anew(client: Client) -> None:
    other = msgspec.structs.replace(knowledge(), digest="f" * 64)
    client.cookies[COOKIE] = seal(Visit(author().asked, {}, sealing.question_set(other)), other)

    clearly_starts_anew(client, "/uitslag/")


@pytest.mark.hazard("H-07")
@pytest.mark.parametrize(
    "inside",
    [
        b"",
        b"null",
        b"[]",
        b'["x", [], {}]',
        b'["x", [["page"]], {}]',
        b'["x", 5, {}]',
        b'[5, [["age_years", {"age_years": 40}]], {}]',
        b'["x", [["age_years", 5]], {}]',
        b'["x", [], []]',
        b"[" * 10_000,
        b"\xff",
    ],
)
def test_another_shape_under_the_right_seal_clearly_starts_anew(
    client: Client, inside: bytes
) -> None:
    packed = zlib.compressobj(9, zdict=sealing._usual_words(knowledge()))
    for data in (inside, packed.compress(inside) + packed.flush()):
        client.cookies[COOKIE] = sealing._keys().encrypt(data).decode()
        clearly_starts_anew(client, "/uitslag/")


def test_what_unpacks_to_too_much_does_not_open(client: Client) -> None:
    packer = zlib.compressobj(9, zdict=sealing._usual_words(knowledge()))
    bomb = packer.compress(b'["' + b"a" * 5_000_000 + b'",[],{}]') + packer.flush()

    client.cookies[COOKIE] = sealing._keys().encrypt(bomb).decode()

    clearly_starts_anew(client, "/uitslag/")


def test_what_would_not_open_again_is_not_sealed() -> None:
    large = Visit((), {"rejects": {"yoga": "a" * sealing.MOST_OPENED}}, author().questions)

    with pytest.raises(TooMuch):
        seal(large, knowledge())


@pytest.mark.hazard("H-51")
def test_each_character_changed_opens_as_it_was_or_not_at_all() -> None:
    visit = author()
    sealed = seal(visit, knowledge())
    chance = random.Random(20261125)
    for place in range(len(sealed)):
        other = chance.choice([it for it in string.printable if it != sealed[place]])
        changed = sealed[:place] + other + sealed[place + 1 :]
        try:
            assert unseal(changed, knowledge()) == visit
        except NotOurs:
            continue


@pytest.mark.hazard("H-51")
def test_each_bit_of_the_sealed_bytes_counts() -> None:
    raw = bytearray(base64.urlsafe_b64decode(seal(author(), knowledge())))
    for place, bit in itertools.product(range(len(raw)), (0, 3, 7)):
        raw[place] ^= 1 << bit
        with pytest.raises(NotOurs):
            unseal(base64.urlsafe_b64encode(bytes(raw)).decode(), knowledge())
        raw[place] ^= 1 << bit


@pytest.mark.hazard("H-51")
@pytest.mark.parametrize(
    "cookie",
    [
        *("x", "=", "====", '"', "a" * 100, "a" * 4096, "a" * 1_000_000, "gAAAAA", "\x7f" * 50),
        *("é" * 50, "null", "{}", "gAAAAA" + "A" * 500, "None", "0", " "),
    ],
    ids=lambda it: repr(it[:12]),
)
def test_garbage_in_the_cookie_clearly_starts_anew(client: Client, cookie: str) -> None:
    client.cookies[COOKIE] = cookie

    address, _ = end_of(client, "/uitslag/")

    assert address in ("/", "/vragen/1/")


def test_a_visit_cut_off_anywhere_does_not_open() -> None:
    sealed = seal(author(), knowledge())

    for length in range(1, len(sealed) - 2):
        with pytest.raises(NotOurs):
            unseal(sealed[:length], knowledge())


@pytest.mark.hazard("H-43")
def test_a_visit_holds_nothing_that_can_be_read(client: Client) -> None:
    fill_in(client, {**CALM, "saddle_change": "no"}, at_most=12)
    cookie = client.cookies[COOKIE].value

    assert b"saddle" not in base64.urlsafe_b64decode(cookie)


# Another device


def link_of(client: Client) -> str:
    html = client.post("/verder/").content.decode()
    return html.split('readonly value="')[1].split('"')[0].removeprefix("http://127.0.0.1")


def test_a_link_brings_the_same_visit_to_another_device_once(client: Client) -> None:
    load_answers(client, AUTHOR)
    link = link_of(client)
    first, second = Client(HTTP_HOST="127.0.0.1"), Client(HTTP_HOST="127.0.0.1")

    looked = first.get(link)
    taken = first.post(link)
    again = second.post(link)

    assert (looked.status_code, taken.status_code, again.status_code) == (200, 302, 404)
    assert visit_of(first) == visit_of(client)
    assert not visit_of(second)


def test_a_link_with_another_key_opens_nothing(client: Client) -> None:
    load_answers(client, AUTHOR)
    token, _, _ = link_of(client).removeprefix("/verder/").rstrip("/").partition(".")
    _, key = pack_for_device(author(), knowledge())
    taker = Client(HTTP_HOST="127.0.0.1")

    response = taker.post(f"/verder/{token}.{key}/")

    assert response.status_code == 404
    assert not visit_of(taker)


@pytest.mark.parametrize(
    "token", ["x", ".", "..", "a.b", "a" * 5000, "%00", "'; DROP TABLE web_parcel; --", "é.é", "a."]
)
def test_a_link_that_never_was_says_so(client: Client, token: str) -> None:
    load_answers(client, CALM)
    before = visit_of(client)

    response = client.post(f"/verder/{token}/")

    assert response.status_code == 404
    assert visit_of(client) == before


def test_a_link_of_another_question_set_says_that_it_is_too_old(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_answers(client, AUTHOR)
    link = link_of(client)
    other = msgspec.structs.replace(knowledge(), digest="f" * 64)
    monkeypatch.setattr("rugkompas.web.views.devices.knowledge", lambda: other)
    taker = Client(HTTP_HOST="127.0.0.1")

    response = taker.post(link)

    assert response.status_code == 404
    assert words("nl")("take_gone_title") in response.content.decode()
    assert not taker.cookies.get(COOKIE)


# Wiping


@pytest.mark.hazard("H-43")
def test_wiping_leaves_no_cookie_and_tells_the_browser_to_forget(client: Client) -> None:
    client.post("/taal/", {"language": "en", "next": "/"})
    load_answers(client, AUTHOR)
    client.get("/uitslag/")
    assert set(client.cookies) == {COOKIE, "language", "csrftoken"}

    response = client.post("/wissen/")

    gone = {name for name, it in response.cookies.items() if it["max-age"] == 0}
    assert gone == {
        *(COOKIE, "language", "csrftoken", SAVED, DRAFT_COOKIE, LAUNCH_COOKIE, RECORD_COOKIE)
    }
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.hazard("H-43")
@pytest.mark.parametrize("path", NEEDS_A_VISIT)
def test_after_wiping_no_page_shows_an_answer(client: Client, path: str) -> None:
    load_answers(client, AUTHOR)
    client.post("/wissen/")
    client.cookies.clear()

    assert end_of(client, path)[0] in ("/", "/vragen/1/", "/controle/")
    assert client.get("/controle/").content.decode().count('<dd class="change">') == 0


@pytest.mark.hazard("H-14", "H-43")
def test_only_files_of_the_look_may_be_kept_by_a_browser(client: Client) -> None:
    load_answers(client, AUTHOR)

    for path in (*NEEDS_A_VISIT, "/", "/over/", "/privacy/", "/gezond/", "/laden/", "/nergens/"):
        assert client.get(path).headers["Cache-Control"] == "no-store", path
