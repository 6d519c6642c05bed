"""All knowledge as one frozen object, with its version and its digest.

Reading some four hundred YAML files takes seconds, so the checked result is kept in the
user's cache folder under the digest of the files: another byte is another digest.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from rugkompas.catalogue import (
    access_schema,
    answer_schema,
    burden_schema,
    claim_schema,
    option_schema,
    population_schema,
    prognosis_schema,
    schema,
    topic_schema,
    words,
)
from rugkompas.catalogue.check import check
from rugkompas.catalogue.check_topics import check_topics
from rugkompas.catalogue.files import KnowledgeError, convert, line_of, read
from rugkompas.catalogue.parameters import Parameters
from rugkompas.logic.codebook import MEMBER, TRI, Codebook, Variable

__all__ = ["LANGUAGES", "Knowledge", "KnowledgeError", "load"]

FOLDER = Path(__file__).parent.parent / "knowledge"
LANGUAGES = ("nl", "en")
_SCHEMAS = (
    access_schema,
    answer_schema,
    burden_schema,
    claim_schema,
    option_schema,
    population_schema,
    prognosis_schema,
    schema,
    topic_schema,
    words,
)
"""What a result in the cache was made with."""
JUDGED = ("improving", "unchanged", "worsening")
KINDS: dict[str, type[schema.Fact]] = {
    "sources": schema.Source,
    "questions": schema.Question,
    "parameters": schema.Parameter,
    "red_flags": schema.RedFlag,
    "terms": schema.Term,
    "conditions": schema.Condition,
    "contacts": schema.Contact,
    "courses": schema.Course,
    "factors": schema.Factor,
    "expectations": schema.Expectation,
    "options": option_schema.Option,
    "person_facts": option_schema.PersonFact,
    "comparisons": option_schema.Comparison,
    "access": access_schema.AccessFact,
    "claims": claim_schema.ClaimMark,
    "claim_words": claim_schema.ClaimWords,
    "claim_topics": claim_schema.ClaimTopic,
    "claim_criteria": claim_schema.ClaimCriterion,
    "burden_figures": burden_schema.BurdenFigure,
    "article_claims": burden_schema.ArticleClaim,
    "topics": topic_schema.Topic,
    "answers": answer_schema.Asked,
    "alarms": answer_schema.Alarm,
    "search_words": answer_schema.SearchWords,
}


class Release(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``knowledge/release.yaml``: the version people quote, and until when it may be used."""

    version: str
    date: dt.date
    review_by: dt.date
    signed_by: str
    """The clinician who signed the rules; empty: nobody yet, so demonstration only."""


Made = TypeVar("Made")


class Knowledge(Struct, frozen=True, kw_only=True, dict=True):
    """Every fact and every sentence, checked. ``digest`` names exactly these bytes."""

    digest: str
    release: Release
    sources: dict[str, schema.Source]
    questions: dict[str, schema.Question]
    parameters: dict[str, schema.Parameter]
    red_flags: dict[str, schema.RedFlag]
    terms: dict[str, schema.Term]
    conditions: dict[str, schema.Condition]
    contacts: dict[str, schema.Contact]
    courses: dict[str, schema.Course]
    factors: dict[str, schema.Factor]
    expectations: dict[str, schema.Expectation]
    options: dict[str, option_schema.Option]
    person_facts: dict[str, option_schema.PersonFact]
    comparisons: dict[str, option_schema.Comparison]
    population: population_schema.Population
    prognosis: prognosis_schema.Prognosis
    access: dict[str, access_schema.AccessFact]
    claims: dict[str, claim_schema.ClaimMark]
    claim_words: dict[str, claim_schema.ClaimWords]
    claim_topics: dict[str, claim_schema.ClaimTopic]
    claim_criteria: dict[str, claim_schema.ClaimCriterion]
    claim_model: claim_schema.ClaimModel
    burden_figures: dict[str, burden_schema.BurdenFigure]
    article_claims: dict[str, burden_schema.ArticleClaim]
    topics: dict[str, topic_schema.Topic]
    answers: dict[str, answer_schema.Asked]
    alarms: dict[str, answer_schema.Alarm]
    search_words: dict[str, answer_schema.SearchWords]
    words: dict[str, words.Words]

    @property
    def version(self) -> str:
        """Version and digest, as stamped on every result."""
        return f"{self.release.version}+{self.digest[:12]}"

    def parameters_on(self, day: dt.date) -> Parameters:
        """The numbers that hold on a day.

        Raises LookupError when a parameter has no value for that day: nothing is guessed.
        """
        held: dict[dt.date, Parameters] = self.__dict__.setdefault("held", {})
        if day in held:
            return held[day]
        values = {}
        for id_, parameter in self.parameters.items():
            holding = [v for v in parameter.values if v.from_ <= day and day <= (v.until or day)]
            if not holding:
                first = parameter.values[0].from_
                raise LookupError(f"parameter '{id_}' has no value on {day}; it begins on {first}")
            values[id_] = int(holding[-1].value)
        # Days with the same numbers share them, and what was made with them.
        held[day] = next((it for it in held.values() if vars(it) == values), Parameters(values))
        return held[day]

    def once(self, make: Callable[[Knowledge, Parameters], Made], p: Parameters) -> Made:
        """What is the same for everyone: made at its first use, and kept with the knowledge."""
        made: dict[Any, Any] = self.__dict__.setdefault("made", {})
        if (make, p) not in made:
            made[make, p] = make(self, p)
        found: Made = made[make, p]
        return found

    @property
    def codebook(self) -> Codebook:
        """The variables that rules read, made from the questions."""
        if "codebook" not in self.__dict__:
            self.__dict__["codebook"] = _codebook(self)
        book: Codebook = self.__dict__["codebook"]
        return book

    @property
    def cited_by_factor(self) -> dict[str, tuple[str, ...]]:
        """Factor id -> the sources of all that its file says."""
        if "cited" not in self.__dict__:
            self.__dict__["cited"] = {
                factor.id: tuple(
                    dict.fromkeys(
                        citation.source
                        for citation in (*factor.citations, *(f.citation for f in factor.figures))
                    )
                )
                for factor in self.factors.values()
            }
        cited: dict[str, tuple[str, ...]] = self.__dict__["cited"]
        return cited


