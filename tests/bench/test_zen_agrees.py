"""A speed comparison is only fair when both sides give the same answer."""

from __future__ import annotations

from types import ModuleType

import pytest
from triaged import people

from rugkompas import assess, load_knowledge


@pytest.fixture(scope="module")
def zen_triage() -> ModuleType:
    pytest.importorskip("zen")
    import zen_triage

    return zen_triage


@pytest.mark.parametrize("way", ["make", "make_by_decision"])
def test_zen_gives_the_same_rows_and_tier_as_rugkompas(zen_triage: ModuleType, way: str) -> None:
    decision = getattr(zen_triage, way)()
    for answers in people():
        triage = assess(answers).triage

        assert zen_triage.fired(decision, answers) == [row.id for row in triage.rules]
        assert zen_triage.tier(decision, answers) == triage.urgency


def test_the_people_make_every_row_fire() -> None:
    seen = {row.id for answers in people() for row in assess(answers).triage.rules}

    assert seen == set(load_knowledge().red_flags)
