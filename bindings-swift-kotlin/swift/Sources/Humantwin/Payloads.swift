// Written by `cargo xtask schema`; not to be edited.

/// Who asks, and what for.
public struct AccessOptions: Codable, Sendable, Equatable {
    /// Who asks.
    public var actor: String
    /// What for.
    public var purpose: Purpose

    public init(actor: String, purpose: Purpose) {
        self.actor = actor
        self.purpose = purpose
    }

    enum CodingKeys: String, CodingKey {
        case actor = "actor"
        case purpose = "purpose"
    }
}

/// Movement of a day.
public struct ActivityView: Codable, Sendable, Equatable {
    /// Which source gave which share of the steps.
    public var stepSources: [ShareView]
    /// Steps by local hour 0..=23; absent where nothing is known.
    public var stepsByHour: [HourView]
    /// Active energy, kilocalories.
    public var activeEnergyKcal: Double?
    /// Hours with at least 250 steps.
    public var activeHours: Int?
    /// Minutes of moderate and vigorous activity, or exercise minutes.
    public var activeMin: Double?
    /// Metres walked and run.
    public var distanceM: Double?
    /// Minutes sitting.
    public var sedentaryMin: Double?
    /// Steps, resolved over sources; never summed over devices.
    public var steps: Double?

    public init(stepSources: [ShareView], stepsByHour: [HourView], activeEnergyKcal: Double? = nil, activeHours: Int? = nil, activeMin: Double? = nil, distanceM: Double? = nil, sedentaryMin: Double? = nil, steps: Double? = nil) {
        self.stepSources = stepSources
        self.stepsByHour = stepsByHour
        self.activeEnergyKcal = activeEnergyKcal
        self.activeHours = activeHours
        self.activeMin = activeMin
        self.distanceM = distanceM
        self.sedentaryMin = sedentaryMin
        self.steps = steps
    }

    enum CodingKeys: String, CodingKey {
        case stepSources = "step_sources"
        case stepsByHour = "steps_by_hour"
        case activeEnergyKcal = "active_energy_kcal"
        case activeHours = "active_hours"
        case activeMin = "active_min"
        case distanceM = "distance_m"
        case sedentaryMin = "sedentary_min"
        case steps = "steps"
    }
}

public typealias ActorId = String

/// Alcohol drunk.
public struct AlcoholConsumed: Codable, Sendable, Equatable {
    /// `false` states that there was none.
    public var consumed: Bool
    /// Standard drinks (10 g of ethanol), 0..=100; absent when only the fact is known.
    public var drinks: Double?

    public init(consumed: Bool, drinks: Double? = nil) {
        self.consumed = consumed
        self.drinks = drinks
    }

    enum CodingKeys: String, CodingKey {
        case consumed = "consumed"
        case drinks = "drinks"
    }
}

/// A median and the ends of the 80 % interval on a day.
public struct BandView: Codable, Sendable, Equatable {
    /// The day.
    public var date: LocalDate
    /// High end.
    public var high: Double
    /// Low end.
    public var low: Double
    /// Median.
    public var value: Double

    public init(date: LocalDate, high: Double, low: Double, value: Double) {
        self.date = date
        self.high = high
        self.low = low
        self.value = value
    }

    enum CodingKeys: String, CodingKey {
        case date = "date"
        case high = "high"
        case low = "low"
        case value = "value"
    }
}

/// Whether a calendar entry blocks time.
public enum Busy: Word {
    /// Does not block time.
    case free
    /// Blocks time.
    case busy
    /// Not yet confirmed.
    case tentative
    /// Away from work.
    case outOfOffice
    /// A word of a later version.
    case unknown(String)

    public init(word: String) {
        switch word {
        case "free": self = .free
        case "busy": self = .busy
        case "tentative": self = .tentative
        case "out_of_office": self = .outOfOffice
        default: self = .unknown(word)
        }
    }

    public var word: String {
        switch self {
        case .free: return "free"
        case .busy: return "busy"
        case .tentative: return "tentative"
        case .outOfOffice: return "out_of_office"
        case .unknown(let word): return word
        }
    }
}

/// Caffeine taken.
public struct CaffeineConsumed: Codable, Sendable, Equatable {
    /// Milligrams, 0..=5000.
    public var amountMg: Double

    public init(amountMg: Double) {
        self.amountMg = amountMg
    }

    enum CodingKeys: String, CodingKey {
        case amountMg = "amount_mg"
    }
}

/// One occurrence of a calendar entry.
public struct CalendarEntry: Codable, Sendable, Equatable {
    /// Whether the entry blocks time.
    public var busy: Busy
    /// End; UTC, at or after `start`.
    public var end: Timestamp
    /// Start; UTC. For an all-day entry the start of the day in the person's zone, else in UTC.
    public var start: Timestamp
    /// The calendar's id of the entry, common to all occurrences of a series.
    public var uid: String
    /// First day of an all-day entry.
    public var allDayFrom: LocalDate?
    /// Day after the last day of an all-day entry.
    public var allDayUntil: LocalDate?
    /// The calendar has it as cancelled or the person declined.
    public var cancelled: Bool?
    /// Words the calendar files it under.
    public var categories: [String]?
    /// Did the person decline? Absent where the calendar tells no answers.
    public var declined: Bool?
    /// Which of `people` declined, where the calendar tells answers.
    public var declinedBy: [String]?
    /// Which occurrence: its original start, as the calendar writes it; absent for a single entry.
    public var occurrence: String?
    /// Who did, by the calendar's id, where it was somebody else.
    public var organisedBy: String?
    /// Did the person organise it?
    public var organiser: Bool?
    /// Other people invited, 0 when alone.
    public var others: Int?
    /// Who else was invited, by the calendar's ids, where it tells.
    public var people: [String]?
    /// What it is called.
    public var title: String?
    /// IANA zone the entry was written in, where it has one.
    public var zone: String?

    public init(busy: Busy, end: Timestamp, start: Timestamp, uid: String, allDayFrom: LocalDate? = nil, allDayUntil: LocalDate? = nil, cancelled: Bool? = nil, categories: [String]? = nil, declined: Bool? = nil, declinedBy: [String]? = nil, occurrence: String? = nil, organisedBy: String? = nil, organiser: Bool? = nil, others: Int? = nil, people: [String]? = nil, title: String? = nil, zone: String? = nil) {
        self.busy = busy
        self.end = end
        self.start = start
        self.uid = uid
        self.allDayFrom = allDayFrom
        self.allDayUntil = allDayUntil
        self.cancelled = cancelled
        self.categories = categories
        self.declined = declined
        self.declinedBy = declinedBy
        self.occurrence = occurrence
        self.organisedBy = organisedBy
        self.organiser = organiser
        self.others = others
        self.people = people
        self.title = title
        self.zone = zone
    }

    enum CodingKeys: String, CodingKey {
        case busy = "busy"
        case end = "end"
        case start = "start"
        case uid = "uid"
        case allDayFrom = "all_day_from"
        case allDayUntil = "all_day_until"
        case cancelled = "cancelled"
        case categories = "categories"
        case declined = "declined"
        case declinedBy = "declined_by"
        case occurrence = "occurrence"
        case organisedBy = "organised_by"
        case organiser = "organiser"
        case others = "others"
        case people = "people"
        case title = "title"
        case zone = "zone"
    }
}

/// What to sync.
public struct CalendarStart: Codable, Sendable, Equatable {
    /// Address of the server, of a person's home there, or of one calendar; without credentials.
    public var url: String
    /// Addresses or paths of the calendars to read; empty finds all that hold events.
    public var collections: [String]?
    /// Occurrences that end at or before it are left out.
    public var from: Timestamp?
    /// No calendar of the person comes from elsewhere, not from files either; default: no.
    public var onlySource: Bool?
    /// What the last sync gave to keep; absent reads everything.
    public var state: String?
    /// Occurrences that start at or after it are left out.
    public var to: Timestamp?

    public init(url: String, collections: [String]? = nil, from: Timestamp? = nil, onlySource: Bool? = nil, state: String? = nil, to: Timestamp? = nil) {
        self.url = url
        self.collections = collections
        self.from = from
        self.onlySource = onlySource
        self.state = state
        self.to = to
    }

    enum CodingKeys: String, CodingKey {
        case url = "url"
        case collections = "collections"
        case from = "from"
        case onlySource = "only_source"
        case state = "state"
        case to = "to"
    }
}

/// What a sync came to.
public struct CalendarSynced: Codable, Sendable, Equatable {
    /// Calendars read.
    public var calendars: Int64
    /// Records deleted.
    public var deleted: Int64
    /// All was listed whole.
    public var full: Bool
    /// Read and not taken.
    public var ignored: Int64
    /// To keep for the next sync.
    public var state: String
    /// New or changed occurrences.
    public var upserts: Int64

    public init(calendars: Int64, deleted: Int64, full: Bool, ignored: Int64, state: String, upserts: Int64) {
        self.calendars = calendars
        self.deleted = deleted
        self.full = full
        self.ignored = ignored
        self.state = state
        self.upserts = upserts
    }

    enum CodingKeys: String, CodingKey {
        case calendars = "calendars"
        case deleted = "deleted"
        case full = "full"
        case ignored = "ignored"
        case state = "state"
        case upserts = "upserts"
    }
}

/// Meetings of a day.
public struct CalendarView: Codable, Sendable, Equatable {
    /// Meetings right after another.
    public var backToBack: Int
    /// Hours in meetings; what overlaps counts once.
    public var meetingH: Double
    /// Number of meetings.
    public var meetings: Int
    /// Some of it is still ahead.
    public var planned: Bool
    /// Longest stretch of working hours (9 to 17) without a meeting; absent on a day off.
    public var longestFocusH: Double?
    /// Share of meeting time outside working hours, 0..=1.
    public var outsideShare: Double?

    public init(backToBack: Int, meetingH: Double, meetings: Int, planned: Bool, longestFocusH: Double? = nil, outsideShare: Double? = nil) {
        self.backToBack = backToBack
        self.meetingH = meetingH
        self.meetings = meetings
        self.planned = planned
        self.longestFocusH = longestFocusH
        self.outsideShare = outsideShare
    }

    enum CodingKeys: String, CodingKey {
        case backToBack = "back_to_back"
        case meetingH = "meeting_h"
        case meetings = "meetings"
        case planned = "planned"
        case longestFocusH = "longest_focus_h"
        case outsideShare = "outside_share"
    }
}

/// A machine checked what was made: a build, a test run, a deployment.
public struct CheckFinished: Codable, Sendable, Equatable {
    /// What was run.
    public var check: String
    /// Did it hold?
    public var passed: Bool
    /// Whose work was checked.
    public var author: String?
    /// How long it ran, seconds, ≥ 0.
    public var durationS: Double?
    /// Project.
    public var project: String?
    /// Skills the work took.
    public var skills: [String]?

    public init(check: String, passed: Bool, author: String? = nil, durationS: Double? = nil, project: String? = nil, skills: [String]? = nil) {
        self.check = check
        self.passed = passed
        self.author = author
        self.durationS = durationS
        self.project = project
        self.skills = skills
    }

    enum CodingKeys: String, CodingKey {
        case check = "check"
        case passed = "passed"
        case author = "author"
        case durationS = "duration_s"
        case project = "project"
        case skills = "skills"
    }
}

/// A check-in: answers on named scales at one moment.
public struct CheckInAnswered: Codable, Sendable, Equatable {
    /// The questionnaire or app: `pmsys`, `kss` …
    public var instrument: String
    /// The day the answers are about, where it is not the day of answering.
    public var about: LocalDate?
    /// Free words of the person.
    public var note: String?
    /// The answers.
    public var scales: [ScaleAnswer]?

    public init(instrument: String, about: LocalDate? = nil, note: String? = nil, scales: [ScaleAnswer]? = nil) {
        self.instrument = instrument
        self.about = about
        self.note = note
        self.scales = scales
    }

    enum CodingKeys: String, CodingKey {
        case instrument = "instrument"
        case about = "about"
        case note = "note"
        case scales = "scales"
    }
}

/// An answer on a scale.
public struct CheckInView: Codable, Sendable, Equatable {
    /// When.
    public var at: Timestamp
    /// Questionnaire or app.
    public var instrument: String
    /// Highest possible.
    public var max: Double
    /// Lowest possible.
    public var min: Double
    /// Scale.
    public var scale: String
    /// Answer.
    public var value: Double
    /// The high end is the better one.
    public var higherIsBetter: Bool?

    public init(at: Timestamp, instrument: String, max: Double, min: Double, scale: String, value: Double, higherIsBetter: Bool? = nil) {
        self.at = at
        self.instrument = instrument
        self.max = max
        self.min = min
        self.scale = scale
        self.value = value
        self.higherIsBetter = higherIsBetter
    }

    enum CodingKeys: String, CodingKey {
        case at = "at"
        case instrument = "instrument"
        case max = "max"
        case min = "min"
        case scale = "scale"
        case value = "value"
        case higherIsBetter = "higher_is_better"
    }
}

/// The person allows an actor a purpose.
public struct ConsentGranted: Codable, Sendable, Equatable {
    /// Who may.
    public var actor: ActorId
    /// What for.
    public var purpose: Purpose
    /// Until when; absent means until revoked.
    public var until: Timestamp?

    public init(actor: ActorId, purpose: Purpose, until: Timestamp? = nil) {
        self.actor = actor
        self.purpose = purpose
        self.until = until
    }

    enum CodingKeys: String, CodingKey {
        case actor = "actor"
        case purpose = "purpose"
        case until = "until"
    }
}

/// The person takes a grant back.
public struct ConsentRevoked: Codable, Sendable, Equatable {
    /// Who no longer may.
    public var actor: ActorId
    /// What for; absent means everything.
    public var purpose: Purpose?

    public init(actor: ActorId, purpose: Purpose? = nil) {
        self.actor = actor
        self.purpose = purpose
    }

    enum CodingKeys: String, CodingKey {
        case actor = "actor"
        case purpose = "purpose"
    }
}

/// One reason for an estimate.
public struct Contribution: Codable, Sendable, Equatable {
    /// By how much it moved the value, in the estimate's unit.
    public var amount: Double
    /// The input.
    public var feature: String
    /// UCUM unit of `baseline` and `now`.
    public var unit: String
    /// The person's usual value.
    public var baseline: Double?
    /// The value now.
    public var now: Double?

    public init(amount: Double, feature: String, unit: String, baseline: Double? = nil, now: Double? = nil) {
        self.amount = amount
        self.feature = feature
        self.unit = unit
        self.baseline = baseline
        self.now = now
    }

    enum CodingKeys: String, CodingKey {
        case amount = "amount"
        case feature = "feature"
        case unit = "unit"
        case baseline = "baseline"
        case now = "now"
    }
}

/// What a record should have said.
public struct CorrectRequest: Codable, Sendable, Equatable {
    /// The source's id of the record, or `event:<id>`.
    public var record: String
    /// What it should have said.
    public var replacement: EventBody
    /// Who said it.
    public var source: String
    /// Why, in words.
    public var reason: String?

    public init(record: String, replacement: EventBody, source: String, reason: String? = nil) {
        self.record = record
        self.replacement = replacement
        self.source = source
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case record = "record"
        case replacement = "replacement"
        case source = "source"
        case reason = "reason"
    }
}

/// An event kind, and where its fields come from.
public struct CsvFact: Codable, Sendable, Equatable {
    /// The event kind: `task.completed`, `health.caffeine_consumed` …
    public var kind: String
    /// Its fields.
    public var fields: [CsvField]?

    public init(kind: String, fields: [CsvField]? = nil) {
        self.kind = kind
        self.fields = fields
    }

    enum CodingKeys: String, CodingKey {
        case kind = "kind"
        case fields = "fields"
    }
}

/// A field of an event.
public struct CsvField: Codable, Sendable, Equatable {
    /// The field's name in the event.
    public var field: String
    /// Column it comes from; an empty cell leaves it out.
    public var column: String?
    /// What the cell is. Default: `text`.
    public var kind: CsvFieldKind?
    /// A number times this is in the event's unit. Default 1.
    public var multiply: Double?
    /// The same text for every row; instead of `column`.
    public var text: String?

    public init(field: String, column: String? = nil, kind: CsvFieldKind? = nil, multiply: Double? = nil, text: String? = nil) {
        self.field = field
        self.column = column
        self.kind = kind
        self.multiply = multiply
        self.text = text
    }

    enum CodingKeys: String, CodingKey {
        case field = "field"
        case column = "column"
        case kind = "kind"
        case multiply = "multiply"
        case text = "text"
    }
}

/// What a cell is.
public enum CsvFieldKind: Word {
    /// Text.
    case text
    /// A number.
    case number
    /// `true`, `yes`, `1` or `false`, `no`, `0`.
    case truth
    /// A time, written as that of the row.
    case time
    /// The row's start; needs no column.
    case start
    /// The row's end; needs no column.
    case end
    /// A word of a later version.
    case unknown(String)

    public init(word: String) {
        switch word {
        case "text": self = .text
        case "number": self = .number
        case "truth": self = .truth
        case "time": self = .time
        case "start": self = .start
        case "end": self = .end
        default: self = .unknown(word)
        }
    }

    public var word: String {
        switch self {
        case .text: return "text"
        case .number: return "number"
        case .truth: return "truth"
        case .time: return "time"
        case .start: return "start"
        case .end: return "end"
        case .unknown(let word): return word
        }
    }
}

/// What the columns of a table mean. The table has a header; columns are named by it.
public struct CsvMapping: Codable, Sendable, Equatable {
    /// Who recorded the rows: the app or device, `my_scale`. The source of all records.
    public var source: String
    /// When: of a span its start.
    public var time: CsvTime
    /// The end of the span a row is of; absent for moments.
    public var end: CsvTime?
    /// The fact that a row is.
    public var fact: CsvFact?
    /// Length of the span a row is of, seconds; instead of `end`.
    public var lengthS: Double?
    /// Figures of a row.
    public var metrics: [CsvMetric]?
    /// Column that holds the row's own id; a row with a known id revises it. Absent: the content is the id.
    public var record: String?

    public init(source: String, time: CsvTime, end: CsvTime? = nil, fact: CsvFact? = nil, lengthS: Double? = nil, metrics: [CsvMetric]? = nil, record: String? = nil) {
        self.source = source
        self.time = time
        self.end = end
        self.fact = fact
        self.lengthS = lengthS
        self.metrics = metrics
        self.record = record
    }

    enum CodingKeys: String, CodingKey {
        case source = "source"
        case time = "time"
        case end = "end"
        case fact = "fact"
        case lengthS = "length_s"
        case metrics = "metrics"
        case record = "record"
    }
}

/// A figure: a column with values, and what they are of.
public struct CsvMetric: Codable, Sendable, Equatable {
    /// Column with the value. An empty cell says nothing.
    public var value: String
    /// Added after multiplying. Default 0.
    public var add: Double?
    /// A metric of the catalogue, or one of your own with your source before a colon: `my_app:focus`.
    public var metric: String?
    /// Column with the metric, for tables with a row for each; instead of `metric`.
    public var metricColumn: String?
    /// The value times this is in the unit. Default 1.
    public var multiply: Double?
    /// Keep each value as a measurement of its own, with the row's id, instead of a sample of a series.
    public var single: Bool?
    /// UCUM unit after `multiply` and `add`; metrics of the catalogue: the catalogue's, which is the default.
    public var unit: String?
    /// Column with the unit, checked against the catalogue's; instead of `unit`.
    public var unitColumn: String?

    public init(value: String, add: Double? = nil, metric: String? = nil, metricColumn: String? = nil, multiply: Double? = nil, single: Bool? = nil, unit: String? = nil, unitColumn: String? = nil) {
        self.value = value
        self.add = add
        self.metric = metric
        self.metricColumn = metricColumn
        self.multiply = multiply
        self.single = single
        self.unit = unit
        self.unitColumn = unitColumn
    }

    enum CodingKeys: String, CodingKey {
        case value = "value"
        case add = "add"
        case metric = "metric"
        case metricColumn = "metric_column"
        case multiply = "multiply"
        case single = "single"
        case unit = "unit"
        case unitColumn = "unit_column"
    }
}

/// A column with a time.
public struct CsvTime: Codable, Sendable, Equatable {
    /// The column.
    public var column: String
    /// How it is written. Default: `iso`.
    public var format: CsvTimeFormat?
    /// IANA zone of times without one. Default: the zone handed in at the import.
    public var zone: String?

