"""Writes the part of docs/reference that is made from the knowledge and the code.

    python scripts/reference.py           write the pages
    python scripts/reference.py --check   write nothing; exit 1 and name the pages that differ

The same knowledge gives the same bytes. A page is either made whole, or written by hand with
one made part between two ``<!-- made ... -->`` marks.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec
from click.testing import CliRunner

from fhir_reference import fhir
from rugkompas import assess
from rugkompas.assess.triage import mark
from rugkompas.catalogue import Knowledge, load
from rugkompas.catalogue.burden_schema import BurdenRow
from rugkompas.catalogue.check_burden import burden_citations
from rugkompas.catalogue.check_population import population_citations
from rugkompas.catalogue.check_topics import statements
from rugkompas.catalogue.claim_schema import ClaimModel
from rugkompas.catalogue.load import KINDS, Release
from rugkompas.catalogue.population_schema import Ages, Drawn, Population
from rugkompas.catalogue.prognosis_schema import (
    Accuracy,
    Moment,
    Predictor,
    Prognosis,
    Reading,
    Start,
)
from rugkompas.catalogue.schema import TIERS, Citation, Figure, Question, RedFlag
from rugkompas.catalogue.topic_schema import Drawing, Number, Part, Row, Statement, Topic
from rugkompas.catalogue.words import TopicWords
from rugkompas.cli.accounts import COMMANDS as ACCOUNTS_COMMANDS
from rugkompas.cli.app import COMMANDS, build
from rugkompas.cli.diary import COMMANDS as DIARY_COMMANDS
from rugkompas.cli.diary.experiment import COMMANDS as EXPERIMENT_COMMANDS
from rugkompas.cli.fhir import COMMANDS as FHIR_COMMANDS
from rugkompas.cli.say import Say
from rugkompas.outputs.burden_data import claims_rows
from rugkompas.outputs.burden_frame import Told
from rugkompas.outputs.burden_report import in_order
from rugkompas.outputs.data import as_data
from rugkompas.outputs.topic_data import as_data as topic_data
from rugkompas.outputs.topic_report import in_order as topics_in_order
from rugkompas.people.population import everything_drawn

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "docs" / "reference"
EXAMPLE = ROOT / "docs" / "examples" / "desk.json"
DAY = dt.date(2026, 11, 25)
_MADE = "<!-- Made by scripts/reference.py: change the knowledge, then run `make docs`. -->\n\n"
_START, _END = "<!-- made -->\n", "<!-- /made -->"
_PART = re.compile(f"({_START}.*?{_END})", re.DOTALL)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; what would break a cell is escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(_cell(cell) for cell in line)} |\n" for line in lines)


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")


def code(text: str) -> str:
    """Text as code, on one line."""
    return f"`{' '.join(text.split())}`" if text else ""


def cited(citations: Iterable[Citation]) -> str:
    """Links to the sources, each with how it was read and the place in it."""
    parts: dict[str, None] = {}
    for citation in citations:
        place = f", {citation.place}" if citation.place else ""
        link = f"[{citation.source}](sources.md#{citation.source})"
        parts[f"{link} ({citation.mark}{place})"] = None
    return ", ".join(parts)


def rules(knowledge: Knowledge) -> str:
    """Every row of the triage table, most urgent first, and the terms that they share."""
    parts = [
        "# The triage table\n",
        "Every row that can fire. The highest tier among the rows that fire is the outcome; all\n"
        "reasons stay. `condition` is the text that a clinician signs; `rugkompas verify` proves\n"
        "that the code says the same. Words in capitals are [terms](#terms).\n",
    ]
    for tier in reversed(TIERS):
        parts.append(f"## {tier}\n")
        parts += [_row(flag, knowledge) for flag in _of_tier(tier, knowledge)]
    parts.append("## Terms\n")
    parts.append(
        table(
            ("term", "means"),
            ((f"`{t.id}`", code(t.definition)) for t in knowledge.terms.values()),
        )
    )
    parts.append(
        "\nFour terms have their meaning in the proof itself (`proof/clauses.py`): `DUR` and\n"
        "`START_AGE` (true wherever the answer leaves it possible), `E_UNKNOWN` and `E_MISSING`\n"
        "(an emergency question that applies is unknown, or not answered).\n"
    )
    return "\n".join(parts)


def _of_tier(tier: str, knowledge: Knowledge) -> list[RedFlag]:
    return [flag for flag in knowledge.red_flags.values() if flag.tier == tier]


def _row(flag: RedFlag, knowledge: Knowledge) -> str:
    suspects = [f"{s} ({knowledge.words['en'].conditions[s].name})" for s in flag.suspects]
    facts = {
        "condition": code(flag.condition),
        "can point to": ", ".join(suspects) or "no condition in particular",
        "category": flag.category,
        "contact": f"`{flag.contact}`",
        "basis": f"{flag.basis}, mark: {mark(flag)}",
        "sources": cited(flag.citations) or "none",
        "section of the dossier": flag.section,
        "note": " ".join(flag.note.split()),
        "nl": knowledge.words["nl"].red_flags[flag.id].reason,
        "en": knowledge.words["en"].red_flags[flag.id].reason,
    }
    lines = [f"- {name}: {value}" for name, value in facts.items() if value]
    return "\n".join([f"### {flag.id}\n", *lines, ""])


def questions(knowledge: Knowledge) -> str:
    """Every question: what may be answered, when it applies, and its words."""
    parts = [
        "# Questions\n",
        "The ids and values that answers use. **E** marks an emergency question: while it applies\n"
        "and is not answered, the result stays at `same_day` or higher. An id that is left out\n"
        "was not asked; that is never `no`.\n",
    ]
    topics = dict.fromkeys(q.topic for q in _in_order(knowledge))
    for topic in topics:
        rows = [
            (
                f"`{q.id}`{' **E**' if q.emergency else ''}",
                _values(q),
                code(q.applies) or "everyone",
                _label(q, knowledge, "nl"),
                _label(q, knowledge, "en"),
            )
            for q in _in_order(knowledge)
            if q.topic == topic
        ]
        parts.append(f"## {topic}\n")
        parts.append(table(("id", "answers", "asked of", "nl", "en"), rows))
    return "\n".join(parts)


def _in_order(knowledge: Knowledge) -> list[Question]:
    return sorted(knowledge.questions.values(), key=lambda q: (q.order, q.id))


def _label(question: Question, knowledge: Knowledge, language: str) -> str:
    words = knowledge.words[language].questions.get(question.id)
    return words.label if words else "(not asked in the interview)"


def _values(question: Question) -> str:
    if question.kind == "tri":
        return "yes, no, unknown"
    if question.kind in ("integer", "number"):
        return f"{question.kind} {question.low:g} to {question.high:g} {question.unit}".rstrip()
    if question.kind == "group":
        return "object: " + ", ".join(question.members)
    listed = ", ".join(question.values)
    if question.keys_from:
        return f"object, ids of {question.keys_from}: {listed or 'own words'}"
    unknown = "; or unknown by itself" if question.unknown_alone else ""
    return {"set": f"list: {listed}{unknown}", "choice": listed}.get(question.kind, question.kind)


def parameters(knowledge: Knowledge) -> str:
    """Every number that a rule reads, with all its dated values."""
    rows = [
        (
            f"`{parameter.id}`",
            f"{value.value:g}",
            parameter.unit,
            parameter.meaning,
            f"{value.from_} to {value.until or 'now'}",
            value.mark,
            cited(value.citations),
        )
        for parameter in knowledge.parameters.values()
        for value in parameter.values
    ]
    head = ("id", "value", "unit", "meaning", "holds", "mark", "sources")
    return (
        "# Parameters\n\nThe numbers that rules read. An old value keeps its dates, so an old "
        "assessment can be repeated.\n\n" + table(head, rows)
    )


def factors(knowledge: Knowledge) -> str:
    """Every contributing factor, with what was published about it."""
    parts = [
        "# Contributing factors\n",
        "A factor goes together with low back pain in groups of people. No figure here is the\n"
        "share of one person's pain that a factor causes, and no result says so.\n",
    ]
    for domain in ("physical", "environmental", "psychosocial"):
        parts.append(f"## {domain}\n")
        for factor in (f for f in knowledge.factors.values() if f.domain == domain):
            facts = {
                "nl": knowledge.words["nl"].factors[factor.id].label,
                "en": knowledge.words["en"].factors[factor.id].label,
                "certainty": factor.certainty,
                "who can usually change it": factor.modifiable,
                "counts for the outlook (KNGF 2021)": "yes" if factor.outlook else "",
                "also present when": code(factor.inferred_from),
                "ICF": ", ".join(factor.icf),
                "mark": factor.mark,
                "sources": cited(factor.citations),
            }
            lines = [f"- {name}: {value}" for name, value in facts.items() if value]
            figures = [
                (f.about, _figure(f), f.compared, cited([f.citation])) for f in factor.figures
            ]
            parts.append("\n".join([f"### {factor.id}\n", *lines, ""]))
            if figures:
                parts.append(table(("about", "figure", "compared", "source"), figures))
    return "\n".join(parts)


def _figure(figure: Figure) -> str:
    low_high = "" if figure.low is None else f" ({figure.low:g} to {figure.high:g})"
    value = "" if figure.value is None else f" {figure.value:g}"
    return f"{figure.measure}{value}{low_high}"


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


def burden(knowledge: Knowledge) -> str:
    """Every figure of how common it is, and every statement of the article."""
    parts = [
        "# How common it is\n",
        "`rugkompas burden NAME`, and `/cijfers/NUMBER/` on the site. Each number is a row of a\n"
        "file in `knowledge/burden_figures`; `rugkompas burden all --format csv` gives them all.\n"
        "A name is a few words; the definition says who was counted.\n",
    ]
    said = Told(knowledge, "en")
    for figure in in_order(knowledge):
        words = knowledge.words["en"].burden_figures[figure.id]
        facts = {
            "number": str(figure.number),
            "shows": said.filled(words.title, figure),
            "who is counted": words.definition,
            "place": figure.place,
            "unit": figure.unit,
            "interval": figure.interval,
            "uncertain": said.filled(words.uncertain, figure),
            "taken over": figure.taken.isoformat(),
        }
        lines = [f"- {name}: {value}" for name, value in facts.items()]
        rows = [
            (
                f"`{row.id}`",
                said.label_of(row, figure),
                said.value_of(row, figure),
                said.range_of(row, figure),
                row.edition,
                cited([row.citation]),
            )
            for row in figure.rows
        ]
        parts += [f"## {figure.id}\n", "\n".join([*lines, ""])]
        parts.append(table(("row", "what", "number", "limits", "edition", "source"), rows))
    parts.append("\n## The statements of the article\n")
    claims = sorted(knowledge.article_claims.values(), key=lambda claim: claim.number)
    words_of = {row["id"]: row for row in claims_rows(knowledge, "en")}
    rows = [
        (
            str(claim.number),
            words_of[claim.id]["says"],
            claim.names or "none",
            words_of[claim.id]["really"],
            claim.verdict,
            cited(claim.citations),
        )
        for claim in claims
    ]
    head = ("", "the article, in our words", "source it names", "sources say", "verdict", "sources")
    return "\n".join([*parts, table(head, rows)])


def choices(knowledge: Knowledge) -> str:
    """What a clinician looks at first: no source settles it, or it was only recalled."""
    flags = [flag for tier in reversed(TIERS) for flag in _of_tier(tier, knowledge)]
    rows = [
        (f"[{f.id}](rules.md#{f.id.lower()})", f.tier, mark(f), f.basis, code(f.condition))
        for f in flags
        if mark(f) in ("choice", "recalled")
    ]
    numbers = [
        (f"`{parameter.id}`", f"{value.value:g} {parameter.unit}", value.mark, parameter.meaning)
        for parameter in knowledge.parameters.values()
        for value in parameter.values
        if value.mark in ("choice", "recalled")
    ]
    courses = [
        (f"`{course.id}`", course.mark, knowledge.words["en"].courses[course.id].name)
        for course in knowledge.courses.values()
        if course.mark in ("choice", "recalled")
    ]
    recalled = [
        (where, f"[{citation.source}](sources.md#{citation.source})")
        for where, citation in dict.fromkeys(
            (w, msgspec.structs.replace(c, place="")) for w, c in _all_citations(knowledge)
        )
        if citation.mark == "recalled"
    ]
    asked = [q.id for q in _in_order(knowledge) if q.triage and q.mark == "choice"]
    figures = [
        (f"`{factor.id}`", f"{f.about}: {_figure(f)}", f.compared, cited([f.citation]))
        for factor in knowledge.factors.values()
        for f in factor.figures
        if f.citation.mark == "recalled"
    ]
    return "\n".join(
        (
            "# What to check first\n",
            "No guideline or study settles a `choice`; it is a cautious decision of this project.\n"
            "A `recalled` figure was published, but written down from memory. Both wait for a\n"
            "clinician. Everything else was read in its source or that source's abstract.\n",
            f"## Rows of the triage table ({len(rows)} of {len(flags)})\n",
            table(("row", "tier", "mark", "basis", "condition"), rows),
            f"## Numbers ({len(numbers)})\n",
            table(("parameter", "value", "mark", "meaning"), numbers),
            f"## Course classes ({len(courses)} of {len(knowledge.courses)})\n",
            table(("class", "mark", "in words"), courses),
            f"## Figures of factors that were recalled ({len(figures)})\n",
            table(("factor", "figure", "compared", "source"), figures),
            f"## Citations that were recalled ({len(recalled)})\n",
            table(("on", "source"), recalled),
            f"## Wording and values of triage questions ({len(asked)})\n",
            "That these things are asked follows from the rows. How they are asked, which answers\n"
            "are offered and of whom it is asked is a choice for: "
            + ", ".join(f"`{id_}`" for id_ in asked)
            + ".\n",
        )
    )


def knowledge_folders(_: Knowledge) -> str:
    """What a file of each folder of knowledge may hold."""
    parts = [
        "# The knowledge folder\n",
        "`src/rugkompas/knowledge`: one file per fact, the name of the file is its id. Unknown\n"
        "keys are refused with file and line. Words for people stand apart, in `words`.\n",
    ]
    shapes: dict[str, type[msgspec.Struct]] = {
        **KINDS,
        "burden_figures: rows": BurdenRow,
        "release.yaml": Release,
        "population.yaml": Population,
        "population.yaml: ages": Ages,
        "population.yaml: drawn": Drawn,
        "prognosis.yaml": Prognosis,
        "prognosis.yaml: start": Start,
        "prognosis.yaml: moments": Moment,
        "prognosis.yaml: predictors": Predictor,
        "prognosis.yaml: reads": Reading,
        "prognosis.yaml: accuracy": Accuracy,
        "claim_model.yaml": ClaimModel,
        "topics: parts": Part,
        "topics: statements": Statement,
        "topics: numbers": Number,
        "topics: drawing": Drawing,
        "topics: rows": Row,
    }
    for kind, type_ in shapes.items():
        doc = " ".join((type_.__doc__ or "").split()).replace("``", "`")
        rows = [
            (
                f"`{field.encode_name}`",
                _type(field.type),
                "required" if field.required else "",
            )
            for field in msgspec.structs.fields(type_)
        ]
        parts += [f"## {kind}\n", doc + "\n", table(("key", "holds", ""), rows)]
    parts += [
        "## words\n",
        "One folder per language (`nl`, `en`), the same files and ids in each, the same\n"
        "`{placeholders}` in each sentence. See [add a language](../how-to/add-a-language.md).\n",
    ]
    return "\n".join(parts)


def _type(type_: Any) -> str:
    origin = get_origin(type_)
    if origin is Literal:
        return " / ".join(f"`{value or 'empty'}`" for value in get_args(type_))
    if hasattr(type_, "__metadata__"):
        return _type(type_.__origin__)
    if origin is list:
        return f"list of {_type(get_args(type_)[0])}"
    if origin is dict:
        return f"object of {_type(get_args(type_)[1])}"
    inner = [part for part in get_args(type_) if part is not type(None)]
    if inner:
        return " or ".join(_type(part) for part in inner)
    names = {"str": "text", "int": "whole number", "float": "number", "bool": "true / false"}
    name: str = type_.__name__
    return names.get(name, name.lower())


def commands(_: Knowledge) -> str:
    """The help of every command, as it prints it."""
    parts = [
        "# Commands\n",
        "Exit codes: 0 done; 2 the input or the command line is wrong; 3 done, but rows were\n"
        "rejected; 1 a bug of ours. `--lang nl` gives the same in Dutch.\n",
    ]

    def within(name: str) -> Iterator[str]:
        yield name
        for inner in GROUPS.get(name, ()):
            yield from within(f"{name} {inner}")

    for name in ("", *(inner for outer in COMMANDS for inner in within(outer))):
        arguments = [*name.split(), "--help"]
        runner = CliRunner()
        said = runner.invoke(build(Say("en")), arguments, prog_name="rugkompas", terminal_width=80)
        if said.exit_code != 0:
            raise RuntimeError(f"rugkompas {name} --help fails: {said.output or said.exception}")
        title = f"## rugkompas {name}".rstrip()
        parts += [f"{title}\n", f"```text\n{said.output.strip()}\n```\n"]
    return "\n".join(parts)


def result(knowledge: Knowledge) -> str:
    """The result of the example person, long lists cut short."""
    answers = json.loads(EXAMPLE.read_text("utf-8"))
    data = as_data(assess(answers, on=DAY, knowledge=knowledge), "en")
    data["knowledge"] = f"{knowledge.release.version}+..."
    present = [state for state in data["factors"] if state["state"] == "present"]
    data["factors"] = [*present[:2], "..."]
    data["safety_net"] = [*data["safety_net"][:2], "..."]
    for part in ("offered", "not_offered"):
        data["options"][part] = [*data["options"][part][:2], "..."]
    first = next(iter(data["sources"]))
    data["sources"] = {first: data["sources"][first], "...": "..."}
    return f"```json\n{json.dumps(data, indent=2, ensure_ascii=False)}\n```\n"


def prognosis(knowledge: Knowledge) -> str:
    """The figures that the prognosis rests on."""
    facts = knowledge.prognosis
    start = facts.start
    moments = [
        (
            f"{m.days:g}",
            f"{m.limited_3m:.0%}",
            f"{m.limited_12m:.0%}",
            f"{m.disability_mean:g} %",
            f"{m.disability_per_sd:g}",
        )
        for m in start.moments
    ]
    predictors = [
        (
            f"`{p.id}`",
            ", ".join(f"`{reading.answer}`" for reading in p.reads),
            p.group,
            f"{p.mean:g} ({p.sd:g}){' log' if p.scale == 'log' else ''}",
            f"{p.per_sd_3m:g} / {p.per_sd_12m:g} ({p.error:g})",
            f"{p.beside:g}",
            p.derived,
            _linked(p.citations),
        )
        for p in facts.predictors
    ]
    accuracy = [
        (a.compared, f"{a.auc:g}", "" if a.low is None else f"{a.low:g} to {a.high:g}",
         a.people or "", _linked([a.citation]))
        for a in facts.accuracy
    ]  # fmt: skip
    groups = ", ".join(f"{group} {r:g}" for group, r in facts.groups.items())
    derived = "\n".join(
        f"- {name.replace('_', ' ')}: {' '.join(text.split())}"
        for name, text in start.derived.items()
    )
    head = ("days since the start", "limited at 3 months", "at 12 months",
            "mean Roland-Morris now", "log odds per SD of it")  # fmt: skip
    return "\n".join(
        (
            "### Start\n",
            table(head, moments),
            f"One SD of the Roland-Morris score is {start.disability_sd:g} %; its weight at twelve "
            f"months is {start.disability_later:g} of this. Spread between cohorts, in log odds: "
            f"{start.spread_3m:g} and {start.spread_12m:g}.\n",
            f"{derived}\n",
            f"Sources: {_linked(start.citations)}\n",
            "### Brakes\n",
            f"Shrinkage {facts.shrinkage:g} ({_linked(facts.shrinkage_citations)}). Mean "
            f"correlation between groups {facts.between_groups:g}; within groups: {groups}.\n",
            f"{' '.join(facts.overlap_derived.split())} {_linked(facts.overlap_citations)}\n",
            "### Predictors\n",
            "Log odds for one SD more, at 3 and 12 months, with the standard error. Means and SDs "
            "are choices unless the derivation cites them.\n",
            table(
                (
                    "predictor",
                    "answers, the exact one first",
                    "group",
                    "mean (SD)",
                    "log odds per SD",
                    "beside disability",
                    "derived from",
                    "sources",
                ),
                predictors,
            ),
            "### Published accuracy\n",
            table(("tool", "area under the curve", "range", "people", "source"), accuracy),
        )
    )


def _linked(citations: Iterable[Citation]) -> str:
    """``cited``, from a page outside the reference."""
    return cited(citations).replace("(sources.md#", "(../reference/sources.md#")


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


def population(knowledge: Knowledge) -> str:
    """What a made-up population is drawn from, and what it is not."""
    facts = knowledge.population
    entries = everything_drawn(knowledge)
    rows = [
        (
            f"`{entry.answer}`",
            "; ".join(f"`{answer}` {', '.join(words)}" for answer, words in entry.among.items())
            or "everybody",
            ", ".join(f"{word} {_share(share)}" for word, share in entry.shares.items()),
            entry.derived if entry.answer not in ("sex", "age_years") else "see above",
            cited(entry.citations),
        )
        for entry in entries
    ]
    pairs = sorted({(entry.answer, answer) for entry in entries for answer in entry.among})
    tied: dict[str, list[str]] = {}
    for answer, on in pairs:
        tied.setdefault(on, []).append(f"`{answer}`")
    sourced = {
        entry.answer for entry in entries if any(c.mark != "choice" for c in entry.citations)
    }
    answers = {entry.answer for entry in entries}
    return "\n".join(
        (
            "# The made-up population\n",
            "`rugkompas example --population N --seed S -o people.parquet` draws people from\n"
            "these shares, for tests, benchmarks and planning. The same seed and the same\n"
            "knowledge give the same people.\n",
            f"- Meant for: {facts.who}.\n"
            f"- Unit of every share: {facts.unit}, here in %.\n"
            f"- {len(sourced)} of {len(answers)} answers rest at least in part on a source. The "
            "others are round\n  choices of this project, which nobody measured.\n"
            "- What urgency comes out says how the rules meet these shares. It says nothing about\n"
            "  how many real people need help, and no share may be shown as a finding.\n",
            "## Which answers go together\n",
            "Only those below. Each other pair is drawn apart: a person can be made up who would\n"
            "hardly exist, and what real answers have in common is missing.\n",
            table(
                ("depends on", "answers"), [(f"`{on}`", ", ".join(it)) for on, it in tied.items()]
            ),
            f"## Age and sex\n\n{facts.ages.derived}\n",
            "## Shares\n",
            "The first group that a person belongs to counts; who belongs to none was not asked.\n"
            "Within a range every whole number is as likely.\n",
            table(("answer", "among", "share, %", "where it comes from", "sources"), rows),
        )
    )


def _share(share: float) -> str:
    return f"{share * 100:.3g}"


GROUPS: dict[str, Sequence[str]] = {
    "accounts": ACCOUNTS_COMMANDS,
    "diary": DIARY_COMMANDS,
    "diary experiment": EXPERIMENT_COMMANDS,
    "fhir": FHIR_COMMANDS,
}
"""Commands that hold others."""


WHOLE: dict[str, Callable[[Knowledge], str]] = {
    "rules.md": rules,
    "questions.md": questions,
    "parameters.md": parameters,
    "factors.md": factors,
    "sources.md": sources,
    "choices.md": choices,
    "knowledge.md": knowledge_folders,
    "commands.md": commands,
    "burden.md": burden,
    "population.md": population,
    "topics/README.md": topics,
}
PARTS: dict[str, Callable[[Knowledge], str]] = {
    "result-format.md": result,
    "../explanation/prognosis.md": prognosis,
    "fhir.md": lambda knowledge: fhir(knowledge, table),
}


def pages(knowledge: Knowledge) -> Iterator[tuple[Path, str]]:
    """Every page that is made, with the text that it should have."""
    for name, make in WHOLE.items():
        yield REFERENCE / name, _MADE + make(knowledge)
    for each in topics_in_order(knowledge):
        yield REFERENCE / "topics" / f"{each.id}.md", _MADE + topic(knowledge, each)
    for name, make in PARTS.items():
        path = (REFERENCE / name).resolve()
        before, _, after = _PART.split(path.read_text("utf-8"))
        yield path, f"{before}{_START}{make(knowledge)}{_END}{after}"


def main() -> int:
    """Write the pages, or with --check say which ones differ."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="write nothing, name what differs")
    check = parser.parse_args().check
    old = []
    for path, text in pages(load()):
        if path.exists() and path.read_text("utf-8") == text:
            continue
        old.append(path.relative_to(ROOT).as_posix())
        if not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
    for name in old:
        print(f"{name} {'is not up to date: run `make docs`' if check else 'written'}")
    return 1 if check and old else 0


if __name__ == "__main__":
    sys.exit(main())
