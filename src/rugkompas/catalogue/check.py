"""Holds the facts against each other: every reference resolves, every date fits, every
language says the same things. The first misfit stops the program, with file and line."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from rugkompas.catalogue import schema
from rugkompas.catalogue.check_answers import check_answers, said_on
from rugkompas.catalogue.check_burden import burden_citations, check_burden
from rugkompas.catalogue.check_population import check_population, population_citations
from rugkompas.catalogue.files import KnowledgeError, line_of

if TYPE_CHECKING:
    from rugkompas.catalogue.load import Knowledge

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def check(knowledge: Knowledge, folder: Path) -> None:
    """Raises KnowledgeError for the first thing that does not fit."""
    _check_prognosis(knowledge, folder / "prognosis.yaml")
    for kind, fact, citation in _citations(knowledge):
        path = folder / kind / f"{fact.id}.yaml"
        _check_citation(citation, path, knowledge)
    for parameter in knowledge.parameters.values():
        _check_dates(parameter, folder / "parameters" / f"{parameter.id}.yaml")
    _check_references(knowledge, folder)
    _check_words(knowledge, folder)
    _check_claims(knowledge, folder)
    _check_access(knowledge, folder)
    check_burden(knowledge, folder)
    check_answers(knowledge, folder)
    for citation in population_citations(knowledge):
        _check_citation(citation, folder / "population.yaml", knowledge)
    check_population(knowledge, folder / "population.yaml")


def _check_citation(citation: schema.Citation, path: Path, knowledge: Knowledge) -> None:
    source = knowledge.sources.get(citation.source)
    if source is None:
        _refuse(path, citation.source, "is not a source", f"sources/{citation.source}.yaml")
    elif citation.mark == "seen" and source.read == "recalled":
        raise KnowledgeError(
            path,
            line_of(path, citation.source),
            f"'{citation.source}' is marked seen here, but its own file says that it was "
            "only recalled. Read the source, or mark this citation recalled.",
        )


def _check_prognosis(knowledge: Knowledge, path: Path) -> None:
    """Answers, words, groups and sources of the prognosis are there, and all have a sentence."""
    facts, book = knowledge.prognosis, knowledge.codebook
    for citation in facts.citations:
        _check_citation(citation, path, knowledge)
    for reading in facts.readings:
        if reading.answer not in book:
            _refuse(path, reading.answer, "is no answer", f"questions/{reading.answer}.yaml")
        words = set(book[reading.answer].words)
        for word in (*reading.values, *reading.spread):
            if word not in words:
                _refuse(path, word, "is not among the values", f"questions/{reading.answer}.yaml")
    grouped = {predictor.group for predictor in facts.predictors}
    for group in grouped ^ set(facts.groups):
        raise KnowledgeError(
            path, line_of(path, group), f"group '{group}' needs a correlation and a predictor."
        )
    sayings = {f"part_{id_}" for id_ in (*facts.start_parts, *(p.id for p in facts.predictors))}
    for language in knowledge.words.values():
        spoken = {key for key in language.prognosis if key.startswith("part_")}
        for key in sorted(sayings ^ spoken):
            words_path = path.parent / "words" / language.language / "prognosis.yaml"
            _refuse(words_path, key, "is said or meant only once", "prognosis.yaml")


def _refuse(path: Path, word: str, what: str, add: str) -> None:
    raise KnowledgeError(
        path, line_of(path, word), f"'{word}' {what}. Mend the name, or add knowledge/{add}."
    )


def _citations(
    knowledge: Knowledge,
) -> Iterator[tuple[str, schema.Fact, schema.Citation]]:
    yield from burden_citations(knowledge)
    for kind in ("questions", "red_flags", "courses", "factors", "access"):
        for fact in getattr(knowledge, kind).values():
            for citation in fact.citations:
                yield kind, fact, citation
    for condition in knowledge.conditions.values():
        for citation in condition.codes_from.values():
            yield "conditions", condition, citation
    for factor in knowledge.factors.values():
        for figure in factor.figures:
            yield "factors", factor, figure.citation
    for expectation in knowledge.expectations.values():
        for citation in expectation.band_citations:
            yield "expectations", expectation, citation
        for proportion in expectation.proportions:
            yield "expectations", expectation, proportion.citation
    for option in knowledge.options.values():
        for citation in (*option.citations, *(effect.citation for effect in option.effects)):
            yield "options", option, citation
    for comparison in knowledge.comparisons.values():
        yield "comparisons", comparison, comparison.citation
    for asked in knowledge.answers.values():
        for citations in said_on(asked).values():
            for citation in citations:
                yield "answers", asked, citation
    for parameter in knowledge.parameters.values():
        for value in parameter.values:
            for citation in value.citations:
                yield "parameters", parameter, citation
    for topic in knowledge.topics.values():
        for part in topic.parts:
            for statement in part.statements:
                for citation in statement.citations:
                    yield "topics", topic, citation


def _check_dates(parameter: schema.Parameter, path: Path) -> None:
    """Values follow each other without a gap or an overlap; only the last one is open."""
    for earlier, later in zip(parameter.values, parameter.values[1:], strict=False):
        line = line_of(path, str(later.from_))
        if earlier.until is None:
            raise KnowledgeError(
                path,
                line,
                f"the value from {earlier.from_} has no end, so it overlaps the one from "
                f"{later.from_}. Add `until: {later.from_ - dt.timedelta(days=1)}` to it.",
            )
        if earlier.until + dt.timedelta(days=1) != later.from_:
            kind = "an overlap" if earlier.until >= later.from_ else "a gap"
            raise KnowledgeError(
                path,
                line,
                f"there is {kind} between {earlier.until} and {later.from_}. "
                "Let each value begin on the day after the one before ends.",
            )
    for value in parameter.values:
        if value.until is not None and value.until < value.from_:
            raise KnowledgeError(
                path, line_of(path, str(value.until)), "ends before it begins. Mend the dates."
            )
        if value.mark != "choice" and not value.citations:
            raise KnowledgeError(
                path,
                line_of(path, str(value.from_)),
                f"value {value.from_} has no source. Every value that is no choice needs one: "
                "add `citations:` with an id from knowledge/sources.",
            )


def _check_references(knowledge: Knowledge, folder: Path) -> None:
    for flag in knowledge.red_flags.values():
        path = folder / "red_flags" / f"{flag.id}.yaml"
        if flag.contact not in knowledge.contacts:
            _refuse(path, flag.contact, "is not a contact", f"contacts/{flag.contact}.yaml")
        for suspect in flag.suspects:
            if suspect not in knowledge.conditions:
                _refuse(path, suspect, "is not a condition", f"conditions/{suspect}.yaml")
        if flag.basis == "guideline" and not flag.citations:
            raise KnowledgeError(
                path, line_of(path, "basis"), "says guideline and cites none. Cite it."
            )
    for condition in knowledge.conditions.values():
        for system in condition.codes_from:
            if system not in condition.codes:
                path = folder / "conditions" / f"{condition.id}.yaml"
                _refuse(path, system, "has no code", f"conditions/{condition.id}.yaml, codes")
    for question in knowledge.questions.values():
        path = folder / "questions" / f"{question.id}.yaml"
        for member in question.members:
            if member not in knowledge.questions:
                _refuse(path, member, "is not a question", f"questions/{member}.yaml")
        if question.kind in ("choice", "set") and not question.values:
            raise KnowledgeError(
                path, line_of(path, question.kind), "has no values. Add `values: [...]`."
            )
        for word in {word for chain in question.worse for word in chain}:
            if question.kind == "choice" and word not in question.values:
                _refuse(path, word, "is not among the values", f"questions/{question.id}.yaml")
    for option in knowledge.options.values():
        path = folder / "options" / f"{option.id}.yaml"
        for kind, ids in (
            ("factors", option.targets),
            ("person_facts", [*option.not_if, *option.caution_if]),
            ("options", [*option.smaller, *option.together_with]),
        ):
            for id_ in ids:
                if id_ not in getattr(knowledge, kind):
                    _refuse(path, id_, f"is not among the {kind}", f"{kind}/{id_}.yaml")
    for topic in knowledge.claim_topics.values():
        for id_ in topic.options:
            if id_ not in knowledge.options:
                path = folder / "claim_topics" / f"{topic.id}.yaml"
                _refuse(path, id_, "is no option", f"options/{id_}.yaml")
    for comparison in knowledge.comparisons.values():
        for rank in comparison.ranks:
            if rank.option not in knowledge.options:
                path = folder / "comparisons" / f"{comparison.id}.yaml"
                _refuse(path, rank.option, "is no option", f"options/{rank.option}.yaml")
    for course in knowledge.courses.values():
        path = folder / "courses" / f"{course.id}.yaml"
        if course.expectation not in knowledge.expectations:
            _refuse(
                path, course.expectation, "is no expectation", f"expectations/{course.expectation}"
            )


def _check_words(knowledge: Knowledge, folder: Path) -> None:
    """Each language has words for every id, and all languages the same placeholders."""
    spoken = (
        "red_flags", "conditions", "contacts", "courses", "factors", "expectations", "options",
        "person_facts", "burden_figures", "article_claims", "topics", "answers",
    )  # fmt: skip
    needed: dict[str, set[str]] = {kind: set(getattr(knowledge, kind)) for kind in spoken}
    needed["tiers"] = set(schema.TIERS)
    needed["questions"] = {q.id for q in knowledge.questions.values() if q.triage}
    first, *others = knowledge.words.values()
    for language in knowledge.words.values():
        for kind, ids in needed.items():
            path = folder / "words" / language.language / f"{kind}.yaml"
            have = set(getattr(language, kind))
            for id_ in sorted(ids - have):
                raise KnowledgeError(path, None, f"has no words for '{id_}'. Add them.")
            for id_ in sorted(have - ids if kind != "questions" else set()):
                _refuse(path, id_, "has words but no fact", f"{kind}/{id_}.yaml")
    for other in others:
        sentences = (
            *("report", "options_report", "summary", "prognosis", "claims", "diary"),
            *("burden", "patterns", "fhir", "cds", "terminal", "proof", "errors", "web"),
        )
        for kind in (*spoken, "tiers", "questions", *sentences):
            ours = _shapes(getattr(first, kind))
            theirs = _shapes(getattr(other, kind))
            for place in sorted(ours.keys() ^ theirs.keys()):
                spoken_by = other if place in theirs else first
                raise KnowledgeError(
                    *_stands(folder / "words" / spoken_by.language, kind, place.split(".")[0]),
                    f"'{place}' stands in one language only ({first.language}/{other.language}). "
                    "Add the missing words, or take the others away.",
                )
            for place, placeholders in ours.items():
                if placeholders != theirs[place]:
                    raise KnowledgeError(
                        *_stands(folder / "words" / other.language, kind, place.split(".")[0]),
                        f"'{place}' has the placeholders {sorted(theirs[place])}, but "
                        f"{first.language} has {sorted(placeholders)}. Make them equal.",
                    )


def _stands(folder: Path, kind: str, key: str) -> tuple[Path, int | None]:
    """File and line of a sentence; words of one kind may be spread over a folder."""
    paths = [folder / f"{kind}.yaml", *sorted((folder / kind).glob("*.yaml"))]
    found = [(path, line_of(path, f"{key}:")) for path in paths if path.exists()]
    return next((it for it in found if it[1]), (paths[0], None))


def _check_claims(knowledge: Knowledge, folder: Path) -> None:
    """Every reason, criterion and explanation of the claim checker has its sentence."""
    said = next(iter(knowledge.words.values())).claims
    needed = {f"criterion_{id_}" for id_ in knowledge.claim_criteria}
    for mark in knowledge.claims.values():
        if mark.kind == "reason":
            needed.add(f"reason_{mark.id}")
            needed |= {f"why_{pattern.why}" for pattern in mark.patterns}
    for key in sorted(needed - set(said)):
        path = folder / "words" / "nl" / "claims.yaml"
        raise KnowledgeError(path, None, f"has no sentence '{key}'. Add it in each language.")


def _shapes(words: object, at: str = "") -> dict[str, set[str]]:
    """Place -> placeholders, for every sentence."""
    if isinstance(words, str):
        return {at: set(_PLACEHOLDER.findall(words))} if words else {}
    plain = words if isinstance(words, dict) else msgspec.structs.asdict(words)  # type: ignore[arg-type]
    shapes: dict[str, set[str]] = {}
    for key, value in plain.items():
        shapes |= _shapes(value, f"{at}.{key}" if at else str(key))
    return shapes


def _check_access(knowledge: Knowledge, folder: Path) -> None:
    """Every fact about access has its sentence, with exactly its figures to fill in."""
    for language in knowledge.words.values():
        path = folder / "words" / language.language / "web" / "booking.yaml"
        for fact in knowledge.access.values():
            key = f"booking_know_{fact.id}"
            if key not in language.web:
                raise KnowledgeError(path, None, f"has no sentence '{key}'. Add it.")
            if set(_PLACEHOLDER.findall(language.web[key])) != set(fact.figures):
                raise KnowledgeError(
                    path,
                    line_of(path, f"{key}:"),
                    f"'{key}' must name exactly these figures: {sorted(fact.figures)}.",
                )
