"""A table of people: the same rules, on columns.

``truths`` is one Narwhals selection that any engine can run; ``assess_table`` adds, on
Polars, the lists of names that people read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl
import pyarrow as pa

from rugkompas.assess.course import scores
from rugkompas.assess.triage import RANK
from rugkompas.catalogue import Knowledge, load
from rugkompas.catalogue.parameters import Parameters
from rugkompas.catalogue.schema import TIERS
from rugkompas.logic import many
from rugkompas.logic.verbs import Questions, any_of
from rugkompas.people import columns
from rugkompas.people.problems import Problem
from rugkompas.rules import course as course_rules
from rugkompas.rules import factors as factor_rules
from rugkompas.rules.red_flags import NO_OTHER_ROW, ROWS

_DIRECTIONS = (*course_rules.DIRECTIONS, "unknown")
_CATEGORIES = ("nonspecific", "radicular", "specific_suspected")
_RULE, _FACTOR = "rule.", "factor."


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
) -> TableAssessment:
    """Assess every row of a table.

    table: a column per question (CONTRACT.md), optionally ``id``; an empty cell was not asked.
    Returns per person, in order: id, urgency, category, complete, rules (list, as in the
    table of rows), course, direction, factors (list of those present), contact (the most
    urgent one). Rows that cannot be used come back in ``rejected``, never in the results.
    Raises BadTable when no column, or not every column, is known.
    """
    knowledge = knowledge or load()
    day = on or dt.date.today()
    p = knowledge.parameters_on(day)
    columns.known_columns(table.columns, knowledge, where)
    coded = columns.code(table, knowledge)
    codes = _with_direction(table, coded, knowledge, p)
    frame = nw.from_native(codes.lazy())
    found = frame.select(**truths(frozenset(codes.columns), knowledge, p)).collect().to_native()
    return TableAssessment(_results(found, coded.ids, knowledge), coded.rejected)


def truths(present: frozenset[str], knowledge: Knowledge, p: Parameters) -> dict[str, nw.Expr]:
    """Every output as an expression over code columns: "rule.E01" ... "factor.smoking" are
    true or false; tier, category, course and direction are small whole numbers.

    present: the code columns that the table has; what it lacks was asked of nobody.
    """
    q = many.answers_of(present, knowledge.codebook)
    rows = {id_: row(q, p) for id_, row in ROWS.items()}
    tiers = {
        tier: _any([rows[id_] for id_ in ROWS if knowledge.red_flags[id_].tier == tier])
        for tier in TIERS[1:]
    }
    tier = _ladder([(tiers[name], RANK[name]) for name in reversed(TIERS[1:])], 0)
    by_category = {
        name: _any([rows[id_] for id_ in ROWS if knowledge.red_flags[id_].category == name])
        for name in ("specific", "radicular")
    }
    courses = course_rules.class_truths(q, p)
    judged = q.course_direction
    expressions = {_RULE + id_: truth for id_, truth in rows.items()}
    expressions |= {
        _FACTOR + id_: factor_rules.present(q, p, id_) for id_ in knowledge.factors
    }
    expressions |= {
        "tier": tier,
        "category": _ladder([(by_category["specific"], 2), (by_category["radicular"], 1)], 0),
        "complete": ~rows["S19"],
        "course": _ladder(
            [(truth, place) for place, truth in enumerate(courses.values())], len(courses)
        ),
        "direction": _ladder(
            [(judged.is_(name), place) for place, name in enumerate(_DIRECTIONS[:3])], 3
        ),
        "contact": _contact(rows, tiers, knowledge),
    }
    return expressions


def _any(truths_: list[nw.Expr]) -> nw.Expr:
    return any_of(*truths_)


def _ladder(steps: list[tuple[nw.Expr, int]], otherwise: int) -> nw.Expr:
    """The number of the first step that holds, as a small whole number."""
    number = nw.lit(otherwise, nw.Int8)
    for truth, value in reversed(steps):
        number = nw.when(truth).then(nw.lit(value, nw.Int8)).otherwise(number)
    return number


def _contact(
    rows: Mapping[str, nw.Expr], tiers: Mapping[Any, nw.Expr], knowledge: Knowledge
) -> nw.Expr:
    """The rank of the most urgent contact among the rows of the winning tier."""
    steps = []
    for tier in reversed(TIERS[1:]):
        contacts = {
            knowledge.contacts[knowledge.red_flags[id_].contact].rank
            for id_ in ROWS
            if knowledge.red_flags[id_].tier == tier
        }
        *others, last = sorted(contacts)
        for rank in others:
            named = [
                rows[id_]
                for id_ in ROWS
                if knowledge.red_flags[id_].tier == tier
                and knowledge.contacts[knowledge.red_flags[id_].contact].rank == rank
            ]
            steps.append((_any(named), rank))
        steps.append((tiers[tier], last))
    nobody = knowledge.contacts[knowledge.red_flags[NO_OTHER_ROW].contact].rank
    return _ladder(steps, nobody)


def _results(found: pl.DataFrame, ids: pl.Series | None, knowledge: Knowledge) -> pl.DataFrame:
    contacts = [c.id for c in sorted(knowledge.contacts.values(), key=lambda c: c.rank)]
    named = {
        "urgency": _names(found["tier"], TIERS),
        "category": _names(found["category"], _CATEGORIES),
        "complete": found["complete"],
        "rules": _lists(found, _RULE, list(ROWS), NO_OTHER_ROW),
        "course": _names(found["course"], (*course_rules.COURSES, "unknown_start")),
        "direction": _names(found["direction"], _DIRECTIONS),
        "factors": _lists(found, _FACTOR, list(knowledge.factors), None),
        "contact": _names(found["contact"], contacts),
    }
    first = {} if ids is None else {"id": ids}
    return pl.DataFrame({**first, **named})


def _names(codes: pl.Series, names: Any) -> pl.Series:
    return codes.cast(pl.UInt32).cast(pl.Enum(list(names)))


def _lists(found: pl.DataFrame, prefix: str, names: list[str], empty: str | None) -> pl.Series:
    """A list of names per row, from a true/false column per name.

    Scattering the few hits of each column into place costs a fraction of what building a
    list per row costs in any engine's own expressions (bench/tables.py).
    """
    height = found.height
    counts = np.zeros(height, np.int32)
    hits = []
    for name in names:
        rows = np.flatnonzero(found[prefix + name].to_numpy())
        counts[rows] += 1
        hits.append(rows)
    labels = list(names)
    if empty is not None:
        hits.append(np.flatnonzero(counts == 0))
        counts[hits[-1]] = 1
        labels.append(empty)
    offsets = np.zeros(height + 1, np.int64)
    np.cumsum(counts, out=offsets[1:])
    places = offsets[:-1].copy()
    codes = np.empty(offsets[-1], np.uint8)
    for code, rows in enumerate(hits):
        at = places[rows]
        codes[at] = code
        places[rows] = at + 1
    words = pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(labels, pa.large_string()))
    lists = pl.from_arrow(pa.LargeListArray.from_arrays(pa.array(offsets), words))
    assert isinstance(lists, pl.Series)
    return lists


def _with_direction(
    table: pl.DataFrame, coded: columns.Coded, knowledge: Knowledge, p: Parameters
) -> pl.DataFrame:
    """The codes with the judged direction: what is said, unless own activities show less."""
    codes = coded.codes
    if "course_activity" in codes.columns:
        said = codes["course_activity"]
        judged = said.set(said > len(course_rules.DIRECTIONS), 0)
    else:
        judged = pl.repeat(0, codes.height, dtype=pl.Int8, eager=True)
    if "activities" in table.columns and table["activities"].dtype != pl.Null:
        given = table["activities"].gather(coded.rows)
        variable = knowledge.codebook["course_direction"]
        for place in given.is_not_null().arg_true():
            answers = columns.as_answers({"activities": given[place]})
            measured = course_rules.measured_direction(scores(answers), p)
            said_here = variable.word(judged[place]) or "unknown"
            together = course_rules.together(said_here, measured)  # type: ignore[arg-type]
            judged[place] = 0 if together == "unknown" else variable.code(together)
    return codes.with_columns(judged.alias("course_direction"))
