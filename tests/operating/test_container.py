"""The Containerfile keeps the rules that matter to us. scripts/container.py builds and runs it;
here no image is made, for that takes minutes, an engine and a network."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

import container

ROOT = Path(__file__).parents[2]
EXTRAS = ("web", "pdf", "text")
PIP = re.compile(r"\bpip\b.* (?:install|wheel) ")
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^]]*\])?==(\S+)", re.MULTILINE)


def steps() -> list[tuple[str, str]]:
    """(instruction, rest) of each line, continued lines joined, comments away."""
    text = (ROOT / "Containerfile").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [(word, rest) for word, _, rest in (it.partition(" ") for it in joined.splitlines())]


def last_stage() -> list[tuple[str, str]]:
    found = steps()
    start = max(place for place, (word, _) in enumerate(found) if word == "FROM")
    return found[start:]


def pins(name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for package, version in PIN.findall((ROOT / "requirements" / name).read_text("utf-8")):
        found.setdefault(package, set()).add(version)
    return found


def test_every_base_is_one_that_the_builder_may_name_and_has_a_version() -> None:
    bases = [rest.split()[0] for word, rest in steps() if word == "FROM"]
    (argument,) = [rest for word, rest in steps() if word == "ARG"]

    assert bases == ["${BASE}", "${BASE}"]
    assert re.fullmatch(r"BASE=python:3\.11-slim(@sha256:[0-9a-f]{64})?", argument)


def test_hadolint_has_nothing_to_say() -> None:
    command = [str(Path(sys.executable).with_name("hadolint")), "--no-color"]
    done = subprocess.run(
        [*command, "--failure-threshold", "style", str(ROOT / "Containerfile")],
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_hadolint_would_see_a_fault(tmp_path: Path) -> None:
    faulty = tmp_path / "Containerfile"
    faulty.write_text("FROM python\nRUN cd /tmp && sudo true\n", "utf-8")
    command = [str(Path(sys.executable).with_name("hadolint")), "--no-color", str(faulty)]

    done = subprocess.run(command, capture_output=True, text=True, timeout=60)

    assert done.returncode == 1
    assert {"DL3003", "DL3004", "DL3006"} <= set(re.findall(r"DL\d+", done.stdout))


@pytest.mark.parametrize("there", [(), ("docker",)], ids=["none", "one without its service"])
def test_without_an_engine_that_works_it_is_told_that_nothing_was_built(
    there: tuple[str, ...], tmp_path: Path
) -> None:
    for name in there:
        (tmp_path / name).write_text("#!/bin/sh\nexit 1\n", "utf-8")
        (tmp_path / name).chmod(0o755)

    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "container.py")],
        env={**os.environ, "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 2
    assert "Nothing was built" in done.stdout


def test_the_guide_runs_it_as_the_script_does() -> None:
    guide = (ROOT / "docs" / "how-to" / "run-a-site.md").read_text("utf-8")
    (told,) = re.findall(r"^podman run --detach.*(?:\n  .*)*", guide, re.MULTILINE)

    assert " ".join(container.RUN[:4]) in " ".join(told.replace("\\\n", " ").split())
    assert " ".join(container.RUN[4:]) in told
    assert f"podman build {' '.join(container.ENGINES['podman'])} " in guide


def test_it_runs_as_a_numbered_user_without_rights_and_says_if_it_is_well() -> None:
    words = dict(last_stage())

    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", words["USER"])
    assert '["python", "/opt/rugkompas/health.py"]' in words["HEALTHCHECK"]
    assert words["CMD"].startswith('["rugkompas", "serve"')
    assert words["VOLUME"] == '["/var/lib/rugkompas"]'
    order = [word for word, _ in last_stage()]
    assert order.index("USER") < order.index("CMD")
    assert "RUN" not in order[order.index("USER") :]


def test_every_package_comes_by_its_hash_and_nothing_from_anywhere_else() -> None:
    runs = [part.strip() for word, rest in steps() if word == "RUN" for part in rest.split("&&")]
    installs = [part for part in runs if PIP.search(part)]

    assert len(installs) == 4
    assert not [part for part in installs if part.startswith("pip")]
    for part in installs:
        assert "--require-hashes" in part or "--no-deps" in part
    assert not [part for part in runs if re.search(r"\b(curl|wget|git|apt-get|sudo)\b", part)]
    assert "ADD" not in {word for word, _ in steps()}


def test_no_secret_is_in_it() -> None:
    text = (ROOT / "Containerfile").read_text("utf-8")

    assert not re.search(r"RUGKOMPAS_SECRET|DATABASE_URL|PASSWORD", text)


def test_what_it_copies_is_there_and_reaches_the_engine() -> None:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    let_in = [line[1:] for line in lines if line.startswith("!")]
    copied = [
        name
        for word, rest in steps()
        if word == "COPY" and not rest.startswith("--from")
        for name in rest.split()[:-1]
    ]

    assert "*" in lines
    assert [name for name in copied if not (ROOT / name).exists()] == []
    for name in copied:
        assert any(fnmatch(name, it) or name.startswith(f"{it}/") for it in let_in), name


@pytest.mark.parametrize("name", ["site.txt", "build.txt"])
def test_the_site_runs_on_the_versions_that_were_tested(name: str) -> None:
    text, tested = (ROOT / "requirements" / name).read_text("utf-8"), pins("all.txt")

    assert pins(name)
    assert {it: v for it, v in pins(name).items() if not v <= tested.get(it, set())} == {}
    assert text.count("==") <= text.count("--hash=sha256:")


def test_everything_that_the_site_needs_is_pinned_and_no_more_than_that() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    needed = [*project["dependencies"], *(it for extra in EXTRAS for it in extras[extra])]
    names = {re.split(r"[\[<>=~! ]", it)[0].lower().replace(".", "-") for it in needed}

    assert names <= set(pins("site.txt"))
    others = {"pytest", "playwright", "mypy", "pyspark", "z3-solver", "polars", "duckdb", "pyarrow"}
    assert not others & set(pins("site.txt"))
