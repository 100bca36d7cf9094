#![no_main]

use libfuzzer_sys::Corpus;
use twin_adapters::work::{Delivery, Service, WorkOptions, matches, read, read_verified, verify};
use twin_core::Zone;

// The first line is the service and the event of a delivery (`github issues`), or `file`; the rest its bytes.
libfuzzer_sys::fuzz_target!(|data: &[u8]| -> Corpus {
    let Some((head, body)) = humantwin_fuzz::named(data) else { return Corpus::Reject };
    let (word, event) = head.split_once(' ').unwrap_or((head, ""));
    let zone = Zone::named("Europe/Paris").expect("a zone of the database");
    let work = WorkOptions { me: vec!["ann".into()], zone };
    if word == "file" {
        let Some(format) = matches(body) else { return Corpus::Reject };
        humantwin_fuzz::read("a", body, |input, options, sink| read(format, input, &work, options.now, sink));
        return Corpus::Keep;
    }
    let Some(service) = Service::named(word) else { return Corpus::Reject };
    // Whatever bytes a stranger sends as headers and body, they prove nothing.
    let signature = String::from_utf8_lossy(body).into_owned();
    let names =
        ["X-Hub-Signature-256", "X-Hub-Signature", "X-Hook-Signature", "X-Slack-Signature", "x-zm-signature"];
    let headers: Vec<_> = names.iter().map(|n| ((*n).to_owned(), signature.clone())).collect();
    assert!(verify(service, &headers, body, b"a secret of the host", humantwin_fuzz::now()).is_err());
    let delivery = Delivery { event: Some(event.to_owned()), ..Delivery::new(service, &[], body) };
    humantwin_fuzz::read("a", body, |_, options, sink| {
        read_verified(&delivery, &work, options.now, sink).map(drop)
    });
    Corpus::Keep
});
