// Written by `cargo xtask schema`; not to be edited.
package io.github.humantwin

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
/** Who asks, and what for. */
@Serializable
public data class AccessOptions(
    /** Who asks. */
    @SerialName("actor") val actor: String,
    /** What for. */
    @SerialName("purpose") val purpose: Purpose,
)
/** Movement of a day. */
@Serializable
public data class ActivityView(
    /** Which source gave which share of the steps. */
    @SerialName("step_sources") val stepSources: List<ShareView>,
    /** Steps by local hour 0..=23; absent where nothing is known. */
    @SerialName("steps_by_hour") val stepsByHour: List<HourView>,
    /** Active energy, kilocalories. */
    @SerialName("active_energy_kcal") val activeEnergyKcal: Double? = null,
    /** Hours with at least 250 steps. */
    @SerialName("active_hours") val activeHours: Long? = null,
    /** Minutes of moderate and vigorous activity, or exercise minutes. */
    @SerialName("active_min") val activeMin: Double? = null,
    /** Metres walked and run. */
    @SerialName("distance_m") val distanceM: Double? = null,
    /** Minutes sitting. */
    @SerialName("sedentary_min") val sedentaryMin: Double? = null,
    /** Steps, resolved over sources; never summed over devices. */
    @SerialName("steps") val steps: Double? = null,
)
public typealias ActorId = String
/** Alcohol drunk. */
@Serializable
public data class AlcoholConsumed(
    /** `false` states that there was none. */
    @SerialName("consumed") val consumed: Boolean,
    /** Standard drinks (10 g of ethanol), 0..=100; absent when only the fact is known. */
    @SerialName("drinks") val drinks: Double? = null,
) : EventData {
    override val eventKind: String get() = "health.alcohol_consumed"
}
/** A median and the ends of the 80 % interval on a day. */
@Serializable
public data class BandView(
    /** The day. */
    @SerialName("date") val date: LocalDate,
    /** High end. */
    @SerialName("high") val high: Double,
    /** Low end. */
    @SerialName("low") val low: Double,
    /** Median. */
    @SerialName("value") val value: Double,
)
/** Whether a calendar entry blocks time. */
@Serializable(with = Busy.Serializer::class)
public sealed class Busy(public val word: String) {
    /** Does not block time. */
    public data object FREE : Busy("free")
    /** Blocks time. */
    public data object BUSY : Busy("busy")
    /** Not yet confirmed. */
    public data object TENTATIVE : Busy("tentative")
    /** Away from work. */
    public data object OUT_OF_OFFICE : Busy("out_of_office")
    /** A word of a later version. */
    public data class Unknown(val text: String) : Busy(text)

    final override fun toString(): String = word

    public companion object {
        /** The case of a word. */
        public fun of(word: String): Busy = when (word) {
            "free" -> FREE
            "busy" -> BUSY
            "tentative" -> TENTATIVE
            "out_of_office" -> OUT_OF_OFFICE
            else -> Unknown(word)
        }
    }

    internal object Serializer : WordSerializer<Busy>("Busy", Busy::word, ::of)
}
/** Caffeine taken. */
@Serializable
public data class CaffeineConsumed(
    /** Milligrams, 0..=5000. */
    @SerialName("amount_mg") val amountMg: Double,
) : EventData {
    override val eventKind: String get() = "health.caffeine_consumed"
}
/** One occurrence of a calendar entry. */
@Serializable
public data class CalendarEntry(
    /** Whether the entry blocks time. */
    @SerialName("busy") val busy: Busy,
    /** End; UTC, at or after `start`. */
    @SerialName("end") val end: Timestamp,
    /** Start; UTC. For an all-day entry the start of the day in the person's zone, else in UTC. */
    @SerialName("start") val start: Timestamp,
    /** The calendar's id of the entry, common to all occurrences of a series. */
    @SerialName("uid") val uid: String,
    /** First day of an all-day entry. */
    @SerialName("all_day_from") val allDayFrom: LocalDate? = null,
    /** Day after the last day of an all-day entry. */
    @SerialName("all_day_until") val allDayUntil: LocalDate? = null,
    /** The calendar has it as cancelled or the person declined. */
    @SerialName("cancelled") val cancelled: Boolean? = null,
    /** Words the calendar files it under. */
    @SerialName("categories") val categories: List<String>? = null,
    /** Did the person decline? Absent where the calendar tells no answers. */
    @SerialName("declined") val declined: Boolean? = null,
    /** Which of `people` declined, where the calendar tells answers. */
    @SerialName("declined_by") val declinedBy: List<String>? = null,
    /** Which occurrence: its original start, as the calendar writes it; absent for a single entry. */
    @SerialName("occurrence") val occurrence: String? = null,
    /** Who did, by the calendar's id, where it was somebody else. */
    @SerialName("organised_by") val organisedBy: String? = null,
    /** Did the person organise it? */
    @SerialName("organiser") val organiser: Boolean? = null,
    /** Other people invited, 0 when alone. */
    @SerialName("others") val others: Long? = null,
    /** Who else was invited, by the calendar's ids, where it tells. */
    @SerialName("people") val people: List<String>? = null,
    /** What it is called. */
    @SerialName("title") val title: String? = null,
    /** IANA zone the entry was written in, where it has one. */
    @SerialName("zone") val zone: String? = null,
)
/** What to sync. */
@Serializable
public data class CalendarStart(
    /** Address of the server, of a person's home there, or of one calendar; without credentials. */
    @SerialName("url") val url: String,
    /** Addresses or paths of the calendars to read; empty finds all that hold events. */
    @SerialName("collections") val collections: List<String>? = null,
    /** Occurrences that end at or before it are left out. */
    @SerialName("from") val from: Timestamp? = null,
    /** No calendar of the person comes from elsewhere, not from files either; default: no. */
    @SerialName("only_source") val onlySource: Boolean? = null,
    /** What the last sync gave to keep; absent reads everything. */
    @SerialName("state") val state: String? = null,
    /** Occurrences that start at or after it are left out. */
    @SerialName("to") val to: Timestamp? = null,
)
/** What a sync came to. */
@Serializable
public data class CalendarSynced(
    /** Calendars read. */
    @SerialName("calendars") val calendars: Long,
    /** Records deleted. */
    @SerialName("deleted") val deleted: Long,
    /** All was listed whole. */
    @SerialName("full") val full: Boolean,
    /** Read and not taken. */
    @SerialName("ignored") val ignored: Long,
    /** To keep for the next sync. */
    @SerialName("state") val state: String,
    /** New or changed occurrences. */
    @SerialName("upserts") val upserts: Long,
)
/** Meetings of a day. */
@Serializable
public data class CalendarView(
    /** Meetings right after another. */
    @SerialName("back_to_back") val backToBack: Long,
    /** Hours in meetings; what overlaps counts once. */
    @SerialName("meeting_h") val meetingH: Double,
    /** Number of meetings. */
    @SerialName("meetings") val meetings: Long,
    /** Some of it is still ahead. */
    @SerialName("planned") val planned: Boolean,
    /** Longest stretch of working hours (9 to 17) without a meeting; absent on a day off. */
    @SerialName("longest_focus_h") val longestFocusH: Double? = null,
    /** Share of meeting time outside working hours, 0..=1. */
    @SerialName("outside_share") val outsideShare: Double? = null,
)
/** A machine checked what was made: a build, a test run, a deployment. */
@Serializable
public data class CheckFinished(
    /** What was run. */
    @SerialName("check") val check: String,
    /** Did it hold? */
    @SerialName("passed") val passed: Boolean,
    /** Whose work was checked. */
    @SerialName("author") val author: String? = null,
    /** How long it ran, seconds, ≥ 0. */
    @SerialName("duration_s") val durationS: Double? = null,
    /** Project. */
    @SerialName("project") val project: String? = null,
    /** Skills the work took. */
    @SerialName("skills") val skills: List<String>? = null,
) : EventData {
    override val eventKind: String get() = "task.check_finished"
}
/** A check-in: answers on named scales at one moment. */
@Serializable
public data class CheckInAnswered(
    /** The questionnaire or app: `pmsys`, `kss` … */
    @SerialName("instrument") val instrument: String,
    /** The day the answers are about, where it is not the day of answering. */
    @SerialName("about") val about: LocalDate? = null,
    /** Free words of the person. */
    @SerialName("note") val note: String? = null,
    /** The answers. */
    @SerialName("scales") val scales: List<ScaleAnswer>? = null,
) : EventData {
    override val eventKind: String get() = "wellbeing.check_in_answered"
}
/** An answer on a scale. */
@Serializable
public data class CheckInView(
    /** When. */
    @SerialName("at") val at: Timestamp,
    /** Questionnaire or app. */
    @SerialName("instrument") val instrument: String,
    /** Highest possible. */
    @SerialName("max") val max: Double,
    /** Lowest possible. */
    @SerialName("min") val min: Double,
    /** Scale. */
    @SerialName("scale") val scale: String,
    /** Answer. */
    @SerialName("value") val value: Double,
    /** The high end is the better one. */
    @SerialName("higher_is_better") val higherIsBetter: Boolean? = null,
)
/** The person allows an actor a purpose. */
@Serializable
public data class ConsentGranted(
    /** Who may. */
    @SerialName("actor") val actor: ActorId,
    /** What for. */
    @SerialName("purpose") val purpose: Purpose,
    /** Until when; absent means until revoked. */
    @SerialName("until") val until: Timestamp? = null,
) : EventData {
    override val eventKind: String get() = "consent.granted"
}
/** The person takes a grant back. */
@Serializable
public data class ConsentRevoked(
    /** Who no longer may. */
    @SerialName("actor") val actor: ActorId,
    /** What for; absent means everything. */
    @SerialName("purpose") val purpose: Purpose? = null,
) : EventData {
    override val eventKind: String get() = "consent.revoked"
}
/** One reason for an estimate. */
@Serializable
public data class Contribution(
    /** By how much it moved the value, in the estimate's unit. */
    @SerialName("amount") val amount: Double,
    /** The input. */
    @SerialName("feature") val feature: String,
    /** UCUM unit of `baseline` and `now`. */
    @SerialName("unit") val unit: String,
    /** The person's usual value. */
    @SerialName("baseline") val baseline: Double? = null,
    /** The value now. */
    @SerialName("now") val now: Double? = null,
)
/** What a record should have said. */
@Serializable
public data class CorrectRequest(
    /** The source's id of the record, or `event:<id>`. */
    @SerialName("record") val record: String,
    /** What it should have said. */
    @SerialName("replacement") val replacement: EventBody,
    /** Who said it. */
    @SerialName("source") val source: String,
    /** Why, in words. */
    @SerialName("reason") val reason: String? = null,
)
/** An event kind, and where its fields come from. */
@Serializable
public data class CsvFact(
    /** The event kind: `task.completed`, `health.caffeine_consumed` … */
    @SerialName("kind") val kind: String,
    /** Its fields. */
    @SerialName("fields") val fields: List<CsvField>? = null,
)
/** A field of an event. */
@Serializable
public data class CsvField(
    /** The field's name in the event. */
    @SerialName("field") val field: String,
    /** Column it comes from; an empty cell leaves it out. */
    @SerialName("column") val column: String? = null,
    /** What the cell is. Default: `text`. */
    @SerialName("kind") val kind: CsvFieldKind? = null,
    /** A number times this is in the event's unit. Default 1. */
    @SerialName("multiply") val multiply: Double? = null,
    /** The same text for every row; instead of `column`. */
    @SerialName("text") val text: String? = null,
)
/** What a cell is. */
@Serializable(with = CsvFieldKind.Serializer::class)
public sealed class CsvFieldKind(public val word: String) {
    /** Text. */
    public data object TEXT : CsvFieldKind("text")
    /** A number. */
    public data object NUMBER : CsvFieldKind("number")
    /** `true`, `yes`, `1` or `false`, `no`, `0`. */
    public data object TRUTH : CsvFieldKind("truth")
    /** A time, written as that of the row. */
    public data object TIME : CsvFieldKind("time")
    /** The row's start; needs no column. */
    public data object START : CsvFieldKind("start")
    /** The row's end; needs no column. */
    public data object END : CsvFieldKind("end")
    /** A word of a later version. */
    public data class Unknown(val text: String) : CsvFieldKind(text)

    final override fun toString(): String = word

    public companion object {
        /** The case of a word. */
        public fun of(word: String): CsvFieldKind = when (word) {
            "text" -> TEXT
            "number" -> NUMBER
            "truth" -> TRUTH
            "time" -> TIME
            "start" -> START
            "end" -> END
            else -> Unknown(word)
        }
    }

    internal object Serializer : WordSerializer<CsvFieldKind>("CsvFieldKind", CsvFieldKind::word, ::of)
}
/** What the columns of a table mean. The table has a header; columns are named by it. */
@Serializable
public data class CsvMapping(
    /** Who recorded the rows: the app or device, `my_scale`. The source of all records. */
    @SerialName("source") val source: String,
    /** When: of a span its start. */
    @SerialName("time") val time: CsvTime,
    /** The end of the span a row is of; absent for moments. */
    @SerialName("end") val end: CsvTime? = null,
    /** The fact that a row is. */
    @SerialName("fact") val fact: CsvFact? = null,
    /** Length of the span a row is of, seconds; instead of `end`. */
    @SerialName("length_s") val lengthS: Double? = null,
    /** Figures of a row. */
    @SerialName("metrics") val metrics: List<CsvMetric>? = null,
    /** Column that holds the row's own id; a row with a known id revises it. Absent: the content is the id. */
    @SerialName("record") val record: String? = null,
)
/** A figure: a column with values, and what they are of. */
@Serializable
public data class CsvMetric(
    /** Column with the value. An empty cell says nothing. */
    @SerialName("value") val value: String,
    /** Added after multiplying. Default 0. */
    @SerialName("add") val add: Double? = null,
    /** A metric of the catalogue, or one of your own with your source before a colon: `my_app:focus`. */
    @SerialName("metric") val metric: String? = null,
    /** Column with the metric, for tables with a row for each; instead of `metric`. */
    @SerialName("metric_column") val metricColumn: String? = null,
    /** The value times this is in the unit. Default 1. */
    @SerialName("multiply") val multiply: Double? = null,
    /** Keep each value as a measurement of its own, with the row's id, instead of a sample of a series. */
    @SerialName("single") val single: Boolean? = null,
    /** UCUM unit after `multiply` and `add`; metrics of the catalogue: the catalogue's, which is the default. */
    @SerialName("unit") val unit: String? = null,
    /** Column with the unit, checked against the catalogue's; instead of `unit`. */
    @SerialName("unit_column") val unitColumn: String? = null,
)
/** A column with a time. */
@Serializable
public data class CsvTime(
    /** The column. */
    @SerialName("column") val column: String,
    /** How it is written. Default: `iso`. */
    @SerialName("format") val format: CsvTimeFormat? = null,
    /** IANA zone of times without one. Default: the zone handed in at the import. */
    @SerialName("zone") val zone: String? = null,
)
/** How a time is written. */
@Serializable(with = CsvTimeFormat.Serializer::class)
public sealed class CsvTimeFormat(public val word: String) {
    /** `2026-03-01T08:30:00+01:00`, `2026-03-01 08:30`, `2026-03-01`. */
    public data object ISO : CsvTimeFormat("iso")
    /** `03/01/2026 8:30 AM`. */
    public data object MONTH_FIRST : CsvTimeFormat("month_first")
    /** `01.03.2026 08:30`. */
    public data object DAY_FIRST : CsvTimeFormat("day_first")
    /** Seconds since 1970, UTC. */
    public data object UNIX_SECONDS : CsvTimeFormat("unix_seconds")
    /** Milliseconds since 1970, UTC. */
    public data object UNIX_MILLISECONDS : CsvTimeFormat("unix_milliseconds")
    /** A word of a later version. */
    public data class Unknown(val text: String) : CsvTimeFormat(text)

