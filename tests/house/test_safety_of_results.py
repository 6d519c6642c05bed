"""Hazards of what comes out: results, messages, texts, and the knowledge behind them."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest

from readability import texts
from rugkompas import Assessment, BadAnswers, assess
from rugkompas.assess.triage import ALWAYS_WATCH
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.files import read
from rugkompas.catalogue.load import FOLDER, LANGUAGES, digest_of, files
from rugkompas.outputs.data import as_data
from rugkompas.outputs.page import html
from rugkompas.outputs.report import report
from rugkompas.outputs.text import render
from rugkompas.people.made_up import people
from rugkompas.proof.prover import Prover
from rugkompas.rules.outlook import by_start_back

ROOT = Path(__file__).parents[2]
SEED = 54
URGENT = ("emergency", "same_day")


@pytest.fixture(scope="module")
def results(knowledge: Knowledge) -> list[Assessment]:
    """Assessments of made-up people, always the same ones, and of nobody."""
    crowd = [{}, *people(60, SEED, knowledge)]
    return [assess(who, on=dt.date(2026, 11, 25)) for who in crowd]


@pytest.mark.hazard("H-14", "H-15", "H-37")
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_result_has_an_urgency_without_contact_reason_date_and_safety_net(
    language: str, results: list[Assessment]
) -> None:
    for result in results:
        data = as_data(result, language)

        assert data["triage"]["contact"]["do"]
        assert data["triage"]["rules"]
        assert data["date"] == "2026-11-25"
        assert data["course"]["recheck_on"] > data["date"]
        assert {watch["if"] for watch in data["safety_net"]} >= set(ALWAYS_WATCH)


@pytest.mark.hazard("H-15")
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_do_begins_with_a_phone_call_when_it_is_urgent(
    language: str, knowledge: Knowledge
) -> None:
    first = {"nl": "Bel ", "en": "Call "}[language]
    words = knowledge.words[language]

    for flag in knowledge.red_flags.values():
        if flag.tier in URGENT:
            assert words.contacts[flag.contact].do.startswith(first), flag.contact


@pytest.mark.hazard("H-16")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_number_to_call_follows_the_country_in_every_language(
    language: str, knowledge: Knowledge, day: dt.date
) -> None:
    result = assess({"collapse_or_pulsating_belly": "yes"}, on=day)

    contact = as_data(result, language)["triage"]["contact"]

    assert (contact["country"], contact["phone"]) == ("NL", "112")
    assert "112" in contact["do"]
    assert 'href="tel:112"' in html(report(result, language))


@pytest.mark.hazard("H-17", "H-18")
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_reassures_falsely_or_speaks_of_damage(language: str) -> None:
    folder = FOLDER / "words" / language
    forbidden = read(folder / "forbidden.yaml")
    hits = [
        f"{path.stem} {place}: {why}"
        for path in sorted(folder.glob("*.yaml"))
        if path.stem != "forbidden"
        for place, text in texts(read(path))
        for pattern, why in forbidden.items()
        if re.search(pattern, text.lower())
    ]

    assert hits == []


@pytest.mark.hazard("H-19")
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_urgent_comes_with_an_exercise(language: str, knowledge: Knowledge) -> None:
    exercise = {"nl": r"\b(oefening|wandel|train|rek)\w*", "en": r"\b(exercis|stretch|train)\w*"}
    words = knowledge.words[language]
    said = [
        " ".join((words.contacts[flag.contact].do, words.contacts[flag.contact].more))
        + " ".join((words.red_flags[flag.id].reason, words.red_flags[flag.id].say))
        for flag in knowledge.red_flags.values()
        if flag.tier in URGENT
    ]

    assert [text for text in said if re.search(exercise[language], text.lower())] == []


@pytest.mark.hazard("H-28")
@pytest.mark.parametrize(
    ("day", "again"),
    [
        (dt.date(2027, 2, 21), dt.date(2027, 3, 1)),
        (dt.date(2028, 2, 21), dt.date(2028, 2, 29)),
        (dt.date(2026, 12, 28), dt.date(2027, 1, 5)),
        (dt.date(2027, 3, 21), dt.date(2027, 3, 29)),
    ],
    ids=["an ordinary February", "a leap day", "the end of a year", "the clock goes forward"],
)
def test_the_day_to_look_again_is_counted_in_local_dates(day: dt.date, again: dt.date) -> None:
    calm = json.loads((ROOT / "docs" / "examples" / "desk.json").read_text("utf-8"))

    result = assess({**calm, "pain_duration_days": 13, "activities": None}, on=day)

    assert result.course.recheck_on == again


@pytest.mark.hazard("H-29")
@pytest.mark.parametrize(
    ("total", "psychosocial", "group"),
    [(3, 5, "low"), (4, 3, "medium"), (4, 4, "high"), (9, 5, "high"), (0, 0, "low")],
)
def test_start_back_looks_at_the_total_first(
    total: int, psychosocial: int, group: str, knowledge: Knowledge, day: dt.date
) -> None:
    assert by_start_back(total, psychosocial, knowledge.parameters_on(day)) == group


@pytest.mark.hazard("H-31")
def test_a_rule_that_differs_from_its_signed_condition_is_found(
    knowledge: Knowledge, day: dt.date
) -> None:
    prover = Prover(knowledge, day)
    everybody = prover.everybody
    signed = everybody.holds(knowledge.red_flags["S02"].condition)
    lowered = everybody.holds("leg_weakness = severe_one AND SEVERE")

    assert prover.refute("as signed", everybody.rows["S02"] == signed) is None
    found = prover.refute("lowered", lowered == signed)
    assert found is not None
    assert found.answers["leg_weakness"] == "severe_one"


@pytest.mark.hazard("H-32")
def test_the_knowledge_has_a_date_and_a_day_by_which_it_is_looked_at_again(
    knowledge: Knowledge,
) -> None:
    release = knowledge.release

    assert dt.timedelta(0) < release.review_by - release.date <= dt.timedelta(days=366)


@pytest.mark.hazard("H-33")
def test_one_flipped_byte_is_another_version_of_the_knowledge(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(FOLDER, folder)
    same = digest_of(files(folder), folder)
    row = folder / "red_flags" / "E01.yaml"
    row.write_bytes(row.read_bytes().replace(b"emergency", b"emergencx"))

    assert same == digest_of(files(), FOLDER)
    assert digest_of(files(folder), folder) != same


@pytest.mark.hazard("H-40")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("signed_by", "demonstration"), [("", True), ("A. Clinician", False)])
def test_every_form_says_that_it_is_a_demonstration_until_somebody_signs(
    signed_by: str, demonstration: bool, language: str, knowledge: Knowledge, day: dt.date
) -> None:
    release = msgspec.structs.replace(knowledge.release, signed_by=signed_by)
    result = assess({}, on=day, knowledge=msgspec.structs.replace(knowledge, release=release))
    banner = {"nl": "Dit is een demonstratie.", "en": "This is a demonstration."}[language]

    shown = report(result, language)

    assert as_data(result, language)["demonstration"] is demonstration
    assert (banner in render(shown, 200)) is demonstration
    assert (banner in html(shown)) is demonstration


@pytest.mark.hazard("H-24", "H-05")
def test_what_was_not_asked_is_never_shown_as_no(day: dt.date) -> None:
    nobody = assess({}, on=day)

    assert {state.state for state in nobody.factors} == {"unknown"}
    assert len(nobody.triage.missing) > 10
    assert not nobody.triage.complete


@pytest.mark.hazard("H-45")
def test_a_page_asks_nothing_of_another_host(results: list[Assessment]) -> None:
    loads = re.compile(r"<(script|iframe|img|link|object|embed)\b|@import|url\(\s*['\"]?http", re.I)

    assert [
        hit[0] for result in results[:5] for hit in loads.finditer(html(report(result, "nl")))
    ] == []


@pytest.mark.hazard("H-46")
@pytest.mark.parametrize(
    "answers",
    [
        {"bladder_change": "CANARY"},
        {"age_years": "CANARY"},
        {"immune_or_infection_risk": ["CANARY"]},
        {"factors": {"low_mood": "CANARY"}},
        {"activities": [{"name": "CANARY", "start_0_10": 99}]},
        {"ibp_items": {"ibp_insidious": "CANARY"}},
    ],
    ids=lambda answers: next(iter(answers)),
)
def test_no_message_repeats_an_answer(answers: dict[str, Any], knowledge: Knowledge) -> None:
    with pytest.raises(BadAnswers) as refused:
        assess(answers)

    said = [p.said(knowledge, language) for p in refused.value.problems for language in LANGUAGES]
    assert said
    assert "CANARY" not in " ".join([*said, str(refused.value), repr(refused.value)])


@pytest.mark.hazard("H-51")
def test_what_a_person_types_is_never_run_by_a_page(day: dt.date) -> None:
    nasty = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    activities = [{"name": nasty, "start_0_10": 8, "now_0_10": 3}]

    page = html(report(assess({"id": nasty, "activities": activities}, on=day), "nl"))

    assert "<script" not in page
    assert "<img" not in page


@pytest.mark.hazard("H-52")
def test_every_dependency_is_pinned_with_a_hash() -> None:
    text = (ROOT / "requirements" / "all.txt").read_text("utf-8")
    pinned = [part for part in re.split(r"\n(?=\S)", text.strip()) if not part.startswith("#")]

    assert len(pinned) > 20
    assert [part for part in pinned if "==" not in part or "--hash=sha256:" not in part] == []
