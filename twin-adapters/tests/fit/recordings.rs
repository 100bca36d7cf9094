//! Recordings against another decoder, where they are at hand.

use super::{read, refusals};
use rustyfit::proto::{Field, Value};
use rustyfit::{Decoder, DecoderEvent, StreamingIterator};

/// Heart rates other than 0 that `rustyfit` reads of a file, and whether it came to the end.
fn by_the_crate(bytes: &[u8]) -> (usize, bool) {
    let mut decoder = Decoder::builder().checksum(false).expand_components(false).build();
    let mut stream = decoder.stream(bytes);
    let mut rates = 0;
    while let Some(event) = stream.next() {
        let Ok(event) = event else { return (rates, false) };
        if let DecoderEvent::Message(message) = event {
            let timed =
                |f: &Field| f.num == 253 && matches!(f.value, Value::Uint32(0x1000_0000..=0xffff_fffe));
            let rate = |f: &Field| f.num == 3 && matches!(f.value, Value::Uint8(1..=0xfe));
            let holds = |what: &dyn Fn(&Field) -> bool| message.fields.iter().any(what);
            rates += usize::from(message.num.0 == 20 && holds(&timed) && holds(&rate));
        }
    }
    (rates, true)
}

#[test]
fn recordings_hold_what_another_decoder_reads() {
    let data = std::env::var("HUMANTWIN_DATA")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data").to_owned());
    let mut folders = vec![std::path::PathBuf::from(data).join("activity_files")];
    if !folders[0].is_dir() {
        eprintln!("skipped: no recordings");
        return;
    }
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.extension().is_none_or(|e| e != "fit") {
                continue;
            }
            files += 1;
            let bytes = std::fs::read(&path).unwrap();
            let all = read(&bytes);
            let (rates, whole) = by_the_crate(&bytes);
            let ours =
                all.series.iter().filter(|b| b.metric.as_str() == "heart_rate" && b.origin.method.is_none());
            assert_eq!(
                ours.map(|b| b.samples.len()).sum::<usize>(),
                rates,
                "heart rates of {}",
                path.display()
            );
            assert!(!whole || refusals(&all).iter().all(|code| *code == "bad_time"), "{}", path.display());
            let again = read(&bytes);
            assert_eq!((&all.facts, &all.series), (&again.facts, &again.series), "{}", path.display());
        }
    }
    assert!(files > 30, "{files} files");
}
