"""Holds the figures of how common back pain is, and the article's claims, against their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rugkompas.catalogue.burden_schema import BurdenFigure, BurdenRow
from rugkompas.catalogue.files import KnowledgeError, line_of
from rugkompas.catalogue.schema import Citation, Fact

if TYPE_CHECKING:
    from rugkompas.catalogue.load import Knowledge

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_PARTS = ("", "_low", "_high", "_size", "_about")


def burden_citations(knowledge: Knowledge) -> Iterator[tuple[str, Fact, Citation]]:
    """Every citation of a figure or a claim, with its kind and its fact."""
    for figure in knowledge.burden_figures.values():
        for row in figure.rows:
            yield "burden_figures", figure, row.citation
    for claim in knowledge.article_claims.values():
        for citation in claim.citations:
            yield "article_claims", claim, citation


def check_burden(knowledge: Knowledge, folder: Path) -> None:
    """Raises KnowledgeError for the first thing that does not fit."""
    for kind in ("burden_figures", "article_claims"):
        _check_numbers(knowledge, folder, kind)
    for figure in knowledge.burden_figures.values():
        path = folder / "burden_figures" / f"{figure.id}.yaml"
        seen: set[str] = set()
        for row in figure.rows:
            if row.id in seen:
                raise KnowledgeError(
                    path, line_of(path, row.id), f"row '{row.id}' stands here twice. Rename one."
                )
            seen.add(row.id)
            _check_row(row, figure, path)
        for language, words in knowledge.words.items():
            said = words.burden_figures[figure.id]
            where = folder / "words" / language / "burden_figures.yaml"
            labels = {row.id for row in figure.rows} if figure.kind == "rows" else set()
            _same(where, figure.id, labels | set(figure.series), set(said.labels), "label")
            known = {row.id + part for row in figure.rows for part in _PARTS}
            for text in (said.title, said.says, said.uncertain):
                _known(where, figure.id, text, known)
    for claim in knowledge.article_claims.values():
        for language, words in knowledge.words.items():
            sentences = words.article_claims[claim.id]
            where = folder / "words" / language / "article_claims.yaml"
            used = set(_PLACEHOLDER.findall(f"{sentences.says} {sentences.really}"))
            _same(where, claim.id, set(claim.values), used, "number")


def _check_numbers(knowledge: Knowledge, folder: Path, kind: str) -> None:
    """No two share a number: it is an address or a place in the article."""
    taken: dict[int, str] = {}
    for fact in getattr(knowledge, kind).values():
        if fact.number in taken:
            path = folder / kind / f"{fact.id}.yaml"
            raise KnowledgeError(
                path, line_of(path, "number"), f"'{taken[fact.number]}' has this number. Change it."
            )
        taken[fact.number] = fact.id


def _check_row(row: BurdenRow, figure: BurdenFigure, path: Path) -> None:
    ends = [end for end in (row.low, row.value, row.high) if end is not None]
    wrong = ""
    if (row.low is None) != (row.high is None) or not ends:
        wrong = "needs a value, or both ends of its range"
    elif ends != sorted(ends):
        wrong = "has a value outside its own interval"
    elif row.low is not None and figure.interval == "none":
        wrong = "has an interval, but the figure says that there is none"
    elif figure.kind == "years" and (row.year is None or not row.series or row.value is None):
        wrong = "is drawn over the years, so it needs a year, a series and a value"
    elif figure.kind == "ages" and (not row.age or not row.series or row.value is None):
        wrong = "is drawn over the ages, so it needs an age, a series and a value"
    if wrong:
        raise KnowledgeError(path, line_of(path, row.id), f"row '{row.id}' {wrong}. Mend the row.")


def _same(path: Path, id_: str, meant: set[str], said: set[str], what: str) -> None:
    for lacking in sorted(meant ^ said):
        raise KnowledgeError(
            path, line_of(path, f"{id_}:"), f"{what} '{lacking}' of '{id_}' is not on both sides."
        )


def _known(path: Path, id_: str, text: str, known: set[str]) -> None:
    for placeholder in _PLACEHOLDER.findall(text):
        if placeholder not in known:
            raise KnowledgeError(
                path, line_of(path, f"{id_}:"), f"'{{{placeholder}}}' is no number of '{id_}'."
            )