def _codebook(knowledge: Knowledge) -> Codebook:
    variables = []
    for question in sorted(knowledge.questions.values(), key=lambda q: (q.order, q.id)):
        id_ = question.id
        if question.kind == "tri":
            variables.append(Variable(id_, id_, TRI))
        elif question.kind == "choice":
            variables.append(Variable(id_, id_, tuple(question.values)))
        elif question.kind in ("integer", "number"):
            low, high = int(question.low or 0), int(question.high or 0)
            variables.append(Variable(id_, id_, (), low, high))
        elif question.kind == "set":
            members = [*question.values, *(["unknown"] if question.unknown_alone else [])]
            variables += [Variable(f"{id_}.{member}", id_, MEMBER) for member in members]
        elif question.kind == "map":
            # Without words of its own, an id that is named simply holds (own words as reason).
            words = tuple(question.values) or MEMBER
            keys = getattr(knowledge, question.keys_from)
            variables += [Variable(f"{id_}.{key}", id_, words) for key in keys]
        elif question.kind == "ids":
            variables += [Variable(f"{id_}.{key}", id_, MEMBER) for key in question.values]
    # Not asked but judged, from what is said and what own activities show (rules/course.py).
    variables.append(Variable("course_direction", "course_activity", JUDGED))
    return Codebook(variables)


def files(folder: Path = FOLDER) -> list[Path]:
    """Every file of the knowledge, in a fixed order."""
    return sorted(folder.rglob("*.yaml"))


def digest_of(paths: list[Path], folder: Path) -> str:
    """SHA-256 over names and bytes."""
    total = hashlib.sha256()
    for path in paths:
        total.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def load_from(folder: Path) -> Knowledge:
    """Read and check a folder of knowledge, without any cache.

    Raises KnowledgeError with file and line for the first thing that does not fit.
    """
    raw: dict[str, Any] = {}
    for kind, type_ in KINDS.items():
        facts: dict[str, Any] = {}
        for path in sorted((folder / kind).glob("*.yaml")):
            fact = convert(path, read(path), type_)
            if fact.id != path.stem:
                raise KnowledgeError(
                    path, 1, f"the id '{fact.id}' is not the name of the file. Make them equal."
                )
            facts[fact.id] = fact
        raw[kind] = facts
    languages = {}
    for language in LANGUAGES:
        parts = {}
        for field in msgspec.structs.fields(words.Words):
            if field.name != "language":
                parts[field.name] = _said(folder / "words" / language, field.name, field.type)
        languages[language] = words.Words(language=language, **parts)
    release_file = folder / "release.yaml"
    release = convert(release_file, read(release_file), Release)
    model_file = folder / "claim_model.yaml"
    model = convert(model_file, read(model_file), claim_schema.ClaimModel)
    digest = digest_of(files(folder), folder)
    prognosis_file = folder / "prognosis.yaml"
    prognosis = convert(prognosis_file, read(prognosis_file), prognosis_schema.Prognosis)
    population_file = folder / "population.yaml"
    population = convert(population_file, read(population_file), population_schema.Population)
    knowledge = Knowledge(
        digest=digest,
        release=release,
        population=population,
        prognosis=prognosis,
        claim_model=model,
        words=languages,
        **raw,
    )
    check(knowledge, folder)
    check_topics(knowledge, folder)
    return knowledge


def _said(folder: Path, name: str, type_: Any) -> dict[str, Any]:
    """The words of one kind: a file of that name, a folder with a file for each part, or both."""
    paths = [path for path in (folder / f"{name}.yaml",) if path.exists()]
    paths += sorted((folder / name).glob("*.yaml"))
    if not paths:
        missing = folder / f"{name}.yaml"
        raise KnowledgeError(missing, None, "is missing; every language needs this file.")
    found: dict[str, Any] = {}
    for path in paths:
        for key, value in convert(path, read(path), type_).items():
            if key in found:
                line = line_of(path, f"{key}:")
                raise KnowledgeError(path, line, f"'{key}' stands in another file too. Take one.")
            found[key] = value
    return found


@lru_cache(maxsize=1)
def load() -> Knowledge:
    """The knowledge of this installation, from the cache when its digest is known there."""
    digest = digest_of(files(), FOLDER)
    code = hashlib.sha256()
    for module in _SCHEMAS:
        code.update(Path(str(module.__file__)).read_bytes())
    code.update(Path(__file__).read_bytes())
    cached = _cache_folder() / f"{digest[:32]}-{code.hexdigest()[:16]}.json"
    try:
        return msgspec.json.decode(cached.read_bytes(), type=Knowledge)
    except (OSError, msgspec.DecodeError):
        pass
    knowledge = load_from(FOLDER)
    try:
        cached.parent.mkdir(parents=True, exist_ok=True)
        partial = cached.with_suffix(f".{os.getpid()}")
        partial.write_bytes(msgspec.json.encode(knowledge))
        partial.replace(cached)
    except OSError:
        # A folder that cannot be written costs time at the next start, nothing else.
        return knowledge
    return knowledge


def _cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "rugkompas"
