"""Runs the whole proof: every invariant with its verdict, and a counterexample in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rugkompas.catalogue import Knowledge
from rugkompas.proof.checked import CHECKED, Sample
from rugkompas.proof.logical import LOGICAL
from rugkompas.proof.options import OPTION_INVARIANTS, Chooser
from rugkompas.proof.prover import Broken, Prover


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one invariant.

    id: its number in the dossier, "0" for our own (paper is code), "o1" and on for the promises
    about options. statements: how many
    separate statements it was split into. covers: combinations of answers (``solver``) or
    results and texts looked at (``run``). broken: what fails, empty when it holds.
    """

    id: str
    holds: bool
    method: str
    statements: int
    covers: int
    broken: tuple[Broken, ...]


def verdicts(knowledge: Knowledge, on: dt.date | None = None) -> Iterator[Verdict]:
    """Every invariant in the order of its number, those about options last, one by one as
    they are decided."""
    day = on or dt.date.today()
    prover = Prover(knowledge, day)
    sample: Sample | None = None
    for id_ in sorted({**LOGICAL, **CHECKED}, key=int):
        if id_ in LOGICAL:
            found = list(LOGICAL[id_](prover))
            method, covers = "solver", prover.combinations
        else:
            sample = sample or Sample(prover)
            found = list(CHECKED[id_](sample))
            method, covers = "run", len(found)
        yield _verdict(id_, method, covers, found)
    chooser = Chooser(knowledge, day)
    for id_, promise in OPTION_INVARIANTS.items():
        yield _verdict(id_, "solver", chooser.combinations, list(promise(chooser)))


def _verdict(id_: str, method: str, covers: int, found: list[Broken | None]) -> Verdict:
    broken = tuple(item for item in found if item is not None)
    return Verdict(id_, not broken, method, len(found), covers, broken)


def run(knowledge: Knowledge, progress: Callable[[str], None]) -> list[Verdict]:
    """All verdicts at once; ``progress`` hears the number of each as it is done."""
    done = []
    for verdict in verdicts(knowledge):
        progress(verdict.id)
        done.append(verdict)
    return done


def in_words(broken: Broken, knowledge: Knowledge, language: str) -> str:
    """The counterexample for a reader: what fails, and the answers of that person."""
    words = knowledge.words[language]
    parts = []
    for name, answer in broken.answers.items():
        question, _, member = name.partition(".")
        said = words.questions.get(question)
        label = said.short if said else question
        tri = {f"answer_{key}": key for key in ("yes", "no", "unknown")}
        value = str(answer)
        if said and value in said.values:
            value = said.values[value]
        elif f"answer_{value}" in tri:
            value = words.report[f"answer_{value}"]
        if member:
            member = said.values.get(member, member) if said else member
            label = f"{label} ({member})"
        parts.append(f"{label}: {value}")
    return f"{broken.what} - {'; '.join(parts)}" if parts else broken.what
