"""What can play a part, with its figures."""

from __future__ import annotations

from made.markdown import cited, code, table
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import Figure


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
