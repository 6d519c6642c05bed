"""One card: few words, where they come from, and where to go on."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import Citation
from rugkompas.fhir import names
from rugkompas.fhir.elements import Element, full
from rugkompas.outputs.sentences import emergency_number

LONGEST = 140
"""A summary is shorter than this many characters (CDS Hooks 2.0)."""
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, f"{names.BASE}/cds")


@dataclass(frozen=True, slots=True)
class Desk:
    """What every card of one call shares. site: the address of the site, with its last stroke;
    "" when there is none, then a card has no links."""

    knowledge: Knowledge
    language: str
    instance: str
    site: str = ""

    def say(self, key: str, **values: object) -> str:
        """A sentence of words/<lang>/cds."""
        number = emergency_number(self.knowledge)
        return (
            self.knowledge.words[self.language].cds[key].format(emergency_number=number, **values)
        )

    def id(self, *parts: object) -> str:
        """The same part of the same call always has the same id."""
        return str(uuid.uuid5(_NAMESPACE, "\n".join(map(str, (self.instance, *parts)))))


def card(
    desk: Desk,
    kind: str,
    summary: str,
    *,
    detail: Sequence[str],
    indicator: str,
    source: str | None = None,
    suggestions: Sequence[Element] = (),
    reasons: Sequence[Element] = (),
    link: str = "",
) -> Element:
    """A card. kind: what it is about, for its id. detail: paragraphs of Markdown. source: the id
    of a source; without one Rugkompas itself. link: the words of a link to the intake."""
    signed = desk.knowledge.release.signed_by
    closing = [] if signed else [desk.knowledge.words[desk.language].fhir["demonstration"]]
    return full(
        uuid=desk.id(kind),
        summary=summary if len(summary) < LONGEST else summary[: LONGEST - 2] + "…",
        detail="\n\n".join([*detail, *closing]),
        indicator=indicator,
        source=_source(desk, source),
        suggestions=list(suggestions),
        selectionBehavior="at-most-one" if suggestions else None,
        overrideReasons=list(reasons),
        links=[{"label": link, "url": desk.site, "type": "absolute"}]
        if link and desk.site
        else None,
    )


def _source(desk: Desk, id_: str | None) -> Element:
    if id_ is None:
        return full(label=f"Rugkompas {desk.knowledge.version}", url=desk.site)
    source = desk.knowledge.sources[id_]
    return full(label=source.title, url=source.url)


def sources(desk: Desk, citations: Iterable[Citation]) -> str:
    """The sources under a card, as a list; one that was only recalled says so."""
    lines: dict[str, str] = {}
    for citation in citations:
        source = desk.knowledge.sources[citation.source]
        title = plain(f"{source.title} ({source.published_in or source.authors})")
        if source.url:
            title = f"[{title}]({source.url})"
        if citation.mark == "recalled":
            title += f" ({desk.knowledge.words[desk.language].report['mark_recalled']})"
        lines.setdefault(citation.source, f"- {title}")
    return "\n".join([f"{desk.say('sources')}", "", *lines.values()])


def bullets(lines: Iterable[str]) -> str:
    """Sentences as a list of Markdown."""
    return "\n".join(f"- {line}" for line in lines)


def plain(text: str) -> str:
    """Text in which nothing steers Markdown."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)


def override_reasons(desk: Desk, ids: Iterable[str]) -> list[Element]:
    """Why somebody goes on all the same, coded."""
    return [
        {"code": id_, "system": names.OVERRIDES, "display": desk.say(f"override_{id_}")}
        for id_ in ids
    ]
