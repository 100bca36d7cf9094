//! Memory and plans for the measures of many windows.

use super::bands::BandPowers;
use super::dfa::{Dfa, dfa_with};
use super::sampen::sample_entropy_with;
use super::spectrum::Welch;
use super::time_domain::{TimeDomain, time_domain};

/// What one unbroken series of intervals yields by the plain formulas.
#[derive(Clone, Debug, PartialEq)]
pub struct Measures {
    /// Time domain, Poincaré plot, geometric and stress index.
    pub time: TimeDomain,
    /// Welch's spectrum; absent below 4 s.
    pub welch: Option<BandPowers>,
    /// Sample entropy; absent where undefined.
    pub sampen: Option<f64>,
    /// Detrended fluctuation analysis.
    pub dfa: Dfa,
}

/// Keeps the plan of the transform and all buffers from one window to the next.
#[derive(Debug, Default)]
pub struct Workspace {
    pub(super) welch: Welch,
    pub(super) templates: Vec<[f64; 3]>,
    pub(super) profile: Vec<f64>,
}

impl Workspace {
    /// Plans once.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// All measures of one unbroken series of NN intervals, ms; `None` where [`time_domain`] has none.
    ///
    /// ```
    /// # use twin_models::health::hrv::Workspace;
    /// let nn: Vec<f64> = (0..300_u32).map(|i| 800.0 + f64::from(i * i % 97)).collect();
    /// let mut workspace = Workspace::new();
    /// let measures = workspace.measure(&nn).unwrap();
    /// assert_eq!(measures.time.n, 300);
    /// assert!(measures.welch.is_some() && measures.dfa.alpha1.is_some());
    /// assert_eq!(workspace.measure(&[]), None);
    /// ```
    pub fn measure(&mut self, nn_ms: &[f64]) -> Option<Measures> {
        Some(Measures {
            time: time_domain(nn_ms)?,
            welch: self.welch.bands(nn_ms),
            sampen: sample_entropy_with(nn_ms, &mut self.templates),
            dfa: dfa_with(nn_ms, &mut self.profile),
        })
    }
}
