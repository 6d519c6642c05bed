"""The shape of a page that explains: ``knowledge/topics/<id>.yaml``.

A page is made of parts, a part of statements. A statement holds no sentence and, where it can,
no number of its own: its words stand in ``words``, and its numbers are read where they already
stand ("options.pilates.effects.pain+SMD.value", see ``figures``).
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from msgspec import Meta, Struct

from rugkompas.catalogue.schema import Basis, Certainty, Citation, Fact, Id, Text


class Number(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A number in a sentence: read at ``at``, or ``own`` where no other file holds it.

    said: ``plain`` as it is, ``whole`` rounded, ``size`` rounded without its sign, ``weeks``
    days as weeks.
    """

    at: str = ""
    own: float | None = None
    said: Literal["plain", "whole", "size", "weeks"] = "plain"


class Statement(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One thing that is said, with what it rests on.

    The sources of its numbers count too, so ``citations`` may be empty when every number is read
    elsewhere. certainty: where a source or dossier states it. read_on: when the sources were
    last read, if that is not the date of the page.
    """

    id: Id
    basis: Basis
    certainty: Certainty | None = None
    numbers: dict[str, Number] = {}
    citations: list[Citation] = []
    read_on: dt.date | None = None


class Row(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One row of a forest plot. figure: where value, low and high stand; a figure without an
    interval is drawn without one. times: to show points where the figure is in other units."""

    id: Id
    figure: Text
    times: Annotated[list[float], Meta(max_length=2)] = []


class Drawing(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A picture with its table.

    ``forest``: rows with their intervals; bar: a line at this figure. ``ranks``: comparisons of
    kind ``ranking`` beside each other. ``course``: the band of an expectation, ``shares``: its
    proportions. ``rules``: every rule of the triage table.
    """

    kind: Literal["forest", "ranks", "course", "shares", "rules"]
    rows: list[Row] = []
    bar: str = ""
    comparisons: list[Id] = []
    expectation: str = ""
    proportions: list[Id] = []


class Part(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A heading with its statements and, if any, its picture."""

    id: Id
    statements: list[Statement] = []
    drawing: Drawing | None = None


class Topic(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A page that explains one thing.

    number: its address on the site and its place in the list; never given to another page.
    read_on: when its sources were last read. onward: pages to read after it.
    """

    number: Annotated[int, Meta(ge=1)]
    read_on: dt.date
    parts: Annotated[list[Part], Meta(min_length=1)]
    onward: list[Id] = []