    public init(column: String, format: CsvTimeFormat? = nil, zone: String? = nil) {
        self.column = column
        self.format = format
        self.zone = zone
    }

    enum CodingKeys: String, CodingKey {
        case column = "column"
        case format = "format"
        case zone = "zone"
    }
}

/// How a time is written.
public enum CsvTimeFormat: Word {
    /// `2026-03-01T08:30:00+01:00`, `2026-03-01 08:30`, `2026-03-01`.
    case iso
    /// `03/01/2026 8:30 AM`.
    case monthFirst
    /// `01.03.2026 08:30`.
    case dayFirst
    /// Seconds since 1970, UTC.
    case unixSeconds
    /// Milliseconds since 1970, UTC.
    case unixMilliseconds
    /// A word of a later version.
    case unknown(String)

    public init(word: String) {
        switch word {
        case "iso": self = .iso
        case "month_first": self = .monthFirst
        case "day_first": self = .dayFirst
        case "unix_seconds": self = .unixSeconds
        case "unix_milliseconds": self = .unixMilliseconds
        default: self = .unknown(word)
        }
    }

    public var word: String {
        switch self {
        case .iso: return "iso"
        case .monthFirst: return "month_first"
        case .dayFirst: return "day_first"
        case .unixSeconds: return "unix_seconds"
        case .unixMilliseconds: return "unix_milliseconds"
        case .unknown(let word): return word
        }
    }
}

/// A quantity over time.
public struct CurveView: Codable, Sendable, Equatable {
    /// What it is.
    public var name: String
    /// Its points, in time order.
    public var points: [PointView]
    /// UCUM unit.
    public var unit: String

    public init(name: String, points: [PointView], unit: String) {
        self.name = name
        self.points = points
        self.unit = unit
    }

    enum CodingKeys: String, CodingKey {
        case name = "name"
        case points = "points"
        case unit = "unit"
    }
}

/// What is known of one civil day. What is absent is not known; it is not zero.
public struct DayView: Codable, Sendable, Equatable {
    /// Answers on scales.
    public var checkIns: [CheckInView]
    /// The day.
    public var date: LocalDate
    /// Its end: 23, 24 or 25 hours later, or as long as a flight made it.
    public var end: Timestamp
    /// Training load of the day by rule; loads of different rules do not compare.
    public var loads: [LoadView]
    /// Single measurements: weight, VO2max …
    public var measurements: [MeasurementView]
    /// Every other metric of the day.
    public var metrics: [MetricView]
    /// Symptoms and medications noted.
    public var notes: [NoteView]
    /// Training sessions, in order.
    public var sessions: [SessionView]
    /// Its first instant.
    public var start: Timestamp
    /// Steps and movement.
    public var activity: ActivityView?
    /// Alcohol noted, standard drinks; 0 where "none" was noted.
    public var alcoholDrinks: Double?
    /// Caffeine noted, milligrams.
    public var caffeineMg: Double?
    /// Meetings.
    public var calendar: CalendarView?
    /// Mean of the energy told, 0..=1.
    public var energy: Double?
    /// Heart rate.
    public var heart: HeartView?
    /// Heart rate variability.
    public var hrv: HrvView?
    /// Seconds east of UTC as the devices had it at the end of the day; on a journey not the zone's.
    public var livedOffsetS: Int?
    /// Minutes asleep in naps.
    public var napMin: Double?
    /// The main sleep that ended on this day.
    public var sleep: NightView?
    /// Highest stress noticed, 0..=1.
    public var stress: Double?
    /// Tasks begun, finished, put off.
    public var tasks: TasksView?
    /// Work beside meetings and tasks, learning, working together.
    public var work: WorkView?
    /// IANA zone lived in, where known.
    public var zone: String?

    public init(checkIns: [CheckInView], date: LocalDate, end: Timestamp, loads: [LoadView], measurements: [MeasurementView], metrics: [MetricView], notes: [NoteView], sessions: [SessionView], start: Timestamp, activity: ActivityView? = nil, alcoholDrinks: Double? = nil, caffeineMg: Double? = nil, calendar: CalendarView? = nil, energy: Double? = nil, heart: HeartView? = nil, hrv: HrvView? = nil, livedOffsetS: Int? = nil, napMin: Double? = nil, sleep: NightView? = nil, stress: Double? = nil, tasks: TasksView? = nil, work: WorkView? = nil, zone: String? = nil) {
        self.checkIns = checkIns
        self.date = date
        self.end = end
        self.loads = loads
        self.measurements = measurements
        self.metrics = metrics
        self.notes = notes
        self.sessions = sessions
        self.start = start
        self.activity = activity
        self.alcoholDrinks = alcoholDrinks
        self.caffeineMg = caffeineMg
        self.calendar = calendar
        self.energy = energy
        self.heart = heart
        self.hrv = hrv
        self.livedOffsetS = livedOffsetS
        self.napMin = napMin
        self.sleep = sleep
        self.stress = stress
        self.tasks = tasks
        self.work = work
        self.zone = zone
    }

    enum CodingKeys: String, CodingKey {
        case checkIns = "check_ins"
        case date = "date"
        case end = "end"
        case loads = "loads"
        case measurements = "measurements"
        case metrics = "metrics"
        case notes = "notes"
        case sessions = "sessions"
        case start = "start"
        case activity = "activity"
        case alcoholDrinks = "alcohol_drinks"
        case caffeineMg = "caffeine_mg"
        case calendar = "calendar"
        case energy = "energy"
        case heart = "heart"
        case hrv = "hrv"
        case livedOffsetS = "lived_offset_s"
        case napMin = "nap_min"
        case sleep = "sleep"
        case stress = "stress"
        case tasks = "tasks"
        case work = "work"
        case zone = "zone"
    }
}

/// Which days to read.
public struct DaysRequest: Codable, Sendable, Equatable {
    /// First day.
    public var from: LocalDate
    /// Last day.
    public var to: LocalDate

    public init(from: LocalDate, to: LocalDate) {
        self.from = from
        self.to = to
    }

    enum CodingKeys: String, CodingKey {
        case from = "from"
        case to = "to"
    }
}

/// Days, oldest first; days of which nothing is known are left out.
public struct DaysView: Codable, Sendable, Equatable {
    /// The days.
    public var days: [DayView]

    public init(days: [DayView]) {
        self.days = days
    }

    enum CodingKeys: String, CodingKey {
        case days = "days"
    }
}

/// A record to take back.
public struct DeleteRequest: Codable, Sendable, Equatable {
    /// The source's id of the record, or `event:<id>`.
    public var record: String
    /// Who said it.
    public var source: String

    public init(record: String, source: String) {
        self.record = record
        self.source = source
    }

    enum CodingKeys: String, CodingKey {
        case record = "record"
        case source = "source"
    }
}

/// What is known of a device or source.
public struct DeviceDescribed: Codable, Sendable, Equatable {
    /// What kind of thing it is; decides whose samples win where devices overlap.
    public var kind: DeviceKind
    /// The device; absent when the source is the device.
    public var device: DeviceId?
    /// Maker.
    public var manufacturer: String?
    /// Model.
    public var model: String?
    /// Software version.
    public var software: String?

    public init(kind: DeviceKind, device: DeviceId? = nil, manufacturer: String? = nil, model: String? = nil, software: String? = nil) {
        self.kind = kind
        self.device = device
        self.manufacturer = manufacturer
        self.model = model
        self.software = software
    }

    enum CodingKeys: String, CodingKey {
        case kind = "kind"
        case device = "device"
        case manufacturer = "manufacturer"
        case model = "model"
        case software = "software"
    }
}

public typealias DeviceId = String

/// Kinds of devices.
public enum DeviceKind: Word {
    /// Chest strap.
    case strap
    /// Watch or band.
    case watch
    /// Ring.
    case ring
    /// Phone.
    case phone
    /// Scale.
    case scale
    /// Bike computer and other sport instruments.
    case sportComputer
    /// Medical or laboratory instrument.
    case instrument
    /// Entered by hand.
    case manual
    /// Not known, as `unknown`; or a word of a later version.
    case unknown(String)

    public init(word: String) {
        switch word {
        case "strap": self = .strap
        case "watch": self = .watch
        case "ring": self = .ring
        case "phone": self = .phone
        case "scale": self = .scale
        case "sport_computer": self = .sportComputer
        case "instrument": self = .instrument
        case "manual": self = .manual
        default: self = .unknown(word)
        }
    }

    public var word: String {
        switch self {
        case .strap: return "strap"
        case .watch: return "watch"
        case .ring: return "ring"
        case .phone: return "phone"
        case .scale: return "scale"
        case .sportComputer: return "sport_computer"
        case .instrument: return "instrument"
        case .manual: return "manual"
        case .unknown(let word): return word
        }
    }
}

/// The verb was done.
public struct DoneView: Codable, Sendable, Equatable {
    /// Always true.
    public var done: Bool

    public init(done: Bool) {
        self.done = done
    }

    enum CodingKeys: String, CodingKey {
        case done = "done"
    }
}

/// How much energy the person has.
public struct EnergyUpdated: Codable, Sendable, Equatable {
    /// Energy, 0 (none) to 1 (full).
    public var energy: Double
    /// Who says so: `self`, a device, a reaction test.
    public var by: String?

    public init(energy: Double, by: String? = nil) {
        self.energy = energy
        self.by = by
    }

    enum CodingKeys: String, CodingKey {
        case energy = "energy"
        case by = "by"
    }
}

/// A number with all that one needs to trust it, or not: unit, interval, confidence, reasons, gaps. Nothing here is a diagnosis.
public struct Estimate: Codable, Sendable, Equatable {
    /// Confidence, 0..=1.
    public var confidence: Double
    /// Share of the input that was there, 0..=1.
    public var coverage: Double
    /// What sort of number it is.
    public var kind: EstimateKind
    /// The model.
    public var model: String
    /// Effective number of observations behind it.
    public var nEffective: Double
    /// Share of it that comes from the population and not from the person, 0..=1.
    public var priorShare: Double
    /// Whether and why it can be given.
    public var status: EstimateStatus
    /// UCUM unit.
    public var unit: String
    /// The model's version.
    public var version: String
    /// The newest input.
    public var asOf: Timestamp?
    /// What moved it, adding up to value minus baseline.
    public var contributions: [Contribution]?
    /// What was missing.
    public var gaps: [String]?
    /// High end of the 80 % interval.
    public var high: Double?
    /// Low end of the 80 % interval.
    public var low: Double?
    /// The value; absent where it cannot be given honestly.
    public var value: Double?

    public init(confidence: Double, coverage: Double, kind: EstimateKind, model: String, nEffective: Double, priorShare: Double, status: EstimateStatus, unit: String, version: String, asOf: Timestamp? = nil, contributions: [Contribution]? = nil, gaps: [String]? = nil, high: Double? = nil, low: Double? = nil, value: Double? = nil) {
        self.confidence = confidence
        self.coverage = coverage
        self.kind = kind
        self.model = model
        self.nEffective = nEffective
        self.priorShare = priorShare
        self.status = status
        self.unit = unit
        self.version = version
        self.asOf = asOf
        self.contributions = contributions
        self.gaps = gaps
        self.high = high
        self.low = low
        self.value = value
    }

    enum CodingKeys: String, CodingKey {
        case confidence = "confidence"
        case coverage = "coverage"
        case kind = "kind"
        case model = "model"
        case nEffective = "n_effective"
        case priorShare = "prior_share"
        case status = "status"
        case unit = "unit"
        case version = "version"
        case asOf = "as_of"
        case contributions = "contributions"
        case gaps = "gaps"
        case high = "high"
        case low = "low"
        case value = "value"
    }
}

/// Sorts of numbers.
public enum EstimateKind: Word {
    /// A quantity with a unit.
    case quantity
    /// A probability, 0..=1.
    case probability
    /// A score of our own making.
    case index
    /// A word of a later version.
    case unknown(String)

    public init(word: String) {
        switch word {
        case "quantity": self = .quantity
        case "probability": self = .probability
        case "index": self = .index
        default: self = .unknown(word)
        }
    }

    public var word: String {
        switch self {
        case .quantity: return "quantity"
        case .probability: return "probability"
        case .index: return "index"
        case .unknown(let word): return word
        }
    }
}

/// Whether an estimate can be given.
public enum EstimateStatus: Word {
    /// It can.
    case ok
    /// It can, on little data.
    case provisional
    /// Too little data.
    case insufficientData
    /// The newest input is too old.
    case stale
    /// The asker may not see it.
    case masked
    /// An input is outside what the model was made for.
    case outOfRangeInput
    /// The model declines.
    case abstained
    /// A word of a later version.
    case unknown(String)

    public init(word: String) {
        switch word {
        case "ok": self = .ok
        case "provisional": self = .provisional
        case "insufficient_data": self = .insufficientData
        case "stale": self = .stale
        case "masked": self = .masked
        case "out_of_range_input": self = .outOfRangeInput
        case "abstained": self = .abstained
        default: self = .unknown(word)
        }
    }

    public var word: String {
        switch self {
        case .ok: return "ok"
        case .provisional: return "provisional"
        case .insufficientData: return "insufficient_data"
        case .stale: return "stale"
        case .masked: return "masked"
        case .outOfRangeInput: return "out_of_range_input"
        case .abstained: return "abstained"
        case .unknown(let word): return word
        }
    }
}

public struct EventBody: Codable, Sendable, Equatable {
    public var data: JSONValue
    public var kind: String
    public var version: Int64

    public init(data: JSONValue, kind: String, version: Int64) {
        self.data = data
        self.kind = kind
        self.version = version
    }

    enum CodingKeys: String, CodingKey {
        case data = "data"
        case kind = "kind"
        case version = "version"
    }
}

/// Somebody told somebody how their work is.
public struct FeedbackGiven: Codable, Sendable, Equatable {
    /// What kind.
    public var kind: FeedbackKind
    /// Who.
    public var from: String?
    /// How good the work is, 0..=1.
    public var rating: Double?
    /// Which skill it is about.
    public var skill: String?
    /// Which task it is about.
    public var task: String?
    /// To whom.
    public var to: String?

    public init(kind: FeedbackKind, from: String? = nil, rating: Double? = nil, skill: String? = nil, task: String? = nil, to: String? = nil) {
        self.kind = kind
        self.from = from
        self.rating = rating
        self.skill = skill
        self.task = task
        self.to = to
    }

    enum CodingKeys: String, CodingKey {
        case kind = "kind"
        case from = "from"
        case rating = "rating"
        case skill = "skill"
        case task = "task"
        case to = "to"
    }
}

/// A kind of feedback.
public enum FeedbackKind: Word {
    /// Praise, thanks.
    case praise
    /// What could be better.
    case suggestion
    /// A worry.
    case concern
    /// A conflict about the work.
    case taskConflict
    /// A conflict between people.
    case relationshipConflict
    /// A word of a later version.
    case unknown(String)

    public init(word: String) {
        switch word {
        case "praise": self = .praise
        case "suggestion": self = .suggestion
        case "concern": self = .concern
        case "task_conflict": self = .taskConflict
        case "relationship_conflict": self = .relationshipConflict
        default: self = .unknown(word)
        }
    }

    public var word: String {
        switch self {
        case .praise: return "praise"
        case .suggestion: return "suggestion"
        case .concern: return "concern"
        case .taskConflict: return "task_conflict"
        case .relationshipConflict: return "relationship_conflict"
        case .unknown(let word): return word
        }
    }
}

/// A figure that differs between two readings of a day.
public struct Figure: Codable, Sendable, Equatable {
    /// Its path in a `DayView`; an item of a list is named by what it is about: `loads[edwards].load`.
    public var name: String
    /// After; absent where it is not known any more.
    public var after: Double?
    /// Before; absent where it was not known.
    public var before: Double?

    public init(name: String, after: Double? = nil, before: Double? = nil) {
        self.name = name
        self.after = after
        self.before = before
    }

    enum CodingKeys: String, CodingKey {
        case name = "name"
        case after = "after"
        case before = "before"
    }
}

/// A grant to somebody.
public struct GrantRequest: Codable, Sendable, Equatable {
    /// Who may read.
    public var actor: String
    /// What for.
    public var purpose: Purpose
    /// Until when; default: until it is revoked.
    public var until: Timestamp?

    public init(actor: String, purpose: Purpose, until: Timestamp? = nil) {
        self.actor = actor
        self.purpose = purpose
        self.until = until
    }

    enum CodingKeys: String, CodingKey {
        case actor = "actor"
        case purpose = "purpose"
        case until = "until"
    }
}

/// Work went from one to another. `at` is when it was taken up.
public struct HandedOff: Codable, Sendable, Equatable {
    /// What.
    public var task: String
    /// From whom.
    public var from: String?
    /// Since when it was ready to be taken.
    public var readyAt: Timestamp?
    /// It was given back within a week.
    public var returned: Bool?
    /// Work that had to be done again for it, seconds, ≥ 0.
    public var reworkS: Double?
    /// To whom.
    public var to: String?

    public init(task: String, from: String? = nil, readyAt: Timestamp? = nil, returned: Bool? = nil, reworkS: Double? = nil, to: String? = nil) {
        self.task = task
        self.from = from
        self.readyAt = readyAt
        self.returned = returned
        self.reworkS = reworkS
        self.to = to
    }

    enum CodingKeys: String, CodingKey {
        case task = "task"
        case from = "from"
        case readyAt = "ready_at"
        case returned = "returned"
        case reworkS = "rework_s"
        case to = "to"
    }
}

/// A line of a header, or a field of a query.
public struct HeaderField: Codable, Sendable, Equatable {
    /// Its name, in any case.
    public var name: String
    /// Its value.
    public var value: String

    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    enum CodingKeys: String, CodingKey {
        case name = "name"
        case value = "value"
    }
}

/// Heart rate of a day, per minute.
public struct HeartView: Codable, Sendable, Equatable {
    /// Hours with a value.
    public var coveredH: Double
    /// Highest sample.
    public var maxBpm: Double?
    /// Mean, weighted by time.
    public var meanBpm: Double?
    /// Lowest sample.
    public var minBpm: Double?
    /// Resting heart rate: of the night, else the source's own.
    public var resting: Estimate?
    /// How the resting rate was found: `night_low`, or the source that states it.
    public var restingMethod: String?

    public init(coveredH: Double, maxBpm: Double? = nil, meanBpm: Double? = nil, minBpm: Double? = nil, resting: Estimate? = nil, restingMethod: String? = nil) {
        self.coveredH = coveredH
        self.maxBpm = maxBpm
        self.meanBpm = meanBpm
        self.minBpm = minBpm
        self.resting = resting
        self.restingMethod = restingMethod
    }

    enum CodingKeys: String, CodingKey {
        case coveredH = "covered_h"
        case maxBpm = "max_bpm"
        case meanBpm = "mean_bpm"
        case minBpm = "min_bpm"
        case resting = "resting"
        case restingMethod = "resting_method"
    }
}

/// Which metric or facts to read.
public struct HistoryRequest: Codable, Sendable, Equatable {
    /// A metric of the catalogue, a vendor's own, or an event kind (`task.completed`).
    public var metric: String
    /// In steps of so many seconds, counted from 1970 in UTC; default: at every instant.
    public var everyS: Double?
    /// From, included.
    public var from: Timestamp?
    /// As known at this moment.
    public var knownAt: Timestamp?
    /// Every stored sample with its source, nothing resolved; default: no.
    public var raw: Bool?
    /// To, excluded.
    public var to: Timestamp?

    public init(metric: String, everyS: Double? = nil, from: Timestamp? = nil, knownAt: Timestamp? = nil, raw: Bool? = nil, to: Timestamp? = nil) {
        self.metric = metric
        self.everyS = everyS
        self.from = from
        self.knownAt = knownAt
        self.raw = raw
        self.to = to
    }

    enum CodingKeys: String, CodingKey {
        case metric = "metric"
        case everyS = "every_s"
        case from = "from"
        case knownAt = "known_at"
        case raw = "raw"
        case to = "to"
    }
}

/// A row of a history.
public struct HistoryRow: Codable, Sendable, Equatable {
    /// Who said it; in steps the sources joined by `+`.
    public var source: String
    /// Start; UTC.
    public var start: Timestamp
    /// The value; in steps the mean weighted by time, or the total of a cumulative metric.
    public var value: Double
    /// End; UTC; absent for an instant.
    public var end: Timestamp?
    /// Greatest value in a step.
    public var max: Double?
    /// How it was measured.
    public var method: String?
    /// Least value in a step.
    public var min: Double?
    /// Pieces in a step.
    public var n: Int64?

