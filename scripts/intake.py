"""Makes the words of the web component from the knowledge.

python scripts/intake.py            intake/words.js
python scripts/intake.py --check    only say whether it is up to date
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from rugkompas.assess.triage import ALWAYS_WATCH
from rugkompas.catalogue import Knowledge, load
from rugkompas.outputs.sentences import Voice, emergency_number

ROOT = Path(__file__).parents[1]
MADE = ROOT / "intake" / "words.js"
FIRST = "// Made by scripts/intake.py from the knowledge; do not edit."
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


def made(knowledge: Knowledge) -> str:
    """The generated file."""
    held = {
        "number": emergency_number(knowledge),
        "words": {language: words(knowledge, language) for language in knowledge.words},
    }
    text = json.dumps(held, ensure_ascii=False, indent=2)
    return (
        f"// Made by scripts/intake.py from the knowledge; do not edit.\nexport default {text};\n"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    text, name = made(load()), MADE.relative_to(ROOT)
    if check:
        old = not MADE.is_file() or MADE.read_text("utf-8") != text
        if old:
            print(f"{name}: older than the knowledge. Run: make intake")
        return 2 if old else 0
    MADE.write_text(text, "utf-8")
    print(f"{name}: {len(text.encode()):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
