//! First contacts of the next window: AUC and average precision of ours beside every single score.
//!
//! Time is cut into windows of equally many contacts. Before each window from the third on, ours learns from the
//! windows before, and all pairs are scored that were not in contact so far, were both seen and have a common
//! contact or the same unit. Figures are means over the windows.

use super::Asked;
use super::report::{Figure, Report};
use super::table::{Numbers, columns, text};
use std::collections::BTreeSet;
use std::path::Path;
use twin_models::collaboration::link::features::{Candidates, SCORES};
use twin_models::collaboration::link::{Contact, LinkModel, snapshot};
use twin_models::learn::metrics::{auc, average_precision, calibration_error};

/// Windows that time is cut into.
const WINDOWS: usize = 8;
/// Names of the single scores in the report, in the order of [`SCORES`].
const NAMES: [&str; SCORES.len()] = [
    "common",
    "adamic_adar",
    "resource_allocation",
    "jaccard",
    "katz",
    "random_walk",
    "decayed_weight",
    "preferential_attachment",
    "popularity",
    "same_unit",
    "last_window",
    "new_ties",
    "just_now",
];

/// Who met whom, when; oldest first.
pub(super) struct Network {
    pub(super) name: String,
    pub(super) units: Vec<Option<u32>>,
    pub(super) contacts: Vec<(f64, usize, usize)>,
}

pub(super) fn run(asked: &Asked) -> Result<Report, String> {
    let networks = networks(asked)?;
    let mut report = Report { task: "links".into(), ..Report::default() };
    for network in &networks {
        report.people += network.units.len();
        let prefix = if networks.len() > 1 { format!("{}_", network.name) } else { String::new() };
        let windows = windows(network);
        if windows.is_empty() {
            report.notes.push(format!("{}: no window with new ties and others", network.name));
            continue;
        }
        add(&mut report, &prefix, &windows);
        report.notes.push(format!(
            "{}: {} people, {} contacts; of each window scored, pairs and new ties: {}",
            network.name,
            network.units.len(),
            network.contacts.len(),
            windows.iter().map(|w| format!("{}/{}", w.pairs, w.new)).collect::<Vec<_>>().join(", "),
        ));
        if network.units.iter().any(Option::is_some) {
            let blind = Network {
                units: vec![None; network.units.len()],
                contacts: network.contacts.clone(),
                name: String::new(),
            };
            let windows = self::windows(&blind);
            let mut inner = Report::default();
            add(&mut inner, &format!("{prefix}without_units_"), &windows);
            report.controls.extend(inner.metrics);
            for what in ["auc", "ap"] {
                let ends = |f: &&Figure| f.name.ends_with(&format!("_{what}"));
                let best = inner.baselines.iter().filter(ends).map(|f| f.value).fold(f64::NAN, f64::max);
                report.controls.push(Figure::new(&format!("{prefix}without_units_best_single_{what}"), best));
            }
        }
    }
    report.notes.push(format!(
        "{WINDOWS} windows of equally many contacts; ours learns from the windows before the one scored; pairs not \
         in contact so far, both seen, with a common contact or the same unit; means over windows. last_window, \
         new_ties and just_now are scores of our own"
    ));
    Ok(report)
}

/// What was said of one window.
struct Window {
    pairs: usize,
    new: usize,
    ours: Scored,
    single: Vec<Scored>,
    ece: f64,
}

struct Scored {
    auc: f64,
    ap: f64,
}

fn scored(said: &[f64], tied: &[bool]) -> Option<Scored> {
    Some(Scored { auc: auc(said, tied)?, ap: average_precision(said, tied)? })
}

fn windows(network: &Network) -> Vec<Window> {
    let times = in_windows(&network.contacts);
    (2..WINDOWS)
        .filter_map(|at| {
            let (mut past, mut new) = (Vec::new(), BTreeSet::new());
            for ((_, a, b), time) in network.contacts.iter().zip(&times) {
                if *time < at as f64 {
                    past.push(Contact { a: *a, b: *b, age_days: at as f64 - time });
                } else if *time < (at + 1) as f64 {
                    new.insert((*a.min(b), *a.max(b)));
                }
            }
            let model = LinkModel::train(&network.units, &past, 1.0)?;
            let now = Candidates::of(&snapshot(&network.units, &past, 0.0, 1.0)?);
            let tied: Vec<bool> = now.pairs.iter().map(|pair| new.contains(pair)).collect();
            let chances: Vec<f64> = now.rows.iter().map(|row| model.probability(row)).collect();
            let single = (0..SCORES.len()).map(|i| {
                let of: Vec<f64> = now.scores.iter().filter_map(|s| s.get(i).copied()).collect();
                scored(&of, &tied)
            });
            Some(Window {
                pairs: tied.len(),
                new: tied.iter().filter(|t| **t).count(),
                ours: scored(&chances, &tied)?,
                single: single.collect::<Option<_>>()?,
                ece: calibration_error(&chances, &tied)?,
            })
        })
        .collect()
}

