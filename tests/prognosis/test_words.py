"""What people read: whole people out of 10, no fright, calling first where that is due."""

from __future__ import annotations

import re
from typing import Any

import pytest
from people_at_random import people

import rugkompas
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.load import LANGUAGES
from rugkompas.outputs import page, text
from rugkompas.outputs.parts import Report, sentences
from rugkompas.outputs.prognosis_report import out_of_ten, prognosis_data, prognosis_report

SOMEBODY = {"pain_duration_days": 60, "rmdq": 12, "sleep_trouble_2w": "often"}


def read(answers: dict[str, Any], language: str = "nl") -> str:
    return text.render(prognosis_report(rugkompas.prognosis(answers), language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_prognosis_is_told_as_people_out_of_ten(language: str) -> None:
    shown = read(SOMEBODY, language)

    assert re.search(r"\d (tot|to) \d (van de|of the) 10", shown)
    assert "%" not in shown.split("──")[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_prognosis_says_none_or_all(language: str, knowledge: Knowledge) -> None:
    for share, seed in ((0.1, 1), (1.0, 2)):
        for answers in people(knowledge, 40, share=share, seed=seed):
            report = prognosis_report(rugkompas.prognosis(answers), language)
            for part in report.sections[0].shares:
                numbers = [int(number) for number in re.findall(r"\b\d+\b", part.text)]
                assert 0 not in numbers
                assert numbers[0] in (3, 12)
                assert all(1 <= number <= 9 for number in numbers[1:] if number != 10)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_the_limits_and_the_sources(language: str, knowledge: Knowledge) -> None:
    words = knowledge.words[language].prognosis
    shown = " ".join(read(SOMEBODY, language).split())

    for key in ("not_you", "good_own", "call_text", "wide_studies", "move_text"):
        assert words[key] in shown, key
    assert "traeger" in shown.lower()
    assert knowledge.words[language].report["watch_now"] in shown


def test_rounding_to_whole_people_never_makes_the_range_narrow(knowledge: Knowledge) -> None:
    for answers in people(knowledge, 60, share=0.4, seed=3):
        for chance in rugkompas.prognosis(answers).chances.values():
            low, high = out_of_ten(chance)
            assert low / 10 <= chance.lower + 0.021
            assert high / 10 >= chance.upper - 0.021


def test_only_what_was_answered_is_named(knowledge: Knowledge) -> None:
    shown = read({"pain_duration_days": 500, "recovery_expectation_0_10": 1})
    words = knowledge.words["nl"].prognosis

    assert words["part_recovery_expectation"] in shown
    assert words["part_leg_pain"] not in shown


def test_an_alarm_sign_leaves_only_the_call() -> None:
    found = rugkompas.prognosis({**SOMEBODY, "bladder_change": "new_or_changed"})
    report = prognosis_report(found, "nl")

    assert isinstance(report, Report)
    assert not any(section.shares for section in report.sections)
    assert report.answer.tier == "emergency"
    assert report.answer.headline.startswith("Bel nu")
    assert prognosis_data(found, "nl")["call_first"] is True


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_text_say_the_same(language: str) -> None:
    report = prognosis_report(rugkompas.prognosis(SOMEBODY), language)
    html = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.html(report)))
    shown = " ".join(text.render(report).split())

    for sentence in sentences(report.sections):
        plain = sentence.replace("'", "&#39;")
        assert plain in html or sentence in html, sentence
        assert sentence in shown, sentence


def test_the_data_hold_what_the_contract_names() -> None:
    data = prognosis_data(rugkompas.prognosis({**SOMEBODY, "id": "p1"}), "en")

    assert list(data)[:7] == [
        "id",
        *("limited_3m", "limited_3m_lower", "limited_3m_upper"),
        *("limited_12m", "limited_12m_lower", "limited_12m_upper"),
    ]
    assert data["id"] == "p1"
    assert set(data["answered"]) == {"duration", "disability", "sleep_trouble"}
