"""The drawing of what plays a role: the same facts as the list, unknown as unknown."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import Any

import pypdf
import pytest
from readers import DAY, DRAWN, LANGUAGES, PEOPLE, made

from pages import Page
from rugkompas import assess, load_knowledge
from rugkompas.assess import Assessment
from rugkompas.outputs import chart_roles, page
from rugkompas.outputs.parts import Picture, Section
from rugkompas.outputs.pdf import pdf
from rugkompas.outputs.report import report

SPACE = "{http://www.w3.org/2000/svg}"
EVERY = [(name, language) for name in DRAWN for language in LANGUAGES]


def drawn(name: str, **more: Any) -> Assessment:
    return assess(DRAWN[name] | more, on=DAY)


def roles(it: Assessment, language: str = "nl") -> Section:
    return next(s for s in report(it, language).sections if s.id == "roles")


def picture(it: Assessment, language: str = "nl") -> Picture:
    found = roles(it, language).picture
    assert found is not None
    return found


def svg(it: Picture, across: bool = False) -> ET.Element:
    return ET.fromstring(chart_roles.roles_svg(it, page.PALETTE, "roles", across))


def words(drawing: ET.Element) -> str:
    return " ".join(text.text or "" for text in drawing.iter(f"{SPACE}text"))


@pytest.mark.parametrize("across", [False, True])
@pytest.mark.parametrize(("name", "language"), EVERY)
def test_each_present_factor_is_drawn_once_and_no_other(
    name: str, language: str, across: bool
) -> None:
    it = drawn(name)
    labels = load_knowledge().words[language].factors
    told = f" {words(svg(picture(it, language), across))} "

    counted = {state.id: told.count(f" {labels[state.id].label} ") for state in it.factors}

    assert counted == {state.id: int(state.state == "present") for state in it.factors}


@pytest.mark.parametrize("name", DRAWN)
def test_the_drawing_and_the_list_hold_the_same_factors_per_group(name: str) -> None:
    section = roles(drawn(name))
    groups = section.picture.groups if section.picture else ()

    listed = {
        part.id: sorted(item.title for item in part.items)
        for part in section.parts
        if not part.id.startswith("roles_")
    }

    assert {
        group.id: sorted(label for run in group.runs for label in run.labels)
        for group in groups
        if group.runs
    } == listed


@pytest.mark.parametrize("name", DRAWN)
def test_what_can_change_differs_by_shape_and_by_words(name: str) -> None:
    it = drawn(name)
    drawing = svg(picture(it))
    present = [state.changeable for state in it.factors if state.state == "present"]
    circles = [c for c in drawing.iter(f"{SPACE}circle") if c.get("r") == "6"]
    said = load_knowledge().words["nl"].report

    assert len(list(drawing.iter(f"{SPACE}rect"))) == present.count("no")
    assert len(circles) == len(present) - present.count("no")
    assert sum(c.get("fill") != "none" for c in circles) == present.count("yes")
    for answer in ("yes", "no", "unknown"):
        assert (said[f"picture_{answer}"] in words(drawing)) is (answer in present)


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.hazard("H-05")
def test_what_is_not_known_is_a_ring_of_its_own_and_never_counted_as_absent(name: str) -> None:
    it = drawn(name)
    states = [state.state for state in it.factors]
    groups = picture(it).groups
    rings = [c for c in svg(picture(it)).iter(f"{SPACE}circle") if c.get("stroke-dasharray")]

    assert len(rings) == sum(group.unknown for group in groups) == states.count("unknown")
    assert sum(group.absent for group in groups) == states.count("absent")


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_who_does_not_see_it_hears_all_of_it(name: str, language: str) -> None:
    it = picture(drawn(name, id="x"), language)
    drawing = svg(it)
    title, desc = drawing.find(f"{SPACE}title"), drawing.find(f"{SPACE}desc")
    named = [label for group in it.groups for run in group.runs for label in run.labels]

    assert drawing.get("role") == "img"
    assert drawing.get("aria-labelledby") == "roles-title roles-desc"
    assert title is not None
    assert title.text == it.title
    assert desc is not None
    assert [label for label in named if label not in (desc.text or "")] == []
    assert [g.name for g in it.groups if g.name not in (desc.text or "")] == []


def test_names_are_escaped_in_the_drawing() -> None:
    nasty = '</text><script>alert("1")</script>&'
    it = picture(drawn("author"))
    groups = tuple(replace(group, name=nasty) for group in it.groups)

    drawing = svg(replace(it, title=nasty, description=nasty, groups=groups))

    assert list(drawing.iter("script")) == []
    assert list(drawing.iter(f"{SPACE}script")) == []
    assert drawing.findtext(f"{SPACE}title") == nasty


@pytest.mark.parametrize("name", DRAWN)
def test_nothing_in_the_drawing_stands_outside_it(name: str) -> None:
    drawing = svg(picture(drawn(name)))
    _, _, width, height = map(float, drawing.get("viewBox", "").split())

    for group in drawing.findall(f"{SPACE}g"):
        top = float(re.findall(r"[\d.]+", group.get("transform", ""))[1])
        ends = [top + float(text.get("y", "0")) for text in group.iter(f"{SPACE}text")]
        rings = [float(c.get("cx", "0")) for c in group.iter(f"{SPACE}circle")]
        assert max(ends) < height
        assert max(rings) < width - 6


@pytest.mark.parametrize("name", ["emergency", "same_day", "nothing_answered"])
@pytest.mark.hazard("H-19")
def test_when_calling_comes_first_nothing_is_drawn(name: str) -> None:
    assert [s.id for s in made(name).sections if s.picture] == []


def test_page_and_paper_show_it_with_its_caption_and_a_name() -> None:
    it = report(drawn("author"), "nl")
    shown = next(s.picture for s in it.sections if s.picture)
    read = Page(page.html(it)).text
    paper = pypdf.PdfReader(io.BytesIO(pdf(it)))
    alternatives = [
        str(element.get_object().get("/Alt", ""))
        for element in _elements(paper.trailer["/Root"]["/StructTreeRoot"])  # type: ignore[index]
    ]

    assert shown.caption in read
    assert all(group.name in read for group in shown.groups)
    assert f"{shown.title}. {shown.description}" in alternatives


def _elements(node: Any) -> list[Any]:
    """The structure elements of a tagged PDF."""
    node = node.get_object()
    if isinstance(node, list):
        return [found for kid in node for found in _elements(kid)]
    if not hasattr(node, "get"):
        return []
    return [node, *(_elements(node["/K"]) if "/K" in node else [])]


def test_people_of_these_tests_are_as_different_as_their_names_say() -> None:
    states = {name: [s.state for s in drawn(name).factors] for name in DRAWN}

    assert states["25 factors"].count("present") >= 25
    assert "present" not in states["nothing present"]
    assert states["everything unknown"].count("unknown") >= 30
    assert set(PEOPLE) & set(DRAWN) == set()