    final override fun toString(): String = word

    public companion object {
        /** The case of a word. */
        public fun of(word: String): CsvTimeFormat = when (word) {
            "iso" -> ISO
            "month_first" -> MONTH_FIRST
            "day_first" -> DAY_FIRST
            "unix_seconds" -> UNIX_SECONDS
            "unix_milliseconds" -> UNIX_MILLISECONDS
            else -> Unknown(word)
        }
    }

    internal object Serializer : WordSerializer<CsvTimeFormat>("CsvTimeFormat", CsvTimeFormat::word, ::of)
}
/** A quantity over time. */
@Serializable
public data class CurveView(
    /** What it is. */
    @SerialName("name") val name: String,
    /** Its points, in time order. */
    @SerialName("points") val points: List<PointView>,
    /** UCUM unit. */
    @SerialName("unit") val unit: String,
)
/** What is known of one civil day. What is absent is not known; it is not zero. */
@Serializable
public data class DayView(
    /** Answers on scales. */
    @SerialName("check_ins") val checkIns: List<CheckInView>,
    /** The day. */
    @SerialName("date") val date: LocalDate,
    /** Its end: 23, 24 or 25 hours later, or as long as a flight made it. */
    @SerialName("end") val end: Timestamp,
    /** Training load of the day by rule; loads of different rules do not compare. */
    @SerialName("loads") val loads: List<LoadView>,
    /** Single measurements: weight, VO2max … */
    @SerialName("measurements") val measurements: List<MeasurementView>,
    /** Every other metric of the day. */
    @SerialName("metrics") val metrics: List<MetricView>,
    /** Symptoms and medications noted. */
    @SerialName("notes") val notes: List<NoteView>,
    /** Training sessions, in order. */
    @SerialName("sessions") val sessions: List<SessionView>,
    /** Its first instant. */
    @SerialName("start") val start: Timestamp,
    /** Steps and movement. */
    @SerialName("activity") val activity: ActivityView? = null,
    /** Alcohol noted, standard drinks; 0 where "none" was noted. */
    @SerialName("alcohol_drinks") val alcoholDrinks: Double? = null,
    /** Caffeine noted, milligrams. */
    @SerialName("caffeine_mg") val caffeineMg: Double? = null,
    /** Meetings. */
    @SerialName("calendar") val calendar: CalendarView? = null,
    /** Mean of the energy told, 0..=1. */
    @SerialName("energy") val energy: Double? = null,
    /** Heart rate. */
    @SerialName("heart") val heart: HeartView? = null,
    /** Heart rate variability. */
    @SerialName("hrv") val hrv: HrvView? = null,
    /** Seconds east of UTC as the devices had it at the end of the day; on a journey not the zone's. */
    @SerialName("lived_offset_s") val livedOffsetS: Long? = null,
    /** Minutes asleep in naps. */
    @SerialName("nap_min") val napMin: Double? = null,
    /** The main sleep that ended on this day. */
    @SerialName("sleep") val sleep: NightView? = null,
    /** Highest stress noticed, 0..=1. */
    @SerialName("stress") val stress: Double? = null,
    /** Tasks begun, finished, put off. */
    @SerialName("tasks") val tasks: TasksView? = null,
    /** Work beside meetings and tasks, learning, working together. */
    @SerialName("work") val work: WorkView? = null,
    /** IANA zone lived in, where known. */
    @SerialName("zone") val zone: String? = null,
)
/** Which days to read. */
@Serializable
public data class DaysRequest(
    /** First day. */
    @SerialName("from") val from: LocalDate,
    /** Last day. */
    @SerialName("to") val to: LocalDate,
)
/** Days, oldest first; days of which nothing is known are left out. */
@Serializable
public data class DaysView(
    /** The days. */
    @SerialName("days") val days: List<DayView>,
)
/** A record to take back. */
@Serializable
public data class DeleteRequest(
    /** The source's id of the record, or `event:<id>`. */
    @SerialName("record") val record: String,
    /** Who said it. */
    @SerialName("source") val source: String,
)
/** What is known of a device or source. */
@Serializable
public data class DeviceDescribed(
    /** What kind of thing it is; decides whose samples win where devices overlap. */
    @SerialName("kind") val kind: DeviceKind,
    /** The device; absent when the source is the device. */
    @SerialName("device") val device: DeviceId? = null,
    /** Maker. */
    @SerialName("manufacturer") val manufacturer: String? = null,
    /** Model. */
    @SerialName("model") val model: String? = null,
    /** Software version. */
    @SerialName("software") val software: String? = null,
) : EventData {
    override val eventKind: String get() = "source.device_described"
}
public typealias DeviceId = String
/** Kinds of devices. */
@Serializable(with = DeviceKind.Serializer::class)
public sealed class DeviceKind(public val word: String) {
    /** Chest strap. */
    public data object STRAP : DeviceKind("strap")
    /** Watch or band. */
    public data object WATCH : DeviceKind("watch")
    /** Ring. */
    public data object RING : DeviceKind("ring")
    /** Phone. */
    public data object PHONE : DeviceKind("phone")
    /** Scale. */
    public data object SCALE : DeviceKind("scale")
    /** Bike computer and other sport instruments. */
    public data object SPORT_COMPUTER : DeviceKind("sport_computer")
    /** Medical or laboratory instrument. */
    public data object INSTRUMENT : DeviceKind("instrument")
    /** Entered by hand. */
    public data object MANUAL : DeviceKind("manual")
    /** Not known, as `unknown`; or a word of a later version. */
    public data class Unknown(val text: String) : DeviceKind(text)

    final override fun toString(): String = word

    public companion object {
        /** The case of a word. */
        public fun of(word: String): DeviceKind = when (word) {
            "strap" -> STRAP
            "watch" -> WATCH
            "ring" -> RING
            "phone" -> PHONE
            "scale" -> SCALE
            "sport_computer" -> SPORT_COMPUTER
            "instrument" -> INSTRUMENT
            "manual" -> MANUAL
            else -> Unknown(word)
        }
    }

    internal object Serializer : WordSerializer<DeviceKind>("DeviceKind", DeviceKind::word, ::of)
}
/** The verb was done. */
@Serializable
public data class DoneView(
    /** Always true. */
    @SerialName("done") val done: Boolean,
)
/** How much energy the person has. */
@Serializable
public data class EnergyUpdated(
    /** Energy, 0 (none) to 1 (full). */
    @SerialName("energy") val energy: Double,
    /** Who says so: `self`, a device, a reaction test. */
    @SerialName("by") val by: String? = null,
) : EventData {
    override val eventKind: String get() = "capacity.energy_updated"
}
/** A number with all that one needs to trust it, or not: unit, interval, confidence, reasons, gaps. Nothing here is a diagnosis. */
@Serializable
public data class Estimate(
    /** Confidence, 0..=1. */
    @SerialName("confidence") val confidence: Double,
    /** Share of the input that was there, 0..=1. */
    @SerialName("coverage") val coverage: Double,
    /** What sort of number it is. */
    @SerialName("kind") val kind: EstimateKind,
    /** The model. */
    @SerialName("model") val model: String,
    /** Effective number of observations behind it. */
    @SerialName("n_effective") val nEffective: Double,
    /** Share of it that comes from the population and not from the person, 0..=1. */
    @SerialName("prior_share") val priorShare: Double,
    /** Whether and why it can be given. */
    @SerialName("status") val status: EstimateStatus,
    /** UCUM unit. */
    @SerialName("unit") val unit: String,
    /** The model's version. */
    @SerialName("version") val version: String,
    /** The newest input. */
    @SerialName("as_of") val asOf: Timestamp? = null,
    /** What moved it, adding up to value minus baseline. */
    @SerialName("contributions") val contributions: List<Contribution>? = null,
    /** What was missing. */
    @SerialName("gaps") val gaps: List<String>? = null,
    /** High end of the 80 % interval. */
    @SerialName("high") val high: Double? = null,
    /** Low end of the 80 % interval. */
    @SerialName("low") val low: Double? = null,
    /** The value; absent where it cannot be given honestly. */
    @SerialName("value") val value: Double? = null,
)
/** Sorts of numbers. */
@Serializable(with = EstimateKind.Serializer::class)
public sealed class EstimateKind(public val word: String) {
    /** A quantity with a unit. */
    public data object QUANTITY : EstimateKind("quantity")
    /** A probability, 0..=1. */
    public data object PROBABILITY : EstimateKind("probability")
    /** A score of our own making. */
    public data object INDEX : EstimateKind("index")
    /** A word of a later version. */
    public data class Unknown(val text: String) : EstimateKind(text)

    final override fun toString(): String = word

    public companion object {
        /** The case of a word. */
        public fun of(word: String): EstimateKind = when (word) {
            "quantity" -> QUANTITY
            "probability" -> PROBABILITY
            "index" -> INDEX
            else -> Unknown(word)
        }
    }

    internal object Serializer : WordSerializer<EstimateKind>("EstimateKind", EstimateKind::word, ::of)
}
/** Whether an estimate can be given. */
@Serializable(with = EstimateStatus.Serializer::class)
public sealed class EstimateStatus(public val word: String) {
    /** It can. */
    public data object OK : EstimateStatus("ok")
    /** It can, on little data. */
    public data object PROVISIONAL : EstimateStatus("provisional")
    /** Too little data. */
    public data object INSUFFICIENT_DATA : EstimateStatus("insufficient_data")
    /** The newest input is too old. */
    public data object STALE : EstimateStatus("stale")
    /** The asker may not see it. */
    public data object MASKED : EstimateStatus("masked")
    /** An input is outside what the model was made for. */
    public data object OUT_OF_RANGE_INPUT : EstimateStatus("out_of_range_input")
    /** The model declines. */
    public data object ABSTAINED : EstimateStatus("abstained")
    /** A word of a later version. */
    public data class Unknown(val text: String) : EstimateStatus(text)

    final override fun toString(): String = word

    public companion object {
        /** The case of a word. */
        public fun of(word: String): EstimateStatus = when (word) {
            "ok" -> OK
            "provisional" -> PROVISIONAL
            "insufficient_data" -> INSUFFICIENT_DATA
            "stale" -> STALE
            "masked" -> MASKED
            "out_of_range_input" -> OUT_OF_RANGE_INPUT
            "abstained" -> ABSTAINED
            else -> Unknown(word)
        }
    }

    internal object Serializer : WordSerializer<EstimateStatus>("EstimateStatus", EstimateStatus::word, ::of)
}
@Serializable
public data class EventBody(
    @SerialName("data") val data: JsonElement,
    @SerialName("kind") val kind: String,
    @SerialName("version") val version: Long,
)
/** Somebody told somebody how their work is. */
@Serializable
public data class FeedbackGiven(
    /** What kind. */
    @SerialName("kind") val kind: FeedbackKind,
    /** Who. */
    @SerialName("from") val from: String? = null,
    /** How good the work is, 0..=1. */
    @SerialName("rating") val rating: Double? = null,
    /** Which skill it is about. */
    @SerialName("skill") val skill: String? = null,
    /** Which task it is about. */
    @SerialName("task") val task: String? = null,
    /** To whom. */
    @SerialName("to") val to: String? = null,
) : EventData {
    override val eventKind: String get() = "collaboration.feedback_given"
}
/** A kind of feedback. */
@Serializable(with = FeedbackKind.Serializer::class)
public sealed class FeedbackKind(public val word: String) {
    /** Praise, thanks. */
    public data object PRAISE : FeedbackKind("praise")
    /** What could be better. */
    public data object SUGGESTION : FeedbackKind("suggestion")
    /** A worry. */
    public data object CONCERN : FeedbackKind("concern")
    /** A conflict about the work. */
    public data object TASK_CONFLICT : FeedbackKind("task_conflict")
    /** A conflict between people. */
    public data object RELATIONSHIP_CONFLICT : FeedbackKind("relationship_conflict")
    /** A word of a later version. */
    public data class Unknown(val text: String) : FeedbackKind(text)

    final override fun toString(): String = word

    public companion object {
        /** The case of a word. */
        public fun of(word: String): FeedbackKind = when (word) {
            "praise" -> PRAISE
            "suggestion" -> SUGGESTION
            "concern" -> CONCERN
            "task_conflict" -> TASK_CONFLICT
            "relationship_conflict" -> RELATIONSHIP_CONFLICT
            else -> Unknown(word)
        }
    }

