//! Which projects to take on, so that every week's work fits with a given probability: a knapsack with a chance
//! constraint [charnes1959].

use super::Budget;
use crate::cells::{add, at};
use crate::special::{normal_cdf, normal_quantile};
use twin_core::estimate::{Contribution, Estimate, EstimateKind, EstimateStatus};
use twin_core::sort::OrderBy;

/// Id of the model.
pub const ID: &str = "resource_allocation";
/// Its version.
pub const VERSION: &str = "1";
/// Probability with which each week's demand must fit, unless another is asked for.
pub const FITS: f64 = 0.8;

/// Hours of a week as they are expected, normal.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hours {
    /// Mean, 0 or more.
    pub mean: f64,
    /// Standard deviation, 0 or more.
    pub sd: f64,
}

/// A project.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Project {
    /// Its name.
    pub name: String,
    /// What it is worth, 0 or more, in any one unit.
    pub value: f64,
    /// Hours it needs in each week; weeks that are missing need none.
    pub demand: Vec<Hours>,
    /// Whether it must be done.
    pub must: bool,
}

/// Why no projects can be chosen.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AllocationError {
    /// A value or hours that are negative or no number, or a demand after the last week.
    #[error("project {project} has a value or hours that cannot be used")]
    Project {
        /// Its number.
        project: usize,
    },
    /// A capacity that is negative or no number.
    #[error("the capacity of week {week} cannot be used")]
    Capacity {
        /// The week.
        week: usize,
    },
    /// A probability outside 0.5..1.
    #[error("the probability must be at least 0.5 and below 1")]
    Probability,
    /// The projects that must be done do not fit.
    #[error("the projects that must be done fit week {week} with a probability of {probability:.2} only")]
    Must {
        /// The week that fits worst.
        week: usize,
        /// With which probability.
        probability: f64,
    },
}

/// A project that is not taken, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOut {
    /// Its name.
    pub name: String,
    /// The week that would fit worst with it.
    pub week: usize,
    /// With which probability.
    pub probability: f64,
}

/// The projects to take on.
#[derive(Clone, Debug, PartialEq)]
pub struct Allocation {
    /// Projects taken, by name, in the order given.
    pub taken: Vec<String>,
    /// Their value together; contributions are each project's.
    pub value: Estimate,
    /// No choice is worth more; equal to the value where it is proven.
    pub bound: f64,
    /// For each week, the probability that its demand fits.
    pub fits: Vec<f64>,
    /// The week that fits worst; absent without weeks.
    pub binding: Option<usize>,
    /// What is left out.
    pub left_out: Vec<LeftOut>,
}

