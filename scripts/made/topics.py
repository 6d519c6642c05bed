"""The pages that explain."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from made.markdown import cited, code, table
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import Citation
from rugkompas.catalogue.topic_schema import Topic
from rugkompas.catalogue.words import TopicWords
from rugkompas.outputs.topic_data import as_data as topic_data
from rugkompas.outputs.topic_report import in_order as topics_in_order


def topic(knowledge: Knowledge, topic: Topic) -> str:
    """A page that explains, in both languages, each statement with its sources and their places."""
    parts = []
    for language, words in knowledge.words.items():
        told = words.topics[topic.id]
        data = topic_data(knowledge, language, topic)
        parts += [f"# {told.title}\n" if not parts else f"# {told.title} ({language})\n"]
        parts += [f"{told.lead}\n"]
        for part in data["parts"]:
            parts.append(f"## {part['title']}\n")
            rows = [
                (
                    it["text"],
                    it["basis"],
                    it["certainty"] or "",
                    _cited_above(it["citations"]),
                    it["read_on"],
                )
                for it in part["statements"]
            ]
            parts.append(table(_STATEMENT[language], rows))
            if part["drawing"]:
                parts.append("\n" + _drawn(part["drawing"], told, knowledge, language))
        parts += [f"\n## {words.report['topics_uncertain']}\n", f"{told.uncertain}\n"]
    signed = knowledge.release.signed_by or "nobody yet"
    parts.append(f"Sources read up to {topic.read_on}. Signed by: {signed}.\n")
    return "\n".join(parts)


_STATEMENT = {
    "nl": ("wat we zeggen", "rust op", "zekerheid", "bronnen", "gelezen op"),
    "en": ("what we say", "rests on", "certainty", "sources", "read on"),
}


def _cited_above(citations: Iterable[dict[str, Any]]) -> str:
    """``cited``, from a page one folder deeper."""
    found = [Citation(**it) for it in citations]
    return cited(found).replace("(sources.md#", "(../sources.md#")


def _drawn(drawing: dict[str, Any], told: TopicWords, knowledge: Knowledge, language: str) -> str:
    """The table under a picture, with the path to each figure."""
    if drawing["kind"] == "rules":
        return "Every rule: [rules](../rules.md).\n"
    if drawing["kind"] == "forest":
        options = knowledge.words[language].options
        rows = [
            (
                told.labels.get(row["id"]) or options[row["id"]].label,
                f"{row['measure']} {row['value']:g}",
                "" if row["low"] is None else f"{row['low']:g} to {row['high']:g}",
                " to ".join(f"x {by:g}" for by in row["times"]),
                code(row["at"]),
                _cited_above(row["citations"]),
            )
            for row in drawing["rows"]
        ]
        return table(("row", "value", "interval", "read as points", "stands at", "source"), rows)
    if drawing["kind"] == "ranks":
        rows = [
            (
                code(row["id"]),
                ", ".join(f"{it['option']} {it['place']} {it.get('score', '')}".strip()
                          for it in row["ranks"]),
                _cited_above(row["citations"]),
            )
            for row in drawing["rows"]
        ]  # fmt: skip
        return table(("comparison", "places", "source"), rows)
    rows = [
        (code(row["id"]), "; ".join(f"week {it['week']}: {it['mean']:g} ({it['low']:g} to "
                                    f"{it['high']:g})" for it in row["band"]),
         "; ".join(f"{it['id']} {it['percent']:g} %" for it in row["proportions"]),
         _cited_above(row["citations"]))
        for row in drawing["rows"]
    ]  # fmt: skip
    return table(("expectation", "mean pain (interval)", "of 100 people", "sources"), rows)


def topics(knowledge: Knowledge) -> str:
    """The list of the pages that explain."""
    rows = [
        (
            str(it.number),
            f"[{it.id}]({it.id}.md)",
            *(words.topics[it.id].title for words in knowledge.words.values()),
            str(sum(len(part.statements) for part in it.parts)),
        )
        for it in topics_in_order(knowledge)
    ]
    return (
        "# Pages that explain\n\nWhat `rugkompas explain` and the site tell about low back pain, "
        "from `knowledge/topics`\nand `knowledge/words/*/topics`. No clinician has signed them "
        "yet.\n\n" + table(("number", "id", "nl", "en", "statements"), rows)
    )
