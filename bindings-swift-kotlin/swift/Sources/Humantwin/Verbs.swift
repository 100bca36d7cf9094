// Written by `cargo xtask schema`; not to be edited.

import Foundation

/// The verbs of a twin. Each throws a `TwinError`.
extension Twin {
    /// Records facts. All of them are written, or none; what is there already is counted as a duplicate.
    /// - Parameter events: The facts, each a CloudEvents object.
    @discardableResult
    public func record(events: [Event]? = nil) throws -> RecordedView {
        try view("record", RecordRequest(events: events))
    }

    /// Says what a record should have said. The past is kept: `state` with `known_at` still shows what was believed then.
    /// - Parameter record: The source's id of the record, or `event:<id>`.
    /// - Parameter replacement: What it should have said.
    /// - Parameter source: Who said it.
    /// - Parameter reason: Why, in words.
    @discardableResult
    public func correct(record: String, replacement: EventBody, source: String, reason: String? = nil) throws -> RecordedView {
        try view("correct", CorrectRequest(record: record, replacement: replacement, source: source, reason: reason))
    }

    /// Takes a record back.
    /// - Parameter record: The source's id of the record, or `event:<id>`.
    /// - Parameter source: Who said it.
    @discardableResult
    public func delete(record: String, source: String) throws -> RecordedView {
        try view("delete", DeleteRequest(record: record, source: source))
    }

    /// Reads a file: an export of a phone, a watch, a calendar, a tool. Give its bytes, or a path. What precedes damage is kept; importing again changes nothing.
    /// - Parameter consent: Take the consent that an export of a twin holds; only the person may. Default: no.
    /// - Parameter mapping: What the columns of a table mean, as JSON text (`csv_mapping`).
    /// - Parameter name: The file's name, as the answer shall call it; default: the path's last part, else `file`.
    /// - Parameter path: A file of this machine, read piece by piece; not in a browser.
    /// - Parameter subject: Read only this person of a file that holds several.
    /// - Parameter zone: IANA zone of times that are written without one; default: the person's, else UTC.
    /// - Parameter bytes: What is read, where there is no path.
    /// - Parameter progress: Hears how many bytes are read; `false` stops the work; what was read is kept.
    @discardableResult
    public func `import`(consent: Bool? = nil, mapping: String? = nil, name: String? = nil, path: String? = nil, subject: String? = nil, zone: String? = nil, bytes: Data? = nil, progress: ReadProgress? = nil) throws -> ImportView {
        try view("import", ImportRequest(consent: consent, mapping: mapping, name: name, path: path, subject: subject, zone: zone), bytes: bytes, progress: progress)
    }

    /// Takes what a service delivers by webhook: proves who sent it, records what it says of work, and says what to answer. Give the body as bytes, not one changed.
    /// - Parameter secret: What was agreed with the service: the signing secret, the token, the client state.
    /// - Parameter service: Who is said to have sent it: `github`, `gitlab`, `jira`, `asana`, `slack`, `microsoft_graph`, `zoom`, `google_calendar`. The host knows by the path it was sent to.
    /// - Parameter event: Name of the event, where the host knows it otherwise than by a header.
    /// - Parameter headers: Headers as they came.
    /// - Parameter me: Names of the twin's person in the service: logins, ids, addresses.
    /// - Parameter query: Fields of the query, decoded.
    /// - Parameter zone: IANA zone of times that are written without one; default: the person's, else UTC.
    /// - Parameter bytes: What is read, where there is no path.
    /// - Parameter progress: Hears how many bytes are read; `false` stops the work; what was read is kept.
    @discardableResult
    public func receive(secret: String, service: String, event: String? = nil, headers: [HeaderField]? = nil, me: [String]? = nil, query: [HeaderField]? = nil, zone: String? = nil, bytes: Data? = nil, progress: ReadProgress? = nil) throws -> ReceivedView {
        try view("receive", ReceiveRequest(secret: secret, service: service, event: event, headers: headers, me: me, query: query, zone: zone), bytes: bytes, progress: progress)
    }

    /// One step of a sync with a calendar server: records what the last answer told, and says what to ask next.
    /// - Parameter answer: What the server answered to the step's request.
    /// - Parameter machine: What the step before gave.
    /// - Parameter start: Begins a sync.
    @discardableResult
    public func syncCalendar(answer: HttpAnswer? = nil, machine: String? = nil, start: CalendarStart? = nil) throws -> SyncCalendarView {
        try view("sync_calendar", SyncCalendarRequest(answer: answer, machine: machine, start: start))
    }