    internal object Serializer : WordSerializer<FeedbackKind>("FeedbackKind", FeedbackKind::word, ::of)
}
/** A figure that differs between two readings of a day. */
@Serializable
public data class Figure(
    /** Its path in a `DayView`; an item of a list is named by what it is about: `loads[edwards].load`. */
    @SerialName("name") val name: String,
    /** After; absent where it is not known any more. */
    @SerialName("after") val after: Double? = null,
    /** Before; absent where it was not known. */
    @SerialName("before") val before: Double? = null,
)
/** A grant to somebody. */
@Serializable
public data class GrantRequest(
    /** Who may read. */
    @SerialName("actor") val actor: String,
    /** What for. */
    @SerialName("purpose") val purpose: Purpose,
    /** Until when; default: until it is revoked. */
    @SerialName("until") val until: Timestamp? = null,
)
/** Work went from one to another. `at` is when it was taken up. */
@Serializable
public data class HandedOff(
    /** What. */
    @SerialName("task") val task: String,
    /** From whom. */
    @SerialName("from") val from: String? = null,
    /** Since when it was ready to be taken. */
    @SerialName("ready_at") val readyAt: Timestamp? = null,
    /** It was given back within a week. */
    @SerialName("returned") val returned: Boolean? = null,
    /** Work that had to be done again for it, seconds, ≥ 0. */
    @SerialName("rework_s") val reworkS: Double? = null,
    /** To whom. */
    @SerialName("to") val to: String? = null,
) : EventData {
    override val eventKind: String get() = "collaboration.handed_off"
}
/** A line of a header, or a field of a query. */
@Serializable
public data class HeaderField(
    /** Its name, in any case. */
    @SerialName("name") val name: String,
    /** Its value. */
    @SerialName("value") val value: String,
)
/** Heart rate of a day, per minute. */
@Serializable
public data class HeartView(
    /** Hours with a value. */
    @SerialName("covered_h") val coveredH: Double,
    /** Highest sample. */
    @SerialName("max_bpm") val maxBpm: Double? = null,
    /** Mean, weighted by time. */
    @SerialName("mean_bpm") val meanBpm: Double? = null,
    /** Lowest sample. */
    @SerialName("min_bpm") val minBpm: Double? = null,
    /** Resting heart rate: of the night, else the source's own. */
    @SerialName("resting") val resting: Estimate? = null,
    /** How the resting rate was found: `night_low`, or the source that states it. */
    @SerialName("resting_method") val restingMethod: String? = null,
)
/** Which metric or facts to read. */
@Serializable
public data class HistoryRequest(
    /** A metric of the catalogue, a vendor's own, or an event kind (`task.completed`). */
    @SerialName("metric") val metric: String,
    /** In steps of so many seconds, counted from 1970 in UTC; default: at every instant. */
    @SerialName("every_s") val everyS: Double? = null,
    /** From, included. */
    @SerialName("from") val from: Timestamp? = null,
    /** As known at this moment. */
    @SerialName("known_at") val knownAt: Timestamp? = null,
    /** Every stored sample with its source, nothing resolved; default: no. */
    @SerialName("raw") val raw: Boolean? = null,
    /** To, excluded. */
    @SerialName("to") val to: Timestamp? = null,
)
/** A row of a history. */
@Serializable
public data class HistoryRow(
    /** Who said it; in steps the sources joined by `+`. */
    @SerialName("source") val source: String,
    /** Start; UTC. */
    @SerialName("start") val start: Timestamp,
    /** The value; in steps the mean weighted by time, or the total of a cumulative metric. */
    @SerialName("value") val value: Double,
    /** End; UTC; absent for an instant. */
    @SerialName("end") val end: Timestamp? = null,
    /** Greatest value in a step. */
    @SerialName("max") val max: Double? = null,
    /** How it was measured. */
    @SerialName("method") val method: String? = null,
    /** Least value in a step. */
    @SerialName("min") val min: Double? = null,
    /** Pieces in a step. */
    @SerialName("n") val n: Long? = null,
)
/** A metric over time. */
@Serializable
public data class HistoryView(
    /** Facts of an event kind. */
    @SerialName("events") val events: List<Event>,
    /** What was asked for. */
    @SerialName("metric") val metric: String,
    /** Rows in order. */
    @SerialName("rows") val rows: List<HistoryRow>,
    /** UCUM unit of the values. */
    @SerialName("unit") val unit: String,
)
/** One local hour. */
@Serializable
public data class HourView(
    /** Local hour, 0..=23. */
    @SerialName("hour") val hour: Long,
    /** The amount. */
    @SerialName("value") val value: Double,
)
/** Heart rate variability of a day, milliseconds. */
@Serializable
public data class HrvView(
    /** How RMSSD was measured: `night`, `morning`, or `stated` by the source; values of different methods do not compare. */
    @SerialName("method") val method: String,
    /** Who recorded it. */
    @SerialName("source") val source: String,
    /** RMSSD, where beats or a source give it. */
    @SerialName("rmssd") val rmssd: Estimate? = null,
    /** SDNN, where only that is known. Never compared with RMSSD. */
    @SerialName("sdnn_ms") val sdnnMs: Double? = null,
    /** Who stated the SDNN. */
    @SerialName("sdnn_source") val sdnnSource: String? = null,
)
/** What a server answered. */
@Serializable
public data class HttpAnswer(
    /** 100..=599. */
    @SerialName("status") val status: Long,
    /** The body as text. */
    @SerialName("body") val body: String? = null,
    /** At least `Location` and `Retry-After`, where the answer has them. */
    @SerialName("headers") val headers: List<HeaderField>? = null,
)
/** A request for the host to make. */
@Serializable
public data class HttpAsk(
    /** The body. */
    @SerialName("body") val body: String,
    /** Headers, without `Authorization`. */
    @SerialName("headers") val headers: List<HeaderField>,
    /** `PROPFIND` or `REPORT`. */
    @SerialName("method") val method: String,
    /** Absolute; always of the scheme, host and port that were given. */
    @SerialName("url") val url: String,
)
/** How a file is read. Its bytes come beside the request, or from a path. */
@Serializable
public data class ImportRequest(
    /** Take the consent that an export of a twin holds; only the person may. Default: no. */
    @SerialName("consent") val consent: Boolean? = null,
    /** What the columns of a table mean, as JSON text (`csv_mapping`). */
    @SerialName("mapping") val mapping: String? = null,
    /** The file's name, as the answer shall call it; default: the path's last part, else `file`. */
    @SerialName("name") val name: String? = null,
    /** A file of this machine, read piece by piece; not in a browser. */
    @SerialName("path") val path: String? = null,
    /** Read only this person of a file that holds several. */
    @SerialName("subject") val subject: String? = null,
    /** IANA zone of times that are written without one; default: the person's, else UTC. */
    @SerialName("zone") val zone: String? = null,
)
/** What an import did. A stable form: `humantwin import --json` prints it. */
@Serializable
public data class ImportView(
    /** Samples that were there already. */
    @SerialName("duplicate_samples") val duplicateSamples: Long,
    /** Observations that were there already. */
    @SerialName("duplicates") val duplicates: Long,
    /** New events in the log. */
    @SerialName("events") val events: Long,
    /** The import was stopped; import the file again to go on. */
    @SerialName("interrupted") val interrupted: Boolean,
    /** Observations read. */
    @SerialName("observations") val observations: Long,
    /** The file's name, as given. */
    @SerialName("path") val path: String,
    /** What was refused, by reason. */
    @SerialName("refused") val refused: List<RefusedView>,
    /** New samples. */
    @SerialName("samples") val samples: Long,
    /** Oddities that lost nothing. */
    @SerialName("warnings") val warnings: List<Warning>,
    /** Why the file could not be read, as `code: message`. */
    @SerialName("error") val error: String? = null,
    /** The format found: `apple_health`, `fit`, `icalendar`, `fitbit_sleep` … */
    @SerialName("format") val format: String? = null,
)
/** The imports so far. */
@Serializable
public data class ImportsView(
    /** Oldest first. */
    @SerialName("imports") val imports: List<PastImportView>,
)
/** One field of a kept message. */
@Serializable
public data class KeptField(
    /** The field's name. */
    @SerialName("name") val name: String,
    /** Its value: a number, or the text of one of many numbers. */
    @SerialName("value") val value: KeptValue,
    /** Its unit, as the source writes it. */
    @SerialName("unit") val unit: String? = null,
)
/** A value of a kept message. */
public typealias KeptValue = JsonElement
/** One lap of a workout. */
@Serializable
public data class Lap(
    /** End; UTC. */
    @SerialName("end") val end: Timestamp,
    /** Start; UTC. */
    @SerialName("start") val start: Timestamp,
    /** Distance, metres. */
    @SerialName("distance_m") val distanceM: Double? = null,
    /** Mean heart rate, per minute. */
    @SerialName("heart_rate_mean") val heartRateMean: Double? = null,
)
/** The newest value of a metric. */
@Serializable
public data class LastView(
    /** When. */
    @SerialName("at") val at: Timestamp,
    /** Metric. */
    @SerialName("metric") val metric: String,
    /** Who. */
    @SerialName("source") val source: String,
    /** Value. */
    @SerialName("value") val value: Double,
    /** UCUM unit, where the catalogue has one. */
    @SerialName("unit") val unit: String? = null,
)
/** Something was learnt: a course, a book, a session of practice. */
@Serializable
public data class LearningCompleted(
    /** How. */
    @SerialName("method") val method: LearningMethod,
    /** Time spent, seconds, ≥ 0. */
    @SerialName("duration_s") val durationS: Double? = null,
    /** Who. */
    @SerialName("person") val person: String? = null,
    /** What came of it, 0..=1: share of right answers, mark. */
    @SerialName("score") val score: Double? = null,
    /** What was learnt. */
    @SerialName("skills") val skills: List<String>? = null,
    /** What it is called. */
    @SerialName("title") val title: String? = null,
) : EventData {
    override val eventKind: String get() = "learning.completed"
}
/** Something that can be learnt. */
@Serializable
public data class LearningItemRequest(
    /** Hours it takes, ≥ 0. */
    @SerialName("hours") val hours: Double,
    /** Its name; each name once. */
    @SerialName("name") val name: String,
    /** The skill it is for. */
    @SerialName("skill") val skill: String,
    /** When it should be done. */
    @SerialName("due") val due: Timestamp? = null,
    /** Names of items that come before. */
    @SerialName("needs") val needs: List<String>? = null,
    /** Probability that it is completed once begun, 0..=1; default: 1. */
    @SerialName("p_complete") val pComplete: Double? = null,
    /** Points it brings; default: all that is missing. */
    @SerialName("points") val points: Double? = null,
)
/** A way of learning. */
@Serializable(with = LearningMethod.Serializer::class)
public sealed class LearningMethod(public val word: String) {
    /** A course or lecture. */
    public data object COURSE : LearningMethod("course")
    /** Reading, watching. */
    public data object READING : LearningMethod("reading")
    /** Practice spread over time, with recall. */
    public data object PRACTICE : LearningMethod("practice")
    /** Working in a pair. */
    public data object PAIR_WORK : LearningMethod("pair_work")
    /** A project. */
    public data object PROJECT : LearningMethod("project")
    /** Being mentored. */
    public data object MENTORING : LearningMethod("mentoring")
    /** Any other. */
    public data object OTHER : LearningMethod("other")
    /** A word of a later version. */
    public data class Unknown(val text: String) : LearningMethod(text)

    final override fun toString(): String = word

    public companion object {
        /** The case of a word. */
        public fun of(word: String): LearningMethod = when (word) {
            "course" -> COURSE
            "reading" -> READING
            "practice" -> PRACTICE
            "pair_work" -> PAIR_WORK
            "project" -> PROJECT
            "mentoring" -> MENTORING
            "other" -> OTHER
            else -> Unknown(word)
        }
    }

