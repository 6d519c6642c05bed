"""The options of a whole table: offered, or the first reason why not, per option."""

from __future__ import annotations

from collections.abc import Callable

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl
import pyarrow as pa

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.parameters import Parameters
from rugkompas.logic import many
from rugkompas.logic.verbs import term_key
from rugkompas.rules import options as rules
from rugkompas.rules import person_facts
from rugkompas.rules.factors import present as plays_a_role

PHASES = ("acute", "deviating", "chronic", "radicular", "prevention")
_OFFERED = 0
_Term = Callable[..., nw.Expr]


def option_lists(codes: pl.DataFrame, knowledge: Knowledge, p: Parameters) -> dict[str, pl.Series]:
    """``options_offered``: lists of ids. ``options_dropped``: lists of "id:reason", the first
    thing in the way. Both empty at emergency and same_day.

    codes: code columns with the judged direction, as ``assess_table`` makes them.
    """
    reasons: list[str] = []
    found = _first_reasons(codes, knowledge, p, reasons)
    ids = list(knowledge.options)
    matrix = np.column_stack([found[id_].to_numpy() for id_ in ids])
    urgent = found["urgent"].to_numpy()[:, None]
    labels = [f"{id_}:{reason}" for id_ in ids for reason in reasons]
    places = np.arange(len(ids), dtype=np.uint16)[None, :]
    dropped = (places * len(reasons) + matrix - 1).astype(np.uint16)
    return {
        "options_offered": _lists((matrix == _OFFERED) & ~urgent, places, ids),
        "options_dropped": _lists((matrix != _OFFERED) & ~urgent, dropped, labels),
    }


def _first_reasons(
    codes: pl.DataFrame, knowledge: Knowledge, p: Parameters, reasons: list[str]
) -> pl.DataFrame:
    """Per option 0 when it is offered, else the place of its first reason, from 1.

    Terms that many options share become columns first; the rules then find them there and
    the plan for the engine stays small.
    """
    columns = frozenset(codes.columns)
    q = many.answers_of(columns, knowledge.codebook)
    shared: list[tuple[_Term, tuple[str, ...]]] = [(person_facts.urgent, ())]
    shared += [(rules.phase, (name,)) for name in PHASES]
    shared += [(plays_a_role, (factor,)) for factor in knowledge.factors]
    facts = {f for o in knowledge.options.values() for f in (*o.not_if, *o.caution_if)}
    facts |= {"no_second_person", "no_uninterrupted_nights", "cannot_leave_home", "no_money"}
    facts |= {"no_supplementary_insurance", "no_work", "cannot_walk"}
    shared += [(person_facts.holds, (fact,)) for fact in sorted(facts)]
    shared += [(person_facts.absent, (fact,)) for fact in sorted(facts)]
    frame = nw.from_native(codes.lazy()).with_columns(
        **{f"term.{place}": term(q, p, *args) for place, (term, args) in enumerate(shared)}
    )
    q = many.answers_of(columns, knowledge.codebook)
    for place, (term, args) in enumerate(shared):
        q.terms[term_key(term, *args)] = nw.col(f"term.{place}")
    firsts = {}
    for option in knowledge.options.values():
        blocks = rules.blocks(q, p, option)
        reasons += [reason for reason in blocks if reason not in reasons]
        first = nw.lit(_OFFERED, nw.UInt8)
        for reason, truth in reversed(blocks.items()):
            code = nw.lit(reasons.index(reason) + 1, nw.UInt8)
            first = nw.when(truth).then(code).otherwise(first)
        firsts[option.id] = first
    found = frame.select(urgent=person_facts.urgent(q, p), **firsts).collect()
    return found.to_polars()


def _lists(mask: np.ndarray, codes: np.ndarray, labels: list[str]) -> pl.Series:
    """A list of labels per row: those whose place in the row is set in the mask."""
    offsets = np.zeros(len(mask) + 1, np.int64)
    np.cumsum(mask.sum(axis=1), out=offsets[1:])
    chosen = np.broadcast_to(codes, mask.shape)[mask]
    words = pa.DictionaryArray.from_arrays(pa.array(chosen), pa.array(labels, pa.large_string()))
    lists = pl.from_arrow(pa.LargeListArray.from_arrays(pa.array(offsets), words))
    assert isinstance(lists, pl.Series)
    return lists