    public init(source: String, start: Timestamp, value: Double, end: Timestamp? = nil, max: Double? = nil, method: String? = nil, min: Double? = nil, n: Int64? = nil) {
        self.source = source
        self.start = start
        self.value = value
        self.end = end
        self.max = max
        self.method = method
        self.min = min
        self.n = n
    }

    enum CodingKeys: String, CodingKey {
        case source = "source"
        case start = "start"
        case value = "value"
        case end = "end"
        case max = "max"
        case method = "method"
        case min = "min"
        case n = "n"
    }
}

/// A metric over time.
public struct HistoryView: Codable, Sendable, Equatable {
    /// Facts of an event kind.
    public var events: [Event]
    /// What was asked for.
    public var metric: String
    /// Rows in order.
    public var rows: [HistoryRow]
    /// UCUM unit of the values.
    public var unit: String

    public init(events: [Event], metric: String, rows: [HistoryRow], unit: String) {
        self.events = events
        self.metric = metric
        self.rows = rows
        self.unit = unit
    }

    enum CodingKeys: String, CodingKey {
        case events = "events"
        case metric = "metric"
        case rows = "rows"
        case unit = "unit"
    }
}

/// One local hour.
public struct HourView: Codable, Sendable, Equatable {
    /// Local hour, 0..=23.
    public var hour: Int
    /// The amount.
    public var value: Double

    public init(hour: Int, value: Double) {
        self.hour = hour
        self.value = value
    }

    enum CodingKeys: String, CodingKey {
        case hour = "hour"
        case value = "value"
    }
}

/// Heart rate variability of a day, milliseconds.
public struct HrvView: Codable, Sendable, Equatable {
    /// How RMSSD was measured: `night`, `morning`, or `stated` by the source; values of different methods do not compare.
    public var method: String
    /// Who recorded it.
    public var source: String
    /// RMSSD, where beats or a source give it.
    public var rmssd: Estimate?
    /// SDNN, where only that is known. Never compared with RMSSD.
    public var sdnnMs: Double?
    /// Who stated the SDNN.
    public var sdnnSource: String?

    public init(method: String, source: String, rmssd: Estimate? = nil, sdnnMs: Double? = nil, sdnnSource: String? = nil) {
        self.method = method
        self.source = source
        self.rmssd = rmssd
        self.sdnnMs = sdnnMs
        self.sdnnSource = sdnnSource
    }

    enum CodingKeys: String, CodingKey {
        case method = "method"
        case source = "source"
        case rmssd = "rmssd"
        case sdnnMs = "sdnn_ms"
        case sdnnSource = "sdnn_source"
    }
}

/// What a server answered.
public struct HttpAnswer: Codable, Sendable, Equatable {
    /// 100..=599.
    public var status: Int
    /// The body as text.
    public var body: String?
    /// At least `Location` and `Retry-After`, where the answer has them.
    public var headers: [HeaderField]?

    public init(status: Int, body: String? = nil, headers: [HeaderField]? = nil) {
        self.status = status
        self.body = body
        self.headers = headers
    }

    enum CodingKeys: String, CodingKey {
        case status = "status"
        case body = "body"
        case headers = "headers"
    }
}

/// A request for the host to make.
public struct HttpAsk: Codable, Sendable, Equatable {
    /// The body.
    public var body: String
    /// Headers, without `Authorization`.
    public var headers: [HeaderField]
    /// `PROPFIND` or `REPORT`.
    public var method: String
    /// Absolute; always of the scheme, host and port that were given.
    public var url: String

    public init(body: String, headers: [HeaderField], method: String, url: String) {
        self.body = body
        self.headers = headers
        self.method = method
        self.url = url
    }

    enum CodingKeys: String, CodingKey {
        case body = "body"
        case headers = "headers"
        case method = "method"
        case url = "url"
    }
}

/// How a file is read. Its bytes come beside the request, or from a path.
public struct ImportRequest: Codable, Sendable, Equatable {
    /// Take the consent that an export of a twin holds; only the person may. Default: no.
    public var consent: Bool?
    /// What the columns of a table mean, as JSON text (`csv_mapping`).
    public var mapping: String?
    /// The file's name, as the answer shall call it; default: the path's last part, else `file`.
    public var name: String?
    /// A file of this machine, read piece by piece; not in a browser.
    public var path: String?
    /// Read only this person of a file that holds several.
    public var subject: String?
    /// IANA zone of times that are written without one; default: the person's, else UTC.
    public var zone: String?

    public init(consent: Bool? = nil, mapping: String? = nil, name: String? = nil, path: String? = nil, subject: String? = nil, zone: String? = nil) {
        self.consent = consent
        self.mapping = mapping
        self.name = name
        self.path = path
        self.subject = subject
        self.zone = zone
    }

    enum CodingKeys: String, CodingKey {
        case consent = "consent"
        case mapping = "mapping"
        case name = "name"
        case path = "path"
        case subject = "subject"
        case zone = "zone"
    }
}

/// What an import did. A stable form: `humantwin import --json` prints it.
public struct ImportView: Codable, Sendable, Equatable {
    /// Samples that were there already.
    public var duplicateSamples: Int64
    /// Observations that were there already.
    public var duplicates: Int64
    /// New events in the log.
    public var events: Int64
    /// The import was stopped; import the file again to go on.
    public var interrupted: Bool
    /// Observations read.
    public var observations: Int64
    /// The file's name, as given.
    public var path: String
    /// What was refused, by reason.
    public var refused: [RefusedView]
    /// New samples.
    public var samples: Int64
    /// Oddities that lost nothing.
    public var warnings: [Warning]
    /// Why the file could not be read, as `code: message`.
    public var error: String?
    /// The format found: `apple_health`, `fit`, `icalendar`, `fitbit_sleep` …
    public var format: String?

    public init(duplicateSamples: Int64, duplicates: Int64, events: Int64, interrupted: Bool, observations: Int64, path: String, refused: [RefusedView], samples: Int64, warnings: [Warning], error: String? = nil, format: String? = nil) {
        self.duplicateSamples = duplicateSamples
        self.duplicates = duplicates
        self.events = events
        self.interrupted = interrupted
        self.observations = observations
        self.path = path
        self.refused = refused
        self.samples = samples
        self.warnings = warnings
        self.error = error
        self.format = format
    }

    enum CodingKeys: String, CodingKey {
        case duplicateSamples = "duplicate_samples"
        case duplicates = "duplicates"
        case events = "events"
        case interrupted = "interrupted"
        case observations = "observations"
        case path = "path"
        case refused = "refused"
        case samples = "samples"
        case warnings = "warnings"
        case error = "error"
        case format = "format"
    }
}

/// The imports so far.
public struct ImportsView: Codable, Sendable, Equatable {
    /// Oldest first.
    public var imports: [PastImportView]

    public init(imports: [PastImportView]) {
        self.imports = imports
    }

    enum CodingKeys: String, CodingKey {
        case imports = "imports"
    }
}

/// One field of a kept message.
public struct KeptField: Codable, Sendable, Equatable {
    /// The field's name.
    public var name: String
    /// Its value: a number, or the text of one of many numbers.
    public var value: KeptValue
    /// Its unit, as the source writes it.
    public var unit: String?

    public init(name: String, value: KeptValue, unit: String? = nil) {
        self.name = name
        self.value = value
        self.unit = unit
    }

    enum CodingKeys: String, CodingKey {
        case name = "name"
        case value = "value"
        case unit = "unit"
    }
}

/// A value of a kept message.
public typealias KeptValue = JSONValue

/// One lap of a workout.
public struct Lap: Codable, Sendable, Equatable {
    /// End; UTC.
    public var end: Timestamp
    /// Start; UTC.
    public var start: Timestamp
    /// Distance, metres.
    public var distanceM: Double?
    /// Mean heart rate, per minute.
    public var heartRateMean: Double?

    public init(end: Timestamp, start: Timestamp, distanceM: Double? = nil, heartRateMean: Double? = nil) {
        self.end = end
        self.start = start
        self.distanceM = distanceM
        self.heartRateMean = heartRateMean
    }

    enum CodingKeys: String, CodingKey {
        case end = "end"
        case start = "start"
        case distanceM = "distance_m"
        case heartRateMean = "heart_rate_mean"
    }
}

/// The newest value of a metric.
public struct LastView: Codable, Sendable, Equatable {
    /// When.
    public var at: Timestamp
    /// Metric.
    public var metric: String
    /// Who.
    public var source: String
    /// Value.
    public var value: Double
    /// UCUM unit, where the catalogue has one.
    public var unit: String?

    public init(at: Timestamp, metric: String, source: String, value: Double, unit: String? = nil) {
        self.at = at
        self.metric = metric
        self.source = source
        self.value = value
        self.unit = unit
    }

    enum CodingKeys: String, CodingKey {
        case at = "at"
        case metric = "metric"
        case source = "source"
        case value = "value"
        case unit = "unit"
    }
}

/// Something was learnt: a course, a book, a session of practice.
public struct LearningCompleted: Codable, Sendable, Equatable {
    /// How.
    public var method: LearningMethod
    /// Time spent, seconds, ≥ 0.
    public var durationS: Double?
    /// Who.
    public var person: String?
    /// What came of it, 0..=1: share of right answers, mark.
    public var score: Double?
    /// What was learnt.
    public var skills: [String]?
    /// What it is called.
    public var title: String?

    public init(method: LearningMethod, durationS: Double? = nil, person: String? = nil, score: Double? = nil, skills: [String]? = nil, title: String? = nil) {
        self.method = method
        self.durationS = durationS
        self.person = person
        self.score = score
        self.skills = skills
        self.title = title
    }

    enum CodingKeys: String, CodingKey {
        case method = "method"
        case durationS = "duration_s"
        case person = "person"
        case score = "score"
        case skills = "skills"
        case title = "title"
    }
}

/// Something that can be learnt.
public struct LearningItemRequest: Codable, Sendable, Equatable {
    /// Hours it takes, ≥ 0.
    public var hours: Double
    /// Its name; each name once.
    public var name: String
    /// The skill it is for.
    public var skill: String
    /// When it should be done.
    public var due: Timestamp?
    /// Names of items that come before.
    public var needs: [String]?
    /// Probability that it is completed once begun, 0..=1; default: 1.
    public var pComplete: Double?
    /// Points it brings; default: all that is missing.
    public var points: Double?

    public init(hours: Double, name: String, skill: String, due: Timestamp? = nil, needs: [String]? = nil, pComplete: Double? = nil, points: Double? = nil) {
        self.hours = hours
        self.name = name
        self.skill = skill
        self.due = due
        self.needs = needs
        self.pComplete = pComplete
        self.points = points
    }

    enum CodingKeys: String, CodingKey {
        case hours = "hours"
        case name = "name"
        case skill = "skill"
        case due = "due"
        case needs = "needs"
        case pComplete = "p_complete"
        case points = "points"
    }
}

/// A way of learning.
public enum LearningMethod: Word {
    /// A course or lecture.
    case course
    /// Reading, watching.
    case reading
    /// Practice spread over time, with recall.
    case practice
    /// Working in a pair.
    case pairWork
    /// A project.
    case project
    /// Being mentored.
    case mentoring
    /// Any other.
    case other
    /// A word of a later version.
    case unknown(String)

    public init(word: String) {
        switch word {
        case "course": self = .course
        case "reading": self = .reading
        case "practice": self = .practice
        case "pair_work": self = .pairWork
        case "project": self = .project
        case "mentoring": self = .mentoring
        case "other": self = .other
        default: self = .unknown(word)
        }
    }

    public var word: String {
        switch self {
        case .course: return "course"
        case .reading: return "reading"
        case .practice: return "practice"
        case .pairWork: return "pair_work"
        case .project: return "project"
        case .mentoring: return "mentoring"
        case .other: return "other"
        case .unknown(let word): return word
        }
    }
}

/// Something that found no place.
public struct LeftOut: Codable, Sendable, Equatable {
    /// What.
    public var name: String
    /// Which rule holds it back.
    public var reason: String

    public init(name: String, reason: String) {
        self.name = name
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case name = "name"
        case reason = "reason"
    }
}

/// A day's training load by one rule.
public struct LoadView: Codable, Sendable, Equatable {
    /// Sum of the day's sessions, in the rule's own points.
    public var load: Double
    /// The rule: `banister_trimp`, `edwards`, `session_rpe`.
    public var method: String

    public init(load: Double, method: String) {
        self.load = load
        self.method = method
    }

    enum CodingKeys: String, CodingKey {
        case load = "load"
        case method = "method"
    }
}

/// How much to do.
public struct MaintainRequest: Codable, Sendable, Equatable {
    /// At most about so many small steps of a few milliseconds; default: 100.
    public var steps: Int?

    public init(steps: Int? = nil) {
        self.steps = steps
    }

    enum CodingKeys: String, CodingKey {
        case steps = "steps"
    }
}

/// What a round of upkeep did.
public struct MaintainView: Codable, Sendable, Equatable {
    /// Nothing is left to do.
    public var done: Bool
    /// Days folded.
    public var folded: Int64
    /// Small segments of samples joined, so that they are read faster.
    public var joined: Int64

    public init(done: Bool, folded: Int64, joined: Int64) {
        self.done = done
        self.folded = folded
        self.joined = joined
    }

    enum CodingKeys: String, CodingKey {
        case done = "done"
        case folded = "folded"
        case joined = "joined"
    }
}

/// One measurement of a metric at a moment or over a span: weight, resting heart rate, VO2max …
public struct MeasurementRecorded: Codable, Sendable, Equatable {
    /// A metric of the catalogue, or a vendor's own.
    public var metric: MetricId
    /// UCUM unit; the catalogue's unit for catalogue metrics.
    public var unit: String
    /// The value, in `unit`.
    public var value: Double
    /// Start of the span measured; absent for a moment.
    public var start: Timestamp?

    public init(metric: MetricId, unit: String, value: Double, start: Timestamp? = nil) {
        self.metric = metric
        self.unit = unit
        self.value = value
        self.start = start
    }

    enum CodingKeys: String, CodingKey {
        case metric = "metric"
        case unit = "unit"
        case value = "value"
        case start = "start"
    }
}

/// A measurement.
public struct MeasurementView: Codable, Sendable, Equatable {
    /// When.
    public var at: Timestamp
    /// Metric.
    public var metric: String
    /// Who.
    public var source: String
    /// UCUM unit.
    public var unit: String
    /// Value.
    public var value: Double

    public init(at: Timestamp, metric: String, source: String, unit: String, value: Double) {
        self.at = at
        self.metric = metric
        self.source = source
        self.unit = unit
        self.value = value
    }

    enum CodingKeys: String, CodingKey {
        case at = "at"
        case metric = "metric"
        case source = "source"
        case unit = "unit"
        case value = "value"
    }
}

/// A medication taken.
public struct MedicationTaken: Codable, Sendable, Equatable {
    /// The medication.
    public var name: String
    /// Amount in `unit`.
    public var dose: Double?
    /// UCUM unit of the dose.
    public var unit: String?

    public init(name: String, dose: Double? = nil, unit: String? = nil) {
        self.name = name
        self.dose = dose
        self.unit = unit
    }

    enum CodingKeys: String, CodingKey {
        case name = "name"
        case dose = "dose"
        case unit = "unit"
    }
}

/// A meeting that took place, as the calendar or the person tells. `at` is its end.
public struct MeetingAttended: Codable, Sendable, Equatable {
    /// The entry and, for a series, the occurrence.
    public var entry: CalendarEntry
    /// How it went, where that is known.
    public var quality: MeetingQuality?

    public init(entry: CalendarEntry, quality: MeetingQuality? = nil) {
        self.entry = entry
        self.quality = quality
    }

    enum CodingKeys: String, CodingKey {
        case entry = "entry"
        case quality = "quality"
    }
}

/// A calendar entry still ahead. `at` is the moment the plan was made, never the meeting's own time.
public struct MeetingPlanned: Codable, Sendable, Equatable {
    /// The entry and, for a series, the occurrence.
    public var entry: CalendarEntry

    public init(entry: CalendarEntry) {
        self.entry = entry
    }

    enum CodingKeys: String, CodingKey {
        case entry = "entry"
    }
}

/// How a meeting went.
public struct MeetingQuality: Codable, Sendable, Equatable {
    /// An agenda was there before.
    public var agenda: Bool?
    /// Decisions and actions written down.
    public var decisions: Int?
    /// Messages the person sent meanwhile.
    public var messagesSent: Int?
    /// It began on time.
    public var onTime: Bool?
    /// How unequal the speaking times were, Gini coefficient 0..=1.
    public var speakingGini: Double?
    /// How useful the person found it, 0..=1.
    public var usefulness: Double?

    public init(agenda: Bool? = nil, decisions: Int? = nil, messagesSent: Int? = nil, onTime: Bool? = nil, speakingGini: Double? = nil, usefulness: Double? = nil) {
        self.agenda = agenda
        self.decisions = decisions
        self.messagesSent = messagesSent
        self.onTime = onTime
        self.speakingGini = speakingGini
        self.usefulness = usefulness
    }

    enum CodingKeys: String, CodingKey {
        case agenda = "agenda"
        case decisions = "decisions"
        case messagesSent = "messages_sent"
        case onTime = "on_time"
        case speakingGini = "speaking_gini"
        case usefulness = "usefulness"
    }
}

/// Somebody helped somebody to learn.
public struct MentoringSession: Codable, Sendable, Equatable {
    /// How long, seconds, ≥ 0.
    public var durationS: Double?
    /// Who learnt.
    public var mentee: String?
    /// Who taught.
    public var mentor: String?
    /// How much it helped, 0..=1.
    public var rating: Double?
    /// What.
    public var skill: String?

    public init(durationS: Double? = nil, mentee: String? = nil, mentor: String? = nil, rating: Double? = nil, skill: String? = nil) {
        self.durationS = durationS
        self.mentee = mentee
        self.mentor = mentor
        self.rating = rating
        self.skill = skill
    }

    enum CodingKeys: String, CodingKey {
        case durationS = "duration_s"
        case mentee = "mentee"
        case mentor = "mentor"
        case rating = "rating"
        case skill = "skill"
    }
}

/// What a merge did.
public struct MergeReport: Codable, Sendable, Equatable {
    /// Events that were there, and of which the other log knew earlier.
    public var earlier: Int64
    /// Events that were not there before.
    public var events: Int64
    /// Samples of their series.
    public var samples: Int64
    /// Events of the other log.
    public var seen: Int64

    public init(earlier: Int64, events: Int64, samples: Int64, seen: Int64) {
        self.earlier = earlier
        self.events = events
        self.samples = samples
        self.seen = seen
    }

    enum CodingKeys: String, CodingKey {
        case earlier = "earlier"
        case events = "events"
        case samples = "samples"
        case seen = "seen"
    }
}

/// Where the other log is: a twin's file of this machine, else packed bytes beside the request.
public struct MergeRequest: Codable, Sendable, Equatable {
    /// A twin's file of this machine; not in a browser.
    public var path: String?

    public init(path: String? = nil) {
        self.path = path
    }

    enum CodingKeys: String, CodingKey {
        case path = "path"
    }
}

/// A message of a source that has no form of its own here, kept word for word.
public struct MessageKept: Codable, Sendable, Equatable {
    /// The format: `fit`, `apple_health` …
    public var format: String
    /// The message's own name there.
    public var message: String
    /// Its fields, in order.
    public var fields: [KeptField]?

    public init(format: String, message: String, fields: [KeptField]? = nil) {
        self.format = format
        self.message = message
        self.fields = fields
    }

    enum CodingKeys: String, CodingKey {
        case format = "format"
        case message = "message"
        case fields = "fields"
    }
}

/// A message was sent. Its text is not kept.
public struct MessageSent: Codable, Sendable, Equatable {
    /// Where: `mail`, `chat`, `issue`, `review` …
    public var channel: String
    /// Emoji in it.
    public var emoji: Int?
    /// Who wrote it.
    public var from: String?
    /// Time since the message it answers, seconds, ≥ 0.
    public var latencyS: Double?
    /// Characters.
    public var length: Int?
    /// It asks something.
    public var question: Bool?
    /// It answers another message.
    public var reply: Bool?
    /// How it is written; only where reading the text was granted, and made on the device.
    public var style: MessageStyle?
    /// The conversation.
    public var thread: String?
    /// To whom, where that is known; a channel's readers are not.
    public var to: [String]?

