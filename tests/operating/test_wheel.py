"""The wheel holds everything: it is built, installed elsewhere and run, without a network."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import packages
import pytest
import server
from packaging.markers import Marker

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "rugkompas"


PERSON = str(ROOT / "docs" / "examples" / "desk.json")
PAGES = (
    *("/", "/uitleg/6/", "/cijfers/1/", "/cijfers/groep/", "/antwoord/", "/dagboek/begin/"),
    *("/fhir/metadata", "/cds-services"),
)
PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^]]*\])?==[^;\n]*?( ; .*)?\\$", re.MULTILINE)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run([*build, "--directory", str(folder)], cwd=ROOT, env=packages.clean(), check=True)
    (made,) = folder.glob("*.whl")
    return made


def of_the_site() -> set[str]:
    """What requirements/site.txt installs on this machine."""
    text = (ROOT / "requirements" / "site.txt").read_text("utf-8")
    found = {name for name, only_for in PINNED.findall(text) if _here(only_for)}
    assert len(found) > 40
    return found


def _here(only_for: str) -> bool:
    return not only_for or Marker(only_for.removeprefix(" ; ")).evaluate()


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site elsewhere, with what is pinned for it and nothing else."""
    return packages.made(tmp_path_factory.mktemp("elsewhere") / "venv", wheel, of_the_site())


@pytest.fixture(scope="module")
def plain(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Installed without any extra."""
    home = tmp_path_factory.mktemp("plain") / "venv"
    return packages.made(home, wheel, packages.without_extras())


def ran(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(installed / "rugkompas"), *arguments],
        env=packages.clean(),
        cwd=installed,
        capture_output=True,
        text=True,
        timeout=120,
    )


def said(installed: Path, *arguments: str) -> str:
    done = ran(installed, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_file_of_the_source_is_in_the_wheel_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        inside = {name for name in opened.namelist() if ".dist-info/" not in name}
        licence = [name for name in opened.namelist() if name.endswith("licenses/LICENSE")]
    source = {
        path.relative_to(SOURCE.parent).as_posix()
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert inside == source
    assert len(licence) == 1


def test_the_installed_copy_is_the_one_that_runs(installed: Path) -> None:
    tell = "import rugkompas; print(rugkompas.__file__)"
    python = [str(installed / "python"), "-c", tell]
    done = subprocess.run(
        python, env=packages.clean(), cwd=installed, capture_output=True, text=True
    )

    assert Path(done.stdout.strip()).is_relative_to(installed.parent)


def test_the_commands_work_from_the_wheel(installed: Path) -> None:
    assert said(installed, "--version").startswith("rugkompas ")
    assert '"urgency"' in said(installed, "assess", PERSON, "--format", "json")
    assert len(said(installed, "explain", "best_exercise", "--lang", "en")) > 1000
    assert '"Questionnaire"' in said(installed, "fhir", "questionnaire")


@pytest.mark.parametrize(
    ("language", "result", "question", "answer"),
    [
        ("nl", "Uw uitslag", "is lang zitten slecht voor mijn rug", "zitten"),
        ("en", "Your Rugkompas result", "is sitting bad for my back", "sitting"),
    ],
)
def test_it_speaks_both_languages(
    language: str, result: str, question: str, answer: str, installed: Path
) -> None:
    words = ("--lang", language)

    assert result in said(installed, "assess", PERSON, "--format", "text", *words)
    assert answer in said(installed, "ask", question, *words).lower()


@pytest.mark.parametrize(
    ("arguments", "extra"),
    [
        (("serve", "--port", "0"), "web"),
        (("accounts", "tidy"), "web"),
        (("backup", "copy"), "web"),
        (("restore", "copy"), "web"),
        (("ask", "is sitting bad"), "text"),
        (("verify",), "proof"),
        (("assess", str(ROOT / "docs" / "examples" / "people.csv")), "tables"),
        (("example", "--population", "20"), "tables"),
        (("assess", PERSON, "--format", "pdf", "-o", "result.pdf"), "pdf"),
    ],
)
def test_a_command_that_needs_more_than_is_installed_says_what(
    arguments: tuple[str, ...], extra: str, plain: Path
) -> None:
    done = ran(plain, "--lang", "en", *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert f"rugkompas[{extra}]" in done.stderr


def test_one_person_needs_no_extra(plain: Path) -> None:
    assert "Your Rugkompas result" in said(plain, "assess", PERSON, "--lang", "en")


def test_the_site_starts_from_the_wheel_with_its_pages_and_styles(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "COMMAND", installed / "rugkompas")
    for name in [name for name in os.environ if name.startswith("PYTHON")]:
        monkeypatch.delenv(name)

    with server.served(tmp_path) as site:
        browser = server.Browser(site)
        statuses = {path: browser.get(path) for path in PAGES}
        for style in ("site.css", "diary.css", "diary.js", "mark.svg"):
            with urllib.request.urlopen(f"{site.address}/static/{style}") as answer:
                assert answer.status == 200
                assert len(answer.read()) > 100
        written = site.everything_written()

    assert statuses == dict.fromkeys(PAGES, 200)
    assert not [name for name in written if "gunicorn" in name]
