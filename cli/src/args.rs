//! What the command understands.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// One private, replayable twin of a person, in one file on this machine.
#[derive(Debug, Parser)]
#[command(name = "humantwin", version, about, propagate_version = true)]
#[command(after_help = "Nothing leaves this machine. Nothing here is a diagnosis.")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Simulate a person, write their files in real formats, and show their twin as a report
    Demo(DemoArgs),
    /// Import files: exports of phones, watches, apps and services, calendars, tables, other twins
    Import(ImportArgs),
    /// Show how the person is, now or at a past moment
    State(MomentArgs),
    /// Show a metric over time, or the facts of a kind
    History(HistoryArgs),
    /// Show figures of windows of time: ready-made ones, or of any metric; without a name, list them
    Windows(WindowsArgs),
    /// Ask a model: value, interval, confidence, reasons, gaps; without a model, list them
    Predict(PredictArgs),
    /// Run the coming days forward, as usual and with the changes of a scenario
    Simulate(SimulateArgs),
    /// Plan the open tasks of the coming days, or what a request asks for: learning, teams, shares, projects
    Plan(PlanArgs),
    /// Write the report: one HTML page that needs no network
    Report(ReportArgs),
    /// Write the whole log as JSON lines (CloudEvents)
    Export(ExportArgs),
    /// Take over what another twin file of the same person knows: nothing is lost, in any order
    Merge(MergeArgs),
    /// Explain what changed in the figures of past days: late, corrected and deleted data
    Why(WhyArgs),
    /// Do some of the work that waits, in small steps
    Maintain(MaintainArgs),
    /// Check every hash and replay the log
    Verify(VerifyArgs),
    /// Let somebody use the twin for a purpose
    Grant(GrantArgs),
    /// Take a grant back
    Revoke(RevokeArgs),
}

/// The twin's file, and who asks.
#[derive(Debug, Args)]
pub(crate) struct TwinArgs {
    /// The twin's file
    #[arg(value_name = "TWIN")]
    pub(crate) twin: PathBuf,
    /// The person's id in the file
    #[arg(long, default_value = "me", value_name = "ID")]
    pub(crate) person: String,
    /// Ask as this actor instead of as the person
    #[arg(long, value_name = "ACTOR")]
    pub(crate) actor: Option<String>,
    /// Ask for this purpose: own_use, health, work, companion, research, upkeep
    #[arg(long, value_name = "PURPOSE")]
    pub(crate) purpose: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// How many days to simulate
    #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub(crate) days: u32,
    /// Which person: the same seed is the same person
    #[arg(long, default_value_t = 7)]
    pub(crate) seed: u64,
    /// Where to put the files, the twin and the report
    #[arg(short, long, default_value = "demo", value_name = "DIR")]
    pub(crate) output: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    #[command(flatten)]
    pub(crate) twin: TwinArgs,
    /// Files to import; a folder stands for all files in it
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// IANA zone of times that are written without one [default: this machine's zone]
    #[arg(long, value_name = "ZONE")]
    pub(crate) zone: Option<String>,
    /// Read only this person of a file that holds several
    #[arg(long, value_name = "ID")]
    pub(crate) subject: Option<String>,
    /// Read the files as tables, by the JSON mapping in this file
    #[arg(long, value_name = "FILE")]
    pub(crate) mapping: Option<PathBuf>,
    /// Take the consent that an export of a twin holds, too; only for exports of your own
    #[arg(long)]
    pub(crate) consent: bool,
    /// Print one JSON object a file
    #[arg(long)]
    pub(crate) json: bool,
}

