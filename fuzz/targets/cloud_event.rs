#![no_main]

use humantwin_fuzz::now;
use twin_core::event::{Event, from_cloud_event, to_cloud_event};
use twin_core::{HlcClock, TwinId};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let Ok(content) = from_cloud_event(text) else { return };
    let Ok((event, _)) = Event::seal(content, HlcClock::new(1).tick(now())) else { return };
    let twin = TwinId::new("p").expect("an id");
    let written = to_cloud_event(&twin, &event).expect("what was read can be written");
    assert_eq!(from_cloud_event(&written).expect("what was written can be read"), *event.content);
});
