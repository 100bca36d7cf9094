# Written by `cargo xtask schema`; not to be edited.
"""Everything that crosses the border, as the types of plain dicts.

Times in answers are RFC 3339 text (`Timestamp`), days ``YYYY-MM-DD`` (`LocalDate`). What you give may be an aware
`datetime` (`Instant`) or a `date` (`Day`) as well. A field that is not required may be left out or be None.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

Instant: TypeAlias = str | datetime
"""A moment as you give it: an aware `datetime`, or RFC 3339 text."""

Day: TypeAlias = str | date
"""A civil day as you give it: a `date`, or ``YYYY-MM-DD``."""

ActorId: TypeAlias = str

Busy: TypeAlias = Literal[
    "free",
    "busy",
    "tentative",
    "out_of_office",
]
"""Whether a calendar entry blocks time."""

CsvFieldKind: TypeAlias = Literal[
    "text",
    "number",
    "truth",
    "time",
    "start",
    "end",
]
"""What a cell is."""

CsvTimeFormat: TypeAlias = Literal[
    "iso",
    "month_first",
    "day_first",
    "unix_seconds",
    "unix_milliseconds",
]
"""How a time is written."""

DeviceId: TypeAlias = str

DeviceKind: TypeAlias = Literal[
    "strap",
    "watch",
    "ring",
    "phone",
    "scale",
    "sport_computer",
    "instrument",
    "manual",
    "unknown",
]
"""Kinds of devices."""

EstimateKind: TypeAlias = Literal[
    "quantity",
    "probability",
    "index",
]
"""Sorts of numbers."""

EstimateStatus: TypeAlias = Literal[
    "ok",
    "provisional",
    "insufficient_data",
    "stale",
    "masked",
    "out_of_range_input",
    "abstained",
]
"""Whether an estimate can be given."""

FeedbackKind: TypeAlias = Literal[
    "praise",
    "suggestion",
    "concern",
    "task_conflict",
    "relationship_conflict",
]
"""A kind of feedback."""

KeptValue: TypeAlias = Any
"""A value of a kept message."""

LearningMethod: TypeAlias = Literal[
    "course",
    "reading",
    "practice",
    "pair_work",
    "project",
    "mentoring",
    "other",
]
"""A way of learning."""

LocalDate: TypeAlias = str
"""civil day, YYYY-MM-DD"""

MethodId: TypeAlias = str

MetricId: TypeAlias = str

Purpose: TypeAlias = Literal[
    "own_use",
    "health",
    "work",
    "companion",
    "research",
    "upkeep",
]
"""What data is used for."""

RecordId: TypeAlias = str

Recording: TypeAlias = Literal[
    "automatic",
    "active",
    "manual",
]
"""How something was recorded."""

ReviewOutcome: TypeAlias = Literal[
    "approved",
    "changes_requested",
    "commented",
    "rejected",
]
"""What came of a review."""

SegmentHash: TypeAlias = str

Sex: TypeAlias = Literal[
    "female",
    "male",
    "other",
]
"""Sex as published formulas use it."""

SleepStage: TypeAlias = Literal[
    "unknown",
    "awake",
    "asleep",
    "out_of_bed",
    "light",
    "deep",
    "rem",
    "awake_in_bed",
    "in_bed",
]
"""Sleep stages, common to all sources (`adapters.md` §7)."""

SourceId: TypeAlias = str

Timestamp: TypeAlias = str
"""UTC instant, RFC 3339"""

ZoneId: TypeAlias = str


class AccessOptions(TypedDict):
    """Who asks, and what for."""

    actor: str
    """Who asks."""
    purpose: Purpose
    """What for."""


class ActivityView(TypedDict):
    """Movement of a day."""

    step_sources: list[ShareView]
    """Which source gave which share of the steps."""
    steps_by_hour: list[HourView]
    """Steps by local hour 0..=23; absent where nothing is known."""
    active_energy_kcal: NotRequired[float]
    """Active energy, kilocalories."""
    active_hours: NotRequired[int]
    """Hours with at least 250 steps."""
    active_min: NotRequired[float]
    """Minutes of moderate and vigorous activity, or exercise minutes."""
    distance_m: NotRequired[float]
    """Metres walked and run."""
    sedentary_min: NotRequired[float]
    """Minutes sitting."""
    steps: NotRequired[float]
    """Steps, resolved over sources; never summed over devices."""


class AlcoholConsumed(TypedDict):
    """Alcohol drunk."""

    consumed: bool
    """`false` states that there was none."""
    drinks: NotRequired[float | None]
    """Standard drinks (10 g of ethanol), 0..=100; absent when only the fact is known."""


class BandView(TypedDict):
    """A median and the ends of the 80 % interval on a day."""

    date: LocalDate
    """The day."""
    high: float
    """High end."""
    low: float
    """Low end."""
    value: float
    """Median."""


class CaffeineConsumed(TypedDict):
    """Caffeine taken."""

    amount_mg: float
    """Milligrams, 0..=5000."""


class CalendarEntry(TypedDict):
    """One occurrence of a calendar entry."""

    busy: Busy
    """Whether the entry blocks time."""
    end: Instant
    """End; UTC, at or after `start`."""
    start: Instant
    """Start; UTC. For an all-day entry the start of the day in the person's zone, else in UTC."""
    uid: str
    """The calendar's id of the entry, common to all occurrences of a series."""
    all_day_from: NotRequired[Day | None]
    """First day of an all-day entry."""
    all_day_until: NotRequired[Day | None]
    """Day after the last day of an all-day entry."""
    cancelled: NotRequired[bool | None]
    """The calendar has it as cancelled or the person declined."""
    categories: NotRequired[Sequence[str] | None]
    """Words the calendar files it under."""
    declined: NotRequired[bool | None]
    """Did the person decline? Absent where the calendar tells no answers."""
    declined_by: NotRequired[Sequence[str] | None]
    """Which of `people` declined, where the calendar tells answers."""
    occurrence: NotRequired[str | None]
    """Which occurrence: its original start, as the calendar writes it; absent for a single entry."""
    organised_by: NotRequired[str | None]
    """Who did, by the calendar's id, where it was somebody else."""
    organiser: NotRequired[bool | None]
    """Did the person organise it?"""
    others: NotRequired[int | None]
    """Other people invited, 0 when alone."""
    people: NotRequired[Sequence[str] | None]
    """Who else was invited, by the calendar's ids, where it tells."""
    title: NotRequired[str | None]
    """What it is called."""
    zone: NotRequired[str | None]
    """IANA zone the entry was written in, where it has one."""


class CalendarSynced(TypedDict):
    """What a sync came to."""

    calendars: int
    """Calendars read."""
    deleted: int
    """Records deleted."""
    full: bool
    """All was listed whole."""
    ignored: int
    """Read and not taken."""
    state: str
    """To keep for the next sync."""
    upserts: int
    """New or changed occurrences."""


class CalendarView(TypedDict):
    """Meetings of a day."""

    back_to_back: int
    """Meetings right after another."""
    meeting_h: float
    """Hours in meetings; what overlaps counts once."""
    meetings: int
    """Number of meetings."""
    planned: bool
    """Some of it is still ahead."""
    longest_focus_h: NotRequired[float]
    """Longest stretch of working hours (9 to 17) without a meeting; absent on a day off."""
    outside_share: NotRequired[float]
    """Share of meeting time outside working hours, 0..=1."""


class CheckFinished(TypedDict):
    """A machine checked what was made: a build, a test run, a deployment."""

    check: str
    """What was run."""
    passed: bool
    """Did it hold?"""
    author: NotRequired[str | None]
    """Whose work was checked."""
    duration_s: NotRequired[float | None]
    """How long it ran, seconds, ≥ 0."""
    project: NotRequired[str | None]
    """Project."""
    skills: NotRequired[Sequence[str] | None]
    """Skills the work took."""


class CheckInAnswered(TypedDict):
    """A check-in: answers on named scales at one moment."""

    instrument: str
    """The questionnaire or app: `pmsys`, `kss` …"""
    about: NotRequired[Day | None]
    """The day the answers are about, where it is not the day of answering."""
    note: NotRequired[str | None]
    """Free words of the person."""
    scales: NotRequired[Sequence[ScaleAnswer] | None]
    """The answers."""


class CheckInView(TypedDict):
    """An answer on a scale."""

    at: Timestamp
    """When."""
    instrument: str
    """Questionnaire or app."""
    max: float
    """Highest possible."""
    min: float
    """Lowest possible."""
    scale: str
    """Scale."""
    value: float
    """Answer."""
    higher_is_better: NotRequired[bool]
    """The high end is the better one."""


class ConsentGranted(TypedDict):
    """The person allows an actor a purpose."""

    actor: ActorId
    """Who may."""
    purpose: Purpose
    """What for."""
    until: NotRequired[Instant | None]
    """Until when; absent means until revoked."""


class ConsentRevoked(TypedDict):
    """The person takes a grant back."""

    actor: ActorId
    """Who no longer may."""
    purpose: NotRequired[Purpose | None]
    """What for; absent means everything."""


class Contribution(TypedDict):
    """One reason for an estimate."""

    amount: float
    """By how much it moved the value, in the estimate's unit."""
    feature: str
    """The input."""
    unit: str
    """UCUM unit of `baseline` and `now`."""
    baseline: NotRequired[float]
    """The person's usual value."""
    now: NotRequired[float]
    """The value now."""


class CorrectRequest(TypedDict):
    """What a record should have said."""

    record: str
    """The source's id of the record, or `event:<id>`."""
    replacement: EventBody
    """What it should have said."""
    source: str
    """Who said it."""
    reason: NotRequired[str | None]
    """Why, in words."""


class CsvFact(TypedDict):
    """An event kind, and where its fields come from."""

    kind: str
    """The event kind: `task.completed`, `health.caffeine_consumed` …"""
    fields: NotRequired[Sequence[CsvField] | None]
    """Its fields."""


class CsvField(TypedDict):
    """A field of an event."""

    field: str
    """The field's name in the event."""
    column: NotRequired[str | None]
    """Column it comes from; an empty cell leaves it out."""
    kind: NotRequired[CsvFieldKind | None]
    """What the cell is. Default: `text`."""
    multiply: NotRequired[float | None]
    """A number times this is in the event's unit. Default 1."""
    text: NotRequired[str | None]
    """The same text for every row; instead of `column`."""


class CsvMapping(TypedDict):
    """What the columns of a table mean. The table has a header; columns are named by it."""

    source: str
    """Who recorded the rows: the app or device, `my_scale`. The source of all records."""
    time: CsvTime
    """When: of a span its start."""
    end: NotRequired[CsvTime | None]
    """The end of the span a row is of; absent for moments."""
    fact: NotRequired[CsvFact | None]
    """The fact that a row is."""
    length_s: NotRequired[float | None]
    """Length of the span a row is of, seconds; instead of `end`."""
    metrics: NotRequired[Sequence[CsvMetric] | None]
    """Figures of a row."""
    record: NotRequired[str | None]
    """Column that holds the row's own id; a row with a known id revises it. Absent: the content is
    the id.
    """


class CsvMetric(TypedDict):
    """A figure: a column with values, and what they are of."""

    value: str
    """Column with the value. An empty cell says nothing."""
    add: NotRequired[float | None]
    """Added after multiplying. Default 0."""
    metric: NotRequired[str | None]
    """A metric of the catalogue, or one of your own with your source before a colon:
    `my_app:focus`.
    """
    metric_column: NotRequired[str | None]
    """Column with the metric, for tables with a row for each; instead of `metric`."""
    multiply: NotRequired[float | None]
    """The value times this is in the unit. Default 1."""
    single: NotRequired[bool | None]
    """Keep each value as a measurement of its own, with the row's id, instead of a sample of a
    series.
    """
    unit: NotRequired[str | None]
    """UCUM unit after `multiply` and `add`; metrics of the catalogue: the catalogue's, which is
    the default.
    """
    unit_column: NotRequired[str | None]
    """Column with the unit, checked against the catalogue's; instead of `unit`."""


