"""Markdown that all made pages share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rugkompas.catalogue.schema import Citation


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; what would break a cell is escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(_cell(cell) for cell in line)} |\n" for line in lines)


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")


def code(text: str) -> str:
    """Text as code, on one line."""
    return f"`{' '.join(text.split())}`" if text else ""


def cited(citations: Iterable[Citation]) -> str:
    """Links to the sources, each with how it was read and the place in it."""
    parts: dict[str, None] = {}
    for citation in citations:
        place = f", {citation.place}" if citation.place else ""
        link = f"[{citation.source}](sources.md#{citation.source})"
        parts[f"{link} ({citation.mark}{place})"] = None
    return ", ".join(parts)
