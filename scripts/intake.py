"""Makes the words and the bundle of the web component from the knowledge.

python scripts/intake.py            intake/words.js and intake/bundle.json
python scripts/intake.py --check    only say whether it is up to date
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from pathlib import Path
from typing import Any

from rugkompas.assess.triage import ALWAYS_WATCH
from rugkompas.catalogue import Knowledge, load
from rugkompas.outputs.sentences import Voice, emergency_number
from rugkompas.web.bundle import bundle

ROOT = Path(__file__).parents[1]
INTAKE = ROOT / "intake"
OWN = "component_"
SHARED = (
    *("signs_title", "start_who_text", "start_button", "back", "next", "why_ask"),
    *(
        "skip_to_result",
        "offer_title",
        "offer_text",
        "offer_yes",
        "errors_title",
        "group_text",
        "crisis",
    ),
    *("choose_one", "choose_several", "choose_alone", "number_hint"),
    *("duration_hint", "duration_unit", "unit_days", "unit_weeks", "unit_months"),
    *("activities_hint", "activity_name", "activity_start", "activity_now"),
    *("emergency_call", "emergency_no_answer", "emergency_mistake", "emergency_mistake_text"),
    "file_answers",
)
"""Sentences of the site that the component says too."""


def words(knowledge: Knowledge, language: str) -> dict[str, Any]:
    """What the component says by itself, and the alarm signs: those it shows when nothing can
    be reached too."""
    said, voice = knowledge.words[language].web, Voice(knowledge, language)
    own = {key.removeprefix(OWN): text for key, text in said.items() if key.startswith(OWN)}
    shared = {key: said[key] for key in SHARED}
    number = "{emergency_number}", emergency_number(knowledge)
    return {
        **{key: text.replace(*number) for key, text in (own | shared).items()},
        "signs_lead": voice("watch_now"),
        "signs": [voice.clause(id_, "new_or_changed") for id_ in ALWAYS_WATCH],
        "signs_how": voice("net_emergency_how"),
    }


def files(knowledge: Knowledge) -> dict[Path, str]:
    """Every generated file with its content."""
    held = {
        "number": emergency_number(knowledge),
        "words": {language: words(knowledge, language) for language in knowledge.words},
    }
    text = json.dumps(held, ensure_ascii=False, indent=2)
    first = "// Made by scripts/intake.py from the knowledge; do not edit."
    return {
        INTAKE / "words.js": f"{first}\nexport default {text};\n",
        INTAKE / "bundle.json": _lines(bundle(knowledge), 4) + "\n",
    }


def _lines(data: Any, depth: int) -> str:
    """Compact JSON that still has lines, so that a change can be read."""
    if depth and data and isinstance(data, dict):
        parts = [f"{_plain(key)}:{_lines(value, depth - 1)}" for key, value in data.items()]
        return "{\n" + ",\n".join(parts) + "\n}"
    if depth and data and isinstance(data, list | tuple):
        return "[\n" + ",\n".join(map(_plain, data)) + "\n]"
    return _plain(data)


def _plain(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    found = files(load())
    old = [path for path, text in found.items() if not _is(path, text)]
    if check:
        if old:
            names = ", ".join(str(path.relative_to(ROOT)) for path in old)
            print(f"{names}: older than the knowledge. Run: make intake")
        return 2 if old else 0
    for path, text in found.items():
        path.write_text(text, "utf-8")
        packed = len(gzip.compress(text.encode()))
        print(f"{path.relative_to(ROOT)}: {len(text.encode()):,} bytes, {packed:,} as gzip")
    return 0


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
