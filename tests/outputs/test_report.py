"""The facts and the hazards: what a report says, to whom, and what it never says."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pypdf
import pytest
from readers import DAY, EVERYONE, LANGUAGES, PEOPLE, assessed, made, page_text, pdf_text, squeezed

from rugkompas import assess, load_knowledge
from rugkompas.outputs import background, frame
from rugkompas.outputs.data import as_data
from rugkompas.outputs.page import html
from rugkompas.outputs.parts import sentences
from rugkompas.outputs.pdf import pdf
from rugkompas.outputs.report import report
from rugkompas.outputs.text import render


def test_the_people_of_these_tests_reach_every_tier() -> None:
    reached = {assessed(name).triage.urgency for name in PEOPLE}

    assert reached == {"self_care", "planned", "within_days", "same_day", "emergency"}


@pytest.mark.parametrize(("name", "language"), EVERYONE)
@pytest.mark.hazard("H-17")
@pytest.mark.hazard("H-18")
def test_no_report_holds_a_forbidden_phrase(name: str, language: str) -> None:
    it = made(name, language)
    own = "\n".join(s for s in sentences((it.answer, it.sections, it.about, it.status)))
    forbidden = load_knowledge().words[language].forbidden

    assert [pattern for pattern in forbidden if re.search(pattern, own.lower())] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["emergency", "ambulance"])
@pytest.mark.hazard("H-15")
def test_an_emergency_starts_with_the_phone_action_right_after_the_status(
    name: str, language: str
) -> None:
    it = made(name, language)
    action = as_data(assessed(name), language)["triage"]["contact"]["do"]
    outputs = (render(it, 80), page_text(html(it)), pdf_text(it))

    after_status = [
        squeezed(text).split(squeezed(it.status), 1)[1][: len(squeezed(action))] for text in outputs
    ]

    assert after_status == [squeezed(action)] * 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["emergency", "ambulance", "same_day", "nothing_answered"])
@pytest.mark.hazard("H-19")
def test_when_calling_comes_first_nothing_is_offered_to_do_or_to_expect(
    name: str, language: str
) -> None:
    it = made(name, language)
    words = load_knowledge().words[language]
    told = "\n".join(sentences(it))
    soft = [
        *(factor.why for factor in words.factors.values()),
        *(sentence for course in words.courses.values() for sentence in (course.text, course.next)),
        *(expectation.text for expectation in words.expectations.values()),
    ]

    assert [sentence for sentence in soft if sentence in told] == []
    assert {section.id for section in it.sections}.isdisjoint({"expect", "figures"})


@pytest.mark.hazard("H-13")
@pytest.mark.parametrize(("age", "noticed"), [(17, True), (18, False), (4, True), (None, False)])
def test_under_18_the_notice_that_it_is_made_for_adults_always_stands(
    age: int | None, noticed: bool
) -> None:
    it = made("self_care", age_years=age)

    assert any(section.id == "adult" for section in it.sections) is noticed


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.hazard("H-14")
def test_every_report_shows_its_date_the_next_look_and_the_signs_to_call_for(name: str) -> None:
    it = made(name)
    told = "\n".join(sentences(it))
    emergency = next(s for s in it.sections if s.id == "net").items[0]

    assert "25 november 2026" in told
    assert frame.Frame(assessed(name), "nl").voice.date(assessed(name).course.recheck_on) in told
    assert emergency.title == load_knowledge().words["nl"].report["net_emergency"]
    assert len(emergency.points) >= 3


@pytest.mark.hazard("H-16")
def test_no_sentence_holds_a_phone_number_of_its_own() -> None:
    number = load_knowledge().contacts["call_112"].phone
    kinds = ("contacts", "report", "tiers", "red_flags", "courses", "questions")
    written = [
        (language.language, kind)
        for language in load_knowledge().words.values()
        for kind in kinds
        if re.search(rf"\b(?:{number}|911|999)\b", str(getattr(language, kind)))
    ]

    assert written == []


@pytest.mark.hazard("H-40")
def test_an_unsigned_release_says_demonstration_on_every_page_of_every_output() -> None:
    it = made("planned")
    pages = pypdf.PdfReader(io.BytesIO(pdf(it))).pages

    assert squeezed(it.status) in squeezed(render(it))
    assert squeezed(it.status) in squeezed(page_text(html(it)))
    assert all(squeezed(it.status_short) in squeezed(page.extract_text()) for page in pages)


@pytest.mark.parametrize(("name", "language"), EVERYONE)
def test_nothing_recalled_or_chosen_is_shown_as_a_guideline(name: str, language: str) -> None:
    it, knowledge = made(name, language), load_knowledge()
    guideline = knowledge.words[language].report["basis_guideline"]
    why = next(section for section in it.sections if section.id == "why")
    claimed = [
        row
        for row, item in zip(assessed(name).triage.rules, why.items, strict=True)
        if item.basis == guideline
    ]

    assert [row.id for row in claimed if (row.basis, row.mark) != ("guideline", "seen")] == []


def test_a_recalled_figure_says_so_and_a_read_one_says_so() -> None:
    figures = next(s for s in made("planned").sections if s.id == "figures").figures
    lifting = [f for f in figures if f.factor == "Vaak of zwaar tillen"]
    grounds = {f.value: [rests.words for rests in f.rests] for f in lifting}

    assert grounds["OR 1,11 (1,05 tot 1,18)"] == ["Uit het geheugen: bron"]
    assert grounds["0,16 punt (0,02 tot 0,31)"] == ["Gelezen: bron"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_factors_are_present_absent_or_unknown_and_all_are_accounted_for(language: str) -> None:
    it = made("planned", language)
    told = "\n".join(sentences(next(s for s in it.sections if s.id == "roles")))
    words = load_knowledge().words[language].factors

    assert [id_ for id_, factor in words.items() if factor.label not in told] == []


def test_a_risk_group_always_comes_with_how_poorly_such_groups_predict() -> None:
    it = made("planned", start_back_total=6, start_back_psychosocial=4)
    risk = next(s for s in it.sections if s.id == "expect").parts[0]
    words = load_knowledge().words["nl"].report

    assert risk.paragraphs[0] == words["risk_high"]
    assert risk.paragraphs[-1] == words["risk_uncertain"]
    assert risk.rests != ()


@pytest.mark.hazard("H-24")
def test_do_not_know_and_not_asked_are_listed_as_large_as_yes_and_never_under_no() -> None:
    it = made("same_day", anticoagulant=None)
    answers = next(s for s in it.sections if s.id == "answers").items
    unknown, not_asked, no = answers[1:]

    assert "Pijn in de nacht" in unknown.points
    assert "Bloedverdunners" in not_asked.points
    assert not {"Pijn in de nacht", "Bloedverdunners"} & set(no.points)


def test_the_course_says_duration_and_direction_and_what_own_scores_say_against_it() -> None:
    own = [{"name": "wandelen", "start_0_10": 4, "now_0_10": 9}]
    course = next(s for s in made("self_care", activities=own).sections if s.id == "course")

    assert dict(course.facts)["Duur"] == "5 dagen"
    assert "u kunt minder dan eerst" in dict(course.facts)["Richting"]
    assert any("wandelen: van 4 naar 9" in item.points for item in course.items)


def test_open_emergency_questions_and_contradictions_are_named() -> None:
    empty = next(s for s in made("nothing_answered").sections if s.id == "open")
    both = next(
        s for s in made("self_care", leg_weakness_progressive="yes").sections if s.id == "open"
    )

    assert load_knowledge().words["nl"].questions["bladder_change"].label in empty.items[0].points
    assert both.items[0].points == (
        load_knowledge().words["nl"].report["clarify_no_weakness_growing"],
    )


def test_every_pair_that_can_contradict_has_words() -> None:
    from rugkompas.rules.clarify import PAIRS

    words = load_knowledge().words["nl"].report

    assert [pair for pair in PAIRS if f"clarify_{pair}" not in words] == []


def all_answers() -> Iterator[tuple[str, Any]]:
    for question in load_knowledge().questions.values():
        if question.triage and question.kind in ("tri", "choice", "set"):
            values = question.values or ["yes", "no", "unknown"]
            yield from ((question.id, value) for value in values)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_that_can_be_given_has_words(language: str) -> None:
    voice = frame.Frame(assessed("self_care"), language).voice
    spoken = {(id_, value): voice.answer(id_, value) for id_, value in all_answers()}

    assert [place for place, words in spoken.items() if words == place[1]] == []


def test_every_factor_can_be_shown_with_all_its_figures() -> None:
    everything = dict.fromkeys(load_knowledge().factors, "yes")
    it = assess(PEOPLE["planned"] | {"factors": everything}, on=DAY)
    figures = background.figures(frame.Frame(it, "nl"))

    assert figures is not None
    assert len(figures.figures) == sum(len(f.figures) for f in load_knowledge().factors.values())
    assert len(pdf(report(it, "nl"))) > 0
