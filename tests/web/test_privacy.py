"""What the pages about Rugkompas and about privacy say is there, and is true.

``POINTS`` has the points that a privacy statement must hold. Each names the sentences that say
it and the tests that show it. Sharing with a practice does not exist: the site says so.
"""

from __future__ import annotations

import ast
import datetime as dt
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import msgspec
import pytest
from django.test import Client, override_settings
from people import AUTHOR, CALM
from walks import fill_in, load_answers

import rugkompas
from rugkompas.web import rules, shown
from rugkompas.web.cookies import LANGUAGES
from rugkompas.web.middleware import log
from rugkompas.web.models import MINUTES, Parcel, Tally
from rugkompas.web.practice import Practice
from rugkompas.web.rules import knowledge
from rugkompas.web.shown import words
from rugkompas.web.views import pages
from rugkompas.web.visit import HOURS, question_set

HERE = Path(__file__).parent
PRACTICE = Practice("De Brug, Kade 1, Elst", "06 0000 0000", "A. de Boer, huisarts", "NL")
POINTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "1 who is responsible": (
        ("who", "who_practice", "who_demo"),
        ("test_a_practice_is_named_with_its_contact", "test_a_demonstration_says_so"),
    ),
    "2 without an account nothing is kept": (
        (
            "accounts_text",
            "short_2",
            "short_3",
            "short_4",
            "answers_text",
            "log_text",
            "cookies_text",
        ),
        (
            "test_answering_everything_leaves_nothing_on_the_server",
            "test_the_log_has_no_place_for_an_answer_or_an_address",
            "test_cookies_have_exactly_these_flags",
            "test_a_visit_holds_nothing_that_can_be_read",
            "test_a_visit_opens_until_its_hours_are_over_and_a_page_starts_them_anew",
            "test_wiping_leaves_no_cookie_and_tells_the_browser_to_forget",
        ),
    ),
    "3 and 11 what an account keeps, and from what age": (
        (
            *("accounts_short_1", "accounts_answers_none", "accounts_diary", "accounts_mail"),
            *("accounts_young", "accounts_cookie", "accounts_erase"),
        ),
        (
            "test_no_page_without_an_account_asks_who_somebody_is",
            "test_all_that_is_held_can_be_taken_along",
            "test_a_form_that_is_not_right_says_why_and_makes_nothing",
            "test_no_mail_says_anything_about_health_or_the_name_of_the_site",
        ),
    ),
    "4 why we may": (
        ("why_text",),
        ("test_the_button_that_starts_says_what_one_agrees_to",),
    ),
    "5 and 6 nobody looks and nothing is shared": (
        ("short_5", "accounts_answers_none", "files_text"),
        ("test_nothing_of_a_person_is_in_the_database_but_what_they_ask_for",),
    ),
    "7 how long": (
        ("short_4", "device_text", "cookies_text"),
        (
            "test_an_account_that_nobody_uses_goes_after_a_warning",
            "test_an_erased_account_leaves_no_byte_in_the_files_of_the_database",
            "test_a_link_brings_the_same_visit_to_another_device_once",
            "test_a_parcel_that_is_too_old_is_erased",
        ),
    ),
    "8 no other companies": (
        ("short_6", "others_text"),
        (
            "test_no_page_has_an_inline_style_or_script_or_loads_from_elsewhere",
            "test_every_page_has_exactly_these_headers",
        ),
    ),
    "9 rights": (
        ("rights_text", "accounts_rights_none", "rights_practice"),
        (
            "test_seeing_correcting_taking_along_and_erasing_need_nobody",
            "test_wiping_leaves_no_cookie_and_tells_the_browser_to_forget",
        ),
    ),
    "10 fixed rules": (
        ("rules_text",),
        ("test_the_pages_say_that_people_wrote_the_rules",),
    ),
    "12 employer and insurer": (
        ("short_5", "files_text"),
        ("test_nothing_of_a_person_is_in_the_database_but_what_they_ask_for",),
    ),
    "13 security": (
        ("safe_https", "accounts_safe_text", "safe_practice", "safe_demo", "accounts_leak"),
        (
            "test_no_page_has_an_inline_style_or_script_or_loads_from_elsewhere",
            "test_only_files_of_the_look_may_be_kept_by_a_browser",
            "test_with_https_every_page_says_so_and_plain_http_leads_to_it",
        ),
    ),
    "14 complaints": (
        ("complaint_practice", "complaint_demo"),
        ("test_a_practice_is_named_with_its_contact", "test_a_demonstration_says_so"),
    ),
    "15 changes": (
        ("changes_text",),
        (
            "test_another_text_is_another_question_set",
            "test_a_visit_of_another_question_set_clearly_starts_anew",
        ),
    ),
}