    public init(channel: String, emoji: Int? = nil, from: String? = nil, latencyS: Double? = nil, length: Int? = nil, question: Bool? = nil, reply: Bool? = nil, style: MessageStyle? = nil, thread: String? = nil, to: [String]? = nil) {
        self.channel = channel
        self.emoji = emoji
        self.from = from
        self.latencyS = latencyS
        self.length = length
        self.question = question
        self.reply = reply
        self.style = style
        self.thread = thread
        self.to = to
    }

    enum CodingKeys: String, CodingKey {
        case channel = "channel"
        case emoji = "emoji"
        case from = "from"
        case latencyS = "latency_s"
        case length = "length"
        case question = "question"
        case reply = "reply"
        case style = "style"
        case thread = "thread"
        case to = "to"
    }
}

/// How a message is written, as rates 0..=1 of its words.
public struct MessageStyle: Codable, Sendable, Equatable {
    /// Adverbs.
    public var adverbs: Double
    /// Articles.
    public var articles: Double
    /// Auxiliary verbs.
    public var auxiliaryVerbs: Double
    /// Conjunctions.
    public var conjunctions: Double
    /// Impersonal pronouns.
    public var impersonalPronouns: Double
    /// Negations.
    public var negations: Double
    /// Personal pronouns.
    public var personalPronouns: Double
    /// Prepositions.
    public var prepositions: Double
    /// Quantifiers.
    public var quantifiers: Double
    /// Words.
    public var words: Int
    /// Affect, -1 (bad) to 1 (good).
    public var affect: Double?
    /// How direct, 0..=1.
    public var directness: Double?
    /// How formal, 0..=1.
    public var formality: Double?

    public init(adverbs: Double, articles: Double, auxiliaryVerbs: Double, conjunctions: Double, impersonalPronouns: Double, negations: Double, personalPronouns: Double, prepositions: Double, quantifiers: Double, words: Int, affect: Double? = nil, directness: Double? = nil, formality: Double? = nil) {
        self.adverbs = adverbs
        self.articles = articles
        self.auxiliaryVerbs = auxiliaryVerbs
        self.conjunctions = conjunctions
        self.impersonalPronouns = impersonalPronouns
        self.negations = negations
        self.personalPronouns = personalPronouns
        self.prepositions = prepositions
        self.quantifiers = quantifiers
        self.words = words
        self.affect = affect
        self.directness = directness
        self.formality = formality
    }

    enum CodingKeys: String, CodingKey {
        case adverbs = "adverbs"
        case articles = "articles"
        case auxiliaryVerbs = "auxiliary_verbs"
        case conjunctions = "conjunctions"
        case impersonalPronouns = "impersonal_pronouns"
        case negations = "negations"
        case personalPronouns = "personal_pronouns"
        case prepositions = "prepositions"
        case quantifiers = "quantifiers"
        case words = "words"
        case affect = "affect"
        case directness = "directness"
        case formality = "formality"
    }
}

public typealias MethodId = String

public typealias MetricId = String

/// Any metric of a day.
public struct MetricView: Codable, Sendable, Equatable {
    /// Samples outside the plausible range.
    public var flagged: Int64
    /// Greatest.
    public var max: Double
    /// Metric.
    public var metric: String
    /// Least.
    public var min: Double
    /// Samples of all sources.
    public var samples: Int64
    /// Sources, the one that gave most first.
    public var sources: [ShareView]
    /// Mean, weighted by time.
    public var mean: Double?
    /// Total of a cumulative metric.
    public var total: Double?
    /// UCUM unit, where the catalogue has one.
    public var unit: String?

    public init(flagged: Int64, max: Double, metric: String, min: Double, samples: Int64, sources: [ShareView], mean: Double? = nil, total: Double? = nil, unit: String? = nil) {
        self.flagged = flagged
        self.max = max
        self.metric = metric
        self.min = min
        self.samples = samples
        self.sources = sources
        self.mean = mean
        self.total = total
        self.unit = unit
    }

    enum CodingKeys: String, CodingKey {
        case flagged = "flagged"
        case max = "max"
        case metric = "metric"
        case min = "min"
        case samples = "samples"
        case sources = "sources"
        case mean = "mean"
        case total = "total"
        case unit = "unit"
    }
}

/// A model was changed.
public struct ModelUpdated: Codable, Sendable, Equatable {
    /// The model.
    public var model: String
    /// The version now.
    public var version: String
    /// The version before.
    public var before: String?
    /// Why.
    public var reason: String?

    public init(model: String, version: String, before: String? = nil, reason: String? = nil) {
        self.model = model
        self.version = version
        self.before = before
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case model = "model"
        case version = "version"
        case before = "before"
        case reason = "reason"
    }
}

/// A model.
public struct ModelView: Codable, Sendable, Equatable {
    /// It speaks of health, and is therefore no diagnosis.
    public var health: Bool
    /// Stable id.
    public var id: String
    /// What it estimates.
    public var title: String
    /// Version; changes whenever the same input may give another answer.
    public var version: String

    public init(health: Bool, id: String, title: String, version: String) {
        self.health = health
        self.id = id
        self.title = title
        self.version = version
    }

    enum CodingKeys: String, CodingKey {
        case health = "health"
        case id = "id"
        case title = "title"
        case version = "version"
    }
}

/// The models there are.
public struct ModelsView: Codable, Sendable, Equatable {
    /// By id.
    public var models: [ModelView]

    public init(models: [ModelView]) {
        self.models = models
    }

    enum CodingKeys: String, CodingKey {
        case models = "models"
    }
}

/// An estimate with the name of what is estimated.
public struct NamedEstimate: Codable, Sendable, Equatable {
    /// The estimate.
    public var estimate: Estimate
    /// What is estimated: `sleep_duration`, `resting_heart_rate`, `rmssd` …; of `baseline_z` what is usual, and with `_z` the distance from it.
    public var name: String

    public init(estimate: Estimate, name: String) {
        self.estimate = estimate
        self.name = name
    }

    enum CodingKeys: String, CodingKey {
        case estimate = "estimate"
        case name = "name"
    }
}

/// A figure with its name and UCUM unit.
public struct NamedQuantity: Codable, Sendable, Equatable {
    /// The source's name of it.
    public var name: String
    /// UCUM unit, or the source's word where it is none.
    public var unit: String
    /// The figure.
    public var value: Double

    public init(name: String, unit: String, value: Double) {
        self.name = name
        self.unit = unit
        self.value = value
    }

    enum CodingKeys: String, CodingKey {
        case name = "name"
        case unit = "unit"
        case value = "value"
    }
}

/// The main sleep of a day (`models-health` §4.2). Durations in minutes.
public struct NightView: Codable, Sendable, Equatable {
    /// Going to bed was recorded.
    public var bedKnown: Bool
    /// End of the block.
    public var end: Timestamp
    /// Total sleep time as an estimate.
    public var estimate: Estimate
    /// Time in bed.
    public var inBedMin: Double
    /// Local clock hour of the middle of the sleep, 0..24.
    public var midpointH: Double
    /// Falling asleep.
    public var onset: Timestamp
    /// Who recorded it.
    public var source: String
    /// Start of the block: in bed where known, else asleep.
    public var start: Timestamp
    /// Last awakening.
    public var wake: Timestamp
    /// Total sleep time.
    public var asleepMin: Double?
    /// Awakenings of five minutes or more.
    public var awakenings: Int?
    /// Deep sleep.
    public var deepMin: Double?
    /// Time asleep over time in bed, 0..=1.
    public var efficiency: Double?
    /// Time to fall asleep.
    public var latencyMin: Double?
    /// Light sleep.
    public var lightMin: Double?
    /// REM sleep.
    public var remMin: Double?
    /// Awake between falling asleep and the last awakening.
    public var wasoMin: Double?

    public init(bedKnown: Bool, end: Timestamp, estimate: Estimate, inBedMin: Double, midpointH: Double, onset: Timestamp, source: String, start: Timestamp, wake: Timestamp, asleepMin: Double? = nil, awakenings: Int? = nil, deepMin: Double? = nil, efficiency: Double? = nil, latencyMin: Double? = nil, lightMin: Double? = nil, remMin: Double? = nil, wasoMin: Double? = nil) {
        self.bedKnown = bedKnown
        self.end = end
        self.estimate = estimate
        self.inBedMin = inBedMin
        self.midpointH = midpointH
        self.onset = onset
        self.source = source
        self.start = start
        self.wake = wake
        self.asleepMin = asleepMin
        self.awakenings = awakenings
        self.deepMin = deepMin
        self.efficiency = efficiency
        self.latencyMin = latencyMin
        self.lightMin = lightMin
        self.remMin = remMin
        self.wasoMin = wasoMin
    }

    enum CodingKeys: String, CodingKey {
        case bedKnown = "bed_known"
        case end = "end"
        case estimate = "estimate"
        case inBedMin = "in_bed_min"
        case midpointH = "midpoint_h"
        case onset = "onset"
        case source = "source"
        case start = "start"
        case wake = "wake"
        case asleepMin = "asleep_min"
        case awakenings = "awakenings"
        case deepMin = "deep_min"
        case efficiency = "efficiency"
        case latencyMin = "latency_min"
        case lightMin = "light_min"
        case remMin = "rem_min"
        case wasoMin = "waso_min"
    }
}

/// A note of the person.
public struct NoteView: Codable, Sendable, Equatable {
    /// When.
    public var at: Timestamp
    /// `symptom`, `medication`, `caffeine` or `alcohol`.
    public var kind: String
    /// In words.
    public var text: String
    /// Severity, dose or amount.
    public var amount: Double?
    /// UCUM unit of the amount.
    public var unit: String?

    public init(at: Timestamp, kind: String, text: String, amount: Double? = nil, unit: String? = nil) {
        self.at = at
        self.kind = kind
        self.text = text
        self.amount = amount
        self.unit = unit
    }

    enum CodingKeys: String, CodingKey {
        case at = "at"
        case kind = "kind"
        case text = "text"
        case amount = "amount"
        case unit = "unit"
    }
}

/// A verb without anything to say.
public struct NothingRequest: Codable, Sendable, Equatable {

    public init() {
    }
}

/// How an engine is opened.
public struct OpenOptions: Codable, Sendable, Equatable {
    /// Names this device among those that write to one person's twin, the same at every opening; default: 1.
    public var node: Int64?
    /// The clock stands still at this moment: for tests, and to replay a past. Default: the host's clock.
    public var now: Timestamp?
    /// The twin's file, made when it is not there; default: in memory. Not in a browser.
    public var path: String?
    /// Only to read a file that is there, beside a writer.
    public var readOnly: Bool?

    public init(node: Int64? = nil, now: Timestamp? = nil, path: String? = nil, readOnly: Bool? = nil) {
        self.node = node
        self.now = now
        self.path = path
        self.readOnly = readOnly
    }

    enum CodingKeys: String, CodingKey {
        case node = "node"
        case now = "now"
        case path = "path"
        case readOnly = "read_only"
    }
}

/// A task begun and not finished.
public struct OpenTaskView: Codable, Sendable, Equatable {
    /// How often it was put off.
    public var delays: Int
    /// Since when.
    public var since: Timestamp
    /// The tool's id.
    public var task: String
    /// When it is due.
    public var due: Timestamp?

    public init(delays: Int, since: Timestamp, task: String, due: Timestamp? = nil) {
        self.delays = delays
        self.since = since
        self.task = task
        self.due = due
    }

    enum CodingKeys: String, CodingKey {
        case delays = "delays"
        case since = "since"
        case task = "task"
        case due = "due"
    }
}

/// An import that was done.
public struct PastImportView: Codable, Sendable, Equatable {
    /// When.
    public var at: Timestamp
    /// What it did.
    public var `import`: ImportView

    public init(at: Timestamp, `import`: ImportView) {
        self.at = at
        self.import = `import`
    }

    enum CodingKeys: String, CodingKey {
        case at = "at"
        case `import` = "import"
    }
}

/// Somebody's level in a skill.
public struct PersonSkill: Codable, Sendable, Equatable {
    /// The level, 0..=100.
    public var level: Double
    /// The skill.
    public var skill: String

    public init(level: Double, skill: String) {
        self.level = level
        self.skill = skill
    }

    enum CodingKeys: String, CodingKey {
        case level = "level"
        case skill = "skill"
    }
}

/// Somebody who can take tasks.
public struct PersonToTake: Codable, Sendable, Equatable {
    /// Hours they have, ≥ 0.
    public var hours: Double
    /// Who; each name once.
    public var person: String
    /// What they can do.
    public var skills: [PersonSkill]?

    public init(hours: Double, person: String, skills: [PersonSkill]? = nil) {
        self.hours = hours
        self.person = person
        self.skills = skills
    }

    enum CodingKeys: String, CodingKey {
        case hours = "hours"
        case person = "person"
        case skills = "skills"
    }
}

/// A stretch of time for a task.
public struct PlanBlock: Codable, Sendable, Equatable {
    /// End.
    public var end: Timestamp
    /// Start.
    public var start: Timestamp
    /// The task.
    public var task: String

    public init(end: Timestamp, start: Timestamp, task: String) {
        self.end = end
        self.start = start
        self.task = task
    }

    enum CodingKeys: String, CodingKey {
        case end = "end"
        case start = "start"
        case task = "task"
    }
}

/// A change of the coming days. Days count from 0, the rest of today; a night belongs to the day of waking.
public enum PlanChange: Codable, Sendable, Equatable {
    /// Sleep at these times in the nights that end on these days (of 1 and later).
    /// - Parameter bed: Going to sleep, `HH:MM`; after noon is the evening before.
    /// - Parameter wake: Waking, `HH:MM`.
    /// - Parameter days: The days.
    case sleepAt(bed: String, wake: String, days: [Int]? = nil)
    /// A training session more.
    /// - Parameter day: The day.
    /// - Parameter load: Its load, in the points of the person's other loads, ≥ 0.
    case train(day: Int, load: Double)
    /// The day's training is left out.
    /// - Parameter day: The day.
    case skipTraining(day: Int)
    /// A day without any training.
    /// - Parameter day: The day.
    case restDay(day: Int)
    /// Caffeine.
    /// - Parameter amountMg: Milligrams, ≥ 0.
    /// - Parameter at: When, `HH:MM`.
    /// - Parameter day: The day.
    case caffeine(amountMg: Double, at: String, day: Int)
    /// Alcohol in the evening.
    /// - Parameter day: The day.
    /// - Parameter drinks: Standard drinks (10 g of ethanol), ≥ 0.
    case alcohol(day: Int, drinks: Double)
    /// A day off: nobody has to get up.
    /// - Parameter day: The day.
    case dayOff(day: Int)
    /// The meeting that is held at this time is dropped.
    /// - Parameter at: A time within it, `HH:MM`.
    /// - Parameter day: The day.
    case dropMeeting(at: String, day: Int)
    /// One more task.
    /// - Parameter day: From this day on.
    /// - Parameter estimateH: Estimated hours, > 0.
    case takeTask(day: Int, estimateH: Double)
    /// A case of a later version.
    case unknown(JSONValue)

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        switch try fields.decodeIfPresent(String.self, forKey: "type") {
        case "sleep_at": self = .sleepAt(bed: try fields.decode(String.self, forKey: "bed"), wake: try fields.decode(String.self, forKey: "wake"), days: try fields.decodeIfPresent([Int].self, forKey: "days"))
        case "train": self = .train(day: try fields.decode(Int.self, forKey: "day"), load: try fields.decode(Double.self, forKey: "load"))
        case "skip_training": self = .skipTraining(day: try fields.decode(Int.self, forKey: "day"))
        case "rest_day": self = .restDay(day: try fields.decode(Int.self, forKey: "day"))
        case "caffeine": self = .caffeine(amountMg: try fields.decode(Double.self, forKey: "amount_mg"), at: try fields.decode(String.self, forKey: "at"), day: try fields.decode(Int.self, forKey: "day"))
        case "alcohol": self = .alcohol(day: try fields.decode(Int.self, forKey: "day"), drinks: try fields.decode(Double.self, forKey: "drinks"))
        case "day_off": self = .dayOff(day: try fields.decode(Int.self, forKey: "day"))
        case "drop_meeting": self = .dropMeeting(at: try fields.decode(String.self, forKey: "at"), day: try fields.decode(Int.self, forKey: "day"))
        case "take_task": self = .takeTask(day: try fields.decode(Int.self, forKey: "day"), estimateH: try fields.decode(Double.self, forKey: "estimate_h"))
        default: self = .unknown(try JSONValue(from: decoder))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        if case .unknown(let raw) = self { return try raw.encode(to: encoder) }
        var fields = encoder.container(keyedBy: Key.self)
        switch self {
        case .sleepAt(let bed, let wake, let days):
            try fields.encode("sleep_at", forKey: "type")
            try fields.encode(bed, forKey: "bed")
            try fields.encode(wake, forKey: "wake")
            try fields.encodeIfPresent(days, forKey: "days")
        case .train(let day, let load):
            try fields.encode("train", forKey: "type")
            try fields.encode(day, forKey: "day")
            try fields.encode(load, forKey: "load")
        case .skipTraining(let day):
            try fields.encode("skip_training", forKey: "type")
            try fields.encode(day, forKey: "day")
        case .restDay(let day):
            try fields.encode("rest_day", forKey: "type")
            try fields.encode(day, forKey: "day")
        case .caffeine(let amountMg, let at, let day):
            try fields.encode("caffeine", forKey: "type")
            try fields.encode(amountMg, forKey: "amount_mg")
            try fields.encode(at, forKey: "at")
            try fields.encode(day, forKey: "day")
        case .alcohol(let day, let drinks):
            try fields.encode("alcohol", forKey: "type")
            try fields.encode(day, forKey: "day")
            try fields.encode(drinks, forKey: "drinks")
        case .dayOff(let day):
            try fields.encode("day_off", forKey: "type")
            try fields.encode(day, forKey: "day")
        case .dropMeeting(let at, let day):
            try fields.encode("drop_meeting", forKey: "type")
            try fields.encode(at, forKey: "at")
            try fields.encode(day, forKey: "day")
        case .takeTask(let day, let estimateH):
            try fields.encode("take_task", forKey: "type")
            try fields.encode(day, forKey: "day")
            try fields.encode(estimateH, forKey: "estimate_h")
        case .unknown: break
        }
    }
}

