"""What is promised about options holds for everybody, and a broken rule is found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from rugkompas.catalogue import Knowledge
from rugkompas.logic import one
from rugkompas.proof.options import OPTION_INVARIANTS, Chooser
from rugkompas.proof.verify import in_words
from rugkompas.rules import options, person_facts

Broken = Callable[[pytest.MonkeyPatch], None]
NEVER_OFFERED = {"sit_stand_desk"}
"""Dear, and only a maybe in every phase: told about when asked, never put forward."""


@pytest.mark.parametrize("promise", OPTION_INVARIANTS)
def test_every_promise_holds(promise: str, knowledge: Knowledge, day: dt.date) -> None:
    found = list(OPTION_INVARIANTS[promise](Chooser(knowledge, day)))

    assert found
    assert [in_words(broken, knowledge, "en") for broken in found if broken] == []


def without(*reasons: str) -> Broken:
    """The rules with these blocks forgotten."""
    whole = options.blocks

    def blocks(q: Any, p: Any, option: Any) -> Any:
        return {r: truth for r, truth in whole(q, p, option).items() if r not in reasons}

    return lambda patch: patch.setattr(options, "blocks", blocks)


def unknown_taken_for_no(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(options, "absent", lambda q, p, fact: ~person_facts.holds(q, p, fact))


def only_without_money(patch: pytest.MonkeyPatch) -> None:
    rule = lambda q, p: ~person_facts.holds(q, p, "no_money")  # noqa: E731
    patch.setitem(options.SPECIAL, "heat", rule)


def a_no_counts_more_than_unknown(patch: pytest.MonkeyPatch) -> None:
    rule = lambda q, p: q["person_facts.ptsd"].is_("no")  # noqa: E731
    patch.setitem(options.SPECIAL, "heat", rule)


def another_condition_than_on_paper(patch: pytest.MonkeyPatch) -> None:
    rule = lambda q, p: q.bone_risk.is_("yes", "unknown")  # noqa: E731
    patch.setitem(person_facts.HOLDS, "osteoporosis", rule)


def a_forgotten_answer(patch: pytest.MonkeyPatch) -> None:
    patch.delitem(person_facts.HOLDS, "anticoagulant")


BREAKS: dict[str, tuple[Broken, set[str]]] = {
    "contraindications forgotten": (without("contraindicated", "ask_first"), {"o1"}),
    "unknown taken for no": (unknown_taken_for_no, {"o1"}),
    "an answer that makes a fact hold forgotten": (a_forgotten_answer, {"o1", "o6"}),
    "what was struck comes back": (without("rejected"), {"o2"}),
    "what is impossible comes back": (without("not_possible"), {"o2"}),
    "what made it worse comes back": (without("made_worse"), {"o2"}),
    "an unwanted kind comes back": (without("kind_rejected"), {"o2"}),
    "options beside an alarm": (without("triage"), {"o3"}),
    "offered only to the poor": (only_without_money, {"o4"}),
    "advised against, and offered": (without("advised_against", "phase", "not_now"), {"o5"}),
    "another condition than on paper": (another_condition_than_on_paper, {"o6"}),
    "medicines for minors": (without("adults_only"), {"o7"}),
    "a no that counts more than unknown": (a_no_counts_more_than_unknown, {"o8"}),
    "more time than there is": (without("too_much_time"), {"o9"}),
    "longer than the own time": (without("too_long"), {"o9"}),
    "what nobody can pay": (without("costs"), {"o9"}),
    "out of the house for who cannot": (without("cannot_leave_home"), {"o9"}),
}


@pytest.mark.parametrize("what", BREAKS)
def test_a_broken_rule_breaks_the_promises_that_speak_of_it(
    what: str, knowledge: Knowledge, day: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_, expected = BREAKS[what]
    break_(monkeypatch)
    chooser = Chooser(knowledge, day)

    fails = {id_ for id_, promise in OPTION_INVARIANTS.items() if any(promise(chooser))}

    assert expected <= fails


def test_every_promise_can_be_broken() -> None:
    assert set(OPTION_INVARIANTS) == set().union(*(expected for _, expected in BREAKS.values()))


def test_a_counterexample_tells_of_a_life(
    knowledge: Knowledge, day: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    without("rejected")(monkeypatch)

    broken = next(b for b in OPTION_INVARIANTS["o2"](Chooser(knowledge, day)) if b)

    assert broken.answers[f"rejects.{broken.what}"] == "yes"
    assert broken.what in in_words(broken, knowledge, "nl")


def test_every_option_that_may_be_offered_can_reach_somebody(
    knowledge: Knowledge, day: dt.date
) -> None:
    chooser = Chooser(knowledge, day)

    nobody = {
        id_ for id_, offered in chooser.offered.items() if chooser.refute(id_, ~offered) is None
    }

    ruled_out = {
        option.id
        for option in knowledge.options.values()
        if option.domain == "not_recommended" or set(option.phases.values()) == {"no"}
    }
    assert ruled_out | NEVER_OFFERED == nobody


def test_facts_settle_nothing_when_nothing_is_known(knowledge: Knowledge, day: dt.date) -> None:
    q = one.answers_of({}, knowledge.codebook)
    p = knowledge.parameters_on(day)

    absent = [fact for fact in knowledge.person_facts if person_facts.absent(q, p, fact).value]

    assert absent == []