class CsvTime(TypedDict):
    """A column with a time."""

    column: str
    """The column."""
    format: NotRequired[CsvTimeFormat | None]
    """How it is written. Default: `iso`."""
    zone: NotRequired[str | None]
    """IANA zone of times without one. Default: the zone handed in at the import."""


class CurveView(TypedDict):
    """A quantity over time."""

    name: str
    """What it is."""
    points: list[PointView]
    """Its points, in time order."""
    unit: str
    """UCUM unit."""


class DayView(TypedDict):
    """What is known of one civil day. What is absent is not known; it is not zero."""

    check_ins: list[CheckInView]
    """Answers on scales."""
    date: LocalDate
    """The day."""
    end: Timestamp
    """Its end: 23, 24 or 25 hours later, or as long as a flight made it."""
    loads: list[LoadView]
    """Training load of the day by rule; loads of different rules do not compare."""
    measurements: list[MeasurementView]
    """Single measurements: weight, VO2max …"""
    metrics: list[MetricView]
    """Every other metric of the day."""
    notes: list[NoteView]
    """Symptoms and medications noted."""
    sessions: list[SessionView]
    """Training sessions, in order."""
    start: Timestamp
    """Its first instant."""
    activity: NotRequired[ActivityView]
    """Steps and movement."""
    alcohol_drinks: NotRequired[float]
    """Alcohol noted, standard drinks; 0 where 'none' was noted."""
    caffeine_mg: NotRequired[float]
    """Caffeine noted, milligrams."""
    calendar: NotRequired[CalendarView]
    """Meetings."""
    energy: NotRequired[float]
    """Mean of the energy told, 0..=1."""
    heart: NotRequired[HeartView]
    """Heart rate."""
    hrv: NotRequired[HrvView]
    """Heart rate variability."""
    lived_offset_s: NotRequired[int]
    """Seconds east of UTC as the devices had it at the end of the day; on a journey not the
    zone's.
    """
    nap_min: NotRequired[float]
    """Minutes asleep in naps."""
    sleep: NotRequired[NightView]
    """The main sleep that ended on this day."""
    stress: NotRequired[float]
    """Highest stress noticed, 0..=1."""
    tasks: NotRequired[TasksView]
    """Tasks begun, finished, put off."""
    work: NotRequired[WorkView]
    """Work beside meetings and tasks, learning, working together."""
    zone: NotRequired[str]
    """IANA zone lived in, where known."""


class DaysView(TypedDict):
    """Days, oldest first; days of which nothing is known are left out."""

    days: list[DayView]
    """The days."""


class DeleteRequest(TypedDict):
    """A record to take back."""

    record: str
    """The source's id of the record, or `event:<id>`."""
    source: str
    """Who said it."""


class DeviceDescribed(TypedDict):
    """What is known of a device or source."""

    kind: DeviceKind
    """What kind of thing it is; decides whose samples win where devices overlap."""
    device: NotRequired[DeviceId | None]
    """The device; absent when the source is the device."""
    manufacturer: NotRequired[str | None]
    """Maker."""
    model: NotRequired[str | None]
    """Model."""
    software: NotRequired[str | None]
    """Software version."""


class DoneView(TypedDict):
    """The verb was done."""

    done: bool
    """Always true."""


class EnergyUpdated(TypedDict):
    """How much energy the person has."""

    energy: float
    """Energy, 0 (none) to 1 (full)."""
    by: NotRequired[str | None]
    """Who says so: `self`, a device, a reaction test."""


class Estimate(TypedDict):
    """A number with all that one needs to trust it, or not: unit, interval, confidence, reasons,
    gaps. Nothing here is a diagnosis.
    """

    confidence: float
    """Confidence, 0..=1."""
    coverage: float
    """Share of the input that was there, 0..=1."""
    kind: EstimateKind
    """What sort of number it is."""
    model: str
    """The model."""
    n_effective: float
    """Effective number of observations behind it."""
    prior_share: float
    """Share of it that comes from the population and not from the person, 0..=1."""
    status: EstimateStatus
    """Whether and why it can be given."""
    unit: str
    """UCUM unit."""
    version: str
    """The model's version."""
    as_of: NotRequired[Timestamp]
    """The newest input."""
    contributions: NotRequired[list[Contribution]]
    """What moved it, adding up to value minus baseline."""
    gaps: NotRequired[list[str]]
    """What was missing."""
    high: NotRequired[float]
    """High end of the 80 % interval."""
    low: NotRequired[float]
    """Low end of the 80 % interval."""
    value: NotRequired[float]
    """The value; absent where it cannot be given honestly."""


class EventBody(TypedDict):
    data: Any
    kind: str
    version: int


class Figure(TypedDict):
    """A figure that differs between two readings of a day."""

    name: str
    """Its path in a `DayView`; an item of a list is named by what it is about:
    `loads[edwards].load`.
    """
    after: NotRequired[float]
    """After; absent where it is not known any more."""
    before: NotRequired[float]
    """Before; absent where it was not known."""


class GrantRequest(TypedDict):
    """A grant to somebody."""

    actor: str
    """Who may read."""
    purpose: Purpose
    """What for."""
    until: NotRequired[Instant | None]
    """Until when; default: until it is revoked."""


class HeaderField(TypedDict):
    """A line of a header, or a field of a query."""

    name: str
    """Its name, in any case."""
    value: str
    """Its value."""


class HeartView(TypedDict):
    """Heart rate of a day, per minute."""

    covered_h: float
    """Hours with a value."""
    max_bpm: NotRequired[float]
    """Highest sample."""
    mean_bpm: NotRequired[float]
    """Mean, weighted by time."""
    min_bpm: NotRequired[float]
    """Lowest sample."""
    resting: NotRequired[Estimate]
    """Resting heart rate: of the night, else the source's own."""
    resting_method: NotRequired[str]
    """How the resting rate was found: `night_low`, or the source that states it."""


class HistoryRow(TypedDict):
    """A row of a history."""

    source: str
    """Who said it; in steps the sources joined by `+`."""
    start: Timestamp
    """Start; UTC."""
    value: float
    """The value; in steps the mean weighted by time, or the total of a cumulative metric."""
    end: NotRequired[Timestamp]
    """End; UTC; absent for an instant."""
    max: NotRequired[float]
    """Greatest value in a step."""
    method: NotRequired[str]
    """How it was measured."""
    min: NotRequired[float]
    """Least value in a step."""
    n: NotRequired[int]
    """Pieces in a step."""


class HistoryView(TypedDict):
    """A metric over time."""

    events: list[AnyEvent]
    """Facts of an event kind."""
    metric: str
    """What was asked for."""
    rows: list[HistoryRow]
    """Rows in order."""
    unit: str
    """UCUM unit of the values."""


class HourView(TypedDict):
    """One local hour."""

    hour: int
    """Local hour, 0..=23."""
    value: float
    """The amount."""


class HrvView(TypedDict):
    """Heart rate variability of a day, milliseconds."""

    method: str
    """How RMSSD was measured: `night`, `morning`, or `stated` by the source; values of different
    methods do not compare.
    """
    source: str
    """Who recorded it."""
    rmssd: NotRequired[Estimate]
    """RMSSD, where beats or a source give it."""
    sdnn_ms: NotRequired[float]
    """SDNN, where only that is known. Never compared with RMSSD."""
    sdnn_source: NotRequired[str]
    """Who stated the SDNN."""


class HttpAnswer(TypedDict):
    """What a server answered."""

    status: int
    """100..=599."""
    body: NotRequired[str | None]
    """The body as text."""
    headers: NotRequired[Sequence[HeaderField] | None]
    """At least `Location` and `Retry-After`, where the answer has them."""


class HttpAsk(TypedDict):
    """A request for the host to make."""

    body: str
    """The body."""
    headers: list[HeaderField]
    """Headers, without `Authorization`."""
    method: str
    """`PROPFIND` or `REPORT`."""
    url: str
    """Absolute; always of the scheme, host and port that were given."""


class ImportRequest(TypedDict):
    """How a file is read. Its bytes come beside the request, or from a path."""

    consent: NotRequired[bool | None]
    """Take the consent that an export of a twin holds; only the person may. Default: no."""
    mapping: NotRequired[str | None]
    """What the columns of a table mean, as JSON text (`csv_mapping`)."""
    name: NotRequired[str | None]
    """The file's name, as the answer shall call it; default: the path's last part, else `file`."""
    path: NotRequired[str | None]
    """A file of this machine, read piece by piece; not in a browser."""
    subject: NotRequired[str | None]
    """Read only this person of a file that holds several."""
    zone: NotRequired[str | None]
    """IANA zone of times that are written without one; default: the person's, else UTC."""


class ImportView(TypedDict):
    """What an import did. A stable form: `humantwin import --json` prints it."""

    duplicate_samples: int
    """Samples that were there already."""
    duplicates: int
    """Observations that were there already."""
    events: int
    """New events in the log."""
    interrupted: bool
    """The import was stopped; import the file again to go on."""
    observations: int
    """Observations read."""
    path: str
    """The file's name, as given."""
    refused: list[RefusedView]
    """What was refused, by reason."""
    samples: int
    """New samples."""
    warnings: list[Warning]
    """Oddities that lost nothing."""
    error: NotRequired[str]
    """Why the file could not be read, as `code: message`."""
    format: NotRequired[str]
    """The format found: `apple_health`, `fit`, `icalendar`, `fitbit_sleep` …"""


class ImportsView(TypedDict):
    """The imports so far."""

    imports: list[PastImportView]
    """Oldest first."""


class KeptField(TypedDict):
    """One field of a kept message."""

    name: str
    """The field's name."""
    value: KeptValue
    """Its value: a number, or the text of one of many numbers."""
    unit: NotRequired[str | None]
    """Its unit, as the source writes it."""


class Lap(TypedDict):
    """One lap of a workout."""

    end: Instant
    """End; UTC."""
    start: Instant
    """Start; UTC."""
    distance_m: NotRequired[float | None]
    """Distance, metres."""
    heart_rate_mean: NotRequired[float | None]
    """Mean heart rate, per minute."""


class LastView(TypedDict):
    """The newest value of a metric."""

    at: Timestamp
    """When."""
    metric: str
    """Metric."""
    source: str
    """Who."""
    value: float
    """Value."""
    unit: NotRequired[str]
    """UCUM unit, where the catalogue has one."""


class LearningCompleted(TypedDict):
    """Something was learnt: a course, a book, a session of practice."""

    method: LearningMethod
    """How."""
    duration_s: NotRequired[float | None]
    """Time spent, seconds, ≥ 0."""
    person: NotRequired[str | None]
    """Who."""
    score: NotRequired[float | None]
    """What came of it, 0..=1: share of right answers, mark."""
    skills: NotRequired[Sequence[str] | None]
    """What was learnt."""
    title: NotRequired[str | None]
    """What it is called."""


class LearningItemRequest(TypedDict):
    """Something that can be learnt."""

    hours: float
    """Hours it takes, ≥ 0."""
    name: str
    """Its name; each name once."""
    skill: str
    """The skill it is for."""
    due: NotRequired[Instant | None]
    """When it should be done."""
    needs: NotRequired[Sequence[str] | None]
    """Names of items that come before."""
    p_complete: NotRequired[float | None]
    """Probability that it is completed once begun, 0..=1; default: 1."""
    points: NotRequired[float | None]
    """Points it brings; default: all that is missing."""


