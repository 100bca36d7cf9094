// Written by `cargo xtask schema`; not to be edited.

declare const form: unique symbol;
/** A text of a certain form. Any text may be given; two forms do not mix. */
type Form<Name extends string> = string & { readonly [form]?: Name };
declare const unknown: unique symbol;
/** A word that this version does not know: a newer one wrote it. Every `switch` over words needs a default. */
export type UnknownWord = string & { readonly [unknown]: true };
/** As `UnknownWord`, where the word tells unions apart: a string that equals none of the known ones. */
export interface UnknownKind extends String {
  readonly [unknown]: true;
}
/** A moment, as it is given: a `Date`, or RFC 3339 text with its offset. */
export type Time = Timestamp | Date;

/** Who asks, and what for. */
export interface AccessOptions {
  /** Who asks. */
  actor: string;
  /** What for. */
  purpose: Purpose;
}

/** Movement of a day. */
export interface ActivityView {
  /** Which source gave which share of the steps. */
  step_sources: Array<ShareView>;
  /** Steps by local hour 0..=23; absent where nothing is known. */
  steps_by_hour: Array<HourView>;
  /** Active energy, kilocalories. */
  active_energy_kcal?: number | null | undefined;
  /** Hours with at least 250 steps. */
  active_hours?: number | null | undefined;
  /** Minutes of moderate and vigorous activity, or exercise minutes. */
  active_min?: number | null | undefined;
  /** Metres walked and run. */
  distance_m?: number | null | undefined;
  /** Minutes sitting. */
  sedentary_min?: number | null | undefined;
  /** Steps, resolved over sources; never summed over devices. */
  steps?: number | null | undefined;
}

export type ActorId = Form<"ActorId">;

/** Alcohol drunk. */
export interface AlcoholConsumed {
  /** `false` states that there was none. */
  consumed: boolean;
  /** Standard drinks (10 g of ethanol), 0..=100; absent when only the fact is known. */
  drinks?: number | null | undefined;
}

/** A median and the ends of the 80 % interval on a day. */
export interface BandView {
  /** The day. */
  date: LocalDate;
  /** High end. */
  high: number;
  /** Low end. */
  low: number;
  /** Median. */
  value: number;
}

/** Whether a calendar entry blocks time. */
export type Busy =
  /** Does not block time. */
  | "free"
  /** Blocks time. */
  | "busy"
  /** Not yet confirmed. */
  | "tentative"
  /** Away from work. */
  | "out_of_office"
  | UnknownWord;

/** Caffeine taken. */
export interface CaffeineConsumed {
  /** Milligrams, 0..=5000. */
  amount_mg: number;
}

/** One occurrence of a calendar entry. */
export interface CalendarEntry {
  /** Whether the entry blocks time. */
  busy: Busy;
  /** End; UTC, at or after `start`. */
  end: Time;
  /** Start; UTC. For an all-day entry the start of the day in the person's zone, else in UTC. */
  start: Time;
  /** The calendar's id of the entry, common to all occurrences of a series. */
  uid: string;
  /** First day of an all-day entry. */
  all_day_from?: LocalDate | null | undefined;
  /** Day after the last day of an all-day entry. */
  all_day_until?: LocalDate | null | undefined;
  /** The calendar has it as cancelled or the person declined. */
  cancelled?: boolean | null | undefined;
  /** Words the calendar files it under. */
  categories?: Array<string> | null | undefined;
  /** Did the person decline? Absent where the calendar tells no answers. */
  declined?: boolean | null | undefined;
  /** Which of `people` declined, where the calendar tells answers. */
  declined_by?: Array<string> | null | undefined;
  /** Which occurrence: its original start, as the calendar writes it; absent for a single entry. */
  occurrence?: string | null | undefined;
  /** Who did, by the calendar's id, where it was somebody else. */
  organised_by?: string | null | undefined;
  /** Did the person organise it? */
  organiser?: boolean | null | undefined;
  /** Other people invited, 0 when alone. */
  others?: number | null | undefined;
  /** Who else was invited, by the calendar's ids, where it tells. */
  people?: Array<string> | null | undefined;
  /** What it is called. */
  title?: string | null | undefined;
  /** IANA zone the entry was written in, where it has one. */
  zone?: string | null | undefined;
}

/** What to sync. */
export interface CalendarStart {
  /** Address of the server, of a person's home there, or of one calendar; without credentials. */
  url: string;
  /** Addresses or paths of the calendars to read; empty finds all that hold events. */
  collections?: Array<string> | null | undefined;
  /** Occurrences that end at or before it are left out. */
  from?: Time | null | undefined;
  /** No calendar of the person comes from elsewhere, not from files either; default: no. */
  only_source?: boolean | null | undefined;
  /** What the last sync gave to keep; absent reads everything. */
  state?: string | null | undefined;
  /** Occurrences that start at or after it are left out. */
  to?: Time | null | undefined;
}

/** What a sync came to. */
export interface CalendarSynced {
  /** Calendars read. */
  calendars: number;
  /** Records deleted. */
  deleted: number;
  /** All was listed whole. */
  full: boolean;
  /** Read and not taken. */
  ignored: number;
  /** To keep for the next sync. */
  state: string;
  /** New or changed occurrences. */
  upserts: number;
}

/** Meetings of a day. */
export interface CalendarView {
  /** Meetings right after another. */
  back_to_back: number;
  /** Hours in meetings; what overlaps counts once. */
  meeting_h: number;
  /** Number of meetings. */
  meetings: number;
  /** Some of it is still ahead. */
  planned: boolean;
  /** Longest stretch of working hours (9 to 17) without a meeting; absent on a day off. */
  longest_focus_h?: number | null | undefined;
  /** Share of meeting time outside working hours, 0..=1. */
  outside_share?: number | null | undefined;
}

/** A machine checked what was made: a build, a test run, a deployment. */
export interface CheckFinished {
  /** What was run. */
  check: string;
  /** Did it hold? */
  passed: boolean;
  /** Whose work was checked. */
  author?: string | null | undefined;
  /** How long it ran, seconds, ≥ 0. */
  duration_s?: number | null | undefined;
  /** Project. */
  project?: string | null | undefined;
  /** Skills the work took. */
  skills?: Array<string> | null | undefined;
}

/** A check-in: answers on named scales at one moment. */
export interface CheckInAnswered {
  /** The questionnaire or app: `pmsys`, `kss` … */
  instrument: string;
  /** The day the answers are about, where it is not the day of answering. */
  about?: LocalDate | null | undefined;
  /** Free words of the person. */
  note?: string | null | undefined;
  /** The answers. */
  scales?: Array<ScaleAnswer> | null | undefined;
}

/** An answer on a scale. */
export interface CheckInView {
  /** When. */
  at: Timestamp;
  /** Questionnaire or app. */
  instrument: string;
  /** Highest possible. */
  max: number;
  /** Lowest possible. */
  min: number;
  /** Scale. */
  scale: string;
  /** Answer. */
  value: number;
  /** The high end is the better one. */
  higher_is_better?: boolean | null | undefined;
}

/** The person allows an actor a purpose. */
export interface ConsentGranted {
  /** Who may. */
  actor: ActorId;
  /** What for. */
  purpose: Purpose;
  /** Until when; absent means until revoked. */
  until?: Time | null | undefined;
}

/** The person takes a grant back. */
export interface ConsentRevoked {
  /** Who no longer may. */
  actor: ActorId;
  /** What for; absent means everything. */
  purpose?: Purpose | null | undefined;
}

/** One reason for an estimate. */
export interface Contribution {
  /** By how much it moved the value, in the estimate's unit. */
  amount: number;
  /** The input. */
  feature: string;
  /** UCUM unit of `baseline` and `now`. */
  unit: string;
  /** The person's usual value. */
  baseline?: number | null | undefined;
  /** The value now. */
  now?: number | null | undefined;
}

/** What a record should have said. */
export interface CorrectRequest {
  /** The source's id of the record, or `event:<id>`. */
  record: string;
  /** What it should have said. */
  replacement: EventBody;
  /** Who said it. */
  source: string;
  /** Why, in words. */
  reason?: string | null | undefined;
}

/** An event kind, and where its fields come from. */
export interface CsvFact {
  /** The event kind: `task.completed`, `health.caffeine_consumed` … */
  kind: string;
  /** Its fields. */
  fields?: Array<CsvField> | null | undefined;
}

/** A field of an event. */
export interface CsvField {
  /** The field's name in the event. */
  field: string;
  /** Column it comes from; an empty cell leaves it out. */
  column?: string | null | undefined;
  /** What the cell is. Default: `text`. */
  kind?: CsvFieldKind | null | undefined;
  /** A number times this is in the event's unit. Default 1. */
  multiply?: number | null | undefined;
  /** The same text for every row; instead of `column`. */
  text?: string | null | undefined;
}

/** What a cell is. */
export type CsvFieldKind =
  /** Text. */
  | "text"
  /** A number. */
  | "number"
  /** `true`, `yes`, `1` or `false`, `no`, `0`. */
  | "truth"
  /** A time, written as that of the row. */
  | "time"
  /** The row's start; needs no column. */
  | "start"
  /** The row's end; needs no column. */
  | "end"
  | UnknownWord;

/** What the columns of a table mean. The table has a header; columns are named by it. */
export interface CsvMapping {
  /** Who recorded the rows: the app or device, `my_scale`. The source of all records. */
  source: string;
  /** When: of a span its start. */
  time: CsvTime;
  /** The end of the span a row is of; absent for moments. */
  end?: CsvTime | null | undefined;
  /** The fact that a row is. */
  fact?: CsvFact | null | undefined;
  /** Length of the span a row is of, seconds; instead of `end`. */
  length_s?: number | null | undefined;
  /** Figures of a row. */
  metrics?: Array<CsvMetric> | null | undefined;
  /** Column that holds the row's own id; a row with a known id revises it. Absent: the content is the id. */
  record?: string | null | undefined;
}

/** A figure: a column with values, and what they are of. */
export interface CsvMetric {
  /** Column with the value. An empty cell says nothing. */
  value: string;
  /** Added after multiplying. Default 0. */
  add?: number | null | undefined;
  /** A metric of the catalogue, or one of your own with your source before a colon: `my_app:focus`. */
  metric?: string | null | undefined;
  /** Column with the metric, for tables with a row for each; instead of `metric`. */
  metric_column?: string | null | undefined;
  /** The value times this is in the unit. Default 1. */
  multiply?: number | null | undefined;
  /** Keep each value as a measurement of its own, with the row's id, instead of a sample of a series. */
  single?: boolean | null | undefined;
  /** UCUM unit after `multiply` and `add`; metrics of the catalogue: the catalogue's, which is the default. */
  unit?: string | null | undefined;
  /** Column with the unit, checked against the catalogue's; instead of `unit`. */
  unit_column?: string | null | undefined;
}

/** A column with a time. */
export interface CsvTime {
  /** The column. */
  column: string;
  /** How it is written. Default: `iso`. */
  format?: CsvTimeFormat | null | undefined;
  /** IANA zone of times without one. Default: the zone handed in at the import. */
  zone?: string | null | undefined;
}

/** How a time is written. */
export type CsvTimeFormat =
  /** `2026-03-01T08:30:00+01:00`, `2026-03-01 08:30`, `2026-03-01`. */
  | "iso"
  /** `03/01/2026 8:30 AM`. */
  | "month_first"
  /** `01.03.2026 08:30`. */
  | "day_first"
  /** Seconds since 1970, UTC. */
  | "unix_seconds"
  /** Milliseconds since 1970, UTC. */
  | "unix_milliseconds"
  | UnknownWord;

