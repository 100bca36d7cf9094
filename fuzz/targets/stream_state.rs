#![no_main]

use humantwin_fuzz::now;
use twin_core::EventId;
use twin_core::fold::{DayState, FOLD_VERSION};
use twin_core::stream::{Binary, Clocks, FactColumns, MAX_STATE_BYTES, SeriesColumns, apply_batch};

const COFFEE: &str = r#"{"specversion":"1.0","id":"7","source":"diary","type":"health.caffeine_consumed",
    "time":"2026-05-30T08:00:00Z","data":{"amount_mg":80}}"#;

// A state without its head, which is put before it so that version and hash fit.
libfuzzer_sys::fuzz_target!(|body: &[u8]| {
    let hash = EventId::of("stream state", &[body]);
    let mut state = [b"HTWS\x01", &FOLD_VERSION.to_le_bytes()[..], &hash.0, body].concat();
    let one = |text: &str| [text].into_iter().collect::<Binary>();
    let (keys, content, source, metric, unit) =
        (one("p"), one(COFFEE), one("watch"), one("heart_rate"), one("/min"));
    let start = now().plus_secs(-86_400).micros();
    let starts: Vec<i64> = (0..20).map(|i| start + i * 60_000_000).collect();
    for days in [0, 1, 40] {
        let moment = now().plus_secs(days * 86_400);
        let clock = Clocks { wall_us: &[moment.micros()], counter: &[0], node: &[1] };
        let facts = FactColumns { key: &[0], clock, content: content.view() };
        let series = SeriesColumns {
            key: &[0],
            clock,
            source: source.view(),
            metric: metric.view(),
            unit: unit.view(),
            sample_offsets: &[0, 20],
            starts_us: &starts,
            values: &[60.0; 20],
            ..SeriesColumns::default()
        };
        let states: Binary = [&state].into_iter().collect();
        let (next, outputs, _) =
            apply_batch(keys.view(), states.view(), &facts, &series, moment).expect("columns that fit");
        let next = next.view().get(0).expect("a state a person").to_vec();
        assert!(next.len() <= MAX_STATE_BYTES.max(state.len()));
        for row in 0..outputs.days.payload.view().len() {
            DayState::decode(outputs.days.payload.view().get(row).expect("a day")).expect("a day's bytes");
        }
        state = next;
    }
});
