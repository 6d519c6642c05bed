"""Figures: how common it is, a group of people, and the statements of an article.

Which figure somebody looks at is no answer; its address is a number all the same (hazard H-43).
Sizes of a group stay in the body of a request: a group of one is a person (decision 0024).
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

import msgspec
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from rugkompas.catalogue.burden_schema import BurdenFigure
from rugkompas.outputs import burden_data
from rugkompas.outputs.burden_report import article_page, figures_page, group_page, in_order
from rugkompas.outputs.page import drawings
from rugkompas.outputs.parts import Page
from rugkompas.people.groups import ALL, BOTH, Cell, group_of
from rugkompas.people.problems import BadAnswers, Problem
from rugkompas.rules.burden import expected, published
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import knowledge, today
from rugkompas.web.shown import show, words

SAFE = ["GET", "HEAD"]
SEXES = ("female", "male")
_TYPED = 20
"""Characters of one number that stand in the form again."""


@require_http_methods(SAFE)
def overview(request: VisitRequest) -> HttpResponse:
    """The first figure, and the way to all others by what they are about."""
    held = knowledge()
    figures = in_order(held)
    said = held.words[request.language]
    topics = [
        {
            "id": topic,
            "title": said.burden[f"topic_{topic}"],
            "figures": [
                {"number": it.number, "name": said.burden_figures[it.id].name} for it in group
            ],
        }
        for topic, group in groupby(figures, key=lambda it: it.topic)
    ]
    page = figures_page(held, request.language, figures[:1], today())
    return show(request, "figures.html", say=said.burden, topics=topics, **_document(page))


@require_http_methods(SAFE)
def one(request: VisitRequest, number: int) -> HttpResponse:
    """One figure with its table. ``?wie=female`` or ``male`` shows one of two lines."""
    figures = in_order(knowledge())
    figure = _figure(figures, number)
    sex = _sex(request, figure)
    page = figures_page(knowledge(), request.language, [figure], today(), sex)
    place = figures.index(figure)
    names = knowledge().words[request.language].burden_figures
    around = {
        key: {"number": beside.number, "name": names[beside.id].name}
        for key, found in (("before", figures[:place][-1:]), ("after", figures[place + 1 :][:1]))
        for beside in found
    }
    return show(
        request,
        "figure.html",
        number=number,
        around=around,
        choices=("both", *SEXES) if _by_sex(figure) else (),
        chosen=sex or "both",
        **_document(page),
    )


@require_http_methods(SAFE)
def one_csv(request: VisitRequest, number: int) -> HttpResponse:
    """The numbers of one figure."""
    figure = _figure(in_order(knowledge()), number)
    rows = burden_data.figures_rows(knowledge(), request.language, [figure])
    return _file(burden_data.as_csv(rows), "text/csv", f"{_name(request)}-{number}.csv")


@require_http_methods(SAFE)
def everything_csv(request: VisitRequest) -> HttpResponse:
    """All numbers."""
    rows = burden_data.figures_rows(knowledge(), request.language, in_order(knowledge()))
    return _file(burden_data.as_csv(rows), "text/csv", f"{_name(request)}.csv")


@require_http_methods(SAFE)
def article(request: VisitRequest) -> HttpResponse:
    """The statements of the article, each beside its sources."""
    page = article_page(knowledge(), request.language, today())
    return show(request, "figures_article.html", **_document(page))


@require_http_methods([*SAFE, "POST"])
def group(request: VisitRequest) -> HttpResponse:
    """A form for the sizes of a group, and what to expect. Nothing of it is kept."""
    held, known = knowledge(), published(knowledge())
    cells = {_field(cell): cell for cell in known.rates}
    given = {name: request.POST.get(name, "") for name in cells}
    found, errors = None, []
    if request.method == "POST":
        typed = {cells[name]: text for name, text in given.items()}
        try:
            found = expected(group_of(typed, known.rates), known)
        except BadAnswers as error:
            errors = [_said(request, problem) for problem in error.problems]
    wanted = request.POST.get("as", "")
    if found and wanted == "csv":
        content = burden_data.as_csv(burden_data.group_table(held, found))
        return _file(content, "text/csv", f"{_name(request)}.csv")
    if found and wanted == "json":
        content = msgspec.json.format(msgspec.json.encode(burden_data.group_data(held, found)))
        return _file(content, "application/json", f"{_name(request)}.json")
    page = group_page(held, request.language, found, today()) if found else None
    return show(
        request,
        "figures_group.html",
        status=422 if errors else 200,
        say=held.words[request.language].burden,
        typed={name: text[:_TYPED] for name, text in given.items()},
        errors=errors,
        wrong={it["field"]: it["text"] for it in errors},
        ages=tuple(dict.fromkeys(age for age, _ in known.rates if age != ALL)),
        opened=any(given[_field(cell)] for cell in known.rates if cell[0] != ALL),
        **(_document(page) if page else {"report": None}),
    )


def _document(page: Page) -> dict[str, Any]:
    return {"report": page, **drawings(page)}


def _figure(figures: list[BurdenFigure], number: int) -> BurdenFigure:
    found = next((it for it in figures if it.number == number), None)
    if found is None:
        raise Http404
    return found


def _by_sex(figure: BurdenFigure) -> bool:
    return set(figure.series) == set(SEXES)


def _sex(request: VisitRequest, figure: BurdenFigure) -> str:
    """What was asked for, when this figure has it; anything else shows all."""
    asked = request.GET.get("wie", "")
    return asked if asked in SEXES and _by_sex(figure) else ""


def _field(cell: Cell) -> str:
    """The name of the field of a cell, which is its id too."""
    age, sex = cell
    return f"n-{age.replace('+', '')}-{sex}"


def _said(request: VisitRequest, problem: Problem) -> dict[str, str]:
    """A problem with the field that it is about, and its sentence that names the field."""
    age, _, sex = problem.where.partition(":")
    t = words(request.language)
    if not problem.where:
        field, where = _field((ALL, BOTH)), ""
    elif age == ALL:
        field = _field((age, sex))
        where = t({"female": "figures_women", "male": "figures_men"}.get(sex, "figures_people"))
    else:
        field, where = _field((age, sex)), t(f"figures_cell_{sex}", age=age)
    text = Problem(problem.kind, where, problem.details).said(knowledge(), request.language)
    return {"field": field, "text": text}


def _name(request: VisitRequest) -> str:
    return words(request.language)("figures_title").lower()


def _file(content: bytes, type_: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=type_)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
