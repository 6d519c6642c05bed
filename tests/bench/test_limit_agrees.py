"""What is written by hand as the limit of speed gives what the rules give."""

from __future__ import annotations

import pytest
from triaged import people

import one_core
from rugkompas import assess, load_knowledge
from rugkompas.assess.triage import RANK
from rugkompas.people import columns
from rugkompas.people.made_up import people as made_up
from rugkompas.people.person import person

KNOWLEDGE = load_knowledge()
GROUP = [*people(), *made_up(300, 11, KNOWLEDGE)]
WAYS = one_core.ways_of(
    columns.of_people([person(answers, KNOWLEDGE) for answers in GROUP], KNOWLEDGE).codes,
    KNOWLEDGE,
)


@pytest.mark.parametrize("name", one_core.NAMES)
def test_every_way_gives_the_rows_and_the_tier_of_one_person(name: str) -> None:
    triages = [assess(answers, knowledge=KNOWLEDGE).triage for answers in GROUP]
    found = one_core.plain(WAYS[name])

    assert found.keys() - {"tier"} == KNOWLEDGE.red_flags.keys() - {"C00"}
    for id_, fires in found.items():
        if id_ == "tier":
            expected = [RANK[triage.urgency] for triage in triages]
        else:
            expected = [any(row.id == id_ for row in triage.rules) for triage in triages]
        assert fires.tolist() == expected, id_


def test_a_difference_in_one_answer_is_told() -> None:
    def other() -> one_core.Blocks:
        for fired, tier in WAYS["ours"]():
            yield {**fired, "P11": fired["P11"] ^ 1}, tier

    with pytest.raises(AssertionError, match="P11"):
        one_core.check({**WAYS, "Polars by hand": other})
