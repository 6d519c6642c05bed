"""The shapes that the description gives are exact: no field lacks in them, none is too many."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import msgspec
import pytest
from asking import ask
from people import AUTHOR, CALM
from server import Served

from rugkompas.assess import assess
from rugkompas.assess.follow_up import follow_up
from rugkompas.assess.plan import plan
from rugkompas.assess.prognosis import prognosis_of
from rugkompas.catalogue import Knowledge
from rugkompas.claims.document import Reader
from rugkompas.claims.judge import judge
from rugkompas.outputs import claims_data
from rugkompas.outputs.data import as_data
from rugkompas.outputs.diary_report import diary_data
from rugkompas.outputs.plan_report import plan_data
from rugkompas.outputs.prognosis_report import prognosis_data
from rugkompas.outputs.short_report import short_report
from rugkompas.people import made_up
from rugkompas.people.diary import Book
from rugkompas.people.made_up_diaries import KINDS, diary
from rugkompas.web.api import describe, shapes, shapes_of_words

START = dt.date(2026, 9, 3)
TEXT = (
    "Get rid of back pain for good!\nThis one stretch cures sciatica in 5 minutes. "
    "Last reviewed: 3 March 2025. Most people recover within a few weeks without treatment."
)
TITLES = ("Cure back pain in 7 days", "Exercise for back pain: what helps?", "Tomatoes", "?")


def _same(data: Any, shape: Any) -> None:
    """Read in this shape and written again, it is the same."""
    text = json.dumps(data)
    read = msgspec.json.decode(text, type=shape)
    assert json.loads(msgspec.json.encode(read)) == json.loads(text)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_assessment_its_words_and_its_plan(knowledge: Knowledge, language: str) -> None:
    tiers = set()
    people = [AUTHOR, CALM, {}, {"id": 7, "age_years": 12}, *made_up.people(150, 31, knowledge)]
    for one in people:
        found = assess({**one, "picks": None}, knowledge=knowledge)
        tiers.add(found.triage.urgency)
        _same(as_data(found, language), shapes.Assessment)
        _same(short_report(found, language), shapes_of_words.ShortReport)
        _same(plan_data(plan(found)), shapes.Plan)
        _same(prognosis_data(prognosis_of(found), language), shapes.Prognosis)
    assert tiers >= {"emergency", "same_day", "within_days", "planned"}


def test_a_plan_of_picks_and_one_of_nothing() -> None:
    offered = [offer.id for offer in assess(AUTHOR).options.offered][:2]

    for picks in (offered, []):
        _same(plan_data(plan(assess({**AUTHOR, "picks": picks}))), shapes.Plan)


def test_the_course_in_a_diary(knowledge: Knowledge) -> None:
    for kind in KINDS:
        book = diary(kind, 8, START, knowledge)
        found = follow_up(book, on=START + dt.timedelta(days=83), knowledge=knowledge)
        assert found.moments
        _same(diary_data(found, "nl"), shapes_of_words.DiaryCourse)
    empty = follow_up(Book([]), on=START + dt.timedelta(days=83), knowledge=knowledge)
    _same(diary_data(empty, "nl"), shapes_of_words.DiaryCourse)


def test_a_checked_title_and_a_checked_text(knowledge: Knowledge) -> None:
    for title in TITLES:
        _same(claims_data.as_data(judge()(title), title, knowledge), shapes_of_words.Check)
    read = Reader(knowledge, judge())(TEXT)
    _same(claims_data.as_data(read.verdict, read.title, knowledge, read), shapes_of_words.Check)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_looked_up_and_what_comes_next(site: Served, language: str) -> None:
    told = f"?language={language}"

    _same(ask(site, f"/questions{told}").data, list[shapes.Question])
    _same(ask(site, "/knowledge").data, shapes.FactIds)
    _same(ask(site, f"/knowledge/red_flags/E01{told}").data, shapes.Fact)
    for passed in ([], ["age_years"]):
        _same(ask(site, f"/next{told}", {"passed": passed}).data, shapes.NextPage)
    _same(ask(site, f"/assess{told}", {"age_years": -1}).data, shapes.Problem)
    _same(ask(site, f"/nowhere{told}").data, shapes.Problem)


def test_what_is_given_may_get_more_fields_and_what_is_sent_may_not(knowledge: Knowledge) -> None:
    schemas = describe.schemas(knowledge)

    assert [name for name, it in schemas.items() if it.get("additionalProperties") is False] == [
        "Answers",
        "Interview",
    ]
    assert set(schemas["Assessment"]["properties"]["triage"]) == {"$ref"}
