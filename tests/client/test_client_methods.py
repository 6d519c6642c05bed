"""Every method gives all that the API gives, typed, in both languages."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
import urllib.request
from typing import Any

import msgspec
import pytest
from people import AUTHOR, CALM
from server import Served

from client.others import other, said
from rugkompas.assess import assess
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.load import KINDS
from rugkompas.people import made_up
from rugkompas.people.diary.exchange import as_json
from rugkompas.people.made_up_diaries import diary
from rugkompas_client import Answers, Diary, Rugkompas, with_answer
from rugkompas_client.results import Assessment, PageQuestion
from rugkompas_client.words import Language

EMERGENCY = {**CALM, "bladder_change": "new_or_changed"}
TEXT = "Get rid of back pain for good!\nThis one stretch cures sciatica in 5 minutes."
LANGUAGES: tuple[Language, ...] = ("nl", "en")


def _raw(site: Served, path: str, sent: Any = None) -> Any:
    body = None if sent is None else json.dumps(sent).encode()
    request = urllib.request.Request(
        f"{site.address}/api/v1{path}", data=body, headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


def _same(got: Any, raw: Any) -> None:
    """Written as JSON again, it is what came: nothing was lost on the way."""
    assert json.loads(msgspec.json.encode(got)) == raw


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", [AUTHOR, CALM, EMERGENCY, {}])
def test_what_follows_from_answers(
    site: Served, api: Rugkompas, who: Any, language: Language
) -> None:
    for name, ask in (
        ("assess", api.assess),
        ("report", api.report),
        ("options", api.options),
        ("plan", api.plan),
        ("prognosis", api.prognosis),
    ):
        _same(ask(who, language=language), _raw(site, f"/{name}?language={language}", who))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_looked_up(site: Served, api: Rugkompas, language: Language) -> None:
    _same(api.questions(language=language), _raw(site, f"/questions?language={language}"))
    ids = api.facts()
    _same(ids, _raw(site, "/knowledge"))
    assert set(ids.kinds) == set(KINDS)
    for kind, named in ids.kinds.items():
        path = f"/knowledge/{kind}/{named[0]}?language={language}"
        _same(api.fact(kind, named[0], language=language), _raw(site, path))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_course_in_a_diary(
    site: Served, api: Rugkompas, knowledge: Knowledge, language: Language
) -> None:
    start = dt.date.today() - dt.timedelta(days=83)
    sent: Diary = json.loads(as_json(diary("deviating", 8, start, knowledge)))

    got = api.course(sent, language=language)

    assert got.weeks[0].from_ == start
    _same(got, _raw(site, f"/course?language={language}", sent))


@pytest.mark.parametrize("text", ["Cure back pain in 7 days", TEXT, "Tomatoes"])
def test_a_checked_text(site: Served, api: Rugkompas, text: str) -> None:
    got = api.check(text)

    assert (got.sentences is None) == ("\n" not in text)
    _same(got, _raw(site, "/check", {"text": text}))


def test_the_fields_have_the_types_that_they_say(api: Rugkompas) -> None:
    got = api.plan({"id": "desk", "age_years": 38, "pain_duration_days": 26, "leg_pain": "none"})

    assert isinstance(got, Assessment)
    assert got.id == "desk"
    assert isinstance(got.course.recheck_on, dt.date)
    assert got.course.recheck_on == got.date + dt.timedelta(days=got.course.recheck_in_days)
    assert {watch.if_ for watch in got.safety_net} >= {"bladder_change"}
    with pytest.raises(AttributeError):
        got.demonstration = False  # type: ignore[misc]


def _of_author(question: PageQuestion) -> Any:
    """What the author would say, or the calmest that can be chosen."""
    name, dot, part = question.id.partition(".")
    own = AUTHOR.get(name)
    if dot:
        own = own.get(part) if isinstance(own, dict) else None
    if own is not None:
        return own
    if question.kind in ("several", "activities"):
        return []
    values = [choice.value for choice in question.choices]
    calm = (it for it in ("none", "no", *values) if it in values)
    return next(calm, question.low)


def test_an_interview_to_its_end_gives_a_complete_assessment(
    api: Rugkompas, knowledge: Knowledge
) -> None:
    answers: Answers = {}
    asked: list[str] = []
    while page := api.next(answers, life=True).page:
        for question in page.questions:
            asked.append(question.id)
            answers = with_answer(answers, question.id, _of_author(question))
        assert len(asked) < 300

    assert len(asked) == len(set(asked))
    assert {it.partition(".")[0] for it in asked} >= {"age_years", "factors", "person_facts"}
    got = api.assess(answers)
    assert got.triage.complete
    assert got.triage.urgency == assess(dict(answers), knowledge=knowledge).triage.urgency


def test_what_was_passed_over_is_not_asked_again(api: Rugkompas) -> None:
    first = api.next({}).page
    assert first
    second = api.next({}, passed=[question.id for question in first.questions]).page

    assert second
    assert second.id != first.id
    assert api.next(EMERGENCY).page is None  # type: ignore[arg-type]


def test_an_answer_more_leaves_the_others_alone() -> None:
    answers: Answers = {"age_years": 40, "factors": {"low_mood": "no"}}

    more = with_answer(answers, "factors.poor_sleep", "yes")

    assert more == {"age_years": 40, "factors": {"low_mood": "no", "poor_sleep": "yes"}}
    assert answers == {"age_years": 40, "factors": {"low_mood": "no"}}
    assert with_answer({"factors": None}, "factors.low_mood", "yes") == {
        "factors": {"low_mood": "yes"}
    }


def test_threads_share_one_client_and_nobody_gets_the_answer_of_another(
    api: Rugkompas, knowledge: Knowledge
) -> None:
    people = [{**one, "id": str(n)} for n, one in enumerate(made_up.people(24, 3, knowledge))]
    expected = [(it["id"], assess(it, knowledge=knowledge).triage.urgency) for it in people]

    async def asked() -> list[Assessment]:
        return await asyncio.gather(*(asyncio.to_thread(api.assess, it) for it in people))  # type: ignore[arg-type]

    assert [(got.id, got.triage.urgency) for got in asyncio.run(asked())] == expected


def test_a_client_speaks_the_language_that_it_was_given(site: Served) -> None:
    with Rugkompas(f"{site.address}/api/v1/") as dutch, Rugkompas(site.address) as other_one:
        assert dutch.assess({}).language == other_one.assess({}).language == "nl"
        assert dutch.assess({}, language="en").language == "en"


def test_every_address_of_the_description_has_its_method(site: Served) -> None:
    described = {
        f"{method.upper()} {path}"
        for path, operations in _raw(site, "/openapi.json")["paths"].items()
        for method in operations
    }
    with other(said("{}", status="418 I'm a teapot")) as server, Rugkompas(server.address) as api:
        calls = [
            *(lambda: api.assess({}), lambda: api.report({}), lambda: api.options({})),
            *(
                lambda: api.plan({}),
                lambda: api.prognosis({}),
                lambda: api.next({}),
                lambda: api.questions(),
                api.facts,
            ),
            *(lambda: api.check("x"), lambda: api.fact("{kind}", "{id_}")),
            lambda: api.course({"kind": "rugkompas_diary", "format": 1, "records": []}),
        ]
        for call in calls:
            with pytest.raises(Exception, match="Something else answers"):
                call()

    named = {line.partition("?")[0] for line in server.asked}
    assert {it.replace("%7B", "{").replace("%7D", "}") for it in named} == described
    assert all(line.endswith("?language=nl HTTP/1.1") for line in server.asked)


@pytest.mark.hazard("H-46")
def test_nothing_that_is_sent_is_logged_or_shown(
    api: Rugkompas, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        api.assess({"id": "plantedword"})

    assert "plantedword" not in caplog.text + "".join(capsys.readouterr()) + repr(api)