/// When each contact was, in windows of equally many contacts; within one by the clock. Contacts of the same
/// moment fall into the same window.
fn in_windows(contacts: &[(f64, usize, usize)]) -> Vec<f64> {
    let time = |i: usize| contacts.get(i).map_or(f64::INFINITY, |c| c.0);
    let last = contacts.last().map_or(0.0, |c| c.0);
    let starts: Vec<f64> = (0..WINDOWS).map(|w| time(w * contacts.len() / WINDOWS)).collect();
    contacts
        .iter()
        .map(|(t, ..)| {
            let at = starts.partition_point(|start| start <= t).max(1) - 1;
            let start = starts.get(at).copied().unwrap_or(*t);
            let end = starts.get(at + 1).copied().unwrap_or(last + 1.0);
            at as f64 + ((t - start) / (end - start).max(1e-9)).clamp(0.0, 1.0 - 1e-9)
        })
        .collect()
}

fn add(report: &mut Report, prefix: &str, windows: &[Window]) {
    let n = windows.len() as f64;
    let mean = |of: &dyn Fn(&Window) -> f64| windows.iter().map(of).sum::<f64>() / n;
    report.n += windows.iter().map(|w| w.pairs).sum::<usize>();
    let (auc, ap) = (mean(&|w| w.ours.auc), mean(&|w| w.ours.ap));
    let mut metric = |name: &str, value| report.metrics.push(Figure::new(&format!("{prefix}{name}"), value));
    metric("auc", auc);
    metric("ap", ap);
    metric("ece", mean(&|w| w.ece));
    metric("rate", mean(&|w| w.new as f64 / w.pairs as f64));
    let (mut best_auc, mut best_ap) = (f64::NAN, f64::NAN);
    for (i, name) in NAMES.iter().enumerate() {
        let of = |f: fn(&Scored) -> f64| mean(&|w| w.single.get(i).map_or(f64::NAN, f));
        let (single_auc, single_ap) = (of(|s| s.auc), of(|s| s.ap));
        (best_auc, best_ap) = (best_auc.max(single_auc), best_ap.max(single_ap));
        report.baselines.push(Figure::new(&format!("{prefix}{name}_auc"), single_auc));
        report.baselines.push(Figure::new(&format!("{prefix}{name}_ap"), single_ap));
    }
    report.metrics.push(Figure::new(&format!("{prefix}auc_gain_on_best_single"), auc - best_auc));
    report.metrics.push(Figure::new(&format!("{prefix}ap_gain_on_best_single"), ap - best_ap));
}

/// The networks that are asked for: the file, or both recordings in the folder.
pub(super) fn networks(asked: &Asked) -> Result<Vec<Network>, String> {
    if let Some(file) = &asked.csv {
        let rows = columns(file, ["t", "a", "b"])?;
        return Ok(vec![network("csv", &rows, "")?]);
    }
    let folder = asked.folder()?.join("collaboration");
    [
        ("office", "sociopatterns_InVS13/tij_InVS.dat", "sociopatterns_InVS13/workplace_InVS_metadata.txt"),
        ("conference", "sociopatterns_SFHH/SFHH_tij.dat.gz", ""),
    ]
    .into_iter()
    .map(|(name, file, units)| recorded(name, &folder.join(file), units, &folder))
    .collect()
}

/// A recording by badges: moment, one, other; units in a file of their own.
fn recorded(name: &str, file: &Path, units: &str, folder: &Path) -> Result<Network, String> {
    let rows: Vec<[String; 3]> = text(file)?
        .lines()
        .filter_map(|line| {
            let mut cells = line.split_whitespace().map(str::to_owned);
            Some([cells.next()?, cells.next()?, cells.next()?])
        })
        .collect();
    let units = if units.is_empty() { String::new() } else { text(&folder.join(units))? };
    network(name, &rows, &units)
}

fn network(name: &str, rows: &[[String; 3]], units: &str) -> Result<Network, String> {
    let (mut people, mut names) = (Numbers::default(), Numbers::default());
    let mut contacts = Vec::new();
    for [t, a, b] in rows {
        let t: f64 = t.parse().map_err(|_| format!("`{t}` is not a moment"))?;
        if a != b && t.is_finite() {
            contacts.push((t, people.of(a), people.of(b)));
        }
    }
    contacts.sort_by(|x, y| x.0.total_cmp(&y.0));
    let mut of = vec![None; people.len()];
    for line in units.lines() {
        let mut cells = line.split_whitespace();
        if let (Some(person), Some(unit)) = (cells.next().and_then(|p| people.known(p)), cells.next())
            && let Some(own) = of.get_mut(person)
        {
            *own = Some(names.of(unit) as u32);
        }
    }
    Ok(Network { name: name.into(), units: of, contacts })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_hold_equally_many_contacts() {
        let contacts: Vec<(f64, usize, usize)> = (0..80).map(|i| (f64::from(i * i), 0, 1)).collect();
        let times = in_windows(&contacts);
        assert!(times.is_sorted());
        for window in 0..WINDOWS {
            let within = times.iter().filter(|t| **t as usize == window).count();
            assert_eq!(within, 10);
        }
    }
}
