// Written by `cargo xtask schema`; not to be edited.
package io.github.humantwin

import kotlinx.serialization.KSerializer

/** The verbs of a twin. Each fails with a [TwinException]. */
public abstract class TwinVerbs internal constructor() {
    internal abstract fun <Q> text(verb: String, of: KSerializer<Q>, request: Q, bytes: ByteArray?, progress: ((Long) -> Boolean)?): String

    internal abstract fun <Q> bytes(verb: String, of: KSerializer<Q>, request: Q, bytes: ByteArray?, progress: ((Long) -> Boolean)?): ByteArray

    /**
     * Records facts. All of them are written, or none; what is there already is counted as a duplicate.
     * @param events The facts, each a CloudEvents object.
     */
    public fun record(events: List<Event>? = null): RecordedView =
        decode(RecordedView.serializer(), text("record", RecordRequest.serializer(), RecordRequest(events = events), null, null))

    /**
     * Says what a record should have said. The past is kept: `state` with `known_at` still shows what was believed then.
     * @param record The source's id of the record, or `event:<id>`.
     * @param replacement What it should have said.
     * @param source Who said it.
     * @param reason Why, in words.
     */
    public fun correct(record: String, replacement: EventBody, source: String, reason: String? = null): RecordedView =
        decode(RecordedView.serializer(), text("correct", CorrectRequest.serializer(), CorrectRequest(record = record, replacement = replacement, source = source, reason = reason), null, null))

    /**
     * Takes a record back.
     * @param record The source's id of the record, or `event:<id>`.
     * @param source Who said it.
     */
    public fun delete(record: String, source: String): RecordedView =
        decode(RecordedView.serializer(), text("delete", DeleteRequest.serializer(), DeleteRequest(record = record, source = source), null, null))

    /**
     * Reads a file: an export of a phone, a watch, a calendar, a tool. Give its bytes, or a path. What precedes damage is kept; importing again changes nothing.
     * @param consent Take the consent that an export of a twin holds; only the person may. Default: no.
     * @param mapping What the columns of a table mean, as JSON text (`csv_mapping`).
     * @param name The file's name, as the answer shall call it; default: the path's last part, else `file`.
     * @param path A file of this machine, read piece by piece; not in a browser.
     * @param subject Read only this person of a file that holds several.
     * @param zone IANA zone of times that are written without one; default: the person's, else UTC.
     * @param bytes What is read, where there is no path.
     * @param progress Hears how many bytes are read; `false` stops the work; what was read is kept.
     */
    public fun import(consent: Boolean? = null, mapping: String? = null, name: String? = null, path: String? = null, subject: String? = null, zone: String? = null, bytes: ByteArray? = null, progress: ((Long) -> Boolean)? = null): ImportView =
        decode(ImportView.serializer(), text("import", ImportRequest.serializer(), ImportRequest(consent = consent, mapping = mapping, name = name, path = path, subject = subject, zone = zone), bytes, progress))

    /**
     * Takes what a service delivers by webhook: proves who sent it, records what it says of work, and says what to answer. Give the body as bytes, not one changed.
     * @param secret What was agreed with the service: the signing secret, the token, the client state.
     * @param service Who is said to have sent it: `github`, `gitlab`, `jira`, `asana`, `slack`, `microsoft_graph`, `zoom`, `google_calendar`. The host knows by the path it was sent to.
     * @param event Name of the event, where the host knows it otherwise than by a header.
     * @param headers Headers as they came.
     * @param me Names of the twin's person in the service: logins, ids, addresses.
     * @param query Fields of the query, decoded.
     * @param zone IANA zone of times that are written without one; default: the person's, else UTC.
     * @param bytes What is read, where there is no path.
     * @param progress Hears how many bytes are read; `false` stops the work; what was read is kept.
     */
    public fun receive(secret: String, service: String, event: String? = null, headers: List<HeaderField>? = null, me: List<String>? = null, query: List<HeaderField>? = null, zone: String? = null, bytes: ByteArray? = null, progress: ((Long) -> Boolean)? = null): ReceivedView =
        decode(ReceivedView.serializer(), text("receive", ReceiveRequest.serializer(), ReceiveRequest(secret = secret, service = service, event = event, headers = headers, me = me, query = query, zone = zone), bytes, progress))

    /**
     * One step of a sync with a calendar server: records what the last answer told, and says what to ask next.
     * @param answer What the server answered to the step's request.
     * @param machine What the step before gave.
     * @param start Begins a sync.
     */
    public fun syncCalendar(answer: HttpAnswer? = null, machine: String? = null, start: CalendarStart? = null): SyncCalendarView =
        decode(SyncCalendarView.serializer(), text("sync_calendar", SyncCalendarRequest.serializer(), SyncCalendarRequest(answer = answer, machine = machine, start = start), null, null))

