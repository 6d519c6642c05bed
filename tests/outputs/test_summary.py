"""The sheet for a GP or physiotherapist: one page, urgency first, and unknown as large as yes."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdf
import pytest
from readers import DAY, DRAWN, LANGUAGES, MANY, PEOPLE, page_text, pdf_text

from pages import Page, squeezed
from rugkompas import assess, load_knowledge
from rugkompas.outputs.page import html
from rugkompas.outputs.parts import Report, Section, sentences
from rugkompas.outputs.pdf import pdf
from rugkompas.outputs.summary import SUSPECTED, summary, summary_data
from rugkompas.outputs.text import render

TOLD_ALL: dict[str, Any] = DRAWN["author"] | {
    "pain_nrs": 6,
    "leg_pain": "one_below_knee",
    "night_pain": "unknown",
    "anticoagulant": "unknown",
    "activities": [
        {"name": "mijn dochter tillen", "start_0_10": 8, "now_0_10": 6},
        {"name": "lopen naar school", "start_0_10": 5, "now_0_10": 3},
    ],
    "tried": {"heat": "helped", "paracetamol": "no_change", "massage": "worse"},
    "medicines": ["nsaid", "opioid"],
    "asks_about": ["massage", "imaging_without_indication"],
    "cannot": {"respite_care": "er is niemand"},
    "rejects_kinds": ["groups", "apps"],
    "likes": ["walking_programme"],
    "other_conditions": ["diabetes"],
    "work": "sitting",
    "rmdq": 12,
    "start_back_total": 6,
    "start_back_psychosocial": 4,
    "factors": dict.fromkeys(MANY, "yes"),
}
ALL: dict[str, dict[str, Any]] = {**PEOPLE, **DRAWN, "told all": TOLD_ALL}
EVERY = [(name, language) for name in ALL for language in LANGUAGES]


def sheet(name: str, language: str = "nl", **more: Any) -> Report:
    return summary(assess(ALL[name] | more, on=DAY), language)


def part(it: Report, id_: str) -> Section:
    return next(section for section in it.sections if section.id == id_)


def pages(it: Report) -> list[pypdf.PageObject]:
    return list(pypdf.PdfReader(io.BytesIO(pdf(it))).pages)


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_it_fits_one_sheet_of_paper(name: str, language: str) -> None:
    made = pages(sheet(name, language))

    assert len(made) == 1
    assert tuple(map(round, made[0].mediabox[2:])) == (595, 842)


@pytest.mark.parametrize(("name", "language"), EVERY)
@pytest.mark.hazard("H-08")
def test_text_page_and_paper_hold_every_sentence(name: str, language: str) -> None:
    it = sheet(name, language)
    outputs = {
        "text": squeezed(render(it, 120)),
        "page": squeezed(page_text(html(it))),
        "pdf": squeezed(pdf_text(it)),
    }
    told = [sentence for sentence in sentences(it) if sentence != it.status_short]

    assert {
        kind: [sentence for sentence in told if squeezed(sentence) not in text]
        for kind, text in outputs.items()
    } == {"text": [], "page": [], "pdf": []}


def test_the_order_is_help_sought_history_impairments_limits_and_then_the_rest() -> None:
    assert [section.id for section in sheet("author").sections] == [
        *("request", "history", "impairments", "limits"),
        *("triage", "answers", "course", "wishes", "codes"),
    ]


@pytest.mark.parametrize(("name", "language"), EVERY)
@pytest.mark.hazard("H-24")
def test_it_says_that_it_does_not_replace_ones_own_screening(name: str, language: str) -> None:
    words = load_knowledge().words[language].summary

    assert sheet(name, language).answer.lead[0] == words["lead_screening"]


@pytest.mark.parametrize(("name", "language"), EVERY)
@pytest.mark.hazard("H-24")
def test_yes_unknown_and_not_asked_stand_in_the_same_shape(name: str, language: str) -> None:
    it = sheet(name, language)
    items = part(it, "answers").items
    levels = [tag for tag, attrs in Page(html(it)).tags if re.fullmatch("h3", tag)]

    assert len(items) == 4
    assert {item.tag for item in items} == {"short"}
    assert all(item.title and item.points for item in items)
    assert len(levels) >= 4


@pytest.mark.hazard("H-24")
def test_what_is_not_known_or_not_asked_never_stands_under_no() -> None:
    it = sheet("same_day", anticoagulant=None)
    given, unknown, not_asked, no = part(it, "answers").items

    assert "Pijn in de nacht" in unknown.points
    assert "Bloedverdunners" in not_asked.points
    assert not {"Pijn in de nacht", "Bloedverdunners"} & {*no.points, *given.points}


@pytest.mark.hazard("H-24", "H-05")
@pytest.mark.parametrize("language", LANGUAGES)
def test_of_nobody_everything_is_not_asked_and_nothing_is_no(language: str) -> None:
    it = sheet("nothing_answered", language)
    words = load_knowledge().words[language].summary
    values = [value for _, value in part(it, "history").facts + part(it, "limits").facts]

    assert part(it, "answers").items[3].points == (words["answers_nobody"],)
    assert words["nothing"] in values
    assert words["nothing_named"] not in values


@pytest.mark.hazard("H-24")
@pytest.mark.parametrize(("name", "language"), EVERY)
def test_nothing_on_it_looks_like_a_pass(name: str, language: str) -> None:
    told = "\n".join(sentences(sheet(name, language))).lower()

    assert re.findall(r"[✓✔☑✅]|\bveilig\b|\bsafe\b|\bin orde\b|\ball clear\b", told) == []


@pytest.mark.parametrize("name", ["emergency", "ambulance", "same_day", "nothing_answered"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.hazard("H-15", "H-19")
def test_when_calling_comes_first_so_does_the_urgency_and_there_is_no_plan(
    name: str, language: str
) -> None:
    it = sheet(name, language)
    words = load_knowledge().words[language]
    after_status = squeezed(pdf_text(it)).split(squeezed(it.status), 1)[1]

    assert after_status.startswith(squeezed(it.answer.headline))
    assert words.tiers[it.answer.tier].name in it.answer.headline
    assert (
        dict(part(it, "wishes").facts)[words.summary["wishes_plan"]]
        == (words.summary["wishes_urgent"])
    )


@pytest.mark.parametrize("name", ALL)
@pytest.mark.hazard("H-37")
def test_urgency_contact_and_signs_to_call_for_stand_together(name: str) -> None:
    it = sheet(name)

    assert it.answer.action != ""
    assert len(it.answer.how.points) == 3


@pytest.mark.parametrize("name", ALL)
def test_every_row_that_fired_is_named_with_its_answers_and_its_ground(name: str) -> None:
    assessment = assess(ALL[name], on=DAY)
    rows = part(summary(assessment, "nl"), "triage").items[: len(assessment.triage.rules)]

    assert [item.title.split(" · ")[0] for item in rows] == [
        row.id for row in assessment.triage.rules
    ]
    assert all(item.basis and item.rests and (item.points or item.text) for item in rows)


@pytest.mark.parametrize("name", ALL)
def test_every_factor_stands_on_it_by_name_when_it_is_present_or_not_known(name: str) -> None:
    assessment = assess(ALL[name], on=DAY)
    told = " ".join(value for _, value in part(summary(assessment, "nl"), "course").facts)
    labels = load_knowledge().words["nl"].factors

    lacking = [
        state.id
        for state in assessment.factors
        if state.state != "absent" and labels[state.id].label not in told
    ]

    assert lacking == []


def test_own_words_wishes_medicines_and_what_was_tried_stand_on_it() -> None:
    told = "\n".join(sentences(sheet("told all")))

    for words in (
        "mijn dochter tillen: van 8 naar 6",
        "‘dan voel ik me een verpleegkundige’",
        "‘er is niemand’",
        "NSAID; opioïde",
        "groepen; apps",
        "RMDQ (0–24)",
    ):
        assert words in told


def test_the_chosen_plan_stands_on_it_with_its_own_when() -> None:
    offered = assess(DRAWN["author"], on=DAY).options.offered[0].id
    it = sheet("author", picks=[offered], plan_when={offered: "na het ontbijt"})
    plan = dict(part(it, "wishes").facts)["Gekozen plan"]

    assert plan == f"{load_knowledge().words['nl'].options[offered].label} (‘na het ontbijt’)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_are_suspected_and_each_has_its_source(language: str) -> None:
    items = part(sheet("author", language), "codes").items
    suspected = {"nl": "vermoed, niet vastgesteld", "en": "suspected, not established"}[language]

    assert [item.text for item in items] == [
        f"ICPC-1 L03: {suspected}",
        f"ICD-10 M54.5: {suspected}",
        f"SNOMED CT 279039007: {suspected}",
    ]
    assert all(item.rests for item in items)


def test_pain_below_the_knee_gets_the_codes_of_radicular_pain() -> None:
    assessment = assess(DRAWN["author"] | {"leg_pain": "one_below_knee"}, on=DAY)

    assert assessment.triage.category == "radicular"
    assert [code["code"] for code in summary_data(assessment)["codes"]] == [
        "L86",
        "M54.4",
        "23056005",
    ]


@pytest.mark.parametrize("name", ["emergency", "within_days", "nothing_answered"])
def test_with_a_specific_suspicion_or_open_alarm_questions_there_is_no_code(name: str) -> None:
    assessment = assess(ALL[name], on=DAY)

    assert summary_data(assessment)["codes"] == []
    assert part(summary(assessment, "nl"), "codes").items == ()


def test_every_code_that_is_shown_says_where_it_comes_from() -> None:
    conditions = load_knowledge().conditions

    assert {id_: set(conditions[id_].codes_from) for id_ in SUSPECTED.values()} == {
        id_: set(conditions[id_].codes) for id_ in SUSPECTED.values()
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.hazard("H-40")
def test_an_unsigned_release_says_demonstration_on_the_sheet(language: str) -> None:
    it = sheet("author", language)

    assert squeezed(it.status) in squeezed(render(it))
    assert squeezed(it.status) in squeezed(page_text(html(it)))
    assert squeezed(it.status_short) in squeezed(pages(it)[0].extract_text())


@pytest.mark.hazard("H-51")
def test_what_a_person_typed_is_shown_and_never_interpreted() -> None:
    nasty = '<img src=x onerror="alert(1)">]}}{{7*7}} #panic("x")'
    it = sheet("author", activities=[{"name": nasty}], rejects={"massage": nasty}, id=nasty)

    assert "<img" not in html(it)
    assert all(squeezed(nasty) in squeezed(t) for t in (page_text(html(it)), pdf_text(it)))


@pytest.mark.hazard("H-07")
def test_the_same_answers_give_the_same_bytes() -> None:
    first, second = sheet("told all"), sheet("told all")

    assert pdf(first) == pdf(second)
    assert html(first) == html(second)