/** A quantity over time. */
export interface CurveView {
  /** What it is. */
  name: string;
  /** Its points, in time order. */
  points: Array<PointView>;
  /** UCUM unit. */
  unit: string;
}

/** What is known of one civil day. What is absent is not known; it is not zero. */
export interface DayView {
  /** Answers on scales. */
  check_ins: Array<CheckInView>;
  /** The day. */
  date: LocalDate;
  /** Its end: 23, 24 or 25 hours later, or as long as a flight made it. */
  end: Timestamp;
  /** Training load of the day by rule; loads of different rules do not compare. */
  loads: Array<LoadView>;
  /** Single measurements: weight, VO2max … */
  measurements: Array<MeasurementView>;
  /** Every other metric of the day. */
  metrics: Array<MetricView>;
  /** Symptoms and medications noted. */
  notes: Array<NoteView>;
  /** Training sessions, in order. */
  sessions: Array<SessionView>;
  /** Its first instant. */
  start: Timestamp;
  /** Steps and movement. */
  activity?: ActivityView | null | undefined;
  /** Alcohol noted, standard drinks; 0 where "none" was noted. */
  alcohol_drinks?: number | null | undefined;
  /** Caffeine noted, milligrams. */
  caffeine_mg?: number | null | undefined;
  /** Meetings. */
  calendar?: CalendarView | null | undefined;
  /** Mean of the energy told, 0..=1. */
  energy?: number | null | undefined;
  /** Heart rate. */
  heart?: HeartView | null | undefined;
  /** Heart rate variability. */
  hrv?: HrvView | null | undefined;
  /** Seconds east of UTC as the devices had it at the end of the day; on a journey not the zone's. */
  lived_offset_s?: number | null | undefined;
  /** Minutes asleep in naps. */
  nap_min?: number | null | undefined;
  /** The main sleep that ended on this day. */
  sleep?: NightView | null | undefined;
  /** Highest stress noticed, 0..=1. */
  stress?: number | null | undefined;
  /** Tasks begun, finished, put off. */
  tasks?: TasksView | null | undefined;
  /** Work beside meetings and tasks, learning, working together. */
  work?: WorkView | null | undefined;
  /** IANA zone lived in, where known. */
  zone?: string | null | undefined;
}

/** Which days to read. */
export interface DaysRequest {
  /** First day. */
  from: LocalDate;
  /** Last day. */
  to: LocalDate;
}

/** Days, oldest first; days of which nothing is known are left out. */
export interface DaysView {
  /** The days. */
  days: Array<DayView>;
}

/** A record to take back. */
export interface DeleteRequest {
  /** The source's id of the record, or `event:<id>`. */
  record: string;
  /** Who said it. */
  source: string;
}

/** What is known of a device or source. */
export interface DeviceDescribed {
  /** What kind of thing it is; decides whose samples win where devices overlap. */
  kind: DeviceKind;
  /** The device; absent when the source is the device. */
  device?: DeviceId | null | undefined;
  /** Maker. */
  manufacturer?: string | null | undefined;
  /** Model. */
  model?: string | null | undefined;
  /** Software version. */
  software?: string | null | undefined;
}

export type DeviceId = Form<"DeviceId">;

/** Kinds of devices. */
export type DeviceKind =
  /** Chest strap. */
  | "strap"
  /** Watch or band. */
  | "watch"
  /** Ring. */
  | "ring"
  /** Phone. */
  | "phone"
  /** Scale. */
  | "scale"
  /** Bike computer and other sport instruments. */
  | "sport_computer"
  /** Medical or laboratory instrument. */
  | "instrument"
  /** Entered by hand. */
  | "manual"
  /** Not known. */
  | "unknown"
  | UnknownWord;

/** The verb was done. */
export interface DoneView {
  /** Always true. */
  done: boolean;
}

/** How much energy the person has. */
export interface EnergyUpdated {
  /** Energy, 0 (none) to 1 (full). */
  energy: number;
  /** Who says so: `self`, a device, a reaction test. */
  by?: string | null | undefined;
}

/** A number with all that one needs to trust it, or not: unit, interval, confidence, reasons, gaps.  Nothing here is a diagnosis. */
export interface Estimate {
  /** Confidence, 0..=1. */
  confidence: number;
  /** Share of the input that was there, 0..=1. */
  coverage: number;
  /** What sort of number it is. */
  kind: EstimateKind;
  /** The model. */
  model: string;
  /** Effective number of observations behind it. */
  n_effective: number;
  /** Share of it that comes from the population and not from the person, 0..=1. */
  prior_share: number;
  /** Whether and why it can be given. */
  status: EstimateStatus;
  /** UCUM unit. */
  unit: string;
  /** The model's version. */
  version: string;
  /** The newest input. */
  as_of?: Timestamp | null | undefined;
  /** What moved it, adding up to value minus baseline. */
  contributions?: Array<Contribution> | null | undefined;
  /** What was missing. */
  gaps?: Array<string> | null | undefined;
  /** High end of the 80 % interval. */
  high?: number | null | undefined;
  /** Low end of the 80 % interval. */
  low?: number | null | undefined;
  /** The value; absent where it cannot be given honestly. */
  value?: number | null | undefined;
}

/** Sorts of numbers. */
export type EstimateKind =
  /** A quantity with a unit. */
  | "quantity"
  /** A probability, 0..=1. */
  | "probability"
  /** A score of our own making. */
  | "index"
  | UnknownWord;

/** Whether an estimate can be given. */
export type EstimateStatus =
  /** It can. */
  | "ok"
  /** It can, on little data. */
  | "provisional"
  /** Too little data. */
  | "insufficient_data"
  /** The newest input is too old. */
  | "stale"
  /** The asker may not see it. */
  | "masked"
  /** An input is outside what the model was made for. */
  | "out_of_range_input"
  /** The model declines. */
  | "abstained"
  | UnknownWord;

export interface EventBody {
  data: Record<string, unknown>;
  kind: string;
  version: number;
}

/** Somebody told somebody how their work is. */
export interface FeedbackGiven {
  /** What kind. */
  kind: FeedbackKind;
  /** Who. */
  from?: string | null | undefined;
  /** How good the work is, 0..=1. */
  rating?: number | null | undefined;
  /** Which skill it is about. */
  skill?: string | null | undefined;
  /** Which task it is about. */
  task?: string | null | undefined;
  /** To whom. */
  to?: string | null | undefined;
}

/** A kind of feedback. */
export type FeedbackKind =
  /** Praise, thanks. */
  | "praise"
  /** What could be better. */
  | "suggestion"
  /** A worry. */
  | "concern"
  /** A conflict about the work. */
  | "task_conflict"
  /** A conflict between people. */
  | "relationship_conflict"
  | UnknownWord;

/** A figure that differs between two readings of a day. */
export interface Figure {
  /** Its path in a `DayView`; an item of a list is named by what it is about: `loads[edwards].load`. */
  name: string;
  /** After; absent where it is not known any more. */
  after?: number | null | undefined;
  /** Before; absent where it was not known. */
  before?: number | null | undefined;
}

/** A grant to somebody. */
export interface GrantRequest {
  /** Who may read. */
  actor: string;
  /** What for. */
  purpose: Purpose;
  /** Until when; default: until it is revoked. */
  until?: Time | null | undefined;
}

/** Work went from one to another. `at` is when it was taken up. */
export interface HandedOff {
  /** What. */
  task: string;
  /** From whom. */
  from?: string | null | undefined;
  /** Since when it was ready to be taken. */
  ready_at?: Time | null | undefined;
  /** It was given back within a week. */
  returned?: boolean | null | undefined;
  /** Work that had to be done again for it, seconds, ≥ 0. */
  rework_s?: number | null | undefined;
  /** To whom. */
  to?: string | null | undefined;
}

/** A line of a header, or a field of a query. */
export interface HeaderField {
  /** Its name, in any case. */
  name: string;
  /** Its value. */
  value: string;
}

/** Heart rate of a day, per minute. */
export interface HeartView {
  /** Hours with a value. */
  covered_h: number;
  /** Highest sample. */
  max_bpm?: number | null | undefined;
  /** Mean, weighted by time. */
  mean_bpm?: number | null | undefined;
  /** Lowest sample. */
  min_bpm?: number | null | undefined;
  /** Resting heart rate: of the night, else the source's own. */
  resting?: Estimate | null | undefined;
  /** How the resting rate was found: `night_low`, or the source that states it. */
  resting_method?: string | null | undefined;
}

/** Which metric or facts to read. */
export interface HistoryRequest {
  /** A metric of the catalogue, a vendor's own, or an event kind (`task.completed`). */
  metric: string;
  /** In steps of so many seconds, counted from 1970 in UTC; default: at every instant. */
  every_s?: number | null | undefined;
  /** From, included. */
  from?: Time | null | undefined;
  /** As known at this moment. */
  known_at?: Time | null | undefined;
  /** Every stored sample with its source, nothing resolved; default: no. */
  raw?: boolean | null | undefined;
  /** To, excluded. */
  to?: Time | null | undefined;
}

/** A row of a history. */
export interface HistoryRow {
  /** Who said it; in steps the sources joined by `+`. */
  source: string;
  /** Start; UTC. */
  start: Timestamp;
  /** The value; in steps the mean weighted by time, or the total of a cumulative metric. */
  value: number;
  /** End; UTC; absent for an instant. */
  end?: Timestamp | null | undefined;
  /** Greatest value in a step. */
  max?: number | null | undefined;
  /** How it was measured. */
  method?: string | null | undefined;
  /** Least value in a step. */
  min?: number | null | undefined;
  /** Pieces in a step. */
  n?: number | null | undefined;
}

/** A metric over time. */
export interface HistoryView {
  /** Facts of an event kind. */
  events: Array<Event>;
  /** What was asked for. */
  metric: string;
  /** Rows in order. */
  rows: Array<HistoryRow>;
  /** UCUM unit of the values. */
  unit: string;
}

/** One local hour. */
export interface HourView {
  /** Local hour, 0..=23. */
  hour: number;
  /** The amount. */
  value: number;
}

/** Heart rate variability of a day, milliseconds. */
export interface HrvView {
  /** How RMSSD was measured: `night`, `morning`, or `stated` by the source; values of different methods do not compare. */
  method: string;
  /** Who recorded it. */
  source: string;
  /** RMSSD, where beats or a source give it. */
  rmssd?: Estimate | null | undefined;
  /** SDNN, where only that is known. Never compared with RMSSD. */
  sdnn_ms?: number | null | undefined;
  /** Who stated the SDNN. */
  sdnn_source?: string | null | undefined;
}

/** What a server answered. */
export interface HttpAnswer {
  /** 100..=599. */
  status: number;
  /** The body as text. */
  body?: string | null | undefined;
  /** At least `Location` and `Retry-After`, where the answer has them. */
  headers?: Array<HeaderField> | null | undefined;
}

/** A request for the host to make. */
export interface HttpAsk {
  /** The body. */
  body: string;
  /** Headers, without `Authorization`. */
  headers: Array<HeaderField>;
  /** `PROPFIND` or `REPORT`. */
  method: string;
  /** Absolute; always of the scheme, host and port that were given. */
  url: string;
}

/** How a file is read. Its bytes come beside the request, or from a path. */
export interface ImportRequest {
  /** Take the consent that an export of a twin holds; only the person may. Default: no. */
  consent?: boolean | null | undefined;
  /** What the columns of a table mean, as JSON text (`csv_mapping`). */
  mapping?: string | null | undefined;
  /** The file's name, as the answer shall call it; default: the path's last part, else `file`. */
  name?: string | null | undefined;
  /** A file of this machine, read piece by piece; not in a browser. */
  path?: string | null | undefined;
  /** Read only this person of a file that holds several. */
  subject?: string | null | undefined;
  /** IANA zone of times that are written without one; default: the person's, else UTC. */
  zone?: string | null | undefined;
}