class LeftOut(TypedDict):
    """Something that found no place."""

    name: str
    """What."""
    reason: str
    """Which rule holds it back."""


class LoadView(TypedDict):
    """A day's training load by one rule."""

    load: float
    """Sum of the day's sessions, in the rule's own points."""
    method: str
    """The rule: `banister_trimp`, `edwards`, `session_rpe`."""


class MaintainRequest(TypedDict):
    """How much to do."""

    steps: NotRequired[int | None]
    """At most about so many small steps of a few milliseconds; default: 100."""


class MaintainView(TypedDict):
    """What a round of upkeep did."""

    done: bool
    """Nothing is left to do."""
    folded: int
    """Days folded."""
    joined: int
    """Small segments of samples joined, so that they are read faster."""


class MeasurementRecorded(TypedDict):
    """One measurement of a metric at a moment or over a span: weight, resting heart rate, VO2max …"""

    metric: MetricId
    """A metric of the catalogue, or a vendor's own."""
    unit: str
    """UCUM unit; the catalogue's unit for catalogue metrics."""
    value: float
    """The value, in `unit`."""
    start: NotRequired[Instant | None]
    """Start of the span measured; absent for a moment."""


class MeasurementView(TypedDict):
    """A measurement."""

    at: Timestamp
    """When."""
    metric: str
    """Metric."""
    source: str
    """Who."""
    unit: str
    """UCUM unit."""
    value: float
    """Value."""


class MedicationTaken(TypedDict):
    """A medication taken."""

    name: str
    """The medication."""
    dose: NotRequired[float | None]
    """Amount in `unit`."""
    unit: NotRequired[str | None]
    """UCUM unit of the dose."""


class MeetingAttended(TypedDict):
    """A meeting that took place, as the calendar or the person tells. `at` is its end."""

    entry: CalendarEntry
    """The entry and, for a series, the occurrence."""
    quality: NotRequired[MeetingQuality | None]
    """How it went, where that is known."""


class MeetingPlanned(TypedDict):
    """A calendar entry still ahead. `at` is the moment the plan was made, never the meeting's own
    time.
    """

    entry: CalendarEntry
    """The entry and, for a series, the occurrence."""


class MeetingQuality(TypedDict):
    """How a meeting went."""

    agenda: NotRequired[bool | None]
    """An agenda was there before."""
    decisions: NotRequired[int | None]
    """Decisions and actions written down."""
    messages_sent: NotRequired[int | None]
    """Messages the person sent meanwhile."""
    on_time: NotRequired[bool | None]
    """It began on time."""
    speaking_gini: NotRequired[float | None]
    """How unequal the speaking times were, Gini coefficient 0..=1."""
    usefulness: NotRequired[float | None]
    """How useful the person found it, 0..=1."""


class MentoringSession(TypedDict):
    """Somebody helped somebody to learn."""

    duration_s: NotRequired[float | None]
    """How long, seconds, ≥ 0."""
    mentee: NotRequired[str | None]
    """Who learnt."""
    mentor: NotRequired[str | None]
    """Who taught."""
    rating: NotRequired[float | None]
    """How much it helped, 0..=1."""
    skill: NotRequired[str | None]
    """What."""


class MergeReport(TypedDict):
    """What a merge did."""

    earlier: int
    """Events that were there, and of which the other log knew earlier."""
    events: int
    """Events that were not there before."""
    samples: int
    """Samples of their series."""
    seen: int
    """Events of the other log."""


class MergeRequest(TypedDict):
    """Where the other log is: a twin's file of this machine, else packed bytes beside the request."""

    path: NotRequired[str | None]
    """A twin's file of this machine; not in a browser."""


class MessageKept(TypedDict):
    """A message of a source that has no form of its own here, kept word for word."""

    format: str
    """The format: `fit`, `apple_health` …"""
    message: str
    """The message's own name there."""
    fields: NotRequired[Sequence[KeptField] | None]
    """Its fields, in order."""


class MessageStyle(TypedDict):
    """How a message is written, as rates 0..=1 of its words."""

    adverbs: float
    """Adverbs."""
    articles: float
    """Articles."""
    auxiliary_verbs: float
    """Auxiliary verbs."""
    conjunctions: float
    """Conjunctions."""
    impersonal_pronouns: float
    """Impersonal pronouns."""
    negations: float
    """Negations."""
    personal_pronouns: float
    """Personal pronouns."""
    prepositions: float
    """Prepositions."""
    quantifiers: float
    """Quantifiers."""
    words: int
    """Words."""
    affect: NotRequired[float | None]
    """Affect, -1 (bad) to 1 (good)."""
    directness: NotRequired[float | None]
    """How direct, 0..=1."""
    formality: NotRequired[float | None]
    """How formal, 0..=1."""


class MetricView(TypedDict):
    """Any metric of a day."""

    flagged: int
    """Samples outside the plausible range."""
    max: float
    """Greatest."""
    metric: str
    """Metric."""
    min: float
    """Least."""
    samples: int
    """Samples of all sources."""
    sources: list[ShareView]
    """Sources, the one that gave most first."""
    mean: NotRequired[float]
    """Mean, weighted by time."""
    total: NotRequired[float]
    """Total of a cumulative metric."""
    unit: NotRequired[str]
    """UCUM unit, where the catalogue has one."""


class ModelUpdated(TypedDict):
    """A model was changed."""

    model: str
    """The model."""
    version: str
    """The version now."""
    before: NotRequired[str | None]
    """The version before."""
    reason: NotRequired[str | None]
    """Why."""


class ModelView(TypedDict):
    """A model."""

    health: bool
    """It speaks of health, and is therefore no diagnosis."""
    id: str
    """Stable id."""
    title: str
    """What it estimates."""
    version: str
    """Version; changes whenever the same input may give another answer."""


class ModelsView(TypedDict):
    """The models there are."""

    models: list[ModelView]
    """By id."""


class NamedEstimate(TypedDict):
    """An estimate with the name of what is estimated."""

    estimate: Estimate
    """The estimate."""
    name: str
    """What is estimated: `sleep_duration`, `resting_heart_rate`, `rmssd` …; of `baseline_z` what
    is usual, and with `_z` the distance from it.
    """


class NamedQuantity(TypedDict):
    """A figure with its name and UCUM unit."""

    name: str
    """The source's name of it."""
    unit: str
    """UCUM unit, or the source's word where it is none."""
    value: float
    """The figure."""


class NightView(TypedDict):
    """The main sleep of a day (`models-health` §4.2). Durations in minutes."""

    bed_known: bool
    """Going to bed was recorded."""
    end: Timestamp
    """End of the block."""
    estimate: Estimate
    """Total sleep time as an estimate."""
    in_bed_min: float
    """Time in bed."""
    midpoint_h: float
    """Local clock hour of the middle of the sleep, 0..24."""
    onset: Timestamp
    """Falling asleep."""
    source: str
    """Who recorded it."""
    start: Timestamp
    """Start of the block: in bed where known, else asleep."""
    wake: Timestamp
    """Last awakening."""
    asleep_min: NotRequired[float]
    """Total sleep time."""
    awakenings: NotRequired[int]
    """Awakenings of five minutes or more."""
    deep_min: NotRequired[float]
    """Deep sleep."""
    efficiency: NotRequired[float]
    """Time asleep over time in bed, 0..=1."""
    latency_min: NotRequired[float]
    """Time to fall asleep."""
    light_min: NotRequired[float]
    """Light sleep."""
    rem_min: NotRequired[float]
    """REM sleep."""
    waso_min: NotRequired[float]
    """Awake between falling asleep and the last awakening."""


class NoteView(TypedDict):
    """A note of the person."""

    at: Timestamp
    """When."""
    kind: str
    """`symptom`, `medication`, `caffeine` or `alcohol`."""
    text: str
    """In words."""
    amount: NotRequired[float]
    """Severity, dose or amount."""
    unit: NotRequired[str]
    """UCUM unit of the amount."""


class NothingRequest(TypedDict):
    """A verb without anything to say."""


class OpenOptions(TypedDict):
    """How an engine is opened."""

    node: NotRequired[int | None]
    """Names this device among those that write to one person's twin, the same at every opening;
    default: 1.
    """
    now: NotRequired[Instant | None]
    """The clock stands still at this moment: for tests, and to replay a past. Default: the host's
    clock.
    """
    path: NotRequired[str | None]
    """The twin's file, made when it is not there; default: in memory. Not in a browser."""
    read_only: NotRequired[bool | None]
    """Only to read a file that is there, beside a writer."""


class OpenTaskView(TypedDict):
    """A task begun and not finished."""

    delays: int
    """How often it was put off."""
    since: Timestamp
    """Since when."""
    task: str
    """The tool's id."""
    due: NotRequired[Timestamp]
    """When it is due."""


class PersonSkill(TypedDict):
    """Somebody's level in a skill."""

    level: float
    """The level, 0..=100."""
    skill: str
    """The skill."""


class PersonToTake(TypedDict):
    """Somebody who can take tasks."""

    hours: float
    """Hours they have, ≥ 0."""
    person: str
    """Who; each name once."""
    skills: NotRequired[Sequence[PersonSkill] | None]
    """What they can do."""


class PlanBlock(TypedDict):
    """A stretch of time for a task."""

    end: Timestamp
    """End."""
    start: Timestamp
    """Start."""
    task: str
    """The task."""


class PlanChangeSleepAt(TypedDict):
    """Sleep at these times in the nights that end on these days (of 1 and later)."""

    type: Literal["sleep_at"]
    bed: str
    """Going to sleep, `HH:MM`; after noon is the evening before."""
    wake: str
    """Waking, `HH:MM`."""
    days: NotRequired[Sequence[int] | None]
    """The days."""


class PlanChangeTrain(TypedDict):
    """A training session more."""

    type: Literal["train"]
    day: int
    """The day."""
    load: float
    """Its load, in the points of the person's other loads, ≥ 0."""


class PlanChangeSkipTraining(TypedDict):
    """The day's training is left out."""

    type: Literal["skip_training"]
    day: int
    """The day."""


class PlanChangeRestDay(TypedDict):
    """A day without any training."""

    type: Literal["rest_day"]
    day: int
    """The day."""


class PlanChangeCaffeine(TypedDict):
    """Caffeine."""

    type: Literal["caffeine"]
    amount_mg: float
    """Milligrams, ≥ 0."""
    at: str
    """When, `HH:MM`."""
    day: int
    """The day."""


class PlanChangeAlcohol(TypedDict):
    """Alcohol in the evening."""

    type: Literal["alcohol"]
    day: int
    """The day."""
    drinks: float
    """Standard drinks (10 g of ethanol), ≥ 0."""


class PlanChangeDayOff(TypedDict):
    """A day off: nobody has to get up."""

    type: Literal["day_off"]
    day: int
    """The day."""


class PlanChangeDropMeeting(TypedDict):
    """The meeting that is held at this time is dropped."""

    type: Literal["drop_meeting"]
    at: str
    """A time within it, `HH:MM`."""
    day: int
    """The day."""


class PlanChangeTakeTask(TypedDict):
    """One more task."""

    type: Literal["take_task"]
    day: int
    """From this day on."""
    estimate_h: float
    """Estimated hours, > 0."""


