//! Within the horizon: the full engine's days and one state's bytes, in any order and any parts.

use super::run::*;
use super::world::*;
use proptest::prelude::*;
use twin_core::LocalDate;
use twin_core::stream::state_of;

proptest! {
    #![proptest_config(ProptestConfig::default())]

    #[test]
    fn any_order_and_any_parts_equal_the_full_engine(
        world in worlds(0..12), seed in any::<u64>(),
        cuts in proptest::collection::vec(any::<proptest::sample::Index>(), 0..5),
    ) {
        let log = full("p", &world);
        let mut shuffled = world.clone();
        // Some things come twice, the second time with a later clock.
        for told in world.iter().skip(seed as usize % 3).step_by(3) {
            let mut again = told.clone();
            again.clock.wall = again.clock.wall.plus_secs(500);
            shuffled.push(again);
        }
        shuffle(&mut shuffled, seed);
        let mut at: Vec<usize> = cuts.iter().map(|c| c.index(shuffled.len())).collect();
        at.sort_unstable();
        let mut run = Run::new();
        let mut from = 0;
        for cut in at.into_iter().chain([shuffled.len()]) {
            run.batch(&shuffled[from..cut], now());
            from = cut.saturating_sub(1);
        }
        prop_assert_eq!(&run.refolds, &vec![]);
        prop_assert_eq!(run.back, 0);
        run.check(&log, LocalDate::from_days(i32::MIN))?;
        let mut once = Run::new();
        once.batch(&world, now());
        prop_assert!(once.state == run.state, "the bytes depend on the order");
        prop_assert!(state_of(&log, now()).unwrap() == run.state, "the bytes differ from the full log's");
        // Nothing new: nothing given out, the same bytes.
        let before = (run.state.clone(), run.days.clone());
        run.days.clear();
        run.batch(&world, now());
        prop_assert!(run.days.is_empty());
        prop_assert!(run.state == before.0);
    }

    #[test]
    fn days_that_left_are_carried_as_the_full_engine_carries_them(
        world in worlds(0..40), lags in proptest::collection::vec(0_i64..9, 40),
    ) {
        // Each thing comes some days late, never too late, while the horizon moves on.
        let mut world: Vec<(i64, Told)> = world.into_iter().zip(lags).map(|(mut told, lag)| {
            let day = match &told.said {
                Said::Fact(c) => (c.at.secs() - noon(0).secs()).div_euclid(86_400),
                Said::Series(b) => (b.samples.span().unwrap().1.secs() - noon(0).secs()).div_euclid(86_400),
            };
            let due = day + 2 + lag;
            told.clock.wall = noon(due).plus_secs(told.clock.wall.secs() % 3600);
            (due, told)
        }).collect();
        world.sort_by_key(|(_, told)| told.clock);
        world.dedup_by_key(|(_, told)| told.clock);
        // What reaches further back than the horizon is another test's.
        world.retain(|(_, told)| !matches!(&told.said, Said::Fact(c) if matches!(c.body.kind(),
            "person.zone_changed" | "source.priority_set" | "source.device_described" | "source.window_read"
            | "record.deleted" | "record.corrected")));
        let mut run = Run::new();
        for day in 0..55 {
            let due: Vec<Told> = world.iter().filter(|(d, _)| *d == day).map(|(_, t)| t.clone()).collect();
            run.batch(&due, noon(day).plus_secs(7200));
        }
        prop_assert_eq!(&run.refolds, &vec![]);
        let told: Vec<Told> = world.into_iter().map(|(_, t)| t).collect();
        let log = full("p", &told);
        run.check(&log, LocalDate::from_days(i32::MIN))?;
        prop_assert!(state_of(&log, noon(54).plus_secs(7200)).unwrap() == run.state);
    }
}
