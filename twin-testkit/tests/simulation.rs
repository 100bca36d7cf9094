//! The engine against its specification: worlds of devices, clocks, late data, corrections and merges.
//!
//! `PROPTEST_CASES` says how many worlds; `HUMANTWIN_WORLD` names one to live again.

use proptest::prelude::*;
use twin_store::{OpenMode, SqliteStore};
use twin_testkit::simulation::{World, in_memory, run};

fn worlds() -> impl Strategy<Value = World> {
    (any::<[u8; 4]>(), prop::collection::vec(any::<[u8; 8]>(), 1..40))
        .prop_map(|(head, rows)| World { head, rows })
}

/// The same world where most of what is told are samples of two days: what upkeep joins.
fn of_samples(mut world: World) -> World {
    for [kind, _, day, ..] in &mut world.rows {
        if *kind < 120 {
            *kind = 56 + *kind % 36;
        }
        *day %= 2;
    }
    world
}

/// A failing world is printed and can be lived again; it is kept nowhere else.
fn all() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(all())]

    #[test]
    fn the_engine_does_as_specified(world in worlds()) {
        run(&world, &in_memory()).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn the_engine_does_as_specified_where_segments_are_joined(world in worlds().prop_map(of_samples)) {
        run(&world, &in_memory()).map_err(TestCaseError::fail)?;
    }
}

fn some() -> ProptestConfig {
    ProptestConfig { cases: all().cases.div_ceil(16), ..all() }
}

proptest! {
    #![proptest_config(some())]

    #[test]
    fn the_engine_does_as_specified_in_files(world in prop_oneof![worlds(), worlds().prop_map(of_samples)]) {
        // Where there is a disk in memory, a durable step takes no time.
        let shm = std::path::Path::new("/dev/shm");
        let folder = if shm.is_dir() { tempfile::tempdir_in(shm) } else { tempfile::tempdir() }?;
        let open = |device: usize| {
            let path = folder.path().join(format!("{device}.twin"));
            Ok(Box::new(SqliteStore::open(&path, OpenMode::Write)?) as Box<dyn twin_core::store::EventStore>)
        };
        run(&world, &open).map_err(TestCaseError::fail)?;
    }
}

/// The worlds say something of joined segments only if there are such.
#[test]
fn upkeep_joins_segments_in_many_worlds() {
    let worlds = |of: fn(World) -> World| {
        let joined = |seed| run(&of(World::of(seed)), &in_memory()).unwrap().joined;
        (1..=64).filter(|seed| joined(*seed) > 0).count()
    };
    let (any, of_samples) = (worlds(|world| world), worlds(of_samples));
    println!("of 64 worlds segments are joined in {any}, of those of samples in {of_samples}");
    assert!(any >= 8 && of_samples >= 40, "{any}, {of_samples}");
}

#[test]
fn a_world_written_down_is_lived_again() {
    if let Ok(world) = std::env::var("HUMANTWIN_WORLD") {
        let world: World = world.parse().unwrap();
        println!("{:#?}", twin_testkit::simulation::script(&world).unwrap());
        println!("{:?}", run(&world, &in_memory()).unwrap());
    }
}