class PlanKindWeek(TypedDict):
    """The person's open tasks in the free working time of the coming days, where their energy is.
    Meetings, tasks with estimates, due dates and what they depend on are those the twin knows.
    """

    type: Literal["week"]
    current: NotRequired[Sequence[PlanBlock] | None]
    """What is planned so far: the new plan moves little of it without need."""
    days: NotRequired[int | None]
    """Days, today included, 1..=14; default: 5."""


class PlanKindLearningPath(TypedDict):
    """What to learn for the newest role that was stated, one item after the other."""

    type: Literal["learning_path"]
    hours: float
    """Hours there are in all, ≥ 0."""
    hours_per_week: float
    """Hours a week, > 0."""
    items: NotRequired[Sequence[LearningItemRequest] | None]
    """What can be learnt."""


class PlanKindTeam(TypedDict):
    """Teams of the people given: the most skills and chemistry with the least load."""

    type: Literal["team"]
    size: int
    """People in each."""
    most_of_unit: NotRequired[float | None]
    """Greatest share of one unit in a team, 0..=1."""
    needs: NotRequired[Sequence[TeamNeed] | None]
    """What each team needs."""
    people: NotRequired[Sequence[TeamCandidate] | None]
    """Who may be in a team."""
    teams: NotRequired[int | None]
    """Teams to make; default: 1."""


class PlanKindAssign(TypedDict):
    """Each task to one person: who succeeds most likely, has the time, and learns by it."""

    type: Literal["assign"]
    people: NotRequired[Sequence[PersonToTake] | None]
    """The people."""
    tasks: NotRequired[Sequence[TaskToGive] | None]
    """The tasks."""


class PlanKindBalance(TypedDict):
    """Tasks shared out so that the fullest person is as little full as can be, then the next."""

    type: Literal["balance"]
    people: NotRequired[Sequence[PersonToTake] | None]
    """The people."""
    tasks: NotRequired[Sequence[TaskToGive] | None]
    """The tasks."""


class PlanKindAllocate(TypedDict):
    """The most valuable projects that fit the weeks."""

    type: Literal["allocate"]
    capacity: NotRequired[Sequence[WeekHours] | None]
    """Hours there are in each week."""
    fits: NotRequired[float | None]
    """Probability with which every week has to fit, 0.5..1; default: 0.8."""
    projects: NotRequired[Sequence[ProjectRequest] | None]
    """The projects."""


class PlanRequest(TypedDict):
    """What to plan, and how long to search. The same request gives the same plan."""

    plan: PlanKind
    """What to plan."""
    at: NotRequired[Instant | None]
    """At this moment; default: now."""
    known_at: NotRequired[Instant | None]
    """As known at this moment; default: as known now."""
    seed: NotRequired[int | None]
    """Seed of the search; default: 1."""
    steps: NotRequired[int | None]
    """Steps of the search, 1..=10000000; default: 1000. More steps never give a worse plan."""


class PlanStep(TypedDict):
    """A step of a plan."""

    late: bool
    """It is done after it is due."""
    name: str
    """What: a task, an item, a project, a team."""
    done: NotRequired[Timestamp]
    """When it is done."""
    hours: NotRequired[float]
    """Hours it takes."""
    value: NotRequired[float]
    """What it is worth."""
    who: NotRequired[str]
    """Who."""


class PlanView(TypedDict):
    """A plan, and why it is so."""

    at: Timestamp
    """From which moment on."""
    blocks: list[PlanBlock]
    """Stretches of time, in order; of a plan of days."""
    bound: float
    """No plan is worth more; where less is better (the fullest person), no plan has less."""
    estimates: list[NamedEstimate]
    """Numbers of the plan with their intervals."""
    left_out: list[LeftOut]
    """What found no place, and which rule holds it back."""
    objective: float
    """What the plan is worth, in the points of its kind."""
    steps: list[PlanStep]
    """What is done, by whom, in which order."""
    words: list[str]
    """In plain words."""


class PointView(TypedDict):
    """A quantity at a moment."""

    at: Timestamp
    """When."""
    value: float
    """The value."""
    high: NotRequired[float]
    """High end of the 80 % interval."""
    low: NotRequired[float]
    """Low end of the 80 % interval."""


class PredictRequest(TypedDict):
    """Which prediction."""

    model: str
    """A model's id: see `models`."""
    at: NotRequired[Instant | None]
    """At this moment; default: now."""
    known_at: NotRequired[Instant | None]
    """As known at this moment; default: as known now."""


class PredictionMade(TypedDict):
    """A prediction was shown or used."""

    model: str
    """The model."""
    name: str
    """What was estimated."""
    version: str
    """Its version."""
    high: NotRequired[float | None]
    """High end of the 80 % interval."""
    low: NotRequired[float | None]
    """Low end of the 80 % interval."""
    unit: NotRequired[str | None]
    """UCUM unit."""
    value: NotRequired[float | None]
    """The value; absent where there was none."""


class PredictionView(TypedDict):
    """What a model says of the person. Nothing here is a diagnosis."""

    at: Timestamp
    """At which moment."""
    curves: list[CurveView]
    """What it says of the hours or days to come, or of those that were."""
    estimates: list[NamedEstimate]
    """What it says. An estimate without a value says by its status and `gaps` why."""
    model: str
    """The model's id."""
    spans: list[SpanView]
    """Stretches of time it names: peak windows, episodes."""
    title: str
    """What it estimates."""
    version: str
    """Its version."""
    words: list[str]
    """What it says in plain words."""


class ProfileStated(TypedDict):
    """Facts about the person; absent fields leave what is known as it is."""

    born: NotRequired[Day | None]
    """Date of birth."""
    heart_rate_max: NotRequired[float | None]
    """Measured highest heart rate, per minute."""
    height_m: NotRequired[float | None]
    """Height, metres, 0..=3."""
    sex: NotRequired[Sex | None]
    """Sex, where a published formula asks for it."""
    work_days: NotRequired[Sequence[int] | None]
    """Days of the week usually worked, Monday = 0 … Sunday = 6."""
    zone: NotRequired[ZoneId | None]
    """Usual zone."""


class ProjectRequest(TypedDict):
    """A project."""

    project: str
    """Its name."""
    value: float
    """What it is worth, ≥ 0."""
    demand: NotRequired[Sequence[WeekHours] | None]
    """Hours it needs in each week; weeks that are missing need none."""
    must: NotRequired[bool | None]
    """It must be done; default: no."""


class ReadyWindowView(TypedDict):
    """Ready-made windows of one name."""

    about: str
    """In words."""
    name: str
    """Their name."""


class ReadyWindowsView(TypedDict):
    """Ready-made windows."""

    windows: list[ReadyWindowView]
    """By name."""


class ReceiveRequest(TypedDict):
    """A delivery as the host received it; its body comes beside, not one byte changed."""

    secret: str
    """What was agreed with the service: the signing secret, the token, the client state."""
    service: str
    """Who is said to have sent it: `github`, `gitlab`, `jira`, `asana`, `slack`,
    `microsoft_graph`, `zoom`, `google_calendar`. The host knows by the path it was sent to.
    """
    event: NotRequired[str | None]
    """Name of the event, where the host knows it otherwise than by a header."""
    headers: NotRequired[Sequence[HeaderField] | None]
    """Headers as they came."""
    me: NotRequired[Sequence[str] | None]
    """Names of the twin's person in the service: logins, ids, addresses."""
    query: NotRequired[Sequence[HeaderField] | None]
    """Fields of the query, decoded."""
    zone: NotRequired[str | None]
    """IANA zone of times that are written without one; default: the person's, else UTC."""


class ReceivedView(TypedDict):
    """What the host has to answer, and what came of the delivery."""

    body: str
    """The answer's body."""
    duplicates: int
    """Facts that were there already: a delivery sent again."""
    events: int
    """Events written."""
    headers: list[HeaderField]
    """Further headers of the answer."""
    ignored: list[str]
    """Parts that are no facts about work, or could not be used, with why."""
    kind: str
    """What was delivered: `issues.opened` …; empty where that is not known."""
    status: int
    """Status of the answer."""
    content_type: NotRequired[str]
    """Type of the answer's body, where it has one."""
    delivery: NotRequired[str]
    """The sender's id of the delivery."""
    new_secret: NotRequired[str]
    """A secret that the service hands out once: keep it for the deliveries to come."""
    refused: NotRequired[str]
    """Why it is refused: `signature_wrong`, `timestamp_old` …"""
    verified: NotRequired[str]
    """What proved who sent it: `signature` or `token`."""


class RecordCorrected(TypedDict):
    """A record of a source was wrong; this is what it should have said."""

    record: RecordId
    """The record."""
    replacement: EventBody
    """What holds instead."""
    revision: int
    """Above the revision it replaces."""
    source: SourceId
    """Source of the record."""
    reason: NotRequired[str | None]
    """Why."""


class RecordDeleted(TypedDict):
    """A record of a source is no more."""

    record: RecordId
    """The record."""
    revision: int
    """The revision that is deleted; it and all below are gone."""
    source: SourceId
    """Source of the record."""


class RecordRequest(TypedDict):
    """Facts to record. All of them are written, or none."""

    events: NotRequired[Sequence[Event] | None]
    """The facts, each a CloudEvents object."""


class RecordedView(TypedDict):
    """What a write did."""

    duplicates: int
    """Facts or blocks that were there already."""
    events: int
    """New events in the log."""
    refused: int
    """Samples that were refused as impossible, with the first reason."""
    samples: int
    """New samples."""
    refused_example: NotRequired[str]
    """The first reason."""


class RefusedRecordView(TypedDict):
    """A record that was refused."""

    code: str
    """The stable word of the reason."""
    message: str
    """In words."""
    subject: str
    """What it was about."""


class RefusedRecordsView(TypedDict):
    """Records that were refused."""

    refused: list[RefusedRecordView]
    """Oldest first."""


class RefusedRequest(TypedDict):
    """How many to show."""

    limit: NotRequired[int | None]
    """At most so many; default: 100."""


class RefusedView(TypedDict):
    """How often something was refused."""

    code: str
    """The stable word of the reason."""
    count: int
    """How many records or samples."""
    example: str
    """The first one's message."""
    subject: str
    """What it was about."""


class ReportRequest(TypedDict):
    """How a report is made."""

    days: NotRequired[int | None]
    """Days back from the last one, 1..=3650; default: 90."""
    title: NotRequired[str | None]
    """What the page calls the person; default: their id."""
    until: NotRequired[Day | None]
    """The last day; default: today where something is known of it, else the newest day."""


class ReviewDone(TypedDict):
    """Somebody's work was reviewed."""

    item: str
    """What was reviewed."""
    outcome: ReviewOutcome
    """What came of it."""
    author: NotRequired[str | None]
    """Whose work."""
    comments: NotRequired[int | None]
    """Comments."""
    reviewer: NotRequired[str | None]
    """Who reviewed."""
    skills: NotRequired[Sequence[str] | None]
    """Skills the work took."""
    waited_s: NotRequired[float | None]
    """Time it waited for the review, seconds, ≥ 0."""


class RevokeRequest(TypedDict):
    """A grant to take back."""

    actor: str
    """Whose."""
    purpose: NotRequired[Purpose | None]
    """Which purpose; default: all."""


class RoleNeed(TypedDict):
    """One skill that a role asks for."""

    level: float
    """The level, 0..=100."""
    must: bool
    """It must be met."""
    skill: str
    """The skill."""
    importance: NotRequired[float | None]
    """How much it matters, > 0; 1 is usual."""


class RoleStated(TypedDict):
    """What a role asks for. The newest statement of a role holds."""

    role: str
    """The role."""
    needs: NotRequired[Sequence[RoleNeed] | None]
    """What it asks for."""