/// A kind of plan.
public enum PlanKind: Codable, Sendable, Equatable {
    /// The person's open tasks in the free working time of the coming days, where their energy is. Meetings, tasks with estimates, due dates and what they depend on are those the twin knows.
    /// - Parameter current: What is planned so far: the new plan moves little of it without need.
    /// - Parameter days: Days, today included, 1..=14; default: 5.
    case week(current: [PlanBlock]? = nil, days: Int? = nil)
    /// What to learn for the newest role that was stated, one item after the other.
    /// - Parameter hours: Hours there are in all, ≥ 0.
    /// - Parameter hoursPerWeek: Hours a week, > 0.
    /// - Parameter items: What can be learnt.
    case learningPath(hours: Double, hoursPerWeek: Double, items: [LearningItemRequest]? = nil)
    /// Teams of the people given: the most skills and chemistry with the least load.
    /// - Parameter size: People in each.
    /// - Parameter mostOfUnit: Greatest share of one unit in a team, 0..=1.
    /// - Parameter needs: What each team needs.
    /// - Parameter people: Who may be in a team.
    /// - Parameter teams: Teams to make; default: 1.
    case team(size: Int, mostOfUnit: Double? = nil, needs: [TeamNeed]? = nil, people: [TeamCandidate]? = nil, teams: Int? = nil)
    /// Each task to one person: who succeeds most likely, has the time, and learns by it.
    /// - Parameter people: The people.
    /// - Parameter tasks: The tasks.
    case assign(people: [PersonToTake]? = nil, tasks: [TaskToGive]? = nil)
    /// Tasks shared out so that the fullest person is as little full as can be, then the next.
    /// - Parameter people: The people.
    /// - Parameter tasks: The tasks.
    case balance(people: [PersonToTake]? = nil, tasks: [TaskToGive]? = nil)
    /// The most valuable projects that fit the weeks.
    /// - Parameter capacity: Hours there are in each week.
    /// - Parameter fits: Probability with which every week has to fit, 0.5..1; default: 0.8.
    /// - Parameter projects: The projects.
    case allocate(capacity: [WeekHours]? = nil, fits: Double? = nil, projects: [ProjectRequest]? = nil)
    /// A case of a later version.
    case unknown(JSONValue)

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        switch try fields.decodeIfPresent(String.self, forKey: "type") {
        case "week": self = .week(current: try fields.decodeIfPresent([PlanBlock].self, forKey: "current"), days: try fields.decodeIfPresent(Int.self, forKey: "days"))
        case "learning_path": self = .learningPath(hours: try fields.decode(Double.self, forKey: "hours"), hoursPerWeek: try fields.decode(Double.self, forKey: "hours_per_week"), items: try fields.decodeIfPresent([LearningItemRequest].self, forKey: "items"))
        case "team": self = .team(size: try fields.decode(Int.self, forKey: "size"), mostOfUnit: try fields.decodeIfPresent(Double.self, forKey: "most_of_unit"), needs: try fields.decodeIfPresent([TeamNeed].self, forKey: "needs"), people: try fields.decodeIfPresent([TeamCandidate].self, forKey: "people"), teams: try fields.decodeIfPresent(Int.self, forKey: "teams"))
        case "assign": self = .assign(people: try fields.decodeIfPresent([PersonToTake].self, forKey: "people"), tasks: try fields.decodeIfPresent([TaskToGive].self, forKey: "tasks"))
        case "balance": self = .balance(people: try fields.decodeIfPresent([PersonToTake].self, forKey: "people"), tasks: try fields.decodeIfPresent([TaskToGive].self, forKey: "tasks"))
        case "allocate": self = .allocate(capacity: try fields.decodeIfPresent([WeekHours].self, forKey: "capacity"), fits: try fields.decodeIfPresent(Double.self, forKey: "fits"), projects: try fields.decodeIfPresent([ProjectRequest].self, forKey: "projects"))
        default: self = .unknown(try JSONValue(from: decoder))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        if case .unknown(let raw) = self { return try raw.encode(to: encoder) }
        var fields = encoder.container(keyedBy: Key.self)
        switch self {
        case .week(let current, let days):
            try fields.encode("week", forKey: "type")
            try fields.encodeIfPresent(current, forKey: "current")
            try fields.encodeIfPresent(days, forKey: "days")
        case .learningPath(let hours, let hoursPerWeek, let items):
            try fields.encode("learning_path", forKey: "type")
            try fields.encode(hours, forKey: "hours")
            try fields.encode(hoursPerWeek, forKey: "hours_per_week")
            try fields.encodeIfPresent(items, forKey: "items")
        case .team(let size, let mostOfUnit, let needs, let people, let teams):
            try fields.encode("team", forKey: "type")
            try fields.encode(size, forKey: "size")
            try fields.encodeIfPresent(mostOfUnit, forKey: "most_of_unit")
            try fields.encodeIfPresent(needs, forKey: "needs")
            try fields.encodeIfPresent(people, forKey: "people")
            try fields.encodeIfPresent(teams, forKey: "teams")
        case .assign(let people, let tasks):
            try fields.encode("assign", forKey: "type")
            try fields.encodeIfPresent(people, forKey: "people")
            try fields.encodeIfPresent(tasks, forKey: "tasks")
        case .balance(let people, let tasks):
            try fields.encode("balance", forKey: "type")
            try fields.encodeIfPresent(people, forKey: "people")
            try fields.encodeIfPresent(tasks, forKey: "tasks")
        case .allocate(let capacity, let fits, let projects):
            try fields.encode("allocate", forKey: "type")
            try fields.encodeIfPresent(capacity, forKey: "capacity")
            try fields.encodeIfPresent(fits, forKey: "fits")
            try fields.encodeIfPresent(projects, forKey: "projects")
        case .unknown: break
        }
    }
}

/// What to plan, and how long to search. The same request gives the same plan.
public struct PlanRequest: Codable, Sendable, Equatable {
    /// What to plan.
    public var plan: PlanKind
    /// At this moment; default: now.
    public var at: Timestamp?
    /// As known at this moment; default: as known now.
    public var knownAt: Timestamp?
    /// Seed of the search; default: 1.
    public var seed: Int?
    /// Steps of the search, 1..=10000000; default: 1000. More steps never give a worse plan.
    public var steps: Int?

    public init(plan: PlanKind, at: Timestamp? = nil, knownAt: Timestamp? = nil, seed: Int? = nil, steps: Int? = nil) {
        self.plan = plan
        self.at = at
        self.knownAt = knownAt
        self.seed = seed
        self.steps = steps
    }

    enum CodingKeys: String, CodingKey {
        case plan = "plan"
        case at = "at"
        case knownAt = "known_at"
        case seed = "seed"
        case steps = "steps"
    }
}

/// A step of a plan.
public struct PlanStep: Codable, Sendable, Equatable {
    /// It is done after it is due.
    public var late: Bool
    /// What: a task, an item, a project, a team.
    public var name: String
    /// When it is done.
    public var done: Timestamp?
    /// Hours it takes.
    public var hours: Double?
    /// What it is worth.
    public var value: Double?
    /// Who.
    public var who: String?

    public init(late: Bool, name: String, done: Timestamp? = nil, hours: Double? = nil, value: Double? = nil, who: String? = nil) {
        self.late = late
        self.name = name
        self.done = done
        self.hours = hours
        self.value = value
        self.who = who
    }

    enum CodingKeys: String, CodingKey {
        case late = "late"
        case name = "name"
        case done = "done"
        case hours = "hours"
        case value = "value"
        case who = "who"
    }
}

/// A plan, and why it is so.
public struct PlanView: Codable, Sendable, Equatable {
    /// From which moment on.
    public var at: Timestamp
    /// Stretches of time, in order; of a plan of days.
    public var blocks: [PlanBlock]
    /// No plan is worth more; where less is better (the fullest person), no plan has less.
    public var bound: Double
    /// Numbers of the plan with their intervals.
    public var estimates: [NamedEstimate]
    /// What found no place, and which rule holds it back.
    public var leftOut: [LeftOut]
    /// What the plan is worth, in the points of its kind.
    public var objective: Double
    /// What is done, by whom, in which order.
    public var steps: [PlanStep]
    /// In plain words.
    public var words: [String]

    public init(at: Timestamp, blocks: [PlanBlock], bound: Double, estimates: [NamedEstimate], leftOut: [LeftOut], objective: Double, steps: [PlanStep], words: [String]) {
        self.at = at
        self.blocks = blocks
        self.bound = bound
        self.estimates = estimates
        self.leftOut = leftOut
        self.objective = objective
        self.steps = steps
        self.words = words
    }

    enum CodingKeys: String, CodingKey {
        case at = "at"
        case blocks = "blocks"
        case bound = "bound"
        case estimates = "estimates"
        case leftOut = "left_out"
        case objective = "objective"
        case steps = "steps"
        case words = "words"
    }
}

/// A quantity at a moment.
public struct PointView: Codable, Sendable, Equatable {
    /// When.
    public var at: Timestamp
    /// The value.
    public var value: Double
    /// High end of the 80 % interval.
    public var high: Double?
    /// Low end of the 80 % interval.
    public var low: Double?

    public init(at: Timestamp, value: Double, high: Double? = nil, low: Double? = nil) {
        self.at = at
        self.value = value
        self.high = high
        self.low = low
    }

    enum CodingKeys: String, CodingKey {
        case at = "at"
        case value = "value"
        case high = "high"
        case low = "low"
    }
}

/// Which prediction.
public struct PredictRequest: Codable, Sendable, Equatable {
    /// A model's id: see `models`.
    public var model: String
    /// At this moment; default: now.
    public var at: Timestamp?
    /// As known at this moment; default: as known now.
    public var knownAt: Timestamp?

    public init(model: String, at: Timestamp? = nil, knownAt: Timestamp? = nil) {
        self.model = model
        self.at = at
        self.knownAt = knownAt
    }

    enum CodingKeys: String, CodingKey {
        case model = "model"
        case at = "at"
        case knownAt = "known_at"
    }
}

/// A prediction was shown or used.
public struct PredictionMade: Codable, Sendable, Equatable {
    /// The model.
    public var model: String
    /// What was estimated.
    public var name: String
    /// Its version.
    public var version: String
    /// High end of the 80 % interval.
    public var high: Double?
    /// Low end of the 80 % interval.
    public var low: Double?
    /// UCUM unit.
    public var unit: String?
    /// The value; absent where there was none.
    public var value: Double?

    public init(model: String, name: String, version: String, high: Double? = nil, low: Double? = nil, unit: String? = nil, value: Double? = nil) {
        self.model = model
        self.name = name
        self.version = version
        self.high = high
        self.low = low
        self.unit = unit
        self.value = value
    }

    enum CodingKeys: String, CodingKey {
        case model = "model"
        case name = "name"
        case version = "version"
        case high = "high"
        case low = "low"
        case unit = "unit"
        case value = "value"
    }
}

/// What a model says of the person. Nothing here is a diagnosis.
public struct PredictionView: Codable, Sendable, Equatable {
    /// At which moment.
    public var at: Timestamp
    /// What it says of the hours or days to come, or of those that were.
    public var curves: [CurveView]
    /// What it says. An estimate without a value says by its status and `gaps` why.
    public var estimates: [NamedEstimate]
    /// The model's id.
    public var model: String
    /// Stretches of time it names: peak windows, episodes.
    public var spans: [SpanView]
    /// What it estimates.
    public var title: String
    /// Its version.
    public var version: String
    /// What it says in plain words.
    public var words: [String]

    public init(at: Timestamp, curves: [CurveView], estimates: [NamedEstimate], model: String, spans: [SpanView], title: String, version: String, words: [String]) {
        self.at = at
        self.curves = curves
        self.estimates = estimates
        self.model = model
        self.spans = spans
        self.title = title
        self.version = version
        self.words = words
    }

    enum CodingKeys: String, CodingKey {
        case at = "at"
        case curves = "curves"
        case estimates = "estimates"
        case model = "model"
        case spans = "spans"
        case title = "title"
        case version = "version"
        case words = "words"
    }
}

/// Facts about the person; absent fields leave what is known as it is.
public struct ProfileStated: Codable, Sendable, Equatable {
    /// Date of birth.
    public var born: LocalDate?
    /// Measured highest heart rate, per minute.
    public var heartRateMax: Double?
    /// Height, metres, 0..=3.
    public var heightM: Double?
    /// Sex, where a published formula asks for it.
    public var sex: Sex?
    /// Days of the week usually worked, Monday = 0 … Sunday = 6.
    public var workDays: [Int]?
    /// Usual zone.
    public var zone: ZoneId?

    public init(born: LocalDate? = nil, heartRateMax: Double? = nil, heightM: Double? = nil, sex: Sex? = nil, workDays: [Int]? = nil, zone: ZoneId? = nil) {
        self.born = born
        self.heartRateMax = heartRateMax
        self.heightM = heightM
        self.sex = sex
        self.workDays = workDays
        self.zone = zone
    }

    enum CodingKeys: String, CodingKey {
        case born = "born"
        case heartRateMax = "heart_rate_max"
        case heightM = "height_m"
        case sex = "sex"
        case workDays = "work_days"
        case zone = "zone"
    }
}

/// A project.
public struct ProjectRequest: Codable, Sendable, Equatable {
    /// Its name.
    public var project: String
    /// What it is worth, ≥ 0.
    public var value: Double
    /// Hours it needs in each week; weeks that are missing need none.
    public var demand: [WeekHours]?
    /// It must be done; default: no.
    public var must: Bool?

    public init(project: String, value: Double, demand: [WeekHours]? = nil, must: Bool? = nil) {
        self.project = project
        self.value = value
        self.demand = demand
        self.must = must
    }

    enum CodingKeys: String, CodingKey {
        case project = "project"
        case value = "value"
        case demand = "demand"
        case must = "must"
    }
}

/// What data is used for.
public enum Purpose: Word {
    /// The person's own use.
    case ownUse
    /// Health and fitness.
    case health
    /// Work planning.
    case work
    /// Emotional companionship.
    case companion
    /// Research.
    case research
    /// Keeping the twin itself in order.
    case upkeep
    /// A word of a later version.
    case unknown(String)

    public init(word: String) {
        switch word {
        case "own_use": self = .ownUse
        case "health": self = .health
        case "work": self = .work
        case "companion": self = .companion
        case "research": self = .research
        case "upkeep": self = .upkeep
        default: self = .unknown(word)
        }
    }

    public var word: String {
        switch self {
        case .ownUse: return "own_use"
        case .health: return "health"
        case .work: return "work"
        case .companion: return "companion"
        case .research: return "research"
        case .upkeep: return "upkeep"
        case .unknown(let word): return word
        }
    }
}

/// Ready-made windows of one name.
public struct ReadyWindowView: Codable, Sendable, Equatable {
    /// In words.
    public var about: String
    /// Their name.
    public var name: String

    public init(about: String, name: String) {
        self.about = about
        self.name = name
    }

    enum CodingKeys: String, CodingKey {
        case about = "about"
        case name = "name"
    }
}

/// Ready-made windows.
public struct ReadyWindowsView: Codable, Sendable, Equatable {
    /// By name.
    public var windows: [ReadyWindowView]

    public init(windows: [ReadyWindowView]) {
        self.windows = windows
    }

    enum CodingKeys: String, CodingKey {
        case windows = "windows"
    }
}

/// A delivery as the host received it; its body comes beside, not one byte changed.
public struct ReceiveRequest: Codable, Sendable, Equatable {
    /// What was agreed with the service: the signing secret, the token, the client state.
    public var secret: String
    /// Who is said to have sent it: `github`, `gitlab`, `jira`, `asana`, `slack`, `microsoft_graph`, `zoom`, `google_calendar`. The host knows by the path it was sent to.
    public var service: String
    /// Name of the event, where the host knows it otherwise than by a header.
    public var event: String?
    /// Headers as they came.
    public var headers: [HeaderField]?
    /// Names of the twin's person in the service: logins, ids, addresses.
    public var me: [String]?
    /// Fields of the query, decoded.
    public var query: [HeaderField]?
    /// IANA zone of times that are written without one; default: the person's, else UTC.
    public var zone: String?

    public init(secret: String, service: String, event: String? = nil, headers: [HeaderField]? = nil, me: [String]? = nil, query: [HeaderField]? = nil, zone: String? = nil) {
        self.secret = secret
        self.service = service
        self.event = event
        self.headers = headers
        self.me = me
        self.query = query
        self.zone = zone
    }

    enum CodingKeys: String, CodingKey {
        case secret = "secret"
        case service = "service"
        case event = "event"
        case headers = "headers"
        case me = "me"
        case query = "query"
        case zone = "zone"
    }
}

/// What the host has to answer, and what came of the delivery.
public struct ReceivedView: Codable, Sendable, Equatable {
    /// The answer's body.
    public var body: String
    /// Facts that were there already: a delivery sent again.
    public var duplicates: Int64
    /// Events written.
    public var events: Int64
    /// Further headers of the answer.
    public var headers: [HeaderField]
    /// Parts that are no facts about work, or could not be used, with why.
    public var ignored: [String]
    /// What was delivered: `issues.opened` …; empty where that is not known.
    public var kind: String
    /// Status of the answer.
    public var status: Int
    /// Type of the answer's body, where it has one.
    public var contentType: String?
    /// The sender's id of the delivery.
    public var delivery: String?
    /// A secret that the service hands out once: keep it for the deliveries to come.
    public var newSecret: String?
    /// Why it is refused: `signature_wrong`, `timestamp_old` …
    public var refused: String?
    /// What proved who sent it: `signature` or `token`.
    public var verified: String?

    public init(body: String, duplicates: Int64, events: Int64, headers: [HeaderField], ignored: [String], kind: String, status: Int, contentType: String? = nil, delivery: String? = nil, newSecret: String? = nil, refused: String? = nil, verified: String? = nil) {
        self.body = body
        self.duplicates = duplicates
        self.events = events
        self.headers = headers
        self.ignored = ignored
        self.kind = kind
        self.status = status
        self.contentType = contentType
        self.delivery = delivery
        self.newSecret = newSecret
        self.refused = refused
        self.verified = verified
    }

    enum CodingKeys: String, CodingKey {
        case body = "body"
        case duplicates = "duplicates"
        case events = "events"
        case headers = "headers"
        case ignored = "ignored"
        case kind = "kind"
        case status = "status"
        case contentType = "content_type"
        case delivery = "delivery"
        case newSecret = "new_secret"
        case refused = "refused"
        case verified = "verified"
    }
}

/// A record of a source was wrong; this is what it should have said.
public struct RecordCorrected: Codable, Sendable, Equatable {
    /// The record.
    public var record: RecordId
    /// What holds instead.
    public var replacement: EventBody
    /// Above the revision it replaces.
    public var revision: Int64
    /// Source of the record.
    public var source: SourceId
    /// Why.
    public var reason: String?

    public init(record: RecordId, replacement: EventBody, revision: Int64, source: SourceId, reason: String? = nil) {
        self.record = record
        self.replacement = replacement
        self.revision = revision
        self.source = source
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case record = "record"
        case replacement = "replacement"
        case revision = "revision"
        case source = "source"
        case reason = "reason"
    }
}

/// A record of a source is no more.
public struct RecordDeleted: Codable, Sendable, Equatable {
    /// The record.
    public var record: RecordId
    /// The revision that is deleted; it and all below are gone.
    public var revision: Int64
    /// Source of the record.
    public var source: SourceId

    public init(record: RecordId, revision: Int64, source: SourceId) {
        self.record = record
        self.revision = revision
        self.source = source
    }

    enum CodingKeys: String, CodingKey {
        case record = "record"
        case revision = "revision"
        case source = "source"
    }
}

public typealias RecordId = String

/// Facts to record. All of them are written, or none.
public struct RecordRequest: Codable, Sendable, Equatable {
    /// The facts, each a CloudEvents object.
    public var events: [Event]?

    public init(events: [Event]? = nil) {
        self.events = events
    }

    enum CodingKeys: String, CodingKey {
        case events = "events"
    }
}

/// What a write did.
public struct RecordedView: Codable, Sendable, Equatable {
    /// Facts or blocks that were there already.
    public var duplicates: Int64
    /// New events in the log.
    public var events: Int64
    /// Samples that were refused as impossible, with the first reason.
    public var refused: Int64
    /// New samples.
    public var samples: Int64
    /// The first reason.
    public var refusedExample: String?

    public init(duplicates: Int64, events: Int64, refused: Int64, samples: Int64, refusedExample: String? = nil) {
        self.duplicates = duplicates
        self.events = events
        self.refused = refused
        self.samples = samples
        self.refusedExample = refusedExample
    }

    enum CodingKeys: String, CodingKey {
        case duplicates = "duplicates"
        case events = "events"
        case refused = "refused"
        case samples = "samples"
        case refusedExample = "refused_example"
    }
}

/// How something was recorded.
public enum Recording: Word {
    /// By the device, in the background.
    case automatic
    /// In a session the person started.
    case active
    /// Typed in.
    case manual
    /// A word of a later version.
    case unknown(String)

    public init(word: String) {
        switch word {
        case "automatic": self = .automatic
        case "active": self = .active
        case "manual": self = .manual
        default: self = .unknown(word)
        }
    }

    public var word: String {
        switch self {
        case .automatic: return "automatic"
        case .active: return "active"
        case .manual: return "manual"
        case .unknown(let word): return word
        }
    }
}

/// A record that was refused.
public struct RefusedRecordView: Codable, Sendable, Equatable {
    /// The stable word of the reason.
    public var code: String
    /// In words.
    public var message: String
    /// What it was about.
    public var subject: String

    public init(code: String, message: String, subject: String) {
        self.code = code
        self.message = message
        self.subject = subject
    }

    enum CodingKeys: String, CodingKey {
        case code = "code"
        case message = "message"
        case subject = "subject"
    }
}

/// Records that were refused.
public struct RefusedRecordsView: Codable, Sendable, Equatable {
    /// Oldest first.
    public var refused: [RefusedRecordView]

    public init(refused: [RefusedRecordView]) {
        self.refused = refused
    }

    enum CodingKeys: String, CodingKey {
        case refused = "refused"
    }
}

/// How many to show.
public struct RefusedRequest: Codable, Sendable, Equatable {
    /// At most so many; default: 100.
    public var limit: Int?

    public init(limit: Int? = nil) {
        self.limit = limit
    }

