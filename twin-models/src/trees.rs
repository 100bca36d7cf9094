//! Sums of decision trees: their value, and exactly what each feature adds to it (TreeSHAP, [lundberg2020]).
//!
//! A leaf is a game of the features on its way: it pays its value when all of them agree. A feature that is
//! known agrees or not; one that is not known agrees with the share of training rows that went that way, or as a
//! background row does. The Shapley value of such a game is a small polynomial, and leaves and trees add up.

/// One node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// Feature it asks for.
    pub feature: usize,
    /// Left when the feature is at most this.
    pub threshold: f64,
    /// Children, both after this node; absent at a leaf.
    pub children: Option<(usize, usize)>,
    /// Value of a leaf.
    pub value: f64,
    /// Training rows that came by.
    pub cover: f64,
}

/// `offset + scale · Σ` of the trees' leaves. A tree is its nodes, the root first.
#[derive(Clone, Debug, PartialEq)]
pub struct Trees {
    /// The trees.
    pub trees: Vec<Vec<Node>>,
    /// Factor of the sum.
    pub scale: f64,
    /// Value without trees.
    pub offset: f64,
}

/// A value taken apart: `base` and the parts of the features add up to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The value when nothing is known.
    pub base: f64,
    /// What each feature adds.
    pub parts: Vec<f64>,
}

/// A feature on the way to a leaf: whether it agrees when known (0 or 1), and its share when it is not.
#[derive(Clone, Copy, Debug)]
struct Step {
    feature: usize,
    known: f64,
    unknown: f64,
}

impl Trees {
    /// The value at `x`. A missing feature (absent or `NaN`) goes right.
    ///
    /// ```
    /// use twin_models::trees::{Node, Trees};
    /// let leaf = |value, cover| Node { feature: 0, threshold: 0.0, children: None, value, cover };
    /// let root = Node { feature: 1, threshold: 0.5, children: Some((1, 2)), value: 0.0, cover: 4.0 };
    /// let trees = Trees { trees: vec![vec![root, leaf(-1.0, 3.0), leaf(3.0, 1.0)]], scale: 1.0, offset: 0.0 };
    /// assert_eq!(trees.value(&[9.0, 0.7]), 3.0);
    /// let why = trees.explain(&[9.0, 0.7]);
    /// assert_eq!((why.base, why.parts), (0.0, vec![0.0, 3.0]));
    /// ```
    #[must_use]
    pub fn value(&self, x: &[f64]) -> f64 {
        let leaf = |tree: &Vec<Node>| {
            let mut at = 0;
            while let Some(node) = tree.get(at) {
                match children(node, at) {
                    Some((left, right)) => at = if goes_left(node, x) { left } else { right },
                    None => return node.value,
                }
            }
            0.0
        };
        self.offset + self.scale * self.trees.iter().map(leaf).sum::<f64>()
    }

    /// Path-dependent: what is not known goes as the training rows went.
    #[must_use]
    pub fn explain(&self, x: &[f64]) -> Explanation {
        self.explained(x, &|node, _, child| if node.cover > 0.0 { child.cover / node.cover } else { 0.0 })
    }

    /// Interventional: what is not known is as in the rows of `background`, the mean over them; `None` without rows.
    #[must_use]
    pub fn explain_against(&self, x: &[f64], background: &[Vec<f64>]) -> Option<Explanation> {
        let mut mean = Explanation { base: 0.0, parts: vec![0.0; x.len()] };
        let n = background.len() as f64;
        for row in background {
            let one = self.explained(x, &|node, left, _| f64::from(u8::from(goes_left(node, row) == left)));
            mean.base += one.base / n;
            mean.parts.iter_mut().zip(&one.parts).for_each(|(sum, part)| *sum += part / n);
        }
        (!background.is_empty()).then_some(mean)
    }

    fn explained(&self, x: &[f64], unknown: &dyn Fn(&Node, bool, &Node) -> f64) -> Explanation {
        let mut out = Explanation { base: self.offset, parts: vec![0.0; x.len()] };
        for tree in &self.trees {
            let mut open: Vec<(usize, Vec<Step>)> = vec![(0, Vec::new())];
            while let Some((at, way)) = open.pop() {
                let Some(node) = tree.get(at) else { continue };
                let Some((left, right)) = children(node, at) else {
                    self.pay(node.value, &way, &mut out);
                    continue;
                };
                for (child, is_left) in [(left, true), (right, false)] {
                    let Some(next) = tree.get(child) else { continue };
                    let known = f64::from(u8::from(goes_left(node, x) == is_left));
                    let mut way = way.clone();
                    let share = unknown(node, is_left, next);
                    match way.iter_mut().find(|step| step.feature == node.feature) {
                        Some(step) => {
                            step.known *= known;
                            step.unknown *= share;
                        }
                        None => way.push(Step { feature: node.feature, known, unknown: share }),
                    }
                    open.push((child, way));
                }
            }
        }
        out
    }