    /// Merges another log of the same person, given as packed bytes or as a path. Merging again changes nothing, and the order of merges does not matter.
    /// - Parameter path: A twin's file of this machine; not in a browser.
    /// - Parameter bytes: What is read, where there is no path.
    /// - Parameter progress: Hears how many bytes are read; `false` stops the work; what was read is kept.
    @discardableResult
    public func merge(path: String? = nil, bytes: Data? = nil, progress: ReadProgress? = nil) throws -> MergeReport {
        try view("merge", MergeRequest(path: path), bytes: bytes, progress: progress)
    }

    /// The state now, or at a past moment, or as it was known at a past moment.
    /// - Parameter at: At this moment; default: now. Nothing that came after it is shown.
    /// - Parameter knownAt: As known at this moment; default: as known now.
    public func state(at: Timestamp? = nil, knownAt: Timestamp? = nil) throws -> StateView {
        try view("state", StateRequest(at: at, knownAt: knownAt))
    }

    /// Days, oldest first; days of which nothing is known are left out.
    /// - Parameter from: First day.
    /// - Parameter to: Last day.
    public func days(from: LocalDate, to: LocalDate) throws -> DaysView {
        try view("days", DaysRequest(from: from, to: to))
    }

    /// A metric over time, raw, resolved over its sources or in steps; or the facts of a kind.
    /// - Parameter metric: A metric of the catalogue, a vendor's own, or an event kind (`task.completed`).
    /// - Parameter everyS: In steps of so many seconds, counted from 1970 in UTC; default: at every instant.
    /// - Parameter from: From, included.
    /// - Parameter knownAt: As known at this moment.
    /// - Parameter raw: Every stored sample with its source, nothing resolved; default: no.
    /// - Parameter to: To, excluded.
    public func history(metric: String, everyS: Double? = nil, from: Timestamp? = nil, knownAt: Timestamp? = nil, raw: Bool? = nil, to: Timestamp? = nil) throws -> HistoryView {
        try view("history", HistoryRequest(metric: metric, everyS: everyS, from: from, knownAt: knownAt, raw: raw, to: to))
    }

    /// Figures of windows of time. Late and corrected data change them; each says by its revision how often.
    /// - Parameter at: At a past moment: without what came after it.
    /// - Parameter from: From: windows that end after it.
    /// - Parameter goal: What each window is held against, in the unit of its value, above zero.
    /// - Parameter knownAt: As known at a past moment.
    /// - Parameter metric: A metric. With a name: the metric that `monthly_goal` is of.
    /// - Parameter name: The name of ready-made windows: see `ready_windows`.
    /// - Parameter shape: How time is cut, for a metric.
    /// - Parameter to: To: windows that start before it.
    public func windows(at: Timestamp? = nil, from: Timestamp? = nil, goal: Double? = nil, knownAt: Timestamp? = nil, metric: String? = nil, name: String? = nil, shape: ShapeRequest? = nil, to: Timestamp? = nil) throws -> WindowsView {
        try view("windows", WindowsRequest(at: at, from: from, goal: goal, knownAt: knownAt, metric: metric, name: name, shape: shape, to: to))
    }

    /// The ready-made windows.
    public func readyWindows() throws -> ReadyWindowsView {
        try view("ready_windows", NothingRequest())
    }

    /// Why figures are not what they were: the days that changed, and what was learned.
    /// - Parameter since: Compared with what was known then.
    /// - Parameter score: A figure of a day: `load`, `steps`, `sleep_duration`, a metric id, or a path of a `DayView` (`sleep.asleep_min`). Default: all.
    public func why(since: Timestamp, score: String? = nil) throws -> WhyView {
        try view("why", WhyRequest(since: since, score: score))
    }

    /// What a model says of the person, with interval, confidence and what is missing.
    /// - Parameter model: A model's id: see `models`.
    /// - Parameter at: At this moment; default: now.
    /// - Parameter knownAt: As known at this moment; default: as known now.
    public func predict(model: String, at: Timestamp? = nil, knownAt: Timestamp? = nil) throws -> PredictionView {
        try view("predict", PredictRequest(model: model, at: at, knownAt: knownAt))
    }