    internal object Serializer : WordSerializer<LearningMethod>("LearningMethod", LearningMethod::word, ::of)
}
/** Something that found no place. */
@Serializable
public data class LeftOut(
    /** What. */
    @SerialName("name") val name: String,
    /** Which rule holds it back. */
    @SerialName("reason") val reason: String,
)
/** A day's training load by one rule. */
@Serializable
public data class LoadView(
    /** Sum of the day's sessions, in the rule's own points. */
    @SerialName("load") val load: Double,
    /** The rule: `banister_trimp`, `edwards`, `session_rpe`. */
    @SerialName("method") val method: String,
)
/** How much to do. */
@Serializable
public data class MaintainRequest(
    /** At most about so many small steps of a few milliseconds; default: 100. */
    @SerialName("steps") val steps: Long? = null,
)
/** What a round of upkeep did. */
@Serializable
public data class MaintainView(
    /** Nothing is left to do. */
    @SerialName("done") val done: Boolean,
    /** Days folded. */
    @SerialName("folded") val folded: Long,
    /** Small segments of samples joined, so that they are read faster. */
    @SerialName("joined") val joined: Long,
)
/** One measurement of a metric at a moment or over a span: weight, resting heart rate, VO2max … */
@Serializable
public data class MeasurementRecorded(
    /** A metric of the catalogue, or a vendor's own. */
    @SerialName("metric") val metric: MetricId,
    /** UCUM unit; the catalogue's unit for catalogue metrics. */
    @SerialName("unit") val unit: String,
    /** The value, in `unit`. */
    @SerialName("value") val value: Double,
    /** Start of the span measured; absent for a moment. */
    @SerialName("start") val start: Timestamp? = null,
) : EventData {
    override val eventKind: String get() = "health.measurement_recorded"
}
/** A measurement. */
@Serializable
public data class MeasurementView(
    /** When. */
    @SerialName("at") val at: Timestamp,
    /** Metric. */
    @SerialName("metric") val metric: String,
    /** Who. */
    @SerialName("source") val source: String,
    /** UCUM unit. */
    @SerialName("unit") val unit: String,
    /** Value. */
    @SerialName("value") val value: Double,
)
/** A medication taken. */
@Serializable
public data class MedicationTaken(
    /** The medication. */
    @SerialName("name") val name: String,
    /** Amount in `unit`. */
    @SerialName("dose") val dose: Double? = null,
    /** UCUM unit of the dose. */
    @SerialName("unit") val unit: String? = null,
) : EventData {
    override val eventKind: String get() = "health.medication_taken"
}
/** A meeting that took place, as the calendar or the person tells. `at` is its end. */
@Serializable
public data class MeetingAttended(
    /** The entry and, for a series, the occurrence. */
    @SerialName("entry") val entry: CalendarEntry,
    /** How it went, where that is known. */
    @SerialName("quality") val quality: MeetingQuality? = null,
) : EventData {
    override val eventKind: String get() = "collaboration.meeting_attended"
}
/** A calendar entry still ahead. `at` is the moment the plan was made, never the meeting's own time. */
@Serializable
public data class MeetingPlanned(
    /** The entry and, for a series, the occurrence. */
    @SerialName("entry") val entry: CalendarEntry,
) : EventData {
    override val eventKind: String get() = "collaboration.meeting_planned"
}
/** How a meeting went. */
@Serializable
public data class MeetingQuality(
    /** An agenda was there before. */
    @SerialName("agenda") val agenda: Boolean? = null,
    /** Decisions and actions written down. */
    @SerialName("decisions") val decisions: Long? = null,
    /** Messages the person sent meanwhile. */
    @SerialName("messages_sent") val messagesSent: Long? = null,
    /** It began on time. */
    @SerialName("on_time") val onTime: Boolean? = null,
    /** How unequal the speaking times were, Gini coefficient 0..=1. */
    @SerialName("speaking_gini") val speakingGini: Double? = null,
    /** How useful the person found it, 0..=1. */
    @SerialName("usefulness") val usefulness: Double? = null,
)
/** Somebody helped somebody to learn. */
@Serializable
public data class MentoringSession(
    /** How long, seconds, ≥ 0. */
    @SerialName("duration_s") val durationS: Double? = null,
    /** Who learnt. */
    @SerialName("mentee") val mentee: String? = null,
    /** Who taught. */
    @SerialName("mentor") val mentor: String? = null,
    /** How much it helped, 0..=1. */
    @SerialName("rating") val rating: Double? = null,
    /** What. */
    @SerialName("skill") val skill: String? = null,
) : EventData {
    override val eventKind: String get() = "collaboration.mentoring_session"
}
/** What a merge did. */
@Serializable
public data class MergeReport(
    /** Events that were there, and of which the other log knew earlier. */
    @SerialName("earlier") val earlier: Long,
    /** Events that were not there before. */
    @SerialName("events") val events: Long,
    /** Samples of their series. */
    @SerialName("samples") val samples: Long,
    /** Events of the other log. */
    @SerialName("seen") val seen: Long,
)
/** Where the other log is: a twin's file of this machine, else packed bytes beside the request. */
@Serializable
public data class MergeRequest(
    /** A twin's file of this machine; not in a browser. */
    @SerialName("path") val path: String? = null,
)
/** A message of a source that has no form of its own here, kept word for word. */
@Serializable
public data class MessageKept(
    /** The format: `fit`, `apple_health` … */
    @SerialName("format") val format: String,
    /** The message's own name there. */
    @SerialName("message") val message: String,
    /** Its fields, in order. */
    @SerialName("fields") val fields: List<KeptField>? = null,
) : EventData {
    override val eventKind: String get() = "source.message_kept"
}
/** A message was sent. Its text is not kept. */
@Serializable
public data class MessageSent(
    /** Where: `mail`, `chat`, `issue`, `review` … */
    @SerialName("channel") val channel: String,
    /** Emoji in it. */
    @SerialName("emoji") val emoji: Long? = null,
    /** Who wrote it. */
    @SerialName("from") val from: String? = null,
    /** Time since the message it answers, seconds, ≥ 0. */
    @SerialName("latency_s") val latencyS: Double? = null,
    /** Characters. */
    @SerialName("length") val length: Long? = null,
    /** It asks something. */
    @SerialName("question") val question: Boolean? = null,
    /** It answers another message. */
    @SerialName("reply") val reply: Boolean? = null,
    /** How it is written; only where reading the text was granted, and made on the device. */
    @SerialName("style") val style: MessageStyle? = null,
    /** The conversation. */
    @SerialName("thread") val thread: String? = null,
    /** To whom, where that is known; a channel's readers are not. */
    @SerialName("to") val to: List<String>? = null,
) : EventData {
    override val eventKind: String get() = "collaboration.message_sent"
}
/** How a message is written, as rates 0..=1 of its words. */
@Serializable
public data class MessageStyle(
    /** Adverbs. */
    @SerialName("adverbs") val adverbs: Double,
    /** Articles. */
    @SerialName("articles") val articles: Double,
    /** Auxiliary verbs. */
    @SerialName("auxiliary_verbs") val auxiliaryVerbs: Double,
    /** Conjunctions. */
    @SerialName("conjunctions") val conjunctions: Double,
    /** Impersonal pronouns. */
    @SerialName("impersonal_pronouns") val impersonalPronouns: Double,
    /** Negations. */
    @SerialName("negations") val negations: Double,
    /** Personal pronouns. */
    @SerialName("personal_pronouns") val personalPronouns: Double,
    /** Prepositions. */
    @SerialName("prepositions") val prepositions: Double,
    /** Quantifiers. */
    @SerialName("quantifiers") val quantifiers: Double,
    /** Words. */
    @SerialName("words") val words: Long,
    /** Affect, -1 (bad) to 1 (good). */
    @SerialName("affect") val affect: Double? = null,
    /** How direct, 0..=1. */
    @SerialName("directness") val directness: Double? = null,
    /** How formal, 0..=1. */
    @SerialName("formality") val formality: Double? = null,
)
public typealias MethodId = String
public typealias MetricId = String
/** Any metric of a day. */
@Serializable
public data class MetricView(
    /** Samples outside the plausible range. */
    @SerialName("flagged") val flagged: Long,
    /** Greatest. */
    @SerialName("max") val max: Double,
    /** Metric. */
    @SerialName("metric") val metric: String,
    /** Least. */
    @SerialName("min") val min: Double,
    /** Samples of all sources. */
    @SerialName("samples") val samples: Long,
    /** Sources, the one that gave most first. */
    @SerialName("sources") val sources: List<ShareView>,
    /** Mean, weighted by time. */
    @SerialName("mean") val mean: Double? = null,
    /** Total of a cumulative metric. */
    @SerialName("total") val total: Double? = null,
    /** UCUM unit, where the catalogue has one. */
    @SerialName("unit") val unit: String? = null,
)
/** A model was changed. */
@Serializable
public data class ModelUpdated(
    /** The model. */
    @SerialName("model") val model: String,
    /** The version now. */
    @SerialName("version") val version: String,
    /** The version before. */
    @SerialName("before") val before: String? = null,
    /** Why. */
    @SerialName("reason") val reason: String? = null,
) : EventData {
    override val eventKind: String get() = "system.model_updated"
}
/** A model. */
@Serializable
public data class ModelView(
    /** It speaks of health, and is therefore no diagnosis. */
    @SerialName("health") val health: Boolean,
    /** Stable id. */
    @SerialName("id") val id: String,
    /** What it estimates. */
    @SerialName("title") val title: String,
    /** Version; changes whenever the same input may give another answer. */
    @SerialName("version") val version: String,
)
/** The models there are. */
@Serializable
public data class ModelsView(
    /** By id. */
    @SerialName("models") val models: List<ModelView>,
)
/** An estimate with the name of what is estimated. */
@Serializable
public data class NamedEstimate(
    /** The estimate. */
    @SerialName("estimate") val estimate: Estimate,
    /** What is estimated: `sleep_duration`, `resting_heart_rate`, `rmssd` …; of `baseline_z` what is usual, and with `_z` the distance from it. */
    @SerialName("name") val name: String,
)
/** A figure with its name and UCUM unit. */
@Serializable
public data class NamedQuantity(
    /** The source's name of it. */
    @SerialName("name") val name: String,
    /** UCUM unit, or the source's word where it is none. */
    @SerialName("unit") val unit: String,
    /** The figure. */
    @SerialName("value") val value: Double,
)
/** The main sleep of a day (`models-health` §4.2). Durations in minutes. */
@Serializable
public data class NightView(
    /** Going to bed was recorded. */
    @SerialName("bed_known") val bedKnown: Boolean,
    /** End of the block. */
    @SerialName("end") val end: Timestamp,
    /** Total sleep time as an estimate. */
    @SerialName("estimate") val estimate: Estimate,
    /** Time in bed. */
    @SerialName("in_bed_min") val inBedMin: Double,
    /** Local clock hour of the middle of the sleep, 0..24. */
    @SerialName("midpoint_h") val midpointH: Double,
    /** Falling asleep. */
    @SerialName("onset") val onset: Timestamp,
    /** Who recorded it. */
    @SerialName("source") val source: String,
    /** Start of the block: in bed where known, else asleep. */
    @SerialName("start") val start: Timestamp,
    /** Last awakening. */
    @SerialName("wake") val wake: Timestamp,
    /** Total sleep time. */
    @SerialName("asleep_min") val asleepMin: Double? = null,
    /** Awakenings of five minutes or more. */
    @SerialName("awakenings") val awakenings: Long? = null,
    /** Deep sleep. */
    @SerialName("deep_min") val deepMin: Double? = null,
    /** Time asleep over time in bed, 0..=1. */
    @SerialName("efficiency") val efficiency: Double? = null,
    /** Time to fall asleep. */
    @SerialName("latency_min") val latencyMin: Double? = null,
    /** Light sleep. */
    @SerialName("light_min") val lightMin: Double? = null,
    /** REM sleep. */
    @SerialName("rem_min") val remMin: Double? = null,
    /** Awake between falling asleep and the last awakening. */
    @SerialName("waso_min") val wasoMin: Double? = null,
)
/** A note of the person. */
@Serializable
public data class NoteView(
    /** When. */
    @SerialName("at") val at: Timestamp,
    /** `symptom`, `medication`, `caffeine` or `alcohol`. */
    @SerialName("kind") val kind: String,
    /** In words. */
    @SerialName("text") val text: String,
    /** Severity, dose or amount. */
    @SerialName("amount") val amount: Double? = null,
    /** UCUM unit of the amount. */
    @SerialName("unit") val unit: String? = null,
)
/** A verb without anything to say. */
@Serializable
public data object NothingRequest
/** How an engine is opened. */
@Serializable
public data class OpenOptions(
    /** Names this device among those that write to one person's twin, the same at every opening; default: 1. */
    @SerialName("node") val node: Long? = null,
    /** The clock stands still at this moment: for tests, and to replay a past. Default: the host's clock. */
    @SerialName("now") val now: Timestamp? = null,
    /** The twin's file, made when it is not there; default: in memory. Not in a browser. */
    @SerialName("path") val path: String? = null,
    /** Only to read a file that is there, beside a writer. */
    @SerialName("read_only") val readOnly: Boolean? = null,
)
/** A task begun and not finished. */
@Serializable
public data class OpenTaskView(
    /** How often it was put off. */
    @SerialName("delays") val delays: Long,
    /** Since when. */
    @SerialName("since") val since: Timestamp,
    /** The tool's id. */
    @SerialName("task") val task: String,
    /** When it is due. */
    @SerialName("due") val due: Timestamp? = null,
)
/** An import that was done. */
@Serializable
public data class PastImportView(
    /** When. */
    @SerialName("at") val at: Timestamp,
    /** What it did. */
    @SerialName("import") val import: ImportView,
)
/** Somebody's level in a skill. */
@Serializable
public data class PersonSkill(
    /** The level, 0..=100. */
    @SerialName("level") val level: Double,
    /** The skill. */
    @SerialName("skill") val skill: String,
)
/** Somebody who can take tasks. */
@Serializable
public data class PersonToTake(
    /** Hours they have, ≥ 0. */
    @SerialName("hours") val hours: Double,
    /** Who; each name once. */
    @SerialName("person") val person: String,
    /** What they can do. */
    @SerialName("skills") val skills: List<PersonSkill>? = null,
)
/** A stretch of time for a task. */
@Serializable
public data class PlanBlock(
    /** End. */
    @SerialName("end") val end: Timestamp,
    /** Start. */
    @SerialName("start") val start: Timestamp,
    /** The task. */
    @SerialName("task") val task: String,
)
/** A change of the coming days. Days count from 0, the rest of today; a night belongs to the day of waking. */
@Serializable(with = PlanChange.Serializer::class)
public sealed class PlanChange {
    /** Sleep at these times in the nights that end on these days (of 1 and later). */
    @Serializable
    public data class SleepAt(
        /** Going to sleep, `HH:MM`; after noon is the evening before. */
        @SerialName("bed") val bed: String,
        /** Waking, `HH:MM`. */
        @SerialName("wake") val wake: String,
        /** The days. */
        @SerialName("days") val days: List<Long>? = null,
    ) : PlanChange()

    /** A training session more. */
    @Serializable
    public data class Train(
        /** The day. */
        @SerialName("day") val day: Long,
        /** Its load, in the points of the person's other loads, ≥ 0. */
        @SerialName("load") val load: Double,
    ) : PlanChange()

    /** The day's training is left out. */
    @Serializable
    public data class SkipTraining(
        /** The day. */
        @SerialName("day") val day: Long,
    ) : PlanChange()

    /** A day without any training. */
    @Serializable
    public data class RestDay(
        /** The day. */
        @SerialName("day") val day: Long,
    ) : PlanChange()

    /** Caffeine. */
    @Serializable
    public data class Caffeine(
        /** Milligrams, ≥ 0. */
        @SerialName("amount_mg") val amountMg: Double,
        /** When, `HH:MM`. */
        @SerialName("at") val at: String,
        /** The day. */
        @SerialName("day") val day: Long,
    ) : PlanChange()

    /** Alcohol in the evening. */
    @Serializable
    public data class Alcohol(
        /** The day. */
        @SerialName("day") val day: Long,
        /** Standard drinks (10 g of ethanol), ≥ 0. */
        @SerialName("drinks") val drinks: Double,
    ) : PlanChange()

    /** A day off: nobody has to get up. */
    @Serializable
    public data class DayOff(
        /** The day. */
        @SerialName("day") val day: Long,
    ) : PlanChange()

    /** The meeting that is held at this time is dropped. */
    @Serializable
    public data class DropMeeting(
        /** A time within it, `HH:MM`. */
        @SerialName("at") val at: String,
        /** The day. */
        @SerialName("day") val day: Long,
    ) : PlanChange()

    /** One more task. */
    @Serializable
    public data class TakeTask(
        /** From this day on. */
        @SerialName("day") val day: Long,
        /** Estimated hours, > 0. */
        @SerialName("estimate_h") val estimateH: Double,
    ) : PlanChange()

    /** A case of a later version. */
    public data class Unknown(val raw: JsonObject) : PlanChange()

    internal object Serializer : CasesSerializer<PlanChange>() {
        override fun write(value: PlanChange): JsonObject = when (value) {
            is SleepAt -> tagged("sleep_at", SleepAt.serializer(), value)
            is Train -> tagged("train", Train.serializer(), value)
            is SkipTraining -> tagged("skip_training", SkipTraining.serializer(), value)
            is RestDay -> tagged("rest_day", RestDay.serializer(), value)
            is Caffeine -> tagged("caffeine", Caffeine.serializer(), value)
            is Alcohol -> tagged("alcohol", Alcohol.serializer(), value)
            is DayOff -> tagged("day_off", DayOff.serializer(), value)
            is DropMeeting -> tagged("drop_meeting", DropMeeting.serializer(), value)
            is TakeTask -> tagged("take_task", TakeTask.serializer(), value)
            is Unknown -> value.raw
        }

        override fun read(type: String?, raw: JsonObject): PlanChange = when (type) {
            "sleep_at" -> json.decodeFromJsonElement(SleepAt.serializer(), raw)
            "train" -> json.decodeFromJsonElement(Train.serializer(), raw)
            "skip_training" -> json.decodeFromJsonElement(SkipTraining.serializer(), raw)
            "rest_day" -> json.decodeFromJsonElement(RestDay.serializer(), raw)
            "caffeine" -> json.decodeFromJsonElement(Caffeine.serializer(), raw)
            "alcohol" -> json.decodeFromJsonElement(Alcohol.serializer(), raw)
            "day_off" -> json.decodeFromJsonElement(DayOff.serializer(), raw)
            "drop_meeting" -> json.decodeFromJsonElement(DropMeeting.serializer(), raw)
            "take_task" -> json.decodeFromJsonElement(TakeTask.serializer(), raw)
            else -> Unknown(raw)
        }
    }
}
/** A kind of plan. */
@Serializable(with = PlanKind.Serializer::class)
public sealed class PlanKind {
    /** The person's open tasks in the free working time of the coming days, where their energy is. Meetings, tasks with estimates, due dates and what they depend on are those the twin knows. */
    @Serializable
    public data class Week(
        /** What is planned so far: the new plan moves little of it without need. */
        @SerialName("current") val current: List<PlanBlock>? = null,
        /** Days, today included, 1..=14; default: 5. */
        @SerialName("days") val days: Long? = null,
    ) : PlanKind()

    /** What to learn for the newest role that was stated, one item after the other. */
    @Serializable
    public data class LearningPath(
        /** Hours there are in all, ≥ 0. */
        @SerialName("hours") val hours: Double,
        /** Hours a week, > 0. */
        @SerialName("hours_per_week") val hoursPerWeek: Double,
        /** What can be learnt. */
        @SerialName("items") val items: List<LearningItemRequest>? = null,
    ) : PlanKind()

