//! Paths against trying every set of items.

use super::*;
use proptest::prelude::*;

fn item(value: f64, hours: f64, needs: &[usize]) -> Item {
    Item { value, hours, needs: needs.to_vec() }
}

#[test]
fn bad_input_is_named() {
    let of = |items: &[Item], hours| learning_path(items, hours, Budget::steps(100, 1)).unwrap_err();
    let circle = [item(1.0, 1.0, &[1]), item(1.0, 1.0, &[0])];
    assert_eq!(of(&circle, 9.0), PathError::Cycle { items: vec![0, 1] });
    assert_eq!(of(&[item(f64::NAN, 1.0, &[])], 9.0), PathError::Item { item: 0 });
    assert_eq!(of(&[item(1.0, 1.0, &[4])], 9.0), PathError::NoSuchItem { item: 0, needs: 4 });
    assert_eq!(of(&[], f64::NAN), PathError::Hours);
    assert_eq!(learning_path(&[], 0.0, Budget::steps(0, 1)).unwrap().value, 0.0);
}

#[test]
fn what_is_left_out_says_why() {
    let items = [item(5.0, 4.0, &[]), item(9.0, 3.0, &[0]), item(7.0, 5.0, &[])];
    let path = learning_path(&items, 5.0, Budget::steps(100, 1)).unwrap();
    assert_eq!((path.items, path.value), (vec![2], 7.0));
    let (less, long) = (LeftOut::LessWorth { hours: 4.0, value: 5.0 }, LeftOut::TooLong { hours: 7.0 });
    assert_eq!(path.left_out, vec![(0, less), (1, long)]);
}

fn instances() -> impl Strategy<Value = (Vec<Item>, f64)> {
    let one = (0..20_u8, 0..9_u8, prop::collection::vec(0..10_usize, 0..3));
    (prop::collection::vec(one, 0..11), 0..30_u8).prop_map(|(raw, hours)| {
        let of = |(i, (v, h, p)): (usize, (u8, u8, Vec<usize>))| {
            item(v.into(), h.into(), &p.into_iter().filter(|&p| p < i).collect::<Vec<_>>())
        };
        (raw.into_iter().enumerate().map(of).collect(), hours.into())
    })
}

/// Value of a set of items if it keeps the rules; written apart from the search.
fn worth(items: &[Item], hours: f64, set: u32) -> Option<f64> {
    let mine = |i: usize| set >> i & 1 == 1;
    let own: Vec<usize> = (0..items.len()).filter(|&i| mine(i)).collect();
    let kept = own.iter().all(|&i| items[i].needs.iter().all(|&p| mine(p)));
    let fits = own.iter().map(|&i| items[i].hours).sum::<f64>() <= hours;
    (kept && fits).then(|| own.iter().map(|&i| items[i].value).sum())
}

proptest! {
    #[test]
    fn no_path_is_worth_more_and_short_budgets_keep_the_rules((items, hours) in instances(), steps in 0..20_u64) {
        let truth = (0..1_u32 << items.len()).filter_map(|s| worth(&items, hours, s)).fold(0.0, f64::max);
        let best = learning_path(&items, hours, Budget::steps(100_000, 1)).unwrap();
        prop_assert_eq!((best.value, best.bound), (truth, truth));
        let hasty = learning_path(&items, hours, Budget::steps(steps, 1)).unwrap();
        let set = hasty.items.iter().fold(0, |s, i| s | 1 << i);
        prop_assert_eq!(worth(&items, hours, set), Some(hasty.value));
        prop_assert!(hasty.value <= truth && truth <= hasty.bound);
        for (k, &i) in hasty.items.iter().enumerate() {
            prop_assert!(items[i].needs.iter().all(|p| hasty.items[..k].contains(p)));
        }
    }
}