    /// What would happen: sleep, alertness, training and strain run forward, as usual and with changes.
    /// - Parameter at: From this moment on; default: now.
    /// - Parameter changes: The changes; none shows how the days go as usual.
    /// - Parameter days: Days ahead, 1..=60; default: 14.
    /// - Parameter draws: Draws, 1..=5000; default: 200.
    /// - Parameter knownAt: As known at this moment; default: as known now.
    /// - Parameter seed: Seed of the draws; the same seed gives the same answer. Default: 1.
    public func simulate(at: Timestamp? = nil, changes: [PlanChange]? = nil, days: Int? = nil, draws: Int? = nil, knownAt: Timestamp? = nil, seed: Int? = nil) throws -> SimulationView {
        try view("simulate", Scenario(at: at, changes: changes, days: days, draws: draws, knownAt: knownAt, seed: seed))
    }

    /// A plan of work: a week of tasks, a learning path, teams, who takes which task, which projects fit; each with what found no place and the rule that holds it back.
    /// - Parameter plan: What to plan.
    /// - Parameter at: At this moment; default: now.
    /// - Parameter knownAt: As known at this moment; default: as known now.
    /// - Parameter seed: Seed of the search; default: 1.
    /// - Parameter steps: Steps of the search, 1..=10000000; default: 1000. More steps never give a worse plan.
    public func plan(plan: PlanKind, at: Timestamp? = nil, knownAt: Timestamp? = nil, seed: Int? = nil, steps: Int? = nil) throws -> PlanView {
        try view("plan", PlanRequest(plan: plan, at: at, knownAt: knownAt, seed: seed, steps: steps))
    }

    /// The models there are.
    public func models() throws -> ModelsView {
        try view("models", NothingRequest())
    }

    /// A self-contained HTML page with charts.
    /// - Parameter days: Days back from the last one, 1..=3650; default: 90.
    /// - Parameter title: What the page calls the person; default: their id.
    /// - Parameter until: The last day; default: today where something is known of it, else the newest day.
    public func report(days: Int? = nil, title: String? = nil, until: LocalDate? = nil) throws -> String {
        try text("report", ReportRequest(days: days, title: title, until: until))
    }

    /// Everything that is known, as JSON lines: one CloudEvents object each, in the order it was learned.
    public func export() throws -> String {
        try text("export", NothingRequest())
    }

    /// The whole log as bytes, for `merge` on another device, or to be kept.
    public func pack() throws -> Data {
        try bytes("pack", NothingRequest())
    }

    /// Checks every hash, folds the whole log again and compares it with what is stored.
    public func verify() throws -> VerifyView {
        try view("verify", NothingRequest())
    }

    /// Does some of the work that waits, in small steps: for phones, while the system grants time.
    /// - Parameter steps: At most about so many small steps of a few milliseconds; default: 100.
    @discardableResult
    public func maintain(steps: Int? = nil) throws -> MaintainView {
        try view("maintain", MaintainRequest(steps: steps))
    }

    /// Lets somebody read for a purpose. Only the person may.
    /// - Parameter actor: Who may read.
    /// - Parameter purpose: What for.
    /// - Parameter until: Until when; default: until it is revoked.
    @discardableResult
    public func grant(actor: String, purpose: Purpose, until: Timestamp? = nil) throws -> DoneView {
        try view("grant", GrantRequest(actor: actor, purpose: purpose, until: until))
    }

    /// Takes a grant back.
    /// - Parameter actor: Whose.
    /// - Parameter purpose: Which purpose; default: all.
    @discardableResult
    public func revoke(actor: String, purpose: Purpose? = nil) throws -> DoneView {
        try view("revoke", RevokeRequest(actor: actor, purpose: purpose))
    }

    /// The imports so far.
    public func imports() throws -> ImportsView {
        try view("imports", NothingRequest())
    }

    /// Records that were refused, with reasons.
    /// - Parameter limit: At most so many; default: 100.
    public func refused(limit: Int? = nil) throws -> RefusedRecordsView {
        try view("refused", RefusedRequest(limit: limit))
    }

    /// Fails as a bug of ours would, with `internal`: for a host that wants to see what it does then. Nothing is harmed.
    public func drill() throws -> DoneView {
        try view("drill", NothingRequest())
    }
}