/// The most valuable projects whose demand fits the capacity of every week with probability `fits` (usually
/// [`FITS`]), demands and capacities being independent and normal. Branch and bound: proven where the budget
/// lasts, else the best found with a bound.
///
/// ```
/// # use twin_models::plan::{Budget, allocation::{FITS, Hours, Project, resource_allocation}};
/// let of = |name: &str, value, mean| Project {
///     name: name.into(), value, demand: vec![Hours { mean, sd: 5.0 }], must: false,
/// };
/// let projects = [of("a", 10.0, 30.0), of("b", 7.0, 16.0), of("c", 6.0, 16.0)];
/// let week = [Hours { mean: 40.0, sd: 3.0 }];
/// let best = resource_allocation(&projects, &week, FITS, Budget::steps(1000, 1)).unwrap();
/// assert_eq!((best.taken, best.value.value, best.bound), (vec!["b".into(), "c".into()], Some(13.0), 13.0));
/// assert!(best.fits[0] >= 0.8);
/// ```
///
/// # Errors
/// On numbers that cannot be used, and where the projects that must be done do not fit; the week is named.
pub fn resource_allocation(
    projects: &[Project],
    capacity: &[Hours],
    fits: f64,
    budget: Budget<'_>,
) -> Result<Allocation, AllocationError> {
    let sound = |h: &Hours| [h.mean, h.sd].iter().all(|x| (0.0..=1e7).contains(x));
    if let Some(week) = capacity.iter().position(|h| !sound(h)) {
        return Err(AllocationError::Capacity { week });
    }
    let good = |p: &Project| {
        (0.0..=1e12).contains(&p.value) && p.demand.len() <= capacity.len() && p.demand.iter().all(sound)
    };
    if let Some(project) = projects.iter().position(|p| !good(p)) {
        return Err(AllocationError::Project { project });
    }
    if !(0.5..1.0).contains(&fits) {
        return Err(AllocationError::Probability);
    }
    let mut load = Load::of(capacity);
    for project in projects.iter().filter(|p| p.must) {
        load.take(project);
    }
    let z = normal_quantile(fits);
    if let Some((week, probability)) = load.worst().filter(|_| !load.holds(z)) {
        return Err(AllocationError::Must { week, probability });
    }
    // densest first: value for the share of the scarcest week
    let density = |p: &Project| {
        let share =
            p.demand.iter().zip(capacity).map(|(d, c)| d.mean / c.mean.max(1e-9)).fold(1e-9, f64::max);
        p.value / share
    };
    let mut open: Vec<usize> =
        projects.iter().enumerate().filter(|(_, p)| !p.must && p.value > 0.0).map(|(i, _)| i).collect();
    let dense: Vec<f64> = projects.iter().map(density).collect();
    open.order_by(|&a, &b| at(&dense, b).total_cmp(&at(&dense, a)));
    let must: f64 = projects.iter().filter(|p| p.must).map(|p| p.value).sum();
    let mut search =
        Search { projects, open: &open, z, budget, steps: 0, best: (must, Vec::new()), cut: must };
    let mut chosen = Vec::new();
    search.branch(0, must, &load, &mut chosen);
    let (_, mut taken) = search.best;
    let bound = search.cut;
    taken.extend(projects.iter().enumerate().filter(|(_, p)| p.must).map(|(i, _)| i));
    taken.order();
    Ok(told(projects, capacity, &taken, bound))
}

/// Slack of every week: mean of what is left, and variance of all.
#[derive(Clone)]
struct Load {
    left: Vec<f64>,
    variance: Vec<f64>,
}

impl Load {
    fn of(capacity: &[Hours]) -> Self {
        Self {
            left: capacity.iter().map(|h| h.mean).collect(),
            variance: capacity.iter().map(|h| h.sd * h.sd).collect(),
        }
    }

    fn take(&mut self, project: &Project) {
        for (week, demand) in project.demand.iter().enumerate() {
            add(&mut self.left, week, -demand.mean);
            add(&mut self.variance, week, demand.sd * demand.sd);
        }
    }

    fn weeks(&self) -> impl Iterator<Item = (f64, f64)> {
        self.left.iter().zip(&self.variance).map(|(left, v)| (*left, v.sqrt()))
    }

    fn holds(&self, z: f64) -> bool {
        self.weeks().all(|(left, sd)| left >= z * sd - 1e-9)
    }

    fn fits(&self) -> Vec<f64> {
        let of = |(left, sd): (f64, f64)| {
            if sd > 0.0 { normal_cdf(left / sd) } else { f64::from(u8::from(left >= -1e-9)) }
        };
        self.weeks().map(of).collect()
    }

    fn worst(&self) -> Option<(usize, f64)> {
        self.fits().into_iter().enumerate().min_by(|a, b| a.1.total_cmp(&b.1))
    }
}

struct Search<'a> {
    projects: &'a [Project],
    open: &'a [usize],
    z: f64,
    budget: Budget<'a>,
    steps: u64,
    best: (f64, Vec<usize>),
    /// The most that a branch left unsearched could be worth, or the best.
    cut: f64,
}

