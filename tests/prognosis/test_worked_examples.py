"""Examples that a clinician can read (``cases.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import rugkompas
from rugkompas.catalogue.files import read
from rugkompas.outputs.prognosis_report import out_of_ten

CASES: list[Mapping[str, Any]] = read(Path(__file__).with_name("cases.yaml"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_the_example_has_the_chance_that_it_names(case: Mapping[str, Any]) -> None:
    found = rugkompas.prognosis(case["answers"]).chances

    for months, (low, high) in case["likeliest"].items():
        assert low <= found[months].chance <= high, f"{months} months: {found[months].chance:.3f}"
    for months, whole in case.get("range", {}).items():
        assert list(out_of_ten(found[months])) == whole
