// Written by `cargo xtask schema`; not to be edited.
package io.github.humantwin

import kotlinx.serialization.json.JsonObject

/** Calls the typed method of a verb; null where its types cannot say this request. */
internal fun dispatch(twin: Twin, verb: String, request: JsonObject, bytes: ByteArray?): Any? {
    return when (verb) {
        "record" -> {
            val asked = typed(RecordRequest.serializer(), request) ?: return null
            encode(RecordedView.serializer(), twin.record(events = asked.events))
        }
        "correct" -> {
            val asked = typed(CorrectRequest.serializer(), request) ?: return null
            encode(RecordedView.serializer(), twin.correct(record = asked.record, replacement = asked.replacement, source = asked.source, reason = asked.reason))
        }
        "delete" -> {
            val asked = typed(DeleteRequest.serializer(), request) ?: return null
            encode(RecordedView.serializer(), twin.delete(record = asked.record, source = asked.source))
        }
        "import" -> {
            val asked = typed(ImportRequest.serializer(), request) ?: return null
            encode(ImportView.serializer(), twin.import(consent = asked.consent, mapping = asked.mapping, name = asked.name, path = asked.path, subject = asked.subject, zone = asked.zone, bytes = bytes))
        }
        "receive" -> {
            val asked = typed(ReceiveRequest.serializer(), request) ?: return null
            encode(ReceivedView.serializer(), twin.receive(secret = asked.secret, service = asked.service, event = asked.event, headers = asked.headers, me = asked.me, query = asked.query, zone = asked.zone, bytes = bytes))
        }
        "sync_calendar" -> {
            val asked = typed(SyncCalendarRequest.serializer(), request) ?: return null
            encode(SyncCalendarView.serializer(), twin.syncCalendar(answer = asked.answer, machine = asked.machine, start = asked.start))
        }
        "merge" -> {
            val asked = typed(MergeRequest.serializer(), request) ?: return null
            encode(MergeReport.serializer(), twin.merge(path = asked.path, bytes = bytes))
        }
        "state" -> {
            val asked = typed(StateRequest.serializer(), request) ?: return null
            encode(StateView.serializer(), twin.state(at = asked.at, knownAt = asked.knownAt))
        }
        "days" -> {
            val asked = typed(DaysRequest.serializer(), request) ?: return null
            encode(DaysView.serializer(), twin.days(from = asked.from, to = asked.to))
        }
        "history" -> {
            val asked = typed(HistoryRequest.serializer(), request) ?: return null
            encode(HistoryView.serializer(), twin.history(metric = asked.metric, everyS = asked.everyS, from = asked.from, knownAt = asked.knownAt, raw = asked.raw, to = asked.to))
        }
        "windows" -> {
            val asked = typed(WindowsRequest.serializer(), request) ?: return null
            encode(WindowsView.serializer(), twin.windows(at = asked.at, from = asked.from, goal = asked.goal, knownAt = asked.knownAt, metric = asked.metric, name = asked.name, shape = asked.shape, to = asked.to))
        }
        "ready_windows" -> {
            typed(NothingRequest.serializer(), request) ?: return null
            encode(ReadyWindowsView.serializer(), twin.readyWindows())
        }
        "why" -> {
            val asked = typed(WhyRequest.serializer(), request) ?: return null
            encode(WhyView.serializer(), twin.why(since = asked.since, score = asked.score))
        }
        "predict" -> {
            val asked = typed(PredictRequest.serializer(), request) ?: return null
            encode(PredictionView.serializer(), twin.predict(model = asked.model, at = asked.at, knownAt = asked.knownAt))
        }
        "simulate" -> {
            val asked = typed(Scenario.serializer(), request) ?: return null
            encode(SimulationView.serializer(), twin.simulate(at = asked.at, changes = asked.changes, days = asked.days, draws = asked.draws, knownAt = asked.knownAt, seed = asked.seed))
        }
        "plan" -> {
            val asked = typed(PlanRequest.serializer(), request) ?: return null
            encode(PlanView.serializer(), twin.plan(plan = asked.plan, at = asked.at, knownAt = asked.knownAt, seed = asked.seed, steps = asked.steps))
        }
        "models" -> {
            typed(NothingRequest.serializer(), request) ?: return null
            encode(ModelsView.serializer(), twin.models())
        }
        "report" -> {
            val asked = typed(ReportRequest.serializer(), request) ?: return null
            twin.report(days = asked.days, title = asked.title, until = asked.until)
        }
        "export" -> {
            typed(NothingRequest.serializer(), request) ?: return null
            twin.export()
        }
        "pack" -> {
            typed(NothingRequest.serializer(), request) ?: return null
            twin.pack()
        }
        "verify" -> {
            typed(NothingRequest.serializer(), request) ?: return null
            encode(VerifyView.serializer(), twin.verify())
        }
        "maintain" -> {
            val asked = typed(MaintainRequest.serializer(), request) ?: return null
            encode(MaintainView.serializer(), twin.maintain(steps = asked.steps))
        }
        "grant" -> {
            val asked = typed(GrantRequest.serializer(), request) ?: return null
            encode(DoneView.serializer(), twin.grant(actor = asked.actor, purpose = asked.purpose, until = asked.until))
        }
        "revoke" -> {
            val asked = typed(RevokeRequest.serializer(), request) ?: return null
            encode(DoneView.serializer(), twin.revoke(actor = asked.actor, purpose = asked.purpose))
        }
        "imports" -> {
            typed(NothingRequest.serializer(), request) ?: return null
            encode(ImportsView.serializer(), twin.imports())
        }
        "refused" -> {
            val asked = typed(RefusedRequest.serializer(), request) ?: return null
            encode(RefusedRecordsView.serializer(), twin.refused(limit = asked.limit))
        }
        "drill" -> {
            typed(NothingRequest.serializer(), request) ?: return null
            encode(DoneView.serializer(), twin.drill())
        }
        else -> null
    }
}
