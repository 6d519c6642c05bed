"""Writes the part of docs/reference that is made from the knowledge and the code.

    python scripts/reference.py           write the pages
    python scripts/reference.py --check   write nothing; exit 1 and name the pages that differ

The same knowledge gives the same bytes. A page is either made whole, or written by hand with
one made part between two ``<!-- made ... -->`` marks.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from fhir_reference import fhir
from made.commands import commands, result
from made.factors import factors
from made.figures import burden, population
from made.knowledge_files import knowledge_folders
from made.markdown import table
from made.prognosis_facts import prognosis
from made.questions import questions
from made.rules import choices, parameters, rules
from made.sources import sources
from made.topics import topic, topics
from rugkompas.catalogue import Knowledge, load
from rugkompas.outputs.topic_report import in_order as topics_in_order

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "docs" / "reference"
_MADE = "<!-- Made by scripts/reference.py: change the knowledge, then run `make docs`. -->\n\n"
_START, _END = "<!-- made -->\n", "<!-- /made -->"
_PART = re.compile(f"({_START}.*?{_END})", re.DOTALL)


WHOLE: dict[str, Callable[[Knowledge], str]] = {
    "rules.md": rules,
    "questions.md": questions,
    "parameters.md": parameters,
    "factors.md": factors,
    "sources.md": sources,
    "choices.md": choices,
    "knowledge.md": knowledge_folders,
    "commands.md": commands,
    "burden.md": burden,
    "population.md": population,
    "topics/README.md": topics,
}
PARTS: dict[str, Callable[[Knowledge], str]] = {
    "result-format.md": result,
    "../explanation/prognosis.md": prognosis,
    "fhir.md": lambda knowledge: fhir(knowledge, table),
}


def pages(knowledge: Knowledge) -> Iterator[tuple[Path, str]]:
    """Every page that is made, with the text that it should have."""
    for name, make in WHOLE.items():
        yield REFERENCE / name, _MADE + make(knowledge)
    for each in topics_in_order(knowledge):
        yield REFERENCE / "topics" / f"{each.id}.md", _MADE + topic(knowledge, each)
    for name, make in PARTS.items():
        path = (REFERENCE / name).resolve()
        before, _, after = _PART.split(path.read_text("utf-8"))
        yield path, f"{before}{_START}{make(knowledge)}{_END}{after}"


def main() -> int:
    """Write the pages, or with --check say which ones differ."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="write nothing, name what differs")
    check = parser.parse_args().check
    old = []
    for path, text in pages(load()):
        if path.exists() and path.read_text("utf-8") == text:
            continue
        old.append(path.relative_to(ROOT).as_posix())
        if not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
    for name in old:
        print(f"{name} {'is not up to date: run `make docs`' if check else 'written'}")
    return 1 if check and old else 0


if __name__ == "__main__":
    sys.exit(main())