class ScaleAnswer(TypedDict):
    """One answer on a named scale."""

    max: float
    """Highest possible answer, above `min`."""
    min: float
    """Lowest possible answer."""
    scale: str
    """The scale: `readiness`, `fatigue`, `mood`, `stress`, `soreness`, `sleep_quality` …"""
    value: float
    """The answer, `min..=max`."""
    higher_is_better: NotRequired[bool | None]
    """The high end is the better one."""


class Scenario(TypedDict):
    """What to simulate: the changes of a plan, and how far ahead."""

    at: NotRequired[Instant | None]
    """From this moment on; default: now."""
    changes: NotRequired[Sequence[PlanChange] | None]
    """The changes; none shows how the days go as usual."""
    days: NotRequired[int | None]
    """Days ahead, 1..=60; default: 14."""
    draws: NotRequired[int | None]
    """Draws, 1..=5000; default: 200."""
    known_at: NotRequired[Instant | None]
    """As known at this moment; default: as known now."""
    seed: NotRequired[int | None]
    """Seed of the draws; the same seed gives the same answer. Default: 1."""


class SeriesWritten(TypedDict):
    """Samples were written: the event names an immutable, hashed column segment. `at` is the end
    of the last sample.
    """

    count: int
    """Number of samples; 0 for a tombstone."""
    end: Instant
    """End of the last sample; UTC."""
    metric: MetricId
    """What was measured."""
    segment: SegmentHash
    """The samples' hash."""
    start: Instant
    """Start of the first sample; UTC."""
    unit: str
    """UCUM unit of the values; the catalogue's unit for catalogue metrics."""
    replaces: NotRequired[bool | None]
    """Older samples of the same source and metric that start in `start..=end` are withdrawn."""


class SessionView(TypedDict):
    """A training session."""

    also: list[str]
    """The same session as recorded by others."""
    duration_min: float
    """Minutes."""
    end: Timestamp
    """End."""
    source: str
    """Who recorded it."""
    sport: str
    """Sport."""
    start: Timestamp
    """Start."""
    distance_m: NotRequired[float]
    """Metres."""
    energy_kcal: NotRequired[float]
    """Active energy, kilocalories."""
    heart_rate_mean: NotRequired[float]
    """Mean heart rate."""
    load: NotRequired[float]
    """Load."""
    load_method: NotRequired[str]
    """By which rule."""


class ShapeTumbling(TypedDict):
    """Spans of one length, side by side, counted from 1970 in UTC."""

    type: Literal["tumbling"]
    size_s: float
    """Length, seconds."""


class ShapeSliding(TypedDict):
    """Spans of one length that begin at every step."""

    type: Literal["sliding"]
    every_s: float
    """Step, seconds; at most the length."""
    size_s: float
    """Length, seconds."""


class ShapeSession(TypedDict):
    """As long as pauses stay shorter than the gap."""

    type: Literal["session"]
    gap_s: float
    """A pause of this length ends the window, seconds."""


class ShapeDay(TypedDict):
    """Civil days in the zone lived in."""

    type: Literal["day"]


class ShapeWeek(TypedDict):
    """Weeks from Monday."""

    type: Literal["week"]


class ShapeMonth(TypedDict):
    """Months."""

    type: Literal["month"]


class ShareView(TypedDict):
    """A source's share."""

    share: float
    """Its share, 0..=1."""
    source: str
    """The source."""


class SimulatedQuantity(TypedDict):
    """One quantity over the coming days."""

    changed: list[BandView]
    """Day by day under the changed plan."""
    difference: list[BandView]
    """Changed minus planned, draw by draw."""
    name: str
    """`energy`, `fatigue_9h`, `fatigue_15h`, `sleep_debt`, `fitness`, `fatigue_load`, `form`,
    `resting_hr_deviation`, `ln_rmssd_deviation`, `recovery`; of work `focus_hours` and
    `open_work`.
    """
    plan: list[BandView]
    """Day by day as planned."""
    unit: str
    """UCUM unit."""
    now: NotRequired[float]
    """Today's value, as far as it is known."""


class SkillAssessed(TypedDict):
    """How well somebody masters a skill, as a test, an assessor or a single answer shows."""

    skill: str
    """The skill."""
    by: NotRequired[str | None]
    """Who assessed; absent: unknown."""
    correct: NotRequired[bool | None]
    """Was one answer right? For tests that are told answer by answer."""
    item: NotRequired[str | None]
    """Which question was answered."""
    method: NotRequired[str | None]
    """How: `test`, `self`, `manager`, `peer` …"""
    person: NotRequired[str | None]
    """Whose."""
    score: NotRequired[float | None]
    """Level, 0 (nothing) to 100 (mastery)."""
    sd: NotRequired[float | None]
    """How sure that is: standard deviation in points."""


class SkillDescribed(TypedDict):
    """What a skill is and what it has to do with others."""

    skill: str
    """The skill."""
    hours: NotRequired[float | None]
    """Hours it usually takes to close a gap in it, > 0."""
    related: NotRequired[Sequence[str] | None]
    """Skills next to it."""
    requires: NotRequired[Sequence[str] | None]
    """Skills that have to be there before."""
    roles: NotRequired[Sequence[str] | None]
    """Roles and occupations that use it."""
    text: NotRequired[str | None]
    """In words."""


class SkillImproved(TypedDict):
    """A skill grew, as the person or a tool states it."""

    gain: float
    """Points gained, -100..=100."""
    skill: str
    """The skill."""
    cause: NotRequired[str | None]
    """What did it: `practice`, `course` …"""
    from_skill: NotRequired[str | None]
    """The skill it was carried over from, where knowledge of another one helped."""
    person: NotRequired[str | None]
    """Whose."""


class SleepRecorded(TypedDict):
    """One finished sleep episode. `at` is its end; it belongs to the day of waking."""

    end: Instant
    """Final awakening; UTC, after `start`."""
    start: Instant
    """Falling asleep, or going to bed where the source cannot tell; UTC."""
    asleep_min: NotRequired[float | None]
    """Minutes asleep as the source states them, 0..=1440; used only where there are no stages."""
    awake_min: NotRequired[float | None]
    """Minutes awake after sleep onset as the source states them, 0..=1440."""
    in_bed_end: NotRequired[Instant | None]
    """Leaving bed, where known; at or after `end`."""
    in_bed_start: NotRequired[Instant | None]
    """Going to bed, where known; at or before `start`."""
    nap: NotRequired[bool | None]
    """The source says this is a nap."""
    stages: NotRequired[Sequence[SleepStageSpan] | None]
    """Stages in time order, not overlapping; empty where the source gives none."""
    vendor_score: NotRequired[float | None]
    """The source's own sleep score, 0..=100; not comparable across sources."""


class SleepStageSpan(TypedDict):
    """A span of one sleep stage."""

    end: Instant
    """End; UTC, after `start`."""
    stage: SleepStage
    """The stage."""
    start: Instant
    """Start; UTC."""


class SourcePrioritySet(TypedDict):
    """Whose samples win where sources overlap, best first."""

    metric: NotRequired[MetricId | None]
    """The metric; absent for all."""
    order: NotRequired[Sequence[SourceId] | None]
    """Sources, best first; sources not named come after, in their usual order."""


class SpanView(TypedDict):
    """A stretch of time with a name."""

    end: Timestamp
    """End."""
    name: str
    """What it is: `peak_window`, `anomaly`, `stress_episode` …"""
    start: Timestamp
    """Start."""
    note: NotRequired[str]
    """In plain words."""
    probability: NotRequired[float]
    """How probable it is, 0..=1."""
    unit: NotRequired[str]
    """UCUM unit of the value."""
    value: NotRequired[float]
    """Its level, in `unit`."""


class StateRequest(TypedDict):
    """Which moment to look at."""

    at: NotRequired[Instant | None]
    """At this moment; default: now. Nothing that came after it is shown."""
    known_at: NotRequired[Instant | None]
    """As known at this moment; default: as known now."""


class StateView(TypedDict):
    """How the person is."""

    at: Timestamp
    """At which moment."""
    day: DayView
    """The day so far."""
    days: int
    """Days with anything in them, up to the moment."""
    last: list[LastView]
    """The newest measurement of each metric."""
    open_tasks: list[OpenTaskView]
    """Tasks begun and not finished."""
    twin: str
    """The person."""
    usual: list[UsualView]
    """What the day is compared with: the person's own past."""
    first: NotRequired[LocalDate]
    """First day with anything in it."""
    known_at: NotRequired[Timestamp]
    """As known at which moment, where asked for."""
    newest: NotRequired[LocalDate]
    """The newest day with anything in it, where `day` has nothing."""
    state_hash: NotRequired[str]
    """Hash of the whole state; absent for readings of the past."""
    zone: NotRequired[str]
    """IANA zone lived in."""


class StressDetected(TypedDict):
    """Stress was noticed, by the person or a device."""

    level: float
    """How strong, 0..=1."""
    by: NotRequired[str | None]
    """Who says so: `self`, a device."""
    cause: NotRequired[str | None]
    """What it comes from."""


class SymptomNoted(TypedDict):
    """A symptom, as the person notes it."""

    symptom: str
    """The symptom in words or as a code."""
    severity: NotRequired[float | None]
    """Severity, 0..=10."""
    start: NotRequired[Instant | None]
    """Since when."""


class SyncCalendarRequest(TypedDict):
    """One step of a sync: the first with `start`, each next with `machine` and the server's
    `answer`.
    """

    answer: NotRequired[HttpAnswer | None]
    """What the server answered to the step's request."""
    machine: NotRequired[str | None]
    """What the step before gave."""
    start: NotRequired[CalendarStart | None]
    """Begins a sync."""


class SyncCalendarView(TypedDict):
    """What the host has to do next."""

    events: int
    """Events written by this step."""
    done: NotRequired[CalendarSynced]
    """What it came to, when all is read."""
    machine: NotRequired[str]
    """Hand this back with the answer; absent when all is read."""
    request: NotRequired[HttpAsk]
    """Ask this; absent when all is read. The host adds `Authorization` and does not follow
    redirects.
    """
    wait_s: NotRequired[float]
    """The server wants to be asked later: so many seconds, 0 where it does not say."""


class TaskAbout(TypedDict):
    """What is known of a task besides its name."""

    assignee: NotRequired[str | None]
    """Who does it."""
    complexity: NotRequired[float | None]
    """How hard it is by its nature, 0..=1."""
    estimate_s: NotRequired[float | None]
    """How long it was expected to take, seconds, ≥ 0."""
    kind: NotRequired[str | None]
    """Kind of work: `bug`, `feature`, `report` …"""
    priority: NotRequired[str | None]
    """Priority, in the tool's words."""
    project: NotRequired[str | None]
    """Project."""
    requester: NotRequired[str | None]
    """Who asked for it."""
    skills: NotRequired[Sequence[str] | None]
    """Skills it takes."""
    subkind: NotRequired[str | None]
    """A finer kind."""


class TaskDelayed(TypedDict):
    """A task was put off."""

    task: str
    """The tool's id of the task."""
    due: NotRequired[Instant | None]
    """The new date."""
    reason: NotRequired[str | None]
    """Why."""


class TaskPlanned(TypedDict):
    """A task that is to be done. `at` is the moment that was decided."""

    task: str
    """The tool's id of the task."""
    about: NotRequired[TaskAbout | None]
    """What is known of it."""
    depends_on: NotRequired[Sequence[str] | None]
    """Tasks that have to be finished before."""
    due: NotRequired[Instant | None]
    """When it is due."""
    title: NotRequired[str | None]
    """What it is called."""
    value: NotRequired[float | None]
    """What it is worth beside other tasks, > 0; 1 is usual."""


