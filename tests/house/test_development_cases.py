"""The development cases that came with the decision table (docs/decisions/0010)."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from rugkompas import assess

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "development_cases.jsonl").read_text("utf-8").splitlines()
]


def test_there_are_as_many_cases_as_the_decision_record_says() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES) == 24


@pytest.mark.hazard("H-02")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_development_case_comes_out_as_wanted(case: dict[str, Any], day: dt.date) -> None:
    triage = assess(case["answers"], on=day).triage

    assert triage.urgency == case["expected_urgency"]
    assert triage.category == case["expected_category"]