    enum CodingKeys: String, CodingKey {
        case limit = "limit"
    }
}

/// How often something was refused.
public struct RefusedView: Codable, Sendable, Equatable {
    /// The stable word of the reason.
    public var code: String
    /// How many records or samples.
    public var count: Int64
    /// The first one's message.
    public var example: String
    /// What it was about.
    public var subject: String

    public init(code: String, count: Int64, example: String, subject: String) {
        self.code = code
        self.count = count
        self.example = example
        self.subject = subject
    }

    enum CodingKeys: String, CodingKey {
        case code = "code"
        case count = "count"
        case example = "example"
        case subject = "subject"
    }
}

/// How a report is made.
public struct ReportRequest: Codable, Sendable, Equatable {
    /// Days back from the last one, 1..=3650; default: 90.
    public var days: Int?
    /// What the page calls the person; default: their id.
    public var title: String?
    /// The last day; default: today where something is known of it, else the newest day.
    public var until: LocalDate?

    public init(days: Int? = nil, title: String? = nil, until: LocalDate? = nil) {
        self.days = days
        self.title = title
        self.until = until
    }

    enum CodingKeys: String, CodingKey {
        case days = "days"
        case title = "title"
        case until = "until"
    }
}

/// Somebody's work was reviewed.
public struct ReviewDone: Codable, Sendable, Equatable {
    /// What was reviewed.
    public var item: String
    /// What came of it.
    public var outcome: ReviewOutcome
    /// Whose work.
    public var author: String?
    /// Comments.
    public var comments: Int?
    /// Who reviewed.
    public var reviewer: String?
    /// Skills the work took.
    public var skills: [String]?
    /// Time it waited for the review, seconds, ≥ 0.
    public var waitedS: Double?

    public init(item: String, outcome: ReviewOutcome, author: String? = nil, comments: Int? = nil, reviewer: String? = nil, skills: [String]? = nil, waitedS: Double? = nil) {
        self.item = item
        self.outcome = outcome
        self.author = author
        self.comments = comments
        self.reviewer = reviewer
        self.skills = skills
        self.waitedS = waitedS
    }

    enum CodingKeys: String, CodingKey {
        case item = "item"
        case outcome = "outcome"
        case author = "author"
        case comments = "comments"
        case reviewer = "reviewer"
        case skills = "skills"
        case waitedS = "waited_s"
    }
}

/// What came of a review.
public enum ReviewOutcome: Word {
    /// It may go on.
    case approved
    /// Something has to change.
    case changesRequested
    /// Only remarks.
    case commented
    /// It was turned down.
    case rejected
    /// A word of a later version.
    case unknown(String)

    public init(word: String) {
        switch word {
        case "approved": self = .approved
        case "changes_requested": self = .changesRequested
        case "commented": self = .commented
        case "rejected": self = .rejected
        default: self = .unknown(word)
        }
    }

    public var word: String {
        switch self {
        case .approved: return "approved"
        case .changesRequested: return "changes_requested"
        case .commented: return "commented"
        case .rejected: return "rejected"
        case .unknown(let word): return word
        }
    }
}

/// A grant to take back.
public struct RevokeRequest: Codable, Sendable, Equatable {
    /// Whose.
    public var actor: String
    /// Which purpose; default: all.
    public var purpose: Purpose?

    public init(actor: String, purpose: Purpose? = nil) {
        self.actor = actor
        self.purpose = purpose
    }

    enum CodingKeys: String, CodingKey {
        case actor = "actor"
        case purpose = "purpose"
    }
}

/// One skill that a role asks for.
public struct RoleNeed: Codable, Sendable, Equatable {
    /// The level, 0..=100.
    public var level: Double
    /// It must be met.
    public var must: Bool
    /// The skill.
    public var skill: String
    /// How much it matters, > 0; 1 is usual.
    public var importance: Double?

    public init(level: Double, must: Bool, skill: String, importance: Double? = nil) {
        self.level = level
        self.must = must
        self.skill = skill
        self.importance = importance
    }

    enum CodingKeys: String, CodingKey {
        case level = "level"
        case must = "must"
        case skill = "skill"
        case importance = "importance"
    }
}

/// What a role asks for. The newest statement of a role holds.
public struct RoleStated: Codable, Sendable, Equatable {
    /// The role.
    public var role: String
    /// What it asks for.
    public var needs: [RoleNeed]?

    public init(role: String, needs: [RoleNeed]? = nil) {
        self.role = role
        self.needs = needs
    }

    enum CodingKeys: String, CodingKey {
        case role = "role"
        case needs = "needs"
    }
}

/// One answer on a named scale.
public struct ScaleAnswer: Codable, Sendable, Equatable {
    /// Highest possible answer, above `min`.
    public var max: Double
    /// Lowest possible answer.
    public var min: Double
    /// The scale: `readiness`, `fatigue`, `mood`, `stress`, `soreness`, `sleep_quality` …
    public var scale: String
    /// The answer, `min..=max`.
    public var value: Double
    /// The high end is the better one.
    public var higherIsBetter: Bool?

    public init(max: Double, min: Double, scale: String, value: Double, higherIsBetter: Bool? = nil) {
        self.max = max
        self.min = min
        self.scale = scale
        self.value = value
        self.higherIsBetter = higherIsBetter
    }

    enum CodingKeys: String, CodingKey {
        case max = "max"
        case min = "min"
        case scale = "scale"
        case value = "value"
        case higherIsBetter = "higher_is_better"
    }
}

/// What to simulate: the changes of a plan, and how far ahead.
public struct Scenario: Codable, Sendable, Equatable {
    /// From this moment on; default: now.
    public var at: Timestamp?
    /// The changes; none shows how the days go as usual.
    public var changes: [PlanChange]?
    /// Days ahead, 1..=60; default: 14.
    public var days: Int?
    /// Draws, 1..=5000; default: 200.
    public var draws: Int?
    /// As known at this moment; default: as known now.
    public var knownAt: Timestamp?
    /// Seed of the draws; the same seed gives the same answer. Default: 1.
    public var seed: Int?

    public init(at: Timestamp? = nil, changes: [PlanChange]? = nil, days: Int? = nil, draws: Int? = nil, knownAt: Timestamp? = nil, seed: Int? = nil) {
        self.at = at
        self.changes = changes
        self.days = days
        self.draws = draws
        self.knownAt = knownAt
        self.seed = seed
    }

    enum CodingKeys: String, CodingKey {
        case at = "at"
        case changes = "changes"
        case days = "days"
        case draws = "draws"
        case knownAt = "known_at"
        case seed = "seed"
    }
}

public typealias SegmentHash = String

/// Which samples to read.
public struct SeriesQuery: Codable, Sendable, Equatable {
    /// A metric of the catalogue, or a vendor's own.
    public var metric: String
    /// In steps of so many seconds; default: at every instant.
    public var everyS: Double?
    /// From, included.
    public var from: Timestamp?
    /// As known at this moment.
    public var knownAt: Timestamp?
    /// Every stored sample, nothing resolved; default: no.
    public var raw: Bool?
    /// To, excluded.
    public var to: Timestamp?

    public init(metric: String, everyS: Double? = nil, from: Timestamp? = nil, knownAt: Timestamp? = nil, raw: Bool? = nil, to: Timestamp? = nil) {
        self.metric = metric
        self.everyS = everyS
        self.from = from
        self.knownAt = knownAt
        self.raw = raw
        self.to = to
    }

    enum CodingKeys: String, CodingKey {
        case metric = "metric"
        case everyS = "every_s"
        case from = "from"
        case knownAt = "known_at"
        case raw = "raw"
        case to = "to"
    }
}

/// Samples were written: the event names an immutable, hashed column segment. `at` is the end of the last sample.
public struct SeriesWritten: Codable, Sendable, Equatable {
    /// Number of samples; 0 for a tombstone.
    public var count: Int64
    /// End of the last sample; UTC.
    public var end: Timestamp
    /// What was measured.
    public var metric: MetricId
    /// The samples' hash.
    public var segment: SegmentHash
    /// Start of the first sample; UTC.
    public var start: Timestamp
    /// UCUM unit of the values; the catalogue's unit for catalogue metrics.
    public var unit: String
    /// Older samples of the same source and metric that start in `start..=end` are withdrawn.
    public var replaces: Bool?

    public init(count: Int64, end: Timestamp, metric: MetricId, segment: SegmentHash, start: Timestamp, unit: String, replaces: Bool? = nil) {
        self.count = count
        self.end = end
        self.metric = metric
        self.segment = segment
        self.start = start
        self.unit = unit
        self.replaces = replaces
    }

    enum CodingKeys: String, CodingKey {
        case count = "count"
        case end = "end"
        case metric = "metric"
        case segment = "segment"
        case start = "start"
        case unit = "unit"
        case replaces = "replaces"
    }
}

/// A training session.
public struct SessionView: Codable, Sendable, Equatable {
    /// The same session as recorded by others.
    public var also: [String]
    /// Minutes.
    public var durationMin: Double
    /// End.
    public var end: Timestamp
    /// Who recorded it.
    public var source: String
    /// Sport.
    public var sport: String
    /// Start.
    public var start: Timestamp
    /// Metres.
    public var distanceM: Double?
    /// Active energy, kilocalories.
    public var energyKcal: Double?
    /// Mean heart rate.
    public var heartRateMean: Double?
    /// Load.
    public var load: Double?
    /// By which rule.
    public var loadMethod: String?

    public init(also: [String], durationMin: Double, end: Timestamp, source: String, sport: String, start: Timestamp, distanceM: Double? = nil, energyKcal: Double? = nil, heartRateMean: Double? = nil, load: Double? = nil, loadMethod: String? = nil) {
        self.also = also
        self.durationMin = durationMin
        self.end = end
        self.source = source
        self.sport = sport
        self.start = start
        self.distanceM = distanceM
        self.energyKcal = energyKcal
        self.heartRateMean = heartRateMean
        self.load = load
        self.loadMethod = loadMethod
    }

    enum CodingKeys: String, CodingKey {
        case also = "also"
        case durationMin = "duration_min"
        case end = "end"
        case source = "source"
        case sport = "sport"
        case start = "start"
        case distanceM = "distance_m"
        case energyKcal = "energy_kcal"
        case heartRateMean = "heart_rate_mean"
        case load = "load"
        case loadMethod = "load_method"
    }
}

/// Sex as published formulas use it.
public enum Sex: Word {
    /// Female.
    case female
    /// Male.
    case male
    /// Neither, or not told.
    case other
    /// A word of a later version.
    case unknown(String)

    public init(word: String) {
        switch word {
        case "female": self = .female
        case "male": self = .male
        case "other": self = .other
        default: self = .unknown(word)
        }
    }

    public var word: String {
        switch self {
        case .female: return "female"
        case .male: return "male"
        case .other: return "other"
        case .unknown(let word): return word
        }
    }
}

/// How time is cut into windows.
public enum ShapeRequest: Codable, Sendable, Equatable {
    /// Spans of one length, side by side, counted from 1970 in UTC.
    /// - Parameter sizeS: Length, seconds.
    case tumbling(sizeS: Double)
    /// Spans of one length that begin at every step.
    /// - Parameter everyS: Step, seconds; at most the length.
    /// - Parameter sizeS: Length, seconds.
    case sliding(everyS: Double, sizeS: Double)
    /// As long as pauses stay shorter than the gap.
    /// - Parameter gapS: A pause of this length ends the window, seconds.
    case session(gapS: Double)
    /// Civil days in the zone lived in.
    case day
    /// Weeks from Monday.
    case week
    /// Months.
    case month
    /// A case of a later version.
    case unknown(JSONValue)

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        switch try fields.decodeIfPresent(String.self, forKey: "type") {
        case "tumbling": self = .tumbling(sizeS: try fields.decode(Double.self, forKey: "size_s"))
        case "sliding": self = .sliding(everyS: try fields.decode(Double.self, forKey: "every_s"), sizeS: try fields.decode(Double.self, forKey: "size_s"))
        case "session": self = .session(gapS: try fields.decode(Double.self, forKey: "gap_s"))
        case "day": self = .day
        case "week": self = .week
        case "month": self = .month
        default: self = .unknown(try JSONValue(from: decoder))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        if case .unknown(let raw) = self { return try raw.encode(to: encoder) }
        var fields = encoder.container(keyedBy: Key.self)
        switch self {
        case .tumbling(let sizeS):
            try fields.encode("tumbling", forKey: "type")
            try fields.encode(sizeS, forKey: "size_s")
        case .sliding(let everyS, let sizeS):
            try fields.encode("sliding", forKey: "type")
            try fields.encode(everyS, forKey: "every_s")
            try fields.encode(sizeS, forKey: "size_s")
        case .session(let gapS):
            try fields.encode("session", forKey: "type")
            try fields.encode(gapS, forKey: "gap_s")
        case .day:
            try fields.encode("day", forKey: "type")
        case .week:
            try fields.encode("week", forKey: "type")
        case .month:
            try fields.encode("month", forKey: "type")
        case .unknown: break
        }
    }
}

/// A source's share.
public struct ShareView: Codable, Sendable, Equatable {
    /// Its share, 0..=1.
    public var share: Double
    /// The source.
    public var source: String

    public init(share: Double, source: String) {
        self.share = share
        self.source = source
    }

    enum CodingKeys: String, CodingKey {
        case share = "share"
        case source = "source"
    }
}

/// One quantity over the coming days.
public struct SimulatedQuantity: Codable, Sendable, Equatable {
    /// Day by day under the changed plan.
    public var changed: [BandView]
    /// Changed minus planned, draw by draw.
    public var difference: [BandView]
    /// `energy`, `fatigue_9h`, `fatigue_15h`, `sleep_debt`, `fitness`, `fatigue_load`, `form`, `resting_hr_deviation`, `ln_rmssd_deviation`, `recovery`; of work `focus_hours` and `open_work`.
    public var name: String
    /// Day by day as planned.
    public var plan: [BandView]
    /// UCUM unit.
    public var unit: String
    /// Today's value, as far as it is known.
    public var now: Double?

    public init(changed: [BandView], difference: [BandView], name: String, plan: [BandView], unit: String, now: Double? = nil) {
        self.changed = changed
        self.difference = difference
        self.name = name
        self.plan = plan
        self.unit = unit
        self.now = now
    }

    enum CodingKeys: String, CodingKey {
        case changed = "changed"
        case difference = "difference"
        case name = "name"
        case plan = "plan"
        case unit = "unit"
        case now = "now"
    }
}

/// What would happen with the plan and with the changed plan. Nothing here is a diagnosis.
public struct SimulationView: Codable, Sendable, Equatable {
    /// From which moment on.
    public var at: Timestamp
    /// Draws behind the bands.
    public var draws: Int
    /// The first day simulated: tomorrow.
    public var from: LocalDate
    /// What could not be simulated, and why.
    public var gaps: [String]
    /// The model.
    public var model: String
    /// The quantities that could be simulated.
    public var quantities: [SimulatedQuantity]
    /// What each change does most, largest first.
    public var reasons: [String]
    /// Seed of the draws.
    public var seed: Int
    /// Its version.
    public var version: String

    public init(at: Timestamp, draws: Int, from: LocalDate, gaps: [String], model: String, quantities: [SimulatedQuantity], reasons: [String], seed: Int, version: String) {
        self.at = at
        self.draws = draws
        self.from = from
        self.gaps = gaps
        self.model = model
        self.quantities = quantities
        self.reasons = reasons
        self.seed = seed
        self.version = version
    }

    enum CodingKeys: String, CodingKey {
        case at = "at"
        case draws = "draws"
        case from = "from"
        case gaps = "gaps"
        case model = "model"
        case quantities = "quantities"
        case reasons = "reasons"
        case seed = "seed"
        case version = "version"
    }
}

/// How well somebody masters a skill, as a test, an assessor or a single answer shows.
public struct SkillAssessed: Codable, Sendable, Equatable {
    /// The skill.
    public var skill: String
    /// Who assessed; absent: unknown.
    public var by: String?
    /// Was one answer right? For tests that are told answer by answer.
    public var correct: Bool?
    /// Which question was answered.
    public var item: String?
    /// How: `test`, `self`, `manager`, `peer` …
    public var method: String?
    /// Whose.
    public var person: String?
    /// Level, 0 (nothing) to 100 (mastery).
    public var score: Double?
    /// How sure that is: standard deviation in points.
    public var sd: Double?

    public init(skill: String, by: String? = nil, correct: Bool? = nil, item: String? = nil, method: String? = nil, person: String? = nil, score: Double? = nil, sd: Double? = nil) {
        self.skill = skill
        self.by = by
        self.correct = correct
        self.item = item
        self.method = method
        self.person = person
        self.score = score
        self.sd = sd
    }

    enum CodingKeys: String, CodingKey {
        case skill = "skill"
        case by = "by"
        case correct = "correct"
        case item = "item"
        case method = "method"
        case person = "person"
        case score = "score"
        case sd = "sd"
    }
}

/// What a skill is and what it has to do with others.
public struct SkillDescribed: Codable, Sendable, Equatable {
    /// The skill.
    public var skill: String
    /// Hours it usually takes to close a gap in it, > 0.
    public var hours: Double?
    /// Skills next to it.
    public var related: [String]?
    /// Skills that have to be there before.
    public var requires: [String]?
    /// Roles and occupations that use it.
    public var roles: [String]?
    /// In words.
    public var text: String?

    public init(skill: String, hours: Double? = nil, related: [String]? = nil, requires: [String]? = nil, roles: [String]? = nil, text: String? = nil) {
        self.skill = skill
        self.hours = hours
        self.related = related
        self.requires = requires
        self.roles = roles
        self.text = text
    }

    enum CodingKeys: String, CodingKey {
        case skill = "skill"
        case hours = "hours"
        case related = "related"
        case requires = "requires"
        case roles = "roles"
        case text = "text"
    }
}

/// A skill grew, as the person or a tool states it.
public struct SkillImproved: Codable, Sendable, Equatable {
    /// Points gained, -100..=100.
    public var gain: Double
    /// The skill.
    public var skill: String
    /// What did it: `practice`, `course` …
    public var cause: String?
    /// The skill it was carried over from, where knowledge of another one helped.
    public var fromSkill: String?
    /// Whose.
    public var person: String?

    public init(gain: Double, skill: String, cause: String? = nil, fromSkill: String? = nil, person: String? = nil) {
        self.gain = gain
        self.skill = skill
        self.cause = cause
        self.fromSkill = fromSkill
        self.person = person
    }

    enum CodingKeys: String, CodingKey {
        case gain = "gain"
        case skill = "skill"
        case cause = "cause"
        case fromSkill = "from_skill"
        case person = "person"
    }
}

/// One finished sleep episode. `at` is its end; it belongs to the day of waking.
public struct SleepRecorded: Codable, Sendable, Equatable {
    /// Final awakening; UTC, after `start`.
    public var end: Timestamp
    /// Falling asleep, or going to bed where the source cannot tell; UTC.
    public var start: Timestamp
    /// Minutes asleep as the source states them, 0..=1440; used only where there are no stages.
    public var asleepMin: Double?
    /// Minutes awake after sleep onset as the source states them, 0..=1440.
    public var awakeMin: Double?
    /// Leaving bed, where known; at or after `end`.
    public var inBedEnd: Timestamp?
    /// Going to bed, where known; at or before `start`.
    public var inBedStart: Timestamp?
    /// The source says this is a nap.
    public var nap: Bool?
    /// Stages in time order, not overlapping; empty where the source gives none.
    public var stages: [SleepStageSpan]?
    /// The source's own sleep score, 0..=100; not comparable across sources.
    public var vendorScore: Double?

    public init(end: Timestamp, start: Timestamp, asleepMin: Double? = nil, awakeMin: Double? = nil, inBedEnd: Timestamp? = nil, inBedStart: Timestamp? = nil, nap: Bool? = nil, stages: [SleepStageSpan]? = nil, vendorScore: Double? = nil) {
        self.end = end
        self.start = start
        self.asleepMin = asleepMin
        self.awakeMin = awakeMin
        self.inBedEnd = inBedEnd
        self.inBedStart = inBedStart
        self.nap = nap
        self.stages = stages
        self.vendorScore = vendorScore
    }

    enum CodingKeys: String, CodingKey {
        case end = "end"
        case start = "start"
        case asleepMin = "asleep_min"
        case awakeMin = "awake_min"
        case inBedEnd = "in_bed_end"
        case inBedStart = "in_bed_start"
        case nap = "nap"
        case stages = "stages"
        case vendorScore = "vendor_score"
    }
}

