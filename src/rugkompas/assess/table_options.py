"""The options of a block of people: offered, or the first reason why not, per option."""

from __future__ import annotations

import numpy as np
import polars as pl
import pyarrow as pa

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.parameters import Parameters
from rugkompas.logic.packed import Truths, first_of, unpacked
from rugkompas.logic.verbs import Questions
from rugkompas.rules import options as rules
from rugkompas.rules import person_facts

_OFFERED = 0


def option_lists(
    q: Questions[Truths], people: int, knowledge: Knowledge, p: Parameters
) -> dict[str, pl.Series]:
    """``options_offered``: lists of ids. ``options_dropped``: lists of "id:reason", the first
    thing in the way. Both empty at emergency and same_day."""
    reasons: dict[str, int] = {}
    firsts = []
    for option in knowledge.options.values():
        in_the_way = rules.blocks(q, p, option)
        steps = [
            (truths, reasons.setdefault(reason, len(reasons) + 1))
            for reason, truths in in_the_way.items()
        ]
        firsts.append(first_of(steps, _OFFERED, people))
    matrix = np.column_stack(firsts)
    urgent = unpacked(person_facts.urgent(q, p), people)[:, None]
    ids = list(knowledge.options)
    labels = [f"{id_}:{reason}" for id_ in ids for reason in reasons]
    places = np.arange(len(ids), dtype=np.uint16)[None, :]
    dropped = (places * len(reasons) + matrix - 1).astype(np.uint16)
    return {
        "options_offered": _lists((matrix == _OFFERED) & ~urgent, places, ids),
        "options_dropped": _lists((matrix != _OFFERED) & ~urgent, dropped, labels),
    }


def _lists(mask: np.ndarray, codes: np.ndarray, labels: list[str]) -> pl.Series:
    """A list of labels per row: those whose place in the row is set in the mask."""
    offsets = np.zeros(len(mask) + 1, np.int64)
    np.cumsum(mask.sum(axis=1), out=offsets[1:])
    chosen = np.broadcast_to(codes, mask.shape)[mask]
    words = pa.DictionaryArray.from_arrays(pa.array(chosen), pa.array(labels, pa.large_string()))
    lists = pl.from_arrow(pa.LargeListArray.from_arrays(pa.array(offsets), words))
    assert isinstance(lists, pl.Series)
    return lists
