"""How fast and to whom: all rows that fire, the highest wins, every reason is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from msgspec import Struct

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.parameters import Parameters
from rugkompas.catalogue.schema import TIERS, Basis, Mark, RedFlag, Tier
from rugkompas.logic import one
from rugkompas.logic.steps import Step, Steps, Walked
from rugkompas.logic.verbs import Questions
from rugkompas.people.person import Person
from rugkompas.rules import applies, clarify
from rugkompas.rules.red_flags import NO_OTHER_ROW, ROWS

RANK: Mapping[Tier, int] = {tier: rank for rank, tier in enumerate(TIERS)}
CATEGORIES = {"none": "nonspecific", "radicular": "radicular", "specific": "specific_suspected"}
_WEIGHT = {"none": 0, "radicular": 1, "specific": 2}
ALWAYS_WATCH = ("bladder_change", "bowel_change", "saddle_change")
"""Stand in every safety net, whatever was answered (invariant 18)."""


class FiredRow(Struct, frozen=True):
    """One row that fired: how fast, what it may point to, and on which answers it rests."""

    id: str
    urgency: Tier
    suspects: tuple[str, ...]
    because: tuple[str, ...]
    sources: tuple[str, ...]
    basis: Basis
    mark: Mark
    contact: str


class Watch(Struct, frozen=True):
    """If this answer becomes this value, the urgency rises to this tier."""

    question: str
    becomes: str | int
    urgency: Tier


@dataclass(frozen=True, slots=True)
class Triage:
    """The outcome of the triage table. ``missing`` are the emergency questions that hold an
    incomplete result at same_day; ``clarify`` names pairs of answers that contradict."""

    urgency: Tier
    complete: bool
    missing: tuple[str, ...]
    category: str
    rules: tuple[FiredRow, ...]
    contacts: tuple[str, ...]
    clarify: tuple[str, ...]
    safety_net: tuple[Watch, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The steps of the whole table. missing: of each emergency question (and the age), that it
    applies and was not answered. clarify: of each pair, that the two contradict each other."""

    steps: Steps
    rows: dict[str, Step]
    missing: dict[str, Step]
    clarify: dict[str, Step]


def triage(person: Person, knowledge: Knowledge, p: Parameters) -> Triage:
    """Run the whole table for one person, with every what-if for the safety net."""
    table = knowledge.once(read_rules, p)
    changes = _changes(person, knowledge, p)
    walked = Walked(table.steps, person.codes, [change[2:] for change in changes])
    own = [id_ for id_, row in table.rows.items() if walked.holds(row)] or [NO_OTHER_ROW]
    flags = [knowledge.red_flags[id_] for id_ in own]
    tier = highest(flag.tier for flag in flags)
    missing = tuple(id_ for id_, step in table.missing.items() if walked.holds(step))
    return Triage(
        urgency=tier,
        complete="S19" not in own,
        missing=missing,
        category=category(flags),
        rules=tuple(
            _fired(flag, table, walked, missing)
            for flag in sorted(flags, key=lambda flag: (-RANK[flag.tier], own.index(flag.id)))
        ),
        contacts=contacts(flags, tier, knowledge),
        clarify=tuple(pair for pair, step in table.clarify.items() if walked.holds(step)),
        safety_net=_safety_net(changes, table, walked, tier, knowledge),
    )


def read_rules(knowledge: Knowledge, p: Parameters) -> Table:
    """The table for these numbers; for ``Knowledge.once``."""
    steps = Steps()
    q = Questions(steps, knowledge.codebook)
    missing = {
        item: applies.where_it_applies(q, p, item, q[item].missing)
        for item in applies.EMERGENCY_ITEMS
    }
    return Table(
        steps=steps,
        rows={id_: row(q, p) for id_, row in ROWS.items()},
        missing={"age_years": q.age_years.missing, **missing},
        clarify=clarify.contradictions(q, p),
    )


def highest(tiers: Iterable[Tier]) -> Tier:
    """The most urgent of these tiers."""
    return max(tiers, key=RANK.__getitem__)


def category(flags: Iterable[RedFlag]) -> str:
    """The highest contribution among all fired rows; it never changes the tier."""
    return CATEGORIES[max((flag.category for flag in flags), key=_WEIGHT.__getitem__)]


def contacts(flags: Iterable[RedFlag], tier: Tier, knowledge: Knowledge) -> tuple[str, ...]:
    """Contacts of the rows of the winning tier, most urgent first, each once."""
    named = {flag.contact for flag in flags if flag.tier == tier}
    return tuple(sorted(named, key=lambda id_: knowledge.contacts[id_].rank))


