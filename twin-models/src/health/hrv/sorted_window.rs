//! The values around each value, sorted.

/// Values in a centred window that moves forward; it shrinks at the edges.
pub(super) struct SortedWindow<'a> {
    values: &'a [f64],
    half: usize,
    sorted: Vec<f64>,
    centre: Option<usize>,
}

fn place(sorted: &[f64], x: f64) -> usize {
    sorted.partition_point(|y| y.total_cmp(&x).is_lt())
}

impl<'a> SortedWindow<'a> {
    pub(super) fn new(values: &'a [f64], width: usize) -> Self {
        Self { values, half: width / 2, sorted: Vec::with_capacity(width + 1), centre: None }
    }

    /// A statistic of the sorted values around the listed places, which ascend; 0 elsewhere.
    pub(super) fn each(&mut self, wanted: &[usize], statistic: impl Fn(&[f64]) -> f64) -> Vec<f64> {
        let mut out = vec![0.0; self.values.len()];
        for &i in wanted {
            let value = statistic(self.at(i));
            out.get_mut(i).into_iter().for_each(|slot| *slot = value);
        }
        out
    }

    /// The values around one, in order of time.
    pub(super) fn values_at(&self, centre: usize) -> &'a [f64] {
        let end = (centre + self.half + 1).min(self.values.len());
        self.values.get(centre.saturating_sub(self.half)..end).unwrap_or_default()
    }

    /// The values around one, sorted. Cheapest a few places after the one before.
    pub(super) fn at(&mut self, centre: usize) -> &[f64] {
        match self.centre {
            Some(before) if before <= centre && centre - before <= self.half => {
                (before + 1..=centre).for_each(|next| self.step(next));
            }
            _ => {
                self.sorted.clear();
                self.sorted.extend_from_slice(self.values_at(centre));
                self.sorted.sort_unstable_by(f64::total_cmp);
            }
        }
        self.centre = Some(centre);
        &self.sorted
    }

    /// Moves by one value.
    fn step(&mut self, centre: usize) {
        let sorted = &mut self.sorted;
        let new = self.values.get(centre + self.half);
        let old = centre.checked_sub(self.half + 1).and_then(|old| self.values.get(old));
        match (old, new) {
            // Only what lies between the two places moves.
            (Some(&old), Some(&new)) => {
                let (from, to) = (place(sorted, old), place(sorted, new));
                let at = if from < to {
                    sorted.copy_within(from + 1..to, from);
                    to - 1
                } else {
                    sorted.copy_within(to..from, to + 1);
                    to
                };
                sorted.get_mut(at).into_iter().for_each(|slot| *slot = new);
            }
            (None, Some(&new)) => sorted.insert(place(sorted, new), new),
            (Some(&old), None) => {
                sorted.remove(place(sorted, old));
            }
            (None, None) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_place_is_sorted_however_it_is_reached(
            values in proptest::collection::vec(prop_oneof![-9.0_f64..9.0, Just(0.0), Just(-0.0), Just(3.0)], 1..80),
            steps in proptest::collection::vec(0_usize..30, 1..40),
            half in 0_usize..12,
        ) {
            let mut window = SortedWindow::new(&values, 2 * half + 1);
            let mut centre = 0;
            for step in steps {
                centre = (centre + step) % values.len();
                let mut plain = values[centre.saturating_sub(half)..(centre + half + 1).min(values.len())].to_vec();
                plain.sort_by(f64::total_cmp);
                let found: Vec<u64> = window.at(centre).iter().map(|x| x.to_bits()).collect();
                prop_assert_eq!(found, plain.iter().map(|x| x.to_bits()).collect::<Vec<_>>());
            }
        }
    }
}
