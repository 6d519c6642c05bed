"""Many responses at once: Bulk Data NDJSON in, coded people out, in batches.

A line that looks as we would write it is read straight into columns. Any other line, and any
line that may hold something twice or a modifier, goes through ``answers_from``: that is some
twenty times slower and decides what is refused and why. Both give the same people.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

import msgspec
import numpy as np
import polars as pl
from msgspec import UNSET, Raw, Struct, UnsetType

from rugkompas.catalogue import Knowledge
from rugkompas.fhir.answers import answers_from
from rugkompas.fhir.layout import NONE, Slot, repeats, slots
from rugkompas.fhir.names import INTAKE, OPTIONS, RECORD
from rugkompas.fhir.outcome import Issue, Refused
from rugkompas.fhir.subject import subject_of, to_patient
from rugkompas.people import columns
from rugkompas.people.files import FileError, json_value, text_of
from rugkompas.people.problems import Problem
from rugkompas.people.tables import Batch, Lines, Mark, Reject

LINES_AT_ONCE = 32_768
LONGEST_LINE = 2_000_000
"""Bytes of one response; real ones take some ten thousand."""
_GOOD = ("completed", "amended", "in-progress", "stopped")


class _Coding(Struct, forbid_unknown_fields=True):
    code: str
    system: str = ""
    display: Raw | UnsetType = UNSET
    version: Raw | UnsetType = UNSET


class _Answer(Struct, forbid_unknown_fields=True):
    valueCoding: _Coding | None = None  # noqa: N815
    valueInteger: int | None = None  # noqa: N815
    valueDecimal: int | float | None = None  # noqa: N815


class _Item(Struct, forbid_unknown_fields=True):
    linkId: str  # noqa: N815
    item: list[_Item] = []
    answer: list[_Answer] = []
    text: Raw | UnsetType = UNSET
    definition: Raw | UnsetType = UNSET


class _Identifier(Struct, forbid_unknown_fields=True):
    value: str = ""
    system: str = ""


class _Subject(Struct, forbid_unknown_fields=True):
    reference: str = ""
    type: str = ""
    display: str = ""


class _Response(Struct, forbid_unknown_fields=True):
    resourceType: str  # noqa: N815
    status: str
    item: list[_Item] = []
    id: str = ""
    questionnaire: str = ""
    identifier: _Identifier | None = None
    meta: Raw | UnsetType = UNSET
    language: Raw | UnsetType = UNSET
    text: Raw | UnsetType = UNSET
    subject: _Subject | None = None
    authored: Raw | UnsetType = UNSET
    author: Raw | UnsetType = UNSET
    source: Raw | UnsetType = UNSET
    encounter: Raw | UnsetType = UNSET


_DECODER = msgspec.json.Decoder(_Response)
_RAW = ("meta", "language", "text", "authored", "author", "source", "encounter")


class _NotPlain(Exception):
    """This line needs the careful way."""


class _Column:
    """One column of a batch: in which rows it has a value, and which. places: code -> the place
    of its word in words; of a set, the word itself."""

    __slots__ = ("form", "name", "places", "rows", "system", "values", "words")

    def __init__(self, slot: Slot) -> None:
        slow = slot.entry or slot.form == "text" or slot.system == OPTIONS or slot.own_words
        self.name = f"{slot.question}.{slot.key}" if slot.key else slot.link
        self.form = "slow" if slow else slot.form
        self.system = slot.system
        self.words = list(dict.fromkeys(slot.codes.values()))
        places = {code: self.words.index(word) for code, word in slot.codes.items()}
        self.places: dict[str, Any] = places if self.form == "code" else dict(slot.codes)
        self.rows: list[int] = []
        self.values: list[Any] = []

    def put(self, row: int, value: Any) -> None:
        """A value in our own words."""
        self.rows.append(row)
        self.values.append(self.words.index(value) if self.form == "code" else value)

    def series(self, height: int) -> pl.Series:
        """The column, empty where nothing was said."""
        if self.form == "code":
            places = np.full(height, -1, np.int64)
            places[self.rows] = self.values
            place = pl.Series(places).replace(-1, None)
            words = pl.Series(self.name, self.words, dtype=pl.Enum(self.words))
            return words.gather(place)
        if self.form in ("integer", "number"):
            numbers = np.full(height, np.nan)
            numbers[self.rows] = self.values
            return pl.Series(self.name, numbers).fill_nan(None)
        cells: list[Any] = [None] * height
        for row, value in zip(self.rows, self.values, strict=True):
            cells[row] = value
        lists = self.form == "codes" or (bool(self.values) and isinstance(self.values[0], list))
        return pl.Series(self.name, cells, dtype=pl.List(pl.String) if lists else pl.String)


class _Rows:
    """The people of one batch."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._by_link = {link: _Column(slot) for link, slot in slots(knowledge).items()}
        self._columns = {column.name: column for column in self._by_link.values()}
        self.ids: list[str] = []
        self.subjects: list[str] = []
        self.numbers: list[int] = []

    def add(self, line: bytes, number: int) -> None:
        """One line that is written as we write. Raises _NotPlain, and then nothing was added."""
        if b"odifierExtension" in line or b"implicitRules" in line or b"\\u" in line:
            raise _NotPlain
        try:
            response = _DECODER.decode(line)
        except (msgspec.DecodeError, RecursionError, ValueError):
            raise _NotPlain from None
        row = len(self.ids)
        name, names = _top(response)
        subject = response.subject
        try:
            whom = to_patient(subject.reference) if subject and subject.reference else ""
        except Refused:
            raise _NotPlain from None
        try:
            # Every name in the line was read once, so none stands twice in one object.
            if line.count(b'":') != names + self._walk(response.item, row):
                raise _NotPlain
        except _NotPlain:
            for column in self._by_link.values():
                while column.rows and column.rows[-1] == row:
                    column.rows.pop()
                    column.values.pop()
            raise
        self._known(name, whom, number)

    def _known(self, name: str, subject: str, number: int) -> None:
        self.ids.append(name or str(number))
        self.subjects.append(subject)
        self.numbers.append(number)

    def add_answers(self, answers: dict[str, Any], subject: str, number: int) -> None:
        """One person who was read the careful way."""
        row = len(self.ids)
        for name, value in _cells(answers, self._knowledge).items():
            if name not in self._columns:
                slot = Slot(name, name, "", "text", {}, "", {}, False)
                self._columns[name] = _Column(slot)
            self._columns[name].put(row, value)
        self._known(str(answers.get(columns.ID) or ""), subject, number)

    def _walk(self, items: list[_Item], row: int) -> int:
        """Take the answers in; returns how many names the items have."""
        by_link, names = self._by_link, 0
        for item in items:
            answers, link = item.answer, item.linkId
            names += 1 + (item.text is not UNSET) + (item.definition is not UNSET)
            if not answers:
                if not item.item or link in by_link:
                    raise _NotPlain
                names += 1 + self._walk(item.item, row)
                continue
            column = by_link.get(link)
            if column is None or item.item or (column.rows and column.rows[-1] == row):
                raise _NotPlain
            names += 1
            form = column.form
            if form == "code":
                coding = answers[0].valueCoding
                place = None if coding is None else column.places.get(coding.code)
                if place is None or len(answers) > 1:
                    raise _NotPlain
                names += _of_coding(coding, column.system)
                column.values.append(place)
            elif form == "integer" or form == "number":
                names += 1
                column.values.append(_one_number(answers))
            elif form == "codes":
                names += self._set(answers, column)
            else:
                raise _NotPlain
            column.rows.append(row)
        return names

    def _set(self, answers: list[_Answer], column: _Column) -> int:
        names, words = 0, []
        for answer in answers:
            word = (
                None if answer.valueCoding is None else column.places.get(answer.valueCoding.code)
            )
            if word is None:
                raise _NotPlain
            names += _of_coding(answer.valueCoding, column.system)
            words.append(word)
        if NONE in words and len(words) > 1:
            raise _NotPlain
        column.values.append([word for word in words if word != NONE])
        return names

    def batch(
        self,
        rejects: list[Reject],
        done: float | None,
        subjects: list[str] | None,
        after: Mark = (),
    ) -> Batch:
        """The people, coded, and the rejects among them."""
        height = len(self.ids)
        filled = [c.series(height) for c in self._columns.values() if c.rows]
        ids = pl.Series(columns.ID, self.ids, dtype=pl.String)
        coded = columns.code(pl.DataFrame([ids, *filled]), self._knowledge)
        for place, problems in coded.rejected.items():
            told = [replace(problem, where=_path(problem.where)) for problem in problems]
            rejects.append(Reject(self.numbers[place], self.ids[place], told))
        rejects.sort(key=lambda reject: reject.row)
        if subjects is not None:
            subjects[:] = [self.subjects[row] for row in coded.rows]
        return Batch(coded, rejects, done, after)


