"""The whole triage table as a decision graph of the ZEN engine, to compare speeds with.

The graph is what a careful user of that engine would draw: the named terms in an expression
node, one decision table with a row per red flag (the first hit gives the tier, a collecting
column gives every row that fires), and an expression node for "no row fired". Its expressions
are translated from the same ``knowledge/`` that Rugkompas reads, so both run one table.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from graphlib import TopologicalSorter
from itertools import pairwise
from typing import Any

import zen

import signed_terms
from rugkompas import assess, load_knowledge
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import TIERS
from rugkompas.people.person import person

Decision = Callable[[dict[str, Any]], Any]
"""Takes what ``prepare`` gives; ``["result"]`` of its answer holds ``fired`` and ``tier``."""

KEY = "triage"
NO_OTHER_ROW = "C00"

_COMPARISON = re.compile(r"(\w+) (?:(missing)|in \{([^}]*)\}|(=|>=|>|<) (\w+))")
_TERM = re.compile(r"(?<!\$\.)\b[A-Z][A-Z_]+\b")
# What a missing number counts as, seen from the limit, so that the comparison is false: the
# engine itself raises an error when it compares null with a number.
_FALSE_WHEN_MISSING = {">=": -1, ">": 0, "<": 0}


def make() -> Decision:
    """The decision, ready to be timed: ``make()(prepare(answers))["result"]``.

    A decision that an engine's loader holds is compiled once: the fastest way that the package
    offers. Its batch call costs about the same per person, its async call more.
    """
    content = {KEY: graph(load_knowledge())}
    engine = zen.ZenEngine({"loader": {"type": "static", "content": content}})
    return partial(engine.evaluate, KEY)


def make_by_decision() -> Decision:
    """The same by ``create_decision``, the quickstart's way, with content compiled ahead.

    Several times slower than ``make`` in version 2.1.3, so a comparison with this one alone
    would flatter the other side.
    """
    content = zen.ZenDecisionContent(json.dumps(graph(load_knowledge())))
    return zen.ZenEngine().create_decision(content).evaluate


def prepare(answers: Mapping[str, Any]) -> dict[str, Any]:
    """One person's answers as the flat context of the decision. What is missing is left out:
    the engine reads that as null. Raises BadAnswers like ``rugkompas.assess``."""
    knowledge = load_knowledge()
    return {
        name: list(answer) if isinstance(answer, tuple) else answer
        for name, answer in person(answers, knowledge).given.items()
        if knowledge.questions[name].triage
    }


def fired(decision: Decision, answers: Mapping[str, Any]) -> list[str]:
    """Ids of all rows that fire, in the order of the table; C00 when no other does."""
    ids: list[str] = decision(prepare(answers))["result"]["fired"]
    return ids


def tier(decision: Decision, answers: Mapping[str, Any]) -> str:
    """The tier of the most urgent row that fires."""
    highest: str = decision(prepare(answers))["result"]["tier"]
    return highest


def check(decision: Decision, people: Iterable[Mapping[str, Any]]) -> None:
    """Raises AssertionError where the rows or the tier are not those that we give."""
    for place, answers in enumerate(people):
        ours = assess(answers).triage
        assert fired(decision, answers) == [row.id for row in ours.rules], f"rows of {place}"
        assert tier(decision, answers) == ours.urgency, f"tier of {place}"


def graph(knowledge: Knowledge) -> dict[str, Any]:
    """The JSON decision model: answers -> terms -> table -> outcome."""
    nodes = [
        {"id": "answers", "type": "inputNode", "name": "Answers"},
        _expressions("terms", terms(knowledge), passes_through=True),
        _table(knowledge),
        _expressions(
            "outcome",
            {"fired": f"fired ?? ['{NO_OTHER_ROW}']", "tier": f"tier ?? '{TIERS[0]}'"},
            passes_through=False,
        ),
        {"id": "triage", "type": "outputNode", "name": "Triage"},
    ]
    edges = [
        {"id": f"{here['id']}-{there['id']}", "sourceId": here["id"], "targetId": there["id"]}
        for here, there in pairwise(nodes)
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def _expressions(name: str, expressions: Mapping[str, str], *, passes_through: bool) -> Any:
    return {
        "id": name,
        "type": "expressionNode",
        "name": name,
        "content": {
            "passThrough": passes_through,
            "expressions": [
                {"id": key, "key": key, "value": value} for key, value in expressions.items()
            ],
        },
    }


def _table(knowledge: Knowledge) -> dict[str, Any]:
    rows = sorted(knowledge.red_flags.values(), key=lambda row: -TIERS.index(row.tier))
    return {
        "id": "rows",
        "type": "decisionTableNode",
        "name": "Red flags",
        "content": {
            "hitPolicy": "first",
            "inputs": [{"id": "condition", "name": "Condition"}],
            "outputs": [
                {"id": "id", "name": "Fired", "field": "fired[]"},
                {"id": "tier", "name": "Tier", "field": "tier"},
            ],
            "rules": [
                {
                    "_id": row.id,
                    "condition": translate(row.condition, knowledge),
                    "id": f"'{row.id}'",
                    "tier": f"'{row.tier}'",
                }
                for row in rows
                if row.id != NO_OTHER_ROW
            ],
        },
    }


def terms(knowledge: Knowledge) -> dict[str, str]:
    """Name -> expression, each after those that it uses, which stand under ``$`` there."""
    expressions = {
        name: _TERM.sub(r"$.\g<0>", translate(text, knowledge))
        for name, text in signed_terms.definitions(knowledge).items()
    }
    expressions |= {
        "DUR_MIN": "pain_duration_days ?? (pain_duration_class == '3_to_6_weeks' ? 21"
        " : pain_duration_class == '6_to_12_weeks' ? 42"
        " : pain_duration_class == 'gt_12_weeks' ? 84 : 0)",
        "DUR_MAX": "pain_duration_days ?? (pain_duration_class == 'lt_3_weeks' ? 20"
        " : pain_duration_class == '3_to_6_weeks' ? 41"
        " : pain_duration_class == '6_to_12_weeks' ? 83 : 99999)",
        "START_AGE": "onset_age_years ??"
        " (age_years == null ? null : age_years - $.DUR_MIN / 365.25)",
    }
    uses = {name: re.findall(r"\$\.(\w+)", text) for name, text in expressions.items()}
    return {name: expressions[name] for name in TopologicalSorter(uses).static_order()}


def translate(condition: str, knowledge: Knowledge) -> str:
    """A condition in the words of the dossier as an expression of the ZEN language."""
    text = " ".join(condition.split())
    if text.startswith("COUNT("):
        parts = text.removeprefix("COUNT(").removesuffix(")").split("; ")
        counted = ", ".join(f"{translate(part, knowledge)} ? 1 : 0" for part in parts)
        return f"sum([{counted}])"
    text = _COMPARISON.sub(lambda found: f"({_comparison(found, knowledge)})", text)
    return re.sub(r"\b(AND|OR|NOT)\b", lambda found: found[0].lower(), text)


def _comparison(found: re.Match[str], knowledge: Knowledge) -> str:
    name, missing, members, sign, value = found.groups()
    question = knowledge.questions.get(name)
    if missing:
        return f"{name} == null"
    if members:
        words = [f"'{word.strip()}'" for word in members.split(",")]
        if question is not None and question.kind == "set":
            return " or ".join(f"{word} in ({name} ?? [])" for word in words)
        return f"{name} in [{', '.join(words)}]"
    if sign == "=":
        return f"{name} == '{value}'"
    if name == "DUR":
        return f"{'DUR_MIN' if sign == '<' else 'DUR_MAX'} {sign} {value}"
    if question is None and name != "START_AGE":
        return f"{name} {sign} {value}"
    return f"({name} ?? {int(value) + _FALSE_WHEN_MISSING[sign]}) {sign} {value}"
