"""A page that explains holds its facts in every form, and its pictures hold their tables."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET

import pytest

from rugkompas.catalogue import load
from rugkompas.catalogue.load import LANGUAGES
from rugkompas.catalogue.topic_schema import Topic
from rugkompas.outputs import chart_plots, page, pdf, text
from rugkompas.outputs.parts import Page
from rugkompas.outputs.plots import Forest, Ranks
from rugkompas.outputs.topic_data import as_data
from rugkompas.outputs.topic_report import in_order, topic_page
from rugkompas.outputs.topic_rules import BASES, Wanted

DAY = dt.date(2026, 11, 25)
TOPICS = [topic.id for topic in in_order(load())]
SVG = "{http://www.w3.org/2000/svg}"

OWEN_PAIN = {
    # Table 2, as the dossier has it (part B2), for pain: estimate and interval.
    "pilates": (-1.86, -2.54, -1.19),
    "aerobic_exercise": (-1.41, -2.43, -0.40),
    "motor_control_exercise": (-1.31, -1.75, -0.87),
    "strength_training": (-1.14, -1.86, -0.42),
    "yoga": (-0.99, -2.00, 0.03),
    "water_exercise": (-0.91, -1.85, 0.03),
    "mckenzie": (-0.81, -1.74, 0.11),
    "stretching": (-0.62, -1.38, 0.13),
}
OWEN_FUNCTION = {
    "strength_training": (-1.14, -1.71, -0.56),
    "motor_control_exercise": (-1.13, -1.53, -0.74),
    "water_exercise": (-1.00, -1.67, -0.32),
    "pilates": (-0.92, -1.48, -0.36),
    "yoga": (-0.92, -1.66, -0.18),
    "aerobic_exercise": (-0.85, -1.62, -0.09),
    "stretching": (-0.55, -1.20, 0.10),
    "mckenzie": (-0.27, -1.02, 0.47),
}
SHRINKING = [
    # Part B1: points of 100; two ends where a standard deviation of 20 to 25 was assumed.
    ((-37, -47), -64, -24),
    ((-15,), -18, -12),
    ((-10.7,), -14.1, -7.4),
    ((-7.9,), None, None),
    ((-7, -8), -14, -2),
]


def made(id_: str, language: str = "nl", wanted: Wanted | None = None) -> Page:
    return topic_page(load(), language, load().topics[id_], on=DAY, wanted=wanted)


def forest(id_: str, part: str) -> Forest:
    found = next(section.forest for section in made(id_).sections if section.id == part)
    assert found is not None
    return found


def ranks() -> Ranks:
    found = next(section.ranks for section in made("best_exercise").sections if section.ranks)
    assert found is not None
    return found


@pytest.mark.parametrize(("part", "table"), [("kinds", OWEN_PAIN), ("doing", OWEN_FUNCTION)])
def test_the_forest_plots_hold_the_figures_of_the_dossier(
    part: str, table: dict[str, tuple[float, float, float]]
) -> None:
    labels = load().words["nl"].options
    rows = {
        row.label: (row.marks[0], row.low, row.high) for row in forest("best_exercise", part).rows
    }

    assert rows == {labels[id_].label: figures for id_, figures in table.items()}


def test_the_shrinking_answers_are_those_of_the_dossier() -> None:
    plot = forest("best_exercise", "smaller")

    assert [(row.marks, row.low, row.high) for row in plot.rows] == SHRINKING
    assert plot.bar == -15


def test_what_the_page_says_of_the_intervals_is_true() -> None:
    """All overlap; all point the same way; four for pain include no difference."""
    for part in ("kinds", "doing"):
        rows = [(row.low, row.high) for row in forest("best_exercise", part).rows]
        bounds = [(low, high) for low, high in rows if low is not None and high is not None]
        assert len(bounds) == len(rows)
        assert max(low for low, _ in bounds) <= min(high for _, high in bounds)
    pain = forest("best_exercise", "kinds").rows
    assert all(row.marks[0] < 0 for row in pain)
    assert sum(row.high is not None and row.high > 0 for row in pain) == 4


def test_the_ranks_are_those_of_the_comparisons() -> None:
    plot, held = ranks(), load()
    labels = {words.label: id_ for id_, words in held.words["nl"].options.items()}
    analyses = ["owen", "hayden", "fernandez", "shi", "li"]
    drawn = {
        (labels[row.label], who): place.place
        for row in plot.rows
        for who, place in zip(analyses, row.places, strict=True)
        if place.place
    }
    stated = {
        (rank.option, who): rank.place
        for who in analyses
        for rank in held.comparisons[f"ranking_{who}"].ranks
    }

    assert drawn == stated
    assert [who for who, _ in plot.columns] == ["Owen", "Hayden", "Fernández", "Shi", "Li"]


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)


@pytest.mark.hazard("H-36")
@pytest.mark.parametrize("part", ["smaller", "kinds", "doing"])
def test_a_forest_plot_draws_each_row_of_its_table_and_says_it(part: str) -> None:
    plot = forest("best_exercise", part)
    svg = drawn(chart_plots.forest_svg(plot, page.PALETTE))
    words = "".join("".join(it.itertext()) for it in svg.iter(f"{SVG}text")).replace(" ", "")
    description = "".join(svg.find(f"{SVG}desc").itertext())  # type: ignore[union-attr]

    assert svg.get("role") == "img"
    assert "".join(svg.find(f"{SVG}title").itertext()) == plot.title  # type: ignore[union-attr]
    assert len(list(svg.iter(f"{SVG}rect"))) == len(plot.rows)
    assert len(list(svg.iter(f"{SVG}path"))) == sum(row.low is not None for row in plot.rows)
    for row in plot.rows:
        assert row.label.replace(" ", "") in words
        assert f"{row.label} {row.value_words} {row.range_words}" in description


def test_longer_intervals_are_drawn_longer_and_in_their_order() -> None:
    plot = forest("best_exercise", "kinds")
    svg = drawn(chart_plots.forest_svg(plot, page.PALETTE))
    ends = [
        tuple(map(float, re.findall(r"M([\d.]+) ", path.get("d", ""))[:2]))
        for path in svg.iter(f"{SVG}path")
    ]
    widths = [round((end - start), 1) for start, end in ends]
    stated = [
        row.high - row.low for row in plot.rows if row.high is not None and row.low is not None
    ]

    scale = widths[0] / stated[0]
    for width, length in zip(widths, stated, strict=True):
        assert width == pytest.approx(length * scale, abs=0.3)


@pytest.mark.hazard("H-36")
def test_the_rank_plot_has_a_mark_for_each_place_and_a_legend() -> None:
    plot = ranks()
    svg = drawn(chart_plots.ranks_svg(plot, page.PALETTE))
    places = sum(bool(place.place) for row in plot.rows for place in row.places)
    words = ["".join(it.itertext()) for it in svg.iter(f"{SVG}text")]
    description = "".join(svg.find(f"{SVG}desc").itertext())  # type: ignore[union-attr]

    assert len(list(svg.iter(f"{SVG}circle"))) == places + len(plot.rows)
    for row in plot.rows:
        assert row.label in words
        assert row.label in description
    for _, lane in plot.lanes:
        assert lane in words


def told(report: Page) -> list[str]:
    """Every statement with the numbers of its sources."""
    return [said.text for section in report.sections for said in section.said]


def flat(shown: str) -> str:
    return " ".join(re.sub(r"[─│╭╮╰╯|]", " ", shown).split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id_", TOPICS)
def test_text_page_and_data_say_the_same_statements_with_their_sources(
    id_: str, language: str
) -> None:
    held = load()
    report = made(id_, language)
    topic: Topic = held.topics[id_]
    html, plain = page.html(report), flat(text.render(report))
    data = as_data(held, language, topic)
    said = [statement["text"] for part in data["parts"] for statement in part["statements"]]

    assert said == told(report)
    for section in report.sections:
        for it in section.said:
            assert it.rests, it.text
            assert flat(it.text) in plain
            assert it.text.split(".")[0][:30] in html.replace("&#39;", "'")
    assert all(part["statements"] or part["drawing"] for part in data["parts"])
    assert all(it["citations"] for part in data["parts"] for it in part["statements"])


@pytest.mark.hazard("H-18", "H-40")
@pytest.mark.parametrize("id_", TOPICS)
def test_every_page_says_who_signed_when_it_was_read_what_is_unsure_and_when_to_call(
    id_: str,
) -> None:
    report = made(id_)
    ids = [section.id for section in report.sections]
    about = " ".join(report.about.paragraphs)

    assert report.status
    assert "Nog geen arts of fysiotherapeut heeft deze tekst getekend" in about
    assert "25 november 2026" in about
    assert ids[0] == "short"
    assert {"uncertain", "signs"} <= set(ids)
    assert report.source_lines


@pytest.mark.parametrize("id_", ["best_exercise", "what_to_expect", "how_it_decides"])
def test_a_page_is_a_tagged_pdf(id_: str) -> None:
    content = pdf.pdf(made(id_))

    assert content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in content
    assert content == pdf.pdf(made(id_))


def shown_rules(wanted: Wanted, language: str = "nl") -> set[str]:
    report = made("how_it_decides", language, wanted)
    every = next(section for section in report.sections if section.id == "every_rule")
    asides = [item.aside for part in every.parts for item in part.items]
    return {found[0] for aside in asides if (found := re.search(r"\b[A-Z]\d\d\b", aside))}


def test_without_a_choice_every_rule_is_shown_with_source_basis_and_date() -> None:
    report = made("how_it_decides")
    every = next(section for section in report.sections if section.id == "every_rule")
    items = [item for part in every.parts for item in part.items]

    assert shown_rules(Wanted()) == set(load().red_flags)
    assert all("25 november 2026" in item.basis for item in items)
    numbers = next(part for part in every.parts if part.id == "figures")
    assert len(numbers.figures) == sum(len(it.values) for it in load().parameters.values())


def test_rules_are_found_by_word_urgency_and_ground() -> None:
    flags = load().red_flags

    assert shown_rules(Wanted(words="e01")) == {"E01"}
    assert "E11" in shown_rules(Wanted(words="zwanger"))
    assert "E11" in shown_rules(Wanted(words="PREGNAN"), "en")
    assert shown_rules(Wanted(tier="emergency")) == {
        id_ for id_, flag in flags.items() if flag.tier == "emergency"
    }
    parts = [shown_rules(Wanted(basis=basis)) for basis in BASES]
    assert sum(map(len, parts)) == len(flags)
    assert set().union(*parts) == set(flags)
    assert shown_rules(Wanted(words="zzz")) == set()