/// Sleep stages, common to all sources (`adapters.md` §7).
public enum SleepStage: Word {
    /// Awake.
    case awake
    /// Asleep, stage not known.
    case asleep
    /// Out of bed.
    case outOfBed
    /// Light sleep (N1, N2, "core").
    case light
    /// Deep sleep (N3).
    case deep
    /// Rapid eye movement.
    case rem
    /// Awake in bed.
    case awakeInBed
    /// In bed, asleep or not.
    case inBed
    /// Not known, as `unknown`; or a word of a later version.
    case unknown(String)

    public init(word: String) {
        switch word {
        case "awake": self = .awake
        case "asleep": self = .asleep
        case "out_of_bed": self = .outOfBed
        case "light": self = .light
        case "deep": self = .deep
        case "rem": self = .rem
        case "awake_in_bed": self = .awakeInBed
        case "in_bed": self = .inBed
        default: self = .unknown(word)
        }
    }

    public var word: String {
        switch self {
        case .awake: return "awake"
        case .asleep: return "asleep"
        case .outOfBed: return "out_of_bed"
        case .light: return "light"
        case .deep: return "deep"
        case .rem: return "rem"
        case .awakeInBed: return "awake_in_bed"
        case .inBed: return "in_bed"
        case .unknown(let word): return word
        }
    }
}

/// A span of one sleep stage.
public struct SleepStageSpan: Codable, Sendable, Equatable {
    /// End; UTC, after `start`.
    public var end: Timestamp
    /// The stage.
    public var stage: SleepStage
    /// Start; UTC.
    public var start: Timestamp

    public init(end: Timestamp, stage: SleepStage, start: Timestamp) {
        self.end = end
        self.stage = stage
        self.start = start
    }

    enum CodingKeys: String, CodingKey {
        case end = "end"
        case stage = "stage"
        case start = "start"
    }
}

public typealias SourceId = String

/// Whose samples win where sources overlap, best first.
public struct SourcePrioritySet: Codable, Sendable, Equatable {
    /// The metric; absent for all.
    public var metric: MetricId?
    /// Sources, best first; sources not named come after, in their usual order.
    public var order: [SourceId]?

    public init(metric: MetricId? = nil, order: [SourceId]? = nil) {
        self.metric = metric
        self.order = order
    }

    enum CodingKeys: String, CodingKey {
        case metric = "metric"
        case order = "order"
    }
}

/// A stretch of time with a name.
public struct SpanView: Codable, Sendable, Equatable {
    /// End.
    public var end: Timestamp
    /// What it is: `peak_window`, `anomaly`, `stress_episode` …
    public var name: String
    /// Start.
    public var start: Timestamp
    /// In plain words.
    public var note: String?
    /// How probable it is, 0..=1.
    public var probability: Double?
    /// UCUM unit of the value.
    public var unit: String?
    /// Its level, in `unit`.
    public var value: Double?

    public init(end: Timestamp, name: String, start: Timestamp, note: String? = nil, probability: Double? = nil, unit: String? = nil, value: Double? = nil) {
        self.end = end
        self.name = name
        self.start = start
        self.note = note
        self.probability = probability
        self.unit = unit
        self.value = value
    }

    enum CodingKeys: String, CodingKey {
        case end = "end"
        case name = "name"
        case start = "start"
        case note = "note"
        case probability = "probability"
        case unit = "unit"
        case value = "value"
    }
}

/// Which moment to look at.
public struct StateRequest: Codable, Sendable, Equatable {
    /// At this moment; default: now. Nothing that came after it is shown.
    public var at: Timestamp?
    /// As known at this moment; default: as known now.
    public var knownAt: Timestamp?

    public init(at: Timestamp? = nil, knownAt: Timestamp? = nil) {
        self.at = at
        self.knownAt = knownAt
    }

    enum CodingKeys: String, CodingKey {
        case at = "at"
        case knownAt = "known_at"
    }
}

/// How the person is.
public struct StateView: Codable, Sendable, Equatable {
    /// At which moment.
    public var at: Timestamp
    /// The day so far.
    public var day: DayView
    /// Days with anything in them, up to the moment.
    public var days: Int
    /// The newest measurement of each metric.
    public var last: [LastView]
    /// Tasks begun and not finished.
    public var openTasks: [OpenTaskView]
    /// The person.
    public var twin: String
    /// What the day is compared with: the person's own past.
    public var usual: [UsualView]
    /// First day with anything in it.
    public var first: LocalDate?
    /// As known at which moment, where asked for.
    public var knownAt: Timestamp?
    /// The newest day with anything in it, where `day` has nothing.
    public var newest: LocalDate?
    /// Hash of the whole state; absent for readings of the past.
    public var stateHash: String?
    /// IANA zone lived in.
    public var zone: String?

    public init(at: Timestamp, day: DayView, days: Int, last: [LastView], openTasks: [OpenTaskView], twin: String, usual: [UsualView], first: LocalDate? = nil, knownAt: Timestamp? = nil, newest: LocalDate? = nil, stateHash: String? = nil, zone: String? = nil) {
        self.at = at
        self.day = day
        self.days = days
        self.last = last
        self.openTasks = openTasks
        self.twin = twin
        self.usual = usual
        self.first = first
        self.knownAt = knownAt
        self.newest = newest
        self.stateHash = stateHash
        self.zone = zone
    }

    enum CodingKeys: String, CodingKey {
        case at = "at"
        case day = "day"
        case days = "days"
        case last = "last"
        case openTasks = "open_tasks"
        case twin = "twin"
        case usual = "usual"
        case first = "first"
        case knownAt = "known_at"
        case newest = "newest"
        case stateHash = "state_hash"
        case zone = "zone"
    }
}

/// Stress was noticed, by the person or a device.
public struct StressDetected: Codable, Sendable, Equatable {
    /// How strong, 0..=1.
    public var level: Double
    /// Who says so: `self`, a device.
    public var by: String?
    /// What it comes from.
    public var cause: String?

    public init(level: Double, by: String? = nil, cause: String? = nil) {
        self.level = level
        self.by = by
        self.cause = cause
    }

    enum CodingKeys: String, CodingKey {
        case level = "level"
        case by = "by"
        case cause = "cause"
    }
}

/// A symptom, as the person notes it.
public struct SymptomNoted: Codable, Sendable, Equatable {
    /// The symptom in words or as a code.
    public var symptom: String
    /// Severity, 0..=10.
    public var severity: Double?
    /// Since when.
    public var start: Timestamp?

    public init(symptom: String, severity: Double? = nil, start: Timestamp? = nil) {
        self.symptom = symptom
        self.severity = severity
        self.start = start
    }

    enum CodingKeys: String, CodingKey {
        case symptom = "symptom"
        case severity = "severity"
        case start = "start"
    }
}

/// One step of a sync: the first with `start`, each next with `machine` and the server's `answer`.
public struct SyncCalendarRequest: Codable, Sendable, Equatable {
    /// What the server answered to the step's request.
    public var answer: HttpAnswer?
    /// What the step before gave.
    public var machine: String?
    /// Begins a sync.
    public var start: CalendarStart?

    public init(answer: HttpAnswer? = nil, machine: String? = nil, start: CalendarStart? = nil) {
        self.answer = answer
        self.machine = machine
        self.start = start
    }

    enum CodingKeys: String, CodingKey {
        case answer = "answer"
        case machine = "machine"
        case start = "start"
    }
}

/// What the host has to do next.
public struct SyncCalendarView: Codable, Sendable, Equatable {
    /// Events written by this step.
    public var events: Int64
    /// What it came to, when all is read.
    public var done: CalendarSynced?
    /// Hand this back with the answer; absent when all is read.
    public var machine: String?
    /// Ask this; absent when all is read. The host adds `Authorization` and does not follow redirects.
    public var request: HttpAsk?
    /// The server wants to be asked later: so many seconds, 0 where it does not say.
    public var waitS: Double?

    public init(events: Int64, done: CalendarSynced? = nil, machine: String? = nil, request: HttpAsk? = nil, waitS: Double? = nil) {
        self.events = events
        self.done = done
        self.machine = machine
        self.request = request
        self.waitS = waitS
    }

    enum CodingKeys: String, CodingKey {
        case events = "events"
        case done = "done"
        case machine = "machine"
        case request = "request"
        case waitS = "wait_s"
    }
}

/// What is known of a task besides its name.
public struct TaskAbout: Codable, Sendable, Equatable {
    /// Who does it.
    public var assignee: String?
    /// How hard it is by its nature, 0..=1.
    public var complexity: Double?
    /// How long it was expected to take, seconds, ≥ 0.
    public var estimateS: Double?
    /// Kind of work: `bug`, `feature`, `report` …
    public var kind: String?
    /// Priority, in the tool's words.
    public var priority: String?
    /// Project.
    public var project: String?
    /// Who asked for it.
    public var requester: String?
    /// Skills it takes.
    public var skills: [String]?
    /// A finer kind.
    public var subkind: String?

    public init(assignee: String? = nil, complexity: Double? = nil, estimateS: Double? = nil, kind: String? = nil, priority: String? = nil, project: String? = nil, requester: String? = nil, skills: [String]? = nil, subkind: String? = nil) {
        self.assignee = assignee
        self.complexity = complexity
        self.estimateS = estimateS
        self.kind = kind
        self.priority = priority
        self.project = project
        self.requester = requester
        self.skills = skills
        self.subkind = subkind
    }

    enum CodingKeys: String, CodingKey {
        case assignee = "assignee"
        case complexity = "complexity"
        case estimateS = "estimate_s"
        case kind = "kind"
        case priority = "priority"
        case project = "project"
        case requester = "requester"
        case skills = "skills"
        case subkind = "subkind"
    }
}

/// A task was finished. Version 2 gives the effort in seconds; version 1 gave `duration_min`.
public struct TaskCompleted: Codable, Sendable, Equatable {
    /// The tool's id of the task.
    public var task: String
    /// What is known of it.
    public var about: TaskAbout?
    /// How difficult it was to the person, 0..=10.
    public var difficulty: Double?
    /// Time spent on it, seconds, ≥ 0.
    public var durationS: Double?
    /// How good what came out is, as those who use it say, 0..=1.
    public var rating: Double?
    /// It had to be done again, in part or in whole.
    public var rework: Bool?
    /// What it is called.
    public var title: String?
    /// Who else worked on it.
    public var with: [String]?

    public init(task: String, about: TaskAbout? = nil, difficulty: Double? = nil, durationS: Double? = nil, rating: Double? = nil, rework: Bool? = nil, title: String? = nil, with: [String]? = nil) {
        self.task = task
        self.about = about
        self.difficulty = difficulty
        self.durationS = durationS
        self.rating = rating
        self.rework = rework
        self.title = title
        self.with = with
    }

    enum CodingKeys: String, CodingKey {
        case task = "task"
        case about = "about"
        case difficulty = "difficulty"
        case durationS = "duration_s"
        case rating = "rating"
        case rework = "rework"
        case title = "title"
        case with = "with"
    }
}

/// A task was put off.
public struct TaskDelayed: Codable, Sendable, Equatable {
    /// The tool's id of the task.
    public var task: String
    /// The new date.
    public var due: Timestamp?
    /// Why.
    public var reason: String?

    public init(task: String, due: Timestamp? = nil, reason: String? = nil) {
        self.task = task
        self.due = due
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case task = "task"
        case due = "due"
        case reason = "reason"
    }
}

/// A task that is to be done. `at` is the moment that was decided.
public struct TaskPlanned: Codable, Sendable, Equatable {
    /// The tool's id of the task.
    public var task: String
    /// What is known of it.
    public var about: TaskAbout?
    /// Tasks that have to be finished before.
    public var dependsOn: [String]?
    /// When it is due.
    public var due: Timestamp?
    /// What it is called.
    public var title: String?
    /// What it is worth beside other tasks, > 0; 1 is usual.
    public var value: Double?

    public init(task: String, about: TaskAbout? = nil, dependsOn: [String]? = nil, due: Timestamp? = nil, title: String? = nil, value: Double? = nil) {
        self.task = task
        self.about = about
        self.dependsOn = dependsOn
        self.due = due
        self.title = title
        self.value = value
    }

    enum CodingKeys: String, CodingKey {
        case task = "task"
        case about = "about"
        case dependsOn = "depends_on"
        case due = "due"
        case title = "title"
        case value = "value"
    }
}

/// A finished task came back.
public struct TaskReopened: Codable, Sendable, Equatable {
    /// The tool's id of the task.
    public var task: String
    /// Why.
    public var reason: String?

    public init(task: String, reason: String? = nil) {
        self.task = task
        self.reason = reason
    }

    enum CodingKeys: String, CodingKey {
        case task = "task"
        case reason = "reason"
    }
}

/// Work on a task began.
public struct TaskStarted: Codable, Sendable, Equatable {
    /// The tool's id of the task.
    public var task: String
    /// What is known of it.
    public var about: TaskAbout?
    /// When it is due.
    public var due: Timestamp?
    /// How long the person expects it to take, seconds, ≥ 0.
    public var estimateS: Double?
    /// What it is called.
    public var title: String?

    public init(task: String, about: TaskAbout? = nil, due: Timestamp? = nil, estimateS: Double? = nil, title: String? = nil) {
        self.task = task
        self.about = about
        self.due = due
        self.estimateS = estimateS
        self.title = title
    }

    enum CodingKeys: String, CodingKey {
        case task = "task"
        case about = "about"
        case due = "due"
        case estimateS = "estimate_s"
        case title = "title"
    }
}

/// A task that somebody has to take.
public struct TaskToGive: Codable, Sendable, Equatable {
    /// Hours it will take, ≥ 0.
    public var hours: Double
    /// Its name; each name once.
    public var task: String
    /// Who is able to do it; empty for everyone.
    public var able: [String]?
    /// Who does it now.
    public var now: String?
    /// Skills it takes.
    public var skills: [PersonSkill]?
    /// What it is worth, > 0; default: 1.
    public var value: Double?

    public init(hours: Double, task: String, able: [String]? = nil, now: String? = nil, skills: [PersonSkill]? = nil, value: Double? = nil) {
        self.hours = hours
        self.task = task
        self.able = able
        self.now = now
        self.skills = skills
        self.value = value
    }

    enum CodingKeys: String, CodingKey {
        case hours = "hours"
        case task = "task"
        case able = "able"
        case now = "now"
        case skills = "skills"
        case value = "value"
    }
}

/// Tasks of a day.
public struct TasksView: Codable, Sendable, Equatable {
    /// Finished.
    public var completed: Int
    /// Put off.
    public var delayed: Int
    /// Begun.
    public var started: Int
    /// Hours spent on finished tasks, where told.
    public var completedH: Double?

    public init(completed: Int, delayed: Int, started: Int, completedH: Double? = nil) {
        self.completed = completed
        self.delayed = delayed
        self.started = started
        self.completedH = completedH
    }

    enum CodingKeys: String, CodingKey {
        case completed = "completed"
        case delayed = "delayed"
        case started = "started"
        case completedH = "completed_h"
    }
}

/// Somebody who may be in a team.
public struct TeamCandidate: Codable, Sendable, Equatable {
    /// Who; each name once.
    public var person: String
    /// Load over capacity, ≥ 0.
    public var load: Double?
    /// Must be in a team; default: no.
    public var must: Bool?
    /// What they can do.
    public var skills: [PersonSkill]?
    /// Others with whom they go well, each with a tie of 0..=1.
    public var ties: [TeamTie]?
    /// Their unit.
    public var unit: String?

    public init(person: String, load: Double? = nil, must: Bool? = nil, skills: [PersonSkill]? = nil, ties: [TeamTie]? = nil, unit: String? = nil) {
        self.person = person
        self.load = load
        self.must = must
        self.skills = skills
        self.ties = ties
        self.unit = unit
    }

    enum CodingKeys: String, CodingKey {
        case person = "person"
        case load = "load"
        case must = "must"
        case skills = "skills"
        case ties = "ties"
        case unit = "unit"
    }
}

/// Somebody came into the team or left it.
public struct TeamChanged: Codable, Sendable, Equatable {
    /// Came (or left).
    public var joined: Bool
    /// Who; absent: the person of the twin.
    public var person: String?
    /// The unit.
    public var unit: String?

    public init(joined: Bool, person: String? = nil, unit: String? = nil) {
        self.joined = joined
        self.person = person
        self.unit = unit
    }

    enum CodingKeys: String, CodingKey {
        case joined = "joined"
        case person = "person"
        case unit = "unit"
    }
}

/// A skill that a team needs.
public struct TeamNeed: Codable, Sendable, Equatable {
    /// The level, ≥ 0.
    public var level: Double
    /// The skill.
    public var skill: String

    public init(level: Double, skill: String) {
        self.level = level
        self.skill = skill
    }

    enum CodingKeys: String, CodingKey {
        case level = "level"
        case skill = "skill"
    }
}

/// A tie.
public struct TeamTie: Codable, Sendable, Equatable {
    /// With whom.
    public var person: String
    /// How strong, 0..=1.
    public var tie: Double

    public init(person: String, tie: Double) {
        self.person = person
        self.tie = tie
    }

    enum CodingKeys: String, CodingKey {
        case person = "person"
        case tie = "tie"
    }
}

/// Time was spent on something: a time sheet, an editor, a timer. `at` is the end.
public struct TimeTracked: Codable, Sendable, Equatable {
    /// End, at or after `start`.
    public var end: Timestamp
    /// Start.
    public var start: Timestamp
    /// What was done: `coding`, `writing`, `meeting` …
    public var activity: String?
    /// How often it was interrupted.
    public var interruptions: Int?
    /// The project.
    public var project: String?
    /// The task.
    public var task: String?

    public init(end: Timestamp, start: Timestamp, activity: String? = nil, interruptions: Int? = nil, project: String? = nil, task: String? = nil) {
        self.end = end
        self.start = start
        self.activity = activity
        self.interruptions = interruptions
        self.project = project
        self.task = task
    }

    enum CodingKeys: String, CodingKey {
        case end = "end"
        case start = "start"
        case activity = "activity"
        case interruptions = "interruptions"
        case project = "project"
        case task = "task"
    }
}

/// A mean over the last windows.
public struct TrailingView: Codable, Sendable, Equatable {
    /// How many of them are known.
    public var known: Int
    /// How many windows it looks back on, this one included.
    public var windows: Int
    /// Their mean; absent where less than half of them are known.
    public var mean: Double?

    public init(known: Int, windows: Int, mean: Double? = nil) {
        self.known = known
        self.windows = windows
        self.mean = mean
    }

    enum CodingKeys: String, CodingKey {
        case known = "known"
        case windows = "windows"
        case mean = "mean"
    }
}

/// A twin was made.
public struct TwinCreated: Codable, Sendable, Equatable {
    /// By which product.
    public var product: String?

    public init(product: String? = nil) {
        self.product = product
    }

    enum CodingKeys: String, CodingKey {
        case product = "product"
    }
}

/// A quantity against the person's own past. Says "unusual for you", never more.
public struct UsualView: Codable, Sendable, Equatable {
    /// The day the value is of.
    public var date: LocalDate
    /// `sleep_duration`, `resting_heart_rate`, `ln_rmssd`, `ln_rmssd_7_days`, `hrv_sdnn`, `steps`.
    public var name: String
    /// UCUM unit of the value.
    public var unit: String
    /// The usual value, with the interval of that estimate.
    public var usual: Estimate
    /// Distance in usual spreads.
    public var z: Estimate
    /// 1 above the usual range, -1 below, 0 within; of `ln_rmssd_7_days` by the smallest worthwhile change.
    public var flag: Int?
    /// High end of it.
    public var rangeHigh: Double?
    /// Low end of where 80 % of the person's usual days lie.
    public var rangeLow: Double?
    /// The value.
    public var value: Double?

    public init(date: LocalDate, name: String, unit: String, usual: Estimate, z: Estimate, flag: Int? = nil, rangeHigh: Double? = nil, rangeLow: Double? = nil, value: Double? = nil) {
        self.date = date
        self.name = name
        self.unit = unit
        self.usual = usual
        self.z = z
        self.flag = flag
        self.rangeHigh = rangeHigh
        self.rangeLow = rangeLow
        self.value = value
    }

