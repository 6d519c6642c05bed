"""Our code systems and our one extension, so that every code that we send can be looked up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rugkompas.assess.triage import CATEGORIES
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import TIERS
from rugkompas.fhir import names
from rugkompas.fhir.cds.orders import OVERRIDES
from rugkompas.fhir.elements import Element, bundle_of, claiming, full
from rugkompas.fhir.findings import made_by
from rugkompas.fhir.layout import NONE, code_of, display, words_of
from rugkompas.outputs.sentences import contact_words

Texts = Mapping[str, str]
_OWN = ("urgency", "category", "complete", "rule", "activity", "activity_start", "handover")


def terminology(knowledge: Knowledge, languages: Sequence[str] = ("nl", "en")) -> Element:
    """All of it, as a collection."""
    made = [*code_systems(knowledge, languages), populated_from(knowledge, languages[0])]
    return bundle_of("collection", [(one["url"], one) for one in made])


def code_systems(knowledge: Knowledge, languages: Sequence[str] = ("nl", "en")) -> list[Element]:
    """Questions, answers, options, results and reasons to override; names in the first language,
    the others beside them. A code without words is one of what we do not ask."""
    lists = {
        "questions": _questions,
        "answers": _answers,
        "options": _options,
        "results": _results,
        "overrides": _overrides,
    }
    return [
        _system(id_, dict(concepts(knowledge, languages)), knowledge, languages)
        for id_, concepts in lists.items()
    ]


def _system(
    id_: str, concepts: Mapping[str, Texts], knowledge: Knowledge, languages: Sequence[str]
) -> Element:
    first, *others = languages
    return full(
        resourceType="CodeSystem",
        id=id_,
        meta=claiming("CodeSystem"),
        language=first,
        url=f"{names.BASE}/CodeSystem/{id_}",
        version=knowledge.version,
        name=f"Rugkompas{id_.capitalize()}",
        title=knowledge.words[first].fhir[f"{id_}_title"],
        status="active" if knowledge.release.signed_by else "draft",
        experimental=not knowledge.release.signed_by,
        date=knowledge.release.date.isoformat(),
        publisher=made_by(knowledge, first),
        description=knowledge.words[first].fhir["codes_text"],
        caseSensitive=True,
        content="complete",
        count=len(concepts),
        concept=[
            full(
                code=code,
                display=texts.get(first),
                designation=[
                    {"language": lang, "value": texts[lang]} for lang in others if texts.get(lang)
                ],
            )
            for code, texts in concepts.items()
        ],
    )


def _questions(k: Knowledge, languages: Sequence[str]) -> Iterator[tuple[str, Texts]]:
    for id_ in k.questions:
        said = {lang: k.words[lang].questions.get(id_) for lang in languages}
        score = f"score_{id_}"
        texts = {lang: words.label for lang, words in said.items() if words}
        if not texts and score in k.words[languages[0]].summary:
            texts = {lang: k.words[lang].summary[score] for lang in languages}
        yield id_, texts


def _answers(k: Knowledge, languages: Sequence[str]) -> Iterator[tuple[str, Texts]]:
    for question in k.questions.values():
        for word in words_of(question):
            texts = {lang: display(question, word, k, lang) for lang in languages}
            yield code_of(question, word), {lang: text for lang, text in texts.items() if text}
    yield NONE, {lang: k.words[lang].report["answer_none_of_these"] for lang in languages}


def _options(k: Knowledge, languages: Sequence[str]) -> Iterator[tuple[str, Texts]]:
    for id_ in k.options:
        yield id_, {lang: k.words[lang].options[id_].label for lang in languages}


def _results(k: Knowledge, languages: Sequence[str]) -> Iterator[tuple[str, Texts]]:
    for id_ in _OWN:
        yield id_, {lang: k.words[lang].fhir[id_] for lang in languages}
    yield "method", {lang: k.words[lang].fhir["triage_title"] for lang in languages}
    for tier in TIERS:
        yield f"urgency.{tier}", {lang: k.words[lang].tiers[tier].name for lang in languages}
    for kind in CATEGORIES.values():
        key = f"category_{kind}"
        yield f"category.{kind}", {lang: k.words[lang].fhir[key] for lang in languages}
    for id_ in k.red_flags:
        yield f"rule.{id_}", {lang: k.words[lang].red_flags[id_].reason for lang in languages}
    for id_ in k.contacts:
        yield f"contact.{id_}", {lang: contact_words(k, lang, id_)[0] for lang in languages}


def _overrides(k: Knowledge, languages: Sequence[str]) -> Iterator[tuple[str, Texts]]:
    for id_ in dict.fromkeys(it for reasons in OVERRIDES.values() for it in reasons):
        yield id_, {lang: k.words[lang].cds[f"override_{id_}"] for lang in languages}


def populated_from(knowledge: Knowledge, language: str) -> Element:
    """The extension that names the resource from which an answer was filled in."""
    title = knowledge.words[language].fhir["populated_title"]
    return full(
        resourceType="StructureDefinition",
        id="populated-from",
        url=names.POPULATED_FROM,
        version=knowledge.version,
        name="PopulatedFrom",
        title=title,
        status="active" if knowledge.release.signed_by else "draft",
        fhirVersion=names.FHIR_VERSION,
        kind="complex-type",
        abstract=False,
        context=[{"type": "element", "expression": "QuestionnaireResponse.item.answer"}],
        type="Extension",
        baseDefinition="http://hl7.org/fhir/StructureDefinition/Extension",
        derivation="constraint",
        differential={
            "element": [
                {"id": "Extension", "path": "Extension", "short": title, "max": "1"},
                {"id": "Extension.extension", "path": "Extension.extension", "max": "0"},
                {
                    "id": "Extension.url",
                    "path": "Extension.url",
                    "fixedUri": names.POPULATED_FROM,
                },
                {
                    "id": "Extension.value[x]",
                    "path": "Extension.value[x]",
                    "min": 1,
                    "type": [{"code": "Reference"}],
                },
            ]
        },
    )
