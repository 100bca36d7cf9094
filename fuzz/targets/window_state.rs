#![no_main]

use humantwin_fuzz::now;
use libfuzzer_sys::Corpus;
use twin_core::window::{KeyedWindows, STATE_VERSION, WindowOptions, WindowSpec};

const MINUTE: i64 = 60_000_000;

// Which question, then a state without its head, which is put before it so that version and hash fit.
libfuzzer_sys::fuzz_target!(|data: &[u8]| -> Corpus {
    let Some((which, body)) = data.split_first() else { return Corpus::Reject };
    let spec = match which % 3 {
        0 => WindowSpec::Tumbling { size_us: 5 * MINUTE },
        1 => WindowSpec::Sliding { size_us: 5 * MINUTE, every_us: MINUTE },
        _ => WindowSpec::Session { gap_us: 5 * MINUTE },
    };
    let options = match which / 3 % 2 {
        0 => WindowOptions::default(),
        _ => WindowOptions { hold_us: Some(MINUTE), quantiles: true, ..WindowOptions::default() },
    };
    let hash = blake3::hash(body);
    let state = [b"HTWN", &STATE_VERSION.to_le_bytes()[..], &hash.as_bytes()[..16], body].concat();
    let Ok(mut windows) = KeyedWindows::restore(spec.clone(), options.clone(), &state) else {
        return Corpus::Keep;
    };
    let saved = windows.save().expect("windows can be written");
    let mut again = KeyedWindows::restore(spec, options, &saved).expect("what was written can be read");
    for windows in [&mut windows, &mut again] {
        for minute in 0..20 {
            windows.push(1, now().plus_secs(minute * 60), 0, 60.0).expect("a sample");
        }
    }
    assert_eq!(windows.drain(), again.drain());
    assert_eq!(windows.finish(), again.finish());
    Corpus::Keep
});