impl Search<'_> {
    fn branch(&mut self, from: usize, value: f64, load: &Load, chosen: &mut Vec<usize>) {
        if value > self.best.0 {
            self.best = (value, chosen.clone());
        }
        self.cut = self.cut.max(value);
        let Some(&next) = self.open.get(from) else { return };
        let hope = value + self.hope(from, load);
        if hope <= self.best.0 + 1e-9 {
            return;
        }
        self.steps += 1;
        if !self.budget.allows(self.steps) {
            self.cut = self.cut.max(hope);
            return;
        }
        if let Some(project) = self.projects.get(next) {
            let mut with = load.clone();
            with.take(project);
            if with.holds(self.z) {
                chosen.push(next);
                self.branch(from + 1, value + project.value, &with, chosen);
                chosen.pop();
            }
        }
        self.branch(from + 1, value, load, chosen);
    }

    /// The most that is left: in each week alone, projects in parts and without their spread.
    fn hope(&self, from: usize, load: &Load) -> f64 {
        let rest: Vec<&Project> = self.open.iter().skip(from).filter_map(|i| self.projects.get(*i)).collect();
        let week = |(week, (left, sd)): (usize, (f64, f64))| {
            let mut room = (left - self.z * sd).max(0.0);
            let hours = |p: &Project| at(&p.demand, week).mean;
            let mut dense: Vec<(f64, f64)> = rest.iter().map(|p| (p.value, hours(p))).collect();
            dense.order_by(|a, b| (b.0 * a.1).total_cmp(&(a.0 * b.1)));
            let mut sum = 0.0;
            for (value, hours) in dense {
                let part = if hours > room { room / hours } else { 1.0 };
                sum += part * value;
                room -= part * hours;
            }
            sum
        };
        let all = rest.iter().map(|p| p.value).sum();
        load.weeks().enumerate().map(week).fold(all, f64::min)
    }
}

