"""The made part of docs/reference/fhir.md: items, codes, and which resource says what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from rugkompas.catalogue import Knowledge
from rugkompas.fhir import names
from rugkompas.fhir.capability import READS, WRITES
from rugkompas.fhir.layout import parts, slots
from rugkompas.fhir.questionnaire import questionnaire

Table = Callable[[Sequence[str], Iterable[Sequence[object]]], str]


def fhir(knowledge: Knowledge, table: Table) -> str:
    """All tables of the page."""
    return "\n".join(
        (
            "## Our definitions\n",
            f"Canonical addresses begin with `{names.BASE}`; their version is that of the\n"
            "knowledge, as `2026.11+<digest>`.\n",
            table(("what", "address"), _definitions()),
            f"Reads: {', '.join(f'`{name}`' for name in READS)}.\n",
            f"Writes: {', '.join(f'`{name}`' for name in WRITES)}.\n",
            "## Codes of others\n",
            "Every code of LOINC, SNOMED CT, ATC and Nictiz that is read or written, apart from "
            "those of conditions below.\n",
            table(("system", "code", "display", "where", "seen in"), _foreign()),
            "## Conditions\n",
            "Codes that a `Condition` may carry; one without a source is never sent.\n",
            table(("condition", "system", "code", "source", "mark"), _conditions(knowledge)),
            "## Items of the questionnaire\n",
            "The link id is the question id; `keys` stands for one item per id.\n",
            table(("part", "link id", "answers"), _items(knowledge)),
            "## When a question applies\n",
            "The others always apply, or apply with the group that they are in.\n",
            table(("link id", "how it is said"), _applies(knowledge)),
        )
    )


def _definitions() -> Iterator[tuple[str, str]]:
    for what, address in (
        ("questionnaire", names.INTAKE),
        ("rules", names.GUIDELINE),
        ("codes of questions", names.QUESTIONS),
        ("codes of answers", names.ANSWERS),
        ("codes of options", names.OPTIONS),
        ("codes of results", names.RESULTS),
        ("codes of reasons to go on with an order", names.OVERRIDES),
        ("where an answer was filled in from", names.POPULATED_FROM),
        ("id of a person in a file of ours", names.RECORD),
    ):
        yield what, f"`{address}`"


def _foreign() -> Iterator[tuple[str, str, str, str, str]]:
    systems = {
        names.LOINC: "LOINC",
        names.SNOMED: "SNOMED CT",
        names.ATC: "ATC",
        names.NUMERIC_RATING.system: "Nictiz",
    }
    for one in names.FOREIGN:
        yield systems[one.system], f"`{one.code}`", one.display, one.use, one.seen


def _conditions(knowledge: Knowledge) -> Iterator[tuple[str, str, str, str, str]]:
    for condition in knowledge.conditions.values():
        for system, citation in condition.codes_from.items():
            code = condition.codes[system]
            link = f"[{citation.source}](sources.md#{citation.source})"
            yield f"`{condition.id}`", names.SYSTEMS[system], f"`{code}`", link, citation.mark


def _items(knowledge: Knowledge) -> Iterator[tuple[str, str, str]]:
    known = slots(knowledge)
    for part, questions in parts(knowledge).items():
        for question in questions:
            ids = question.members or [question.id]
            for id_ in ids:
                found = [slot for slot in known.values() if slot.question == id_]
                if question.kind == "map" and question.keys_from != "options":
                    codes = ", ".join(f"`{code}`" for code in found[0].codes)
                    yield part, f"`{id_}.<key>` ({len(found)} keys)", codes
                else:
                    for slot in found:
                        yield part, f"`{slot.link}`", _answers(slot.form, slot.codes, slot.system)


def _answers(form: str, codes: Iterable[str], system: str) -> str:
    if form not in ("code", "codes"):
        return {"integer": "whole number", "number": "decimal", "text": "own words"}[form]
    several = "; several" if form == "codes" else ""
    if system == names.OPTIONS:
        return f"an option{several}"
    return ", ".join(f"`{code}`" for code in codes) + several


def _applies(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    def walk(items: Sequence[dict[str, object]]) -> Iterator[tuple[str, str]]:
        for item in items:
            link = str(item["linkId"])
            if "enableWhen" in item and not link.startswith("changeable."):
                yield f"`{link}`", "enableWhen"
            for extension in item.get("extension", ()):  # type: ignore[attr-defined]
                if extension["url"] == names.ENABLE_WHEN:
                    yield f"`{link}`", "enableWhenExpression (FHIRPath)"
            yield from walk(item.get("item", ()))  # type: ignore[arg-type]

    yield from walk(questionnaire(knowledge)["item"])
    yield "`changeable.<factor>`", "enableWhen: the factor plays a part"
