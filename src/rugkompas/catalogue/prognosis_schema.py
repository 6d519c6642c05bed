"""The shape of ``knowledge/prognosis.yaml``: what is published about how back pain goes on.

Every figure carries its source and how it was obtained. ``rules/prognosis.py`` thinks with it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from rugkompas.catalogue.schema import Citation, Id, Mark, Text

Share = Annotated[float, Meta(gt=0, lt=1)]
Positive = Annotated[float, Meta(gt=0)]
Factor = Annotated[float, Meta(ge=0, le=1)]


class Reading(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One answer that tells the value of a predictor.

    answer: a question, or a member of a set or an object ("comorbidities.psychological").
    values: for words, the expected value of each; a word that is left out tells nothing.
    spread: how far people with that word lie apart around it (standard deviation).
    times, plus: for numbers, value = times x answer + plus; error: how far such a conversion
    is off (standard deviation).
    """

    answer: Text
    values: dict[str, float] = {}
    spread: dict[str, Annotated[float, Meta(ge=0)]] = {}
    times: float = 1.0
    plus: float = 0.0
    error: Annotated[float, Meta(ge=0)] = 0.0


class Predictor(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Something that goes together with how many people are still limited later.

    reads: the first answer that was given counts, so the more exact one stands first. scale:
    ``log`` takes the natural logarithm of one plus the value; values of words then already
    stand on that scale. mean, sd: in people who seek care; mean_per_log_day: how the mean
    changes with the natural logarithm of the days since the start. per_sd_3m, per_sd_12m:
    log odds for one standard deviation more. error: their standard error. beside: the part of
    it that is left beside present disability (1 = already adjusted for it). derived: how the
    published figure became this one.
    """

    id: Id
    group: Id
    reads: Annotated[list[Reading], Meta(min_length=1)]
    scale: Literal["plain", "log"] = "plain"
    mean: float
    sd: Positive
    mean_per_log_day: float = 0.0
    per_sd_3m: float
    per_sd_12m: float
    error: Positive
    beside: Factor
    derived: Text
    citations: Annotated[list[Citation], Meta(min_length=1)]
    population_mark: Mark = "choice"


class Moment(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """People who seek care this many days after the start: the share still limited later,
    their mean Roland-Morris score now (% of its maximum), and the log odds for one standard
    deviation of that score."""

    days: Positive
    limited_3m: Share
    limited_12m: Share
    disability_mean: float
    disability_per_sd: Positive


class Start(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where a prognosis starts: duration and present disability.

    mean_log_days, sd_log_days: natural logarithm of one plus the days, in people who seek care.
    disability_later: the part of the weight of disability that is left at twelve months.
    classes: per duration class, the expected logarithm and its spread. open_end: what is added
    to the logarithm of the least number of days when the most is not known.
    """

    moments: Annotated[list[Moment], Meta(min_length=2)]
    classes: dict[str, tuple[float, float]]
    open_end: tuple[float, float]
    mean_log_days: float
    sd_log_days: Positive
    disability_reads: list[Reading]
    disability_sd: Positive
    disability_error: Positive
    disability_later: Factor
    spread_3m: Positive
    spread_12m: Positive
    derived: dict[str, Text]
    citations: list[Citation]


class Accuracy(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """How well a published prediction tells apart: the area under the curve."""

    id: Id
    auc: Share
    low: Share | None = None
    high: Share | None = None
    people: int | None = None
    compared: Text
    citation: Citation


class Prognosis(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything that the prognosis rests on.

    limited_from: the score that counts as clearly limited, in % of the maximum. shrinkage: the
    part of every effect that is kept, because published effects are weaker in new people.
    groups: per group of predictors that overlap, the mean correlation between them;
    between_groups: the same between groups. interval: the share of people that the range is
    meant to cover.
    """

    limited_from: Positive
    shrinkage: Factor
    shrinkage_citations: list[Citation]
    interval: Share
    start: Start
    groups: dict[Id, Factor]
    between_groups: Factor
    overlap_derived: Text
    overlap_citations: list[Citation]
    predictors: Annotated[list[Predictor], Meta(min_length=1)]
    accuracy: Annotated[list[Accuracy], Meta(min_length=1)]

    @property
    def start_parts(self) -> tuple[str, str]:
        """What the start consists of, beside the predictors."""
        return ("duration", "disability")

    @property
    def readings(self) -> list[Reading]:
        """Every way in which an answer is read."""
        of_predictors = [reading for p in self.predictors for reading in p.reads]
        return [*self.start.disability_reads, *of_predictors]

    @property
    def citations(self) -> list[Citation]:
        """Everything that it rests on, in the order of the file."""
        return [
            *self.shrinkage_citations,
            *self.start.citations,
            *self.overlap_citations,
            *(citation for p in self.predictors for citation in p.citations),
            *(accuracy.citation for accuracy in self.accuracy),
        ]
