"""One person's assessment, from answers to everything that outputs may show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rugkompas.assess import factors as of_factors
from rugkompas.assess import options as of_options
from rugkompas.assess import triage as of_triage
from rugkompas.assess.course import Course, course, judged
from rugkompas.assess.factors import FactorState, factors
from rugkompas.assess.options import Options, options
from rugkompas.assess.outlook import Outlook, outlook
from rugkompas.assess.triage import Triage, triage
from rugkompas.catalogue import Knowledge, load
from rugkompas.people.person import Person, person


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that follows from one person's answers on one day.

    It always holds urgency, contact and safety net together; no part is made alone.
    """

    day: dt.date
    person: Person
    triage: Triage
    course: Course
    factors: tuple[FactorState, ...]
    outlook: Outlook
    knowledge: Knowledge
    _options: list[Options] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def options(self) -> Options:
        """What this person could do. Computed when first asked for: it costs more than the
        rest together, and an urgent result has none."""
        if not self._options:
            codes = judged(self.person, self.course.direction, self.knowledge)
            p = self.knowledge.parameters_on(self.day)
            urgency = self.triage.urgency
            found = options(self.person, codes, urgency, self.factors, self.knowledge, p)
            self._options.append(found)
        return self._options[0]


def assess(
    answers: Mapping[str, Any],
    *,
    on: dt.date | None = None,
    knowledge: Knowledge | None = None,
) -> Assessment:
    """Assess one person.

    answers: question id -> answer as in CONTRACT.md; what is left out was not asked.
    on: the local day for which it holds (default: today).
    Raises BadAnswers (a ValueError) that lists every answer that cannot be used, and
    LookupError when a parameter has no value on that day.
    """
    knowledge = knowledge or load()
    day = on or dt.date.today()
    p = knowledge.parameters_on(day)
    who = person(answers, knowledge)
    urgency = triage(who, knowledge, p)
    goes = course(who, urgency.urgency, day, knowledge, p)
    roles = factors(who, knowledge, p)
    return Assessment(
        day=day,
        person=who,
        triage=urgency,
        course=goes,
        factors=roles,
        outlook=outlook(who, goes.id, roles, knowledge, p),
        knowledge=knowledge,
    )


def prepare(knowledge: Knowledge, on: dt.date) -> None:
    """Read the rules of a day, so that the first person need not wait for that."""
    p = knowledge.parameters_on(on)
    for part in (of_triage, of_factors, of_options):
        knowledge.once(part.read_rules, p)