def mark(flag: RedFlag) -> Mark:
    """The weakest honest word for a row: a choice, only recalled, or seen in a source."""
    if flag.basis == "choice":
        return "choice"
    return "seen" if any(c.mark == "seen" for c in flag.citations) else "recalled"


def _fired(flag: RedFlag, table: Table, walked: Walked, missing: tuple[str, ...]) -> FiredRow:
    if flag.id == "S19":
        because: Iterable[str] = missing
    elif flag.id == NO_OTHER_ROW:
        because = ()
    else:
        because = sorted(walked.because(table.rows[flag.id]))
    return FiredRow(
        id=flag.id,
        urgency=flag.tier,
        suspects=tuple(flag.suspects),
        because=tuple(because),
        sources=tuple(dict.fromkeys(citation.source for citation in flag.citations)),
        basis=flag.basis,
        mark=mark(flag),
        contact=flag.contact,
    )


Change = tuple[str, str | int, str, int]
"""A question, the answer that it might become, and the variable and code that then differ."""

_IMAGINABLE: dict[str, dict[str, tuple[Change, ...]]] = {}


def imaginable(knowledge: Knowledge) -> dict[str, tuple[Change, ...]]:
    """Per question, the answers that it could become, apart from who the person is.

    Kept per digest of the knowledge: it is the same for everyone.
    """
    if knowledge.digest not in _IMAGINABLE:
        changes: dict[str, tuple[Change, ...]] = {}
        for question in knowledge.questions.values():
            id_ = question.id
            if not (question.triage and question.can_change) or question.member_of:
                continue
            if question.kind in ("tri", "choice") and id_ != "pain_duration_class":
                variable = knowledge.codebook[id_]
                harmless = question.worse[0][0] if question.worse else ""
                changes[id_] = tuple(
                    (id_, word, id_, variable.code(word))
                    for word in variable.words
                    if word not in ("unknown", "prefer_not_to_say", harmless)
                )
            elif question.kind == "set":
                changes[id_] = tuple(
                    (id_, member, f"{id_}.{member}", 2) for member in question.values
                )
        _IMAGINABLE[knowledge.digest] = changes
    return _IMAGINABLE[knowledge.digest]


def _changes(person: Person, knowledge: Knowledge, p: Parameters) -> list[Change]:
    """The changes that make sense for this person: other than now, and asked of them."""
    codes = person.codes
    q = one.answers_of(codes, knowledge.codebook)
    changes = [
        change
        for question, possible in imaginable(knowledge).items()
        if _concerns(question, q, p)
        for change in possible
        if codes.get(change[2]) != change[3]
    ]
    if codes.get("pain_nrs", 0) < p.pain_severe:
        changes.append(("pain_nrs", p.pain_severe, "pain_nrs", p.pain_severe))
    days = codes.get("pain_duration_days")
    if days is not None:
        for milestone in (p.days_3_weeks, p.days_4_weeks, p.days_12_weeks):
            if days < milestone:
                changes.append(("pain_duration_days", milestone, "pain_duration_days", milestone))
    return changes


def _concerns(question: str, q: Questions[one.Because], p: Parameters) -> bool:
    asked_of = applies.APPLIES.get(question)
    return asked_of is None or bool(asked_of(q, p).value)


def _safety_net(
    changes: list[Change], table: Table, walked: Walked, tier: Tier, knowledge: Knowledge
) -> tuple[Watch, ...]:
    """Changes that raise the urgency, most urgent first, a milestone only once."""
    by_tier = dict.fromkeys(TIERS, 0)
    for id_, row in table.rows.items():
        by_tier[knowledge.red_flags[id_].tier] |= walked.bits(row)
    net: list[Watch] = []
    timed = False
    for place, (question, value, *_) in enumerate(changes, start=1):
        becomes = next((name for name in reversed(TIERS) if by_tier[name] >> place & 1), None)
        if becomes is None or RANK[becomes] <= RANK[tier]:
            continue
        if question == "pain_duration_days":
            if timed:
                continue
            timed = True
        net.append(Watch(question, value, becomes))
    standing = {watch.question for watch in net}
    net += [
        Watch(question, "new_or_changed", "emergency")
        for question in ALWAYS_WATCH
        if question not in standing
    ]
    questions = knowledge.questions
    return tuple(sorted(net, key=lambda w: (-RANK[w.urgency], questions[w.question].order)))