/// Which twin, at which moment, and how to tell.
#[derive(Debug, Args)]
pub(crate) struct MomentArgs {
    #[command(flatten)]
    pub(crate) twin: TwinArgs,
    /// At a past moment: RFC 3339, or a day for its end
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
    /// As it was known at a past moment
    #[arg(long, value_name = "TIME")]
    pub(crate) known_at: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct PredictArgs {
    #[command(flatten)]
    pub(crate) asked: MomentArgs,
    /// The model: sleep_debt, resting_hr …
    #[arg(value_name = "MODEL")]
    pub(crate) model: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct SimulateArgs {
    #[command(flatten)]
    pub(crate) twin: TwinArgs,
    /// The scenario: JSON as `schemas/requests/Scenario.json` says; without one the days go as usual
    #[arg(value_name = "SCENARIO")]
    pub(crate) scenario: Option<PathBuf>,
    /// Days ahead, instead of the scenario's [default: 14]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=60))]
    pub(crate) days: Option<u32>,
    /// From a past moment on: RFC 3339, or a day for its end
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct PlanArgs {
    #[command(flatten)]
    pub(crate) twin: TwinArgs,
    /// The request: JSON as `schemas/requests/PlanRequest.json` says; without one the open tasks are planned
    #[arg(value_name = "REQUEST")]
    pub(crate) request: Option<PathBuf>,
    /// Days to plan, today included [default: 5]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=14))]
    pub(crate) days: Option<u32>,
    /// From a past moment on: RFC 3339, or a day for its start
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct HistoryArgs {
    #[command(flatten)]
    pub(crate) twin: TwinArgs,
    /// A metric (`heart_rate`, `steps` …) or an event kind (`health.sleep_recorded` …)
    #[arg(value_name = "METRIC")]
    pub(crate) metric: String,
    /// From: RFC 3339, or a day
    #[arg(long, value_name = "TIME")]
    pub(crate) from: Option<String>,
    /// To, excluded: RFC 3339, or a day
    #[arg(long, value_name = "TIME")]
    pub(crate) to: Option<String>,
    /// As it was known at a past moment
    #[arg(long, value_name = "TIME")]
    pub(crate) known_at: Option<String>,
    /// In steps of this length: 30s, 5m, 1h, 1d
    #[arg(long, value_name = "STEP", conflicts_with = "raw")]
    pub(crate) every: Option<String>,
    /// Every stored sample with its source, nothing resolved
    #[arg(long)]
    pub(crate) raw: bool,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    pub(crate) json: bool,
    /// Print CSV
    #[arg(long)]
    pub(crate) csv: bool,
}

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("shape").args(["every", "sliding", "session", "calendar"]))]
pub(crate) struct WindowsArgs {
    #[command(flatten)]
    pub(crate) twin: TwinArgs,
    /// Ready-made windows by name
    #[arg(value_name = "NAME", conflicts_with = "shape")]
    pub(crate) name: Option<String>,
    /// A metric (`heart_rate`, `steps` …), with one of the shapes; with `monthly_goal` the goal's metric
    #[arg(long, value_name = "METRIC")]
    pub(crate) metric: Option<String>,
    /// Windows of this length, side by side: 30s, 5m, 1h, 1d
    #[arg(long, value_name = "LENGTH")]
    pub(crate) every: Option<String>,
    /// Windows of a length that begin at every step: 10m/1m
    #[arg(long, value_name = "LENGTH/STEP")]
    pub(crate) sliding: Option<String>,
    /// Windows that a pause of this length ends: 30m
    #[arg(long, value_name = "PAUSE")]
    pub(crate) session: Option<String>,
    /// Civil days, weeks or months in the zone lived in
    #[arg(long, value_name = "UNIT")]
    pub(crate) calendar: Option<CalendarArg>,
    /// What each window is held against, in the unit of its value
    #[arg(long, value_name = "VALUE")]
    pub(crate) goal: Option<f64>,
    /// From: RFC 3339, or a day
    #[arg(long, value_name = "TIME")]
    pub(crate) from: Option<String>,
    /// To, excluded: RFC 3339, or a day
    #[arg(long, value_name = "TIME")]
    pub(crate) to: Option<String>,
    /// At a past moment: RFC 3339, or a day for its end
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
    /// As it was known at a past moment
    #[arg(long, value_name = "TIME")]
    pub(crate) known_at: Option<String>,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    pub(crate) json: bool,
    /// Print CSV
    #[arg(long)]
    pub(crate) csv: bool,
}

/// A unit of the calendar.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum CalendarArg {
    Day,
    Week,
    Month,
}

#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    pub(crate) twin: TwinArgs,
    /// The page to write
    #[arg(short, long, default_value = "report.html", value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// How many days back
    #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub(crate) days: u32,
    /// Last day of the report [default: the newest day with anything in it]
    #[arg(long, value_name = "DAY")]
    pub(crate) until: Option<String>,
    /// What the report calls the person
    #[arg(long, value_name = "NAME")]
    pub(crate) title: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    pub(crate) twin: TwinArgs,
    /// The file to write; `-` for standard output
    #[arg(short, long, default_value = "-", value_name = "FILE")]
    pub(crate) output: String,
    /// Write it packed, as `merge` reads it, instead of as JSON lines
    #[arg(long)]
    pub(crate) packed: bool,
}

#[derive(Debug, Args)]
pub(crate) struct MergeArgs {
    #[command(flatten)]
    pub(crate) twin: TwinArgs,
    /// Twin files, or logs packed by `export --packed`
    #[arg(required = true, value_name = "OTHER")]
    pub(crate) others: Vec<PathBuf>,
    /// Print one JSON object a file
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct MaintainArgs {
    #[command(flatten)]
    pub(crate) twin: TwinArgs,
    /// How many small steps at most [default: until all is done]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) steps: Option<u32>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct WhyArgs {
    #[command(flatten)]
    pub(crate) twin: TwinArgs,
    /// A figure of a day: load, steps, sleep_duration, resting_heart_rate, rmssd, a metric … [default: all]
    #[arg(value_name = "SCORE")]
    pub(crate) score: Option<String>,
    /// Compared with what was known then: RFC 3339, a day for its end, `yesterday`, `last-week`
    #[arg(long, default_value = "yesterday", value_name = "TIME")]
    pub(crate) since: String,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    pub(crate) twin: TwinArgs,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct GrantArgs {
    #[command(flatten)]
    pub(crate) twin: TwinArgs,
    /// Who may
    #[arg(value_name = "WHO")]
    pub(crate) who: String,
    /// What for: health, work, companion, research
    #[arg(value_name = "WHAT_FOR")]
    pub(crate) what_for: String,
    /// Until when: RFC 3339, or a day
    #[arg(long, value_name = "TIME")]
    pub(crate) until: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct RevokeArgs {
    #[command(flatten)]
    pub(crate) twin: TwinArgs,
    /// Who no longer may
    #[arg(value_name = "WHO")]
    pub(crate) who: String,
    /// What for; all of it when left out
    #[arg(value_name = "WHAT_FOR")]
    pub(crate) what_for: Option<String>,
}
