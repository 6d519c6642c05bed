"""The proof holds, and it fails when a rule is broken."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any

import pytest
import z3

from rugkompas.catalogue import Knowledge
from rugkompas.proof.clauses import Clauses
from rugkompas.proof.logical import LOGICAL, paper_is_code
from rugkompas.proof.options import OPTION_INVARIANTS
from rugkompas.proof.prover import Prover
from rugkompas.proof.verify import in_words, verdicts
from rugkompas.rules.red_flags import ROWS

Break = Callable[[Any, Any], Any]


@pytest.mark.hazard("H-01", "H-02", "H-04", "H-05", "H-06", "H-07", "H-09", "H-18", "H-31")
def test_every_invariant_holds(knowledge: Knowledge, day: dt.date) -> None:
    found = list(verdicts(knowledge, day))

    broken = {v.id: [in_words(b, knowledge, "en") for b in v.broken[:3]] for v in found if v.broken}
    assert broken == {}
    numbers = [*map(str, range(28)), *OPTION_INVARIANTS]
    assert numbers == [verdict.id for verdict in found]


BREAKS: dict[str, tuple[str, Break, set[str]]] = {
    "bladder forgotten": (
        "E01",
        lambda q, p: q.bowel_change.is_("new_or_changed") | q.saddle_change.is_("new_or_changed"),
        {"0", "1", "4"},
    ),
    "weakness weighed against a favourable course": (
        "S02",
        lambda q, p: q.leg_weakness.is_("severe_one") & ~q.course_activity.is_("improving"),
        {"0", "4", "8"},
    ),
    "unknown read as no": ("S12", lambda q, p: q.sexual_change.is_("new_or_changed"), {"0", "2"}),
    "missing read as no": ("S19", lambda q, p: q.age_years.missing, {"0", "3", "17"}),
    "an age moved by one": (
        "W09",
        lambda q, p: q.age_years.below(p.age_young_child - 1),
        {"0", "14", "22"},
    ),
    "basal cell taken for cancer": (
        "W01",
        lambda q, p: q.cancer.is_("basal_cell_only", "past", "current_or_metastatic", "unknown"),
        {"0", "10", "16"},
    ),
    "the optional question made to count": (
        "P09",
        lambda q, p: q.sexual_change.is_("prefer_not_to_say"),
        {"0", "27"},
    ),
}


@pytest.mark.parametrize("what", BREAKS)
def test_a_broken_rule_breaks_the_invariants_that_speak_of_it(
    what: str, knowledge: Knowledge, day: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, rule, expected = BREAKS[what]
    monkeypatch.setitem(ROWS, row, rule)
    prover = Prover(knowledge, day)

    fails = {number for number in expected if any(LOGICAL[number](prover))}

    assert expected == fails


def test_a_counterexample_reads_as_a_person(
    knowledge: Knowledge, day: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ROWS, "E06", lambda q, p: q.fever_or_chills.is_("yes"))

    broken = next(b for b in paper_is_code(Prover(knowledge, day)) if b)

    said = in_words(broken, knowledge, "en")
    assert said.startswith("E06 - ")
    label = knowledge.words["en"].questions["fever_or_chills"].short
    assert f"{label}: " in said


@pytest.mark.parametrize(
    ("condition", "age", "nrs", "holds"),
    [
        ("age_years >= 50 AND pain_nrs >= 7", 50, 7, True),
        ("age_years >= 50 AND pain_nrs >= 7", 50, 6, False),
        ("age_years < 50 OR pain_nrs >= 7 AND age_years >= 60", 55, 9, False),
        ("(age_years < 50 OR pain_nrs >= 7) AND age_years >= 50", 55, 9, True),
        ("NOT age_years < 50 AND pain_nrs missing", 55, -1, True),
        ("age_years >= 0", -1, -1, False),
        ("NOT age_years >= 0", -1, -1, True),
        ("COUNT(age_years >= 50; pain_nrs >= 7; SEVERE) >= 2", 20, 9, True),
        ("COUNT(age_years >= 50; pain_nrs >= 7; SEVERE) >= 3", 20, 9, False),
    ],
)
def test_the_language_of_conditions_means_what_the_dossier_says(
    condition: str, age: int, nrs: int, holds: bool, knowledge: Knowledge
) -> None:
    clauses = Clauses(knowledge, {"age_years": age, "pain_nrs": nrs})

    truth = z3.simplify(clauses.holds(condition))

    assert holds == z3.is_true(truth)


@pytest.mark.parametrize(
    "condition",
    ["", "age_years", "age_years >=", "agge_years >= 5", "fever_or_chills = maybe",
     "(fever_or_chills = yes", "fever_or_chills = yes fever_or_chills = no", "age_years @ 5"],
)  # fmt: skip
def test_a_condition_that_cannot_be_read_is_refused(condition: str, knowledge: Knowledge) -> None:
    with pytest.raises((ValueError, KeyError)):
        Clauses(knowledge).holds(condition)


def test_the_domain_leaves_room_for_every_answer(knowledge: Knowledge, day: dt.date) -> None:
    prover = Prover(knowledge, day)

    for name, variable in itertools.islice(prover.triage.items(), 0, None, 7):
        codes = [variable.not_asked, 0 if variable.is_number else len(variable.words)]
        for code in codes:
            assert prover.refute(name, z3.Int(name) != code) is not None