def _top(response: _Response) -> tuple[str, int]:
    """The id of the person, and how many names the top of the response has."""
    form, status, id_ = response.questionnaire, response.status, response.identifier
    right = form.partition("|")[0] in ("", INTAKE) and status in _GOOD
    if response.resourceType != "QuestionnaireResponse" or not right or not response.item:
        raise _NotPlain
    names = 3 + (form != "") + (response.id != "")
    for part in _RAW:
        value = getattr(response, part)
        if value is not UNSET:
            names += 1 + bytes(value).count(b'":')
    subject = response.subject
    if subject is not None:
        names += 1 + (subject.reference != "") + (subject.type != "") + (subject.display != "")
    if id_ is None:
        return response.id, names
    names += 1 + (id_.value != "") + (id_.system != "")
    return (id_.value if id_.system in (RECORD, "") else "") or response.id, names


def _of_coding(coding: _Coding | None, system: str) -> int:
    """How many names a coding has, with the one that holds it."""
    assert coding is not None
    if coding.system == system:
        return 3 + (coding.display is not UNSET) + (coding.version is not UNSET)
    if coding.system and coding.code != NONE:
        raise _NotPlain
    return 2 + (coding.system != "") + (coding.display is not UNSET) + (coding.version is not UNSET)


def _one_number(answers: list[_Answer]) -> int | float:
    answer = answers[0]
    value = answer.valueInteger if answer.valueInteger is not None else answer.valueDecimal
    if value is None or len(answers) > 1:
        raise _NotPlain
    return value


