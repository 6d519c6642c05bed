"""Every source, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterator

from made.markdown import table
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.check_burden import burden_citations
from rugkompas.catalogue.check_population import population_citations
from rugkompas.catalogue.check_topics import statements
from rugkompas.catalogue.schema import Citation


def sources(knowledge: Knowledge) -> str:
    """Every publication, with where it can be read and what rests on it."""
    used: dict[str, dict[str, None]] = {}
    for where, citation in _all_citations(knowledge):
        used.setdefault(citation.source, {})[where] = None
    rows = [
        (
            f'<a id="{source.id}"></a>`{source.id}`',
            ". ".join(
                part.rstrip(".")
                for part in (source.authors, source.title, source.published_in)
                if part
            )
            + (f" ({source.year})" if source.year else ""),
            f"[link]({source.url})" if source.url else "",
            source.kind,
            source.read + (f": {source.read_note}" if source.read_note else ""),
            ", ".join(used.get(source.id, {})),
        )
        for source in knowledge.sources.values()
    ]
    head = ("id", "publication", "where", "kind", "read", "rests on it")
    return (
        "# Sources\n\n`seen`: the source or its abstract was read. `recalled`: written down from "
        "memory and not yet checked.\n\n" + table(head, rows)
    )


def _all_citations(knowledge: Knowledge) -> Iterator[tuple[str, Citation]]:
    for kind in ("red_flags", "courses", "factors", "questions"):
        for fact in getattr(knowledge, kind).values():
            for citation in fact.citations:
                yield fact.id, citation
    for factor in knowledge.factors.values():
        for figure in factor.figures:
            yield factor.id, figure.citation
    for parameter in knowledge.parameters.values():
        for value in parameter.values:
            for citation in value.citations:
                yield parameter.id, citation
    for citation in knowledge.prognosis.citations:
        yield "prognosis", citation
    for citation in population_citations(knowledge):
        yield "population", citation
    for kind, fact, citation in burden_citations(knowledge):
        yield f"{kind} {fact.id}", citation
    for topic in knowledge.topics.values():
        for statement in statements(topic):
            for citation in statement.citations:
                yield f"topic {topic.id}", citation
    for expectation in knowledge.expectations.values():
        of = [p.citation for p in expectation.proportions]
        for citation in (*expectation.band_citations, *of):
            yield f"expectation {expectation.id}", citation
