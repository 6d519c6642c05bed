"""``rugkompas check``: titles, texts, pages and tables; and everything that can be wrong."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from running import run

LOUD = "Cure sciatica in 7 days"
KEYS = {"language", "oversimplified", "probability", "reasons", "debunks", "topics", "spans"}


def told(*arguments: object, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("check", *arguments, "--format", "json", **more).out)
    return found


def test_a_title_comes_out_as_promised_to_other_programs() -> None:
    found = told(LOUD)

    assert set(found) >= KEYS
    assert found["oversimplified"] == "yes"
    assert found["language"] == "en"
    for span in found["spans"]:
        assert LOUD[span["start"] : span["end"]] == span["text"]
        assert span["reason"] in found["reasons"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_title_on_the_screen_says_why_and_what_is_known(language: str) -> None:
    text = run("check", "The best yoga poses to cure back pain", "--lang", language).text

    assert "[best yoga poses" in text
    assert "WHO" in text
    assert "\x1b" not in text


def test_a_page_is_whole_and_escaped(tmp_path: Path) -> None:
    title = "<script>alert(1)</script> cure back pain <img src=x onerror=alert(1)>"
    page = tmp_path / "page.html"
    page.write_text(f"<p>Cure back pain</p><h1>{title}</h1><p>Get rid of sciatica.</p>", "utf-8")

    shown = run("check", page, "--format", "html").text
    direct = run("check", "a <b onclick=x> cure back pain & more", "--format", "html").text

    assert "<script" not in shown
    assert "onerror" not in shown
    assert "<b onclick" not in direct
    assert "https://" not in direct.split("</head>")[0]


def test_with_answers_it_says_what_fits_the_person(tmp_path: Path) -> None:
    run("example", "-o", tmp_path / "me.yaml")

    found = told("Yoga: the cure for back pain", "--answers", tmp_path / "me.yaml")
    text = run("check", "Yoga: the cure for back pain", "--answers", tmp_path / "me.yaml").text

    (yoga,) = [it for it in found["evidence"] if it["option"] == "yoga"]
    assert yoga["certainty"] == "low"
    assert set(yoga["guidelines"]) == {"WHO", "KNGF", "NICE", "NHG"}
    assert yoga["sources"]
    assert isinstance(yoga["person"]["offered"], bool)
    assert "Voor u" in text


def test_a_long_text_has_its_sentences_and_its_quality() -> None:
    text = b"Back pain.\nWe cure back pain for good.\nThis stretch ends sciatica.\nSee your GP.\n"

    found = told("-", stdin=text)

    assert found["oversimplified"] == "yes"
    assert len(found["sentences"]) == 2
    assert found["quality"]["warning_signs"]["text"] == "See your GP."
    assert found["quality"]["date"] is None


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_a_table_keeps_every_row_and_its_id(ending: str, tmp_path: Path) -> None:
    rows = [("a", LOUD), ("b", ""), ("a", "Rugpijn, weg ermee!"), ("", 'Rugby, "loud"\nfolk')]
    frame = pl.DataFrame({"id": [i for i, _ in rows], "title": [t for _, t in rows]})
    source, target = tmp_path / f"titles.{ending}", tmp_path / f"checked.{ending}"
    {"csv": frame.write_csv, "jsonl": frame.write_ndjson, "parquet": frame.write_parquet}[ending](
        source
    )

    ran = run("check", source, "-o", target)

    assert ran.code == 0
    read = {"csv": pl.read_csv, "jsonl": pl.read_ndjson, "parquet": pl.read_parquet}[ending]
    out = read(target)
    assert [name or "" for name in out["id"]] == [i for i, _ in rows]
    assert list(out["oversimplified"]) == ["yes", "no", "yes", "no"]
    assert list(out["language"])[0::2] == ["en", "nl"]
    assert set(out.columns) >= {"id", *KEYS}
    assert out["reasons"][0] == "guaranteed_or_absolute_result;instant_or_time_bound_cure"


def test_a_table_gives_what_single_titles_give(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(f"text,lang\n{LOUD},en\nNooit meer rugpijn,nl\n\n", "utf-8")

    rows = [json.loads(line) for line in run("check", table, "--format", "json").out.splitlines()]

    assert [row["probability"] for row in rows] == [
        told(LOUD)["probability"],
        told("Nooit meer rugpijn")["probability"],
    ]


def test_an_empty_line_of_a_table_with_one_column_is_an_empty_title(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("title\nback pain\n\nsciatica\n", "utf-8")

    out = run("check", table, "-o", tmp_path / "o.csv")

    assert out.code == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "o.csv").read_text("utf-8"))))
    assert [row["state"] for row in rows] == ["judged", "too_little", "judged"]


@pytest.mark.parametrize("title", ["", " ", "?", "a", "🔥🔥"])
def test_too_little_is_said(title: str) -> None:
    assert told(title)["state"] == "too_little"


@pytest.mark.parametrize("title", ["כאב גב", "腰痛を治す", "آلام الظهر", "The best pasta"])
def test_what_it_cannot_judge_is_not_about_backs(title: str) -> None:
    found = told(title)

    assert found["state"] == "not_about_backs"
    assert found["oversimplified"] == "no"


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n\x00\x00", b"\xff\xfe\x00b\x00a", b"back \xe9 pain", b"a\x00b"],
)
def test_what_is_no_text_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(content)

    assert run("check", tmp_path / "x.txt").refused()
    assert run("check", "-", stdin=content).refused()


def test_ten_megabytes_are_refused_with_the_limit(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_text("back pain. " * 1_000_000, "utf-8")

    ran = run("check", tmp_path / "big.txt")

    assert ran.refused()
    assert "5 MB" in ran.err


def test_a_file_without_sense_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", "utf-8")
    (tmp_path / "broken.jsonl").write_text('{"title": "x"}\n{"title":\n', "utf-8")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 no")
    (tmp_path / "t.csv").write_text("title\nx\n", "utf-8")

    assert "title" in run("check", tmp_path / "other.csv", "-o", tmp_path / "o.csv").err
    assert "2" in run("check", tmp_path / "broken.jsonl", "-o", tmp_path / "o.csv").err
    assert run("check", tmp_path / "broken.parquet", "-o", tmp_path / "o.csv").refused()
    assert run("check", tmp_path / "t.csv").refused()
    assert run("check", tmp_path / "t.csv", "-o", tmp_path / "t.csv").refused()
    assert run("check", tmp_path / "t.csv", "-o", tmp_path / "o.xlsx").refused()
    assert run("check", "not_there.html").refused()
    assert run("check", tmp_path).refused()
    assert run("check").refused()


def test_the_export_goes_to_a_file(tmp_path: Path) -> None:
    ran = run("check", "--export", tmp_path / "claims.json")

    assert ran.code == 0
    assert json.loads((tmp_path / "claims.json").read_text("utf-8"))["patterns"]