/** What an import did. A stable form: `humantwin import --json` prints it. */
export interface ImportView {
  /** Samples that were there already. */
  duplicate_samples: number;
  /** Observations that were there already. */
  duplicates: number;
  /** New events in the log. */
  events: number;
  /** The import was stopped; import the file again to go on. */
  interrupted: boolean;
  /** Observations read. */
  observations: number;
  /** The file's name, as given. */
  path: string;
  /** What was refused, by reason. */
  refused: Array<RefusedView>;
  /** New samples. */
  samples: number;
  /** Oddities that lost nothing. */
  warnings: Array<Warning>;
  /** Why the file could not be read, as `code: message`. */
  error?: string | null | undefined;
  /** The format found: `apple_health`, `fit`, `icalendar`, `fitbit_sleep` … */
  format?: string | null | undefined;
}

/** The imports so far. */
export interface ImportsView {
  /** Oldest first. */
  imports: Array<PastImportView>;
}

/** One field of a kept message. */
export interface KeptField {
  /** The field's name. */
  name: string;
  /** Its value: a number, or the text of one of many numbers. */
  value: KeptValue;
  /** Its unit, as the source writes it. */
  unit?: string | null | undefined;
}

/** A value of a kept message. */
export type KeptValue = unknown;

/** One lap of a workout. */
export interface Lap {
  /** End; UTC. */
  end: Time;
  /** Start; UTC. */
  start: Time;
  /** Distance, metres. */
  distance_m?: number | null | undefined;
  /** Mean heart rate, per minute. */
  heart_rate_mean?: number | null | undefined;
}

/** The newest value of a metric. */
export interface LastView {
  /** When. */
  at: Timestamp;
  /** Metric. */
  metric: string;
  /** Who. */
  source: string;
  /** Value. */
  value: number;
  /** UCUM unit, where the catalogue has one. */
  unit?: string | null | undefined;
}

/** Something was learnt: a course, a book, a session of practice. */
export interface LearningCompleted {
  /** How. */
  method: LearningMethod;
  /** Time spent, seconds, ≥ 0. */
  duration_s?: number | null | undefined;
  /** Who. */
  person?: string | null | undefined;
  /** What came of it, 0..=1: share of right answers, mark. */
  score?: number | null | undefined;
  /** What was learnt. */
  skills?: Array<string> | null | undefined;
  /** What it is called. */
  title?: string | null | undefined;
}

/** Something that can be learnt. */
export interface LearningItemRequest {
  /** Hours it takes, ≥ 0. */
  hours: number;
  /** Its name; each name once. */
  name: string;
  /** The skill it is for. */
  skill: string;
  /** When it should be done. */
  due?: Time | null | undefined;
  /** Names of items that come before. */
  needs?: Array<string> | null | undefined;
  /** Probability that it is completed once begun, 0..=1; default: 1. */
  p_complete?: number | null | undefined;
  /** Points it brings; default: all that is missing. */
  points?: number | null | undefined;
}

/** A way of learning. */
export type LearningMethod =
  /** A course or lecture. */
  | "course"
  /** Reading, watching. */
  | "reading"
  /** Practice spread over time, with recall. */
  | "practice"
  /** Working in a pair. */
  | "pair_work"
  /** A project. */
  | "project"
  /** Being mentored. */
  | "mentoring"
  /** Any other. */
  | "other"
  | UnknownWord;

/** Something that found no place. */
export interface LeftOut {
  /** What. */
  name: string;
  /** Which rule holds it back. */
  reason: string;
}

/** A day's training load by one rule. */
export interface LoadView {
  /** Sum of the day's sessions, in the rule's own points. */
  load: number;
  /** The rule: `banister_trimp`, `edwards`, `session_rpe`. */
  method: string;
}

/** civil day, YYYY-MM-DD */
export type LocalDate = Form<"LocalDate">;

/** How much to do. */
export interface MaintainRequest {
  /** At most about so many small steps of a few milliseconds; default: 100. */
  steps?: number | null | undefined;
}

/** What a round of upkeep did. */
export interface MaintainView {
  /** Nothing is left to do. */
  done: boolean;
  /** Days folded. */
  folded: number;
  /** Small segments of samples joined, so that they are read faster. */
  joined: number;
}

/** One measurement of a metric at a moment or over a span: weight, resting heart rate, VO2max … */
export interface MeasurementRecorded {
  /** A metric of the catalogue, or a vendor's own. */
  metric: MetricId;
  /** UCUM unit; the catalogue's unit for catalogue metrics. */
  unit: string;
  /** The value, in `unit`. */
  value: number;
  /** Start of the span measured; absent for a moment. */
  start?: Time | null | undefined;
}

/** A measurement. */
export interface MeasurementView {
  /** When. */
  at: Timestamp;
  /** Metric. */
  metric: string;
  /** Who. */
  source: string;
  /** UCUM unit. */
  unit: string;
  /** Value. */
  value: number;
}

/** A medication taken. */
export interface MedicationTaken {
  /** The medication. */
  name: string;
  /** Amount in `unit`. */
  dose?: number | null | undefined;
  /** UCUM unit of the dose. */
  unit?: string | null | undefined;
}

/** A meeting that took place, as the calendar or the person tells. `at` is its end. */
export interface MeetingAttended {
  /** The entry and, for a series, the occurrence. */
  entry: CalendarEntry;
  /** How it went, where that is known. */
  quality?: MeetingQuality | null | undefined;
}

/** A calendar entry still ahead. `at` is the moment the plan was made, never the meeting's own time. */
export interface MeetingPlanned {
  /** The entry and, for a series, the occurrence. */
  entry: CalendarEntry;
}

/** How a meeting went. */
export interface MeetingQuality {
  /** An agenda was there before. */
  agenda?: boolean | null | undefined;
  /** Decisions and actions written down. */
  decisions?: number | null | undefined;
  /** Messages the person sent meanwhile. */
  messages_sent?: number | null | undefined;
  /** It began on time. */
  on_time?: boolean | null | undefined;
  /** How unequal the speaking times were, Gini coefficient 0..=1. */
  speaking_gini?: number | null | undefined;
  /** How useful the person found it, 0..=1. */
  usefulness?: number | null | undefined;
}

/** Somebody helped somebody to learn. */
export interface MentoringSession {
  /** How long, seconds, ≥ 0. */
  duration_s?: number | null | undefined;
  /** Who learnt. */
  mentee?: string | null | undefined;
  /** Who taught. */
  mentor?: string | null | undefined;
  /** How much it helped, 0..=1. */
  rating?: number | null | undefined;
  /** What. */
  skill?: string | null | undefined;
}

/** What a merge did. */
export interface MergeReport {
  /** Events that were there, and of which the other log knew earlier. */
  earlier: number;
  /** Events that were not there before. */
  events: number;
  /** Samples of their series. */
  samples: number;
  /** Events of the other log. */
  seen: number;
}

/** Where the other log is: a twin's file of this machine, else packed bytes beside the request. */
export interface MergeRequest {
  /** A twin's file of this machine; not in a browser. */
  path?: string | null | undefined;
}

/** A message of a source that has no form of its own here, kept word for word. */
export interface MessageKept {
  /** The format: `fit`, `apple_health` … */
  format: string;
  /** The message's own name there. */
  message: string;
  /** Its fields, in order. */
  fields?: Array<KeptField> | null | undefined;
}

/** A message was sent. Its text is not kept. */
export interface MessageSent {
  /** Where: `mail`, `chat`, `issue`, `review` … */
  channel: string;
  /** Emoji in it. */
  emoji?: number | null | undefined;
  /** Who wrote it. */
  from?: string | null | undefined;
  /** Time since the message it answers, seconds, ≥ 0. */
  latency_s?: number | null | undefined;
  /** Characters. */
  length?: number | null | undefined;
  /** It asks something. */
  question?: boolean | null | undefined;
  /** It answers another message. */
  reply?: boolean | null | undefined;
  /** How it is written; only where reading the text was granted, and made on the device. */
  style?: MessageStyle | null | undefined;
  /** The conversation. */
  thread?: string | null | undefined;
  /** To whom, where that is known; a channel's readers are not. */
  to?: Array<string> | null | undefined;
}

/** How a message is written, as rates 0..=1 of its words. */
export interface MessageStyle {
  /** Adverbs. */
  adverbs: number;
  /** Articles. */
  articles: number;
  /** Auxiliary verbs. */
  auxiliary_verbs: number;
  /** Conjunctions. */
  conjunctions: number;
  /** Impersonal pronouns. */
  impersonal_pronouns: number;
  /** Negations. */
  negations: number;
  /** Personal pronouns. */
  personal_pronouns: number;
  /** Prepositions. */
  prepositions: number;
  /** Quantifiers. */
  quantifiers: number;
  /** Words. */
  words: number;
  /** Affect, -1 (bad) to 1 (good). */
  affect?: number | null | undefined;
  /** How direct, 0..=1. */
  directness?: number | null | undefined;
  /** How formal, 0..=1. */
  formality?: number | null | undefined;
}

export type MethodId = Form<"MethodId">;

export type MetricId = Form<"MetricId">;

/** Any metric of a day. */
export interface MetricView {
  /** Samples outside the plausible range. */
  flagged: number;
  /** Greatest. */
  max: number;
  /** Metric. */
  metric: string;
  /** Least. */
  min: number;
  /** Samples of all sources. */
  samples: number;
  /** Sources, the one that gave most first. */
  sources: Array<ShareView>;
  /** Mean, weighted by time. */
  mean?: number | null | undefined;
  /** Total of a cumulative metric. */
  total?: number | null | undefined;
  /** UCUM unit, where the catalogue has one. */
  unit?: string | null | undefined;
}

/** A model was changed. */
export interface ModelUpdated {
  /** The model. */
  model: string;
  /** The version now. */
  version: string;
  /** The version before. */
  before?: string | null | undefined;
  /** Why. */
  reason?: string | null | undefined;
}

/** A model. */
export interface ModelView {
  /** It speaks of health, and is therefore no diagnosis. */
  health: boolean;
  /** Stable id. */
  id: string;
  /** What it estimates. */
  title: string;
  /** Version; changes whenever the same input may give another answer. */
  version: string;
}

/** The models there are. */
export interface ModelsView {
  /** By id. */
  models: Array<ModelView>;
}

/** An estimate with the name of what is estimated. */
export interface NamedEstimate {
  /** The estimate. */
  estimate: Estimate;
  /** What is estimated: `sleep_duration`, `resting_heart_rate`, `rmssd` …; of `baseline_z` what is usual, and with `_z` the distance from it. */
  name: string;
}

/** A figure with its name and UCUM unit. */
export interface NamedQuantity {
  /** The source's name of it. */
  name: string;
  /** UCUM unit, or the source's word where it is none. */
  unit: string;
  /** The figure. */
  value: number;
}

