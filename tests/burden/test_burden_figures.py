"""The figures equal the files that they were taken over from, in every form that we give them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import shutil
import sys
from collections import Counter
from pathlib import Path

import msgspec
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))

from running import run

from rugkompas.catalogue import KnowledgeError, load
from rugkompas.catalogue.check import check
from rugkompas.catalogue.files import convert, read
from rugkompas.catalogue.load import FOLDER, KINDS, LANGUAGES
from rugkompas.catalogue.words import BurdenFigureWords
from rugkompas.outputs import page
from rugkompas.outputs.burden_data import as_csv, claims_rows, figures_rows
from rugkompas.outputs.burden_frame import Told
from rugkompas.outputs.burden_report import article_page, figures_page, in_order

DOSSIER = Path(__file__).parent / "dossier"
DAY = dt.date(2026, 11, 25)
K = load()
FIGURES = in_order(K)
Numbers = tuple[float | None, float | None, float | None]


def dossier(name: str, value: str, low: str = "", high: str = "") -> list[Numbers]:
    def number(row: dict[str, str], key: str) -> float | None:
        return float(row[key]) if key and row[key] else None

    with (DOSSIER / name).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [(number(row, value), number(row, low), number(row, high)) for row in rows]


RECEIVED = {
    "burden_gbd_low_back_pain.csv": ("value", "lower", "upper"),
    "burden_nl_gp_prevalence_2018.csv": ("annual_prevalence_per_1000",),
    "burden_nl_totals_and_costs.csv": ("value",),
    "burden_adolescents.csv": ("value_percent", "lower", "upper"),
}


def ours() -> Counter[Numbers]:
    return Counter((row.value, row.low, row.high) for it in FIGURES for row in it.rows)


@pytest.mark.parametrize("name", RECEIVED)
def test_every_number_that_was_received_is_a_row(name: str) -> None:
    lacking = Counter(dossier(name, *RECEIVED[name])) - ours()

    assert not lacking


def test_nothing_was_added_but_what_the_text_of_the_dossier_holds() -> None:
    received = sum((Counter(dossier(name, *keys)) for name, keys in RECEIVED.items()), Counter())
    added = ours() - received

    # Rates that stand in a note of the table, and definitions of pain that stays (section 4).
    rates = {(101.8, None, None), (137.6, None, None), (91.6, None, None), (122.3, None, None)}
    stays = {(row.value, row.low, row.high) for row in K.burden_figures["adult_counts"].rows}
    assert set(added) <= rates | stays


def test_dutch_ages_stand_with_their_own_age_and_sex() -> None:
    with (DOSSIER / "burden_nl_gp_prevalence_2018.csv").open(encoding="utf-8") as stream:
        received = {
            (row["age_group"], row["sex"]): float(row["annual_prevalence_per_1000"])
            for row in csv.DictReader(stream)
        }

    assert {(r.age, r.sex): r.value for r in K.burden_figures["ages_nl"].rows} == received
    assert len(received) == 36


def test_world_rows_stand_with_their_own_year_and_edition() -> None:
    with (DOSSIER / "burden_gbd_low_back_pain.csv").open(encoding="utf-8") as stream:
        received = Counter(
            (row["edition"].replace("GBD", "GBD "), int(row["year"]), float(row["value"]))
            for row in csv.DictReader(stream)
        )

    held = Counter((r.edition, r.year, r.value) for it in FIGURES for r in it.rows if r.edition)
    assert not received - held


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_csv_gives_every_number_exactly_with_unit_definition_and_source(language: str) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(figures_rows(K, language, FIGURES)).decode())))

    def number(text: str) -> float | None:
        return float(text) if text else None

    assert Counter(tuple(number(r[k]) for k in ("value", "lower", "upper")) for r in rows) == ours()
    assert [r["id"] for r in rows if not (r["unit"] and r["definition"] and r["publication"])] == []
    assert len({r["id"] for r in rows}) == len(rows)


def test_the_command_says_the_same_in_all_its_forms(tmp_path: Path) -> None:
    target = tmp_path / "all.csv"
    written = run("burden", "all", "-o", target)
    data = json.loads(run("burden", "ages_nl", "--format", "json").out)
    text = run("burden", "ages_nl", "--lang", "en").text

    assert written.code == 0
    assert target.read_bytes() == as_csv(figures_rows(K, "nl", FIGURES))
    rows = K.burden_figures["ages_nl"].rows
    assert [it["value"] for it in data] == [row.value for row in rows]
    assert [row.id for row in rows if f"{row.value:g}" not in text] == []
    assert K.words["en"].burden_figures["ages_nl"].definition.split(".")[0] in " ".join(
        text.split()
    )


def test_the_command_lists_every_figure() -> None:
    text = run("burden").text

    assert [it.id for it in FIGURES if it.id not in text] == []


@pytest.mark.parametrize("name", ["nothing", "", "../../etc/passwd", "article;", "\x1b[31m"])
def test_an_unknown_figure_is_refused_with_those_that_exist(name: str) -> None:
    done = run("burden", "x" + name)

    assert done.refused()
    assert "risk_world" in done.err


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("figure", FIGURES, ids=lambda it: it.id)
def test_picture_table_and_description_hold_the_same_numbers(figure: object, language: str) -> None:
    report = figures_page(K, language, [figure], DAY)
    chart = report.sections[0].chart
    said = Told(K, language)

    assert chart is not None
    cells = {cell for row in chart.rows for cell in row}
    html = page.html(report)
    drawn = re.findall(r"<svg[^>]*class=\"(?:slim|broad)\".*?</svg>", html, re.S)
    assert len(drawn) == 2
    for row in figure.rows:
        if row.value is not None:
            assert said.value_of(row, figure) in cells
        elif row.low is not None:
            assert said.range_of(row, figure) in cells
    if figure.kind == "rows":
        for row in figure.rows:
            assert all(f">{said.value_of(row, figure)}</text>" in svg for svg in drawn)
            assert said.value_of(row, figure) in chart.description
    for svg in drawn:
        assert 'role="img"' in svg
        assert "<title" in svg
        assert "<desc" in svg
        assert "NaN" not in svg
        assert "inf" not in svg


def test_marks_lie_where_their_numbers_say() -> None:
    """Of bars from zero, each is as long as its number."""
    html = page.html(figures_page(K, "nl", [K.burden_figures["people_nl"]], DAY))
    svg = re.findall(r"<svg[^>]*class=\"broad\".*?</svg>", html, re.S)[0]
    bars = [float(it) for it in re.findall(r'<rect [^>]*width="([\d.]+)" height="14"', svg)]
    values = [row.value or 0 for row in K.burden_figures["people_nl"].rows]

    longest = max(bars) / max(values)
    assert len(bars) == len(values)
    for bar, value in zip(bars, values, strict=True):
        assert bar == pytest.approx(value * longest, abs=0.2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_percentage_has_its_definition_beside_it(language: str) -> None:
    """Pages of figures: in each section with a percentage stands who was counted. The article:
    each number in a statement stands with what the sources counted."""
    html = page.html(figures_page(K, language, FIGURES, DAY))
    sections = re.findall(r'<section class="part part-2" id="(\w+)".*?</section>', html, re.S)
    bodies = re.findall(r'<section class="part part-2".*?</section>', html, re.S)
    with_percentages = 0
    for name, body in zip(sections, bodies, strict=True):
        if re.search(r"\d%|van de 1[0.,]*0\b|of 1[0.,]*0\b", re.sub(r"<svg.*?</svg>", "", body)):
            meaning = re.search(r'<p class="meaning">(.+?)</p>', body, re.S)
            assert len(meaning[1] if meaning else "") > 30, name
            assert body.index('class="meaning"') < body.index("<table"), name
            with_percentages += 1
    assert with_percentages >= 8
    counted = re.compile(
        r"volwassenen|mensen|kinderen|jaren|vrouwen|adults|people|children|years|women|meisjes|girls"
    )
    for claim in claims_rows(K, language):
        for sentence in re.split(r"(?<=[.?!])\s+", f"{claim['says']} {claim['really']}"):
            if re.search(r"\d ?%", sentence):
                assert counted.search(sentence) or "jaar" in sentence or "year" in sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_statement_of_the_article_has_verdict_and_source(language: str) -> None:
    report = article_page(K, language, DAY)
    items = report.sections[1].items

    assert len(items) == 24
    assert all(it.label and it.rests and len(it.facts) == 2 for it in items)
    assert Counter(it.tag for it in items)["does_not_hold"] == 2
    shamed = re.compile(r"\b(fout|onzin|dom|wrong|nonsense|stupid|lie[sd]?)\b", re.I)
    assert [it.title for it in items if shamed.search(it.facts[0][1])] == []


def test_the_article_as_a_file(tmp_path: Path) -> None:
    data = json.loads(run("burden", "article", "--format", "json", "--lang", "en").out)
    html = run("burden", "article", "--format", "html").text

    assert data == claims_rows(K, "en")
    assert all(row["says"].split(".")[0] in html for row in claims_rows(K, "nl"))


PARTS = ("burden_figures", "article_claims", "words")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy to break of what these figures consist of."""
    for name in PARTS:
        shutil.copytree(FOLDER / name, tmp_path / "knowledge" / name)
    return tmp_path / "knowledge"