@pytest.fixture
def practice() -> Iterator[Practice]:
    """The site as a practice runs it."""
    with override_settings(PRACTICE=PRACTICE, SECURE_SSL_REDIRECT=False):
        rules.knowledge.cache_clear()
        shown._shared.cache_clear()
        yield PRACTICE
    rules.knowledge.cache_clear()
    shown._shared.cache_clear()


def seen(client: Client, path: str, language: str = "nl") -> str:
    """A page without its tags, on one line."""
    client.cookies["language"] = language
    html = client.get(path).content.decode()
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", html).split()))


def values(language: str) -> dict[str, object]:
    """What is filled in on the two pages."""
    t, held = words(language), knowledge()
    voice = pages.Voice(held, language)
    return {
        "hours": HOURS,
        "minutes": MINUTES,
        "wipe": t("wipe"),
        "start": t("start_button"),
        "date": voice.date(held.release.date),
        "knowledge": held.version,
    }


def names_of_tests() -> set[str]:
    return {
        node.name
        for folder in (HERE, HERE.parent / "accounts")
        for path in folder.glob("test_*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }


@pytest.mark.parametrize("point", POINTS)
def test_each_point_of_the_privacy_statement_has_tests(point: str) -> None:
    _, tests = POINTS[point]

    assert set(tests) <= names_of_tests()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("point", POINTS)
def test_each_point_stands_on_the_page_in_each_language(
    point: str, language: str, client: Client, request: pytest.FixtureRequest
) -> None:
    keys, t = POINTS[point][0], words(language)
    demonstration = seen(client, "/privacy/", language)
    request.getfixturevalue("practice")
    with override_settings(SECURE_SSL_REDIRECT=True):
        secure = Client(HTTP_HOST="127.0.0.1", headers={"X-Forwarded-Proto": "https"})
        secure.cookies["language"] = language
        of_practice = unescape(
            " ".join(re.sub(r"<[^>]+>", " ", _secure(secure, "/privacy/")).split())
        )

    lacking = [
        key
        for key in keys
        if t(f"privacy_{key}", **values(language)) not in demonstration + of_practice
    ]
    assert lacking == []


def _secure(client: Client, path: str) -> str:
    return client.get(path, secure=True).content.decode()


@pytest.mark.hazard("H-40")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/over/", "/privacy/"])
def test_a_practice_is_named_with_its_contact(
    path: str, language: str, client: Client, practice: Practice
) -> None:
    page, t = seen(client, path, language), words(language)

    assert practice.operator in page
    assert practice.contact in page
    assert (practice.clinician in page) is (path == "/over/")
    assert t("about_who_demo") not in page
    assert t("privacy_who_demo") not in page


@pytest.mark.hazard("H-40")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_demonstration_says_so(language: str, client: Client) -> None:
    t = words(language)

    about, privacy = seen(client, "/over/", language), seen(client, "/privacy/", language)

    assert t("about_who_demo") in about
    assert t("about_unsigned") in about
    assert t("about_problem_demo") in about
    assert t("privacy_who_demo") in privacy
    assert t("privacy_complaint_demo") in privacy


@pytest.mark.hazard("H-13", "H-22")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_about_rugkompas_says_what_it_is_for_and_what_it_cannot(
    language: str, client: Client
) -> None:
    page, t = seen(client, "/over/", language), words(language)
    said = ("text", "for_text", "for_care", "person_text", "how_text", "how_sources")
    lists = [f"{name}_{number}" for name in ("not", "person") for number in range(1, 6)]
    without_link = page.replace(" 112 ", " 112").replace("112 .", "112.")

    assert [key for key in (*said, *lists) if t(f"about_{key}") not in without_link] == []


@pytest.mark.hazard("H-32")
@pytest.mark.parametrize("days", [-1, 0, 1])
def test_the_page_about_rugkompas_tells_version_date_and_whether_it_is_too_old(
    days: int, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = knowledge().release
    monkeypatch.setattr(pages, "today", lambda: release.review_by + dt.timedelta(days=days))

    page = seen(client, "/over/", "en")

    assert rugkompas.__version__ in page
    assert knowledge().version in page
    assert pages.Voice(knowledge(), "en").date(release.review_by) in page
    assert (words("en")("about_version_late") in page) is (days >= 0)


def test_the_pages_say_that_people_wrote_the_rules(client: Client) -> None:
    boast = re.compile(r"slim|intelligent|smart|learning|lerend|\bAI\b", re.I)
    for language in LANGUAGES:
        t = words(language)
        about, privacy = seen(client, "/over/", language), seen(client, "/privacy/", language)

        assert t("about_how_text") in about
        assert t("privacy_rules_text") in privacy
        assert boast.findall(about + privacy) == []


@pytest.mark.hazard("H-43")
def test_answering_everything_leaves_nothing_on_the_server(client: Client) -> None:
    before = Parcel.objects.count()

    assert fill_in(client, AUTHOR, life=True) == "/controle/"
    for path in ("/uitslag/", "/keuzes/", "/plan/", "/samenvatting/", "/uitslag.pdf"):
        assert client.get(path).status_code == 200

    assert Parcel.objects.count() == before


@pytest.mark.hazard("H-44", "H-47")
def test_nothing_of_a_person_is_in_the_database_but_what_they_ask_for(client: Client) -> None:
    from django.apps import apps

    of_people = [
        *("Account", "DataKey", "DiaryLine", "Consent", "Reminder", "Session"),
        *("EmailAddress", "Authenticator"),
        *("Appointment", "Cell", "Member", "Invitation"),
    ]
    # Tables of Django and of allauth that hold nothing of anybody, and the log of looks, which
    # names no person and can only grow.
    unused = {"Look", "ContentType", "Permission", "Group", "EmailConfirmation"}
    found = {model.__name__ for model in apps.get_models()}
    # What is counted against guessing names nobody: test_tallies.py.
    assert found == {"Parcel", "Tally", *of_people, *unused}

    def held() -> dict[str, int]:
        return {name: apps.get_model(_app(name), name).objects.count() for name in of_people}

    before_anybody, counted = held(), Tally.objects.count()
    load_answers(client, CALM)
    for path in ("/uitslag/", "/vooruit/", "/keuzes/", "/plan/", "/samenvatting/", "/afspraak/"):
        assert client.get(path).status_code == 200
    assert held() == before_anybody
    assert Tally.objects.count() == counted
    before = Parcel.objects.count()
    client.get("/verder/")
    assert Parcel.objects.count() == before
    client.post("/verder/")
    assert Parcel.objects.count() == before + 1
    assert {field.name for field in Parcel._meta.get_fields()} == {"id", "name", "sealed", "until"}


def _app(name: str) -> str:
    ours = dict.fromkeys(("Appointment", "Cell", "Member", "Invitation"), "booking")
    return {"EmailAddress": "account", "Authenticator": "mfa", **ours}.get(name, "accounts")


@pytest.mark.hazard("H-47")
def test_a_parcel_that_is_too_old_is_erased(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_answers(client, CALM)
    client.post("/verder/")
    newest = Parcel.objects.latest("until")

    Parcel.objects.filter(pk=newest.pk).update(until=newest.until - dt.timedelta(minutes=MINUTES))
    client.get("/gezond/")

    assert not Parcel.objects.filter(pk=newest.pk).exists()


@pytest.mark.hazard("H-46")
def test_the_log_has_no_place_for_an_answer_or_an_address() -> None:
    told = {"event": "request", "page": "page", "ms": 1.0, "path": "/vragen/3/", "ip": "192.0.2.1"}

    assert log._only_allowed(None, "info", {**told, "answer": "CANARY"}) == {
        "event": "request",
        "page": "page",
        "ms": 1.0,
    }
    assert set(log._ALLOWED) == {
        *("event", "level", "timestamp", "page", "method", "status", "ms", "error", "at")
    }


@pytest.mark.hazard("H-11")
def test_no_page_without_an_account_asks_who_somebody_is(client: Client) -> None:
    asked = {question.id for question in knowledge().questions.values()}
    forms = "".join(
        client.get(path).content.decode() for path in ("/", "/vragen/1/", "/laden/", "/privacy/")
    )

    assert asked & {"name", "email", "address", "phone", "bsn", "date_of_birth"} == set()
    assert re.findall(r'type="(?:email|password|tel)"', forms) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_button_that_starts_says_what_one_agrees_to(language: str, client: Client) -> None:
    t = words(language)

    fresh = seen(client, "/", language)
    load_answers(client, CALM)

    assert t("start_button") in fresh
    assert t("start_consent") in fresh
    assert t("start_consent") not in seen(client, "/", language)


@pytest.mark.hazard("H-48")
def test_another_text_is_another_question_set() -> None:
    held = knowledge()
    changed = msgspec.structs.replace(held, digest="0" * 64)

    assert question_set(changed) != question_set(held)


def test_seeing_correcting_taking_along_and_erasing_need_nobody(client: Client) -> None:
    load_answers(client, CALM)

    assert 'href="/controle/1/"' in client.get("/controle/").content.decode()
    assert client.get("/controle/1/").status_code == 200
    assert json.loads(client.get("/antwoorden.json").content)["age_years"] == CALM["age_years"]
    client.post("/wissen/")
    assert client.get("/antwoorden.json").status_code == 302