class TaskReopened(TypedDict):
    """A finished task came back."""

    task: str
    """The tool's id of the task."""
    reason: NotRequired[str | None]
    """Why."""


class TaskStarted(TypedDict):
    """Work on a task began."""

    task: str
    """The tool's id of the task."""
    about: NotRequired[TaskAbout | None]
    """What is known of it."""
    due: NotRequired[Instant | None]
    """When it is due."""
    estimate_s: NotRequired[float | None]
    """How long the person expects it to take, seconds, ≥ 0."""
    title: NotRequired[str | None]
    """What it is called."""


class TaskToGive(TypedDict):
    """A task that somebody has to take."""

    hours: float
    """Hours it will take, ≥ 0."""
    task: str
    """Its name; each name once."""
    able: NotRequired[Sequence[str] | None]
    """Who is able to do it; empty for everyone."""
    now: NotRequired[str | None]
    """Who does it now."""
    skills: NotRequired[Sequence[PersonSkill] | None]
    """Skills it takes."""
    value: NotRequired[float | None]
    """What it is worth, > 0; default: 1."""


class TasksView(TypedDict):
    """Tasks of a day."""

    completed: int
    """Finished."""
    delayed: int
    """Put off."""
    started: int
    """Begun."""
    completed_h: NotRequired[float]
    """Hours spent on finished tasks, where told."""


class TeamCandidate(TypedDict):
    """Somebody who may be in a team."""

    person: str
    """Who; each name once."""
    load: NotRequired[float | None]
    """Load over capacity, ≥ 0."""
    must: NotRequired[bool | None]
    """Must be in a team; default: no."""
    skills: NotRequired[Sequence[PersonSkill] | None]
    """What they can do."""
    ties: NotRequired[Sequence[TeamTie] | None]
    """Others with whom they go well, each with a tie of 0..=1."""
    unit: NotRequired[str | None]
    """Their unit."""


class TeamChanged(TypedDict):
    """Somebody came into the team or left it."""

    joined: bool
    """Came (or left)."""
    person: NotRequired[str | None]
    """Who; absent: the person of the twin."""
    unit: NotRequired[str | None]
    """The unit."""


class TeamNeed(TypedDict):
    """A skill that a team needs."""

    level: float
    """The level, ≥ 0."""
    skill: str
    """The skill."""


class TeamTie(TypedDict):
    """A tie."""

    person: str
    """With whom."""
    tie: float
    """How strong, 0..=1."""


class TimeTracked(TypedDict):
    """Time was spent on something: a time sheet, an editor, a timer. `at` is the end."""

    end: Instant
    """End, at or after `start`."""
    start: Instant
    """Start."""
    activity: NotRequired[str | None]
    """What was done: `coding`, `writing`, `meeting` …"""
    interruptions: NotRequired[int | None]
    """How often it was interrupted."""
    project: NotRequired[str | None]
    """The project."""
    task: NotRequired[str | None]
    """The task."""


class TrailingView(TypedDict):
    """A mean over the last windows."""

    known: int
    """How many of them are known."""
    windows: int
    """How many windows it looks back on, this one included."""
    mean: NotRequired[float]
    """Their mean; absent where less than half of them are known."""


class TwinCreated(TypedDict):
    """A twin was made."""

    product: NotRequired[str | None]
    """By which product."""


class UsualView(TypedDict):
    """A quantity against the person's own past. Says 'unusual for you', never more."""

    date: LocalDate
    """The day the value is of."""
    name: str
    """`sleep_duration`, `resting_heart_rate`, `ln_rmssd`, `ln_rmssd_7_days`, `hrv_sdnn`, `steps`."""
    unit: str
    """UCUM unit of the value."""
    usual: Estimate
    """The usual value, with the interval of that estimate."""
    z: Estimate
    """Distance in usual spreads."""
    flag: NotRequired[int]
    """1 above the usual range, -1 below, 0 within; of `ln_rmssd_7_days` by the smallest worthwhile
    change.
    """
    range_high: NotRequired[float]
    """High end of it."""
    range_low: NotRequired[float]
    """Low end of where 80 % of the person's usual days lie."""
    value: NotRequired[float]
    """The value."""


class VerifyView(TypedDict):
    """What a verification found."""

    events: int
    """Events in the log."""
    findings: list[str]
    """What is not as it should be, a line each."""
    ok: bool
    """Is all as it should be?"""
    state_hash: str
    """Hash of the whole state; equal facts give equal hashes."""


class Warning(TypedDict):
    """Something odd that lost nothing."""

    code: str
    """Short stable word: `file_crc`, `zone_inferred`, `salvaged` …"""
    message: str
    """A sentence for people."""


class WatchChange(TypedDict):
    """A figure that changed."""

    end: Timestamp
    """End of the day or window."""
    name: str
    """The figure, or the windows' name."""
    revision: int
    """Which version of the day or window this is."""
    start: Timestamp
    """Start of the day or window."""
    after: NotRequired[float]
    """After; absent where nothing is known any more."""
    before: NotRequired[float]
    """Before; absent where nothing was known."""


class WatchDays(TypedDict):
    """Figures of the last days, today among them."""

    type: Literal["days"]
    last: int
    """How many days back; 1 for today alone."""
    figure: NotRequired[str | None]
    """A figure as `why` understands it; default: all."""


class WatchWindows(TypedDict):
    """Windows, ready-made or of a metric."""

    type: Literal["windows"]
    query: WindowsRequest
    """Which."""


class WatchView(TypedDict):
    """What is not as it was at the last look."""

    at: Timestamp
    """When it was looked at."""
    changes: list[WatchChange]
    """The differences, oldest span first."""


class WeekHours(TypedDict):
    """Hours of a week."""

    hours: float
    """Expected, ≥ 0."""
    sd: NotRequired[float | None]
    """Standard deviation, ≥ 0; default: 0."""


class WhyDay(TypedDict):
    """A day of which a figure changed."""

    changed: list[Figure]
    """Figures asked about that differ."""
    date: LocalDate
    """The day."""
    inputs: list[WhyInput]
    """What we learned since that concerns the day, what the figures are made of first."""
    revision: int
    """How often the day's state changed on this device."""
    text: str
    """In a sentence."""


class WhyInput(TypedDict):
    """Something learned."""

    at: Timestamp
    """When it happened."""
    count: int
    """How many of the same kind, source and metric."""
    how: str
    """`new`, `replaced`, `withdrew`, or `standing` for what changes how days are read."""
    kind: str
    """Event kind."""
    late: bool
    """It came after the day it is about was over."""
    recorded_at: Timestamp
    """When we learned it."""
    source: str
    """Who said it."""
    metric: NotRequired[str]
    """Metric of a series or measurement."""


class WhyRequest(TypedDict):
    """Which difference to explain."""

    since: Instant
    """Compared with what was known then."""
    score: NotRequired[str | None]
    """A figure of a day: `load`, `steps`, `sleep_duration`, a metric id, or a path of a `DayView`
    (`sleep.asleep_min`). Default: all.
    """


class WhyView(TypedDict):
    """What changed, and why."""

    days: list[WhyDay]
    """Days of which the figure changed, newest first."""
    learned: int
    """Events learned since."""
    more: bool
    """Days were left out because there were too many."""
    score: str
    """What was asked about."""
    since: Timestamp
    """Compared with what was known at this moment."""


class WindowRead(TypedDict):
    """A source was read over a span of time."""

    complete: bool
    """Read to its end: what the source no longer shows is deleted. A window cut short deletes
    nothing.
    """
    end: Instant
    """End of the span, excluded; UTC."""
    source: SourceId
    """The source."""
    start: Instant
    """Start of the span; UTC."""
    scope: NotRequired[Sequence[str] | None]
    """Event kinds or metrics that were asked for; empty for all."""
    seen: NotRequired[Sequence[RecordId] | None]
    """The records seen."""


class WindowView(TypedDict):
    """One window."""

    complete: bool
    """The window is over."""
    count: int
    """Samples or facts that touch the window."""
    end: Timestamp
    """End, excluded; UTC. Of a session the end of its last sample."""
    revision: int
    """How many writes after the first added to, corrected or withdrew what is known of the window."""
    sources: list[str]
    """Who said it."""
    start: Timestamp
    """Start; UTC."""
    trailing: list[TrailingView]
    """Means over this window and those before it."""
    change: NotRequired[float]
    """Difference from the window just before, where that is known."""
    coverage: NotRequired[float]
    """Share of the window with a value, 0..=1; absent for instants, which have no length."""
    goal_share: NotRequired[float]
    """The value over the goal."""
    last: NotRequired[float]
    """Last value by event time; of means only."""
    max: NotRequired[float]
    """Greatest value; of means only."""
    min: NotRequired[float]
    """Least value; of means only."""
    value: NotRequired[float]
    """The figure, in the view's unit."""


class WindowsView(TypedDict):
    """Windows over a metric or facts. A window of which nothing is known is not there; it is not
    zero.
    """

    about: str
    """In words."""
    gaps: list[str]
    """What was missing."""
    name: str
    """The ready-made windows' name, or the metric."""
    statistic: str
    """What is said of each window: `mean` (weighted by time), `sum` or `count`."""
    unit: str
    """UCUM unit of the values."""
    watermark: Timestamp
    """Windows are complete up to here: the moment of reading."""
    windows: list[WindowView]
    """The windows, oldest first."""
    goal: NotRequired[float]
    """What each window is held against, in `unit`."""
    known_at: NotRequired[Timestamp]
    """As known at which moment, where asked for."""
    metric: NotRequired[str]
    """The metric, where it is one."""


class WorkView(TypedDict):
    """Work, learning and working together on a day, beside meetings and tasks. Counts of the
    person's own part.
    """

    assessments: int
    """Skills assessed."""
    checks: int
    """Machine checks of what was made."""
    checks_failed: int
    """Of these, failed."""
    feedback_given: int
    """Feedback given."""
    feedback_received: int
    """Feedback received."""
    hand_offs: int
    """Hand-offs, given or taken."""
    improvements: int
    """Skills said to have grown."""
    messages_received: int
    """Messages received."""
    messages_sent: int
    """Messages sent."""
    planned: int
    """Tasks planned."""
    reopened: int
    """Finished tasks that came back."""
    reviews_given: int
    """Reviews given."""
    reviews_received: int
    """Reviews received."""
    interruptions: NotRequired[int]
    """Interruptions, in what was tracked."""
    learning_h: NotRequired[float]
    """Hours of learning."""
    mentoring_h: NotRequired[float]
    """Hours of mentoring, given or received."""
    planned_week_h: NotRequired[float]
    """Hours planned for the coming week, as last told."""
    switches: NotRequired[int]
    """Changes from one project to another, in what was tracked."""
    tracked_h: NotRequired[float]
    """Hours tracked."""


class WorkloadChanged(TypedDict):
    """The workload changed."""

    open_tasks: NotRequired[int | None]
    """Tasks in hand."""
    person: NotRequired[str | None]
    """Whose; absent: the person of the twin."""
    planned_h: NotRequired[float | None]
    """Hours planned for the coming week, ≥ 0."""
    reason: NotRequired[str | None]
    """Why."""
    sustainable_h: NotRequired[float | None]
    """Hours that they can or wish to work in it, ≥ 0."""


