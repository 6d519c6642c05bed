"""A group of people as an employer, practice or municipality types it: numbers per age and sex.

A group is no person: nothing here is an answer of somebody.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from rugkompas.people.problems import BadAnswers, Problem

ALL = "all"
"""Instead of an age band: of all ages, mixed as in the Netherlands."""
BOTH = "both"
"""Only with ``all``: the sex is not known either."""
MOST = 20_000_000
"""People in one cell; the Netherlands has fewer."""

Cell = tuple[str, str]
"""Age band and sex."""
Group = dict[Cell, int]

_WHOLE = re.compile(r"[0-9]+")
_DECIMAL = re.compile(r"-?[0-9]+([.,][0-9]+)+")
_LEAST_DIGITS = 9


def group_of(typed: Mapping[Cell, str], cells: Collection[Cell]) -> Group:
    """The group, without the cells that were left empty; 0 people may be typed.

    cells: those for which a number is published. Raises BadAnswers with everything that is
    wrong; ``where`` of a problem is the cell as ``age:sex``.
    """
    group: Group = {}
    problems: list[Problem] = []
    for cell, text in typed.items():
        where, text = ":".join(cell), text.strip()
        if cell not in cells:
            problems.append(_unknown(cell, cells))
        elif text:
            problem = _wrong(text)
            if problem:
                problems.append(Problem(problem, where, {"most": str(MOST)}))
            else:
                group[cell] = int(text)
    if not problems and not group:
        problems.append(Problem("group_empty", ""))
    if problems:
        raise BadAnswers(problems)
    return group


def cell_of(text: str) -> tuple[Cell, str]:
    """A cell and its number from ``40-44:female=30``, ``female=60`` or ``120``.

    What is not there stands for all: no age is all ages, no sex is both.
    """
    name, found, number = text.rpartition("=")
    if not found:
        return (ALL, BOTH), text
    age, found, sex = name.strip().rpartition(":")
    if found:
        return (age.strip(), sex.strip()), number
    return ((ALL, name.strip()) if name.strip().isalpha() else (name.strip(), BOTH)), number


def _wrong(text: str) -> str:
    """What is wrong with a number, as the id of its sentence; empty when nothing is."""
    if _WHOLE.fullmatch(text):
        too_many = len(text.lstrip("0")) >= _LEAST_DIGITS or int(text) > MOST
        return "group_huge" if too_many else ""
    if re.fullmatch(r"[-\N{MINUS SIGN}][0-9]+", text):
        return "group_negative"
    return "group_decimal" if _DECIMAL.fullmatch(text) else "group_number"


def _unknown(cell: Cell, cells: Collection[Cell]) -> Problem:
    age = cell[0]
    ages = tuple(dict.fromkeys(age for age, _ in cells if age != ALL))
    if age != ALL and age not in ages:
        return Problem("group_age", ":".join(cell), {"ages": ", ".join(ages)})
    return Problem("group_sex", ":".join(cell))
