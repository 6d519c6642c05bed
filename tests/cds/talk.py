"""A conversation as files: what a record system asked, and the whole of what it got.

Run as a program, it asks everything again and writes the answers anew. What changes by itself
stands in the files as a name: ``{site}``, ``{version}`` and ``{yesterday}``.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))

from records import send
from server import Served, served

from rugkompas.catalogue import load
from rugkompas.outputs.sentences import Voice

TURNS = sorted((Path(__file__).parent / "conversation").glob("*.json"))


def names_of(site: Served, language: str) -> dict[str, str]:
    """What the names in the files stand for now."""
    today = dt.datetime.now(dt.UTC).date()
    yesterday = today - dt.timedelta(days=1)
    return {
        "{site}": site.address,
        "{version}": load().version,
        "{yesterday_said}": Voice(load(), language).date(yesterday),
        "{yesterday}": yesterday.isoformat(),
    }


def asked(site: Served, turn: dict[str, Any]) -> dict[str, Any]:
    """The answer to one turn now, with the names put back."""
    request = turn["request"]
    language = request["headers"].get("Accept-Language", "nl")
    names = names_of(site, language)
    sent = request.get("body")
    if sent is not None:
        sent = json.loads(_filled(json.dumps(sent), names))
    headers = {name.replace("-", "_"): value for name, value in request["headers"].items()}
    got = send(f"{site.address}{request['path']}", sent, method=request["method"], **headers)
    text = got.body.decode()
    for name, value in names.items():
        text = text.replace(value, name)
    return {"status": got.status, "body": json.loads(text)}


def _filled(text: str, names: dict[str, str]) -> str:
    for name, value in names.items():
        text = text.replace(name, value)
    return text


def record() -> None:
    """Write the answers of now into the files."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as site:
        for path in TURNS:
            turn = json.loads(path.read_text("utf-8"))
            turn["answer"] = asked(site, turn)
            text = json.dumps(turn, indent=2, ensure_ascii=False)
            path.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    record()
