// Written by `cargo xtask schema`; not to be edited.

import Foundation

@testable import Humantwin

/// Every verb.
let verbs = ["record", "correct", "delete", "import", "receive", "sync_calendar", "merge", "state", "days", "history", "windows", "ready_windows", "why", "predict", "simulate", "plan", "models", "report", "export", "pack", "verify", "maintain", "grant", "revoke", "imports", "refused", "drill"]

/// Calls the typed method of a verb; nil where its types cannot say this request.
func dispatch(_ twin: Twin, _ verb: String, _ request: JSONValue, _ bytes: Data?) throws -> Answer? {
    switch verb {
    case "record":
        guard let asked = typed(RecordRequest.self, request) else { return nil }
        return try .view(twin.record(events: asked.events))
    case "correct":
        guard let asked = typed(CorrectRequest.self, request) else { return nil }
        return try .view(twin.correct(record: asked.record, replacement: asked.replacement, source: asked.source, reason: asked.reason))
    case "delete":
        guard let asked = typed(DeleteRequest.self, request) else { return nil }
        return try .view(twin.delete(record: asked.record, source: asked.source))
    case "import":
        guard let asked = typed(ImportRequest.self, request) else { return nil }
        return try .view(twin.import(consent: asked.consent, mapping: asked.mapping, name: asked.name, path: asked.path, subject: asked.subject, zone: asked.zone, bytes: bytes))
    case "receive":
        guard let asked = typed(ReceiveRequest.self, request) else { return nil }
        return try .view(twin.receive(secret: asked.secret, service: asked.service, event: asked.event, headers: asked.headers, me: asked.me, query: asked.query, zone: asked.zone, bytes: bytes))
    case "sync_calendar":
        guard let asked = typed(SyncCalendarRequest.self, request) else { return nil }
        return try .view(twin.syncCalendar(answer: asked.answer, machine: asked.machine, start: asked.start))
    case "merge":
        guard let asked = typed(MergeRequest.self, request) else { return nil }
        return try .view(twin.merge(path: asked.path, bytes: bytes))
    case "state":
        guard let asked = typed(StateRequest.self, request) else { return nil }
        return try .view(twin.state(at: asked.at, knownAt: asked.knownAt))
    case "days":
        guard let asked = typed(DaysRequest.self, request) else { return nil }
        return try .view(twin.days(from: asked.from, to: asked.to))
    case "history":
        guard let asked = typed(HistoryRequest.self, request) else { return nil }
        return try .view(twin.history(metric: asked.metric, everyS: asked.everyS, from: asked.from, knownAt: asked.knownAt, raw: asked.raw, to: asked.to))
    case "windows":
        guard let asked = typed(WindowsRequest.self, request) else { return nil }
        return try .view(twin.windows(at: asked.at, from: asked.from, goal: asked.goal, knownAt: asked.knownAt, metric: asked.metric, name: asked.name, shape: asked.shape, to: asked.to))
    case "ready_windows":
        guard let _ = typed(NothingRequest.self, request) else { return nil }
        return try .view(twin.readyWindows())
    case "why":
        guard let asked = typed(WhyRequest.self, request) else { return nil }
        return try .view(twin.why(since: asked.since, score: asked.score))
    case "predict":
        guard let asked = typed(PredictRequest.self, request) else { return nil }
        return try .view(twin.predict(model: asked.model, at: asked.at, knownAt: asked.knownAt))
    case "simulate":
        guard let asked = typed(Scenario.self, request) else { return nil }
        return try .view(twin.simulate(at: asked.at, changes: asked.changes, days: asked.days, draws: asked.draws, knownAt: asked.knownAt, seed: asked.seed))
    case "plan":
        guard let asked = typed(PlanRequest.self, request) else { return nil }
        return try .view(twin.plan(plan: asked.plan, at: asked.at, knownAt: asked.knownAt, seed: asked.seed, steps: asked.steps))
    case "models":
        guard let _ = typed(NothingRequest.self, request) else { return nil }
        return try .view(twin.models())
    case "report":
        guard let asked = typed(ReportRequest.self, request) else { return nil }
        return try .text(twin.report(days: asked.days, title: asked.title, until: asked.until))
    case "export":
        guard let _ = typed(NothingRequest.self, request) else { return nil }
        return try .text(twin.export())
    case "pack":
        guard let _ = typed(NothingRequest.self, request) else { return nil }
        return try .bytes(twin.pack())
    case "verify":
        guard let _ = typed(NothingRequest.self, request) else { return nil }
        return try .view(twin.verify())
    case "maintain":
        guard let asked = typed(MaintainRequest.self, request) else { return nil }
        return try .view(twin.maintain(steps: asked.steps))
    case "grant":
        guard let asked = typed(GrantRequest.self, request) else { return nil }
        return try .view(twin.grant(actor: asked.actor, purpose: asked.purpose, until: asked.until))
    case "revoke":
        guard let asked = typed(RevokeRequest.self, request) else { return nil }
        return try .view(twin.revoke(actor: asked.actor, purpose: asked.purpose))
    case "imports":
        guard let _ = typed(NothingRequest.self, request) else { return nil }
        return try .view(twin.imports())
    case "refused":
        guard let asked = typed(RefusedRequest.self, request) else { return nil }
        return try .view(twin.refused(limit: asked.limit))
    case "drill":
        guard let _ = typed(NothingRequest.self, request) else { return nil }
        return try .view(twin.drill())
    default: return nil
    }
}