    /**
     * Merges another log of the same person, given as packed bytes or as a path. Merging again changes nothing, and the order of merges does not matter.
     * @param path A twin's file of this machine; not in a browser.
     * @param bytes What is read, where there is no path.
     * @param progress Hears how many bytes are read; `false` stops the work; what was read is kept.
     */
    public fun merge(path: String? = null, bytes: ByteArray? = null, progress: ((Long) -> Boolean)? = null): MergeReport =
        decode(MergeReport.serializer(), text("merge", MergeRequest.serializer(), MergeRequest(path = path), bytes, progress))

    /**
     * The state now, or at a past moment, or as it was known at a past moment.
     * @param at At this moment; default: now. Nothing that came after it is shown.
     * @param knownAt As known at this moment; default: as known now.
     */
    public fun state(at: Timestamp? = null, knownAt: Timestamp? = null): StateView =
        decode(StateView.serializer(), text("state", StateRequest.serializer(), StateRequest(at = at, knownAt = knownAt), null, null))

    /**
     * Days, oldest first; days of which nothing is known are left out.
     * @param from First day.
     * @param to Last day.
     */
    public fun days(from: LocalDate, to: LocalDate): DaysView =
        decode(DaysView.serializer(), text("days", DaysRequest.serializer(), DaysRequest(from = from, to = to), null, null))

    /**
     * A metric over time, raw, resolved over its sources or in steps; or the facts of a kind.
     * @param metric A metric of the catalogue, a vendor's own, or an event kind (`task.completed`).
     * @param everyS In steps of so many seconds, counted from 1970 in UTC; default: at every instant.
     * @param from From, included.
     * @param knownAt As known at this moment.
     * @param raw Every stored sample with its source, nothing resolved; default: no.
     * @param to To, excluded.
     */
    public fun history(metric: String, everyS: Double? = null, from: Timestamp? = null, knownAt: Timestamp? = null, raw: Boolean? = null, to: Timestamp? = null): HistoryView =
        decode(HistoryView.serializer(), text("history", HistoryRequest.serializer(), HistoryRequest(metric = metric, everyS = everyS, from = from, knownAt = knownAt, raw = raw, to = to), null, null))

    /**
     * Figures of windows of time. Late and corrected data change them; each says by its revision how often.
     * @param at At a past moment: without what came after it.
     * @param from From: windows that end after it.
     * @param goal What each window is held against, in the unit of its value, above zero.
     * @param knownAt As known at a past moment.
     * @param metric A metric. With a name: the metric that `monthly_goal` is of.
     * @param name The name of ready-made windows: see `ready_windows`.
     * @param shape How time is cut, for a metric.
     * @param to To: windows that start before it.
     */
    public fun windows(at: Timestamp? = null, from: Timestamp? = null, goal: Double? = null, knownAt: Timestamp? = null, metric: String? = null, name: String? = null, shape: ShapeRequest? = null, to: Timestamp? = null): WindowsView =
        decode(WindowsView.serializer(), text("windows", WindowsRequest.serializer(), WindowsRequest(at = at, from = from, goal = goal, knownAt = knownAt, metric = metric, name = name, shape = shape, to = to), null, null))

    /** The ready-made windows. */
    public fun readyWindows(): ReadyWindowsView =
        decode(ReadyWindowsView.serializer(), text("ready_windows", NothingRequest.serializer(), NothingRequest, null, null))

    /**
     * Why figures are not what they were: the days that changed, and what was learned.
     * @param since Compared with what was known then.
     * @param score A figure of a day: `load`, `steps`, `sleep_duration`, a metric id, or a path of a `DayView` (`sleep.asleep_min`). Default: all.
     */
    public fun why(since: Timestamp, score: String? = null): WhyView =
        decode(WhyView.serializer(), text("why", WhyRequest.serializer(), WhyRequest(since = since, score = score), null, null))

    /**
     * What a model says of the person, with interval, confidence and what is missing.
     * @param model A model's id: see `models`.
     * @param at At this moment; default: now.
     * @param knownAt As known at this moment; default: as known now.
     */
    public fun predict(model: String, at: Timestamp? = null, knownAt: Timestamp? = null): PredictionView =
        decode(PredictionView.serializer(), text("predict", PredictRequest.serializer(), PredictRequest(model = model, at = at, knownAt = knownAt), null, null))

