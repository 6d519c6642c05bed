"""A visit of somebody with back pain, as a record system lives it, from discovery to feedback.

The requests have the shapes that the public sandbox and the examples of the specification have;
they were written here. ``python tests/cds/talk.py`` writes the answers anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from server import Served
from talk import TURNS, asked

from rugkompas.fhir.cds.services import SERVICES


def turn_in(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


@pytest.mark.parametrize("path", TURNS, ids=lambda path: path.stem)
def test_each_turn_gets_what_was_recorded(site: Served, path: Path) -> None:
    turn = turn_in(path)

    assert asked(site, turn) == turn["answer"]


def test_the_conversation_calls_every_service_and_gives_feedback() -> None:
    paths = {turn_in(path)["request"]["path"] for path in TURNS}

    assert {f"/cds-services/{id_}" for id_ in SERVICES} <= paths
    assert any(path.endswith("/feedback") for path in paths)
    assert "/cds-services" in paths


def test_feedback_is_about_a_card_and_a_reason_that_were_shown() -> None:
    turns = [turn_in(path) for path in TURNS]
    shown = {
        card["uuid"]: {reason["code"] for reason in card.get("overrideReasons", ())}
        for turn in turns
        for card in turn["answer"]["body"].get("cards", ())
    }
    (given,) = [turn for turn in turns if turn["request"]["path"].endswith("/feedback")]

    for one in given["request"]["body"]["feedback"]:
        reason = one.get("overrideReason", {}).get("reason", {}).get("code")
        assert one["card"] in shown
        assert reason is None or reason in shown[one["card"]]
