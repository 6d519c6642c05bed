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
    zen_triage.check(getattr(zen_triage, way)(), people())


def test_a_person_whom_the_engine_judges_otherwise_is_told(zen_triage: ModuleType) -> None:
    decision = zen_triage.make()

    with pytest.raises(AssertionError, match="rows of 0"):
        zen_triage.check(lambda _: decision({}), [{"seriously_ill": "yes"}])


def test_the_people_make_every_row_fire() -> None:
    seen = {row.id for answers in people() for row in assess(answers).triage.rules}

    assert seen == set(load_knowledge().red_flags)
