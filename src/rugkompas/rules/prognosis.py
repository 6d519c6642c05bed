"""The chance of still being clearly limited, from published figures alone.

The start is the share of people who are still limited, by duration, moved by present
disability. Predictors add their published log odds, with three brakes on counting the same
thing twice: what overlaps with disability counts for a part (``beside``), predictors of one
group count for less the more of them are known, and groups too; everything is shrunk.

What was not answered is not "no": the chance is averaged over all that it could be, which
pulls it towards the middle of the group, and the range grows. Written for numbers and for
columns alike (``logic/arithmetic``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

from rugkompas.catalogue.prognosis_schema import Predictor, Prognosis, Reading
from rugkompas.logic.arithmetic import Arithmetic, Number, Truths
from rugkompas.logic.codebook import Codebook

MONTHS = (3, 12)
_LOGISTIC = (16 * math.sqrt(3) / (15 * math.pi)) ** 2
"""The mean of a logistic curve over normal values z with variance v lies at
1 / (1 + exp(-z / sqrt(1 + this x v))) (Zeger, Liang and Albert 1988)."""


@dataclass(frozen=True, slots=True)
class Value:
    """What is known of one predictor. Without an answer it is the mean of all people."""

    value: Number
    known: Truths
    spread: Number


@dataclass(frozen=True, slots=True)
class _Given:
    """What the answers say: of duration (logarithm of days), disability and each predictor."""

    days: Value
    disability: Value
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Chance:
    """The chance of being clearly limited at one moment, with its range, all 0-1. moves: per
    part that was answered, the log odds that it adds."""

    chance: Number
    lower: Number
    upper: Number
    moves: Mapping[str, Number]


class _Sum:
    """Log odds so far, with the variance of what was not answered and of the figures."""

    def __init__(self, m: Arithmetic) -> None:
        self.m = m
        self.odds: Number = 0.0
        self.open: Number = 0.0
        self.error: Number = 0.0
        self.moves: dict[str, Number] = {}

    def add(self, name: str, odds: Number, error: Number) -> None:
        self.odds = self.odds + odds
        self.error = self.error + error
        self.moves[name] = odds


@dataclass(slots=True)
class _Group:
    """What the predictors of one group say together. told, whole: the variance between people
    that the answered ones explain, and that all of them would beside disability. open: the
    variance within classes."""

    moves: dict[str, Number]
    error: Number
    open: Number
    known: Number
    told: Number
    whole: Number


def prognosis(
    codes: Mapping[str, Any], facts: Prognosis, book: Codebook, m: Arithmetic
) -> dict[int, Chance]:
    """Months -> chance, for one person or a table.

    codes: variable -> code (``logic/codebook``); a variable that is absent was not asked.
    """
    reader = _Reader(codes, book, m)
    given = _Given(
        days=_log_days(facts, reader),
        disability=reader.first(facts.start.disability_reads, "plain", 0.0),
        values={p.id: reader.first(p.reads, p.scale, p.mean) for p in facts.predictors},
    )
    return {months: _chance(months, given, facts, m) for months in MONTHS}


def told(
    codes: Mapping[str, Any], facts: Prognosis, book: Codebook, m: Arithmetic
) -> dict[str, Truths]:
    """Part of the prognosis -> whether an answer tells about it."""
    reader = _Reader(codes, book, m)
    disability = reader.first(facts.start.disability_reads, "plain", 0.0)
    duration, limited = facts.start_parts
    parts = {duration: _log_days(facts, reader).known, limited: disability.known}
    return parts | {p.id: reader.first(p.reads, p.scale, p.mean).known for p in facts.predictors}


def _chance(months: int, given: _Given, facts: Prognosis, m: Arithmetic) -> Chance:
    total = _Sum(m)
    untold = _add_start(total, months, given, facts)
    groups = []
    for id_ in facts.groups:
        members = [predictor for predictor in facts.predictors if predictor.group == id_]
        groups.append(_group(members, months, given, facts, m))
    _add_groups(total, groups, untold, facts.between_groups)
    between = facts.start.spread_3m if months == MONTHS[0] else facts.start.spread_12m
    middle = total.odds / m.sqrt(1 + _LOGISTIC * total.open)
    half = NormalDist().inv_cdf((1 + facts.interval) / 2)
    width = half * m.sqrt(between**2 + total.error + total.open)
    return Chance(
        chance=_share(middle, m),
        lower=_share(middle - width, m),
        upper=_share(middle + width, m),
        moves=total.moves,
    )


def _share(odds: Number, m: Arithmetic) -> Number:
    return 1 / (1 + m.exp(-odds))


def _add_start(total: _Sum, months: int, given: _Given, facts: Prognosis) -> Number:
    """Duration and present disability. The published shares are of everybody in a class, so
    the odds of somebody in its middle lie a little further out (``_LOGISTIC``). Returns the
    variance that is left open about disability."""
    m, start, days, disability = total.m, facts.start, given.days, given.disability
    moments, log_days = start.moments, [math.log1p(moment.days) for moment in start.moments]
    later = start.disability_later if months == MONTHS[1] else 1.0
    per_sd = [moment.disability_per_sd * later * facts.shrinkage for moment in moments]
    rest = _whole_variance(months, facts)
    centres = []
    for moment, weight in zip(moments, per_sd, strict=True):
        share = moment.limited_3m if months == MONTHS[0] else moment.limited_12m
        centres.append(_odds(share) * math.sqrt(1 + _LOGISTIC * (rest + weight**2)))
    slope = (centres[-1] - centres[0]) / (log_days[-1] - log_days[0])
    centre = m.between(days.value, log_days, centres)
    usual = m.between(start.mean_log_days, log_days, centres)
    total.add("duration", centre - usual, 0.0)
    total.odds = total.odds + usual
    total.open = total.open + (slope * days.spread) ** 2

    weight = m.between(days.value, log_days, per_sd)
    mean = m.between(days.value, log_days, [moment.disability_mean for moment in moments])
    away = m.pick(disability.known, (disability.value - mean) / start.disability_sd, 0.0)
    total.add("disability", weight * away, (start.disability_error * away) ** 2)
    unknown = m.pick(disability.known, disability.spread / start.disability_sd, 1.0)
    return (weight * unknown) ** 2


def _odds(share: float) -> float:
    return math.log(share / (1 - share))


def _per_sd(predictor: Predictor, months: int, facts: Prognosis) -> float:
    published = predictor.per_sd_3m if months == MONTHS[0] else predictor.per_sd_12m
    return published * facts.shrinkage


def _whole_variance(months: int, facts: Prognosis) -> float:
    """Variance of the log odds between people, from all predictors beside disability."""
    total = 0.0
    for group, correlation in facts.groups.items():
        squares = [
            (_per_sd(p, months, facts) * p.beside) ** 2
            for p in facts.predictors
            if p.group == group
        ]
        total += sum(squares) / (1 + (len(squares) - 1) * correlation)
    return total / (1 + (len(facts.groups) - 1) * facts.between_groups)


def _group(
    members: Sequence[Predictor], months: int, given: _Given, facts: Prognosis, m: Arithmetic
) -> _Group:
    """Predictors that overlap. With n known ones that correlate by r each counts for
    1 / (1 + (n - 1) r): the least-squares weight of equal predictors with equal correlations,
    so that one of them speaks for the others and all together are not counted n times.

    Each is held against people with pain for as long: the published shares by duration already
    hold what usually goes with it.
    """
    correlation = facts.groups[members[0].group]
    known: Number = 0.0
    for predictor in members:
        known = known + m.pick(given.values[predictor.id].known, 1.0, 0.0)
    divided = 1 + (known - 1) * correlation
    group = _Group({}, 0.0, 0.0, m.pick(known > 0, 1.0, 0.0), 0.0, 0.0)
    for predictor in members:
        it = given.values[predictor.id]
        overlap = m.pick(given.disability.known, predictor.beside, 1.0)
        weight = _per_sd(predictor, months, facts) * overlap
        mean = predictor.mean + predictor.mean_per_log_day * (
            given.days.value - facts.start.mean_log_days
        )
        away = m.pick(it.known, (it.value - mean) / predictor.sd, 0.0)
        group.moves[predictor.id] = weight * away / divided
        error = predictor.error * facts.shrinkage * overlap * away / divided
        group.error = group.error + error**2
        group.open = group.open + (weight * it.spread / predictor.sd / divided) ** 2
        beside = (_per_sd(predictor, months, facts) * predictor.beside) ** 2
        group.whole = group.whole + beside / (1 + (len(members) - 1) * correlation)
        group.told = group.told + m.pick(it.known, weight**2, 0.0) / divided
    return group


def _add_groups(total: _Sum, groups: Sequence[_Group], untold: Number, correlation: float) -> None:
    """Groups overlap too, less: the same weight once more, over the groups that are known.

    untold: the variance left open about disability. Other answers tell of it too, but never
    more than half.
    """
    m = total.m
    known: Number = 0.0
    for group in groups:
        known = known + group.known
    divided = 1 + (known - 1) * correlation
    whole: Number = 0.0
    told: Number = 0.0
    for group in groups:
        for name, odds in group.moves.items():
            total.add(name, odds / divided, 0.0)
        total.error = total.error + group.error / divided**2
        total.open = total.open + group.open / divided**2
        whole = whole + group.whole / (1 + (len(groups) - 1) * correlation)
        told = told + group.told / divided
    total.open = total.open + m.most(whole + untold - told, untold / 2)


def _log_days(facts: Prognosis, reader: _Reader) -> Value:
    """The logarithm of the days since the start: the number, else the range, else the class."""
    m, start = reader.m, facts.start
    classes = Reading(
        answer="pain_duration_class",
        values={word: value for word, (value, _) in start.classes.items()},
        spread={word: spread for word, (_, spread) in start.classes.items()},
    )
    found = reader.first([classes], "plain", start.mean_log_days)
    low = reader.one(Reading(answer="pain_duration_days_min"), "log")
    high = reader.one(Reading(answer="pain_duration_days_max"), "log")
    least = m.pick(low.known, low.value, 0.0)
    added, spread = start.open_end
    ranged = Value(
        m.pick(high.known, (least + high.value) / 2, least + added),
        low.known | high.known,
        # Anywhere in the range is as likely: the spread of a uniform distribution.
        m.pick(high.known, (high.value - least) / math.sqrt(12), spread),
    )
    exact = reader.one(Reading(answer="pain_duration_days"), "log")
    found = reader.better(ranged, found)
    found = reader.better(exact, found)
    spread = m.pick(found.known, found.spread, start.sd_log_days)
    return Value(found.value, found.known, spread)


class _Reader:
    """Answers as values of predictors."""

    def __init__(self, codes: Mapping[str, Any], book: Codebook, m: Arithmetic) -> None:
        self._codes = codes
        self._book = book
        self.m = m

    def first(self, readings: Sequence[Reading], scale: str, mean: float) -> Value:
        """The first of these that was answered; the mean when none was."""
        found = Value(mean, False, 0.0)
        for reading in reversed(readings):
            found = self.better(self.one(reading, scale), found)
        return found

    def better(self, one: Value, other: Value) -> Value:
        """The one where it is known, else the other."""
        pick = self.m.pick
        return Value(
            pick(one.known, one.value, other.value),
            one.known | other.known,
            pick(one.known, one.spread, other.spread),
        )

    def one(self, reading: Reading, scale: str) -> Value:
        """What one answer says."""
        variable = self._book[reading.answer]
        code = self._codes.get(reading.answer, variable.not_asked)
        if variable.is_number:
            known = code >= 0
            value = self.m.pick(known, code, 0) * reading.times + reading.plus
            value = self.m.log1p(value) if scale == "log" else value
            return Value(value, known, reading.error)
        words = (None, *variable.words)
        told = [float(word in reading.values) for word in words]
        values = [reading.values.get(word or "", 0.0) for word in words]
        spread = [reading.spread.get(word or "", 0.0) for word in words]
        return Value(
            self.m.look_up(code, values),
            self.m.look_up(code, told) > 0,
            self.m.look_up(code, spread),
        )
