"""The figures, the article's statements and a group for programs: exact, with unit and source."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import rugkompas
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.burden_schema import ArticleClaim, BurdenFigure, BurdenRow
from rugkompas.catalogue.schema import Citation
from rugkompas.outputs.burden_frame import Told
from rugkompas.rules.burden import Expected


def figures_rows(
    knowledge: Knowledge, language: str, figures: Iterable[BurdenFigure], sex: str = ""
) -> list[dict[str, Any]]:
    """One flat record for each number. Empty text and None: the source does not say."""
    f = Told(knowledge, language)
    return [
        _row(f, figure, row)
        for figure in figures
        for row in figure.rows
        if not sex or row.series in ("", sex)
    ]


def _row(f: Told, figure: BurdenFigure, row: BurdenRow) -> dict[str, Any]:
    words = f.words.burden_figures[figure.id]
    return {
        "id": f"{figure.id}.{row.id}",
        "figure": figure.id,
        "label": f.label_of(row, figure),
        "measure": figure.measure,
        "definition": words.definition,
        "place": figure.place,
        "sex": row.sex or "both",
        "age": row.age,
        "year": row.year,
        "value": row.value,
        "lower": row.low,
        "upper": row.high,
        "unit": figure.unit,
        "interval": figure.interval,
        "limit": "more than" if row.at_least else "up to" if row.at_most else "",
        "projection": row.projection,
        "edition": row.edition,
        "studies": row.studies,
        "people": row.people,
        **_source(f.k, row.citation),
        "taken": figure.taken.isoformat(),
    }


def _source(knowledge: Knowledge, citation: Citation) -> dict[str, str]:
    source = knowledge.sources[citation.source]
    parts = (source.authors, source.title, source.published_in)
    return {
        "source": source.id,
        "publication": ". ".join(part.rstrip(".") for part in parts if part),
        "url": source.url,
        "place_in_source": citation.place,
        "mark": citation.mark,
    }


def claims_rows(knowledge: Knowledge, language: str) -> list[dict[str, Any]]:
    """One record for each statement of the article."""
    f = Told(knowledge, language)
    claims = sorted(knowledge.article_claims.values(), key=lambda claim: claim.number)
    return [_claim(f, claim) for claim in claims]


def _claim(f: Told, claim: ArticleClaim) -> dict[str, Any]:
    words = f.words.article_claims[claim.id]
    values = {name: f.amount(value) for name, value in claim.values.items()}
    return {
        "id": claim.id,
        "says": words.says.format(**values),
        "names": claim.names,
        "verdict": claim.verdict,
        "really": words.really.format(**values),
        "sources": "; ".join(f"{c.source} ({c.mark})" for c in claim.citations),
    }


def group_data(knowledge: Knowledge, found: Expected) -> dict[str, Any]:
    """The expectation for a group, with its parts."""
    cited = ("ages_nl", "rates_nl", "people_nl")
    rows = [row for id_ in cited for row in knowledge.burden_figures[id_].rows]
    # For programs: the same in every language.
    said = knowledge.words["en"].burden
    return {
        "people": found.people,
        "expected": round(found.expected, 6),
        "lower": found.low,
        "upper": found.high,
        "unit": said["group_unit"],
        "range": said["group_limits"],
        "drift": round(found.drift, 6),
        "parts": group_rows(found),
        "sources": sorted({row.citation.source for row in rows if row.id != "neurologist"}),
        "rugkompas": rugkompas.__version__,
        "knowledge": knowledge.version,
    }


def group_rows(found: Expected) -> list[dict[str, Any]]:
    """One record for each part of the group."""
    return [
        {
            "age": part.age,
            "sex": part.sex,
            "people": part.people,
            "per_1000": round(part.per_1000, 6),
            "expected": round(part.expected, 6),
        }
        for part in found.parts
    ]


def group_table(knowledge: Knowledge, found: Expected) -> list[dict[str, Any]]:
    """The parts and a last line with all of them, its range, unit and source."""
    source, unit = knowledge.sources["nivel_2018"], knowledge.words["en"].burden["group_unit"]
    parts = [{**it, "lower": None, "upper": None} for it in group_rows(found)]
    total = {
        **{"age": "total", "sex": "", "people": found.people, "per_1000": None},
        **{"expected": round(found.expected, 6), "lower": found.low, "upper": found.high},
    }
    return [{**it, "unit": unit, "source": source.url} for it in (*parts, total)]


def as_csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Records as CSV (UTF-8, comma, point as decimal mark). Raises IndexError for none."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, fieldnames=list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    return stream.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


def ids(knowledge: Knowledge) -> Iterator[str]:
    """The names of all figures, by their number."""
    for figure in sorted(knowledge.burden_figures.values(), key=lambda it: it.number):
        yield figure.id
