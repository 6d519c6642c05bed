"""A table of people: the same rules, on blocks of coded columns, a bit per person.

``assess_table`` reads the cells; ``assess_coded`` runs the rules on what it read and gives the
lists of names that people read. Blocks go each on a thread of their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from rugkompas.assess.course import scores
from rugkompas.assess.table_options import option_lists
from rugkompas.assess.triage import RANK
from rugkompas.catalogue import Knowledge, load
from rugkompas.catalogue.parameters import Parameters
from rugkompas.catalogue.schema import TIERS
from rugkompas.logic.packed import PEOPLE_AT_ONCE, Truths, answers_of, first_of, unpacked
from rugkompas.logic.verbs import Questions, any_of
from rugkompas.people import columns
from rugkompas.people.problems import Problem
from rugkompas.rules import course as course_rules
from rugkompas.rules import factors as factor_rules
from rugkompas.rules.red_flags import NO_OTHER_ROW, ROWS

_DIRECTIONS = (*course_rules.DIRECTIONS, "unknown")
_CATEGORIES = ("nonspecific", "radicular", "specific_suspected")
Steps = list[tuple[Truths, int]]
"""Truths in the order in which they win, each with the number that it then gives."""


@dataclass(frozen=True, slots=True)
class TableAssessment:
    """results: a row per usable person (see ``assess_table``). rejected: place in the table,
    from 0 -> what was wrong with that row."""

    results: pl.DataFrame
    rejected: Mapping[int, list[Problem]]


def assess_table(
    table: pl.DataFrame,
    *,
    on: dt.date | None = None,
    knowledge: Knowledge | None = None,
    where: str = "table",
    with_options: bool = False,
) -> TableAssessment:
    """Assess every row of a table.

    table: a column per question (CONTRACT.md), optionally ``id``; an empty cell was not asked.
    Returns per person, in order: id, urgency, category, complete, rules (list, as in the
    table of rows), course, direction, factors (list of those present), contact (the most
    urgent one); with_options adds options_offered and options_dropped (``option_lists``) and
    takes several times as long. Rows that cannot be used come back in ``rejected``, never in
    the results.
    Raises BadTable when no column, or not every column, is known.
    """
    knowledge = knowledge or load()
    columns.known_columns(table.columns, knowledge, where)
    coded = columns.code(table, knowledge)
    return assess_coded(coded, on=on, knowledge=knowledge, with_options=with_options)


def assess_coded(
    coded: columns.Coded,
    *,
    on: dt.date | None = None,
    knowledge: Knowledge | None = None,
    with_options: bool = False,
) -> TableAssessment:
    """Assess people whose answers are already coded; the rest as ``assess_table``."""
    knowledge = knowledge or load()
    p = knowledge.parameters_on(on or dt.date.today())
    codes = _with_direction(coded, knowledge, p)
    arrays = {column.name: column.to_numpy() for column in codes.get_columns()}

    def block(start: int) -> dict[str, Any]:
        part = {name: array[start : start + PEOPLE_AT_ONCE] for name, array in arrays.items()}
        people = min(PEOPLE_AT_ONCE, codes.height - start)
        q = answers_of(part, people, knowledge.codebook)
        results = _results(q, people, knowledge, p)
        return results | (option_lists(q, people, knowledge, p) if with_options else {})

    with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
        blocks = list(pool.map(block, range(0, max(codes.height, 1), PEOPLE_AT_ONCE)))
    results = pl.concat([pl.DataFrame(part) for part in blocks], rechunk=False)
    if coded.ids is not None:
        results.insert_column(0, coded.ids)
    return TableAssessment(results, coded.rejected)


def tier_steps(fired: Mapping[str, Truths], knowledge: Knowledge) -> Steps:
    """How urgent, by the rows that fired: ranks of tiers, the highest first; no row is rank 0."""
    flags = knowledge.red_flags
    return [
        (any_of(*(who for id_, who in fired.items() if flags[id_].tier == tier)), RANK[tier])
        for tier in reversed(TIERS[1:])
    ]


def _contact_steps(fired: Mapping[str, Truths], knowledge: Knowledge) -> Steps:
    """The most urgent contact among those of the rows of the highest tier."""
    flags, steps = knowledge.red_flags, []
    for tier in reversed(TIERS[1:]):
        by_rank: dict[int, list[Truths]] = {}
        for id_, who in fired.items():
            if flags[id_].tier == tier:
                by_rank.setdefault(knowledge.contacts[flags[id_].contact].rank, []).append(who)
        steps += [(any_of(*by_rank[rank]), rank) for rank in sorted(by_rank)]
    return steps


def _category_steps(fired: Mapping[str, Truths], knowledge: Knowledge) -> Steps:
    flags = knowledge.red_flags
    return [
        (any_of(*(who for id_, who in fired.items() if flags[id_].category == name)), place)
        for name, place in (("specific", 2), ("radicular", 1))
    ]


def _results(
    q: Questions[Truths], people: int, knowledge: Knowledge, p: Parameters
) -> dict[str, Any]:
    fired = {id_: row(q, p) for id_, row in ROWS.items()}
    present = {id_: factor_rules.present(q, p, id_) for id_ in knowledge.factors}
    courses = course_rules.class_truths(q, p).values()
    said = [q.course_direction.is_(name) for name in course_rules.DIRECTIONS]
    contacts = sorted(knowledge.contacts.values(), key=lambda contact: contact.rank)
    nobody = knowledge.contacts[knowledge.red_flags[NO_OTHER_ROW].contact].rank

    def named(steps: Iterable[tuple[Truths, int]], otherwise: int, names: Iterable[str]) -> Any:
        return pl.Series(first_of(steps, otherwise, people)).cat.to(pl.Enum(list(names)))

    def numbered(truths: Iterable[Truths]) -> Steps:
        return [(truth, place) for place, truth in enumerate(truths)]

    return {
        "urgency": named(tier_steps(fired, knowledge), 0, TIERS),
        "category": named(_category_steps(fired, knowledge), 0, _CATEGORIES),
        "complete": ~unpacked(fired["S19"], people),
        "rules": _lists(fired, people, NO_OTHER_ROW),
        "course": named(numbered(courses), len(courses), (*course_rules.COURSES, "unknown_start")),
        "direction": named(numbered(said), len(said), _DIRECTIONS),
        "factors": _lists(present, people),
        "contact": named(_contact_steps(fired, knowledge), nobody, [c.id for c in contacts]),
    }


def _lists(truths: Mapping[str, Truths], people: int, otherwise: str | None = None) -> pl.Series:
    """A list of names per person: of the truths that hold for them, in their order; the name
    ``otherwise`` stands where none does.

    Scattering the few hits of each truth into place costs a fraction of what an engine's own
    list expressions cost.
    """
    counts = np.zeros(people, np.int32)
    hits = []
    for who in truths.values():
        rows = np.flatnonzero(unpacked(who, people))
        counts[rows] += 1
        hits.append(rows)
    names = list(truths)
    if otherwise is not None:
        names.append(otherwise)
        hits.append(np.flatnonzero(counts == 0))
        counts[hits[-1]] = 1
    offsets = np.zeros(people + 1, np.int64)
    np.cumsum(counts, out=offsets[1:])
    places = offsets[:-1].copy()
    codes = np.empty(offsets[-1], np.uint8)
    for code, rows in enumerate(hits):
        at = places[rows]
        codes[at] = code
        places[rows] = at + 1
    words = pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(names, pa.large_string()))
    lists = pl.from_arrow(pa.LargeListArray.from_arrays(pa.array(offsets), words))
    assert isinstance(lists, pl.Series)
    return lists


def _with_direction(coded: columns.Coded, knowledge: Knowledge, p: Parameters) -> pl.DataFrame:
    """The codes with the judged direction: what is said, unless own activities show less."""
    codes = coded.codes
    if "course_activity" in codes.columns:
        said = codes["course_activity"]
        judged = said.set(said > len(course_rules.DIRECTIONS), 0)
    else:
        judged = pl.repeat(0, len(coded.rows), dtype=columns.CODE, eager=True)
    variable = knowledge.codebook["course_direction"]
    for place, activities in coded.activities.items():
        measured = course_rules.measured_direction(scores({"activities": activities}), p)
        said_here = variable.word(judged[place]) or "unknown"
        together = course_rules.together(said_here, measured)  # type: ignore[arg-type]
        judged[place] = 0 if together == "unknown" else variable.code(together)
    return pl.DataFrame([*codes.get_columns(), judged.alias("course_direction")])
