"""The documentation is true: links lead somewhere, commands do what they show, nothing lacks."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from consoles import ROOT, Command, commands, links, pages, places

from rugkompas.catalogue.load import FOLDER, KINDS
from rugkompas.cli.app import COMMANDS
from rugkompas.web.practice import NAMES as PRACTICE_NAMES

REFERENCE = ROOT / "docs" / "reference"
PAGES = [pytest.param(page, id=str(page.relative_to(ROOT))) for page in pages()]
TALKING = [
    pytest.param(commands(page), id=str(page.relative_to(ROOT)))
    for page in pages()
    if commands(page)
]


@pytest.mark.parametrize("page", PAGES)
def test_every_link_inside_the_repository_leads_somewhere(page: Path) -> None:
    dead = []
    for target in links(page):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, place = target.partition("#")
        to = (page.parent / name).resolve() if name else page
        if not to.exists() or (place and to.suffix == ".md" and place not in places(to)):
            dead.append(target)

    assert dead == []


@pytest.mark.parametrize("shown", TALKING)
def test_every_command_that_a_page_shows_gives_the_output_that_it_shows(
    shown: list[Command], tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "docs" / "examples", tmp_path / "docs" / "examples")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    settings = {**os.environ, "PATH": path, "NO_COLOR": "1", "COLUMNS": "80"}
    settings.pop("RUGKOMPAS_LANG", None)

    for command in shown:
        done = subprocess.run(
            ["bash", "-c", command.line],
            cwd=tmp_path,
            env=settings,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
        )
        real = [line.strip() for line in (done.stdout + done.stderr).splitlines()]
        lacking = [line for line in command.shown if line not in real]

        assert "Traceback" not in done.stderr
        assert not lacking, f"$ {command.line}\ndoes not say:\n" + "\n".join(lacking)


def test_every_command_has_its_help_in_the_reference() -> None:
    text = (REFERENCE / "commands.md").read_text("utf-8")

    assert [name for name in COMMANDS if f"## rugkompas {name}\n" not in text] == []


def test_every_folder_of_knowledge_that_is_read_has_its_place_in_the_reference() -> None:
    folders = [*KINDS, "words"]

    assert [name for name in folders if name not in places(REFERENCE / "knowledge.md")] == []
    assert [name for name in folders if not (FOLDER / name).is_dir()] == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        for target in links(page):
            to = (page.parent / target.partition("#")[0]).resolve()
            if to.suffix == ".md" and to.exists():
                waiting.append(to)

    assert sorted(str(page.relative_to(ROOT)) for page in set(pages()) - reached) == []


def test_the_made_pages_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "reference.py"), "--check"],
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_every_setting_of_the_site_has_a_line_in_its_guide() -> None:
    web = FOLDER.parent / "web"
    source = "".join(path.read_text("utf-8") for path in sorted(web.rglob("*.py")))
    names = {f"RUGKOMPAS_{name}" for name in re.findall(r'\benv\.\w+\(\s*"([A-Z_]+)"', source)}
    names |= {f"RUGKOMPAS_{name}" for name in PRACTICE_NAMES} | {"DATABASE_URL"}
    guide = (ROOT / "docs" / "how-to" / "run-a-site.md").read_text("utf-8")
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", guide, re.MULTILINE))

    assert len(names) > 8
    assert told == names
