"""Finds what the documentation promises: links, places, and commands with their output."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


def pages() -> list[Path]:
    """Every page of documentation."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


@dataclass(frozen=True, slots=True)
class Command:
    """A command line that a page shows, and the lines that it says will come out."""

    line: str
    shown: tuple[str, ...]


def commands(page: Path) -> list[Command]:
    """The commands of a page's console blocks, in order. "..." stands for left-out lines."""
    found: list[Command] = []
    for block in _BLOCK.findall(page.read_text("utf-8")):
        line = ""
        shown: list[str] = []
        for text in [*block.splitlines(), "$ "]:
            if text.startswith("$ "):
                if line.startswith("rugkompas "):
                    found.append(Command(line, tuple(shown)))
                line, shown = text[2:], []
            elif text.strip() not in ("", "..."):
                shown.append(text.strip())
    return found


def links(page: Path) -> Iterator[str]:
    """The targets of a page's links, without those inside code."""
    yield from _LINK.findall(_CODE.sub("", page.read_text("utf-8")))


def places(page: Path) -> set[str]:
    """What a link to this page may have after "#"."""
    text = page.read_text("utf-8")
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}
    return slugs | set(re.findall(r'<a id="([^"]+)">', text))