    /**
     * What would happen: sleep, alertness, training and strain run forward, as usual and with changes.
     * @param at From this moment on; default: now.
     * @param changes The changes; none shows how the days go as usual.
     * @param days Days ahead, 1..=60; default: 14.
     * @param draws Draws, 1..=5000; default: 200.
     * @param knownAt As known at this moment; default: as known now.
     * @param seed Seed of the draws; the same seed gives the same answer. Default: 1.
     */
    public fun simulate(at: Timestamp? = null, changes: List<PlanChange>? = null, days: Long? = null, draws: Long? = null, knownAt: Timestamp? = null, seed: Long? = null): SimulationView =
        decode(SimulationView.serializer(), text("simulate", Scenario.serializer(), Scenario(at = at, changes = changes, days = days, draws = draws, knownAt = knownAt, seed = seed), null, null))

    /**
     * A plan of work: a week of tasks, a learning path, teams, who takes which task, which projects fit; each with what found no place and the rule that holds it back.
     * @param plan What to plan.
     * @param at At this moment; default: now.
     * @param knownAt As known at this moment; default: as known now.
     * @param seed Seed of the search; default: 1.
     * @param steps Steps of the search, 1..=10000000; default: 1000. More steps never give a worse plan.
     */
    public fun plan(plan: PlanKind, at: Timestamp? = null, knownAt: Timestamp? = null, seed: Long? = null, steps: Long? = null): PlanView =
        decode(PlanView.serializer(), text("plan", PlanRequest.serializer(), PlanRequest(plan = plan, at = at, knownAt = knownAt, seed = seed, steps = steps), null, null))

    /** The models there are. */
    public fun models(): ModelsView =
        decode(ModelsView.serializer(), text("models", NothingRequest.serializer(), NothingRequest, null, null))

    /**
     * A self-contained HTML page with charts.
     * @param days Days back from the last one, 1..=3650; default: 90.
     * @param title What the page calls the person; default: their id.
     * @param until The last day; default: today where something is known of it, else the newest day.
     */
    public fun report(days: Long? = null, title: String? = null, until: LocalDate? = null): String =
        text("report", ReportRequest.serializer(), ReportRequest(days = days, title = title, until = until), null, null)

    /** Everything that is known, as JSON lines: one CloudEvents object each, in the order it was learned. */
    public fun export(): String =
        text("export", NothingRequest.serializer(), NothingRequest, null, null)

    /** The whole log as bytes, for `merge` on another device, or to be kept. */
    public fun pack(): ByteArray =
        bytes("pack", NothingRequest.serializer(), NothingRequest, null, null)

    /** Checks every hash, folds the whole log again and compares it with what is stored. */
    public fun verify(): VerifyView =
        decode(VerifyView.serializer(), text("verify", NothingRequest.serializer(), NothingRequest, null, null))

    /**
     * Does some of the work that waits, in small steps: for phones, while the system grants time.
     * @param steps At most about so many small steps of a few milliseconds; default: 100.
     */
    public fun maintain(steps: Long? = null): MaintainView =
        decode(MaintainView.serializer(), text("maintain", MaintainRequest.serializer(), MaintainRequest(steps = steps), null, null))

    /**
     * Lets somebody read for a purpose. Only the person may.
     * @param actor Who may read.
     * @param purpose What for.
     * @param until Until when; default: until it is revoked.
     */
    public fun grant(actor: String, purpose: Purpose, until: Timestamp? = null): DoneView =
        decode(DoneView.serializer(), text("grant", GrantRequest.serializer(), GrantRequest(actor = actor, purpose = purpose, until = until), null, null))

    /**
     * Takes a grant back.
     * @param actor Whose.
     * @param purpose Which purpose; default: all.
     */
    public fun revoke(actor: String, purpose: Purpose? = null): DoneView =
        decode(DoneView.serializer(), text("revoke", RevokeRequest.serializer(), RevokeRequest(actor = actor, purpose = purpose), null, null))

    /** The imports so far. */
    public fun imports(): ImportsView =
        decode(ImportsView.serializer(), text("imports", NothingRequest.serializer(), NothingRequest, null, null))

    /**
     * Records that were refused, with reasons.
     * @param limit At most so many; default: 100.
     */
    public fun refused(limit: Long? = null): RefusedRecordsView =
        decode(RefusedRecordsView.serializer(), text("refused", RefusedRequest.serializer(), RefusedRequest(limit = limit), null, null))

    /** Fails as a bug of ours would, with `internal`: for a host that wants to see what it does then. Nothing is harmed. */
    public fun drill(): DoneView =
        decode(DoneView.serializer(), text("drill", NothingRequest.serializer(), NothingRequest, null, null))
}
