"""Files that are made from others are up to date: model, figures, vectors, and the export."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from rugkompas.catalogue import Knowledge
from rugkompas.claims.export import FORMAT, exported, vector
from rugkompas.claims.judge import Judge

ROOT = Path(__file__).parents[2]
VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))


@pytest.mark.parametrize("script", ["claims_model.py", "claims_vectors.py"])
def test_what_a_script_makes_is_up_to_date(script: str) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / script), "--check"],
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_there_are_enough_vectors_and_they_hold_every_verdict(knowledge: Knowledge) -> None:
    assert len(VECTORS) >= 300
    assert {it["oversimplified"] for it in VECTORS} == {"yes", "unsure", "no"}
    assert {it["state"] for it in VECTORS} == {"judged", "not_about_backs", "too_little"}
    judge = Judge(knowledge)
    for it in VECTORS[::20]:
        assert vector(it["title"], it["lang"], judge) == it


def test_the_export_is_plain_data_with_all_that_a_reader_needs(knowledge: Knowledge) -> None:
    data = json.loads(json.dumps(exported(knowledge)))

    assert data["format"] == FORMAT
    assert all(isinstance(weight, int) for weight in data["model"]["weights"].values())
    said = set(data["words"]["nl"])
    assert said == set(data["words"]["en"])
    assert {f"reason_{reason}" for reason in data["reasons"]} <= said
    whys = {f"why_{it['why']}" for it in data["patterns"] if it["kind"] == "reason"}
    assert whys <= said


def test_every_key_of_the_export_stands_on_its_page(knowledge: Knowledge) -> None:
    page = (ROOT / "docs" / "explanation" / "claims-format.md").read_text("utf-8")
    data = exported(knowledge)
    keys = {*data, *data["normal"], *data["language"], *data["limits"], *data["model"]}
    keys |= set(data["patterns"][0])

    assert [key for key in sorted(keys) if f"`{key}`" not in page] == []