    enum CodingKeys: String, CodingKey {
        case date = "date"
        case name = "name"
        case unit = "unit"
        case usual = "usual"
        case z = "z"
        case flag = "flag"
        case rangeHigh = "range_high"
        case rangeLow = "range_low"
        case value = "value"
    }
}

/// What a verification found.
public struct VerifyView: Codable, Sendable, Equatable {
    /// Events in the log.
    public var events: Int64
    /// What is not as it should be, a line each.
    public var findings: [String]
    /// Is all as it should be?
    public var ok: Bool
    /// Hash of the whole state; equal facts give equal hashes.
    public var stateHash: String

    public init(events: Int64, findings: [String], ok: Bool, stateHash: String) {
        self.events = events
        self.findings = findings
        self.ok = ok
        self.stateHash = stateHash
    }

    enum CodingKeys: String, CodingKey {
        case events = "events"
        case findings = "findings"
        case ok = "ok"
        case stateHash = "state_hash"
    }
}

/// Something odd that lost nothing.
public struct Warning: Codable, Sendable, Equatable {
    /// Short stable word: `file_crc`, `zone_inferred`, `salvaged` …
    public var code: String
    /// A sentence for people.
    public var message: String

    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }

    enum CodingKeys: String, CodingKey {
        case code = "code"
        case message = "message"
    }
}

/// A figure that changed.
public struct WatchChange: Codable, Sendable, Equatable {
    /// End of the day or window.
    public var end: Timestamp
    /// The figure, or the windows' name.
    public var name: String
    /// Which version of the day or window this is.
    public var revision: Int
    /// Start of the day or window.
    public var start: Timestamp
    /// After; absent where nothing is known any more.
    public var after: Double?
    /// Before; absent where nothing was known.
    public var before: Double?

    public init(end: Timestamp, name: String, revision: Int, start: Timestamp, after: Double? = nil, before: Double? = nil) {
        self.end = end
        self.name = name
        self.revision = revision
        self.start = start
        self.after = after
        self.before = before
    }

    enum CodingKeys: String, CodingKey {
        case end = "end"
        case name = "name"
        case revision = "revision"
        case start = "start"
        case after = "after"
        case before = "before"
    }
}

/// What to watch.
public enum WatchRequest: Codable, Sendable, Equatable {
    /// Figures of the last days, today among them.
    /// - Parameter last: How many days back; 1 for today alone.
    /// - Parameter figure: A figure as `why` understands it; default: all.
    case days(last: Int, figure: String? = nil)
    /// Windows, ready-made or of a metric.
    /// - Parameter query: Which.
    case windows(query: WindowsRequest)
    /// A case of a later version.
    case unknown(JSONValue)

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        switch try fields.decodeIfPresent(String.self, forKey: "type") {
        case "days": self = .days(last: try fields.decode(Int.self, forKey: "last"), figure: try fields.decodeIfPresent(String.self, forKey: "figure"))
        case "windows": self = .windows(query: try fields.decode(WindowsRequest.self, forKey: "query"))
        default: self = .unknown(try JSONValue(from: decoder))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        if case .unknown(let raw) = self { return try raw.encode(to: encoder) }
        var fields = encoder.container(keyedBy: Key.self)
        switch self {
        case .days(let last, let figure):
            try fields.encode("days", forKey: "type")
            try fields.encode(last, forKey: "last")
            try fields.encodeIfPresent(figure, forKey: "figure")
        case .windows(let query):
            try fields.encode("windows", forKey: "type")
            try fields.encode(query, forKey: "query")
        case .unknown: break
        }
    }
}

/// What is not as it was at the last look.
public struct WatchView: Codable, Sendable, Equatable {
    /// When it was looked at.
    public var at: Timestamp
    /// The differences, oldest span first.
    public var changes: [WatchChange]

    public init(at: Timestamp, changes: [WatchChange]) {
        self.at = at
        self.changes = changes
    }

    enum CodingKeys: String, CodingKey {
        case at = "at"
        case changes = "changes"
    }
}

/// Hours of a week.
public struct WeekHours: Codable, Sendable, Equatable {
    /// Expected, ≥ 0.
    public var hours: Double
    /// Standard deviation, ≥ 0; default: 0.
    public var sd: Double?

    public init(hours: Double, sd: Double? = nil) {
        self.hours = hours
        self.sd = sd
    }

    enum CodingKeys: String, CodingKey {
        case hours = "hours"
        case sd = "sd"
    }
}

/// A day of which a figure changed.
public struct WhyDay: Codable, Sendable, Equatable {
    /// Figures asked about that differ.
    public var changed: [Figure]
    /// The day.
    public var date: LocalDate
    /// What we learned since that concerns the day, what the figures are made of first.
    public var inputs: [WhyInput]
    /// How often the day's state changed on this device.
    public var revision: Int
    /// In a sentence.
    public var text: String

    public init(changed: [Figure], date: LocalDate, inputs: [WhyInput], revision: Int, text: String) {
        self.changed = changed
        self.date = date
        self.inputs = inputs
        self.revision = revision
        self.text = text
    }

    enum CodingKeys: String, CodingKey {
        case changed = "changed"
        case date = "date"
        case inputs = "inputs"
        case revision = "revision"
        case text = "text"
    }
}

/// Something learned.
public struct WhyInput: Codable, Sendable, Equatable {
    /// When it happened.
    public var at: Timestamp
    /// How many of the same kind, source and metric.
    public var count: Int64
    /// `new`, `replaced`, `withdrew`, or `standing` for what changes how days are read.
    public var how: String
    /// Event kind.
    public var kind: String
    /// It came after the day it is about was over.
    public var late: Bool
    /// When we learned it.
    public var recordedAt: Timestamp
    /// Who said it.
    public var source: String
    /// Metric of a series or measurement.
    public var metric: String?

    public init(at: Timestamp, count: Int64, how: String, kind: String, late: Bool, recordedAt: Timestamp, source: String, metric: String? = nil) {
        self.at = at
        self.count = count
        self.how = how
        self.kind = kind
        self.late = late
        self.recordedAt = recordedAt
        self.source = source
        self.metric = metric
    }

    enum CodingKeys: String, CodingKey {
        case at = "at"
        case count = "count"
        case how = "how"
        case kind = "kind"
        case late = "late"
        case recordedAt = "recorded_at"
        case source = "source"
        case metric = "metric"
    }
}

/// Which difference to explain.
public struct WhyRequest: Codable, Sendable, Equatable {
    /// Compared with what was known then.
    public var since: Timestamp
    /// A figure of a day: `load`, `steps`, `sleep_duration`, a metric id, or a path of a `DayView` (`sleep.asleep_min`). Default: all.
    public var score: String?

    public init(since: Timestamp, score: String? = nil) {
        self.since = since
        self.score = score
    }

    enum CodingKeys: String, CodingKey {
        case since = "since"
        case score = "score"
    }
}

/// What changed, and why.
public struct WhyView: Codable, Sendable, Equatable {
    /// Days of which the figure changed, newest first.
    public var days: [WhyDay]
    /// Events learned since.
    public var learned: Int64
    /// Days were left out because there were too many.
    public var more: Bool
    /// What was asked about.
    public var score: String
    /// Compared with what was known at this moment.
    public var since: Timestamp

    public init(days: [WhyDay], learned: Int64, more: Bool, score: String, since: Timestamp) {
        self.days = days
        self.learned = learned
        self.more = more
        self.score = score
        self.since = since
    }

    enum CodingKeys: String, CodingKey {
        case days = "days"
        case learned = "learned"
        case more = "more"
        case score = "score"
        case since = "since"
    }
}

/// A source was read over a span of time.
public struct WindowRead: Codable, Sendable, Equatable {
    /// Read to its end: what the source no longer shows is deleted. A window cut short deletes nothing.
    public var complete: Bool
    /// End of the span, excluded; UTC.
    public var end: Timestamp
    /// The source.
    public var source: SourceId
    /// Start of the span; UTC.
    public var start: Timestamp
    /// Event kinds or metrics that were asked for; empty for all.
    public var scope: [String]?
    /// The records seen.
    public var seen: [RecordId]?

    public init(complete: Bool, end: Timestamp, source: SourceId, start: Timestamp, scope: [String]? = nil, seen: [RecordId]? = nil) {
        self.complete = complete
        self.end = end
        self.source = source
        self.start = start
        self.scope = scope
        self.seen = seen
    }

    enum CodingKeys: String, CodingKey {
        case complete = "complete"
        case end = "end"
        case source = "source"
        case start = "start"
        case scope = "scope"
        case seen = "seen"
    }
}

/// One window.
public struct WindowView: Codable, Sendable, Equatable {
    /// The window is over.
    public var complete: Bool
    /// Samples or facts that touch the window.
    public var count: Int64
    /// End, excluded; UTC. Of a session the end of its last sample.
    public var end: Timestamp
    /// How many writes after the first added to, corrected or withdrew what is known of the window.
    public var revision: Int
    /// Who said it.
    public var sources: [String]
    /// Start; UTC.
    public var start: Timestamp
    /// Means over this window and those before it.
    public var trailing: [TrailingView]
    /// Difference from the window just before, where that is known.
    public var change: Double?
    /// Share of the window with a value, 0..=1; absent for instants, which have no length.
    public var coverage: Double?
    /// The value over the goal.
    public var goalShare: Double?
    /// Last value by event time; of means only.
    public var last: Double?
    /// Greatest value; of means only.
    public var max: Double?
    /// Least value; of means only.
    public var min: Double?
    /// The figure, in the view's unit.
    public var value: Double?

    public init(complete: Bool, count: Int64, end: Timestamp, revision: Int, sources: [String], start: Timestamp, trailing: [TrailingView], change: Double? = nil, coverage: Double? = nil, goalShare: Double? = nil, last: Double? = nil, max: Double? = nil, min: Double? = nil, value: Double? = nil) {
        self.complete = complete
        self.count = count
        self.end = end
        self.revision = revision
        self.sources = sources
        self.start = start
        self.trailing = trailing
        self.change = change
        self.coverage = coverage
        self.goalShare = goalShare
        self.last = last
        self.max = max
        self.min = min
        self.value = value
    }

    enum CodingKeys: String, CodingKey {
        case complete = "complete"
        case count = "count"
        case end = "end"
        case revision = "revision"
        case sources = "sources"
        case start = "start"
        case trailing = "trailing"
        case change = "change"
        case coverage = "coverage"
        case goalShare = "goal_share"
        case last = "last"
        case max = "max"
        case min = "min"
        case value = "value"
    }
}

/// Which windows to read: ready-made ones by name, or those of a metric.
public struct WindowsRequest: Codable, Sendable, Equatable {
    /// At a past moment: without what came after it.
    public var at: Timestamp?
    /// From: windows that end after it.
    public var from: Timestamp?
    /// What each window is held against, in the unit of its value, above zero.
    public var goal: Double?
    /// As known at a past moment.
    public var knownAt: Timestamp?
    /// A metric. With a name: the metric that `monthly_goal` is of.
    public var metric: String?
    /// The name of ready-made windows: see `ready_windows`.
    public var name: String?
    /// How time is cut, for a metric.
    public var shape: ShapeRequest?
    /// To: windows that start before it.
    public var to: Timestamp?

    public init(at: Timestamp? = nil, from: Timestamp? = nil, goal: Double? = nil, knownAt: Timestamp? = nil, metric: String? = nil, name: String? = nil, shape: ShapeRequest? = nil, to: Timestamp? = nil) {
        self.at = at
        self.from = from
        self.goal = goal
        self.knownAt = knownAt
        self.metric = metric
        self.name = name
        self.shape = shape
        self.to = to
    }

    enum CodingKeys: String, CodingKey {
        case at = "at"
        case from = "from"
        case goal = "goal"
        case knownAt = "known_at"
        case metric = "metric"
        case name = "name"
        case shape = "shape"
        case to = "to"
    }
}

/// Windows over a metric or facts. A window of which nothing is known is not there; it is not zero.
public struct WindowsView: Codable, Sendable, Equatable {
    /// In words.
    public var about: String
    /// What was missing.
    public var gaps: [String]
    /// The ready-made windows' name, or the metric.
    public var name: String
    /// What is said of each window: `mean` (weighted by time), `sum` or `count`.
    public var statistic: String
    /// UCUM unit of the values.
    public var unit: String
    /// Windows are complete up to here: the moment of reading.
    public var watermark: Timestamp
    /// The windows, oldest first.
    public var windows: [WindowView]
    /// What each window is held against, in `unit`.
    public var goal: Double?
    /// As known at which moment, where asked for.
    public var knownAt: Timestamp?
    /// The metric, where it is one.
    public var metric: String?

    public init(about: String, gaps: [String], name: String, statistic: String, unit: String, watermark: Timestamp, windows: [WindowView], goal: Double? = nil, knownAt: Timestamp? = nil, metric: String? = nil) {
        self.about = about
        self.gaps = gaps
        self.name = name
        self.statistic = statistic
        self.unit = unit
        self.watermark = watermark
        self.windows = windows
        self.goal = goal
        self.knownAt = knownAt
        self.metric = metric
    }

    enum CodingKeys: String, CodingKey {
        case about = "about"
        case gaps = "gaps"
        case name = "name"
        case statistic = "statistic"
        case unit = "unit"
        case watermark = "watermark"
        case windows = "windows"
        case goal = "goal"
        case knownAt = "known_at"
        case metric = "metric"
    }
}

/// Work, learning and working together on a day, beside meetings and tasks. Counts of the person's own part.
public struct WorkView: Codable, Sendable, Equatable {
    /// Skills assessed.
    public var assessments: Int
    /// Machine checks of what was made.
    public var checks: Int
    /// Of these, failed.
    public var checksFailed: Int
    /// Feedback given.
    public var feedbackGiven: Int
    /// Feedback received.
    public var feedbackReceived: Int
    /// Hand-offs, given or taken.
    public var handOffs: Int
    /// Skills said to have grown.
    public var improvements: Int
    /// Messages received.
    public var messagesReceived: Int
    /// Messages sent.
    public var messagesSent: Int
    /// Tasks planned.
    public var planned: Int
    /// Finished tasks that came back.
    public var reopened: Int
    /// Reviews given.
    public var reviewsGiven: Int
    /// Reviews received.
    public var reviewsReceived: Int
    /// Interruptions, in what was tracked.
    public var interruptions: Int?
    /// Hours of learning.
    public var learningH: Double?
    /// Hours of mentoring, given or received.
    public var mentoringH: Double?
    /// Hours planned for the coming week, as last told.
    public var plannedWeekH: Double?
    /// Changes from one project to another, in what was tracked.
    public var switches: Int?
    /// Hours tracked.
    public var trackedH: Double?

    public init(assessments: Int, checks: Int, checksFailed: Int, feedbackGiven: Int, feedbackReceived: Int, handOffs: Int, improvements: Int, messagesReceived: Int, messagesSent: Int, planned: Int, reopened: Int, reviewsGiven: Int, reviewsReceived: Int, interruptions: Int? = nil, learningH: Double? = nil, mentoringH: Double? = nil, plannedWeekH: Double? = nil, switches: Int? = nil, trackedH: Double? = nil) {
        self.assessments = assessments
        self.checks = checks
        self.checksFailed = checksFailed
        self.feedbackGiven = feedbackGiven
        self.feedbackReceived = feedbackReceived
        self.handOffs = handOffs
        self.improvements = improvements
        self.messagesReceived = messagesReceived
        self.messagesSent = messagesSent
        self.planned = planned
        self.reopened = reopened
        self.reviewsGiven = reviewsGiven
        self.reviewsReceived = reviewsReceived
        self.interruptions = interruptions
        self.learningH = learningH
        self.mentoringH = mentoringH
        self.plannedWeekH = plannedWeekH
        self.switches = switches
        self.trackedH = trackedH
    }

    enum CodingKeys: String, CodingKey {
        case assessments = "assessments"
        case checks = "checks"
        case checksFailed = "checks_failed"
        case feedbackGiven = "feedback_given"
        case feedbackReceived = "feedback_received"
        case handOffs = "hand_offs"
        case improvements = "improvements"
        case messagesReceived = "messages_received"
        case messagesSent = "messages_sent"
        case planned = "planned"
        case reopened = "reopened"
        case reviewsGiven = "reviews_given"
        case reviewsReceived = "reviews_received"
        case interruptions = "interruptions"
        case learningH = "learning_h"
        case mentoringH = "mentoring_h"
        case plannedWeekH = "planned_week_h"
        case switches = "switches"
        case trackedH = "tracked_h"
    }
}

/// The workload changed.
public struct WorkloadChanged: Codable, Sendable, Equatable {
    /// Tasks in hand.
    public var openTasks: Int?
    /// Whose; absent: the person of the twin.
    public var person: String?
    /// Hours planned for the coming week, ≥ 0.
    public var plannedH: Double?
    /// Why.
    public var reason: String?
    /// Hours that they can or wish to work in it, ≥ 0.
    public var sustainableH: Double?

    public init(openTasks: Int? = nil, person: String? = nil, plannedH: Double? = nil, reason: String? = nil, sustainableH: Double? = nil) {
        self.openTasks = openTasks
        self.person = person
        self.plannedH = plannedH
        self.reason = reason
        self.sustainableH = sustainableH
    }

    enum CodingKeys: String, CodingKey {
        case openTasks = "open_tasks"
        case person = "person"
        case plannedH = "planned_h"
        case reason = "reason"
        case sustainableH = "sustainable_h"
    }
}

/// One finished workout. `at` is its end.
public struct WorkoutRecorded: Codable, Sendable, Equatable {
    /// End; UTC, at or after `start`.
    public var end: Timestamp
    /// The sport, snake_case: `running`, `cycling`, `strength_training` …; the source's word where it is none of ours.
    public var sport: String
    /// Start; UTC.
    public var start: Timestamp
    /// Ascent, metres.
    public var ascentM: Double?
    /// Distance, metres, ≥ 0.
    public var distanceM: Double?
    /// Active energy, kilocalories, ≥ 0.
    public var energyKcal: Double?
    /// Highest heart rate, per minute.
    public var heartRateMax: Double?
    /// Mean heart rate, per minute.
    public var heartRateMean: Double?
    /// Laps in order.
    public var laps: [Lap]?
    /// Moving time, seconds, ≥ 0.
    public var movingS: Double?
    /// Perceived exertion of the session, CR10 scale 0..=10.
    public var perceivedExertion: Double?
    /// Mean power, watts.
    public var powerMeanW: Double?
    /// Further figures that the source gave, by its own names.
    public var statistics: [NamedQuantity]?
    /// A finer word from the source.
    public var subSport: String?
    /// A name given by the person or the source.
    public var title: String?

    public init(end: Timestamp, sport: String, start: Timestamp, ascentM: Double? = nil, distanceM: Double? = nil, energyKcal: Double? = nil, heartRateMax: Double? = nil, heartRateMean: Double? = nil, laps: [Lap]? = nil, movingS: Double? = nil, perceivedExertion: Double? = nil, powerMeanW: Double? = nil, statistics: [NamedQuantity]? = nil, subSport: String? = nil, title: String? = nil) {
        self.end = end
        self.sport = sport
        self.start = start
        self.ascentM = ascentM
        self.distanceM = distanceM
        self.energyKcal = energyKcal
        self.heartRateMax = heartRateMax
        self.heartRateMean = heartRateMean
        self.laps = laps
        self.movingS = movingS
        self.perceivedExertion = perceivedExertion
        self.powerMeanW = powerMeanW
        self.statistics = statistics
        self.subSport = subSport
        self.title = title
    }

    enum CodingKeys: String, CodingKey {
        case end = "end"
        case sport = "sport"
        case start = "start"
        case ascentM = "ascent_m"
        case distanceM = "distance_m"
        case energyKcal = "energy_kcal"
        case heartRateMax = "heart_rate_max"
        case heartRateMean = "heart_rate_mean"
        case laps = "laps"
        case movingS = "moving_s"
        case perceivedExertion = "perceived_exertion"
        case powerMeanW = "power_mean_w"
        case statistics = "statistics"
        case subSport = "sub_sport"
        case title = "title"
    }
}

/// The person's clock is in another zone from `at` on.
public struct ZoneChanged: Codable, Sendable, Equatable {
    /// The new zone.
    public var zone: ZoneId

    public init(zone: ZoneId) {
        self.zone = zone
    }

    enum CodingKeys: String, CodingKey {
        case zone = "zone"
    }
}

public typealias ZoneId = String