    /** Teams of the people given: the most skills and chemistry with the least load. */
    @Serializable
    public data class Team(
        /** People in each. */
        @SerialName("size") val size: Long,
        /** Greatest share of one unit in a team, 0..=1. */
        @SerialName("most_of_unit") val mostOfUnit: Double? = null,
        /** What each team needs. */
        @SerialName("needs") val needs: List<TeamNeed>? = null,
        /** Who may be in a team. */
        @SerialName("people") val people: List<TeamCandidate>? = null,
        /** Teams to make; default: 1. */
        @SerialName("teams") val teams: Long? = null,
    ) : PlanKind()

    /** Each task to one person: who succeeds most likely, has the time, and learns by it. */
    @Serializable
    public data class Assign(
        /** The people. */
        @SerialName("people") val people: List<PersonToTake>? = null,
        /** The tasks. */
        @SerialName("tasks") val tasks: List<TaskToGive>? = null,
    ) : PlanKind()

    /** Tasks shared out so that the fullest person is as little full as can be, then the next. */
    @Serializable
    public data class Balance(
        /** The people. */
        @SerialName("people") val people: List<PersonToTake>? = null,
        /** The tasks. */
        @SerialName("tasks") val tasks: List<TaskToGive>? = null,
    ) : PlanKind()

    /** The most valuable projects that fit the weeks. */
    @Serializable
    public data class Allocate(
        /** Hours there are in each week. */
        @SerialName("capacity") val capacity: List<WeekHours>? = null,
        /** Probability with which every week has to fit, 0.5..1; default: 0.8. */
        @SerialName("fits") val fits: Double? = null,
        /** The projects. */
        @SerialName("projects") val projects: List<ProjectRequest>? = null,
    ) : PlanKind()

    /** A case of a later version. */
    public data class Unknown(val raw: JsonObject) : PlanKind()

    internal object Serializer : CasesSerializer<PlanKind>() {
        override fun write(value: PlanKind): JsonObject = when (value) {
            is Week -> tagged("week", Week.serializer(), value)
            is LearningPath -> tagged("learning_path", LearningPath.serializer(), value)
            is Team -> tagged("team", Team.serializer(), value)
            is Assign -> tagged("assign", Assign.serializer(), value)
            is Balance -> tagged("balance", Balance.serializer(), value)
            is Allocate -> tagged("allocate", Allocate.serializer(), value)
            is Unknown -> value.raw
        }

        override fun read(type: String?, raw: JsonObject): PlanKind = when (type) {
            "week" -> json.decodeFromJsonElement(Week.serializer(), raw)
            "learning_path" -> json.decodeFromJsonElement(LearningPath.serializer(), raw)
            "team" -> json.decodeFromJsonElement(Team.serializer(), raw)
            "assign" -> json.decodeFromJsonElement(Assign.serializer(), raw)
            "balance" -> json.decodeFromJsonElement(Balance.serializer(), raw)
            "allocate" -> json.decodeFromJsonElement(Allocate.serializer(), raw)
            else -> Unknown(raw)
        }
    }
}
/** What to plan, and how long to search. The same request gives the same plan. */
@Serializable
public data class PlanRequest(
    /** What to plan. */
    @SerialName("plan") val plan: PlanKind,
    /** At this moment; default: now. */
    @SerialName("at") val at: Timestamp? = null,
    /** As known at this moment; default: as known now. */
    @SerialName("known_at") val knownAt: Timestamp? = null,
    /** Seed of the search; default: 1. */
    @SerialName("seed") val seed: Long? = null,
    /** Steps of the search, 1..=10000000; default: 1000. More steps never give a worse plan. */
    @SerialName("steps") val steps: Long? = null,
)
/** A step of a plan. */
@Serializable
public data class PlanStep(
    /** It is done after it is due. */
    @SerialName("late") val late: Boolean,
    /** What: a task, an item, a project, a team. */
    @SerialName("name") val name: String,
    /** When it is done. */
    @SerialName("done") val done: Timestamp? = null,
    /** Hours it takes. */
    @SerialName("hours") val hours: Double? = null,
    /** What it is worth. */
    @SerialName("value") val value: Double? = null,
    /** Who. */
    @SerialName("who") val who: String? = null,
)
/** A plan, and why it is so. */
@Serializable
public data class PlanView(
    /** From which moment on. */
    @SerialName("at") val at: Timestamp,
    /** Stretches of time, in order; of a plan of days. */
    @SerialName("blocks") val blocks: List<PlanBlock>,
    /** No plan is worth more; where less is better (the fullest person), no plan has less. */
    @SerialName("bound") val bound: Double,
    /** Numbers of the plan with their intervals. */
    @SerialName("estimates") val estimates: List<NamedEstimate>,
    /** What found no place, and which rule holds it back. */
    @SerialName("left_out") val leftOut: List<LeftOut>,
    /** What the plan is worth, in the points of its kind. */
    @SerialName("objective") val objective: Double,
    /** What is done, by whom, in which order. */
    @SerialName("steps") val steps: List<PlanStep>,
    /** In plain words. */
    @SerialName("words") val words: List<String>,
)
/** A quantity at a moment. */
@Serializable
public data class PointView(
    /** When. */
    @SerialName("at") val at: Timestamp,
    /** The value. */
    @SerialName("value") val value: Double,
    /** High end of the 80 % interval. */
    @SerialName("high") val high: Double? = null,
    /** Low end of the 80 % interval. */
    @SerialName("low") val low: Double? = null,
)
/** Which prediction. */
@Serializable
public data class PredictRequest(
    /** A model's id: see `models`. */
    @SerialName("model") val model: String,
    /** At this moment; default: now. */
    @SerialName("at") val at: Timestamp? = null,
    /** As known at this moment; default: as known now. */
    @SerialName("known_at") val knownAt: Timestamp? = null,
)
/** A prediction was shown or used. */
@Serializable
public data class PredictionMade(
    /** The model. */
    @SerialName("model") val model: String,
    /** What was estimated. */
    @SerialName("name") val name: String,
    /** Its version. */
    @SerialName("version") val version: String,
    /** High end of the 80 % interval. */
    @SerialName("high") val high: Double? = null,
    /** Low end of the 80 % interval. */
    @SerialName("low") val low: Double? = null,
    /** UCUM unit. */
    @SerialName("unit") val unit: String? = null,
    /** The value; absent where there was none. */
    @SerialName("value") val value: Double? = null,
) : EventData {
    override val eventKind: String get() = "system.prediction_made"
}
/** What a model says of the person. Nothing here is a diagnosis. */
@Serializable
public data class PredictionView(
    /** At which moment. */
    @SerialName("at") val at: Timestamp,
    /** What it says of the hours or days to come, or of those that were. */
    @SerialName("curves") val curves: List<CurveView>,
    /** What it says. An estimate without a value says by its status and `gaps` why. */
    @SerialName("estimates") val estimates: List<NamedEstimate>,
    /** The model's id. */
    @SerialName("model") val model: String,
    /** Stretches of time it names: peak windows, episodes. */
    @SerialName("spans") val spans: List<SpanView>,
    /** What it estimates. */
    @SerialName("title") val title: String,
    /** Its version. */
    @SerialName("version") val version: String,
    /** What it says in plain words. */
    @SerialName("words") val words: List<String>,
)
/** Facts about the person; absent fields leave what is known as it is. */
@Serializable
public data class ProfileStated(
    /** Date of birth. */
    @SerialName("born") val born: LocalDate? = null,
    /** Measured highest heart rate, per minute. */
    @SerialName("heart_rate_max") val heartRateMax: Double? = null,
    /** Height, metres, 0..=3. */
    @SerialName("height_m") val heightM: Double? = null,
    /** Sex, where a published formula asks for it. */
    @SerialName("sex") val sex: Sex? = null,
    /** Days of the week usually worked, Monday = 0 … Sunday = 6. */
    @SerialName("work_days") val workDays: List<Long>? = null,
    /** Usual zone. */
    @SerialName("zone") val zone: ZoneId? = null,
) : EventData {
    override val eventKind: String get() = "person.profile_stated"
}
/** A project. */
@Serializable
public data class ProjectRequest(
    /** Its name. */
    @SerialName("project") val project: String,
    /** What it is worth, ≥ 0. */
    @SerialName("value") val value: Double,
    /** Hours it needs in each week; weeks that are missing need none. */
    @SerialName("demand") val demand: List<WeekHours>? = null,
    /** It must be done; default: no. */
    @SerialName("must") val must: Boolean? = null,
)
/** What data is used for. */
@Serializable(with = Purpose.Serializer::class)
public sealed class Purpose(public val word: String) {
    /** The person's own use. */
    public data object OWN_USE : Purpose("own_use")
    /** Health and fitness. */
    public data object HEALTH : Purpose("health")
    /** Work planning. */
    public data object WORK : Purpose("work")
    /** Emotional companionship. */
    public data object COMPANION : Purpose("companion")
    /** Research. */
    public data object RESEARCH : Purpose("research")
    /** Keeping the twin itself in order. */
    public data object UPKEEP : Purpose("upkeep")
    /** A word of a later version. */
    public data class Unknown(val text: String) : Purpose(text)

    final override fun toString(): String = word

    public companion object {
        /** The case of a word. */
        public fun of(word: String): Purpose = when (word) {
            "own_use" -> OWN_USE
            "health" -> HEALTH
            "work" -> WORK
            "companion" -> COMPANION
            "research" -> RESEARCH
            "upkeep" -> UPKEEP
            else -> Unknown(word)
        }
    }

    internal object Serializer : WordSerializer<Purpose>("Purpose", Purpose::word, ::of)
}
/** Ready-made windows of one name. */
@Serializable
public data class ReadyWindowView(
    /** In words. */
    @SerialName("about") val about: String,
    /** Their name. */
    @SerialName("name") val name: String,
)
/** Ready-made windows. */
@Serializable
public data class ReadyWindowsView(
    /** By name. */
    @SerialName("windows") val windows: List<ReadyWindowView>,
)
/** A delivery as the host received it; its body comes beside, not one byte changed. */
@Serializable
public data class ReceiveRequest(
    /** What was agreed with the service: the signing secret, the token, the client state. */
    @SerialName("secret") val secret: String,
    /** Who is said to have sent it: `github`, `gitlab`, `jira`, `asana`, `slack`, `microsoft_graph`, `zoom`, `google_calendar`. The host knows by the path it was sent to. */
    @SerialName("service") val service: String,
    /** Name of the event, where the host knows it otherwise than by a header. */
    @SerialName("event") val event: String? = null,
    /** Headers as they came. */
    @SerialName("headers") val headers: List<HeaderField>? = null,
    /** Names of the twin's person in the service: logins, ids, addresses. */
    @SerialName("me") val me: List<String>? = null,
    /** Fields of the query, decoded. */
    @SerialName("query") val query: List<HeaderField>? = null,
    /** IANA zone of times that are written without one; default: the person's, else UTC. */
    @SerialName("zone") val zone: String? = null,
)
/** What the host has to answer, and what came of the delivery. */
@Serializable
public data class ReceivedView(
    /** The answer's body. */
    @SerialName("body") val body: String,
    /** Facts that were there already: a delivery sent again. */
    @SerialName("duplicates") val duplicates: Long,
    /** Events written. */
    @SerialName("events") val events: Long,
    /** Further headers of the answer. */
    @SerialName("headers") val headers: List<HeaderField>,
    /** Parts that are no facts about work, or could not be used, with why. */
    @SerialName("ignored") val ignored: List<String>,
    /** What was delivered: `issues.opened` …; empty where that is not known. */
    @SerialName("kind") val kind: String,
    /** Status of the answer. */
    @SerialName("status") val status: Long,
    /** Type of the answer's body, where it has one. */
    @SerialName("content_type") val contentType: String? = null,
    /** The sender's id of the delivery. */
    @SerialName("delivery") val delivery: String? = null,
    /** A secret that the service hands out once: keep it for the deliveries to come. */
    @SerialName("new_secret") val newSecret: String? = null,
    /** Why it is refused: `signature_wrong`, `timestamp_old` … */
    @SerialName("refused") val refused: String? = null,
    /** What proved who sent it: `signature` or `token`. */
    @SerialName("verified") val verified: String? = null,
)
/** A record of a source was wrong; this is what it should have said. */
@Serializable
public data class RecordCorrected(
    /** The record. */
    @SerialName("record") val record: RecordId,
    /** What holds instead. */
    @SerialName("replacement") val replacement: EventBody,
    /** Above the revision it replaces. */
    @SerialName("revision") val revision: Long,
    /** Source of the record. */
    @SerialName("source") val source: SourceId,
    /** Why. */
    @SerialName("reason") val reason: String? = null,
) : EventData {
    override val eventKind: String get() = "record.corrected"
}
/** A record of a source is no more. */
@Serializable
public data class RecordDeleted(
    /** The record. */
    @SerialName("record") val record: RecordId,
    /** The revision that is deleted; it and all below are gone. */
    @SerialName("revision") val revision: Long,
    /** Source of the record. */
    @SerialName("source") val source: SourceId,
) : EventData {
    override val eventKind: String get() = "record.deleted"
}
public typealias RecordId = String
/** Facts to record. All of them are written, or none. */
@Serializable
public data class RecordRequest(
    /** The facts, each a CloudEvents object. */
    @SerialName("events") val events: List<Event>? = null,
)
/** What a write did. */
@Serializable
public data class RecordedView(
    /** Facts or blocks that were there already. */
    @SerialName("duplicates") val duplicates: Long,
    /** New events in the log. */
    @SerialName("events") val events: Long,
    /** Samples that were refused as impossible, with the first reason. */
    @SerialName("refused") val refused: Long,
    /** New samples. */
    @SerialName("samples") val samples: Long,
    /** The first reason. */
    @SerialName("refused_example") val refusedExample: String? = null,
)
/** How something was recorded. */
@Serializable(with = Recording.Serializer::class)
public sealed class Recording(public val word: String) {
    /** By the device, in the background. */
    public data object AUTOMATIC : Recording("automatic")
    /** In a session the person started. */
    public data object ACTIVE : Recording("active")
    /** Typed in. */
    public data object MANUAL : Recording("manual")
    /** A word of a later version. */
    public data class Unknown(val text: String) : Recording(text)

    final override fun toString(): String = word

    public companion object {
        /** The case of a word. */
        public fun of(word: String): Recording = when (word) {
            "automatic" -> AUTOMATIC
            "active" -> ACTIVE
            "manual" -> MANUAL
            else -> Unknown(word)
        }
    }

