//! What a night costs must not grow with the years before it: counted in days handed to models, not in time.

use humantwin_benches::{life, nights};

#[test]
fn twice_the_days_are_twice_the_work() {
    // Beyond the longest look-back: every night of the second part costs as much as any other.
    let handed = |days: usize| nights(&life(1, days)).handed;
    let (one, two, three) = (handed(400), handed(800), handed(1200));
    assert_eq!(three - two, two - one);
    assert!(two < 5 * one / 2, "{one} {two}");
}

#[test]
fn most_mornings_have_every_answer() {
    let done = nights(&life(2, 365));
    assert_eq!(done.nights, 365);
    assert!(done.answers > 4 * done.nights, "{done:?}");
}
