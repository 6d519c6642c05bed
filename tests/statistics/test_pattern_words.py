"""What people read of their patterns: what goes together, how sure, and never a cause."""

from __future__ import annotations

import re

import numpy as np
import pytest

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.load import LANGUAGES
from rugkompas.outputs import patterns_report as report
from rugkompas.statistics.columns import Diary
from rugkompas.statistics.experiment import Finding, size
from rugkompas.statistics.patterns import Pattern, Patterns, patterns

CAUSE = {
    "nl": r"veroorzaak|komt door|dankzij|daardoor|\bwerkt voor u\b\.",
    "en": r"\bcauses\b|caused|because of|due to|thanks to",
}


def pattern(**changes: object) -> Pattern:
    base = {
        "factor": "broken_night", "lag": 0, "call": "goes_with_more", "difference": 1.1,
        "low": 0.2, "high": 1.9, "more": 0.99, "days_with": 20, "days_without": 40,
        "number": False, "step": 1.0,
    }  # fmt: skip
    return Pattern(**{**base, **changes})  # type: ignore[arg-type]


def test_a_pattern_reads_as_a_plain_sentence(knowledge: Knowledge) -> None:
    assert report.pattern_sentence(pattern(), "pain", knowledge, "nl") == (
        "Op dagen na een onderbroken nacht was uw pijn ongeveer 1 punt hoger. "
        "Waarschijnlijk ligt het verschil tussen 0 en 2 punten. "
        "Dat zijn 20 dagen met en 40 dagen zonder."
    )
    assert report.pattern_sentence(
        pattern(call="goes_with_less", difference=-1.4, low=-2.6, high=-0.6),
        "pain",
        knowledge,
        "en",
    ) == (
        "On days after a broken night your pain was about 1.5 points lower. "
        "The difference probably lies between half a point and 3 points. "
        "That is 20 days with it and 40 days without."
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("outcome", ["pain", "activities"])
def test_every_result_has_its_sentence_and_none_names_a_cause(
    outcome: report.Outcome, language: str, knowledge: Knowledge
) -> None:
    several = (
        pattern(),
        pattern(call="goes_with_less", difference=-1.0, low=-2.0, high=-0.1, lag=1),
        pattern(call="no_clear_pattern", difference=0.2, low=-0.4, high=0.8, factor="my_own"),
        pattern(call="no_clear_pattern", difference=0.6, low=0.1, high=1.1, factor="my_own"),
        pattern(call="no_clear_pattern", difference=-0.6, low=-1.1, high=-0.1, number=True),
        pattern(call="too_little_data", difference=None, low=None, high=None, more=None),
        pattern(
            call="too_little_data", difference=None, low=None, high=None, more=None,
            factor="steps", number=True, lag=1,
        ),
    )  # fmt: skip
    said = report.patterns_sentences(Patterns(60, several, 0.4, 1.2), outcome, knowledge, language)

    assert len(set(said)) == len(said) == 1 + len(several) + 5
    for sentence in said:
        assert not re.search(CAUSE[language], sentence.lower())
        assert "{" not in sentence
        assert "nan" not in sentence.lower().split()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("days", "warned"), [(30, True), (45, False)])
def test_a_short_diary_says_that_what_stands_out_often_gets_smaller(
    days: int, warned: bool, language: str, knowledge: Knowledge
) -> None:
    found = Patterns(days, (pattern(),), 0.4, 1.2)

    said = " ".join(report.patterns_sentences(found, "pain", knowledge, language))

    assert bool(re.search("later vaak kleiner|often smaller later", said)) == warned


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_clear_pattern_never_reads_as_no_effect(language: str, knowledge: Knowledge) -> None:
    unclear = pattern(call="no_clear_pattern", difference=0.0, low=-1.2, high=0.7)

    said = report.pattern_sentence(unclear, "pain", knowledge, language)

    assert re.search("niet duidelijk|not clearly", said)
    assert "1,5 punt" in said or "1.5 points" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_below_three_weeks_only_the_number_of_days_is_said(
    language: str, knowledge: Knowledge, clear: Diary
) -> None:
    outcome = np.where(np.arange(90) < 12, np.asarray(clear.outcome), np.nan)
    found = patterns(Diary(clear.day, outcome, clear.factors))

    said = report.patterns_sentences(found, "pain", knowledge, language)

    assert len(said) == 1
    assert "21" in said[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_experiment_says_its_burden_power_and_the_known_trial_before_it_starts(
    language: str, knowledge: Knowledge
) -> None:
    of = size(1.5)
    assert of is not None

    said = " ".join(report.experiment_sentences(of, 1.5, knowledge, language))

    for number in (of.days, of.days_with, 215):
        assert re.search(rf"\b{number}\b", said)
    assert re.search("niet duidelijk minder last|did not hinder them clearly less", said)
    assert re.search("het daarna nog niet weet|still do not know", said)
    assert not re.search(CAUSE[language], said.lower())


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_experiment_that_takes_too_long_is_not_offered(
    language: str, knowledge: Knowledge
) -> None:
    (said,) = report.experiment_sentences(size(0.2), 0.2, knowledge, language)

    assert re.search("half jaar|half a year", said)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("outcome", ["pain", "activities"])
@pytest.mark.parametrize(
    "found",
    [
        Finding("goes_with_less", -2.0, -3.0, -1.6, 0.0, "yes", 20, 20),
        Finding("goes_with_more", 2.0, 1.0, 3.0, 1.0, "no", 20, 20),
        Finding("cannot_tell", -0.2, -1.0, 0.6, 0.4, "no", 20, 20),
        Finding("cannot_tell", -0.8, -1.6, -0.02, 0.022, "unknown", 20, 20),
        Finding("too_little_data", None, None, None, None, "unknown", 3, 4),
    ],
    ids=lambda f: f.verdict,
)
def test_every_finding_has_its_sentences(
    found: Finding, outcome: report.Outcome, language: str, knowledge: Knowledge
) -> None:
    said = report.finding_sentences(found, "warmte", 1.5, outcome, knowledge, language)

    assert "warmte" in said[0]
    assert not any("{" in sentence for sentence in said)
    if found.verdict == "cannot_tell":
        assert re.search("niet zeggen|cannot tell", said[0])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", ["go_on", "worse", "finished"])
def test_every_moment_of_an_experiment_has_its_sentence(
    state: report.Stop, language: str, knowledge: Knowledge
) -> None:
    said = report.stop_sentence(state, knowledge, language)

    assert said.endswith(".")
    assert ("fysio" in said or "physio" in said) == (state == "worse")