    internal object Serializer : WordSerializer<Recording>("Recording", Recording::word, ::of)
}
/** A record that was refused. */
@Serializable
public data class RefusedRecordView(
    /** The stable word of the reason. */
    @SerialName("code") val code: String,
    /** In words. */
    @SerialName("message") val message: String,
    /** What it was about. */
    @SerialName("subject") val subject: String,
)
/** Records that were refused. */
@Serializable
public data class RefusedRecordsView(
    /** Oldest first. */
    @SerialName("refused") val refused: List<RefusedRecordView>,
)
/** How many to show. */
@Serializable
public data class RefusedRequest(
    /** At most so many; default: 100. */
    @SerialName("limit") val limit: Long? = null,
)
/** How often something was refused. */
@Serializable
public data class RefusedView(
    /** The stable word of the reason. */
    @SerialName("code") val code: String,
    /** How many records or samples. */
    @SerialName("count") val count: Long,
    /** The first one's message. */
    @SerialName("example") val example: String,
    /** What it was about. */
    @SerialName("subject") val subject: String,
)
/** How a report is made. */
@Serializable
public data class ReportRequest(
    /** Days back from the last one, 1..=3650; default: 90. */
    @SerialName("days") val days: Long? = null,
    /** What the page calls the person; default: their id. */
    @SerialName("title") val title: String? = null,
    /** The last day; default: today where something is known of it, else the newest day. */
    @SerialName("until") val until: LocalDate? = null,
)
/** Somebody's work was reviewed. */
@Serializable
public data class ReviewDone(
    /** What was reviewed. */
    @SerialName("item") val item: String,
    /** What came of it. */
    @SerialName("outcome") val outcome: ReviewOutcome,
    /** Whose work. */
    @SerialName("author") val author: String? = null,
    /** Comments. */
    @SerialName("comments") val comments: Long? = null,
    /** Who reviewed. */
    @SerialName("reviewer") val reviewer: String? = null,
    /** Skills the work took. */
    @SerialName("skills") val skills: List<String>? = null,
    /** Time it waited for the review, seconds, ≥ 0. */
    @SerialName("waited_s") val waitedS: Double? = null,
) : EventData {
    override val eventKind: String get() = "collaboration.review_done"
}
/** What came of a review. */
@Serializable(with = ReviewOutcome.Serializer::class)
public sealed class ReviewOutcome(public val word: String) {
    /** It may go on. */
    public data object APPROVED : ReviewOutcome("approved")
    /** Something has to change. */
    public data object CHANGES_REQUESTED : ReviewOutcome("changes_requested")
    /** Only remarks. */
    public data object COMMENTED : ReviewOutcome("commented")
    /** It was turned down. */
    public data object REJECTED : ReviewOutcome("rejected")
    /** A word of a later version. */
    public data class Unknown(val text: String) : ReviewOutcome(text)

    final override fun toString(): String = word

    public companion object {
        /** The case of a word. */
        public fun of(word: String): ReviewOutcome = when (word) {
            "approved" -> APPROVED
            "changes_requested" -> CHANGES_REQUESTED
            "commented" -> COMMENTED
            "rejected" -> REJECTED
            else -> Unknown(word)
        }
    }

    internal object Serializer : WordSerializer<ReviewOutcome>("ReviewOutcome", ReviewOutcome::word, ::of)
}
/** A grant to take back. */
@Serializable
public data class RevokeRequest(
    /** Whose. */
    @SerialName("actor") val actor: String,
    /** Which purpose; default: all. */
    @SerialName("purpose") val purpose: Purpose? = null,
)
/** One skill that a role asks for. */
@Serializable
public data class RoleNeed(
    /** The level, 0..=100. */
    @SerialName("level") val level: Double,
    /** It must be met. */
    @SerialName("must") val must: Boolean,
    /** The skill. */
    @SerialName("skill") val skill: String,
    /** How much it matters, > 0; 1 is usual. */
    @SerialName("importance") val importance: Double? = null,
)
/** What a role asks for. The newest statement of a role holds. */
@Serializable
public data class RoleStated(
    /** The role. */
    @SerialName("role") val role: String,
    /** What it asks for. */
    @SerialName("needs") val needs: List<RoleNeed>? = null,
) : EventData {
    override val eventKind: String get() = "skill.role_stated"
}
/** One answer on a named scale. */
@Serializable
public data class ScaleAnswer(
    /** Highest possible answer, above `min`. */
    @SerialName("max") val max: Double,
    /** Lowest possible answer. */
    @SerialName("min") val min: Double,
    /** The scale: `readiness`, `fatigue`, `mood`, `stress`, `soreness`, `sleep_quality` … */
    @SerialName("scale") val scale: String,
    /** The answer, `min..=max`. */
    @SerialName("value") val value: Double,
    /** The high end is the better one. */
    @SerialName("higher_is_better") val higherIsBetter: Boolean? = null,
)
/** What to simulate: the changes of a plan, and how far ahead. */
@Serializable
public data class Scenario(
    /** From this moment on; default: now. */
    @SerialName("at") val at: Timestamp? = null,
    /** The changes; none shows how the days go as usual. */
    @SerialName("changes") val changes: List<PlanChange>? = null,
    /** Days ahead, 1..=60; default: 14. */
    @SerialName("days") val days: Long? = null,
    /** Draws, 1..=5000; default: 200. */
    @SerialName("draws") val draws: Long? = null,
    /** As known at this moment; default: as known now. */
    @SerialName("known_at") val knownAt: Timestamp? = null,
    /** Seed of the draws; the same seed gives the same answer. Default: 1. */
    @SerialName("seed") val seed: Long? = null,
)
public typealias SegmentHash = String
/** Which samples to read. */
@Serializable
public data class SeriesQuery(
    /** A metric of the catalogue, or a vendor's own. */
    @SerialName("metric") val metric: String,
    /** In steps of so many seconds; default: at every instant. */
    @SerialName("every_s") val everyS: Double? = null,
    /** From, included. */
    @SerialName("from") val from: Timestamp? = null,
    /** As known at this moment. */
    @SerialName("known_at") val knownAt: Timestamp? = null,
    /** Every stored sample, nothing resolved; default: no. */
    @SerialName("raw") val raw: Boolean? = null,
    /** To, excluded. */
    @SerialName("to") val to: Timestamp? = null,
)
/** Samples were written: the event names an immutable, hashed column segment. `at` is the end of the last sample. */
@Serializable
public data class SeriesWritten(
    /** Number of samples; 0 for a tombstone. */
    @SerialName("count") val count: Long,
    /** End of the last sample; UTC. */
    @SerialName("end") val end: Timestamp,
    /** What was measured. */
    @SerialName("metric") val metric: MetricId,
    /** The samples' hash. */
    @SerialName("segment") val segment: SegmentHash,
    /** Start of the first sample; UTC. */
    @SerialName("start") val start: Timestamp,
    /** UCUM unit of the values; the catalogue's unit for catalogue metrics. */
    @SerialName("unit") val unit: String,
    /** Older samples of the same source and metric that start in `start..=end` are withdrawn. */
    @SerialName("replaces") val replaces: Boolean? = null,
) : EventData {
    override val eventKind: String get() = "series.written"
}
/** A training session. */
@Serializable
public data class SessionView(
    /** The same session as recorded by others. */
    @SerialName("also") val also: List<String>,
    /** Minutes. */
    @SerialName("duration_min") val durationMin: Double,
    /** End. */
    @SerialName("end") val end: Timestamp,
    /** Who recorded it. */
    @SerialName("source") val source: String,
    /** Sport. */
    @SerialName("sport") val sport: String,
    /** Start. */
    @SerialName("start") val start: Timestamp,
    /** Metres. */
    @SerialName("distance_m") val distanceM: Double? = null,
    /** Active energy, kilocalories. */
    @SerialName("energy_kcal") val energyKcal: Double? = null,
    /** Mean heart rate. */
    @SerialName("heart_rate_mean") val heartRateMean: Double? = null,
    /** Load. */
    @SerialName("load") val load: Double? = null,
    /** By which rule. */
    @SerialName("load_method") val loadMethod: String? = null,
)
/** Sex as published formulas use it. */
@Serializable(with = Sex.Serializer::class)
public sealed class Sex(public val word: String) {
    /** Female. */
    public data object FEMALE : Sex("female")
    /** Male. */
    public data object MALE : Sex("male")
    /** Neither, or not told. */
    public data object OTHER : Sex("other")
    /** A word of a later version. */
    public data class Unknown(val text: String) : Sex(text)

    final override fun toString(): String = word

    public companion object {
        /** The case of a word. */
        public fun of(word: String): Sex = when (word) {
            "female" -> FEMALE
            "male" -> MALE
            "other" -> OTHER
            else -> Unknown(word)
        }
    }

    internal object Serializer : WordSerializer<Sex>("Sex", Sex::word, ::of)
}
/** How time is cut into windows. */
@Serializable(with = ShapeRequest.Serializer::class)
public sealed class ShapeRequest {
    /** Spans of one length, side by side, counted from 1970 in UTC. */
    @Serializable
    public data class Tumbling(
        /** Length, seconds. */
        @SerialName("size_s") val sizeS: Double,
    ) : ShapeRequest()

    /** Spans of one length that begin at every step. */
    @Serializable
    public data class Sliding(
        /** Step, seconds; at most the length. */
        @SerialName("every_s") val everyS: Double,
        /** Length, seconds. */
        @SerialName("size_s") val sizeS: Double,
    ) : ShapeRequest()

    /** As long as pauses stay shorter than the gap. */
    @Serializable
    public data class Session(
        /** A pause of this length ends the window, seconds. */
        @SerialName("gap_s") val gapS: Double,
    ) : ShapeRequest()

    /** Civil days in the zone lived in. */
    @Serializable
    public data object Day : ShapeRequest()

    /** Weeks from Monday. */
    @Serializable
    public data object Week : ShapeRequest()

    /** Months. */
    @Serializable
    public data object Month : ShapeRequest()

    /** A case of a later version. */
    public data class Unknown(val raw: JsonObject) : ShapeRequest()

    internal object Serializer : CasesSerializer<ShapeRequest>() {
        override fun write(value: ShapeRequest): JsonObject = when (value) {
            is Tumbling -> tagged("tumbling", Tumbling.serializer(), value)
            is Sliding -> tagged("sliding", Sliding.serializer(), value)
            is Session -> tagged("session", Session.serializer(), value)
            is Day -> tagged("day", Day.serializer(), value)
            is Week -> tagged("week", Week.serializer(), value)
            is Month -> tagged("month", Month.serializer(), value)
            is Unknown -> value.raw
        }

        override fun read(type: String?, raw: JsonObject): ShapeRequest = when (type) {
            "tumbling" -> json.decodeFromJsonElement(Tumbling.serializer(), raw)
            "sliding" -> json.decodeFromJsonElement(Sliding.serializer(), raw)
            "session" -> json.decodeFromJsonElement(Session.serializer(), raw)
            "day" -> json.decodeFromJsonElement(Day.serializer(), raw)
            "week" -> json.decodeFromJsonElement(Week.serializer(), raw)
            "month" -> json.decodeFromJsonElement(Month.serializer(), raw)
            else -> Unknown(raw)
        }
    }
}
/** A source's share. */
@Serializable
public data class ShareView(
    /** Its share, 0..=1. */
    @SerialName("share") val share: Double,
    /** The source. */
    @SerialName("source") val source: String,
)
/** One quantity over the coming days. */
@Serializable
public data class SimulatedQuantity(
    /** Day by day under the changed plan. */
    @SerialName("changed") val changed: List<BandView>,
    /** Changed minus planned, draw by draw. */
    @SerialName("difference") val difference: List<BandView>,
    /** `energy`, `fatigue_9h`, `fatigue_15h`, `sleep_debt`, `fitness`, `fatigue_load`, `form`, `resting_hr_deviation`, `ln_rmssd_deviation`, `recovery`; of work `focus_hours` and `open_work`. */
    @SerialName("name") val name: String,
    /** Day by day as planned. */
    @SerialName("plan") val plan: List<BandView>,
    /** UCUM unit. */
    @SerialName("unit") val unit: String,
    /** Today's value, as far as it is known. */
    @SerialName("now") val now: Double? = null,
)
/** What would happen with the plan and with the changed plan. Nothing here is a diagnosis. */
@Serializable
public data class SimulationView(
    /** From which moment on. */
    @SerialName("at") val at: Timestamp,
    /** Draws behind the bands. */
    @SerialName("draws") val draws: Long,
    /** The first day simulated: tomorrow. */
    @SerialName("from") val from: LocalDate,
    /** What could not be simulated, and why. */
    @SerialName("gaps") val gaps: List<String>,
    /** The model. */
    @SerialName("model") val model: String,
    /** The quantities that could be simulated. */
    @SerialName("quantities") val quantities: List<SimulatedQuantity>,
    /** What each change does most, largest first. */
    @SerialName("reasons") val reasons: List<String>,
    /** Seed of the draws. */
    @SerialName("seed") val seed: Long,
    /** Its version. */
    @SerialName("version") val version: String,
)
/** How well somebody masters a skill, as a test, an assessor or a single answer shows. */
@Serializable
public data class SkillAssessed(
    /** The skill. */
    @SerialName("skill") val skill: String,
    /** Who assessed; absent: unknown. */
    @SerialName("by") val by: String? = null,
    /** Was one answer right? For tests that are told answer by answer. */
    @SerialName("correct") val correct: Boolean? = null,
    /** Which question was answered. */
    @SerialName("item") val item: String? = null,
    /** How: `test`, `self`, `manager`, `peer` … */
    @SerialName("method") val method: String? = null,
    /** Whose. */
    @SerialName("person") val person: String? = null,
    /** Level, 0 (nothing) to 100 (mastery). */
    @SerialName("score") val score: Double? = null,
    /** How sure that is: standard deviation in points. */
    @SerialName("sd") val sd: Double? = null,
) : EventData {
    override val eventKind: String get() = "skill.assessed"
}
/** What a skill is and what it has to do with others. */
@Serializable
public data class SkillDescribed(
    /** The skill. */
    @SerialName("skill") val skill: String,
    /** Hours it usually takes to close a gap in it, > 0. */
    @SerialName("hours") val hours: Double? = null,
    /** Skills next to it. */
    @SerialName("related") val related: List<String>? = null,
    /** Skills that have to be there before. */
    @SerialName("requires") val requires: List<String>? = null,
    /** Roles and occupations that use it. */
    @SerialName("roles") val roles: List<String>? = null,
    /** In words. */
    @SerialName("text") val text: String? = null,
) : EventData {
    override val eventKind: String get() = "skill.described"
}
/** A skill grew, as the person or a tool states it. */
@Serializable
public data class SkillImproved(
    /** Points gained, -100..=100. */
    @SerialName("gain") val gain: Double,
    /** The skill. */
    @SerialName("skill") val skill: String,
    /** What did it: `practice`, `course` … */
    @SerialName("cause") val cause: String? = null,
    /** The skill it was carried over from, where knowledge of another one helped. */
    @SerialName("from_skill") val fromSkill: String? = null,
    /** Whose. */
    @SerialName("person") val person: String? = null,
) : EventData {
    override val eventKind: String get() = "skill.improved"
}
/** One finished sleep episode. `at` is its end; it belongs to the day of waking. */
@Serializable
public data class SleepRecorded(
    /** Final awakening; UTC, after `start`. */
    @SerialName("end") val end: Timestamp,
    /** Falling asleep, or going to bed where the source cannot tell; UTC. */
    @SerialName("start") val start: Timestamp,
    /** Minutes asleep as the source states them, 0..=1440; used only where there are no stages. */
    @SerialName("asleep_min") val asleepMin: Double? = null,
    /** Minutes awake after sleep onset as the source states them, 0..=1440. */
    @SerialName("awake_min") val awakeMin: Double? = null,
    /** Leaving bed, where known; at or after `end`. */
    @SerialName("in_bed_end") val inBedEnd: Timestamp? = null,
    /** Going to bed, where known; at or before `start`. */
    @SerialName("in_bed_start") val inBedStart: Timestamp? = null,
    /** The source says this is a nap. */
    @SerialName("nap") val nap: Boolean? = null,
    /** Stages in time order, not overlapping; empty where the source gives none. */
    @SerialName("stages") val stages: List<SleepStageSpan>? = null,
    /** The source's own sleep score, 0..=100; not comparable across sources. */
    @SerialName("vendor_score") val vendorScore: Double? = null,
) : EventData {
    override val eventKind: String get() = "health.sleep_recorded"
}
/** Sleep stages, common to all sources (`adapters.md` §7). */
@Serializable(with = SleepStage.Serializer::class)
public sealed class SleepStage(public val word: String) {
    /** Awake. */
    public data object AWAKE : SleepStage("awake")
    /** Asleep, stage not known. */
    public data object ASLEEP : SleepStage("asleep")
    /** Out of bed. */
    public data object OUT_OF_BED : SleepStage("out_of_bed")
    /** Light sleep (N1, N2, "core"). */
    public data object LIGHT : SleepStage("light")
    /** Deep sleep (N3). */
    public data object DEEP : SleepStage("deep")
    /** Rapid eye movement. */
    public data object REM : SleepStage("rem")
    /** Awake in bed. */
    public data object AWAKE_IN_BED : SleepStage("awake_in_bed")
    /** In bed, asleep or not. */
    public data object IN_BED : SleepStage("in_bed")
    /** Not known, as `unknown`; or a word of a later version. */
    public data class Unknown(val text: String) : SleepStage(text)