/** The main sleep of a day (`models-health` §4.2). Durations in minutes. */
export interface NightView {
  /** Going to bed was recorded. */
  bed_known: boolean;
  /** End of the block. */
  end: Timestamp;
  /** Total sleep time as an estimate. */
  estimate: Estimate;
  /** Time in bed. */
  in_bed_min: number;
  /** Local clock hour of the middle of the sleep, 0..24. */
  midpoint_h: number;
  /** Falling asleep. */
  onset: Timestamp;
  /** Who recorded it. */
  source: string;
  /** Start of the block: in bed where known, else asleep. */
  start: Timestamp;
  /** Last awakening. */
  wake: Timestamp;
  /** Total sleep time. */
  asleep_min?: number | null | undefined;
  /** Awakenings of five minutes or more. */
  awakenings?: number | null | undefined;
  /** Deep sleep. */
  deep_min?: number | null | undefined;
  /** Time asleep over time in bed, 0..=1. */
  efficiency?: number | null | undefined;
  /** Time to fall asleep. */
  latency_min?: number | null | undefined;
  /** Light sleep. */
  light_min?: number | null | undefined;
  /** REM sleep. */
  rem_min?: number | null | undefined;
  /** Awake between falling asleep and the last awakening. */
  waso_min?: number | null | undefined;
}

/** A note of the person. */
export interface NoteView {
  /** When. */
  at: Timestamp;
  /** `symptom`, `medication`, `caffeine` or `alcohol`. */
  kind: string;
  /** In words. */
  text: string;
  /** Severity, dose or amount. */
  amount?: number | null | undefined;
  /** UCUM unit of the amount. */
  unit?: string | null | undefined;
}

/** A verb without anything to say. */
export type NothingRequest = Record<string, never>;

/** A task begun and not finished. */
export interface OpenTaskView {
  /** How often it was put off. */
  delays: number;
  /** Since when. */
  since: Timestamp;
  /** The tool's id. */
  task: string;
  /** When it is due. */
  due?: Timestamp | null | undefined;
}

/** An import that was done. */
export interface PastImportView {
  /** When. */
  at: Timestamp;
  /** What it did. */
  import: ImportView;
}

/** Somebody's level in a skill. */
export interface PersonSkill {
  /** The level, 0..=100. */
  level: number;
  /** The skill. */
  skill: string;
}

/** Somebody who can take tasks. */
export interface PersonToTake {
  /** Hours they have, ≥ 0. */
  hours: number;
  /** Who; each name once. */
  person: string;
  /** What they can do. */
  skills?: Array<PersonSkill> | null | undefined;
}

/** A stretch of time for a task. */
export interface PlanBlock {
  /** End. */
  end: Time;
  /** Start. */
  start: Time;
  /** The task. */
  task: string;
}

/** A change of the coming days. Days count from 0, the rest of today; a night belongs to the day of waking. */
export type PlanChange =
  /** Sleep at these times in the nights that end on these days (of 1 and later). */
  | {
      type: "sleep_at";
      /** Going to sleep, `HH:MM`; after noon is the evening before. */
      bed: string;
      /** Waking, `HH:MM`. */
      wake: string;
      /** The days. */
      days?: Array<number> | null | undefined;
    }
  /** A training session more. */
  | {
      type: "train";
      /** The day. */
      day: number;
      /** Its load, in the points of the person's other loads, ≥ 0. */
      load: number;
    }
  /** The day's training is left out. */
  | {
      type: "skip_training";
      /** The day. */
      day: number;
    }
  /** A day without any training. */
  | {
      type: "rest_day";
      /** The day. */
      day: number;
    }
  /** Caffeine. */
  | {
      type: "caffeine";
      /** Milligrams, ≥ 0. */
      amount_mg: number;
      /** When, `HH:MM`. */
      at: string;
      /** The day. */
      day: number;
    }
  /** Alcohol in the evening. */
  | {
      type: "alcohol";
      /** The day. */
      day: number;
      /** Standard drinks (10 g of ethanol), ≥ 0. */
      drinks: number;
    }
  /** A day off: nobody has to get up. */
  | {
      type: "day_off";
      /** The day. */
      day: number;
    }
  /** The meeting that is held at this time is dropped. */
  | {
      type: "drop_meeting";
      /** A time within it, `HH:MM`. */
      at: string;
      /** The day. */
      day: number;
    }
  /** One more task. */
  | {
      type: "take_task";
      /** From this day on. */
      day: number;
      /** Estimated hours, > 0. */
      estimate_h: number;
    }
  | { type: UnknownKind };

/** A kind of plan. */
export type PlanKind =
  /** The person's open tasks in the free working time of the coming days, where their energy is. Meetings, tasks with estimates, due dates and what they depend on are those the twin knows. */
  | {
      type: "week";
      /** What is planned so far: the new plan moves little of it without need. */
      current?: Array<PlanBlock> | null | undefined;
      /** Days, today included, 1..=14; default: 5. */
      days?: number | null | undefined;
    }
  /** What to learn for the newest role that was stated, one item after the other. */
  | {
      type: "learning_path";
      /** Hours there are in all, ≥ 0. */
      hours: number;
      /** Hours a week, > 0. */
      hours_per_week: number;
      /** What can be learnt. */
      items?: Array<LearningItemRequest> | null | undefined;
    }
  /** Teams of the people given: the most skills and chemistry with the least load. */
  | {
      type: "team";
      /** People in each. */
      size: number;
      /** Greatest share of one unit in a team, 0..=1. */
      most_of_unit?: number | null | undefined;
      /** What each team needs. */
      needs?: Array<TeamNeed> | null | undefined;
      /** Who may be in a team. */
      people?: Array<TeamCandidate> | null | undefined;
      /** Teams to make; default: 1. */
      teams?: number | null | undefined;
    }
  /** Each task to one person: who succeeds most likely, has the time, and learns by it. */
  | {
      type: "assign";
      /** The people. */
      people?: Array<PersonToTake> | null | undefined;
      /** The tasks. */
      tasks?: Array<TaskToGive> | null | undefined;
    }
  /** Tasks shared out so that the fullest person is as little full as can be, then the next. */
  | {
      type: "balance";
      /** The people. */
      people?: Array<PersonToTake> | null | undefined;
      /** The tasks. */
      tasks?: Array<TaskToGive> | null | undefined;
    }
  /** The most valuable projects that fit the weeks. */
  | {
      type: "allocate";
      /** Hours there are in each week. */
      capacity?: Array<WeekHours> | null | undefined;
      /** Probability with which every week has to fit, 0.5..1; default: 0.8. */
      fits?: number | null | undefined;
      /** The projects. */
      projects?: Array<ProjectRequest> | null | undefined;
    }
  | { type: UnknownKind };

/** What to plan, and how long to search. The same request gives the same plan. */
export interface PlanRequest {
  /** What to plan. */
  plan: PlanKind;
  /** At this moment; default: now. */
  at?: Time | null | undefined;
  /** As known at this moment; default: as known now. */
  known_at?: Time | null | undefined;
  /** Seed of the search; default: 1. */
  seed?: number | null | undefined;
  /** Steps of the search, 1..=10000000; default: 1000. More steps never give a worse plan. */
  steps?: number | null | undefined;
}

/** A step of a plan. */
export interface PlanStep {
  /** It is done after it is due. */
  late: boolean;
  /** What: a task, an item, a project, a team. */
  name: string;
  /** When it is done. */
  done?: Timestamp | null | undefined;
  /** Hours it takes. */
  hours?: number | null | undefined;
  /** What it is worth. */
  value?: number | null | undefined;
  /** Who. */
  who?: string | null | undefined;
}

/** A plan, and why it is so. */
export interface PlanView {
  /** From which moment on. */
  at: Timestamp;
  /** Stretches of time, in order; of a plan of days. */
  blocks: Array<PlanBlock>;
  /** No plan is worth more; where less is better (the fullest person), no plan has less. */
  bound: number;
  /** Numbers of the plan with their intervals. */
  estimates: Array<NamedEstimate>;
  /** What found no place, and which rule holds it back. */
  left_out: Array<LeftOut>;
  /** What the plan is worth, in the points of its kind. */
  objective: number;
  /** What is done, by whom, in which order. */
  steps: Array<PlanStep>;
  /** In plain words. */
  words: Array<string>;
}

/** A quantity at a moment. */
export interface PointView {
  /** When. */
  at: Timestamp;
  /** The value. */
  value: number;
  /** High end of the 80 % interval. */
  high?: number | null | undefined;
  /** Low end of the 80 % interval. */
  low?: number | null | undefined;
}

/** Which prediction. */
export interface PredictRequest {
  /** A model's id: see `models`. */
  model: string;
  /** At this moment; default: now. */
  at?: Time | null | undefined;
  /** As known at this moment; default: as known now. */
  known_at?: Time | null | undefined;
}

/** A prediction was shown or used. */
export interface PredictionMade {
  /** The model. */
  model: string;
  /** What was estimated. */
  name: string;
  /** Its version. */
  version: string;
  /** High end of the 80 % interval. */
  high?: number | null | undefined;
  /** Low end of the 80 % interval. */
  low?: number | null | undefined;
  /** UCUM unit. */
  unit?: string | null | undefined;
  /** The value; absent where there was none. */
  value?: number | null | undefined;
}

/** What a model says of the person. Nothing here is a diagnosis. */
export interface PredictionView {
  /** At which moment. */
  at: Timestamp;
  /** What it says of the hours or days to come, or of those that were. */
  curves: Array<CurveView>;
  /** What it says. An estimate without a value says by its status and `gaps` why. */
  estimates: Array<NamedEstimate>;
  /** The model's id. */
  model: string;
  /** Stretches of time it names: peak windows, episodes. */
  spans: Array<SpanView>;
  /** What it estimates. */
  title: string;
  /** Its version. */
  version: string;
  /** What it says in plain words. */
  words: Array<string>;
}

/** Facts about the person; absent fields leave what is known as it is. */
export interface ProfileStated {
  /** Date of birth. */
  born?: LocalDate | null | undefined;
  /** Measured highest heart rate, per minute. */
  heart_rate_max?: number | null | undefined;
  /** Height, metres, 0..=3. */
  height_m?: number | null | undefined;
  /** Sex, where a published formula asks for it. */
  sex?: Sex | null | undefined;
  /** Days of the week usually worked, Monday = 0 … Sunday = 6. */
  work_days?: Array<number> | null | undefined;
  /** Usual zone. */
  zone?: ZoneId | null | undefined;
}

/** A project. */
export interface ProjectRequest {
  /** Its name. */
  project: string;
  /** What it is worth, ≥ 0. */
  value: number;
  /** Hours it needs in each week; weeks that are missing need none. */
  demand?: Array<WeekHours> | null | undefined;
  /** It must be done; default: no. */
  must?: boolean | null | undefined;
}

/** What data is used for. */
export type Purpose =
  /** The person's own use. */
  | "own_use"
  /** Health and fitness. */
  | "health"
  /** Work planning. */
  | "work"
  /** Emotional companionship. */
  | "companion"
  /** Research. */
  | "research"
  /** Keeping the twin itself in order. */
  | "upkeep"
  | UnknownWord;

/** Ready-made windows of one name. */
export interface ReadyWindowView {
  /** In words. */
  about: string;
  /** Their name. */
  name: string;
}

/** Ready-made windows. */
export interface ReadyWindowsView {
  /** By name. */
  windows: Array<ReadyWindowView>;
}

/** A delivery as the host received it; its body comes beside, not one byte changed. */
export interface ReceiveRequest {
  /** What was agreed with the service: the signing secret, the token, the client state. */
  secret: string;
  /** Who is said to have sent it: `github`, `gitlab`, `jira`, `asana`, `slack`, `microsoft_graph`, `zoom`, `google_calendar`. The host knows by the path it was sent to. */
  service: string;
  /** Name of the event, where the host knows it otherwise than by a header. */
  event?: string | null | undefined;
  /** Headers as they came. */
  headers?: Array<HeaderField> | null | undefined;
  /** Names of the twin's person in the service: logins, ids, addresses. */
  me?: Array<string> | null | undefined;
  /** Fields of the query, decoded. */
  query?: Array<HeaderField> | null | undefined;
  /** IANA zone of times that are written without one; default: the person's, else UTC. */
  zone?: string | null | undefined;
}

