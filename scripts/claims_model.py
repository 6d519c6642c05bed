"""Fits the small model of the claim checker, and tells how well it judges titles it never saw.

    python scripts/claims_model.py            print the cross-validated figures
    python scripts/claims_model.py --write    also write the model and the figures for the docs
    python scripts/claims_model.py --check    write nothing; exit 1 when a file is out of date

Logistic regression with a strong L2 penalty on what the rules found. Folds hold titles of one
site, and titles that look alike, together. Titles that the project wrote itself only teach;
figures are about real titles. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rugkompas.catalogue import load
from rugkompas.claims.judge import Judge
from rugkompas.claims.text import normalise

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "claims" / "data"
MODEL = ROOT / "src" / "rugkompas" / "knowledge" / "claim_model.yaml"
FIGURES = ROOT / "docs" / "explanation" / "claims-figures.md"
FOLDS = 10
SEED = 20261125
PENALTY = 1.5
OWN_WEIGHT = 0.5
"""What a title written by the project counts beside a real one."""
WRITTEN = "w"
"""What the number of a title begins with that the project wrote itself."""
ALIKE = 0.5
"""Overlap of letter trigrams from which two titles stay together."""
YES, UNSURE = 0.5, 0.25
RIGHT, MISSED = 0.9, 0.09
"""Targets for "oversimplified" and "not". Not 1 and 0: the patterns were written with these
titles in view; on titles that nobody had seen a strong reason was right in about 9 of 10, and
without any reason about 1 of 11 was oversimplified after all."""
FEWEST = 4
"""Titles in which a feature must occur to get a weight."""


@dataclass(frozen=True, slots=True)
class Title:
    """One labelled title, with what the rules found in it."""

    lang: str
    text: str
    label: bool
    real: bool
    honest: bool
    group: str
    scope: str
    features: frozenset[str]


def titles() -> list[Title]:
    """All titles, with features."""
    judge = Judge(load())
    made = []
    for name in ("titles_dev", "titles_found", "titles_own", "titles_rounds"):
        with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                reading = judge.reading(normalise(row["title"]), row["lang"])
                label = row["oversimplified"] == "1"
                made.append(
                    Title(
                        lang=row["lang"],
                        text=row["title"],
                        label=label,
                        real=name != "titles_own" and not row["id"].startswith(WRITTEN),
                        honest="1" in (row.get("evidence_based"), row.get("debunks")) and not label,
                        group=row.get("site") or row["id"],
                        scope=reading.scope,
                        features=reading.features,
                    )
                )
    return made


def groups(every: Sequence[Title]) -> list[int]:
    """A number per title; equal for one site and for titles that look alike."""
    parent = list(range(len(every)))

    def top(place: int) -> int:
        while parent[place] != place:
            place = parent[place]
        return place

    grams = [trigrams(title.text) for title in every]
    first: dict[str, int] = {}
    for place, title in enumerate(every):
        parent[top(place)] = top(first.setdefault(title.group, place))
        for other in range(place):
            shared = len(grams[place] & grams[other])
            if shared and shared / len(grams[place] | grams[other]) >= ALIKE:
                parent[top(place)] = top(other)
    return [top(place) for place in range(len(every))]


def trigrams(text: str) -> frozenset[str]:
    """Letter trigrams of a title."""
    small = f" {text.lower()} "
    return frozenset(small[at : at + 3] for at in range(len(small) - 2))


def fit(every: Sequence[Title], names: Sequence[str]) -> np.ndarray:
    """Bias and weights, by Newton's method; the bias has no penalty."""
    table = matrix(every, names)
    target = np.array([RIGHT if title.label else MISSED for title in every])
    counts = np.array([1.0 if title.real else OWN_WEIGHT for title in every])
    penalty = np.diag([1e-6] + [PENALTY] * len(names))
    weights = np.zeros(len(names) + 1)
    for _ in range(50):
        chance = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (counts * (target - chance)) - penalty @ weights
        curve = (table * (counts * chance * (1 - chance))[:, None]).T @ table + penalty
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-10:
            break
    return weights


def matrix(every: Sequence[Title], names: Sequence[str]) -> np.ndarray:
    """A row per title: 1, then 1 or 0 for each feature."""
    return np.array([[1.0, *(float(name in it.features) for name in names)] for it in every])


def in_scope(every: Iterable[Title]) -> list[Title]:
    """Titles on which the model is asked; the others are always "no"."""
    return [title for title in every if title.scope != "none"]


def names_of(every: Iterable[Title]) -> list[str]:
    """Features that occur often enough."""
    count: dict[str, int] = {}
    for title in every:
        for name in title.features:
            count[name] = count.get(name, 0) + 1
    return sorted(name for name, times in count.items() if times >= FEWEST)


def predicted(taught: Sequence[Title], asked: Sequence[Title]) -> list[float]:
    """Probabilities for titles that taught nothing."""
    names = names_of(in_scope(taught))
    weights = fit(in_scope(taught), names)
    chances = 1 / (1 + np.exp(-(matrix(asked, names) @ weights)))
    return [0.0 if t.scope == "none" else float(c) for t, c in zip(asked, chances, strict=True)]


