"""A topic for programs: every statement with its numbers, its sources and their marks."""

from __future__ import annotations

from typing import Any

import msgspec

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.figures import found_at, number_at
from rugkompas.catalogue.schema import Citation
from rugkompas.catalogue.topic_schema import Drawing, Part, Statement, Topic
from rugkompas.outputs.topic_report import number_of, sentence_of


def as_data(knowledge: Knowledge, language: str, topic: Topic) -> dict[str, Any]:
    """Plain values. Everything that a page shows, with the place in each source."""
    words = knowledge.words[language].topics[topic.id]
    parts = [_part(knowledge, language, topic, part) for part in topic.parts]
    cited = sorted({it["source"] for part in parts for it in _cited(part)})
    return {
        "id": topic.id,
        "number": topic.number,
        "language": language,
        "title": words.title,
        "lead": words.lead,
        "parts": parts,
        "uncertain": words.uncertain,
        "terms": words.terms,
        "onward": list(topic.onward),
        "read_on": topic.read_on.isoformat(),
        "review_by": knowledge.release.review_by.isoformat(),
        "signed_by": knowledge.release.signed_by,
        "knowledge": knowledge.version,
        "sources": {id_: msgspec.to_builtins(knowledge.sources[id_]) for id_ in cited},
    }


def _cited(part: dict[str, Any]) -> list[dict[str, Any]]:
    rows = part["drawing"]["rows"] if part["drawing"] else []
    return [it for each in (*part["statements"], *rows) for it in each["citations"]]


def _part(knowledge: Knowledge, language: str, topic: Topic, part: Part) -> dict[str, Any]:
    statements = [_statement(knowledge, language, topic, it) for it in part.statements]
    return {
        "id": part.id,
        "title": knowledge.words[language].topics[topic.id].parts[part.id],
        "statements": statements,
        "drawing": _drawing(knowledge, part.drawing) if part.drawing else None,
    }


def _statement(
    knowledge: Knowledge, language: str, topic: Topic, statement: Statement
) -> dict[str, Any]:
    text, cited = sentence_of(knowledge, language, topic, statement)
    return {
        "id": statement.id,
        "text": text,
        "basis": statement.basis,
        "certainty": statement.certainty,
        "numbers": {
            name: {"value": number_of(knowledge, number)[0], "at": number.at or None}
            for name, number in statement.numbers.items()
        },
        "citations": _builtins(cited),
        "read_on": (statement.read_on or topic.read_on).isoformat(),
    }


def _builtins(cited: list[Citation]) -> list[dict[str, Any]]:
    return [msgspec.to_builtins(citation) for citation in dict.fromkeys(cited)]


def _drawing(knowledge: Knowledge, drawing: Drawing) -> dict[str, Any]:
    """What the picture is made of, as it stands in the files."""
    rows: list[dict[str, Any]] = []
    for row in drawing.rows:
        effect, cited = found_at(knowledge, row.figure)
        rows.append(
            {
                "id": row.id,
                "at": row.figure,
                **{name: getattr(effect, name) for name in ("measure", "value", "low", "high")},
                "times": list(row.times),
                "citations": _builtins(list(cited)),
            }
        )
    for id_ in drawing.comparisons:
        comparison = knowledge.comparisons[id_]
        ranks = [msgspec.to_builtins(rank) for rank in comparison.ranks]
        rows.append({"id": id_, "ranks": ranks, "citations": _builtins([comparison.citation])})
    if drawing.expectation:
        facts = knowledge.expectations[drawing.expectation]
        cited_by = [*facts.band_citations, *(it.citation for it in facts.proportions)]
        rows.append(
            {
                "id": facts.id,
                "band": msgspec.to_builtins(facts.band) if drawing.kind == "course" else [],
                "proportions": [
                    msgspec.to_builtins(it)
                    for it in facts.proportions
                    if it.id in drawing.proportions
                ],
                "citations": _builtins(cited_by),
            }
        )
    if drawing.kind == "rules":
        for flag in knowledge.red_flags.values():
            rows.append({**msgspec.to_builtins(flag), "citations": _builtins(flag.citations)})
    bar = number_at(knowledge, drawing.bar)[0] if drawing.bar else None
    return {"kind": drawing.kind, "bar": bar, "rows": rows}
