//! What each verb does: from its request to the twin's own method.

use super::request::*;
use super::verbs::Beside;
use crate::error::{Error, Result};
use crate::plan::{PlanRequest, PlanView};
use crate::predict::PredictionView;
use crate::twin::Twin;
use crate::verbs::*;
use crate::view::{Event, StateView, WindowsView};
use std::io::Cursor;
use twin_core::{Code, Timestamp};

pub(super) fn record(twin: &Twin, r: RecordRequest, _: Beside<'_>) -> Result<RecordedView> {
    let read = |event: &Event| twin_core::event::from_cloud_event(event.json()).map_err(unplaced);
    twin.record(r.events.iter().map(read).collect::<Result<_>>()?)
}

/// Without the place in the JSON text: that is the binding's, which the caller never sees.
fn unplaced(error: twin_core::Error) -> Error {
    let mut error = Error::from(error);
    if let Some((said, _)) = error.message.rsplit_once(" at line ") {
        error.message.truncate(said.len());
    }
    error
}

pub(super) fn correct(twin: &Twin, r: CorrectRequest, _: Beside<'_>) -> Result<RecordedView> {
    twin.correct(&r.source, &r.record, r.replacement, r.reason)
}

pub(super) fn delete(twin: &Twin, r: DeleteRequest, _: Beside<'_>) -> Result<RecordedView> {
    twin.delete(&r.source, &r.record)
}

pub(super) fn import(twin: &Twin, r: ImportRequest, beside: Beside<'_>) -> Result<ImportView> {
    let ImportRequest { path, name, zone, subject, mapping, consent } = r;
    let options = ImportOptions { zone, subject, mapping, consent: consent.unwrap_or(false) };
    let last = path.as_deref().map(|p| p.rsplit(['/', '\\']).next().unwrap_or(p).to_owned());
    let name = name.or(last).unwrap_or_else(|| "file".into());
    match (path, beside.bytes) {
        (None, Some(bytes)) => twin.import(&name, &mut Cursor::new(bytes), &options, beside.progress),
        (Some(path), None) => twin.import(&name, &mut open(&path)?, &options, beside.progress),
        _ => Err(either("import")),
    }
}

pub(super) fn receive(twin: &Twin, r: ReceiveRequest, beside: Beside<'_>) -> Result<ReceivedView> {
    twin.receive(&r, beside.bytes.unwrap_or_default())
}

pub(super) fn sync_calendar(twin: &Twin, r: SyncCalendarRequest, _: Beside<'_>) -> Result<SyncCalendarView> {
    twin.sync_calendar(&r)
}

pub(super) fn merge(twin: &Twin, r: MergeRequest, beside: Beside<'_>) -> Result<MergeReport> {
    match (r.path, beside.bytes) {
        (None, Some(bytes)) => twin.merge_bytes(bytes),
        (Some(path), None) => merge_file(twin, &path),
        _ => Err(either("merge")),
    }
}

pub(super) fn state(twin: &Twin, r: StateRequest, _: Beside<'_>) -> Result<StateView> {
    twin.state(r.at, r.known_at)
}

pub(super) fn days(twin: &Twin, r: DaysRequest, _: Beside<'_>) -> Result<DaysView> {
    Ok(DaysView { days: twin.days(r.from, r.to)? })
}

pub(super) fn history(twin: &Twin, r: HistoryRequest, _: Beside<'_>) -> Result<HistoryView> {
    let resolution = resolution(r.every_s, r.raw)?;
    let HistoryRequest { metric, from, to, known_at, .. } = r;
    twin.history(&HistoryQuery { metric, from, to, resolution, known_at })
}

pub(super) fn windows(twin: &Twin, r: WindowsRequest, _: Beside<'_>) -> Result<WindowsView> {
    twin.windows(&r.try_into()?)
}

pub(super) fn ready_windows(_: &Twin, _: NothingRequest, _: Beside<'_>) -> Result<ReadyWindowsView> {
    let view = |(name, about): (&str, &str)| ReadyWindowView { name: name.into(), about: about.into() };
    Ok(ReadyWindowsView { windows: Twin::ready_windows().into_iter().map(view).collect() })
}

pub(super) fn why(twin: &Twin, r: WhyRequest, _: Beside<'_>) -> Result<WhyView> {
    twin.why(&WhyQuery { score: r.score.unwrap_or_default(), since: r.since })
}

pub(super) fn predict(twin: &Twin, r: PredictRequest, _: Beside<'_>) -> Result<PredictionView> {
    twin.predict(&r.model, r.at, r.known_at)
}