class WorkoutRecorded(TypedDict):
    """One finished workout. `at` is its end."""

    end: Instant
    """End; UTC, at or after `start`."""
    sport: str
    """The sport, snake_case: `running`, `cycling`, `strength_training` …; the source's word where
    it is none of ours.
    """
    start: Instant
    """Start; UTC."""
    ascent_m: NotRequired[float | None]
    """Ascent, metres."""
    distance_m: NotRequired[float | None]
    """Distance, metres, ≥ 0."""
    energy_kcal: NotRequired[float | None]
    """Active energy, kilocalories, ≥ 0."""
    heart_rate_max: NotRequired[float | None]
    """Highest heart rate, per minute."""
    heart_rate_mean: NotRequired[float | None]
    """Mean heart rate, per minute."""
    laps: NotRequired[Sequence[Lap] | None]
    """Laps in order."""
    moving_s: NotRequired[float | None]
    """Moving time, seconds, ≥ 0."""
    perceived_exertion: NotRequired[float | None]
    """Perceived exertion of the session, CR10 scale 0..=10."""
    power_mean_w: NotRequired[float | None]
    """Mean power, watts."""
    statistics: NotRequired[Sequence[NamedQuantity] | None]
    """Further figures that the source gave, by its own names."""
    sub_sport: NotRequired[str | None]
    """A finer word from the source."""
    title: NotRequired[str | None]
    """A name given by the person or the source."""


class ZoneChanged(TypedDict):
    """The person's clock is in another zone from `at` on."""

    zone: ZoneId
    """The new zone."""


class Envelope(TypedDict):
    """What every event says beside `type` and `data`."""

    source: str
    time: Instant
    civildate: NotRequired[Day | None]
    device: NotRequired[DeviceId | None]
    endoffset: NotRequired[int | None]
    id: NotRequired[str | None]
    kindversion: NotRequired[int | None]
    method: NotRequired[MethodId | None]
    record: NotRequired[RecordId | None]
    recordedat: NotRequired[Instant | None]
    recording: NotRequired[Recording | None]
    revision: NotRequired[int | None]
    specversion: NotRequired[str | None]
    startoffset: NotRequired[int | None]
    subject: NotRequired[str | None]


class EnergyUpdatedEvent(Envelope):
    """How much energy the person has."""

    type: Literal["capacity.energy_updated"]
    data: EnergyUpdated


class StressDetectedEvent(Envelope):
    """Stress was noticed, by the person or a device."""

    type: Literal["capacity.stress_detected"]
    data: StressDetected


class TimeTrackedEvent(Envelope):
    """Time was spent on something: a time sheet, an editor, a timer. `at` is the end."""

    type: Literal["capacity.time_tracked"]
    data: TimeTracked


class WorkloadChangedEvent(Envelope):
    """The workload changed."""

    type: Literal["capacity.workload_changed"]
    data: WorkloadChanged


class FeedbackGivenEvent(Envelope):
    """Somebody told somebody how their work is."""

    type: Literal["collaboration.feedback_given"]
    data: FeedbackGiven


class HandedOffEvent(Envelope):
    """Work went from one to another. `at` is when it was taken up."""

    type: Literal["collaboration.handed_off"]
    data: HandedOff


class MeetingAttendedEvent(Envelope):
    """A meeting that took place, as the calendar or the person tells. `at` is its end."""

    type: Literal["collaboration.meeting_attended"]
    data: MeetingAttended


class MeetingPlannedEvent(Envelope):
    """A calendar entry still ahead. `at` is the moment the plan was made, never the meeting's own
    time.
    """

    type: Literal["collaboration.meeting_planned"]
    data: MeetingPlanned


class MentoringSessionEvent(Envelope):
    """Somebody helped somebody to learn."""

    type: Literal["collaboration.mentoring_session"]
    data: MentoringSession


class MessageSentEvent(Envelope):
    """A message was sent. Its text is not kept."""

    type: Literal["collaboration.message_sent"]
    data: MessageSent


class ReviewDoneEvent(Envelope):
    """Somebody's work was reviewed."""

    type: Literal["collaboration.review_done"]
    data: ReviewDone


class TeamChangedEvent(Envelope):
    """Somebody came into the team or left it."""

    type: Literal["collaboration.team_changed"]
    data: TeamChanged


class ConsentGrantedEvent(Envelope):
    """The person allows an actor a purpose."""

    type: Literal["consent.granted"]
    data: ConsentGranted


class ConsentRevokedEvent(Envelope):
    """The person takes a grant back."""

    type: Literal["consent.revoked"]
    data: ConsentRevoked


class AlcoholConsumedEvent(Envelope):
    """Alcohol drunk."""

    type: Literal["health.alcohol_consumed"]
    data: AlcoholConsumed


class CaffeineConsumedEvent(Envelope):
    """Caffeine taken."""

    type: Literal["health.caffeine_consumed"]
    data: CaffeineConsumed


class MeasurementRecordedEvent(Envelope):
    """One measurement of a metric at a moment or over a span: weight, resting heart rate, VO2max …"""

    type: Literal["health.measurement_recorded"]
    data: MeasurementRecorded


class MedicationTakenEvent(Envelope):
    """A medication taken."""

    type: Literal["health.medication_taken"]
    data: MedicationTaken


class SleepRecordedEvent(Envelope):
    """One finished sleep episode. `at` is its end; it belongs to the day of waking."""

    type: Literal["health.sleep_recorded"]
    data: SleepRecorded


class SymptomNotedEvent(Envelope):
    """A symptom, as the person notes it."""

    type: Literal["health.symptom_noted"]
    data: SymptomNoted


class WorkoutRecordedEvent(Envelope):
    """One finished workout. `at` is its end."""

    type: Literal["health.workout_recorded"]
    data: WorkoutRecorded


class LearningCompletedEvent(Envelope):
    """Something was learnt: a course, a book, a session of practice."""

    type: Literal["learning.completed"]
    data: LearningCompleted


class ProfileStatedEvent(Envelope):
    """Facts about the person; absent fields leave what is known as it is."""

    type: Literal["person.profile_stated"]
    data: ProfileStated


class ZoneChangedEvent(Envelope):
    """The person's clock is in another zone from `at` on."""

    type: Literal["person.zone_changed"]
    data: ZoneChanged


class RecordCorrectedEvent(Envelope):
    """A record of a source was wrong; this is what it should have said."""

    type: Literal["record.corrected"]
    data: RecordCorrected


class RecordDeletedEvent(Envelope):
    """A record of a source is no more."""

    type: Literal["record.deleted"]
    data: RecordDeleted


class SeriesWrittenEvent(Envelope):
    """Samples were written: the event names an immutable, hashed column segment. `at` is the end
    of the last sample.
    """

    type: Literal["series.written"]
    data: SeriesWritten


class SkillAssessedEvent(Envelope):
    """How well somebody masters a skill, as a test, an assessor or a single answer shows."""

    type: Literal["skill.assessed"]
    data: SkillAssessed


class SkillDescribedEvent(Envelope):
    """What a skill is and what it has to do with others."""

    type: Literal["skill.described"]
    data: SkillDescribed


class SkillImprovedEvent(Envelope):
    """A skill grew, as the person or a tool states it."""

    type: Literal["skill.improved"]
    data: SkillImproved


class RoleStatedEvent(Envelope):
    """What a role asks for. The newest statement of a role holds."""

    type: Literal["skill.role_stated"]
    data: RoleStated


class DeviceDescribedEvent(Envelope):
    """What is known of a device or source."""

    type: Literal["source.device_described"]
    data: DeviceDescribed


class MessageKeptEvent(Envelope):
    """A message of a source that has no form of its own here, kept word for word."""

    type: Literal["source.message_kept"]
    data: MessageKept


class SourcePrioritySetEvent(Envelope):
    """Whose samples win where sources overlap, best first."""

    type: Literal["source.priority_set"]
    data: SourcePrioritySet


class WindowReadEvent(Envelope):
    """A source was read over a span of time."""

    type: Literal["source.window_read"]
    data: WindowRead


class ModelUpdatedEvent(Envelope):
    """A model was changed."""

    type: Literal["system.model_updated"]
    data: ModelUpdated


class PredictionMadeEvent(Envelope):
    """A prediction was shown or used."""

    type: Literal["system.prediction_made"]
    data: PredictionMade


class TwinCreatedEvent(Envelope):
    """A twin was made."""

    type: Literal["system.twin_created"]
    data: TwinCreated


class CheckFinishedEvent(Envelope):
    """A machine checked what was made: a build, a test run, a deployment."""

    type: Literal["task.check_finished"]
    data: CheckFinished


class TaskCompletedEvent(Envelope):
    """A task was finished. Version 2 gives the effort in seconds; version 1 gave `duration_min`."""

    type: Literal["task.completed"]
    data: TaskCompleted


class TaskDelayedEvent(Envelope):
    """A task was put off."""

    type: Literal["task.delayed"]
    data: TaskDelayed


class TaskPlannedEvent(Envelope):
    """A task that is to be done. `at` is the moment that was decided."""

    type: Literal["task.planned"]
    data: TaskPlanned


class TaskReopenedEvent(Envelope):
    """A finished task came back."""

    type: Literal["task.reopened"]
    data: TaskReopened


class TaskStartedEvent(Envelope):
    """Work on a task began."""

    type: Literal["task.started"]
    data: TaskStarted


class CheckInAnsweredEvent(Envelope):
    """A check-in: answers on named scales at one moment."""

    type: Literal["wellbeing.check_in_answered"]
    data: CheckInAnswered


class UnknownEvent(Envelope):
    """A kind that this version does not know. It is kept as it came."""

    type: str
    data: NotRequired[dict[str, Any]]


CalendarStart = TypedDict(
    "CalendarStart",
    {
        "url": "str",
        "collections": "NotRequired[Sequence[str] | None]",
        "from": "NotRequired[Instant | None]",
        "only_source": "NotRequired[bool | None]",
        "state": "NotRequired[str | None]",
        "to": "NotRequired[Instant | None]",
    },
)
"""What to sync."""

DaysRequest = TypedDict(
    "DaysRequest",
    {
        "from": "Day",
        "to": "Day",
    },
)
"""Which days to read."""

FeedbackGiven = TypedDict(
    "FeedbackGiven",
    {
        "kind": "FeedbackKind",
        "from": "NotRequired[str | None]",
        "rating": "NotRequired[float | None]",
        "skill": "NotRequired[str | None]",
        "task": "NotRequired[str | None]",
        "to": "NotRequired[str | None]",
    },
)
"""Somebody told somebody how their work is."""

HandedOff = TypedDict(
    "HandedOff",
    {
        "task": "str",
        "from": "NotRequired[str | None]",
        "ready_at": "NotRequired[Instant | None]",
        "returned": "NotRequired[bool | None]",
        "rework_s": "NotRequired[float | None]",
        "to": "NotRequired[str | None]",
    },
)
"""Work went from one to another. `at` is when it was taken up."""

HistoryRequest = TypedDict(
    "HistoryRequest",
    {
        "metric": "str",
        "every_s": "NotRequired[float | None]",
        "from": "NotRequired[Instant | None]",
        "known_at": "NotRequired[Instant | None]",
        "raw": "NotRequired[bool | None]",
        "to": "NotRequired[Instant | None]",
    },
)
"""Which metric or facts to read."""

MessageSent = TypedDict(
    "MessageSent",
    {
        "channel": "str",
        "emoji": "NotRequired[int | None]",
        "from": "NotRequired[str | None]",
        "latency_s": "NotRequired[float | None]",
        "length": "NotRequired[int | None]",
        "question": "NotRequired[bool | None]",
        "reply": "NotRequired[bool | None]",
        "style": "NotRequired[MessageStyle | None]",
        "thread": "NotRequired[str | None]",
        "to": "NotRequired[Sequence[str] | None]",
    },
)
"""A message was sent. Its text is not kept."""

PastImportView = TypedDict(
    "PastImportView",
    {
        "at": "Timestamp",
        "import": "ImportView",
    },
)
"""An import that was done."""