/** What the host has to answer, and what came of the delivery. */
export interface ReceivedView {
  /** The answer's body. */
  body: string;
  /** Facts that were there already: a delivery sent again. */
  duplicates: number;
  /** Events written. */
  events: number;
  /** Further headers of the answer. */
  headers: Array<HeaderField>;
  /** Parts that are no facts about work, or could not be used, with why. */
  ignored: Array<string>;
  /** What was delivered: `issues.opened` …; empty where that is not known. */
  kind: string;
  /** Status of the answer. */
  status: number;
  /** Type of the answer's body, where it has one. */
  content_type?: string | null | undefined;
  /** The sender's id of the delivery. */
  delivery?: string | null | undefined;
  /** A secret that the service hands out once: keep it for the deliveries to come. */
  new_secret?: string | null | undefined;
  /** Why it is refused: `signature_wrong`, `timestamp_old` … */
  refused?: string | null | undefined;
  /** What proved who sent it: `signature` or `token`. */
  verified?: string | null | undefined;
}

/** A record of a source was wrong; this is what it should have said. */
export interface RecordCorrected {
  /** The record. */
  record: RecordId;
  /** What holds instead. */
  replacement: EventBody;
  /** Above the revision it replaces. */
  revision: number;
  /** Source of the record. */
  source: SourceId;
  /** Why. */
  reason?: string | null | undefined;
}

/** A record of a source is no more. */
export interface RecordDeleted {
  /** The record. */
  record: RecordId;
  /** The revision that is deleted; it and all below are gone. */
  revision: number;
  /** Source of the record. */
  source: SourceId;
}

export type RecordId = Form<"RecordId">;

/** Facts to record. All of them are written, or none. */
export interface RecordRequest {
  /** The facts, each a CloudEvents object. */
  events?: Array<Event> | null | undefined;
}

/** What a write did. */
export interface RecordedView {
  /** Facts or blocks that were there already. */
  duplicates: number;
  /** New events in the log. */
  events: number;
  /** Samples that were refused as impossible, with the first reason. */
  refused: number;
  /** New samples. */
  samples: number;
  /** The first reason. */
  refused_example?: string | null | undefined;
}

/** How something was recorded. */
export type Recording =
  /** By the device, in the background. */
  | "automatic"
  /** In a session the person started. */
  | "active"
  /** Typed in. */
  | "manual"
  | UnknownWord;

/** A record that was refused. */
export interface RefusedRecordView {
  /** The stable word of the reason. */
  code: string;
  /** In words. */
  message: string;
  /** What it was about. */
  subject: string;
}

/** Records that were refused. */
export interface RefusedRecordsView {
  /** Oldest first. */
  refused: Array<RefusedRecordView>;
}

/** How many to show. */
export interface RefusedRequest {
  /** At most so many; default: 100. */
  limit?: number | null | undefined;
}

/** How often something was refused. */
export interface RefusedView {
  /** The stable word of the reason. */
  code: string;
  /** How many records or samples. */
  count: number;
  /** The first one's message. */
  example: string;
  /** What it was about. */
  subject: string;
}

/** How a report is made. */
export interface ReportRequest {
  /** Days back from the last one, 1..=3650; default: 90. */
  days?: number | null | undefined;
  /** What the page calls the person; default: their id. */
  title?: string | null | undefined;
  /** The last day; default: today where something is known of it, else the newest day. */
  until?: LocalDate | null | undefined;
}

/** Somebody's work was reviewed. */
export interface ReviewDone {
  /** What was reviewed. */
  item: string;
  /** What came of it. */
  outcome: ReviewOutcome;
  /** Whose work. */
  author?: string | null | undefined;
  /** Comments. */
  comments?: number | null | undefined;
  /** Who reviewed. */
  reviewer?: string | null | undefined;
  /** Skills the work took. */
  skills?: Array<string> | null | undefined;
  /** Time it waited for the review, seconds, ≥ 0. */
  waited_s?: number | null | undefined;
}

/** What came of a review. */
export type ReviewOutcome =
  /** It may go on. */
  | "approved"
  /** Something has to change. */
  | "changes_requested"
  /** Only remarks. */
  | "commented"
  /** It was turned down. */
  | "rejected"
  | UnknownWord;

/** A grant to take back. */
export interface RevokeRequest {
  /** Whose. */
  actor: string;
  /** Which purpose; default: all. */
  purpose?: Purpose | null | undefined;
}

/** One skill that a role asks for. */
export interface RoleNeed {
  /** The level, 0..=100. */
  level: number;
  /** It must be met. */
  must: boolean;
  /** The skill. */
  skill: string;
  /** How much it matters, > 0; 1 is usual. */
  importance?: number | null | undefined;
}

/** What a role asks for. The newest statement of a role holds. */
export interface RoleStated {
  /** The role. */
  role: string;
  /** What it asks for. */
  needs?: Array<RoleNeed> | null | undefined;
}

/** One answer on a named scale. */
export interface ScaleAnswer {
  /** Highest possible answer, above `min`. */
  max: number;
  /** Lowest possible answer. */
  min: number;
  /** The scale: `readiness`, `fatigue`, `mood`, `stress`, `soreness`, `sleep_quality` … */
  scale: string;
  /** The answer, `min..=max`. */
  value: number;
  /** The high end is the better one. */
  higher_is_better?: boolean | null | undefined;
}

/** What to simulate: the changes of a plan, and how far ahead. */
export interface Scenario {
  /** From this moment on; default: now. */
  at?: Time | null | undefined;
  /** The changes; none shows how the days go as usual. */
  changes?: Array<PlanChange> | null | undefined;
  /** Days ahead, 1..=60; default: 14. */
  days?: number | null | undefined;
  /** Draws, 1..=5000; default: 200. */
  draws?: number | null | undefined;
  /** As known at this moment; default: as known now. */
  known_at?: Time | null | undefined;
  /** Seed of the draws; the same seed gives the same answer. Default: 1. */
  seed?: number | null | undefined;
}

export type SegmentHash = Form<"SegmentHash">;

/** Which samples to read. */
export interface SeriesQuery {
  /** A metric of the catalogue, or a vendor's own. */
  metric: string;
  /** In steps of so many seconds; default: at every instant. */
  every_s?: number | null | undefined;
  /** From, included. */
  from?: Time | null | undefined;
  /** As known at this moment. */
  known_at?: Time | null | undefined;
  /** Every stored sample, nothing resolved; default: no. */
  raw?: boolean | null | undefined;
  /** To, excluded. */
  to?: Time | null | undefined;
}

/** Samples were written: the event names an immutable, hashed column segment. `at` is the end of the last sample. */
export interface SeriesWritten {
  /** Number of samples; 0 for a tombstone. */
  count: number;
  /** End of the last sample; UTC. */
  end: Time;
  /** What was measured. */
  metric: MetricId;
  /** The samples' hash. */
  segment: SegmentHash;
  /** Start of the first sample; UTC. */
  start: Time;
  /** UCUM unit of the values; the catalogue's unit for catalogue metrics. */
  unit: string;
  /** Older samples of the same source and metric that start in `start..=end` are withdrawn. */
  replaces?: boolean | null | undefined;
}

/** A training session. */
export interface SessionView {
  /** The same session as recorded by others. */
  also: Array<string>;
  /** Minutes. */
  duration_min: number;
  /** End. */
  end: Timestamp;
  /** Who recorded it. */
  source: string;
  /** Sport. */
  sport: string;
  /** Start. */
  start: Timestamp;
  /** Metres. */
  distance_m?: number | null | undefined;
  /** Active energy, kilocalories. */
  energy_kcal?: number | null | undefined;
  /** Mean heart rate. */
  heart_rate_mean?: number | null | undefined;
  /** Load. */
  load?: number | null | undefined;
  /** By which rule. */
  load_method?: string | null | undefined;
}

/** Sex as published formulas use it. */
export type Sex =
  /** Female. */
  | "female"
  /** Male. */
  | "male"
  /** Neither, or not told. */
  | "other"
  | UnknownWord;

/** How time is cut into windows. */
export type ShapeRequest =
  /** Spans of one length, side by side, counted from 1970 in UTC. */
  | {
      type: "tumbling";
      /** Length, seconds. */
      size_s: number;
    }
  /** Spans of one length that begin at every step. */
  | {
      type: "sliding";
      /** Step, seconds; at most the length. */
      every_s: number;
      /** Length, seconds. */
      size_s: number;
    }
  /** As long as pauses stay shorter than the gap. */
  | {
      type: "session";
      /** A pause of this length ends the window, seconds. */
      gap_s: number;
    }
  /** Civil days in the zone lived in. */
  | {
      type: "day";
    }
  /** Weeks from Monday. */
  | {
      type: "week";
    }
  /** Months. */
  | {
      type: "month";
    }
  | { type: UnknownKind };

/** A source's share. */
export interface ShareView {
  /** Its share, 0..=1. */
  share: number;
  /** The source. */
  source: string;
}

/** One quantity over the coming days. */
export interface SimulatedQuantity {
  /** Day by day under the changed plan. */
  changed: Array<BandView>;
  /** Changed minus planned, draw by draw. */
  difference: Array<BandView>;
  /** `energy`, `fatigue_9h`, `fatigue_15h`, `sleep_debt`, `fitness`, `fatigue_load`, `form`, `resting_hr_deviation`, `ln_rmssd_deviation`, `recovery`; of work `focus_hours` and `open_work`. */
  name: string;
  /** Day by day as planned. */
  plan: Array<BandView>;
  /** UCUM unit. */
  unit: string;
  /** Today's value, as far as it is known. */
  now?: number | null | undefined;
}

/** What would happen with the plan and with the changed plan. Nothing here is a diagnosis. */
export interface SimulationView {
  /** From which moment on. */
  at: Timestamp;
  /** Draws behind the bands. */
  draws: number;
  /** The first day simulated: tomorrow. */
  from: LocalDate;
  /** What could not be simulated, and why. */
  gaps: Array<string>;
  /** The model. */
  model: string;
  /** The quantities that could be simulated. */
  quantities: Array<SimulatedQuantity>;
  /** What each change does most, largest first. */
  reasons: Array<string>;
  /** Seed of the draws. */
  seed: number;
  /** Its version. */
  version: string;
}

/** How well somebody masters a skill, as a test, an assessor or a single answer shows. */
export interface SkillAssessed {
  /** The skill. */
  skill: string;
  /** Who assessed; absent: unknown. */
  by?: string | null | undefined;
  /** Was one answer right? For tests that are told answer by answer. */
  correct?: boolean | null | undefined;
  /** Which question was answered. */
  item?: string | null | undefined;
  /** How: `test`, `self`, `manager`, `peer` … */
  method?: string | null | undefined;
  /** Whose. */
  person?: string | null | undefined;
  /** Level, 0 (nothing) to 100 (mastery). */
  score?: number | null | undefined;
  /** How sure that is: standard deviation in points. */
  sd?: number | null | undefined;
}

/** What a skill is and what it has to do with others. */
export interface SkillDescribed {
  /** The skill. */
  skill: string;
  /** Hours it usually takes to close a gap in it, > 0. */
  hours?: number | null | undefined;
  /** Skills next to it. */
  related?: Array<string> | null | undefined;
  /** Skills that have to be there before. */
  requires?: Array<string> | null | undefined;
  /** Roles and occupations that use it. */
  roles?: Array<string> | null | undefined;
  /** In words. */
  text?: string | null | undefined;
}

