"""Twelve weeks of three made-up people: figures and pictures of explanation/three-diaries.md.

    python scripts/three_diaries.py

Each diary is written to a folder and read back by the command, as a person would do it.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rugkompas import Diary, load_knowledge
from rugkompas.people.made_up_diaries import KINDS, Kind, diary

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "explanation" / "three-diaries.md"
PICTURES = ROOT / "docs" / "pictures"
COMMAND = str(Path(sys.executable).with_name("rugkompas"))
SEED = 1
START = dt.date(2027, 1, 4)
WEEKS = (1, 3, 4, 8, 12)
LAST = START + dt.timedelta(weeks=12)
SHOWN = {
    "diary-recovering": ("recovering", "course", "#chart .band"),
    "diary-deviating": ("deviating", "course", "#chart .band"),
    "diary-carer": ("carer", "course", "#chart .band"),
    "diary-carer-patterns": ("carer", "patterns", "#patterns figure"),
}
"""Picture -> whose diary, which command, and which part of its page."""
_START, _END = "<!-- made -->", "<!-- /made -->"


def told(folder: Path, *arguments: object) -> dict[str, Any]:
    """What ``rugkompas diary`` says about a diary, as data."""
    line = [COMMAND, "diary", *arguments, "--folder", folder, "--format", "json"]
    done = subprocess.run([*map(str, line)], check=True, capture_output=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def written(folder: Path, kind: Kind) -> Path:
    """The diary of one of the three, in a folder of its own."""
    own = folder / kind
    Diary(own / "diary.jsonl").add(*diary(kind, SEED, START, load_knowledge()).lines)
    return own


def figures(folder: Path) -> Iterator[str]:
    """The part of the page that is made."""
    yield f"Seed {SEED}, from {START.isoformat()}. Means of the last seven days, 0 to 10.\n"
    yield "| person | week | pain | own activities | direction | course |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for kind in KINDS:
        own = written(folder, kind)
        for week in WEEKS:
            found = told(own, "course", "--on", START + dt.timedelta(weeks=week))
            now = {name: f"{value:.1f}" for name, value in found["now"].items()}
            yield (
                f"| {kind} | {week} | {now['pain']} | {now['activities']} | "
                f"{found['direction']} | {found['trajectory'].replace('_', ' ')} |"
            )
    yield "\nWhat goes with pain in the diary of the carer, in points:\n"
    yield "| factor | difference | 95 % interval | call |"
    yield "| --- | --- | --- | --- |"
    for factor in told(folder / "carer", "patterns", "--on", LAST)["factors"]:
        before = ", the day before" if factor["day_before"] else ""
        yield (
            f"| {factor['factor']}{before} | {factor['difference']:+.1f} | "
            f"{factor['low']:+.1f} to {factor['high']:+.1f} | {factor['call'].replace('_', ' ')} |"
        )


def page(text: str, folder: Path) -> str:
    """The page with its made part anew."""
    before, _, rest = text.partition(_START)
    after = rest.partition(_END)[2]
    made = "\n".join(figures(folder))
    return f"{before}{_START}\n\n{made}\n\n{_END}{after}"


def pictures(folder: Path, target: Path) -> None:
    """The charts, out of the pages that the command writes."""
    sys.path.insert(0, str(ROOT / "tests"))
    from stories.running import chromium

    with chromium() as browser:
        for name, (kind, command, part) in SHOWN.items():
            file = folder / f"{name}.html"
            line = [COMMAND, "diary", command, "--folder", folder / kind, "--lang", "en"]
            line += ["--on", LAST, "-o", file]
            subprocess.run([*map(str, line)], check=True, capture_output=True)
            shown = browser.new_page(viewport={"width": 1000, "height": 900})
            shown.goto(file.as_uri())
            shown.locator(part).first.screenshot(path=target / f"{name}.png")


def main() -> None:
    """Write the page and the pictures."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        PAGE.write_text(page(PAGE.read_text("utf-8"), folder), "utf-8")
        pictures(folder, PICTURES)
    sys.stdout.write(f"{PAGE.relative_to(ROOT)} written, {len(SHOWN)} pictures\n")


if __name__ == "__main__":
    main()