    final override fun toString(): String = word

    public companion object {
        /** The case of a word. */
        public fun of(word: String): SleepStage = when (word) {
            "awake" -> AWAKE
            "asleep" -> ASLEEP
            "out_of_bed" -> OUT_OF_BED
            "light" -> LIGHT
            "deep" -> DEEP
            "rem" -> REM
            "awake_in_bed" -> AWAKE_IN_BED
            "in_bed" -> IN_BED
            else -> Unknown(word)
        }
    }

    internal object Serializer : WordSerializer<SleepStage>("SleepStage", SleepStage::word, ::of)
}
/** A span of one sleep stage. */
@Serializable
public data class SleepStageSpan(
    /** End; UTC, after `start`. */
    @SerialName("end") val end: Timestamp,
    /** The stage. */
    @SerialName("stage") val stage: SleepStage,
    /** Start; UTC. */
    @SerialName("start") val start: Timestamp,
)
public typealias SourceId = String
/** Whose samples win where sources overlap, best first. */
@Serializable
public data class SourcePrioritySet(
    /** The metric; absent for all. */
    @SerialName("metric") val metric: MetricId? = null,
    /** Sources, best first; sources not named come after, in their usual order. */
    @SerialName("order") val order: List<SourceId>? = null,
) : EventData {
    override val eventKind: String get() = "source.priority_set"
}
/** A stretch of time with a name. */
@Serializable
public data class SpanView(
    /** End. */
    @SerialName("end") val end: Timestamp,
    /** What it is: `peak_window`, `anomaly`, `stress_episode` … */
    @SerialName("name") val name: String,
    /** Start. */
    @SerialName("start") val start: Timestamp,
    /** In plain words. */
    @SerialName("note") val note: String? = null,
    /** How probable it is, 0..=1. */
    @SerialName("probability") val probability: Double? = null,
    /** UCUM unit of the value. */
    @SerialName("unit") val unit: String? = null,
    /** Its level, in `unit`. */
    @SerialName("value") val value: Double? = null,
)
/** Which moment to look at. */
@Serializable
public data class StateRequest(
    /** At this moment; default: now. Nothing that came after it is shown. */
    @SerialName("at") val at: Timestamp? = null,
    /** As known at this moment; default: as known now. */
    @SerialName("known_at") val knownAt: Timestamp? = null,
)
/** How the person is. */
@Serializable
public data class StateView(
    /** At which moment. */
    @SerialName("at") val at: Timestamp,
    /** The day so far. */
    @SerialName("day") val day: DayView,
    /** Days with anything in them, up to the moment. */
    @SerialName("days") val days: Long,
    /** The newest measurement of each metric. */
    @SerialName("last") val last: List<LastView>,
    /** Tasks begun and not finished. */
    @SerialName("open_tasks") val openTasks: List<OpenTaskView>,
    /** The person. */
    @SerialName("twin") val twin: String,
    /** What the day is compared with: the person's own past. */
    @SerialName("usual") val usual: List<UsualView>,
    /** First day with anything in it. */
    @SerialName("first") val first: LocalDate? = null,
    /** As known at which moment, where asked for. */
    @SerialName("known_at") val knownAt: Timestamp? = null,
    /** The newest day with anything in it, where `day` has nothing. */
    @SerialName("newest") val newest: LocalDate? = null,
    /** Hash of the whole state; absent for readings of the past. */
    @SerialName("state_hash") val stateHash: String? = null,
    /** IANA zone lived in. */
    @SerialName("zone") val zone: String? = null,
)
/** Stress was noticed, by the person or a device. */
@Serializable
public data class StressDetected(
    /** How strong, 0..=1. */
    @SerialName("level") val level: Double,
    /** Who says so: `self`, a device. */
    @SerialName("by") val by: String? = null,
    /** What it comes from. */
    @SerialName("cause") val cause: String? = null,
) : EventData {
    override val eventKind: String get() = "capacity.stress_detected"
}
/** A symptom, as the person notes it. */
@Serializable
public data class SymptomNoted(
    /** The symptom in words or as a code. */
    @SerialName("symptom") val symptom: String,
    /** Severity, 0..=10. */
    @SerialName("severity") val severity: Double? = null,
    /** Since when. */
    @SerialName("start") val start: Timestamp? = null,
) : EventData {
    override val eventKind: String get() = "health.symptom_noted"
}
/** One step of a sync: the first with `start`, each next with `machine` and the server's `answer`. */
@Serializable
public data class SyncCalendarRequest(
    /** What the server answered to the step's request. */
    @SerialName("answer") val answer: HttpAnswer? = null,
    /** What the step before gave. */
    @SerialName("machine") val machine: String? = null,
    /** Begins a sync. */
    @SerialName("start") val start: CalendarStart? = null,
)
/** What the host has to do next. */
@Serializable
public data class SyncCalendarView(
    /** Events written by this step. */
    @SerialName("events") val events: Long,
    /** What it came to, when all is read. */
    @SerialName("done") val done: CalendarSynced? = null,
    /** Hand this back with the answer; absent when all is read. */
    @SerialName("machine") val machine: String? = null,
    /** Ask this; absent when all is read. The host adds `Authorization` and does not follow redirects. */
    @SerialName("request") val request: HttpAsk? = null,
    /** The server wants to be asked later: so many seconds, 0 where it does not say. */
    @SerialName("wait_s") val waitS: Double? = null,
)
/** What is known of a task besides its name. */
@Serializable
public data class TaskAbout(
    /** Who does it. */
    @SerialName("assignee") val assignee: String? = null,
    /** How hard it is by its nature, 0..=1. */
    @SerialName("complexity") val complexity: Double? = null,
    /** How long it was expected to take, seconds, ≥ 0. */
    @SerialName("estimate_s") val estimateS: Double? = null,
    /** Kind of work: `bug`, `feature`, `report` … */
    @SerialName("kind") val kind: String? = null,
    /** Priority, in the tool's words. */
    @SerialName("priority") val priority: String? = null,
    /** Project. */
    @SerialName("project") val project: String? = null,
    /** Who asked for it. */
    @SerialName("requester") val requester: String? = null,
    /** Skills it takes. */
    @SerialName("skills") val skills: List<String>? = null,
    /** A finer kind. */
    @SerialName("subkind") val subkind: String? = null,
)
/** A task was finished. Version 2 gives the effort in seconds; version 1 gave `duration_min`. */
@Serializable
public data class TaskCompleted(
    /** The tool's id of the task. */
    @SerialName("task") val task: String,
    /** What is known of it. */
    @SerialName("about") val about: TaskAbout? = null,
    /** How difficult it was to the person, 0..=10. */
    @SerialName("difficulty") val difficulty: Double? = null,
    /** Time spent on it, seconds, ≥ 0. */
    @SerialName("duration_s") val durationS: Double? = null,
    /** How good what came out is, as those who use it say, 0..=1. */
    @SerialName("rating") val rating: Double? = null,
    /** It had to be done again, in part or in whole. */
    @SerialName("rework") val rework: Boolean? = null,
    /** What it is called. */
    @SerialName("title") val title: String? = null,
    /** Who else worked on it. */
    @SerialName("with") val with: List<String>? = null,
) : EventData {
    override val eventKind: String get() = "task.completed"
}
/** A task was put off. */
@Serializable
public data class TaskDelayed(
    /** The tool's id of the task. */
    @SerialName("task") val task: String,
    /** The new date. */
    @SerialName("due") val due: Timestamp? = null,
    /** Why. */
    @SerialName("reason") val reason: String? = null,
) : EventData {
    override val eventKind: String get() = "task.delayed"
}
/** A task that is to be done. `at` is the moment that was decided. */
@Serializable
public data class TaskPlanned(
    /** The tool's id of the task. */
    @SerialName("task") val task: String,
    /** What is known of it. */
    @SerialName("about") val about: TaskAbout? = null,
    /** Tasks that have to be finished before. */
    @SerialName("depends_on") val dependsOn: List<String>? = null,
    /** When it is due. */
    @SerialName("due") val due: Timestamp? = null,
    /** What it is called. */
    @SerialName("title") val title: String? = null,
    /** What it is worth beside other tasks, > 0; 1 is usual. */
    @SerialName("value") val value: Double? = null,
) : EventData {
    override val eventKind: String get() = "task.planned"
}
/** A finished task came back. */
@Serializable
public data class TaskReopened(
    /** The tool's id of the task. */
    @SerialName("task") val task: String,
    /** Why. */
    @SerialName("reason") val reason: String? = null,
) : EventData {
    override val eventKind: String get() = "task.reopened"
}
/** Work on a task began. */
@Serializable
public data class TaskStarted(
    /** The tool's id of the task. */
    @SerialName("task") val task: String,
    /** What is known of it. */
    @SerialName("about") val about: TaskAbout? = null,
    /** When it is due. */
    @SerialName("due") val due: Timestamp? = null,
    /** How long the person expects it to take, seconds, ≥ 0. */
    @SerialName("estimate_s") val estimateS: Double? = null,
    /** What it is called. */
    @SerialName("title") val title: String? = null,
) : EventData {
    override val eventKind: String get() = "task.started"
}
/** A task that somebody has to take. */
@Serializable
public data class TaskToGive(
    /** Hours it will take, ≥ 0. */
    @SerialName("hours") val hours: Double,
    /** Its name; each name once. */
    @SerialName("task") val task: String,
    /** Who is able to do it; empty for everyone. */
    @SerialName("able") val able: List<String>? = null,
    /** Who does it now. */
    @SerialName("now") val now: String? = null,
    /** Skills it takes. */
    @SerialName("skills") val skills: List<PersonSkill>? = null,
    /** What it is worth, > 0; default: 1. */
    @SerialName("value") val value: Double? = null,
)
/** Tasks of a day. */
@Serializable
public data class TasksView(
    /** Finished. */
    @SerialName("completed") val completed: Long,
    /** Put off. */
    @SerialName("delayed") val delayed: Long,
    /** Begun. */
    @SerialName("started") val started: Long,
    /** Hours spent on finished tasks, where told. */
    @SerialName("completed_h") val completedH: Double? = null,
)
/** Somebody who may be in a team. */
@Serializable
public data class TeamCandidate(
    /** Who; each name once. */
    @SerialName("person") val person: String,
    /** Load over capacity, ≥ 0. */
    @SerialName("load") val load: Double? = null,
    /** Must be in a team; default: no. */
    @SerialName("must") val must: Boolean? = null,
    /** What they can do. */
    @SerialName("skills") val skills: List<PersonSkill>? = null,
    /** Others with whom they go well, each with a tie of 0..=1. */
    @SerialName("ties") val ties: List<TeamTie>? = null,
    /** Their unit. */
    @SerialName("unit") val unit: String? = null,
)
/** Somebody came into the team or left it. */
@Serializable
public data class TeamChanged(
    /** Came (or left). */
    @SerialName("joined") val joined: Boolean,
    /** Who; absent: the person of the twin. */
    @SerialName("person") val person: String? = null,
    /** The unit. */
    @SerialName("unit") val unit: String? = null,
) : EventData {
    override val eventKind: String get() = "collaboration.team_changed"
}
/** A skill that a team needs. */
@Serializable
public data class TeamNeed(
    /** The level, ≥ 0. */
    @SerialName("level") val level: Double,
    /** The skill. */
    @SerialName("skill") val skill: String,
)
/** A tie. */
@Serializable
public data class TeamTie(
    /** With whom. */
    @SerialName("person") val person: String,
    /** How strong, 0..=1. */
    @SerialName("tie") val tie: Double,
)
/** Time was spent on something: a time sheet, an editor, a timer. `at` is the end. */
@Serializable
public data class TimeTracked(
    /** End, at or after `start`. */
    @SerialName("end") val end: Timestamp,
    /** Start. */
    @SerialName("start") val start: Timestamp,
    /** What was done: `coding`, `writing`, `meeting` … */
    @SerialName("activity") val activity: String? = null,
    /** How often it was interrupted. */
    @SerialName("interruptions") val interruptions: Long? = null,
    /** The project. */
    @SerialName("project") val project: String? = null,
    /** The task. */
    @SerialName("task") val task: String? = null,
) : EventData {
    override val eventKind: String get() = "capacity.time_tracked"
}
/** A mean over the last windows. */
@Serializable
public data class TrailingView(
    /** How many of them are known. */
    @SerialName("known") val known: Long,
    /** How many windows it looks back on, this one included. */
    @SerialName("windows") val windows: Long,
    /** Their mean; absent where less than half of them are known. */
    @SerialName("mean") val mean: Double? = null,
)
/** A twin was made. */
@Serializable
public data class TwinCreated(
    /** By which product. */
    @SerialName("product") val product: String? = null,
) : EventData {
    override val eventKind: String get() = "system.twin_created"
}
/** A quantity against the person's own past. Says "unusual for you", never more. */
@Serializable
public data class UsualView(
    /** The day the value is of. */
    @SerialName("date") val date: LocalDate,
    /** `sleep_duration`, `resting_heart_rate`, `ln_rmssd`, `ln_rmssd_7_days`, `hrv_sdnn`, `steps`. */
    @SerialName("name") val name: String,
    /** UCUM unit of the value. */
    @SerialName("unit") val unit: String,
    /** The usual value, with the interval of that estimate. */
    @SerialName("usual") val usual: Estimate,
    /** Distance in usual spreads. */
    @SerialName("z") val z: Estimate,
    /** 1 above the usual range, -1 below, 0 within; of `ln_rmssd_7_days` by the smallest worthwhile change. */
    @SerialName("flag") val flag: Long? = null,
    /** High end of it. */
    @SerialName("range_high") val rangeHigh: Double? = null,
    /** Low end of where 80 % of the person's usual days lie. */
    @SerialName("range_low") val rangeLow: Double? = null,
    /** The value. */
    @SerialName("value") val value: Double? = null,
)
/** What a verification found. */
@Serializable
public data class VerifyView(
    /** Events in the log. */
    @SerialName("events") val events: Long,
    /** What is not as it should be, a line each. */
    @SerialName("findings") val findings: List<String>,
    /** Is all as it should be? */
    @SerialName("ok") val ok: Boolean,
    /** Hash of the whole state; equal facts give equal hashes. */
    @SerialName("state_hash") val stateHash: String,
)
/** Something odd that lost nothing. */
@Serializable
public data class Warning(
    /** Short stable word: `file_crc`, `zone_inferred`, `salvaged` … */
    @SerialName("code") val code: String,
    /** A sentence for people. */
    @SerialName("message") val message: String,
)
/** A figure that changed. */
@Serializable
public data class WatchChange(
    /** End of the day or window. */
    @SerialName("end") val end: Timestamp,
    /** The figure, or the windows' name. */
    @SerialName("name") val name: String,
    /** Which version of the day or window this is. */
    @SerialName("revision") val revision: Long,
    /** Start of the day or window. */
    @SerialName("start") val start: Timestamp,
    /** After; absent where nothing is known any more. */
    @SerialName("after") val after: Double? = null,
    /** Before; absent where nothing was known. */
    @SerialName("before") val before: Double? = null,
)
/** What to watch. */
@Serializable(with = WatchRequest.Serializer::class)
public sealed class WatchRequest {
    /** Figures of the last days, today among them. */
    @Serializable
    public data class Days(
        /** How many days back; 1 for today alone. */
        @SerialName("last") val last: Long,
        /** A figure as `why` understands it; default: all. */
        @SerialName("figure") val figure: String? = null,
    ) : WatchRequest()

