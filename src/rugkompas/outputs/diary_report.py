"""The course in a diary, for reading: what one can do first, the moments, one's own line beside
the published band, the pattern. When an answer asks for a call, only that stands there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import rugkompas
from rugkompas.assess.follow_up import FollowUp, Moment
from rugkompas.assess.triage import ALWAYS_WATCH
from rugkompas.catalogue.schema import Citation, Point
from rugkompas.outputs import urgency
from rugkompas.outputs.frame import Frame
from rugkompas.outputs.parts import Band, BandPoint, Grid, Item, OwnPoint, Page, Section
from rugkompas.outputs.report import assembled, page_of

SHORTEST_CHART = 12
"""Weeks that the chart shows at least."""
_COURSE = ("kngf_2013_course", "nhg_lbp_2017")


def diary_data(found: FollowUp, language: str) -> dict[str, Any]:
    """The course for programs."""
    knowledge = found.assessment.knowledge
    (start_doing, start_pain), (now_doing, now_pain) = found.start, found.now
    return {
        "date": found.day.isoformat(),
        "entries": found.entries,
        "call_first": found.call_first,
        "urgency": found.tier,
        "triaged": found.triaged,
        "asks_triage": found.asks_triage,
        "direction": found.direction,
        "by_activities": found.by_activities,
        "by_pain": found.by_pain,
        "said": found.said,
        "start": {"activities": start_doing, "pain": start_pain},
        "now": {"activities": now_doing, "pain": now_pain},
        "began_on": found.began_on.isoformat() if found.began_on else None,
        "began_known": found.began_known,
        "moments": [
            {"weeks": m.weeks, "on": m.on.isoformat(), "state": m.state, "direction": m.direction}
            for m in found.moments
        ],
        "episodes": found.episodes,
        "flare_ups": found.flare_ups,
        "in_flare": found.in_flare,
        "pain_free_days": found.free_for,
        "trajectory": found.trajectory,
        "level": found.level,
        "weeks": [
            {
                "week": week.number + 1,
                "from": week.start.isoformat(),
                "pain": week.pain,
                "activities": week.activities,
                "days": week.entries,
            }
            for week in found.weeks
        ],
        "rugkompas": rugkompas.__version__,
        "knowledge": knowledge.version,
        "demonstration": not knowledge.release.signed_by,
        "language": language,
    }


def diary_report(found: FollowUp, language: str, *, commands: bool = True) -> Page:
    """The course of one diary, for reading. commands: for who keeps it in a terminal; otherwise
    on the site."""
    f = DiaryFrame(found, language, "" if commands else "_site")
    if found.call_first:
        return call_first(f)
    made = (_again(f), _how(f), _moments(f), _chart(f), _pattern(f), call(f))
    return page_of(f, f.say("title"), made)


def call_first(f: DiaryFrame) -> Page:
    """What stands there instead of anything else when an answer asks for a call."""
    later = Section(
        "diary_waits", f.say("urgent_section"), (f.say("urgent_text"), f.say("standing_text"))
    )
    sections = (urgency.why(f), later, urgency.safety_net(f))
    return assembled(f, f.say("urgent_title"), urgency.answer(f), sections)


class DiaryFrame(Frame):
    """A frame that also knows the diary."""

    def __init__(self, found: FollowUp, language: str, place: str = "") -> None:
        """place: the ending of sentences that differ by where the diary is kept."""
        super().__init__(found.assessment, language)
        self.found, self.place = found, place
        self.p = found.assessment.knowledge.parameters_on(found.day)

    def say(self, key: str, **values: object) -> str:
        """A sentence of words/<lang>/diary."""
        sentence = self.words.diary[key]
        return sentence.format(emergency_number=self.k.contacts["call_112"].phone, **values)

    def score(self, value: float | None) -> str:
        """A score in words, with one decimal."""
        return self.say("change_none") if value is None else self.voice.number(round(value, 1))

    def cited(self, parameter: str) -> list[Citation]:
        """On what a limit rests."""
        return self.k.parameters[parameter].values[-1].citations


def _again(f: DiaryFrame) -> Section | None:
    if f.found.asks_triage:
        return Section("again", f.say("again_title"), (f.say(f"again_text{f.place}"),))
    if not f.found.triaged:
        return Section("again", f.say("first_title"), (f.say("first_text"),))
    return None


def _how(f: DiaryFrame) -> Section:
    found = f.found
    paragraphs = [f.say(f"how_{found.direction}")]
    if found.direction == "unknown":
        paragraphs.append(f.say(_why_unknown(f)))
    paragraphs += [f.say("how_doing_first"), f.say("how_limit", points=f.p.psk_change)]
    citations = [*f.cited("psk_change"), *f.cited("pain_change")]
    return Section(
        "how", f.say("how_title"), tuple(paragraphs), facts=facts(f), rests=f.rests(citations)
    )


def _why_unknown(f: DiaryFrame) -> str:
    start, now = f.found.start[0], f.found.now[0]
    if start is None:
        return "how_no_activities"
    if now is not None and start < f.p.psk_baseline_floor:
        return "how_no_room"
    return "how_too_little"


def facts(f: DiaryFrame) -> tuple[tuple[str, str], ...]:
    """What changed since the start, and since when it is counted: rows of name and words."""
    found = f.found
    pain = f.say("change_and_word", change=_change(f, 1), word=f.say(f"pain_{found.by_pain}"))
    rows = [
        (f.say("fact_doing"), _change(f, 0)),
        (f.say("fact_pain"), pain),
        (f.say("fact_said"), f.voice(f"direction_{found.said}")),
        (f.say("fact_entries"), f.voice.number(found.entries)),
    ]
    if found.began_on:
        key = "began_known" if found.began_known else "began_first"
        rows.append((f.say("fact_began"), f.say(key, date=f.voice.date(found.began_on))))
    return tuple(rows)


def _change(f: DiaryFrame, which: int) -> str:
    start, now = f.found.start[which], f.found.now[which]
    if start is None:
        return f.say("change_none")
    if now is None:
        return f.say("change_start", start=f.score(start))
    return f.say("change", start=f.score(start), now=f.score(now))


def _moments(f: DiaryFrame) -> Section | None:
    if not f.found.moments:
        return None
    closing = []
    slow = [m for m in f.found.moments if m.weeks < 12 and m.direction == "unchanged"]
    citations = [Citation(source=id_, mark="seen") for id_ in _COURSE]
    if slow:
        percent = f.k.parameters["fine_later_percent"].values[-1]
        closing.append(f.say("fine_later", count=percent.value))
        citations += percent.citations
    if f.found.free_for:
        closing.append(f.say("free_month", days=f.found.free_for))
    return Section(
        "moments",
        f.say("moments_title"),
        (f.say("moments_text"),),
        items=tuple(_moment(f, moment) for moment in f.found.moments),
        closing=tuple(closing),
        rests=f.rests(citations),
    )


def _moment(f: DiaryFrame, moment: Moment) -> Item:
    title = f.say("moment_title", weeks=moment.weeks, date=f.voice.date(moment.on))
    if moment.state == "reached":
        was = f.say(f"moment_was_{moment.direction}")
        return Item(was, title, more=(f.say(f"moment_{moment.weeks}_{moment.direction}"),))
    key = f"moment_{moment.weeks}_{moment.state}"
    more = (f.say(key),) if key in f.words.diary else ()
    return Item(f.say(f"moment_{moment.state}"), title, more=more)


def _chart(f: DiaryFrame) -> Section:
    weeks = [week for week in f.found.weeks if week.pain is not None]
    if len(weeks) > 1:
        sentence = f.say(
            "chart_sentence", first=f.score(weeks[0].pain), last=f.score(weeks[-1].pain)
        )
    else:
        sentence = f.say("chart_one_week" if weeks else "chart_none")
    fact = f.k.expectations[_expectation(f)]
    about = f.say("chart_band" if fact.band else "chart_no_band")
    return Section(
        "chart",
        f.say("chart_title"),
        (sentence, about),
        band=_band(f) if weeks else None,
        grid=_grid(f) if weeks else None,
    )


def _expectation(f: DiaryFrame) -> str:
    """The published course for the length that the pain had when the diary began."""
    found = f.found
    if not found.began_known or found.began_on is None or not found.weeks:
        return "unknown"
    days = (found.weeks[0].start - found.began_on).days
    if days < f.p.days_6_weeks:
        return "acute"
    return "subacute" if days < f.p.days_12_weeks else "chronic"


def _band(f: DiaryFrame) -> Band:
    voice, fact = f.voice, f.k.expectations[_expectation(f)]
    own = tuple(
        OwnPoint(week.number + 0.5, week.pain * 10)
        for week in f.found.weeks
        if week.pain is not None
    )
    last = max(SHORTEST_CHART, len(f.found.weeks))
    points = tuple(_band_point(f, point, fact.band) for point in _until(fact.band, last))
    said = "; ".join(
        f.say("chart_week", week=int(point.week) + 1, score=voice.number(round(point.pain)))
        for point in own
    )
    moments = tuple(_on_axis(f, last))
    caption = f.say("chart_own")
    if moments:
        caption = f"{caption} {f.say('chart_moments')}"
    if points:
        description = f.say(
            "chart_description",
            weeks=said,
            low=voice.number(points[0].low),
            high=voice.number(points[0].high),
            low_end=voice.number(points[-1].low),
            high_end=voice.number(points[-1].high),
            last=points[-1].week,
        )
        caption = f"{caption} {voice('band_caption')}"
        if any(citation.mark == "recalled" for citation in fact.band_citations):
            caption = f"{caption} {voice('band_recalled')}"
    else:
        description = f.say("chart_description_own", weeks=said)
    return Band(
        title=f.say("chart_title"),
        description=description,
        caption=caption,
        axis=voice("band_axis"),
        weeks_axis=voice("band_weeks"),
        columns=(voice("band_when"), voice("band_mean"), voice("band_range")),
        points=points,
        rests=f.rests(fact.band_citations) if points else (),
        own=own,
        moments=moments,
    )


def _on_axis(f: DiaryFrame, last: int) -> Iterator[tuple[float, str]]:
    """The moments that fall within the weeks that are drawn."""
    start = f.found.weeks[0].start
    for moment in f.found.moments:
        week = (moment.on - start).days / 7
        if 0 <= week <= last:
            yield week, str(moment.weeks)


def _until(band: list[Point], last: int) -> list[Point]:
    """The band up to a week; where that lies between two moments, on the line between them."""
    kept = [point for point in band if point.week <= last]
    after = next((point for point in band if point.week > last), None)
    if not kept or after is None or kept[-1].week == last:
        return kept
    before = kept[-1]
    part = (last - before.week) / (after.week - before.week)

    def between(name: str) -> float:
        low, high = getattr(before, name), getattr(after, name)
        return float(round(low + part * (high - low), 1))

    drawn = Point(week=last, mean=between("mean"), low=between("low"), high=between("high"))
    return [*kept, drawn]


def _band_point(f: DiaryFrame, point: Point, band: list[Point]) -> BandPoint:
    voice = f.voice
    if point not in band:
        when = f.say("chart_drawn", week=point.week)
    else:
        when = voice("band_week", week=point.week) if point.week else voice("band_start")
    return BandPoint(
        week=point.week,
        mean=point.mean,
        low=point.low,
        high=point.high,
        when=when,
        mean_words=voice.number(point.mean),
        range_words=voice.range(point.low, point.high),
    )


def _grid(f: DiaryFrame) -> Grid:
    columns = tuple(f.say(f"grid_{name}") for name in ("week", "pain", "doing", "days"))
    rows = tuple(
        (
            f.say("grid_row", number=week.number + 1, date=f.voice.date(week.start)),
            f.score(week.pain),
            f.score(week.activities),
            f.voice.number(week.entries),
        )
        for week in f.found.weeks
    )
    return Grid(f.say("grid_title"), columns, rows, ())


def _pattern(f: DiaryFrame) -> Section:
    found = f.found
    paragraphs = [f.say(f"pattern_{found.trajectory}", weeks=f.p.trajectory_weeks)]
    if found.in_flare:
        paragraphs.append(f.say("flare_now"))
    if found.episodes > 1:
        paragraphs.append(f.say("recurrence"))
    facts = [(f.say("fact_pattern"), f.say(f"word_{found.trajectory}"))]
    if found.level:
        facts.append((f.say("fact_level"), f.say(f"level_{found.level}")))
    facts += [
        (f.say("fact_episodes"), f.voice.number(found.episodes)),
        (f.say("fact_flares"), f.voice.number(found.flare_ups)),
    ]
    citations = [*f.cited("trajectory_varies"), *f.cited("pain_free_month")]
    if found.flare_ups or found.in_flare:
        citations += f.cited("flare_rise")
    return Section(
        "pattern",
        f.say("pattern_title"),
        tuple(paragraphs),
        facts=tuple(facts),
        rests=f.rests(citations),
    )


def call(f: DiaryFrame) -> Section:
    """On every page: the signs to call for, that nobody reads along, and the crisis line."""
    signs = Item(
        title=f.voice("watch_now"),
        points=tuple(f.voice.clause(id_, "new_or_changed") for id_ in ALWAYS_WATCH),
        more=(f.say("crisis"), f.say(f"private{f.place}")),
    )
    return Section("call", f.say("call_title"), (f.say("call_text"),), items=(signs,))
