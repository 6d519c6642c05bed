"""Measures the search on phrasings with a known answer; writes docs/explanation/search-figures.md.

python scripts/search_figures.py            write the page
python scripts/search_figures.py --check    does the page still say what is measured?
"""

from __future__ import annotations

import csv
import random
import statistics
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from rugkompas.search import Finder, finder

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "answers" / "data"
PAGE = ROOT / "docs" / "explanation" / "search-figures.md"
SEED = 20261125
_LEAST = 5
"""Letters of a word in which a slip is made."""
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

Row = dict[str, str]


def read(name: str) -> list[Row]:
    """The rows of one file of phrasings."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def slipped(text: str, chance: random.Random) -> str:
    """The text with one slip of the fingers in its longest word: two letters turned, one lost,
    one doubled, or the key beside it. A text of short words stays as it is."""
    words = text.split()
    place = max(range(len(words)), key=lambda it: len(words[it]))
    word = words[place]
    if len(word) < _LEAST:
        return text
    at = chance.randrange(1, len(word) - 1)
    kind = chance.choice(("turned", "lost", "doubled", "beside"))
    if kind == "turned":
        word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    elif kind == "lost":
        word = word[:at] + word[at + 1 :]
    elif kind == "doubled":
        word = word[:at] + word[at] + word[at:]
    else:
        word = word[:at] + _beside(word[at], chance) + word[at + 1 :]
    return " ".join([*words[:place], word, *words[place + 1 :]])


def _beside(letter: str, chance: random.Random) -> str:
    for row in _KEYS:
        at = row.find(letter)
        if at >= 0:
            return chance.choice(row[max(0, at - 1) : at] + row[at + 1 : at + 2])
    return letter


def hits(rows: Sequence[Row], find: Finder) -> list[Row]:
    """The rows whose answer is among the first three."""
    return [
        row
        for row in rows
        if row["answer"] in [hit.id for hit in find.find(row["asked"], row["language"]).hits]
    ]


def misspelt(rows: Iterable[Row]) -> list[Row]:
    """The same rows with a slip in each, the same ones every time."""
    chance = random.Random(SEED)
    return [{**row, "asked": slipped(row["asked"], chance)} for row in rows]


def signs_heard(rows: Sequence[Row], find: Finder) -> list[Row]:
    """The rows for which any alarm sign comes first."""
    return [row for row in rows if find.find(row["asked"], row["language"]).signs]


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.1f} %)"


def _rates(find: Finder) -> Iterable[str]:
    yield "| phrasings | all | Dutch | English | with a slip in each |"
    yield "|---|---|---|---|---|"
    for name, told in (("visible", "that were looked at"), ("held_out", "held out")):
        rows = read(f"phrasings_{name}")
        cells = [_share(len(hits(rows, find)), len(rows))]
        for language in ("nl", "en"):
            some = [row for row in rows if row["language"] == language]
            cells.append(_share(len(hits(some, find)), len(some)))
        cells.append(_share(len(hits(misspelt(rows), find)), len(rows)))
        yield f"| {told} | {' | '.join(cells)} |"


def page(find: Finder) -> str:
    """The page, without the line about speed."""
    elsewhere = read("elsewhere")
    quiet = [r for r in elsewhere if not find.find(r["asked"], r["language"]).hits]
    ordinary = [*read("phrasings_visible"), *read("phrasings_held_out")]
    lines = [
        "# How well the search finds",
        "",
        "Written by `scripts/search_figures.py`; the phrasings are in `tests/answers/data`.",
        "",
        "## The right answer among the first three",
        "",
        *_rates(find),
        "",
        "The phrasings were written before the search was, then split in half by a digest of "
        "their text. Words and thresholds were chosen on the half that was looked at; the other "
        "half was run when that was done (87 of 94). After that one threshold was changed, again "
        "on the half that was looked at, and the other half was run once more: that is the figure "
        "here. The aim of 95 % is not reached. All were written by the makers, who also wrote "
        "the answers and the lists of words, so real people will ask in ways that are missing "
        "here: expect less.",
        "",
        "A slip is two letters turned, one lost, one doubled, or the key beside it, in the "
        f"longest word of each phrasing (seed {SEED}).",
        "",
        "## Alarm signs",
        "",
        "| phrasings of a sign | with a sign first | with a slip in each |",
        "|---|---|---|",
    ]
    for name, told in (("visible", "that were looked at"), ("held_out", "held out")):
        rows = read(f"signs_{name}")
        lines.append(
            f"| {told} | {_share(len(signs_heard(rows, find)), len(rows))} | "
            f"{_share(len(signs_heard(misspelt(rows), find)), len(rows))} |"
        )
    lines += [
        "",
        "What is held out was written before the patterns were last changed, and first run after "
        "that. Two earlier sets were held out in the same way: 8 of 65 and 7 of 49 were missed "
        "then. The patterns were widened and those phrasings now stand among the ones that were "
        "looked at. So expect about one in ten new ways to say a sign to be missed; the signs "
        "that cannot wait stand at the top of every page for that reason.",
        "",
        "Missed among those that were held out:",
        "",
        *(_missed(read("signs_held_out"), find)),
        "",
        f"Of {len(ordinary)} ordinary phrasings "
        f"{_share(len(signs_heard(ordinary, find)), len(ordinary))} also bring a sign; the "
        "answers then stand below it.",
        "",
        "## Questions about something else",
        "",
        f"No answer, as it should be: {_share(len(quiet), len(elsewhere))}. These were looked at "
        "when the thresholds were chosen.",
        "",
    ]
    return "\n".join(lines)


def _missed(rows: Sequence[Row], find: Finder) -> list[str]:
    heard = signs_heard(rows, find)
    missed = [f"- {row['language']}: {row['asked']}" for row in rows if row not in heard]
    return missed or ["- none"]


def speed(find: Finder) -> str:
    """How long a search takes, signs and answers together, after the first one."""
    rows = read("phrasings_visible")
    for row in rows:
        find.find(row["asked"], row["language"])
    took = []
    for row in rows * 3:
        start = time.perf_counter()
        find.find(row["asked"], row["language"])
        took.append(1000 * (time.perf_counter() - start))
    middle, slow = statistics.median(took), statistics.quantiles(took, n=100)[98]
    return f"Speed: median {middle:.1f} ms, 99th percentile {slow:.1f} ms for one search."


def main() -> None:
    made = page(finder())
    if "--check" in sys.argv:
        written = PAGE.read_text("utf-8").partition("\nSpeed:")[0]
        sys.exit(None if written == made else f"{PAGE.name} is not up to date: run this script")
    PAGE.write_text(f"{made}\n{speed(finder())}\n", "utf-8")
    print(f"{PAGE.relative_to(ROOT)} written")


if __name__ == "__main__":
    main()
