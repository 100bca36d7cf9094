//! `import`: a file a person can export, of any known format.

use crate::error::{Error, Result};
use crate::twin::Twin;
use twin_adapters::files::mapped_csv::CsvMapping;
use twin_adapters::files::{Input, ReadOptions, read_file, read_mapped};
use twin_core::event::{Content, EventBody, Origin, ProfileStated};
use twin_core::log::{Intake, IntakeReport};
use twin_core::observation::{Observation, Refusal, Sink, Warning};
use twin_core::sort::OrderBy;
use twin_core::store::{Note, Table};
use twin_core::{Code, EventId, SourceId, Timestamp, Zone, ZoneId};
use twin_macros::payload;

/// How a file is read.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// IANA zone of times that are written without one. When the twin knows no zone of the person yet,
    /// it is noted as their usual zone. Default: the person's zone then, else UTC.
    pub zone: Option<String>,
    /// Read only this person of a file that holds several.
    pub subject: Option<String>,
    /// What the columns of a table mean, as JSON ([`CsvMapping`]): the file is read as that table, whatever
    /// it looks like.
    pub mapping: Option<String>,
    /// Take the consent that an export of a twin holds; only the person may. Default: refused, since
    /// whoever writes a file could give themselves a grant.
    pub consent: bool,
}

/// Is told how far an import is, in bytes; returning `false` stops it, keeping what was acknowledged.
pub type Progress<'a> = &'a mut dyn FnMut(u64) -> bool;

/// What an import did. A stable form: `humantwin import --json` prints it.
#[payload(full)]
pub struct ImportView {
    /// The file's name, as given.
    pub path: String,
    /// The format found: `apple_health`, `fit`, `icalendar`, `fitbit_sleep` …
    pub format: Option<String>,
    /// New events in the log.
    pub events: u64,
    /// Observations read.
    pub observations: u64,
    /// New samples.
    pub samples: u64,
    /// Observations that were there already.
    pub duplicates: u64,
    /// Samples that were there already.
    pub duplicate_samples: u64,
    /// What was refused, by reason.
    pub refused: Vec<RefusedView>,
    /// Oddities that lost nothing.
    pub warnings: Vec<Warning>,
    /// The import was stopped; import the file again to go on.
    pub interrupted: bool,
    /// Why the file could not be read, as `code: message`.
    pub error: Option<String>,
}

/// How often something was refused.
#[payload(full)]
pub struct RefusedView {
    /// The stable word of the reason.
    pub code: String,
    /// What it was about.
    pub subject: String,
    /// How many records or samples.
    pub count: u64,
    /// The first one's message.
    pub example: String,
}

impl Twin {
    /// Imports a file. What precedes damage is kept; importing the same file again changes nothing, so
    /// an import that was stopped is taken up by importing again.
    ///
    /// # Errors
    /// `invalid_value` or `malformed` within `mapping` when the mapping cannot be read, before anything else;
    /// `unsupported` when the format is not known, `malformed` when nothing could be read,
    /// `consent_required`, `storage`, `conflict`. What was acknowledged before an error is kept.
    pub fn import(
        &self,
        name: &str,
        input: &mut dyn Input,
        options: &ImportOptions,
        progress: Option<Progress<'_>>,
    ) -> Result<ImportView> {
        let mapping = options.mapping.as_deref().map(CsvMapping::read).transpose();
        let mapping = mapping.map_err(|e| Error::from(e).within("mapping"))?;
        if options.consent {
            drop(self.enter_as_owner()?);
        }
        let (mut log, now) = self.enter_to_write()?;
        let stated = options.zone.as_deref().map(Zone::named).transpose()?;
        if let (Some(zone), true) = (&options.zone, log.context().zone_changes.is_empty()) {
            let body = ProfileStated {
                born: None,
                sex: None,
                height_m: None,
                heart_rate_max: None,
                zone: Some(ZoneId::new(zone)?),
                work_days: Vec::new(),
            };
            let fact = Content::new(Origin::of(SourceId::new("person")?), EARLIEST, body);
            super::record::write(&mut log, now, |intake| intake.fact(fact))?;
        }
        let zone = stated.unwrap_or_else(|| log.context().zones.at(now).clone());
        let read =
            ReadOptions { now, zone, name: base_name(name).to_owned(), subject: options.subject.clone() };

        let mut relay;
        let mut intake = Intake::new(&mut log, now);
        if let Some(progress) = progress {
            relay = move |bytes: u64| if progress(bytes) { Ok(()) } else { Err(twin_core::Error::Cancelled) };
            intake = intake.with_progress(&mut relay);
        }
        let mut gate = Gate { intake: &mut intake, consent: options.consent };
        let outcome = match &mapping {
            Some(mapping) => read_mapped(input, mapping, &read, &mut gate),
            None => read_file(input, &read, &mut gate),
        };
        let (report, refusals) = intake.finish()?;
        let view = view_of(name, &outcome, report);
        let kept = refusal_notes(view.format.as_deref().unwrap_or("unknown"), &refusals);
        // Two imports at one moment are two rows.
        let mut key = now.micros();
        while log.store().note(Table::Import, key)?.is_some() {
            key += 1;
        }
        let import = Note { table: Table::Import, key, body: serde_json::to_vec(&view).ok() };
        log.put_notes(kept.into_iter().chain([import]).collect())?;
        match outcome {
            Err(error) if error.code() != Code::Cancelled && view.observations == 0 => {
                Err(Error::from(error).within(base_name(name)))
            }
            Err(error) if matches!(error.code(), Code::Storage | Code::Conflict | Code::Corrupt) => {
                Err(Error::from(error).within(base_name(name)))
            }
            _ => Ok(view),
        }
    }