    /// Adds one leaf's game: `Σ_S |S|! (m−1−|S|)! / m! · Π_S known · Π_rest unknown · (known − unknown)`.
    fn pay(&self, value: f64, way: &[Step], out: &mut Explanation) {
        let value = self.scale * value;
        out.base += value * way.iter().map(|step| step.unknown).product::<f64>();
        let m = way.len() as f64;
        for (i, step) in way.iter().enumerate() {
            // sums over the sets of each size, one other feature after the other
            let mut sets = vec![1.0];
            for (_, other) in way.iter().enumerate().filter(|(j, _)| *j != i) {
                let mut next = vec![0.0; sets.len() + 1];
                for (k, sum) in sets.iter().enumerate() {
                    if let Some([without, with]) = next.get_mut(k..k + 2) {
                        *without += sum * other.unknown;
                        *with += sum * other.known;
                    }
                }
                sets = next;
            }
            let mut share = 1.0 / m; // 1 / (m · C(m−1, k))
            let mut part = 0.0;
            for (k, sum) in sets.iter().enumerate() {
                part += share * sum;
                share *= (k as f64 + 1.0) / (m - 1.0 - k as f64).max(1.0);
            }
            if let Some(slot) = out.parts.get_mut(step.feature) {
                *slot += value * part * (step.known - step.unknown);
            }
        }
    }
}

/// Children that lie after their parent, so that every walk ends.
fn children(node: &Node, at: usize) -> Option<(usize, usize)> {
    node.children.filter(|(left, right)| *left > at && *right > at)
}

fn goes_left(node: &Node, x: &[f64]) -> bool {
    x.get(node.feature).is_some_and(|value| *value <= node.threshold)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn full(depth: u32, numbers: &[f64]) -> Vec<Node> {
        let inner = 2_usize.pow(depth) - 1;
        let node = |i: usize| {
            let number = numbers[i % numbers.len()];
            let rows = |level: u32| 2.0_f64.powi((depth - level) as i32);
            Node {
                feature: (i * 7 + numbers.len()) % 4,
                threshold: number,
                children: (i < inner).then_some((2 * i + 1, 2 * i + 2)),
                value: number * 3.0,
                cover: rows((i + 1).ilog2()),
            }
        };
        (0..2 * inner + 1).map(node).collect()
    }

    proptest! {
        #[test]
        fn base_and_parts_add_up_to_the_value(
            numbers in proptest::collection::vec(-1.0..1.0_f64, 5..40),
            x in proptest::collection::vec(-1.0..1.0_f64, 4),
            rows in proptest::collection::vec(proptest::collection::vec(-1.0..1.0_f64, 4), 1..5),
            depth in 0_u32..6,
        ) {
            let trees = Trees { trees: vec![full(depth, &numbers), full(2, &x)], scale: 0.3, offset: 0.1 };
            for why in [trees.explain(&x), trees.explain_against(&x, &rows).unwrap()] {
                let sum = why.base + why.parts.iter().sum::<f64>();
                prop_assert!((sum - trees.value(&x)).abs() < 1e-6);
            }
            let base = rows.iter().map(|r| trees.value(r)).sum::<f64>() / rows.len() as f64;
            prop_assert!((trees.explain_against(&x, &rows).unwrap().base - base).abs() < 1e-9);
        }
    }

    #[test]
    fn a_circle_is_a_leaf() {
        let node = Node { feature: 0, threshold: 0.0, children: Some((0, 0)), value: 2.0, cover: 1.0 };
        let trees = Trees { trees: vec![vec![node], Vec::new()], scale: 1.0, offset: 0.0 };
        assert_eq!((trees.value(&[1.0]), trees.explain(&[1.0]).base), (2.0, 2.0));
        assert_eq!(trees.explain_against(&[1.0], &[]), None);
    }
}
