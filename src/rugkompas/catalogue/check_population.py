"""Holds the made-up population against the questions, the sources and the figure by age."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from rugkompas.catalogue.files import KnowledgeError, line_of
from rugkompas.catalogue.population_schema import Drawn, whole_numbers
from rugkompas.catalogue.schema import Citation
from rugkompas.logic.codebook import Variable

if TYPE_CHECKING:
    from rugkompas.catalogue.load import Knowledge

_CLOSE = 1e-6


def population_citations(knowledge: Knowledge) -> list[Citation]:
    """Everything that the made-up population rests on."""
    population = knowledge.population
    return [
        *population.ages.citations,
        *(citation for drawn in population.drawn for citation in drawn.citations),
    ]


def check_population(knowledge: Knowledge, path: Path) -> None:
    """Raises KnowledgeError for the first thing that does not fit."""
    _check_ages(knowledge, path)
    known = {"age_years", "sex"}
    for drawn in knowledge.population.drawn:
        if drawn.answer not in knowledge.codebook:
            _refuse(path, drawn.answer, "is no answer. Name a variable of a question.")
        _check_words(path, knowledge.codebook[drawn.answer], drawn.shares)
        for answer, words in drawn.among.items():
            if answer not in known:
                _refuse(path, answer, "is not drawn before. Put its own entry above this one.")
            _check_words(path, knowledge.codebook[answer], words)
        _check_sum(path, drawn)
        known.add(drawn.answer)


def _check_ages(knowledge: Knowledge, path: Path) -> None:
    ages = knowledge.population.ages
    figure = knowledge.burden_figures.get(ages.figure)
    if figure is None or figure.unit != "per_1000" or figure.kind != "ages":
        _refuse(path, ages.figure, "is no figure per 1,000 by age. Name one.")
    variable = knowledge.codebook["age_years"]
    _check_words(path, variable, ages.inhabitants)


def _check_words(path: Path, variable: Variable, words: Iterable[str]) -> None:
    for word in words:
        if not variable.is_number:
            if word not in variable.words:
                _refuse(path, word, f"is no answer to {variable.name}. Mend the word.")
            continue
        try:
            low, high = whole_numbers(word)
        except ValueError:
            _refuse(path, word, "is no whole number and no range like 40-59. Mend it.")
        if not variable.low <= low <= high <= variable.high:
            _refuse(path, word, f"is outside the limits of {variable.name}. Mend the range.")


def _check_sum(path: Path, drawn: Drawn) -> None:
    total = sum(drawn.shares.values())
    if abs(total - 1) > _CLOSE:
        _refuse(path, drawn.answer, f"has shares that add up to {total:g}. Make it 1.")


def _refuse(path: Path, word: str, what: str) -> None:
    raise KnowledgeError(path, line_of(path, word), f"'{word}' {what}")
