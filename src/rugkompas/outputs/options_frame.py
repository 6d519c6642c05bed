"""What every section about options needs: the options of one person, in their words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from rugkompas.assess import Assessment
from rugkompas.assess.course import judged
from rugkompas.assess.options import Options, Withheld
from rugkompas.catalogue.option_schema import Option
from rugkompas.logic import one
from rugkompas.logic.verbs import Questions
from rugkompas.outputs.frame import Cited, Frame
from rugkompas.outputs.sentences import emergency_number
from rugkompas.rules.person_facts import holds

CARE = "care_load"


class Catalogue(Cited):
    """The words of the options, for whoever it may be."""

    def say(self, key: str, **values: object) -> str:
        """A sentence of words/<lang>/options_report."""
        sentence = self.words.options_report[key]
        return sentence.format(emergency_number=emergency_number(self.k), **values)

    def label(self, option: str) -> str:
        """The name of an option."""
        return self.words.options[option].label

    def labels(self, options: Iterable[str]) -> tuple[str, ...]:
        """The names of options, in their order."""
        return tuple(map(self.label, options))

    def option(self, id_: str) -> Option:
        """The option with this id."""
        return self.k.options[id_]


class Choices(Frame, Catalogue):
    """A frame that also knows what this person could do, and what stands in the way.

    commands: also say which command shows more; a site has buttons for that.
    """

    def __init__(self, assessment: Assessment, language: str, *, commands: bool = True) -> None:
        super().__init__(assessment, language)
        self._commands = commands

    @cached_property
    def options(self) -> Options:
        """Computed once: every section reads them."""
        return self.a.options

    @cached_property
    def answers(self) -> Questions[one.Because]:
        """The answers as the rules read them."""
        codes = judged(self.a.person, self.a.course.direction, self.k)
        return one.answers_of(codes, self.k.codebook)

    @cached_property
    def present(self) -> frozenset[str]:
        """The factors that play a role here."""
        return frozenset(state.id for state in self.a.factors if state.state == "present")

    @cached_property
    def cares(self) -> bool:
        """This person cares for somebody at home."""
        return CARE in self.present

    @cached_property
    def after_doctor(self) -> bool:
        """A doctor looks first; options come after that."""
        return self.tier == "within_days"

    def command(self, key: str, **values: object) -> tuple[str, ...]:
        """How to see more on the command line; nothing for whoever reads it elsewhere."""
        return (self.say(key, **values),) if self._commands else ()

    def factors(self, ids: Iterable[str]) -> str:
        """Factors by name, on one line."""
        return "; ".join(self.words.factors[id_].label for id_ in ids)

    def facts(self, ids: Iterable[str]) -> str:
        """Person facts by name, on one line, as they stand inside a sentence."""
        return "; ".join(inside(self.words.person_facts[id_].label) for id_ in ids)

    def fact_holds(self, fact: str) -> bool:
        """The fact holds; False also when it is not known."""
        p = self.k.parameters_on(self.a.day)
        return bool(holds(self.answers, p, fact).value)

    def split(self, facts: Iterable[str]) -> tuple[list[str], list[str]]:
        """The facts that hold, and those that are not known."""
        known: tuple[list[str], list[str]] = ([], [])
        for fact in facts:
            known[0 if self.fact_holds(fact) else 1].append(fact)
        return known

    def withheld(self, id_: str) -> Withheld | None:
        """What stands in the way of an option; None when it is offered."""
        return next((gone for gone in self.options.not_offered if gone.id == id_), None)

    def withheld_facts(self, id_: str) -> tuple[str, ...]:
        """The person facts in the way of an option."""
        gone = self.withheld(id_)
        return gone.facts if gone else ()


def inside(label: str) -> str:
    """A label as it stands inside a sentence; an abbreviation keeps its capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
