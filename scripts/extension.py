"""Makes the data of the browser extension from the knowledge, and packs it.

python scripts/extension.py            extension/rules.js, extension/_locales and the zip
python scripts/extension.py --check    only say whether the data is up to date
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

from rugkompas.catalogue import Knowledge, load
from rugkompas.claims.evidence import options_for
from rugkompas.claims.export import exported

ROOT = Path(__file__).parents[1]
EXTENSION = ROOT / "extension"
ZIP = ROOT / "build" / "rugkompas-extension.zip"
NAMED = ("name", "description")
"""What the manifest says in the language of the browser: ``badge_<name>``."""
_SENTENCES = 2
"""Of what is known about an option: the first often only tells what was studied."""


def rules(knowledge: Knowledge) -> dict[str, Any]:
    """The export of the claim checker, with what studies found for each topic."""
    return {
        **exported(knowledge),
        "evidence": {
            language: {
                topic: {"about": option.label, "found": _first(option.effect)}
                for topic in knowledge.claim_topics
                for option in [words.options[id_] for id_ in options_for([topic], knowledge)[:1]]
            }
            for language, words in knowledge.words.items()
        },
    }


def _first(text: str) -> str:
    return " ".join(re.split(r"(?<=[.]) (?=[A-Z])", text)[:_SENTENCES])


def files(knowledge: Knowledge) -> dict[Path, str]:
    """Every generated file with its content. The rules are a script and not JSON, so that the
    extension has nothing to fetch."""
    made = {EXTENSION / "rules.js": f"globalThis.rugkompasRules = {_lines(rules(knowledge))};\n"}
    for language, words in knowledge.words.items():
        said = {name: {"message": words.claims[f"badge_{name}"]} for name in NAMED}
        # So the extension learns which of its languages the browser chose.
        said["language"] = {"message": language}
        path = EXTENSION / "_locales" / language / "messages.json"
        made[path] = json.dumps(said, ensure_ascii=False, indent=2) + "\n"
    return made


def _lines(data: dict[str, Any]) -> str:
    """JSON with a line for each part and each pattern, so that a change can be read."""
    parts = []
    for key, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            text = "[\n" + ",\n".join(map(_plain, value)) + "\n]"
        else:
            text = _plain(value)
        parts.append(f"{_plain(key)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}"


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def stale(knowledge: Knowledge) -> list[str]:
    """Names of generated files that differ from the knowledge."""
    return [
        str(path.relative_to(ROOT))
        for path, text in files(knowledge).items()
        if not path.is_file() or path.read_text("utf-8") != text
    ]


def pack(target: Path) -> None:
    """The extension as a browser takes it; the same files give the same bytes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(EXTENSION.rglob("*")):
            if path.is_file():
                name = path.relative_to(EXTENSION).as_posix()
                entry = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                packed.writestr(entry, path.read_bytes())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    knowledge = load()
    if check:
        old = stale(knowledge)
        if old:
            print(f"{', '.join(old)}: older than the knowledge. Run: make extension")
        return 2 if old else 0
    for path, text in files(knowledge).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    pack(ZIP)
    print(f"{ZIP.relative_to(ROOT)}: {ZIP.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
