//! What damage costs, and the caller who stops.

use super::{document, entry, options, quantity, read, refused, try_read, with};
use twin_adapters::files::apple_health;
use twin_core::observation::{Observation, Refusal, Sink, Warning};
use twin_core::{Code, Error, Result};

#[test]
fn damage_costs_only_what_is_damaged() {
    let steps = quantity("StepCount", "count", "5");
    let whole = document(&steps.repeat(20));
    let cut = try_read(&whole.as_bytes()[..whole.len() - 700]).unwrap();
    assert!((17..20).contains(&cut.samples("steps").len()));
    assert_eq!(refused(&cut)[0].0, "truncated");
    assert_eq!(try_read(b"<HealthData locale=\"x\"><Rec").unwrap_err().code(), Code::Malformed);
    assert_eq!(try_read(b"<gpx></gpx>").unwrap_err().code(), Code::Malformed);
    // An element whose end is lost, and an end without an element.
    let lost = with(&steps, &entry("a", "b")).replace("</Record>", "");
    let sink = read(&(lost + &steps + "</Stray>" + &steps));
    assert_eq!(sink.samples("steps").len(), 3);
    assert!(sink.warnings.iter().any(|w| w.code == "salvaged" && w.message.starts_with("2 times")));
    // A byte that is no text.
    let mut bytes = document(&(steps.clone() + &steps.replace("Jo&apos;s", "J@") + &steps)).into_bytes();
    let position = bytes.windows(3).position(|w| w == b"\"J@").unwrap();
    bytes[position + 2] = 0xff;
    let sink = try_read(&bytes).unwrap();
    assert_eq!(sink.samples("steps").len(), 2);
    assert_eq!(refused(&sink), [("damaged", "element", 1)]);
}

#[test]
fn hostile_documents_stay_small() {
    let steps = quantity("StepCount", "count", "5");
    let long = read(&(steps.clone() + "<Record type=\"" + &"x".repeat(3 << 20) + "\"/>"));
    assert_eq!((long.samples("steps").len(), refused(&long)[0].0), (1, "damaged"));
    let deep = read(&(steps.clone() + &"<a>".repeat(100_000)));
    assert_eq!((deep.samples("steps").len(), refused(&deep)[0].0), (1, "damaged"));
    let plain = "<!ELEMENT HealthData (Record*)>";
    let bomb = document(&steps.replace("Jo&apos;s", "&lol;")).replace(plain, "<!ENTITY lol \"lollollol\">");
    let sink = try_read(bomb.as_bytes()).unwrap();
    assert!(sink.series[0].origin.source.as_str().contains("&lol;"));
    // The document type of some versions is broken; it is not needed.
    let broken = document(&steps).replace(plain, "<!ELEMENT <<< [[ (Record*");
    assert_eq!(try_read(broken.as_bytes()).unwrap().samples("steps").len(), 1);
}

struct Stopping(u64);

impl Sink for Stopping {
    fn accept(&mut self, _: Observation) -> Result<()> {
        Ok(())
    }
    fn refuse(&mut self, _: Refusal) {}
    fn warn(&mut self, _: Warning) {}
    fn progress(&mut self, bytes: u64) -> Result<()> {
        self.0 = bytes;
        if bytes > 100_000 { Err(Error::Cancelled) } else { Ok(()) }
    }
}

#[test]
fn the_caller_can_stop() {
    let mut sink = Stopping(0);
    let xml = document(&quantity("StepCount", "count", "5").repeat(2_000));
    let error = apple_health::read_xml(&mut xml.as_bytes(), &options(), &mut sink).unwrap_err();
    assert_eq!(error.code(), Code::Cancelled);
    assert!(sink.0 < 200_000);
}
