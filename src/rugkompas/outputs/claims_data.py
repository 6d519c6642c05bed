"""A checked claim for programs."""

from __future__ import annotations

from typing import Any

import rugkompas
from rugkompas.assess import Assessment
from rugkompas.catalogue import Knowledge
from rugkompas.claims.document import Document
from rugkompas.claims.evidence import options_for
from rugkompas.claims.judge import Span, Verdict
from rugkompas.outputs.options_items import known_from
from rugkompas.outputs.options_why import why_data


def as_data(
    verdict: Verdict,
    text: str,
    knowledge: Knowledge,
    document: Document | None = None,
    assessment: Assessment | None = None,
) -> dict[str, Any]:
    """Everything about one title or text. text: where the spans lie.

    assessment: the person for whom the options are weighed.
    """
    cited: dict[str, Any] = {}
    evidence = [
        _option(id_, knowledge, assessment, cited)
        for id_ in options_for(verdict.topics, knowledge)
        if verdict.state == "judged"
    ]
    data: dict[str, Any] = {
        "rugkompas": rugkompas.__version__,
        "knowledge": knowledge.version,
        **contract(verdict, text),
        "taken_back": [{"how": how, **_span(span, text)} for how, span in verdict.taken_back],
        "evidence": evidence,
        "sources": cited,
    }
    if document is not None:
        data["title"] = document.title
        data["text"] = document.text
        data["sentences"] = [
            {"start": it.start, "end": it.end, **contract(it.verdict, text[it.start : it.end])}
            for it in document.sentences
        ]
        data["quality"] = {
            id_: None if at is None else {"start": at[0], "end": at[1], "text": text[slice(*at)]}
            for id_, at in document.criteria.items()
        }
        data["mixed_languages"] = document.mixed
        data["cut"] = document.cut
    return data


def contract(verdict: Verdict, text: str) -> dict[str, Any]:
    """The fields that other programs rely on."""
    return {
        "language": verdict.language,
        "state": verdict.state,
        "oversimplified": verdict.oversimplified,
        "probability": verdict.probability,
        "reasons": list(verdict.reasons),
        "debunks": verdict.debunks,
        "topics": list(verdict.topics),
        "spans": [_span(span, text) for span in verdict.spans],
    }


def _span(span: Span, text: str) -> dict[str, Any]:
    return {
        "start": span.start,
        "end": span.end,
        "reason": span.reason,
        "text": text[span.start : span.end],
    }


def _option(
    id_: str, knowledge: Knowledge, assessment: Assessment | None, cited: dict[str, Any]
) -> dict[str, Any]:
    option = knowledge.options[id_]
    citations = list(known_from(option))
    for citation in citations:
        source = knowledge.sources[citation.source]
        cited[source.id] = {"title": source.title, "url": source.url, "read": source.read}
    data: dict[str, Any] = {
        "option": id_,
        "labels": {it.language: it.options[id_].label for it in knowledge.words.values()},
        "effect": {it.language: it.options[id_].effect for it in knowledge.words.values()},
        "certainty": option.certainty,
        "guidelines": {name: it.says for name, it in option.guidelines.items()},
        "phases": dict(option.phases),
        "sources": list(dict.fromkeys(citation.source for citation in citations)),
    }
    if assessment is not None:
        data["person"] = why_data(assessment, id_)
    return data