def checked(folder: Path) -> None:
    """Reads the copy and holds it against the rest of the knowledge, as loading does."""
    changed: dict[str, object] = {}
    for kind in PARTS[:2]:
        paths = sorted((folder / kind).glob("*.yaml"))
        facts = [convert(path, read(path), KINDS[kind]) for path in paths]
        changed[kind] = {fact.id: fact for fact in facts}
    said = folder / "words" / "nl" / "burden_figures.yaml"
    words = convert(said, read(said), dict[str, BurdenFigureWords])
    spoken = msgspec.structs.replace(K.words["nl"], burden_figures=words)
    changed["words"] = {**K.words, "nl": spoken}
    check(msgspec.structs.replace(K, **changed), folder)


BREAKS = {
    "a number outside its interval": (
        "burden_figures/risk_world.yaml",
        "value: 22.1",
        "value: 32.1",
        r"burden_figures/risk_world\.yaml, line \d+: row 'work' has a value outside its own",
    ),
    "a source that does not exist": (
        "burden_figures/risk_world.yaml",
        "source: gbd_risk_factors_congress",
        "source: nobody",
        r"burden_figures/risk_world\.yaml, line \d+: 'nobody' is not a source",
    ),
    "half an interval": (
        "burden_figures/risk_world.yaml",
        "low: 20.3, ",
        "",
        r"row 'work' needs a value, or both ends",
    ),
    "a row that stands twice": (
        "burden_figures/risk_world.yaml",
        "id: work",
        "id: smoking",
        r"row 'smoking' stands here twice",
    ),
    "a number of the site that is taken": (
        "burden_figures/risk_world.yaml",
        "number: 9",
        "number: 1",
        r"'people_world' has this number|'risk_world' has this number",
    ),
    "a sentence with a number that is not there": (
        "words/nl/burden_figures.yaml",
        "{together}",
        "{all}",
        r"words/\w+/burden_figures\.yaml.*(all|together)",
    ),
    "a statement whose number nobody says": (
        "article_claims/claim_03.yaml",
        "named: 23",
        "named: 23, extra: 5",
        r"number 'extra' of 'claim_03' is not on both sides",
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_broken_figures_are_refused_with_file_and_line(name: str, folder: Path) -> None:
    file, old, new, said = BREAKS[name]
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")

    with pytest.raises(KnowledgeError, match=said):
        checked(folder)


def test_what_is_whole_passes_the_same_check(folder: Path) -> None:
    checked(folder)