    /// What was refused so far, newest reasons last: at most `limit` records.
    ///
    /// # Errors
    /// `consent_required`, `storage`.
    pub fn refused(&self, limit: usize) -> Result<Vec<Refusal>> {
        let (log, _) = self.enter_as_owner()?;
        let mut found = Vec::new();
        log.store().notes(Table::Refused, i64::MIN..=i64::MAX, &mut |_, bytes| {
            if found.len() < limit
                && let Ok(refusal) = serde_json::from_slice(bytes)
            {
                found.push(refusal);
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// The imports so far, oldest first.
    ///
    /// # Errors
    /// `consent_required`, `storage`.
    pub fn imports(&self) -> Result<Vec<(Timestamp, ImportView)>> {
        let (log, _) = self.enter_as_owner()?;
        let mut found = Vec::new();
        log.store().notes(Table::Import, i64::MIN..=i64::MAX, &mut |at, bytes| {
            if let Ok(view) = serde_json::from_slice(bytes) {
                found.push((Timestamp::from_micros(at), view));
            }
            Ok(())
        })?;
        Ok(found)
    }
}

/// Lets pass what a file may say: consent only where the person asked for it.
struct Gate<'a, 'b> {
    intake: &'a mut Intake<'b>,
    consent: bool,
}

impl Sink for Gate<'_, '_> {
    fn accept(&mut self, observation: Observation) -> twin_core::Result<()> {
        let consent = match &observation {
            Observation::Fact(fact) => is_consent(&fact.body),
            Observation::Series(_) => false,
        };
        if consent && !self.consent {
            let message = "consent in a file is taken only where the person asks for it";
            self.intake.refuse(Refusal::new("consent_not_taken", "consent", message));
            return Ok(());
        }
        self.intake.accept(observation)
    }
    fn refuse(&mut self, refusal: Refusal) {
        self.intake.refuse(refusal);
    }
    fn warn(&mut self, warning: Warning) {
        self.intake.warn(warning);
    }
    fn progress(&mut self, bytes: u64) -> twin_core::Result<()> {
        self.intake.progress(bytes)
    }
}

const fn is_consent(body: &EventBody) -> bool {
    matches!(body, EventBody::ConsentGranted(_) | EventBody::ConsentRevoked(_))
}

/// A usual zone that a host states holds from before all else.
const EARLIEST: Timestamp = Timestamp::from_secs(0);

fn base_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

fn view_of(
    name: &str,
    outcome: &twin_core::Result<twin_adapters::files::Format>,
    report: IntakeReport,
) -> ImportView {
    let mut refused: Vec<RefusedView> = Vec::new();
    for r in report.refused {
        refused.push(RefusedView { code: r.code, subject: r.subject, count: r.count, example: r.example });
    }
    refused.order_by(|a, b| (&a.code, &a.subject).cmp(&(&b.code, &b.subject)));
    ImportView {
        path: name.to_owned(),
        format: outcome.as_ref().ok().map(|f| f.as_str().to_owned()),
        events: report.events,
        observations: report.observations,
        samples: report.samples,
        duplicates: report.duplicates,
        duplicate_samples: report.duplicate_samples,
        refused,
        warnings: report.warnings,
        interrupted: outcome.as_ref().is_err_and(|e| e.code() == Code::Cancelled),
        error: outcome.as_ref().err().map(|e| format!("{}: {e}", e.code())),
    }
}

/// Rows of refused records; the same record refused again is the same row.
fn refusal_notes(format: &str, refusals: &[Refusal]) -> Vec<Note> {
    let row = |refusal: &Refusal| {
        let parts = [format, &refusal.code, &refusal.subject, &refusal.message];
        let id = EventId::of("refused", &parts.map(str::as_bytes));
        let key = id.0.first_chunk::<8>().map_or(0, |b| i64::from_le_bytes(*b));
        Note { table: Table::Refused, key, body: serde_json::to_vec(refusal).ok() }
    };
    refusals.iter().map(row).collect()
}