PlanChange: TypeAlias = (
    PlanChangeSleepAt
    | PlanChangeTrain
    | PlanChangeSkipTraining
    | PlanChangeRestDay
    | PlanChangeCaffeine
    | PlanChangeAlcohol
    | PlanChangeDayOff
    | PlanChangeDropMeeting
    | PlanChangeTakeTask
)
"""A change of the coming days. Days count from 0, the rest of today; a night belongs to the day of
waking.
"""

PlanKind: TypeAlias = (
    PlanKindWeek | PlanKindLearningPath | PlanKindTeam | PlanKindAssign | PlanKindBalance | PlanKindAllocate
)
"""A kind of plan."""

SeriesQuery = TypedDict(
    "SeriesQuery",
    {
        "metric": "str",
        "every_s": "NotRequired[float | None]",
        "from": "NotRequired[Instant | None]",
        "known_at": "NotRequired[Instant | None]",
        "raw": "NotRequired[bool | None]",
        "to": "NotRequired[Instant | None]",
    },
)
"""Which samples to read."""

ShapeRequest: TypeAlias = ShapeTumbling | ShapeSliding | ShapeSession | ShapeDay | ShapeWeek | ShapeMonth
"""How time is cut into windows."""

SimulationView = TypedDict(
    "SimulationView",
    {
        "at": "Timestamp",
        "draws": "int",
        "from": "LocalDate",
        "gaps": "list[str]",
        "model": "str",
        "quantities": "list[SimulatedQuantity]",
        "reasons": "list[str]",
        "seed": "int",
        "version": "str",
    },
)
"""What would happen with the plan and with the changed plan. Nothing here is a diagnosis."""

TaskCompleted = TypedDict(
    "TaskCompleted",
    {
        "task": "str",
        "about": "NotRequired[TaskAbout | None]",
        "difficulty": "NotRequired[float | None]",
        "duration_s": "NotRequired[float | None]",
        "rating": "NotRequired[float | None]",
        "rework": "NotRequired[bool | None]",
        "title": "NotRequired[str | None]",
        "with": "NotRequired[Sequence[str] | None]",
    },
)
"""A task was finished. Version 2 gives the effort in seconds; version 1 gave `duration_min`."""

WatchRequest: TypeAlias = WatchDays | WatchWindows
"""What to watch."""

WindowsRequest = TypedDict(
    "WindowsRequest",
    {
        "at": "NotRequired[Instant | None]",
        "from": "NotRequired[Instant | None]",
        "goal": "NotRequired[float | None]",
        "known_at": "NotRequired[Instant | None]",
        "metric": "NotRequired[str | None]",
        "name": "NotRequired[str | None]",
        "shape": "NotRequired[ShapeRequest | None]",
        "to": "NotRequired[Instant | None]",
    },
)
"""Which windows to read: ready-made ones by name, or those of a metric."""

Event: TypeAlias = (
    EnergyUpdatedEvent
    | StressDetectedEvent
    | TimeTrackedEvent
    | WorkloadChangedEvent
    | FeedbackGivenEvent
    | HandedOffEvent
    | MeetingAttendedEvent
    | MeetingPlannedEvent
    | MentoringSessionEvent
    | MessageSentEvent
    | ReviewDoneEvent
    | TeamChangedEvent
    | ConsentGrantedEvent
    | ConsentRevokedEvent
    | AlcoholConsumedEvent
    | CaffeineConsumedEvent
    | MeasurementRecordedEvent
    | MedicationTakenEvent
    | SleepRecordedEvent
    | SymptomNotedEvent
    | WorkoutRecordedEvent
    | LearningCompletedEvent
    | ProfileStatedEvent
    | ZoneChangedEvent
    | RecordCorrectedEvent
    | RecordDeletedEvent
    | SeriesWrittenEvent
    | SkillAssessedEvent
    | SkillDescribedEvent
    | SkillImprovedEvent
    | RoleStatedEvent
    | DeviceDescribedEvent
    | MessageKeptEvent
    | SourcePrioritySetEvent
    | WindowReadEvent
    | ModelUpdatedEvent
    | PredictionMadeEvent
    | TwinCreatedEvent
    | CheckFinishedEvent
    | TaskCompletedEvent
    | TaskDelayedEvent
    | TaskPlannedEvent
    | TaskReopenedEvent
    | TaskStartedEvent
    | CheckInAnsweredEvent
)
"""A fact: a CloudEvents 1.0 object. Its `type` says what `data` holds."""

AnyEvent: TypeAlias = Event | UnknownEvent
"""A fact as an export may hold it: of a newer version too."""

__all__ = [
    "AccessOptions",
    "ActivityView",
    "ActorId",
    "AlcoholConsumed",
    "AlcoholConsumedEvent",
    "AnyEvent",
    "BandView",
    "Busy",
    "CaffeineConsumed",
    "CaffeineConsumedEvent",
    "CalendarEntry",
    "CalendarStart",
    "CalendarSynced",
    "CalendarView",
    "CheckFinished",
    "CheckFinishedEvent",
    "CheckInAnswered",
    "CheckInAnsweredEvent",
    "CheckInView",
    "ConsentGranted",
    "ConsentGrantedEvent",
    "ConsentRevoked",
    "ConsentRevokedEvent",
    "Contribution",
    "CorrectRequest",
    "CsvFact",
    "CsvField",
    "CsvFieldKind",
    "CsvMapping",
    "CsvMetric",
    "CsvTime",
    "CsvTimeFormat",
    "CurveView",
    "Day",
    "DayView",
    "DaysRequest",
    "DaysView",
    "DeleteRequest",
    "DeviceDescribed",
    "DeviceDescribedEvent",
    "DeviceId",
    "DeviceKind",
    "DoneView",
    "EnergyUpdated",
    "EnergyUpdatedEvent",
    "Envelope",
    "Estimate",
    "EstimateKind",
    "EstimateStatus",
    "Event",
    "EventBody",
    "FeedbackGiven",
    "FeedbackGivenEvent",
    "FeedbackKind",
    "Figure",
    "GrantRequest",
    "HandedOff",
    "HandedOffEvent",
    "HeaderField",
    "HeartView",
    "HistoryRequest",
    "HistoryRow",
    "HistoryView",
    "HourView",
    "HrvView",
    "HttpAnswer",
    "HttpAsk",
    "ImportRequest",
    "ImportView",
    "ImportsView",
    "Instant",
    "KeptField",
    "KeptValue",
    "Lap",
    "LastView",
    "LearningCompleted",
    "LearningCompletedEvent",
    "LearningItemRequest",
    "LearningMethod",
    "LeftOut",
    "LoadView",
    "LocalDate",
    "MaintainRequest",
    "MaintainView",
    "MeasurementRecorded",
    "MeasurementRecordedEvent",
    "MeasurementView",
    "MedicationTaken",
    "MedicationTakenEvent",
    "MeetingAttended",
    "MeetingAttendedEvent",
    "MeetingPlanned",
    "MeetingPlannedEvent",
    "MeetingQuality",
    "MentoringSession",
    "MentoringSessionEvent",
    "MergeReport",
    "MergeRequest",
    "MessageKept",
    "MessageKeptEvent",
    "MessageSent",
    "MessageSentEvent",
    "MessageStyle",
    "MethodId",
    "MetricId",
    "MetricView",
    "ModelUpdated",
    "ModelUpdatedEvent",
    "ModelView",
    "ModelsView",
    "NamedEstimate",
    "NamedQuantity",
    "NightView",
    "NoteView",
    "NothingRequest",
    "OpenOptions",
    "OpenTaskView",
    "PastImportView",
    "PersonSkill",
    "PersonToTake",
    "PlanBlock",
    "PlanChange",
    "PlanChangeAlcohol",
    "PlanChangeCaffeine",
    "PlanChangeDayOff",
    "PlanChangeDropMeeting",
    "PlanChangeRestDay",
    "PlanChangeSkipTraining",
    "PlanChangeSleepAt",
    "PlanChangeTakeTask",
    "PlanChangeTrain",
    "PlanKind",
    "PlanKindAllocate",
    "PlanKindAssign",
    "PlanKindBalance",
    "PlanKindLearningPath",
    "PlanKindTeam",
    "PlanKindWeek",
    "PlanRequest",
    "PlanStep",
    "PlanView",
    "PointView",
    "PredictRequest",
    "PredictionMade",
    "PredictionMadeEvent",
    "PredictionView",
    "ProfileStated",
    "ProfileStatedEvent",
    "ProjectRequest",
    "Purpose",
    "ReadyWindowView",
    "ReadyWindowsView",
    "ReceiveRequest",
    "ReceivedView",
    "RecordCorrected",
    "RecordCorrectedEvent",
    "RecordDeleted",
    "RecordDeletedEvent",
    "RecordId",
    "RecordRequest",
    "RecordedView",
    "Recording",
    "RefusedRecordView",
    "RefusedRecordsView",
    "RefusedRequest",
    "RefusedView",
    "ReportRequest",
    "ReviewDone",
    "ReviewDoneEvent",
    "ReviewOutcome",
    "RevokeRequest",
    "RoleNeed",
    "RoleStated",
    "RoleStatedEvent",
    "ScaleAnswer",
    "Scenario",
    "SegmentHash",
    "SeriesQuery",
    "SeriesWritten",
    "SeriesWrittenEvent",
    "SessionView",
    "Sex",
    "ShapeDay",
    "ShapeMonth",
    "ShapeRequest",
    "ShapeSession",
    "ShapeSliding",
    "ShapeTumbling",
    "ShapeWeek",
    "ShareView",
    "SimulatedQuantity",
    "SimulationView",
    "SkillAssessed",
    "SkillAssessedEvent",
    "SkillDescribed",
    "SkillDescribedEvent",
    "SkillImproved",
    "SkillImprovedEvent",
    "SleepRecorded",
    "SleepRecordedEvent",
    "SleepStage",
    "SleepStageSpan",
    "SourceId",
    "SourcePrioritySet",
    "SourcePrioritySetEvent",
    "SpanView",
    "StateRequest",
    "StateView",
    "StressDetected",
    "StressDetectedEvent",
    "SymptomNoted",
    "SymptomNotedEvent",
    "SyncCalendarRequest",
    "SyncCalendarView",
    "TaskAbout",
    "TaskCompleted",
    "TaskCompletedEvent",
    "TaskDelayed",
    "TaskDelayedEvent",
    "TaskPlanned",
    "TaskPlannedEvent",
    "TaskReopened",
    "TaskReopenedEvent",
    "TaskStarted",
    "TaskStartedEvent",
    "TaskToGive",
    "TasksView",
    "TeamCandidate",
    "TeamChanged",
    "TeamChangedEvent",
    "TeamNeed",
    "TeamTie",
    "TimeTracked",
    "TimeTrackedEvent",
    "Timestamp",
    "TrailingView",
    "TwinCreated",
    "TwinCreatedEvent",
    "UnknownEvent",
    "UsualView",
    "VerifyView",
    "Warning",
    "WatchChange",
    "WatchDays",
    "WatchRequest",
    "WatchView",
    "WatchWindows",
    "WeekHours",
    "WhyDay",
    "WhyInput",
    "WhyRequest",
    "WhyView",
    "WindowRead",
    "WindowReadEvent",
    "WindowView",
    "WindowsRequest",
    "WindowsView",
    "WorkView",
    "WorkloadChanged",
    "WorkloadChangedEvent",
    "WorkoutRecorded",
    "WorkoutRecordedEvent",
    "ZoneChanged",
    "ZoneChangedEvent",
    "ZoneId",
]
