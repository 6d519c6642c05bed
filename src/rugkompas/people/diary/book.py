"""What the records of a diary mean together: one entry a day, its earlier versions, episodes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec

from rugkompas.people.diary.entry import Deleted, Entry, Episode, Experiment, Kept, Line
from rugkompas.people.problems import Problem

L = TypeVar("L", Entry, Episode, Experiment)


class DiaryError(ValueError):
    """The diary cannot be used; ``problem`` says why."""

    def __init__(self, kind: str, where: str, **details: str) -> None:
        self.problem = Problem(kind, where, details)
        super().__init__(kind)


class Conflict(DiaryError):
    """Somebody else wrote first. theirs: what stands there now, for the person to choose."""

    def __init__(self, kind: str, where: str, theirs: Line | None = None) -> None:
        super().__init__(kind, where)
        self.theirs = theirs


class Book:
    """The records in the order in which they were written; the clock has no say in it."""

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        self.lines: list[Line] = []
        self._by_id: dict[str, Line] = {}
        self._heads: dict[tuple[type[Line], dt.date], str] = {}
        for line in lines:
            self.take(line)

    def take(self, line: Line) -> None:
        """The next record. A second one under the same id changes nothing."""
        self.lines.append(line)
        if line.id in self._by_id and not isinstance(line, Deleted):
            return
        self._by_id[line.id] = line
        if isinstance(line, Deleted):
            return
        replaced = self._by_id.get(line.replaces or "")
        if isinstance(replaced, Kept):
            key = (type(replaced), replaced.day)
            if self._heads.get(key) == replaced.id:
                del self._heads[key]
        self._heads[type(line), line.day] = line.id

    def of(self, id_: str) -> Line | None:
        """The record with this id."""
        return self._by_id.get(id_)

    @property
    def entries(self) -> list[Entry]:
        """The newest version of every day that has an entry, by day."""
        return self._newest(Entry)

    @property
    def episodes(self) -> list[Episode]:
        """The newest version of every episode, by day."""
        return self._newest(Episode)

    @property
    def experiments(self) -> list[Experiment]:
        """The newest version of every personal experiment, by its first day."""
        return self._newest(Experiment)

    def entry_on(self, day: dt.date) -> Entry | None:
        """What is written for a day."""
        found = self._by_id.get(self._heads.get((Entry, day), ""))
        return found if isinstance(found, Entry) else None

    def episode_on(self, day: dt.date) -> Episode | None:
        """The episode that a day belongs to."""
        return next((e for e in reversed(self.episodes) if e.day <= day), None)

    def earlier(self, line: Line) -> list[Line]:
        """The versions before this one, newest first."""
        found: list[Line] = []
        before = self._by_id.get(line.replaces or "")
        while before is not None and before not in found:
            found.append(before)
            before = self._by_id.get(before.replaces or "")
        return found

    def with_versions(self, ids: Iterable[str]) -> set[str]:
        """These ids and those of all their earlier and later versions."""
        chosen = {id_ for id_ in ids if not isinstance(self._by_id.get(id_), Deleted | None)}
        links = [(line.id, line.replaces) for line in self.lines if line.replaces]
        grown = True
        while grown:
            more = {end for link in links if chosen & set(link) for end in link if end}
            more = {id_ for id_ in more if not isinstance(self._by_id.get(id_), Deleted | None)}
            grown = not more <= chosen
            chosen |= more
        return chosen

    def fitting(self, lines: Sequence[Line]) -> list[Line]:
        """Those of these records that are new. Raises Conflict for what does not fit."""
        trial = Book()
        trial._by_id, trial._heads = dict(self._by_id), dict(self._heads)
        new = []
        for line in lines:
            if trial._is_known(line):
                continue
            trial._must_fit(line)
            trial.take(line)
            new.append(line)
        return new

    def _is_known(self, line: Line) -> bool:
        """Sent before. Under the same id with other content is a Conflict."""
        stands = self._by_id.get(line.id)
        if stands is None:
            return False
        if isinstance(stands, Deleted):
            return True
        if msgspec.structs.replace(line, written_at=stands.written_at) != stands:
            raise Conflict("diary_id_used", "id", stands)
        return True

    def _must_fit(self, line: Line) -> None:
        if isinstance(line, Deleted):
            return
        key = (type(line), line.day)
        if line.replaces is not None:
            old = self._by_id.get(line.replaces)
            is_newest = (
                isinstance(old, type(line))
                and self._heads.get((type(old), old.day)) == line.replaces
            )
            if not is_newest:
                raise Conflict("diary_replaced", line.day.isoformat(), self._newest_after(line))
        head = self._heads.get(key)
        if head is not None and head != line.replaces:
            raise Conflict("diary_day_taken", line.day.isoformat(), self._by_id[head])

    def _newest_after(self, line: Kept) -> Line | None:
        """What stands now where the writer thought an older version stood."""
        found = next((x for x in reversed(self.lines) if x.replaces == line.replaces), None)
        return found or self._by_id.get(self._heads.get((type(line), line.day), ""))

    def _newest(self, type_: type[L]) -> list[L]:
        found = [self._by_id[id_] for (kind, _), id_ in self._heads.items() if kind is type_]
        return sorted((x for x in found if isinstance(x, type_)), key=lambda x: x.day)
