//! The engine against its specification: worlds of devices, clocks, late data, corrections and merges.
//!
//! `PROPTEST_CASES` says how many worlds; `HUMANTWIN_WORLD` names one to live again.

use proptest::prelude::*;
use twin_testkit::simulation::{World, in_memory, run};

fn worlds() -> impl Strategy<Value = World> {
    (any::<[u8; 4]>(), prop::collection::vec(any::<[u8; 8]>(), 1..40))
        .prop_map(|(head, rows)| World { head, rows })
}

proptest! {
    #![proptest_config(ProptestConfig::default())]

    #[test]
    fn the_engine_does_as_specified(world in worlds()) {
        run(&world, &in_memory()).map_err(TestCaseError::fail)?;
    }
}

#[test]
fn a_world_written_down_is_lived_again() {
    if let Ok(world) = std::env::var("HUMANTWIN_WORLD") {
        let world: World = world.parse().unwrap();
        println!("{:#?}", twin_testkit::simulation::script(&world).unwrap());
        println!("{:?}", run(&world, &in_memory()).unwrap());
    }
}
