"""The sheet for a professional as PDF, text and JSON; what somebody struck out is never advice."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from people import AUTHOR
from walks import load_answers

from rugkompas.web.rules import knowledge

STRUCK = tuple(AUTHOR["rejects"])


@pytest.mark.hazard("H-24")
def test_the_sheet_comes_as_pdf_text_and_json_and_they_say_the_same(client: Client) -> None:
    load_answers(client, AUTHOR)

    paper = client.get("/samenvatting.pdf")
    text = client.get("/samenvatting.txt")
    data = json.loads(client.get("/samenvatting.json").content)

    assert paper.content.startswith(b"%PDF")
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    told = " ".join(text.content.decode().split())
    for code in data["summary"]["codes"]:
        assert code["code"] in told
        assert code["status"] == "suspected"
    assert told.index("Hulpvraag") < told.index("Historie") < told.index("Stoornissen")
    assert told.index("Stoornissen") < told.index("Beperkingen")


def test_what_was_struck_out_is_a_wish_and_never_an_offer(client: Client) -> None:
    load_answers(client, AUTHOR)
    label = knowledge().words["nl"].options[STRUCK[0]].label

    told = " ".join(client.get("/samenvatting.txt").content.decode().split())
    data = json.loads(client.get("/samenvatting.json").content)

    assert told.count(label.split("/")[0].strip()) == 1
    assert told.index("Wil niet") < told.index(label.split()[0])
    offered = [it["id"] for it in data["options"]["offered"]]
    assert offered
    assert not set(STRUCK) & set(offered)


def test_without_answers_there_is_no_sheet(client: Client) -> None:
    for name in ("pdf", "txt", "json"):
        assert client.get(f"/samenvatting.{name}").headers["Location"] == "/vragen/"