def read(
    stream: BinaryIO,
    knowledge: Knowledge,
    where: str,
    subjects: list[str] | None = None,
    after: Mark = (),
) -> Iterator[Batch]:
    """The people in an NDJSON of QuestionnaireResponses, in its order; rejects with the number
    of their line. Memory does not grow with the file.

    subjects: before each batch this list is filled anew with the reference to the patient of
    each of its people ("" where there is none). after: of the batch after which to go on.
    """
    source = Lines(stream, after, LONGEST_LINE)
    rows, rejects = _Rows(knowledge), list[Reject]()
    for number, line in source:
        if not line.strip():
            continue
        try:
            rows.add(line, number)
        except _NotPlain:
            found = _careful(line, number, knowledge, where)
            if isinstance(found, Reject):
                rejects.append(found)
            else:
                rows.add_answers(*found, number)
        if len(rows.ids) + len(rejects) >= LINES_AT_ONCE:
            done, place = source.so_far()
            yield rows.batch(rejects, done, subjects, place)
            rows, rejects = _Rows(knowledge), []
    done, place = source.so_far()
    yield rows.batch(rejects, done, subjects, place)


def _careful(
    line: bytes, number: int, knowledge: Knowledge, where: str
) -> tuple[dict[str, Any], str] | Reject:
    """Answers and patient of a line that is not plain, or why it cannot be used."""
    here = f"{where}:{number}"
    try:
        if len(line) > LONGEST_LINE:
            limit = {"limit": f"{LONGEST_LINE // 1_000_000} MB"}
            return Reject(number, None, [Problem("row_too_long", here, limit)])
        response = json_value(text_of(line, here).rstrip("\r\n"), here)
        return answers_from(response, knowledge).answers, subject_of(response)
    except FileError as error:
        return Reject(number, None, [error.problem])
    except Refused as error:
        return Reject(number, None, [_problem(issue) for issue in error.issues])


def _path(link: str) -> str:
    return f"QuestionnaireResponse.repeat(item).where(linkId = '{link}')"


def _problem(issue: Issue) -> Problem:
    return Problem(issue.kind, issue.path, issue.details)


def _cells(answers: dict[str, Any], knowledge: Knowledge) -> dict[str, Any]:
    """Answers as cells: parts of objects under their own name, own words as JSON."""
    row: dict[str, Any] = {}
    for id_, answer in answers.items():
        if id_ == columns.ID:
            continue
        question = knowledge.questions[id_]
        if question.kind == "group":
            row |= answer
        elif question.kind == "map" and not repeats(question):
            row |= {f"{id_}.{key}": word for key, word in answer.items()}
        elif repeats(question):
            row[id_] = json.dumps(answer)
        else:
            row[id_] = list(answer) if isinstance(answer, tuple) else answer
    return row
