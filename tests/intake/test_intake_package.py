"""The package: its words are those of today, each is used, and it holds what it needs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from intake.running import INTAKE
from rugkompas.catalogue import Knowledge

SCRIPT = INTAKE.parent / "scripts" / "intake.py"
SOURCES = [path for path in sorted(INTAKE.glob("*.js")) if path.name != "words.js"]


def _words() -> dict[str, dict[str, object]]:
    text = (INTAKE / "words.js").read_text("utf-8")
    found = re.fullmatch(r"// .*\nexport default (\{.*\});\n", text, re.DOTALL)
    assert found, "words.js is one object and nothing else"
    return dict(json.loads(found[1])["words"])


def test_the_words_are_not_older_than_the_knowledge() -> None:
    done = subprocess.run(
        [sys.executable, SCRIPT, "--check"], capture_output=True, text=True, timeout=60
    )

    assert (done.returncode, done.stdout) == (0, ""), "run: make intake"


def test_every_word_is_used_and_every_word_that_is_used_exists() -> None:
    source = "".join(path.read_text("utf-8") for path in SOURCES)
    used = set(re.findall(r"\bwords\.([a-z_]+)\b", source)) - {"number", "js", "length"}
    kinds = ("unreachable", "busy", "refused", "strange", "setup", "old", "unfit")
    used |= {f"trouble_{kind}" for kind in kinds} | {
        f"unit_{it}" for it in ("days", "weeks", "months")
    }

    for language, said in _words().items():
        assert set(said) == used, language


def test_no_other_address_and_no_storage_is_named_in_the_code() -> None:
    for path in SOURCES:
        text = path.read_text("utf-8")
        found = re.findall(
            r"innerHTML|outerHTML|insertAdjacentHTML|\beval\b|localStorage|sessionStorage"
            r"|indexedDB|document\.cookie|XMLHttpRequest|sendBeacon|WebSocket",
            text,
        )
        assert found == [], path.name
        assert len(text.splitlines()) <= 300, path.name


def test_every_file_that_is_imported_is_there_and_nothing_else_is() -> None:
    asked = {"rugkompas-intake.js"}
    for path in INTAKE.glob("*.js"):
        imports = re.findall(r'^import .* from "(.*)";$', path.read_text("utf-8"), re.MULTILINE)
        assert all(name.startswith("./") for name in imports), path.name
        asked |= {name.removeprefix("./") for name in imports}

    assert asked == {path.name for path in INTAKE.glob("*.js")}


def test_the_package_says_what_it_is(knowledge: Knowledge) -> None:
    said = json.loads((INTAKE / "package.json").read_text("utf-8"))

    assert (said["name"], said["license"], said["type"]) == (
        "rugkompas-intake",
        "Apache-2.0",
        "module",
    )
    assert not {"dependencies", "devDependencies", "scripts"} & set(said)
    assert (INTAKE / said["exports"]).is_file()
    assert (INTAKE / "LICENSE").read_bytes() == (INTAKE.parent / "LICENSE").read_bytes()
    assert set(_words()) == set(knowledge.words)


@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not there")
def test_npm_packs_the_files_and_nothing_else(tmp_path: Path) -> None:
    done = subprocess.run(
        ["npm", "pack", "--dry-run", "--json", "--offline", f"--cache={tmp_path}"],
        cwd=INTAKE,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    [packed] = json.loads(done.stdout)
    names = {file["path"] for file in packed["files"]}
    assert names == {path.name for path in INTAKE.iterdir() if path.is_file()}
