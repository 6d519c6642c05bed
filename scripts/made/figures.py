"""How common it is, and of whom a made-up population consists."""

from __future__ import annotations

from made.markdown import cited, table
from rugkompas.catalogue import Knowledge
from rugkompas.outputs.burden_data import claims_rows
from rugkompas.outputs.burden_frame import Told
from rugkompas.outputs.burden_report import in_order
from rugkompas.people.population import everything_drawn


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