pub(super) fn simulate(twin: &Twin, r: Scenario, _: Beside<'_>) -> Result<SimulationView> {
    twin.simulate(&r)
}

pub(super) fn plan(twin: &Twin, r: PlanRequest, _: Beside<'_>) -> Result<PlanView> {
    twin.plan(&r)
}

pub(super) fn models(_: &Twin, _: NothingRequest, _: Beside<'_>) -> Result<ModelsView> {
    let view = |m: &twin_models::registry::ModelInfo| ModelView {
        id: m.id.into(),
        version: m.version.into(),
        title: m.title.into(),
        health: m.health,
    };
    Ok(ModelsView { models: Twin::models().into_iter().map(view).collect() })
}

pub(super) fn report(twin: &Twin, r: ReportRequest, _: Beside<'_>) -> Result<String> {
    let days = r.days.unwrap_or(ReportOptions::default().days);
    twin.report(&ReportOptions { days, until: r.until, title: r.title })
}

pub(super) fn export(twin: &Twin, _: NothingRequest, _: Beside<'_>) -> Result<String> {
    let mut lines = Vec::new();
    twin.export(&mut lines)?;
    String::from_utf8(lines).map_err(|_| Error::new(Code::Internal, "the export is no text"))
}

pub(super) fn pack(twin: &Twin, _: NothingRequest, _: Beside<'_>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    twin.pack(&mut bytes)?;
    Ok(bytes)
}

pub(super) fn verify(twin: &Twin, _: NothingRequest, _: Beside<'_>) -> Result<VerifyView> {
    twin.verify()
}

pub(super) fn maintain(twin: &Twin, r: MaintainRequest, _: Beside<'_>) -> Result<MaintainView> {
    twin.maintain(r.steps.unwrap_or(100))
}

pub(super) fn grant(twin: &Twin, r: GrantRequest, _: Beside<'_>) -> Result<DoneView> {
    twin.grant(&r.actor, r.purpose, r.until).map(|()| DoneView { done: true })
}

pub(super) fn revoke(twin: &Twin, r: RevokeRequest, _: Beside<'_>) -> Result<DoneView> {
    twin.revoke(&r.actor, r.purpose).map(|()| DoneView { done: true })
}

pub(super) fn imports(twin: &Twin, _: NothingRequest, _: Beside<'_>) -> Result<ImportsView> {
    let view = |(at, import): (Timestamp, ImportView)| PastImportView { at, import };
    Ok(ImportsView { imports: twin.imports()?.into_iter().map(view).collect() })
}

pub(super) fn refused(twin: &Twin, r: RefusedRequest, _: Beside<'_>) -> Result<RefusedRecordsView> {
    let found = twin.refused(r.limit.unwrap_or(100) as usize)?;
    let view = |r: twin_core::observation::Refusal| RefusedRecordView {
        code: r.code,
        subject: r.subject,
        message: r.message,
    };
    Ok(RefusedRecordsView { refused: found.into_iter().map(view).collect() })
}

#[expect(clippy::panic, reason = "this is what the verb is for")]
pub(super) fn drill(_: &Twin, _: NothingRequest, _: Beside<'_>) -> Result<DoneView> {
    panic!("a drill: nothing is harmed")
}

#[cfg(not(target_arch = "wasm32"))]
fn open(path: &str) -> Result<std::fs::File> {
    std::fs::File::open(path).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => Error::new(Code::NotFound, "there is no file of that path"),
        kind => Error::new(Code::Storage, format!("the file cannot be opened: {kind}")),
    })
}

#[cfg(target_arch = "wasm32")]
fn open(_: &str) -> Result<Cursor<Vec<u8>>> {
    Err(no_files())
}

#[cfg(feature = "store-sqlite")]
fn merge_file(twin: &Twin, path: &str) -> Result<MergeReport> {
    let options = crate::EngineOptions::new(crate::Storage::ReadOnly(path.into()), twin.clock());
    let other = crate::Engine::open(options)?.own_twin(twin.person()?.as_str())?;
    twin.merge(&other)
}

#[cfg(not(feature = "store-sqlite"))]
fn merge_file(_: &Twin, _: &str) -> Result<MergeReport> {
    Err(no_files())
}

#[cfg(any(target_arch = "wasm32", not(feature = "store-sqlite")))]
fn no_files() -> Error {
    Error::new(Code::Unsupported, "there are no files here: give the bytes")
}

fn either(verb: &str) -> Error {
    invalid(&format!("`{verb}` takes a path or bytes: one of them"))
}

fn invalid(message: &str) -> Error {
    Error::new(Code::InvalidValue, message)
}
