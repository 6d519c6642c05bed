"""A diary in an account: as ``people.diary.Diary``, with sealed rows in place of a file's lines."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import msgspec
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from rugkompas.people.diary.book import Book, Conflict, DiaryError
from rugkompas.people.diary.entry import Deleted, Line, now
from rugkompas.web.accounts import consent, sealing, traces
from rugkompas.web.accounts.models import Account, DataKey, DiaryLine

MOST_LINES = 20_000
"""Of one diary: more than fifty years of days, and no way to fill the disk."""
WHERE = "account"
"""Where a problem is, for its sentence: there is no file to name."""
_decoder: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)
_encode = msgspec.json.Encoder().encode


class NoConsent(DiaryError):
    """Nothing may be written before somebody agreed to the text as it is now (hazard H-48)."""


class AccountDiary:
    """One person's diary. ``book`` is what it holds; ``version`` names exactly these lines."""

    def __init__(self, owner: Account) -> None:
        """Raises DiaryError when it cannot be opened; without lines it is empty."""
        self._owner = owner
        self._forget()
        self.refresh()

    @property
    def version(self) -> str:
        return self._sum.hexdigest()[:32]

    def refresh(self) -> None:
        """Reads it anew."""
        self._forget()
        held = DataKey.objects.filter(owner=self._owner).first()
        if held is not None:
            self._take(self._unwrapped(held))

    def add(self, *lines: Line, expected: str | None = None) -> int:
        """Write these records together; returns how many were new, once they are on the disk.

        A record that stands already, under its id, is not written again. expected: the
        ``version`` that the writer saw.
        Raises Conflict (nothing is written) when the diary is another version than expected, a
        day has an entry that the record does not replace, or the replaced version is no longer
        the newest; NoConsent when the owner did not agree to the text as it is now; DiaryError
        when it is full.
        """
        if not consent.has_given(self._owner, "diary"):
            raise NoConsent("diary_no_consent", WHERE)
        with self._writing() as key:
            self._expect(expected)
            new = self.book.fitting(lines)
            start = len(self.book.lines)
            if start + len(new) > MOST_LINES:
                raise DiaryError("diary_full", WHERE, limit=str(MOST_LINES))
            self._write(key, [(start + n, line) for n, line in enumerate(new)])
        self.refresh()
        return len(new)

    def delete(self, ids: Sequence[str], expected: str | None = None) -> int:
        """Take out these records with all their versions; returns how many lines went.

        A mark without content stays, so that sending an old submission again does not bring it
        back. The old bytes are overwritten.
        """
        with self._writing() as key:
            self._expect(expected)
            gone = self.book.with_versions(ids)
            at = now()
            for number, line in enumerate(self.book.lines):
                if line.id in gone:
                    mark = _encode(Deleted(id=line.id, written_at=at))
                    sealed = sealing.seal_line(key, self._owner.pk, number, mark)
                    self._rows().filter(number=number).update(sealed=sealed)
        self.refresh()
        if gone:
            traces.empty_log()
        return len(gone)

    def erase(self) -> bool:
        """Take away every line and the key, also from the database's own files; False: there
        was nothing."""
        with transaction.atomic():
            lines, _ = self._rows().delete()
            keys, _ = DataKey.objects.filter(owner=self._owner).delete()
        self._forget()
        if lines or keys:
            traces.wipe()
        return bool(lines or keys)

    def _rows(self) -> QuerySet[DiaryLine]:
        return DiaryLine.objects.filter(owner=self._owner)

    def _expect(self, expected: str | None) -> None:
        if expected is not None and expected != self.version:
            raise Conflict("diary_changed", WHERE)

    @contextmanager
    def _writing(self) -> Iterator[bytes]:
        """The key, with all lines read, while nobody else writes to this diary."""
        try:
            with transaction.atomic():
                # The account stands for the lock: it is there before the first line is.
                Account.objects.select_for_update().get(pk=self._owner.pk)
                key = self._key()
                self._forget()
                self._take(key)
                yield key
        except Account.DoesNotExist:
            raise DiaryError("diary_none", WHERE) from None
        except IntegrityError:
            self.refresh()
            raise Conflict("diary_changed", WHERE) from None

    def _key(self) -> bytes:
        held = DataKey.objects.filter(owner=self._owner).first()
        if held is not None:
            return self._unwrapped(held)
        key = sealing.new_key()
        DataKey.objects.create(owner=self._owner, wrapped=sealing.wrap(key, self._owner.pk))
        return key

    def _unwrapped(self, held: DataKey) -> bytes:
        try:
            return sealing.unwrap(bytes(held.wrapped), self._owner.pk)
        except sealing.NotOurs:
            raise DiaryError("diary_sealed", WHERE) from None

    def _forget(self) -> None:
        self.book = Book()
        self._sum = hashlib.sha256()

    def _take(self, key: bytes) -> None:
        found = self._rows().order_by("number").values_list("number", "record", "sealed")
        for place, (number, record, sealed) in enumerate(found):
            line = self._opened(key, number, bytes(sealed))
            if number != place or sealing.record_hash(key, line.id) != bytes(record):
                raise DiaryError("diary_sealed", WHERE)
            self.book.take(line)
            self._sum.update(bytes(sealed))

    def _opened(self, key: bytes, number: int, sealed: bytes) -> Line:
        try:
            return _decoder.decode(sealing.open_line(key, self._owner.pk, number, sealed))
        except (sealing.NotOurs, msgspec.DecodeError):
            raise DiaryError("diary_sealed", WHERE) from None

    def _write(self, key: bytes, lines: Sequence[tuple[int, Line]]) -> None:
        DiaryLine.objects.bulk_create(
            DiaryLine(
                owner=self._owner,
                number=number,
                record=sealing.record_hash(key, line.id),
                sealed=sealing.seal_line(key, self._owner.pk, number, _encode(line)),
            )
            for number, line in lines
        )
