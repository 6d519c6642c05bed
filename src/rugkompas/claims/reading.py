"""What a title says and takes back: the rules of the codebook on what patterns found.

The numbers of the tie rules are those of the codebook (docs/explanation/claims.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rugkompas.claims.language import SMALL_WORDS, STRIPPED
from rugkompas.claims.patterns import Hit, Look
from rugkompas.claims.text import Normal

REASONS = (
    "single_best_solution", "guaranteed_or_absolute_result", "instant_or_time_bound_cure",
    "universal_audience", "secret_or_shocking_hook", "one_cause_explanation",
    "fear_or_fragility", "product_push", "authority_bait", "unneeded_imaging_or_passive_cure",
)  # fmt: skip
"""The closed list of the codebook, in its order."""
ROLES = (
    "debunk", "irony", "study", "sober", "partial", "softener", "general_movement", "hype",
)  # fmt: skip
"""Roles that count for the whole title."""
AGAINST = ("debunk", "study", "irony")
"""Roles that take every reason back, in this order: it attacks the claim, it reports what was
found, or it does not mean it."""
SOLD = "product_push"
CHOSEN = ("single_best_solution", SOLD)
"""Reasons that fall away where somebody is helped to choose."""
WITH_STRONG = ("sober", "partial")
"""Roles that also count together with a reason."""
ENDS = ".?!:;|"
"""Where a part of a title ends; also a dash between spaces."""
NEAR = 14
"""Characters between a denial and what it denies: "not really the best", "geen enkele beste"."""
SHORT = 3
"""Words of a title that is hardly more than a name."""
TEASER_WORDS = 8
"""A teaser has at most so many words ..."""
UNKNOWN_WORDS = 0
"""... and so many that are neither small words nor part of a reason."""


@dataclass(slots=True)
class Reading:
    """scope: ``back``, ``posture``, ``pain``, ``teaser`` or ``none``. kept: reasons that
    stand. taken_back: how others fell away. features: what the model weighs."""

    scope: str
    kept: list[Hit] = field(default_factory=list)
    taken_back: dict[str, list[Hit]] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()
    topics: tuple[str, ...] = ()
    features: frozenset[str] = frozenset()


def read(look: Look, languages: Iterable[str]) -> Reading:
    """The rules, step by step: scope, what is taken back, what counts."""
    normal = look.normal
    scope = _scope(look)
    if scope == "none":
        return Reading("none")
    reasons = look.find("reason")
    if not scope and not _teases(normal, reasons, languages):
        return Reading("none")
    reading = Reading(scope or "teaser")
    reading.topics = tuple(dict.fromkeys(hit.pattern.mark for hit in look.find("topic")))
    # What argues against a claim is told of every title; other roles matter beside a reason.
    roles: dict[str, list[Hit]] = {}
    for hit in look.find("debunk") + (look.find("role") if reasons else []):
        roles.setdefault(hit.pattern.mark, []).append(hit)
    for hit in reasons:
        how = _taken_back(normal.text, hit, roles)
        if how:
            reading.taken_back.setdefault(how, []).append(hit)
        else:
            reading.kept.append(hit)
    reading.roles = frozenset(roles)
    reading.features = _features(normal, reading, roles)
    return reading


def _scope(look: Look) -> str:
    """Whether it is about backs (codebook, Scope); empty when only a teaser is possible. Out
    of scope is always "no"."""
    if look.has("scope_back"):
        return "back"
    if look.has("scope_posture"):
        return "posture"
    if look.has("scope_other"):
        return "none"
    if look.has("scope_pain"):
        return "pain"
    return "none" if len(look.normal.words) > TEASER_WORDS else ""


def _teases(normal: Normal, reasons: list[Hit], languages: Iterable[str]) -> bool:
    """A short title that holds something back and names no subject."""
    strong = {hit.pattern.mark for hit in reasons if hit.pattern.strength == "strong"}
    if not strong or SOLD in strong:
        return False
    known = frozenset().union(*(SMALL_WORDS[language] for language in languages))
    return _others(normal, reasons, known) <= UNKNOWN_WORDS


def _others(normal: Normal, reasons: list[Hit], known: frozenset[str]) -> int:
    """Words that are neither small words nor part of a reason: they name another subject."""
    at, count = 0, 0
    for word in normal.words:
        end = at + len(word)
        inside = any(hit.start < end and at < hit.end for hit in reasons)
        bare = word.strip(STRIPPED)
        if bare and not inside and bare not in known:
            count += 1
        at = end + 1
    return count


def _taken_back(text: str, hit: Hit, roles: dict[str, list[Hit]]) -> str:
    """Why a reason does not stand; empty when it does."""
    start, end = sentence(text, hit.start, hit.end)
    if _overlaps(hit, roles.get("general_movement", ())):
        return "general_movement"  # tie rule 10
    if any(
        not_.end <= hit.start and hit.start - not_.end <= NEAR and not_.start >= start
        for not_ in roles.get("negation", ())
    ):
        return "denied"
    for role in AGAINST:
        if any(found.pattern.strength == "strong" for found in roles.get(role, ())):
            return role  # tie rules 6, 7 and 8
    if not hit.pattern.in_question and (
        text[end : end + 1] == "?"
        or any(
            opens.start - start <= 1 and opens.start >= start for opens in roles.get("question", ())
        )
    ):
        return "asked"  # tie rule 1
    if hit.pattern.mark in CHOSEN and "choosing" in roles:
        return "choosing"
    if hit.pattern.softened and any(
        start <= soft.start < end for soft in roles.get("softener", ())
    ):
        return "softened"  # tie rule 4
    return ""


def _overlaps(hit: Hit, others: Iterable[Hit]) -> bool:
    return any(hit.start < other.end and other.start < hit.end for other in others)


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of a title around a stretch: up to a mark, a bar or a dash between spaces."""
    begin = start
    while begin > 0 and text[begin - 1] not in ENDS and text[begin - 3 : begin] != " - ":
        begin -= 1
    while begin < start and text[begin] in " \"'(":
        begin += 1
    last = end
    while last < len(text) and text[last] not in ENDS and text[last : last + 3] != " - ":
        last += 1
    return begin, last


def _features(normal: Normal, reading: Reading, roles: dict[str, list[Hit]]) -> frozenset[str]:
    """The names of what holds; each has one weight in the model."""
    found = {f"scope_{reading.scope}"}
    strong = {hit.pattern.mark for hit in reading.kept if hit.pattern.strength == "strong"}
    weak = {hit.pattern.mark for hit in reading.kept if hit.pattern.strength == "weak"}
    found |= strong | {f"{mark}_weak" for mark in weak - strong}
    if strong:
        found.add("any_strong")
    elif weak:
        found.add("any_weak")
    if len(strong) > 1:
        found.add("two_strong")
    if len(strong) > 2:
        found.add("three_strong")
    if len(weak - strong) > 1:
        found.add("two_weak")
    if not strong and len(weak) == 0:
        found.add("nothing")
    for role in ROLES:
        for hit in roles.get(role, ()):
            name = hit.pattern.name if role == "hype" else role
            found.add(name.replace(".", "_") + ("_weak" if hit.pattern.strength == "weak" else ""))
    if strong:
        for role in WITH_STRONG:
            if role in found:
                found.add(f"strong_and_{role}")
    found |= {f"taken_back_{how}" for how in reading.taken_back}
    if len(normal.words) <= SHORT:
        found.add("short")
    return frozenset(found)