/** A skill grew, as the person or a tool states it. */
export interface SkillImproved {
  /** Points gained, -100..=100. */
  gain: number;
  /** The skill. */
  skill: string;
  /** What did it: `practice`, `course` … */
  cause?: string | null | undefined;
  /** The skill it was carried over from, where knowledge of another one helped. */
  from_skill?: string | null | undefined;
  /** Whose. */
  person?: string | null | undefined;
}

/** One finished sleep episode. `at` is its end; it belongs to the day of waking. */
export interface SleepRecorded {
  /** Final awakening; UTC, after `start`. */
  end: Time;
  /** Falling asleep, or going to bed where the source cannot tell; UTC. */
  start: Time;
  /** Minutes asleep as the source states them, 0..=1440; used only where there are no stages. */
  asleep_min?: number | null | undefined;
  /** Minutes awake after sleep onset as the source states them, 0..=1440. */
  awake_min?: number | null | undefined;
  /** Leaving bed, where known; at or after `end`. */
  in_bed_end?: Time | null | undefined;
  /** Going to bed, where known; at or before `start`. */
  in_bed_start?: Time | null | undefined;
  /** The source says this is a nap. */
  nap?: boolean | null | undefined;
  /** Stages in time order, not overlapping; empty where the source gives none. */
  stages?: Array<SleepStageSpan> | null | undefined;
  /** The source's own sleep score, 0..=100; not comparable across sources. */
  vendor_score?: number | null | undefined;
}

/** Sleep stages, common to all sources (`adapters.md` §7). */
export type SleepStage =
  /** Not known. */
  | "unknown"
  /** Awake. */
  | "awake"
  /** Asleep, stage not known. */
  | "asleep"
  /** Out of bed. */
  | "out_of_bed"
  /** Light sleep (N1, N2, "core"). */
  | "light"
  /** Deep sleep (N3). */
  | "deep"
  /** Rapid eye movement. */
  | "rem"
  /** Awake in bed. */
  | "awake_in_bed"
  /** In bed, asleep or not. */
  | "in_bed"
  | UnknownWord;

/** A span of one sleep stage. */
export interface SleepStageSpan {
  /** End; UTC, after `start`. */
  end: Time;
  /** The stage. */
  stage: SleepStage;
  /** Start; UTC. */
  start: Time;
}

export type SourceId = Form<"SourceId">;

/** Whose samples win where sources overlap, best first. */
export interface SourcePrioritySet {
  /** The metric; absent for all. */
  metric?: MetricId | null | undefined;
  /** Sources, best first; sources not named come after, in their usual order. */
  order?: Array<SourceId> | null | undefined;
}

/** A stretch of time with a name. */
export interface SpanView {
  /** End. */
  end: Timestamp;
  /** What it is: `peak_window`, `anomaly`, `stress_episode` … */
  name: string;
  /** Start. */
  start: Timestamp;
  /** In plain words. */
  note?: string | null | undefined;
  /** How probable it is, 0..=1. */
  probability?: number | null | undefined;
  /** UCUM unit of the value. */
  unit?: string | null | undefined;
  /** Its level, in `unit`. */
  value?: number | null | undefined;
}

/** Which moment to look at. */
export interface StateRequest {
  /** At this moment; default: now. Nothing that came after it is shown. */
  at?: Time | null | undefined;
  /** As known at this moment; default: as known now. */
  known_at?: Time | null | undefined;
}

/** How the person is. */
export interface StateView {
  /** At which moment. */
  at: Timestamp;
  /** The day so far. */
  day: DayView;
  /** Days with anything in them, up to the moment. */
  days: number;
  /** The newest measurement of each metric. */
  last: Array<LastView>;
  /** Tasks begun and not finished. */
  open_tasks: Array<OpenTaskView>;
  /** The person. */
  twin: string;
  /** What the day is compared with: the person's own past. */
  usual: Array<UsualView>;
  /** First day with anything in it. */
  first?: LocalDate | null | undefined;
  /** As known at which moment, where asked for. */
  known_at?: Timestamp | null | undefined;
  /** The newest day with anything in it, where `day` has nothing. */
  newest?: LocalDate | null | undefined;
  /** Hash of the whole state; absent for readings of the past. */
  state_hash?: string | null | undefined;
  /** IANA zone lived in. */
  zone?: string | null | undefined;
}

/** Stress was noticed, by the person or a device. */
export interface StressDetected {
  /** How strong, 0..=1. */
  level: number;
  /** Who says so: `self`, a device. */
  by?: string | null | undefined;
  /** What it comes from. */
  cause?: string | null | undefined;
}

/** A symptom, as the person notes it. */
export interface SymptomNoted {
  /** The symptom in words or as a code. */
  symptom: string;
  /** Severity, 0..=10. */
  severity?: number | null | undefined;
  /** Since when. */
  start?: Time | null | undefined;
}

/** One step of a sync: the first with `start`, each next with `machine` and the server's `answer`. */
export interface SyncCalendarRequest {
  /** What the server answered to the step's request. */
  answer?: HttpAnswer | null | undefined;
  /** What the step before gave. */
  machine?: string | null | undefined;
  /** Begins a sync. */
  start?: CalendarStart | null | undefined;
}

/** What the host has to do next. */
export interface SyncCalendarView {
  /** Events written by this step. */
  events: number;
  /** What it came to, when all is read. */
  done?: CalendarSynced | null | undefined;
  /** Hand this back with the answer; absent when all is read. */
  machine?: string | null | undefined;
  /** Ask this; absent when all is read. The host adds `Authorization` and does not follow redirects. */
  request?: HttpAsk | null | undefined;
  /** The server wants to be asked later: so many seconds, 0 where it does not say. */
  wait_s?: number | null | undefined;
}

/** What is known of a task besides its name. */
export interface TaskAbout {
  /** Who does it. */
  assignee?: string | null | undefined;
  /** How hard it is by its nature, 0..=1. */
  complexity?: number | null | undefined;
  /** How long it was expected to take, seconds, ≥ 0. */
  estimate_s?: number | null | undefined;
  /** Kind of work: `bug`, `feature`, `report` … */
  kind?: string | null | undefined;
  /** Priority, in the tool's words. */
  priority?: string | null | undefined;
  /** Project. */
  project?: string | null | undefined;
  /** Who asked for it. */
  requester?: string | null | undefined;
  /** Skills it takes. */
  skills?: Array<string> | null | undefined;
  /** A finer kind. */
  subkind?: string | null | undefined;
}

/** A task was finished.  Version 2 gives the effort in seconds; version 1 gave `duration_min`. */
export interface TaskCompleted {
  /** The tool's id of the task. */
  task: string;
  /** What is known of it. */
  about?: TaskAbout | null | undefined;
  /** How difficult it was to the person, 0..=10. */
  difficulty?: number | null | undefined;
  /** Time spent on it, seconds, ≥ 0. */
  duration_s?: number | null | undefined;
  /** How good what came out is, as those who use it say, 0..=1. */
  rating?: number | null | undefined;
  /** It had to be done again, in part or in whole. */
  rework?: boolean | null | undefined;
  /** What it is called. */
  title?: string | null | undefined;
  /** Who else worked on it. */
  with?: Array<string> | null | undefined;
}

/** A task was put off. */
export interface TaskDelayed {
  /** The tool's id of the task. */
  task: string;
  /** The new date. */
  due?: Time | null | undefined;
  /** Why. */
  reason?: string | null | undefined;
}

/** A task that is to be done. `at` is the moment that was decided. */
export interface TaskPlanned {
  /** The tool's id of the task. */
  task: string;
  /** What is known of it. */
  about?: TaskAbout | null | undefined;
  /** Tasks that have to be finished before. */
  depends_on?: Array<string> | null | undefined;
  /** When it is due. */
  due?: Time | null | undefined;
  /** What it is called. */
  title?: string | null | undefined;
  /** What it is worth beside other tasks, > 0; 1 is usual. */
  value?: number | null | undefined;
}

/** A finished task came back. */
export interface TaskReopened {
  /** The tool's id of the task. */
  task: string;
  /** Why. */
  reason?: string | null | undefined;
}

/** Work on a task began. */
export interface TaskStarted {
  /** The tool's id of the task. */
  task: string;
  /** What is known of it. */
  about?: TaskAbout | null | undefined;
  /** When it is due. */
  due?: Time | null | undefined;
  /** How long the person expects it to take, seconds, ≥ 0. */
  estimate_s?: number | null | undefined;
  /** What it is called. */
  title?: string | null | undefined;
}

/** A task that somebody has to take. */
export interface TaskToGive {
  /** Hours it will take, ≥ 0. */
  hours: number;
  /** Its name; each name once. */
  task: string;
  /** Who is able to do it; empty for everyone. */
  able?: Array<string> | null | undefined;
  /** Who does it now. */
  now?: string | null | undefined;
  /** Skills it takes. */
  skills?: Array<PersonSkill> | null | undefined;
  /** What it is worth, > 0; default: 1. */
  value?: number | null | undefined;
}

/** Tasks of a day. */
export interface TasksView {
  /** Finished. */
  completed: number;
  /** Put off. */
  delayed: number;
  /** Begun. */
  started: number;
  /** Hours spent on finished tasks, where told. */
  completed_h?: number | null | undefined;
}

/** Somebody who may be in a team. */
export interface TeamCandidate {
  /** Who; each name once. */
  person: string;
  /** Load over capacity, ≥ 0. */
  load?: number | null | undefined;
  /** Must be in a team; default: no. */
  must?: boolean | null | undefined;
  /** What they can do. */
  skills?: Array<PersonSkill> | null | undefined;
  /** Others with whom they go well, each with a tie of 0..=1. */
  ties?: Array<TeamTie> | null | undefined;
  /** Their unit. */
  unit?: string | null | undefined;
}

/** Somebody came into the team or left it. */
export interface TeamChanged {
  /** Came (or left). */
  joined: boolean;
  /** Who; absent: the person of the twin. */
  person?: string | null | undefined;
  /** The unit. */
  unit?: string | null | undefined;
}

/** A skill that a team needs. */
export interface TeamNeed {
  /** The level, ≥ 0. */
  level: number;
  /** The skill. */
  skill: string;
}

/** A tie. */
export interface TeamTie {
  /** With whom. */
  person: string;
  /** How strong, 0..=1. */
  tie: number;
}

/** Time was spent on something: a time sheet, an editor, a timer. `at` is the end. */
export interface TimeTracked {
  /** End, at or after `start`. */
  end: Time;
  /** Start. */
  start: Time;
  /** What was done: `coding`, `writing`, `meeting` … */
  activity?: string | null | undefined;
  /** How often it was interrupted. */
  interruptions?: number | null | undefined;
  /** The project. */
  project?: string | null | undefined;
  /** The task. */
  task?: string | null | undefined;
}

/** UTC instant, RFC 3339 */
export type Timestamp = Form<"Timestamp">;

/** A mean over the last windows. */
export interface TrailingView {
  /** How many of them are known. */
  known: number;
  /** How many windows it looks back on, this one included. */
  windows: number;
  /** Their mean; absent where less than half of them are known. */
  mean?: number | null | undefined;
}

/** A twin was made. */
export interface TwinCreated {
  /** By which product. */
  product?: string | null | undefined;
}

/** A quantity against the person's own past. Says "unusual for you", never more. */
export interface UsualView {
  /** The day the value is of. */
  date: LocalDate;
  /** `sleep_duration`, `resting_heart_rate`, `ln_rmssd`, `ln_rmssd_7_days`, `hrv_sdnn`, `steps`. */
  name: string;
  /** UCUM unit of the value. */
  unit: string;
  /** The usual value, with the interval of that estimate. */
  usual: Estimate;
  /** Distance in usual spreads. */
  z: Estimate;
  /** 1 above the usual range, -1 below, 0 within; of `ln_rmssd_7_days` by the smallest worthwhile change. */
  flag?: number | null | undefined;
  /** High end of it. */
  range_high?: number | null | undefined;
  /** Low end of where 80 % of the person's usual days lie. */
  range_low?: number | null | undefined;
  /** The value. */
  value?: number | null | undefined;
}

