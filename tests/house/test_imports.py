"""Starting is quick and small: what not everyone needs is loaded when it is used."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import rugkompas

SOURCE = Path(rugkompas.__file__).parent
HEAVY = {"polars", "pyarrow", "numpy", "duckdb", "z3", "typst", "jinja2", "narwhals"}
NETWORK = {"socket", "ssl", "http", "urllib", "requests", "httpx", "aiohttp", "ftplib", "smtplib"}
WEB = {"django", "flask", "fastapi", "starlette"}


@pytest.mark.parametrize("module", ["rugkompas", "rugkompas.cli"])
def test_importing_loads_no_heavy_library(module: str) -> None:
    program = f"import sys, {module}; print(*sys.modules, sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    loaded = {name.partition(".")[0] for name in done.stdout.split()}

    assert "rugkompas" in loaded
    assert loaded & HEAVY == set()


def imported(path: Path) -> set[str]:
    """The first names of all modules that a file imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.partition(".")[0])
    return names


def core() -> list[Path]:
    """Every file but those of the site."""
    return [path for path in SOURCE.rglob("*.py") if SOURCE / "web" not in path.parents]


def test_the_core_imports_no_web_framework() -> None:
    users = {path.name: imported(path) & WEB for path in core()}

    assert {name: found for name, found in users.items() if found} == {}


@pytest.mark.hazard("H-45")
def test_the_core_imports_nothing_that_talks_to_a_network() -> None:
    users = {path.name: imported(path) & NETWORK for path in core()}

    assert {name: found for name, found in users.items() if found} == {}


@pytest.mark.hazard("H-07")
def test_no_rule_reads_a_clock_chance_or_a_file() -> None:
    outside = {"datetime", "time", "random", "secrets", "uuid", "os", "sys", "io", "pathlib"}
    users = {path.name: imported(path) & outside for path in (SOURCE / "rules").rglob("*.py")}

    assert {name: found for name, found in users.items() if found} == {}