    /** Windows, ready-made or of a metric. */
    @Serializable
    public data class Windows(
        /** Which. */
        @SerialName("query") val query: WindowsRequest,
    ) : WatchRequest()

    /** A case of a later version. */
    public data class Unknown(val raw: JsonObject) : WatchRequest()

    internal object Serializer : CasesSerializer<WatchRequest>() {
        override fun write(value: WatchRequest): JsonObject = when (value) {
            is Days -> tagged("days", Days.serializer(), value)
            is Windows -> tagged("windows", Windows.serializer(), value)
            is Unknown -> value.raw
        }

        override fun read(type: String?, raw: JsonObject): WatchRequest = when (type) {
            "days" -> json.decodeFromJsonElement(Days.serializer(), raw)
            "windows" -> json.decodeFromJsonElement(Windows.serializer(), raw)
            else -> Unknown(raw)
        }
    }
}
/** What is not as it was at the last look. */
@Serializable
public data class WatchView(
    /** When it was looked at. */
    @SerialName("at") val at: Timestamp,
    /** The differences, oldest span first. */
    @SerialName("changes") val changes: List<WatchChange>,
)
/** Hours of a week. */
@Serializable
public data class WeekHours(
    /** Expected, ≥ 0. */
    @SerialName("hours") val hours: Double,
    /** Standard deviation, ≥ 0; default: 0. */
    @SerialName("sd") val sd: Double? = null,
)
/** A day of which a figure changed. */
@Serializable
public data class WhyDay(
    /** Figures asked about that differ. */
    @SerialName("changed") val changed: List<Figure>,
    /** The day. */
    @SerialName("date") val date: LocalDate,
    /** What we learned since that concerns the day, what the figures are made of first. */
    @SerialName("inputs") val inputs: List<WhyInput>,
    /** How often the day's state changed on this device. */
    @SerialName("revision") val revision: Long,
    /** In a sentence. */
    @SerialName("text") val text: String,
)
/** Something learned. */
@Serializable
public data class WhyInput(
    /** When it happened. */
    @SerialName("at") val at: Timestamp,
    /** How many of the same kind, source and metric. */
    @SerialName("count") val count: Long,
    /** `new`, `replaced`, `withdrew`, or `standing` for what changes how days are read. */
    @SerialName("how") val how: String,
    /** Event kind. */
    @SerialName("kind") val kind: String,
    /** It came after the day it is about was over. */
    @SerialName("late") val late: Boolean,
    /** When we learned it. */
    @SerialName("recorded_at") val recordedAt: Timestamp,
    /** Who said it. */
    @SerialName("source") val source: String,
    /** Metric of a series or measurement. */
    @SerialName("metric") val metric: String? = null,
)
/** Which difference to explain. */
@Serializable
public data class WhyRequest(
    /** Compared with what was known then. */
    @SerialName("since") val since: Timestamp,
    /** A figure of a day: `load`, `steps`, `sleep_duration`, a metric id, or a path of a `DayView` (`sleep.asleep_min`). Default: all. */
    @SerialName("score") val score: String? = null,
)
/** What changed, and why. */
@Serializable
public data class WhyView(
    /** Days of which the figure changed, newest first. */
    @SerialName("days") val days: List<WhyDay>,
    /** Events learned since. */
    @SerialName("learned") val learned: Long,
    /** Days were left out because there were too many. */
    @SerialName("more") val more: Boolean,
    /** What was asked about. */
    @SerialName("score") val score: String,
    /** Compared with what was known at this moment. */
    @SerialName("since") val since: Timestamp,
)
/** A source was read over a span of time. */
@Serializable
public data class WindowRead(
    /** Read to its end: what the source no longer shows is deleted. A window cut short deletes nothing. */
    @SerialName("complete") val complete: Boolean,
    /** End of the span, excluded; UTC. */
    @SerialName("end") val end: Timestamp,
    /** The source. */
    @SerialName("source") val source: SourceId,
    /** Start of the span; UTC. */
    @SerialName("start") val start: Timestamp,
    /** Event kinds or metrics that were asked for; empty for all. */
    @SerialName("scope") val scope: List<String>? = null,
    /** The records seen. */
    @SerialName("seen") val seen: List<RecordId>? = null,
) : EventData {
    override val eventKind: String get() = "source.window_read"
}
/** One window. */
@Serializable
public data class WindowView(
    /** The window is over. */
    @SerialName("complete") val complete: Boolean,
    /** Samples or facts that touch the window. */
    @SerialName("count") val count: Long,
    /** End, excluded; UTC. Of a session the end of its last sample. */
    @SerialName("end") val end: Timestamp,
    /** How many writes after the first added to, corrected or withdrew what is known of the window. */
    @SerialName("revision") val revision: Long,
    /** Who said it. */
    @SerialName("sources") val sources: List<String>,
    /** Start; UTC. */
    @SerialName("start") val start: Timestamp,
    /** Means over this window and those before it. */
    @SerialName("trailing") val trailing: List<TrailingView>,
    /** Difference from the window just before, where that is known. */
    @SerialName("change") val change: Double? = null,
    /** Share of the window with a value, 0..=1; absent for instants, which have no length. */
    @SerialName("coverage") val coverage: Double? = null,
    /** The value over the goal. */
    @SerialName("goal_share") val goalShare: Double? = null,
    /** Last value by event time; of means only. */
    @SerialName("last") val last: Double? = null,
    /** Greatest value; of means only. */
    @SerialName("max") val max: Double? = null,
    /** Least value; of means only. */
    @SerialName("min") val min: Double? = null,
    /** The figure, in the view's unit. */
    @SerialName("value") val value: Double? = null,
)
/** Which windows to read: ready-made ones by name, or those of a metric. */
@Serializable
public data class WindowsRequest(
    /** At a past moment: without what came after it. */
    @SerialName("at") val at: Timestamp? = null,
    /** From: windows that end after it. */
    @SerialName("from") val from: Timestamp? = null,
    /** What each window is held against, in the unit of its value, above zero. */
    @SerialName("goal") val goal: Double? = null,
    /** As known at a past moment. */
    @SerialName("known_at") val knownAt: Timestamp? = null,
    /** A metric. With a name: the metric that `monthly_goal` is of. */
    @SerialName("metric") val metric: String? = null,
    /** The name of ready-made windows: see `ready_windows`. */
    @SerialName("name") val name: String? = null,
    /** How time is cut, for a metric. */
    @SerialName("shape") val shape: ShapeRequest? = null,
    /** To: windows that start before it. */
    @SerialName("to") val to: Timestamp? = null,
)
/** Windows over a metric or facts. A window of which nothing is known is not there; it is not zero. */
@Serializable
public data class WindowsView(
    /** In words. */
    @SerialName("about") val about: String,
    /** What was missing. */
    @SerialName("gaps") val gaps: List<String>,
    /** The ready-made windows' name, or the metric. */
    @SerialName("name") val name: String,
    /** What is said of each window: `mean` (weighted by time), `sum` or `count`. */
    @SerialName("statistic") val statistic: String,
    /** UCUM unit of the values. */
    @SerialName("unit") val unit: String,
    /** Windows are complete up to here: the moment of reading. */
    @SerialName("watermark") val watermark: Timestamp,
    /** The windows, oldest first. */
    @SerialName("windows") val windows: List<WindowView>,
    /** What each window is held against, in `unit`. */
    @SerialName("goal") val goal: Double? = null,
    /** As known at which moment, where asked for. */
    @SerialName("known_at") val knownAt: Timestamp? = null,
    /** The metric, where it is one. */
    @SerialName("metric") val metric: String? = null,
)
/** Work, learning and working together on a day, beside meetings and tasks. Counts of the person's own part. */
@Serializable
public data class WorkView(
    /** Skills assessed. */
    @SerialName("assessments") val assessments: Long,
    /** Machine checks of what was made. */
    @SerialName("checks") val checks: Long,
    /** Of these, failed. */
    @SerialName("checks_failed") val checksFailed: Long,
    /** Feedback given. */
    @SerialName("feedback_given") val feedbackGiven: Long,
    /** Feedback received. */
    @SerialName("feedback_received") val feedbackReceived: Long,
    /** Hand-offs, given or taken. */
    @SerialName("hand_offs") val handOffs: Long,
    /** Skills said to have grown. */
    @SerialName("improvements") val improvements: Long,
    /** Messages received. */
    @SerialName("messages_received") val messagesReceived: Long,
    /** Messages sent. */
    @SerialName("messages_sent") val messagesSent: Long,
    /** Tasks planned. */
    @SerialName("planned") val planned: Long,
    /** Finished tasks that came back. */
    @SerialName("reopened") val reopened: Long,
    /** Reviews given. */
    @SerialName("reviews_given") val reviewsGiven: Long,
    /** Reviews received. */
    @SerialName("reviews_received") val reviewsReceived: Long,
    /** Interruptions, in what was tracked. */
    @SerialName("interruptions") val interruptions: Long? = null,
    /** Hours of learning. */
    @SerialName("learning_h") val learningH: Double? = null,
    /** Hours of mentoring, given or received. */
    @SerialName("mentoring_h") val mentoringH: Double? = null,
    /** Hours planned for the coming week, as last told. */
    @SerialName("planned_week_h") val plannedWeekH: Double? = null,
    /** Changes from one project to another, in what was tracked. */
    @SerialName("switches") val switches: Long? = null,
    /** Hours tracked. */
    @SerialName("tracked_h") val trackedH: Double? = null,
)
/** The workload changed. */
@Serializable
public data class WorkloadChanged(
    /** Tasks in hand. */
    @SerialName("open_tasks") val openTasks: Long? = null,
    /** Whose; absent: the person of the twin. */
    @SerialName("person") val person: String? = null,
    /** Hours planned for the coming week, ≥ 0. */
    @SerialName("planned_h") val plannedH: Double? = null,
    /** Why. */
    @SerialName("reason") val reason: String? = null,
    /** Hours that they can or wish to work in it, ≥ 0. */
    @SerialName("sustainable_h") val sustainableH: Double? = null,
) : EventData {
    override val eventKind: String get() = "capacity.workload_changed"
}
/** One finished workout. `at` is its end. */
@Serializable
public data class WorkoutRecorded(
    /** End; UTC, at or after `start`. */
    @SerialName("end") val end: Timestamp,
    /** The sport, snake_case: `running`, `cycling`, `strength_training` …; the source's word where it is none of ours. */
    @SerialName("sport") val sport: String,
    /** Start; UTC. */
    @SerialName("start") val start: Timestamp,
    /** Ascent, metres. */
    @SerialName("ascent_m") val ascentM: Double? = null,
    /** Distance, metres, ≥ 0. */
    @SerialName("distance_m") val distanceM: Double? = null,
    /** Active energy, kilocalories, ≥ 0. */
    @SerialName("energy_kcal") val energyKcal: Double? = null,
    /** Highest heart rate, per minute. */
    @SerialName("heart_rate_max") val heartRateMax: Double? = null,
    /** Mean heart rate, per minute. */
    @SerialName("heart_rate_mean") val heartRateMean: Double? = null,
    /** Laps in order. */
    @SerialName("laps") val laps: List<Lap>? = null,
    /** Moving time, seconds, ≥ 0. */
    @SerialName("moving_s") val movingS: Double? = null,
    /** Perceived exertion of the session, CR10 scale 0..=10. */
    @SerialName("perceived_exertion") val perceivedExertion: Double? = null,
    /** Mean power, watts. */
    @SerialName("power_mean_w") val powerMeanW: Double? = null,
    /** Further figures that the source gave, by its own names. */
    @SerialName("statistics") val statistics: List<NamedQuantity>? = null,
    /** A finer word from the source. */
    @SerialName("sub_sport") val subSport: String? = null,
    /** A name given by the person or the source. */
    @SerialName("title") val title: String? = null,
) : EventData {
    override val eventKind: String get() = "health.workout_recorded"
}
/** The person's clock is in another zone from `at` on. */
@Serializable
public data class ZoneChanged(
    /** The new zone. */
    @SerialName("zone") val zone: ZoneId,
) : EventData {
    override val eventKind: String get() = "person.zone_changed"
}
public typealias ZoneId = String