/** What a verification found. */
export interface VerifyView {
  /** Events in the log. */
  events: number;
  /** What is not as it should be, a line each. */
  findings: Array<string>;
  /** Is all as it should be? */
  ok: boolean;
  /** Hash of the whole state; equal facts give equal hashes. */
  state_hash: string;
}

/** Something odd that lost nothing. */
export interface Warning {
  /** Short stable word: `file_crc`, `zone_inferred`, `salvaged` … */
  code: string;
  /** A sentence for people. */
  message: string;
}

/** A figure that changed. */
export interface WatchChange {
  /** End of the day or window. */
  end: Timestamp;
  /** The figure, or the windows' name. */
  name: string;
  /** Which version of the day or window this is. */
  revision: number;
  /** Start of the day or window. */
  start: Timestamp;
  /** After; absent where nothing is known any more. */
  after?: number | null | undefined;
  /** Before; absent where nothing was known. */
  before?: number | null | undefined;
}

/** What to watch. */
export type WatchRequest =
  /** Figures of the last days, today among them. */
  | {
      type: "days";
      /** How many days back; 1 for today alone. */
      last: number;
      /** A figure as `why` understands it; default: all. */
      figure?: string | null | undefined;
    }
  /** Windows, ready-made or of a metric. */
  | {
      type: "windows";
      /** Which. */
      query: WindowsRequest;
    }
  | { type: UnknownKind };

/** What is not as it was at the last look. */
export interface WatchView {
  /** When it was looked at. */
  at: Timestamp;
  /** The differences, oldest span first. */
  changes: Array<WatchChange>;
}

/** Hours of a week. */
export interface WeekHours {
  /** Expected, ≥ 0. */
  hours: number;
  /** Standard deviation, ≥ 0; default: 0. */
  sd?: number | null | undefined;
}

/** A day of which a figure changed. */
export interface WhyDay {
  /** Figures asked about that differ. */
  changed: Array<Figure>;
  /** The day. */
  date: LocalDate;
  /** What we learned since that concerns the day, what the figures are made of first. */
  inputs: Array<WhyInput>;
  /** How often the day's state changed on this device. */
  revision: number;
  /** In a sentence. */
  text: string;
}

/** Something learned. */
export interface WhyInput {
  /** When it happened. */
  at: Timestamp;
  /** How many of the same kind, source and metric. */
  count: number;
  /** `new`, `replaced`, `withdrew`, or `standing` for what changes how days are read. */
  how: string;
  /** Event kind. */
  kind: string;
  /** It came after the day it is about was over. */
  late: boolean;
  /** When we learned it. */
  recorded_at: Timestamp;
  /** Who said it. */
  source: string;
  /** Metric of a series or measurement. */
  metric?: string | null | undefined;
}

/** Which difference to explain. */
export interface WhyRequest {
  /** Compared with what was known then. */
  since: Time;
  /** A figure of a day: `load`, `steps`, `sleep_duration`, a metric id, or a path of a `DayView` (`sleep.asleep_min`). Default: all. */
  score?: string | null | undefined;
}

/** What changed, and why. */
export interface WhyView {
  /** Days of which the figure changed, newest first. */
  days: Array<WhyDay>;
  /** Events learned since. */
  learned: number;
  /** Days were left out because there were too many. */
  more: boolean;
  /** What was asked about. */
  score: string;
  /** Compared with what was known at this moment. */
  since: Timestamp;
}

/** A source was read over a span of time. */
export interface WindowRead {
  /** Read to its end: what the source no longer shows is deleted. A window cut short deletes nothing. */
  complete: boolean;
  /** End of the span, excluded; UTC. */
  end: Time;
  /** The source. */
  source: SourceId;
  /** Start of the span; UTC. */
  start: Time;
  /** Event kinds or metrics that were asked for; empty for all. */
  scope?: Array<string> | null | undefined;
  /** The records seen. */
  seen?: Array<RecordId> | null | undefined;
}

/** One window. */
export interface WindowView {
  /** The window is over. */
  complete: boolean;
  /** Samples or facts that touch the window. */
  count: number;
  /** End, excluded; UTC. Of a session the end of its last sample. */
  end: Timestamp;
  /** How many writes after the first added to, corrected or withdrew what is known of the window. */
  revision: number;
  /** Who said it. */
  sources: Array<string>;
  /** Start; UTC. */
  start: Timestamp;
  /** Means over this window and those before it. */
  trailing: Array<TrailingView>;
  /** Difference from the window just before, where that is known. */
  change?: number | null | undefined;
  /** Share of the window with a value, 0..=1; absent for instants, which have no length. */
  coverage?: number | null | undefined;
  /** The value over the goal. */
  goal_share?: number | null | undefined;
  /** Last value by event time; of means only. */
  last?: number | null | undefined;
  /** Greatest value; of means only. */
  max?: number | null | undefined;
  /** Least value; of means only. */
  min?: number | null | undefined;
  /** The figure, in the view's unit. */
  value?: number | null | undefined;
}

/** Which windows to read: ready-made ones by name, or those of a metric. */
export interface WindowsRequest {
  /** At a past moment: without what came after it. */
  at?: Time | null | undefined;
  /** From: windows that end after it. */
  from?: Time | null | undefined;
  /** What each window is held against, in the unit of its value, above zero. */
  goal?: number | null | undefined;
  /** As known at a past moment. */
  known_at?: Time | null | undefined;
  /** A metric. With a name: the metric that `monthly_goal` is of. */
  metric?: string | null | undefined;
  /** The name of ready-made windows: see `ready_windows`. */
  name?: string | null | undefined;
  /** How time is cut, for a metric. */
  shape?: ShapeRequest | null | undefined;
  /** To: windows that start before it. */
  to?: Time | null | undefined;
}

/** Windows over a metric or facts. A window of which nothing is known is not there; it is not zero. */
export interface WindowsView {
  /** In words. */
  about: string;
  /** What was missing. */
  gaps: Array<string>;
  /** The ready-made windows' name, or the metric. */
  name: string;
  /** What is said of each window: `mean` (weighted by time), `sum` or `count`. */
  statistic: string;
  /** UCUM unit of the values. */
  unit: string;
  /** Windows are complete up to here: the moment of reading. */
  watermark: Timestamp;
  /** The windows, oldest first. */
  windows: Array<WindowView>;
  /** What each window is held against, in `unit`. */
  goal?: number | null | undefined;
  /** As known at which moment, where asked for. */
  known_at?: Timestamp | null | undefined;
  /** The metric, where it is one. */
  metric?: string | null | undefined;
}

/** Work, learning and working together on a day, beside meetings and tasks. Counts of the person's own part. */
export interface WorkView {
  /** Skills assessed. */
  assessments: number;
  /** Machine checks of what was made. */
  checks: number;
  /** Of these, failed. */
  checks_failed: number;
  /** Feedback given. */
  feedback_given: number;
  /** Feedback received. */
  feedback_received: number;
  /** Hand-offs, given or taken. */
  hand_offs: number;
  /** Skills said to have grown. */
  improvements: number;
  /** Messages received. */
  messages_received: number;
  /** Messages sent. */
  messages_sent: number;
  /** Tasks planned. */
  planned: number;
  /** Finished tasks that came back. */
  reopened: number;
  /** Reviews given. */
  reviews_given: number;
  /** Reviews received. */
  reviews_received: number;
  /** Interruptions, in what was tracked. */
  interruptions?: number | null | undefined;
  /** Hours of learning. */
  learning_h?: number | null | undefined;
  /** Hours of mentoring, given or received. */
  mentoring_h?: number | null | undefined;
  /** Hours planned for the coming week, as last told. */
  planned_week_h?: number | null | undefined;
  /** Changes from one project to another, in what was tracked. */
  switches?: number | null | undefined;
  /** Hours tracked. */
  tracked_h?: number | null | undefined;
}

/** The workload changed. */
export interface WorkloadChanged {
  /** Tasks in hand. */
  open_tasks?: number | null | undefined;
  /** Whose; absent: the person of the twin. */
  person?: string | null | undefined;
  /** Hours planned for the coming week, ≥ 0. */
  planned_h?: number | null | undefined;
  /** Why. */
  reason?: string | null | undefined;
  /** Hours that they can or wish to work in it, ≥ 0. */
  sustainable_h?: number | null | undefined;
}

/** One finished workout. `at` is its end. */
export interface WorkoutRecorded {
  /** End; UTC, at or after `start`. */
  end: Time;
  /** The sport, snake_case: `running`, `cycling`, `strength_training` …; the source's word where it is none of ours. */
  sport: string;
  /** Start; UTC. */
  start: Time;
  /** Ascent, metres. */
  ascent_m?: number | null | undefined;
  /** Distance, metres, ≥ 0. */
  distance_m?: number | null | undefined;
  /** Active energy, kilocalories, ≥ 0. */
  energy_kcal?: number | null | undefined;
  /** Highest heart rate, per minute. */
  heart_rate_max?: number | null | undefined;
  /** Mean heart rate, per minute. */
  heart_rate_mean?: number | null | undefined;
  /** Laps in order. */
  laps?: Array<Lap> | null | undefined;
  /** Moving time, seconds, ≥ 0. */
  moving_s?: number | null | undefined;
  /** Perceived exertion of the session, CR10 scale 0..=10. */
  perceived_exertion?: number | null | undefined;
  /** Mean power, watts. */
  power_mean_w?: number | null | undefined;
  /** Further figures that the source gave, by its own names. */
  statistics?: Array<NamedQuantity> | null | undefined;
  /** A finer word from the source. */
  sub_sport?: string | null | undefined;
  /** A name given by the person or the source. */
  title?: string | null | undefined;
}

/** The person's clock is in another zone from `at` on. */
export interface ZoneChanged {
  /** The new zone. */
  zone: ZoneId;
}

export type ZoneId = Form<"ZoneId">;

/** What every fact says beside its `type` and `data`. */
export interface EventAttributes {
  source: string;
  time: Time;
  civildate?: LocalDate | null | undefined;
  device?: DeviceId | null | undefined;
  endoffset?: number | null | undefined;
  id?: string | null | undefined;
  kindversion?: number | null | undefined;
  method?: MethodId | null | undefined;
  record?: RecordId | null | undefined;
  recordedat?: Time | null | undefined;
  recording?: Recording | null | undefined;
  revision?: number | null | undefined;
  specversion?: string | null | undefined;
  startoffset?: number | null | undefined;
  subject?: string | null | undefined;
}

