"""What can happen to an appointment. Each step is one transaction, or nothing.

No step looks whether a time is free before it takes it: the database refuses the second one.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from rugkompas.web.booking.busy import CalendarError, busy_in, joined
from rugkompas.web.booking.hours import GRID, Busy, Kind, Practice, Slot, cells, slots
from rugkompas.web.booking.models import STANDS, Appointment, Cell, Look, State
from rugkompas.web.booking.sealing import NotOpened, rotated

HOLD_MINUTES = 30
"""How long a time is kept for somebody who has not answered the mail."""
MOST_LIVE = 3
"""Appointments that one address can have at once."""
LOST_HOURS = 24
"""How long a request that nobody confirmed is kept: the mail may come late."""


class Taken(Exception):
    """Somebody else has that time, or it is no time of the practice."""


class TooMany(Exception):
    """This address has enough appointments."""


class Changed(Exception):
    """It was changed since it was shown; nothing was done."""


def free(
    practice: Practice,
    kind: Kind,
    days: list[dt.date],
    who: str = "",
    without: uuid.UUID | None = None,
) -> list[Slot]:
    """The free times on these days. without: the appointment that is moved does not count."""
    busy = taken(practice, kind.who, days, without)
    return sorted(slots(practice, kind, timezone.now(), days, busy, who))


def taken(
    practice: Practice, who: Iterable[str], days: list[dt.date], without: uuid.UUID | None = None
) -> dict[str, list[Busy]]:
    """When they are not free. Whose calendar cannot be read is left out, so gives no times."""
    if not days:
        return {}
    lapse()
    found: dict[str, list[Busy]] = {}
    first, last = min(days), max(days)
    edge = dt.timedelta(days=2)
    low = cells(dt.datetime.combine(first - edge, dt.time(), dt.UTC), GRID).start
    high = cells(dt.datetime.combine(last + edge, dt.time(), dt.UTC), GRID).start
    for id_ in who:
        try:
            times = [
                it
                for path in practice.people[id_].calendars
                for it in busy_in(path, practice.zone, first, last)
            ]
        except CalendarError:
            continue
        held = Cell.objects.filter(who=id_, number__range=(low, high))
        if without is not None:
            held = held.exclude(appointment=without)
        times += [_cell(number) for number in held.values_list("number", flat=True)]
        found[id_] = joined(times)
    return found


def hold(appointment: Appointment) -> None:
    """Keep the time for a while. Raises Taken or TooMany; then nothing is kept."""
    lapse()
    with transaction.atomic():
        live = (*STANDS, State.HELD)
        mine = Appointment.objects.filter(
            owner=appointment.owner, state__in=live, start__gt=timezone.now()
        )
        if mine.count() >= MOST_LIVE:
            raise TooMany
        appointment.held_until = timezone.now() + dt.timedelta(minutes=HOLD_MINUTES)
        appointment.save(force_insert=True)
        _take(appointment, appointment.who, appointment.start)


def confirm(appointment: Appointment) -> None:
    """The person answered the mail. Late is fine as long as the time is free. Raises Taken."""
    with _changing(appointment) as found:
        if found.state in STANDS:
            return
        if found.state not in (State.HELD, State.LAPSED) or found.start <= timezone.now():
            raise Taken
        if found.state == State.LAPSED:
            _take(found, found.who, found.start)
        found.state = State.BOOKED


def move(appointment: Appointment, slot: Slot) -> None:
    """To another time, in one step: the old one is only let go when the new one is ours.
    The practice looks at it anew. Raises Taken."""
    with _changing(appointment) as found:
        if found.state in (State.CANCELLED, State.DECLINED):
            raise Taken
        # First let go: a time that lies over the old one is its own.
        _cells(found).delete()
        _take(found, slot.who, slot.start)
        found.who, found.start, found.proposed = slot.who, slot.start, None
        found.reminded_at = None
        # Whoever can move it has the link from the mail, so has answered it.
        found.state = State.BOOKED


def end(appointment: Appointment, state: State, version: int | None = None) -> None:
    """Cancelled or declined: the time is free, and what was shared is gone at once."""
    with _changing(appointment, version) as found:
        _cells(found).delete()
        found.state, found.proposed, found.handover = state, None, None


def agree(appointment: Appointment, version: int) -> None:
    """The practice expects the person. Raises Changed."""
    with _changing(appointment, version) as found:
        if found.state not in STANDS:
            raise Changed
        found.state = State.AGREED


def propose(appointment: Appointment, start: dt.datetime, version: int) -> None:
    """Another time with the same practitioner; both are kept until the person chose. Raises
    Taken and Changed."""
    with _changing(appointment, version) as found:
        if found.state not in STANDS:
            raise Changed
        _drop_proposal(found)
        own = set(cells(found.start, found.minutes))
        _take(found, found.who, start, own)
        found.proposed = start


def answer(appointment: Appointment, accepted: bool) -> None:
    """The person takes the proposed time, or keeps the old one. Raises Changed."""
    with _changing(appointment) as found:
        if found.proposed is None:
            raise Changed
        if accepted:
            kept = cells(found.proposed, found.minutes)
            _cells(found).exclude(number__in=kept).delete()
            found.start, found.state = found.proposed, State.AGREED
        else:
            _drop_proposal(found)
        found.proposed = None


def unshare(appointment: Appointment) -> None:
    """Nothing is shared any more."""
    with _changing(appointment) as found:
        found.handover = None


def looked(appointment: uuid.UUID, who: str, what: str) -> None:
    """Write down that somebody looked. It comes before the looking: no line, no page."""
    Look.objects.create(appointment=appointment, who=who, what=what)


def lapse() -> None:
    """Times that nobody confirmed are free again."""
    late = Appointment.objects.filter(state=State.HELD, held_until__lt=timezone.now())
    if not late.exists():
        return
    with transaction.atomic():
        ids = list(_locked(late, skip=True).values_list("pk", flat=True))
        Cell.objects.filter(appointment__in=ids).delete()
        Appointment.objects.filter(pk__in=ids).update(state=State.LAPSED)


def tidy(keep_days: int) -> int:
    """Erase what is old, and seal the rest with the key of today. How many went.

    keep_days: after the day of an appointment.
    """
    lapse()
    now = timezone.now()
    old = Appointment.objects.filter(start__lt=now - dt.timedelta(days=keep_days))
    lost = Appointment.objects.filter(
        state=State.LAPSED, held_until__lt=now - dt.timedelta(hours=LOST_HOURS)
    )
    gone = 0
    for query in (old, lost):
        gone += query.count()
        query.delete()
    for each in Appointment.objects.all().iterator() if settings.SECRET_KEY_FALLBACKS else ():
        try:
            person = rotated(each.person)
            handover = rotated(each.handover) if each.handover else None
        except NotOpened:
            continue
        Appointment.objects.filter(pk=each.pk).update(person=person, handover=handover)
    return gone


def _cell(number: int) -> Busy:
    start = dt.datetime.fromtimestamp(number * 60 * GRID, dt.UTC)
    return start, start + dt.timedelta(minutes=GRID)


def _take(
    appointment: Appointment,
    who: str,
    start: dt.datetime,
    own: Iterable[int] = (),
) -> None:
    numbers = [it for it in cells(start, appointment.minutes) if it not in own]
    try:
        with transaction.atomic():
            # Always in order, so that two who want overlapping times never wait for each other.
            Cell.objects.bulk_create(
                Cell(who=who, number=number, appointment=appointment) for number in numbers
            )
    except IntegrityError:
        raise Taken from None


def _cells(found: Appointment) -> QuerySet[Cell]:
    return Cell.objects.filter(appointment=found)


def _drop_proposal(found: Appointment) -> None:
    _cells(found).exclude(number__in=cells(found.start, found.minutes)).delete()


@contextmanager
def _changing(appointment: Appointment, version: int | None = None) -> Iterator[Appointment]:
    """The row as it is now, locked; saved with a new version when the block ends well, and the
    given object made equal to it. Raises Changed when it is gone or is another version."""
    with transaction.atomic():
        found = _locked(Appointment.objects.filter(pk=appointment.pk)).first()
        if found is None or (version is not None and found.version != version):
            raise Changed
        yield found
        found.version += 1
        found.save()
    appointment.refresh_from_db()


def _locked(query: QuerySet[Appointment], skip: bool = False) -> QuerySet[Appointment]:
    """With the rows locked where the database can; SQLite lets one writer in at a time."""
    if connection.vendor == "postgresql":
        return query.select_for_update(skip_locked=skip)
    return query
