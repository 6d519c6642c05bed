"""The course of many people's diaries, in long format: the same rules, on columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rugkompas.catalogue import Knowledge, load
from rugkompas.catalogue.parameters import Parameters
from rugkompas.logic.arithmetic_many import ForMany
from rugkompas.people.columns import BadTable
from rugkompas.people.diary.entry import COURSE
from rugkompas.people.problems import Problem
from rugkompas.rules import follow_up as rules
from rugkompas.rules.trajectory import LEVELS, LEVELS_FROM, TRAJECTORIES

NEEDED = ("id", "day")
MAY_BE_THERE = ("pain", "activities", "course_activity", "pain_duration_days")
PEOPLE_AT_ONCE = 10_000
LONGEST = 3_660
"""Days of one diary; a longer one is a wrong date."""
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TableFollowUp:
    """results: a row for each person with a usable day. rejected: place of a row in the table,
    from 0 -> what was wrong with it."""

    results: pl.DataFrame
    rejected: Mapping[int, list[Problem]]


def follow_up_table(
    table: pl.DataFrame,
    *,
    on: dt.date | None = None,
    knowledge: Knowledge | None = None,
    where: str = "table",
) -> TableFollowUp:
    """The course of every diary in a table with a row for each person and day.

    Columns: id; day (a date); pain and activities (0-10; the mean of the own activities, 0 = no
    trouble); course_activity (improving, unchanged, worsening); pain_duration_days on the first
    day (otherwise days count from the first row). An empty cell is a missing score.
    on: the last day for everybody; otherwise the last day of each diary.
    Returns per id, in order of first appearance: id, days, entries, direction, by_activities,
    by_pain, start_activities, now_activities, start_pain, now_pain, week_3, week_4, week_12 (a
    direction, to_come or before_diary), episodes, flare_ups, in_flare, trajectory, level,
    asks_triage.
    Raises BadTable when a needed column lacks or a column is not known.
    """
    knowledge = knowledge or load()
    _check_columns(table, where)
    rows, rejected = _usable(table, on)
    p = knowledge.parameters_on(on or dt.date.today())
    spans = rows.group_by("id", maintain_order=True).agg(
        pl.col("day").min().alias("first"),
        pl.col("day").max().alias("last"),
        pl.len().alias("entries"),
        pl.col("pain_duration_days").sort_by("day").first().fill_null(0).alias("before"),
    )
    if on is not None:
        spans = spans.with_columns(pl.lit(on).alias("last"))
    spans = spans.with_columns(
        days=(pl.col("last") - pl.col("first")).dt.total_days() + 1
    ).with_row_index("place")
    # Diaries of like length go together, so that no short one is stretched to a long one.
    ordered = spans.sort("days", maintain_order=True)
    parts = [
        _part(ordered.slice(start, PEOPLE_AT_ONCE), rows, p)
        for start in range(0, ordered.height, PEOPLE_AT_ONCE)
    ]
    if not parts:
        parts = [_results(spans, _state_of(spans, rows, p))]
    results = pl.concat(parts).sort("place").drop("place")
    return TableFollowUp(results, rejected)


def _check_columns(table: pl.DataFrame, where: str) -> None:
    strange = [name for name in table.columns if name not in (*NEEDED, *MAY_BE_THERE)]
    if strange:
        raise BadTable(Problem("unknown_columns", where, {"columns": ", ".join(strange[:10])}))
    lacking = [name for name in NEEDED if name not in table.columns]
    if lacking:
        raise BadTable(Problem("diary_columns", where, {"columns": ", ".join(lacking)}))


def _usable(
    table: pl.DataFrame, on: dt.date | None
) -> tuple[pl.DataFrame, dict[int, list[Problem]]]:
    """The rows as numbers and dates, and those that cannot be used with the reason."""
    have = table.with_columns(
        pl.lit(None, pl.Float64).alias(name) for name in MAY_BE_THERE if name not in table.columns
    )
    day = pl.col("day").cast(pl.String).str.slice(0, 10).str.to_date(strict=False)
    said = pl.col("course_activity").cast(pl.String)
    scores = {
        name: pl.col(name).cast(pl.Float64, strict=False)
        for name in ("pain", "activities", "pain_duration_days")
    }
    rows = have.with_row_index("row").with_columns(
        day=day,
        said=said.replace_strict({w: n for n, w in enumerate(COURSE[:3], 1)}, default=None),
        **scores,
        bad_day=day.is_null() | pl.col("id").is_null(),
        bad_said=said.is_not_null() & ~said.is_in(COURSE),
        **{
            f"bad_{name}": pl.col(name).is_not_null() & ~score.is_between(0, high).fill_null(False)
            for (name, score), high in zip(scores.items(), (10, 10, 50_000), strict=True)
        },
    )
    rows = rows.with_columns(twice=pl.struct("id", "day").is_first_distinct().not_())
    first = pl.col("day").filter(~pl.col("bad_day")).min().over("id")
    rows = rows.with_columns(far=((pl.col("day") - first).dt.total_days() >= LONGEST))
    limits = {"low": "0", "high": "10"}
    kinds = {
        "bad_day": Problem("diary_value", "day"),
        "bad_said": Problem("not_a_value", "course_activity", {"allowed": ", ".join(COURSE)}),
        "bad_pain": Problem("out_of_range", "pain", limits),
        "bad_activities": Problem("out_of_range", "activities", limits),
        "bad_pain_duration_days": Problem(
            "out_of_range", "pain_duration_days", {"low": "0", "high": "50000"}
        ),
        "twice": Problem("diary_day_taken", "day"),
        "far": Problem("diary_value", "day"),
    }
    rejected: dict[int, list[Problem]] = {}
    for kind, problem in kinds.items():
        for row in rows.filter(pl.col(kind).fill_null(False))["row"]:
            rejected.setdefault(row, []).append(problem)
    fine = rows.filter(~pl.any_horizontal(pl.col(list(kinds)).fill_null(False)))
    if on is not None:
        fine = fine.filter(pl.col("day") <= on)
    return fine, rejected


def _part(spans: pl.DataFrame, rows: pl.DataFrame, p: Parameters) -> pl.DataFrame:
    return _results(spans, _state_of(spans, rows, p))


def _state_of(spans: pl.DataFrame, rows: pl.DataFrame, p: Parameters) -> rules.State:
    """The diaries side by side, all ending in the last row; then the rules day by day."""
    people = spans.height
    length = int(spans["days"].max() or 0) if people else 0  # type: ignore[arg-type]
    placed = rows.join(spans.select("id", "last").with_row_index("column"), on="id")
    at = (length - 1 - (placed["last"] - placed["day"]).dt.total_days()).to_numpy()
    column = placed["column"].to_numpy()

    def matrix(name: str) -> list[Matrix]:
        filled = np.full((length, people), np.nan)
        filled[at, column] = placed[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
        return list(filled)

    scores = rules.Scores(matrix("pain"), matrix("activities"), matrix("said"))
    first = length - spans["days"].cast(pl.Float64).to_numpy()
    before = spans["before"].cast(pl.Float64).to_numpy()
    return rules.follow_up(scores, first, before, p, ForMany())


def _results(spans: pl.DataFrame, s: rules.State) -> pl.DataFrame:
    height = spans.height

    def whole(values: object) -> Matrix:
        return np.broadcast_to(np.asarray(values, np.float64), (height,))

    def score(values: object) -> pl.Series:
        return pl.Series(whole(values)).fill_nan(None)

    def count(values: object) -> pl.Series:
        return pl.Series(whole(values)).cast(pl.Int64)

    def word(values: object, words: tuple[str, ...]) -> pl.Series:
        codes = pl.Series(whole(values).astype(np.uint8))
        return codes.cat.to(pl.Enum(list(words))) if height else codes.cast(pl.String)

    levels = np.searchsorted(LEVELS_FROM, whole(s.now_pain), side="right")
    level = pl.Series(levels.astype(np.uint8)).cat.to(pl.Enum(list(LEVELS))).cast(pl.String)
    moments = (*rules.DIRECTIONS, "to_come", "before_diary")
    by_moment = {
        f"week_{weeks}": word(_moment(whole(code)), moments)
        for weeks, code in zip((3, 4, 12), s.moments, strict=True)
    }
    return pl.DataFrame(
        {
            "place": spans["place"],
            "id": spans["id"],
            "days": spans["days"],
            "entries": spans["entries"].cast(pl.Int64),
            "direction": word(s.direction, rules.DIRECTIONS),
            "by_activities": word(s.by_activities, rules.DIRECTIONS),
            "by_pain": word(s.by_pain, rules.DIRECTIONS),
            "start_activities": score(s.start_activities),
            "now_activities": score(s.now_activities),
            "start_pain": score(s.start_pain),
            "now_pain": score(s.now_pain),
            **by_moment,
            "episodes": count(s.episodes),
            "flare_ups": count(s.flares),
            "in_flare": pl.Series(~np.isnan(whole(s.flare_from))),
            "trajectory": word(s.trajectory, TRAJECTORIES),
            "level": pl.DataFrame({"w": level, "n": score(s.now_pain)}).select(
                pl.when(pl.col("n").is_not_null()).then("w")
            )["w"],
            "asks_triage": pl.Series(whole(s.asks_triage) > 0),
        }
    )


def _moment(codes: Matrix) -> Matrix:
    """Codes of a moment as places in the list of words."""
    known = len(rules.DIRECTIONS)
    placed = np.where(codes == rules.NOT_YET, known, codes)
    return np.where(codes == rules.BEFORE_DIARY, known + 1, placed)
