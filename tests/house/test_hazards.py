"""The hazard log and the tests hold each other: no hazard without a test, no test without one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOG = ROOT / "docs" / "reference" / "hazards.md"
_ROW = re.compile(r"^\| (H-\d\d) \|(.*)\|\s*$", re.MULTILINE)
_TEST = re.compile(r"`test: (now|later \((?:web|diary|fhir|practice)\))`")


def log() -> dict[str, str]:
    """Hazard id -> "now" or "later (...)"."""
    rows = {}
    for id_, rest in _ROW.findall(LOG.read_text("utf-8")):
        marks = _TEST.findall(rest)
        assert len(marks) == 1, f"{id_} needs one mark: `test: now` or `test: later (...)`"
        rows[id_] = marks[0]
    return rows


def marked(path: Path) -> Iterator[tuple[str, str]]:
    """(hazard, test) for every ``@pytest.mark.hazard`` of a file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            continue
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith(
                "mark.hazard"
            ):
                for argument in decorator.args:
                    yield str(ast.literal_eval(argument)), f"{path.name}::{node.name}"


def carried() -> dict[str, list[str]]:
    """Hazard id -> the tests that carry it."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests").rglob("*.py")):
        for id_, test in marked(path):
            found.setdefault(id_, []).append(test)
    return found


def test_the_log_holds_every_hazard_once_in_order() -> None:
    assert [id_ for id_, _ in _ROW.findall(LOG.read_text("utf-8"))] == [
        f"H-{number:02}" for number in range(1, 57)
    ]


def test_every_hazard_that_can_be_tested_now_has_a_test() -> None:
    tests = carried()
    without = [id_ for id_, when in log().items() if when == "now" and id_ not in tests]

    assert not without, f"no test is marked @pytest.mark.hazard for: {', '.join(without)}"


def test_no_test_names_an_unknown_hazard() -> None:
    unknown = {id_: tests for id_, tests in carried().items() if id_ not in log()}

    assert unknown == {}
