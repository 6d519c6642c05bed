"""A table of people: the same rules, on columns.

``rule_truths`` and ``rule_outcomes`` are Narwhals selections that any engine can run;
``assess_table`` adds, on Polars, the lists of names that people read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl
import pyarrow as pa

from rugkompas.assess.course import scores
from rugkompas.assess.table_options import option_lists
from rugkompas.assess.triage import RANK
from rugkompas.catalogue import Knowledge, load
from rugkompas.catalogue.parameters import Parameters
from rugkompas.catalogue.schema import TIERS
from rugkompas.logic import many
from rugkompas.logic.verbs import any_of
from rugkompas.people import columns
from rugkompas.people.problems import Problem
from rugkompas.rules import course as course_rules
from rugkompas.rules import factors as factor_rules
from rugkompas.rules.red_flags import NO_OTHER_ROW, ROWS

_DIRECTIONS = (*course_rules.DIRECTIONS, "unknown")
_CATEGORIES = ("nonspecific", "radicular", "specific_suspected")
_RULE, _FACTOR = "rule.", "factor."
ROWS_AT_ONCE = 262_144


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
    truths = rule_truths(frozenset(codes.columns), knowledge, p)
    rows = nw.from_native(codes.lazy()).select(**truths)
    found = rows.with_columns(**rule_outcomes(knowledge)).collect().to_native()
    results = _results(found, coded.ids, knowledge)
    if with_options:
        results = results.with_columns(**option_lists(codes, knowledge, p))
    return TableAssessment(results, coded.rejected)


def rule_truths(present: frozenset[str], knowledge: Knowledge, p: Parameters) -> dict[str, nw.Expr]:
    """What is true of each person, over code columns: "rule.E01" ..., "factor.smoking" ...,
    and "course" and "direction" as small whole numbers.

    present: the code columns that the table has; what it lacks was asked of nobody.
    """
    q = many.answers_of(present, knowledge.codebook)
    courses = course_rules.class_truths(q, p)
    judged = q.course_direction
    truths = {_RULE + id_: row(q, p) for id_, row in ROWS.items()}
    truths |= {_FACTOR + id_: factor_rules.present(q, p, id_) for id_ in knowledge.factors}
    truths["course"] = _ladder(
        [(truth, place) for place, truth in enumerate(courses.values())], len(courses)
    )
    truths["direction"] = _ladder(
        [(judged.is_(name), place) for place, name in enumerate(_DIRECTIONS[:3])], 3
    )
    return truths


def rule_outcomes(knowledge: Knowledge) -> dict[str, nw.Expr]:
    """What follows from the rows that fired, over the columns of ``rule_truths``."""
    flags = knowledge.red_flags

    def fired(ids: Iterable[str]) -> nw.Expr:
        return any_of(*(nw.col(_RULE + id_) for id_ in ids))

    tiers = {tier: fired(id_ for id_ in ROWS if flags[id_].tier == tier) for tier in TIERS[1:]}
    categories = {
        name: fired(id_ for id_ in ROWS if flags[id_].category == name)
        for name in ("specific", "radicular")
    }
    contacts = []
    for tier in reversed(TIERS[1:]):
        by_rank: dict[int, list[str]] = {}
        for id_ in ROWS:
            if flags[id_].tier == tier:
                by_rank.setdefault(knowledge.contacts[flags[id_].contact].rank, []).append(id_)
        contacts += [(fired(by_rank[rank]), rank) for rank in sorted(by_rank)]
    nobody = knowledge.contacts[flags[NO_OTHER_ROW].contact].rank
    return {
        "tier": _ladder([(tiers[name], RANK[name]) for name in reversed(TIERS[1:])], 0),
        "category": _ladder([(categories["specific"], 2), (categories["radicular"], 1)], 0),
        "complete": ~nw.col(_RULE + "S19"),
        "contact": _ladder(contacts, nobody),
    }


def _ladder(steps: list[tuple[nw.Expr, int]], otherwise: int) -> nw.Expr:
    """The number of the first step that holds, as a small whole number."""
    number = nw.lit(otherwise, nw.Int8)
    for truth, value in reversed(steps):
        number = nw.when(truth).then(nw.lit(value, nw.Int8)).otherwise(number)
    return number


def _results(found: pl.DataFrame, ids: pl.Series | None, knowledge: Knowledge) -> pl.DataFrame:
    contacts = [c.id for c in sorted(knowledge.contacts.values(), key=lambda c: c.rank)]
    named = {
        "urgency": _names(found["tier"], TIERS),
        "category": _names(found["category"], _CATEGORIES),
        "complete": found["complete"],
        "rules": _lists(found, _RULE, [*ROWS, NO_OTHER_ROW]),
        "course": _names(found["course"], (*course_rules.COURSES, "unknown_start")),
        "direction": _names(found["direction"], _DIRECTIONS),
        "factors": _lists(found, _FACTOR, list(knowledge.factors)),
        "contact": _names(found["contact"], contacts),
    }
    first = {} if ids is None else {"id": ids}
    return pl.DataFrame({**first, **named})


def _names(codes: pl.Series, names: Any) -> pl.Series:
    return codes.cat.to(pl.Enum(list(names)))


def _lists(found: pl.DataFrame, prefix: str, names: list[str]) -> pl.Series:
    """A list of names per row, from a true/false column per name.

    A name without a column (C00) stands where no other does. Rows go in parts that fit the
    processor's caches, each on a thread of its own.
    """
    labels = pa.array(names, pa.large_string())
    columns_ = [found[prefix + name] for name in names if prefix + name in found.columns]
    rest = len(columns_) < len(names)

    def part(start: int) -> pl.Series:
        return _scatter([c.slice(start, ROWS_AT_ONCE) for c in columns_], labels, rest)

    with ThreadPoolExecutor() as pool:
        parts = list(pool.map(part, range(0, max(found.height, 1), ROWS_AT_ONCE)))
    return pl.concat(parts, rechunk=False)


def _scatter(columns_: list[pl.Series], labels: pa.Array, rest: bool) -> pl.Series:
    """Lists of labels. Scattering the few hits of each column into place costs a fraction of
    what an engine's own list expressions cost (bench/tables.py)."""
    height = len(columns_[0])
    counts = np.zeros(height, np.int32)
    hits = []
    for column in columns_:
        rows = np.flatnonzero(column.to_numpy())
        counts[rows] += 1
        hits.append(rows)
    if rest:
        hits.append(np.flatnonzero(counts == 0))
        counts[hits[-1]] = 1
    offsets = np.zeros(height + 1, np.int64)
    np.cumsum(counts, out=offsets[1:])
    places = offsets[:-1].copy()
    codes = np.empty(offsets[-1], np.uint8)
    for code, rows in enumerate(hits):
        at = places[rows]
        codes[at] = code
        places[rows] = at + 1
    words = pa.DictionaryArray.from_arrays(pa.array(codes), labels)
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
