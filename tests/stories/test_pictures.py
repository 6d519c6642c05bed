"""The pictures in the documentation: all there, small, shown, and made by one command."""

from __future__ import annotations

import re
from pathlib import Path

from stories.conftest import Town
from stories.pictures import DIARIES, FOLDER, MOST_BYTES, files, make, make_diaries

MADE_APART = ("extension-", "diary-")
PAGE = FOLDER.parent / "explanation" / "pictures.md"


def test_pictures_are_made_from_the_running_site(town: Town, tmp_path: Path) -> None:
    make(tmp_path, town.browser, town.site, ("start", "plan"))

    made = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    assert set(made) == set(files(("start", "plan")))
    assert all(1_000 < size < MOST_BYTES for size in made.values())


def test_the_documentation_holds_and_shows_each_picture_and_no_other() -> None:
    ours = [path for path in FOLDER.iterdir() if not path.name.startswith(MADE_APART)]
    held = {path.name: path.stat().st_size for path in ours}
    shown = re.findall(r"!\[[^\]]+\]\(\.\./pictures/([^)]+)\)", PAGE.read_text("utf-8"))

    assert sorted(shown) == sorted(held) == sorted(files())
    assert {name: size for name, size in held.items() if size >= MOST_BYTES} == {}


def test_the_pages_of_a_diary_are_shown_where_it_is_explained(town: Town, tmp_path: Path) -> None:
    text = (FOLDER.parent / "how-to" / "keep-a-diary.md").read_text("utf-8")
    shown = re.findall(r"!\[[^\]]{20,}\]\(\.\./pictures/([^)]+)\.png\)", text)
    held = sorted(FOLDER.glob("diary-site-*.png"))
    make_diaries(tmp_path, town.browser, town.site, ("diary-site-moments-phone",))

    assert shown == list(DIARIES)
    assert [path.stem for path in held] == sorted(DIARIES)
    assert all(1_000 < path.stat().st_size < MOST_BYTES for path in (*held, *tmp_path.iterdir()))