/** The data of each event kind. */
export interface EventKinds {
  /** How much energy the person has. */
  "capacity.energy_updated": EnergyUpdated;
  /** Stress was noticed, by the person or a device. */
  "capacity.stress_detected": StressDetected;
  /** Time was spent on something: a time sheet, an editor, a timer. `at` is the end. */
  "capacity.time_tracked": TimeTracked;
  /** The workload changed. */
  "capacity.workload_changed": WorkloadChanged;
  /** Somebody told somebody how their work is. */
  "collaboration.feedback_given": FeedbackGiven;
  /** Work went from one to another. `at` is when it was taken up. */
  "collaboration.handed_off": HandedOff;
  /** A meeting that took place, as the calendar or the person tells. `at` is its end. */
  "collaboration.meeting_attended": MeetingAttended;
  /** A calendar entry still ahead. `at` is the moment the plan was made, never the meeting's own time. */
  "collaboration.meeting_planned": MeetingPlanned;
  /** Somebody helped somebody to learn. */
  "collaboration.mentoring_session": MentoringSession;
  /** A message was sent. Its text is not kept. */
  "collaboration.message_sent": MessageSent;
  /** Somebody's work was reviewed. */
  "collaboration.review_done": ReviewDone;
  /** Somebody came into the team or left it. */
  "collaboration.team_changed": TeamChanged;
  /** The person allows an actor a purpose. */
  "consent.granted": ConsentGranted;
  /** The person takes a grant back. */
  "consent.revoked": ConsentRevoked;
  /** Alcohol drunk. */
  "health.alcohol_consumed": AlcoholConsumed;
  /** Caffeine taken. */
  "health.caffeine_consumed": CaffeineConsumed;
  /** One measurement of a metric at a moment or over a span: weight, resting heart rate, VO2max … */
  "health.measurement_recorded": MeasurementRecorded;
  /** A medication taken. */
  "health.medication_taken": MedicationTaken;
  /** One finished sleep episode. `at` is its end; it belongs to the day of waking. */
  "health.sleep_recorded": SleepRecorded;
  /** A symptom, as the person notes it. */
  "health.symptom_noted": SymptomNoted;
  /** One finished workout. `at` is its end. */
  "health.workout_recorded": WorkoutRecorded;
  /** Something was learnt: a course, a book, a session of practice. */
  "learning.completed": LearningCompleted;
  /** Facts about the person; absent fields leave what is known as it is. */
  "person.profile_stated": ProfileStated;
  /** The person's clock is in another zone from `at` on. */
  "person.zone_changed": ZoneChanged;
  /** A record of a source was wrong; this is what it should have said. */
  "record.corrected": RecordCorrected;
  /** A record of a source is no more. */
  "record.deleted": RecordDeleted;
  /** Samples were written: the event names an immutable, hashed column segment. `at` is the end of the last sample. */
  "series.written": SeriesWritten;
  /** How well somebody masters a skill, as a test, an assessor or a single answer shows. */
  "skill.assessed": SkillAssessed;
  /** What a skill is and what it has to do with others. */
  "skill.described": SkillDescribed;
  /** A skill grew, as the person or a tool states it. */
  "skill.improved": SkillImproved;
  /** What a role asks for. The newest statement of a role holds. */
  "skill.role_stated": RoleStated;
  /** What is known of a device or source. */
  "source.device_described": DeviceDescribed;
  /** A message of a source that has no form of its own here, kept word for word. */
  "source.message_kept": MessageKept;
  /** Whose samples win where sources overlap, best first. */
  "source.priority_set": SourcePrioritySet;
  /** A source was read over a span of time. */
  "source.window_read": WindowRead;
  /** A model was changed. */
  "system.model_updated": ModelUpdated;
  /** A prediction was shown or used. */
  "system.prediction_made": PredictionMade;
  /** A twin was made. */
  "system.twin_created": TwinCreated;
  /** A machine checked what was made: a build, a test run, a deployment. */
  "task.check_finished": CheckFinished;
  /** A task was finished.  Version 2 gives the effort in seconds; version 1 gave `duration_min`. */
  "task.completed": TaskCompleted;
  /** A task was put off. */
  "task.delayed": TaskDelayed;
  /** A task that is to be done. `at` is the moment that was decided. */
  "task.planned": TaskPlanned;
  /** A finished task came back. */
  "task.reopened": TaskReopened;
  /** Work on a task began. */
  "task.started": TaskStarted;
  /** A check-in: answers on named scales at one moment. */
  "wellbeing.check_in_answered": CheckInAnswered;
}

/** A fact of one kind. */
export type EventOf<Kind extends keyof EventKinds> = EventAttributes & { type: Kind; data: EventKinds[Kind] };
/** A fact of a kind that this version does not know. */
export type UnknownEvent = EventAttributes & { type: UnknownKind; data?: unknown };
/** A fact: a CloudEvents 1.0 object. Its `type` says what `data` holds. */
export type Event = { [Kind in keyof EventKinds]: EventOf<Kind> }[keyof EventKinds] | UnknownEvent;

/** Stable codes, the same in every language. */
export type Code =
  | "consent_required"
  | "invalid_value"
  | "malformed"
  | "not_found"
  | "conflict"
  | "unsupported"
  | "storage"
  | "corrupt"
  | "crypto"
  | "rate_limited"
  | "model_unavailable"
  | "cancelled"
  | "internal";

/** What every verb fails with: a stable `code`, a sentence, and where it happened. */
export declare class TwinError extends Error {
  readonly code: Code;
  /** The verb or the file family, where that helps. */
  readonly context: string | undefined;
  constructor(code: Code, message: string, context?: string | null);
}

/** a grant for this purpose and actor is missing, expired or revoked */
export declare class ConsentRequiredError extends TwinError {
  readonly code: "consent_required";
  constructor(message: string, context?: string | null);
}

/** a value is outside what is possible, or of the wrong unit */
export declare class InvalidValueError extends TwinError {
  readonly code: "invalid_value";
  constructor(message: string, context?: string | null);
}

/** bytes are not of the format they claim to be */
export declare class MalformedError extends TwinError {
  readonly code: "malformed";
  constructor(message: string, context?: string | null);
}

/** what was asked for does not exist */
export declare class NotFoundError extends TwinError {
  readonly code: "not_found";
  constructor(message: string, context?: string | null);
}

/** two writers, or two facts that exclude each other */
export declare class ConflictError extends TwinError {
  readonly code: "conflict";
  constructor(message: string, context?: string | null);
}

/** a format, version or option that this build does not know */
export declare class UnsupportedError extends TwinError {
  readonly code: "unsupported";
  constructor(message: string, context?: string | null);
}

/** the store or the disk refused */
export declare class StorageError extends TwinError {
  readonly code: "storage";
  constructor(message: string, context?: string | null);
}

/** stored bytes do not match their hash */
export declare class CorruptError extends TwinError {
  readonly code: "corrupt";
  constructor(message: string, context?: string | null);
}

/** a key or cipher failed */
export declare class CryptoError extends TwinError {
  readonly code: "crypto";
  constructor(message: string, context?: string | null);
}

/** too many requests */
export declare class RateLimitedError extends TwinError {
  readonly code: "rate_limited";
  constructor(message: string, context?: string | null);
}

/** a model cannot be loaded or run here */
export declare class ModelUnavailableError extends TwinError {
  readonly code: "model_unavailable";
  constructor(message: string, context?: string | null);
}

/** the caller stopped the work */
export declare class CancelledError extends TwinError {
  readonly code: "cancelled";
  constructor(message: string, context?: string | null);
}

/** a bug in humantwin */
export declare class InternalError extends TwinError {
  readonly code: "internal";
  constructor(message: string, context?: string | null);
}

/** The class of each code. */
export declare const ERRORS: {
  readonly consent_required: typeof ConsentRequiredError;
  readonly invalid_value: typeof InvalidValueError;
  readonly malformed: typeof MalformedError;
  readonly not_found: typeof NotFoundError;
  readonly conflict: typeof ConflictError;
  readonly unsupported: typeof UnsupportedError;
  readonly storage: typeof StorageError;
  readonly corrupt: typeof CorruptError;
  readonly crypto: typeof CryptoError;
  readonly rate_limited: typeof RateLimitedError;
  readonly model_unavailable: typeof ModelUnavailableError;
  readonly cancelled: typeof CancelledError;
  readonly internal: typeof InternalError;
};

/** The verbs of a twin. */
export interface TwinVerbs {
  /** Records facts. All of them are written, or none; what is there already is counted as a duplicate. */
  record(request?: RecordRequest): Promise<RecordedView>;
  /** Says what a record should have said. The past is kept: `state` with `known_at` still shows what was believed then. */
  correct(request: CorrectRequest): Promise<RecordedView>;
  /** Takes a record back. */
  delete(request: DeleteRequest): Promise<RecordedView>;
  /** Reads a file: an export of a phone, a watch, a calendar, a tool. Give its bytes, or a path. What precedes damage is kept; importing again changes nothing. */
  import(request?: ImportRequest | null, bytes?: Uint8Array): Promise<ImportView>;
  /** Takes what a service delivers by webhook: proves who sent it, records what it says of work, and says what to answer. Give the body as bytes, not one changed. */
  receive(request: ReceiveRequest, bytes?: Uint8Array): Promise<ReceivedView>;
  /** One step of a sync with a calendar server: records what the last answer told, and says what to ask next. */
  syncCalendar(request?: SyncCalendarRequest): Promise<SyncCalendarView>;
  /** Merges another log of the same person, given as packed bytes or as a path. Merging again changes nothing, and the order of merges does not matter. */
  merge(request?: MergeRequest | null, bytes?: Uint8Array): Promise<MergeReport>;
  /** The state now, or at a past moment, or as it was known at a past moment. */
  state(request?: StateRequest): Promise<StateView>;
  /** Days, oldest first; days of which nothing is known are left out. */
  days(request: DaysRequest): Promise<DaysView>;
  /** A metric over time, raw, resolved over its sources or in steps; or the facts of a kind. */
  history(request: HistoryRequest): Promise<HistoryView>;
  /** Figures of windows of time. Late and corrected data change them; each says by its revision how often. */
  windows(request?: WindowsRequest): Promise<WindowsView>;
  /** The ready-made windows. */
  readyWindows(request?: NothingRequest): Promise<ReadyWindowsView>;
  /** Why figures are not what they were: the days that changed, and what was learned. */
  why(request: WhyRequest): Promise<WhyView>;
  /** What a model says of the person, with interval, confidence and what is missing. */
  predict(request: PredictRequest): Promise<PredictionView>;
  /** What would happen: sleep, alertness, training and strain run forward, as usual and with changes. */
  simulate(request?: Scenario): Promise<SimulationView>;
  /** A plan of work: a week of tasks, a learning path, teams, who takes which task, which projects fit; each with what found no place and the rule that holds it back. */
  plan(request: PlanRequest): Promise<PlanView>;
  /** The models there are. */
  models(request?: NothingRequest): Promise<ModelsView>;
  /** A self-contained HTML page with charts. */
  report(request?: ReportRequest): Promise<string>;
  /** Everything that is known, as JSON lines: one CloudEvents object each, in the order it was learned. */
  export(request?: NothingRequest): Promise<string>;
  /** The whole log as bytes, for `merge` on another device, or to be kept. */
  pack(request?: NothingRequest): Promise<Uint8Array>;
  /** Checks every hash, folds the whole log again and compares it with what is stored. */
  verify(request?: NothingRequest): Promise<VerifyView>;
  /** Does some of the work that waits, in small steps: for phones, while the system grants time. */
  maintain(request?: MaintainRequest): Promise<MaintainView>;
  /** Lets somebody read for a purpose. Only the person may. */
  grant(request: GrantRequest): Promise<DoneView>;
  /** Takes a grant back. */
  revoke(request: RevokeRequest): Promise<DoneView>;
  /** The imports so far. */
  imports(request?: NothingRequest): Promise<ImportsView>;
  /** Records that were refused, with reasons. */
  refused(request?: RefusedRequest): Promise<RefusedRecordsView>;
  /** Fails as a bug of ours would, with `internal`: for a host that wants to see what it does then. Nothing is harmed. */
  drill(request?: NothingRequest): Promise<DoneView>;
}

/** Methods of a twin, and the verb each calls. */
export declare const VERBS: Readonly<Record<keyof TwinVerbs, string>>;
