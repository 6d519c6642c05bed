"""The package: its types are those of today, mypy uses them, its examples run, it can be built."""

from __future__ import annotations

import ast
import doctest
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from server import Served

import rugkompas_client

ROOT = Path(__file__).parents[2]
CLIENT = ROOT / "client" / "python"
PACKAGE = CLIENT / "src" / "rugkompas_client"
PROGRAMS = Path(__file__).parent / "programs"
ADDRESS = "https://rug.praktijk.example"


def _project() -> dict[str, Any]:
    return dict(tomllib.loads((CLIENT / "pyproject.toml").read_text("utf-8"))["project"])


def test_the_types_are_not_older_than_the_api() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "client.py", "--check"],
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert (done.returncode, done.stdout + done.stderr) == (0, ""), "run: make client"


def test_mypy_takes_the_right_program_and_finds_every_mistake_in_the_wrong_one(
    tmp_path: Path,
) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "mypy", "--strict", "--no-color-output"),
            *("--config-file", "", "--cache-dir", str(tmp_path)),
            *(PROGRAMS / "right.py", PROGRAMS / "wrong.py"),
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": str(CLIENT / "src")},
        timeout=120,
    )

    found = set(re.findall(r"(\w+)\.py:(\d+): error", done.stdout))
    wrong = (PROGRAMS / "wrong.py").read_text("utf-8").splitlines()
    marked = {str(number) for number, line in enumerate(wrong, 1) if "# wrong" in line}
    assert found == {("wrong", number) for number in marked}, done.stdout + done.stderr


def test_the_examples_of_the_readme_run(site: Served) -> None:
    text = (CLIENT / "README.md").read_text("utf-8").replace(ADDRESS, site.address)
    blocks = re.findall(r"^```pycon\n(.*?)^```", text, re.MULTILINE | re.DOTALL)

    def ask(question: Any) -> Any:
        """Passes over what is a number but the age, and otherwise answers calmly."""
        if question.kind == "one":
            values = [choice.value for choice in question.choices]
            return next(it for it in ("none", "no", *values) if it in values)
        return 40 if question.id == "age_years" else None

    test = doctest.DocTestParser().get_doctest(
        "".join(blocks), {"ask": ask}, "README.md", "README.md", 0
    )
    said: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(test, out=said.append)

    assert result.failed == 0, "".join(said)
    assert result.attempted == 19
    assert ADDRESS not in text


def test_the_example_of_the_guide_runs(site: Served, capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "docs" / "how-to" / "use-the-api.md").read_text("utf-8")
    [example] = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)

    exec(compile(example.replace(ADDRESS, site.address), "use-the-api.md", "exec"), {})

    assert capsys.readouterr().out == "emergency\n"


def test_the_readme_names_every_method_and_every_error() -> None:
    text = (CLIENT / "README.md").read_text("utf-8")
    methods = {name for name in vars(rugkompas_client.Rugkompas) if not name.startswith("_")}
    kinds = [it for it in vars(rugkompas_client).values() if isinstance(it, type)]
    errors = {it.__name__ for it in kinds if issubclass(it, Exception)}

    assert [name for name in methods - {"close"} if f"`{name}(" not in text] == []
    assert [name for name in errors if f"`{name}`" not in text] == []


def test_the_package_says_what_it_is_and_needs_little() -> None:
    said = _project()
    stdlib, own = sys.stdlib_module_names, {"rugkompas_client", "msgspec"}
    asked = set()
    for path in PACKAGE.glob("*.py"):
        text = path.read_text("utf-8")
        assert not re.search(r"\bprint\(|\blogging\b", text), path.name
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ImportFrom):
                asked.add(str(node.module).partition(".")[0])
            elif isinstance(node, ast.Import):
                asked |= {alias.name.partition(".")[0] for alias in node.names}

    assert (said["name"], said["license"]) == ("rugkompas-client", "Apache-2.0")
    assert said["version"] == rugkompas_client.VERSION
    assert said["dependencies"] == ["msgspec>=0.19"]
    assert asked - stdlib == own
    assert (CLIENT / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_a_wheel_can_be_built_and_holds_its_types(tmp_path: Path) -> None:
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"),
            *("--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", tmp_path, CLIENT),
        ],
        check=True,
        timeout=120,
    )

    [wheel] = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {name for name in names if name.startswith("rugkompas_client/")} == {
        f"rugkompas_client/{path.name}" for path in PACKAGE.iterdir() if path.is_file()
    }
    assert "rugkompas_client/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