fn told(projects: &[Project], capacity: &[Hours], taken: &[usize], bound: f64) -> Allocation {
    let mut load = Load::of(capacity);
    let chosen: Vec<&Project> = taken.iter().filter_map(|i| projects.get(*i)).collect();
    chosen.iter().for_each(|p| load.take(p));
    let value: f64 = chosen.iter().map(|p| p.value).sum();
    let fits = load.fits();
    let left_out = projects.iter().enumerate().filter(|(i, _)| !taken.contains(i)).map(|(_, p)| {
        let mut with = load.clone();
        with.take(p);
        let (week, probability) = with.worst().unwrap_or((0, 1.0));
        LeftOut { name: p.name.clone(), week, probability }
    });
    // with the probability that every week fits, weeks being independent, all of it is earned
    let all: f64 = fits.iter().product();
    let contributions = chosen.iter().map(|p| Contribution {
        feature: p.name.clone(),
        amount: p.value,
        baseline: None,
        now: None,
        unit: "1".into(),
    });
    Allocation {
        taken: chosen.iter().map(|p| p.name.clone()).collect(),
        value: Estimate {
            value: Some(value),
            low: Some(value),
            high: Some(value),
            kind: EstimateKind::Quantity,
            coverage: 1.0,
            confidence: all,
            n_effective: projects.len() as f64,
            contributions: contributions.collect(),
            ..Estimate::absent(ID, VERSION, "1", EstimateStatus::Ok, Vec::new())
        },
        bound: bound.max(value),
        binding: load.worst().map(|w| w.0),
        left_out: left_out.collect(),
        fits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noise::Noise;
    use proptest::prelude::*;

    fn hours(mean: f64, sd: f64) -> Hours {
        Hours { mean, sd }
    }

    proptest! {
        #[test]
        fn every_week_fits_and_no_choice_is_worth_more(
            list in prop::collection::vec((0..20_u8, prop::collection::vec((0..20_u8, 0..6_u8), 3), any::<bool>()), 0..8),
            capacity in prop::collection::vec((10..60_u8, 0..6_u8), 3), steps in prop::sample::select(vec![0_u64, 5, 10_000]),
        ) {
            let of = |&(mean, sd): &(u8, u8)| hours(f64::from(mean), f64::from(sd));
            let projects: Vec<Project> = list.iter().enumerate().map(|(i, (value, demand, must))| Project {
                name: i.to_string(), value: f64::from(*value), demand: demand.iter().map(of).collect(), must: *must && i == 0,
            }).collect();
            let capacity: Vec<Hours> = capacity.iter().map(of).collect();
            let z = normal_quantile(FITS);
            let mut truth: Option<f64> = None;
            for bits in 0..1_usize << projects.len() {
                let mut load = Load::of(&capacity);
                let chosen = projects.iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1);
                let value: f64 = chosen.map(|(_, p)| { load.take(p); p.value }).sum();
                let musts = projects.iter().enumerate().all(|(i, p)| !p.must || bits >> i & 1 == 1);
                if musts && load.holds(z) {
                    truth = Some(truth.map_or(value, |t| t.max(value)));
                }
            }
            match resource_allocation(&projects, &capacity, FITS, Budget::steps(steps, 1)) {
                Ok(found) => {
                    let value = found.value.value.unwrap();
                    prop_assert!(found.fits.iter().all(|p| *p >= FITS - 1e-6));
                    prop_assert!(value <= truth.unwrap() + 1e-9 && truth.unwrap() <= found.bound + 1e-9);
                    prop_assert!(steps < 10_000 || (value - truth.unwrap()).abs() < 1e-9);
                }
                Err(e) => prop_assert!(truth.is_none(), "{}", e),
            }
        }
    }

    #[test]
    fn weeks_are_kept_as_often_as_promised() {
        let projects: Vec<Project> = (0..14)
            .map(|i| Project {
                name: i.to_string(),
                value: f64::from(i % 5 + 1),
                demand: vec![hours(f64::from(i % 4 + 3), 2.0); 4],
                must: false,
            })
            .collect();
        let capacity = vec![hours(38.0, 4.0); 4];
        let best = resource_allocation(&projects, &capacity, FITS, Budget::steps(100_000, 1)).unwrap();
        let taken: Vec<&Project> = projects.iter().filter(|p| best.taken.contains(&p.name)).collect();
        let mut noise = Noise::of(1, [0, 0, 0]);
        let (mut kept, n) = (0, 20_000);
        for _ in 0..n {
            let mut draw = |h: &Hours| h.mean + h.sd * noise.normal();
            let room = draw(&capacity[0]) - taken.iter().map(|p| draw(&p.demand[0])).sum::<f64>();
            kept += usize::from(room >= 0.0);
        }
        let share = kept as f64 / f64::from(n);
        println!("weeks kept {share:.3}, promised {:.3}", best.fits[0]);
        assert!((share - best.fits[0]).abs() < 0.01 && share >= FITS - 0.01);
        assert!(!best.left_out.is_empty() && best.bound == best.value.value.unwrap());
    }

    #[test]
    fn what_cannot_be_is_named() {
        let few = Budget::steps(10, 1);
        let project =
            |mean, must| Project { name: "a".into(), value: 1.0, demand: vec![hours(mean, 0.0)], must };
        let of = |p: Project, c: Hours, f| resource_allocation(&[p], &[c], f, few);
        assert_eq!(
            of(project(f64::NAN, false), hours(1.0, 0.0), FITS),
            Err(AllocationError::Project { project: 0 })
        );
        assert_eq!(
            of(project(1.0, false), hours(-1.0, 0.0), FITS),
            Err(AllocationError::Capacity { week: 0 })
        );
        assert_eq!(of(project(1.0, false), hours(1.0, 0.0), 1.0), Err(AllocationError::Probability));
        let must = of(project(2.0, true), hours(1.0, 0.0), FITS);
        assert_eq!(must, Err(AllocationError::Must { week: 0, probability: 0.0 }));
        let none = resource_allocation(&[], &[], FITS, few).unwrap();
        assert_eq!((none.value.value, none.binding, none.taken.len()), (Some(0.0), None, 0));
        assert_eq!(of(project(10_000.0, false), hours(8.0, 1.0), FITS).unwrap().left_out[0].probability, 0.0);
    }
}
