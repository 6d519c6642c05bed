"""The wheel holds everything: it is built, installed elsewhere and run, without a network."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest
import server

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "rugkompas"


def clean() -> dict[str, str]:
    """The environment without anything that leads to this checkout."""
    ours = ("RUGKOMPAS", "DJANGO", "PYTHON")
    return {name: it for name, it in os.environ.items() if not name.startswith(ours)}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run([*build, "--directory", str(folder)], cwd=ROOT, env=clean(), check=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of another environment: our wheel, and the packages of this one."""
    home = tmp_path_factory.mktemp("elsewhere")
    venv.create(home / "venv", with_pip=False, symlinks=True)
    commands = home / "venv" / "bin"
    pip = [sys.executable, "-m", "pip", "--python", str(commands / "python")]
    install = [*pip, "install", "--quiet", "--no-deps", "--no-index", "--no-compile", str(wheel)]
    subprocess.run(install, env=clean(), check=True)
    (packages,) = (home / "venv" / "lib").glob("python*/site-packages")
    # Only its packages: links to checkouts that lie there are not followed from here.
    (packages / "others.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return commands


def said(installed: Path, *arguments: str) -> str:
    done = subprocess.run(
        [str(installed / "rugkompas"), *arguments],
        env=clean(),
        cwd=installed,
        capture_output=True,
        text=True,
        timeout=120,
    )
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
    done = subprocess.run(python, env=clean(), cwd=installed, capture_output=True, text=True)

    assert Path(done.stdout.strip()).is_relative_to(installed.parent)


def test_the_commands_work_from_the_wheel(installed: Path) -> None:
    person = str(ROOT / "docs" / "examples" / "desk.json")

    assert said(installed, "--version").startswith("rugkompas ")
    assert '"urgency"' in said(installed, "assess", person, "--format", "json")
    assert len(said(installed, "explain", "best_exercise", "--lang", "en")) > 1000
    made = said(installed, "example", "--population", "20", "--seed", "1")
    assert made.count("\n") == 21


def test_the_site_starts_from_the_wheel_with_its_pages_and_styles(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "COMMAND", installed / "rugkompas")
    for name in [name for name in os.environ if name.startswith("PYTHON")]:
        monkeypatch.delenv(name)

    with server.served(tmp_path) as site:
        browser = server.Browser(site)
        statuses = [browser.get(path) for path in ("/", "/uitleg/6/", "/cijfers/1/")]
        for style in ("site.css", "diary.css", "diary.js", "mark.svg"):
            with urllib.request.urlopen(f"{site.address}/static/{style}") as answer:
                assert answer.status == 200
                assert len(answer.read()) > 100

    assert statuses == [200, 200, 200]
