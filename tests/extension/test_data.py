"""The generated files are those of today's knowledge, and the packed file is whole."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from extension.running import EXTENSION, rules
from rugkompas.catalogue import Knowledge
from rugkompas.claims.export import exported

SCRIPT = EXTENSION.parent / "scripts" / "extension.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("extension_script", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_generated_file_is_older_than_the_knowledge() -> None:
    done = subprocess.run(
        [sys.executable, SCRIPT, "--check"], capture_output=True, text=True, timeout=60
    )

    assert (done.returncode, done.stdout) == (0, ""), "run: make extension"


def test_the_rules_are_the_export_with_what_studies_found(knowledge: Knowledge) -> None:
    found = rules()
    evidence = found.pop("evidence")

    assert found == json.loads(json.dumps(exported(knowledge)))
    assert all(set(of) == set(knowledge.claim_topics) for of in evidence.values())  # type: ignore[attr-defined]


def test_the_packed_file_holds_the_extension_and_is_the_same_each_time(
    script: ModuleType, tmp_path: Path
) -> None:
    for name in ("one.zip", "other.zip"):
        script.pack(tmp_path / name)
    with zipfile.ZipFile(tmp_path / "one.zip") as packed:
        held = {name: packed.read(name) for name in packed.namelist()}

    assert held == {
        path.relative_to(EXTENSION).as_posix(): path.read_bytes()
        for path in EXTENSION.rglob("*")
        if path.is_file()
    }
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()
    assert "manifest.json" in held


def test_every_language_has_a_name_and_a_short_description() -> None:
    for path in sorted((EXTENSION / "_locales").glob("*/messages.json")):
        messages = json.loads(path.read_text("utf-8"))

        assert messages["language"]["message"] == path.parent.name
        assert 0 < len(messages["name"]["message"]) <= 45
        assert 0 < len(messages["description"]["message"]) <= 132