def cross_validated(every: Sequence[Title]) -> list[float]:
    """For each title the probability from a model that saw neither it nor its group."""
    group = groups(every)
    order = sorted(set(group))
    np.random.default_rng(SEED).shuffle(order)
    fold = {name: place % FOLDS for place, name in enumerate(order)}
    chances = [0.0] * len(every)
    for number in range(FOLDS):
        out = [place for place in range(len(every)) if fold[group[place]] == number]
        taught = [every[place] for place in range(len(every)) if fold[group[place]] != number]
        found = predicted(taught, [every[place] for place in out])
        for place, chance in zip(out, found, strict=True):
            chances[place] = chance
    return chances


def by_rules(title: Title) -> bool:
    """The rules without a model: a strong reason stands."""
    return "any_strong" in title.features


@dataclass(frozen=True, slots=True)
class Score:
    """How answers compare with labels."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def score(answers: Iterable[bool], labels: Iterable[bool]) -> Score:
    """Counts of "yes" that are right, wrong, and missed."""
    pairs = list(zip(answers, labels, strict=True))
    return Score(pairs.count((True, True)), pairs.count((True, False)), pairs.count((False, True)))


def figures(every: Sequence[Title], chances: Sequence[float]) -> str:
    """The page with the figures."""
    lines = [
        "# Figures of the claim checker\n",
        "<!-- Made by scripts/claims_model.py --write -->\n",
        f"{FOLDS}-fold cross-validation on real titles; one site and look-alikes stay together.",
        "The patterns were written with these titles in view, so they flatter a little:",
        "see [how claims are judged](claims.md) for figures on titles that nobody had seen.\n",
        "| language | way | titles | oversimplified | precision | recall | F1 |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    real = [place for place, title in enumerate(every) if title.real]
    for lang in ("nl", "en"):
        mine = [place for place in real if every[place].lang == lang]
        labels = [every[place].label for place in mine]
        for way, answers in (
            ("rules alone", [by_rules(every[place]) for place in mine]),
            ("rules and model", [chances[place] >= YES for place in mine]),
        ):
            it = score(answers, labels)
            lines.append(
                f"| {lang} | {way} | {len(mine)} | {sum(labels)} | {it.precision:.2f} | "
                f"{it.recall:.2f} | {it.f1:.2f} |"
            )
    honest = [place for place in real if every[place].honest]
    flagged = sum(chances[place] >= YES for place in honest)
    lines.append(
        f"\nHonest guidance (evidence-based or against a claim) called oversimplified: {flagged} "
        f"of {len(honest)} ({100 * flagged / len(honest):.1f} %).\n"
    )
    lines += ["| language | Brier score | calibration error |", "| --- | --- | --- |"]
    for lang in ("nl", "en"):
        mine = [place for place in real if every[place].lang == lang]
        chance = np.array([chances[place] for place in mine])
        truth = np.array([every[place].label for place in mine], float)
        lines.append(
            f"| {lang} | {((chance - truth) ** 2).mean():.3f} | {error(chance, truth):.3f} |"
        )
    lines += [
        "\n| probability | titles | called so | oversimplified |",
        "| --- | --- | --- | --- |",
    ]
    chance = np.array([chances[place] for place in real])
    truth = np.array([every[place].label for place in real], float)
    for low, high in ((0, 0.1), (0.1, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 0.9), (0.9, 1.01)):
        here = (chance >= low) & (chance < high)
        if here.any():
            lines.append(
                f"| {low:.2f}-{min(high, 1):.2f} | {here.sum()} | {chance[here].mean():.2f} | "
                f"{truth[here].mean():.2f} |"
            )
    return "\n".join(lines) + "\n"


def error(chance: np.ndarray, truth: np.ndarray, bins: int = 5) -> float:
    """Expected calibration error over bins of equal width."""
    total = 0.0
    for low in range(bins):
        here = (chance >= low / bins) & (chance < (low + 1) / bins + (low == bins - 1))
        if here.any():
            total += here.mean() * abs(chance[here].mean() - truth[here].mean())
    return float(total)


def model(every: Sequence[Title]) -> str:
    """The model, taught by all titles, as the YAML file of the knowledge."""
    taught = in_scope(every)
    names = names_of(taught)
    bias, *weights = fit(taught, names)
    lines = [
        "# Made by scripts/claims_model.py --write; do not edit.",
        'made_by: "scripts/claims_model.py"',
        f"yes: {YES}",
        f"unsure: {UNSURE}",
        f"bias: {bias:.2f}",
        "weights:",
        *(f"  {name}: {weight:.2f}" for name, weight in zip(names, weights, strict=True)),
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Print, write or check."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--wrong", action="store_true", help="also print what is judged wrongly")
    chosen = parser.parse_args()
    every = titles()
    chances = cross_validated(every)
    made = {MODEL: model(every), FIGURES: figures(every, chances)}
    print(made[FIGURES])
    if chosen.wrong:
        for title, chance in zip(every, chances, strict=True):
            if (chance >= YES) != title.label:
                kind = "real" if title.real else "own"
                print(f"{chance:.2f} {int(title.label)} {kind} {title.text}")
    stale = [
        path for path, text in made.items() if not path.exists() or path.read_text("utf-8") != text
    ]
    if chosen.write:
        for path in stale:
            path.write_text(made[path], "utf-8")
    if chosen.check:
        for path in stale:
            print(
                f"out of date: {path.relative_to(ROOT)}; run python scripts/claims_model.py --write"
            )
        return 1 if stale else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
