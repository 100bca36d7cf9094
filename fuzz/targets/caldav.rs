#![no_main]

use libfuzzer_sys::Corpus;
use twin_adapters::services::caldav::{Caldav, CaldavOptions, HttpHeader, HttpResponse, Step};
use twin_core::observation::Collected;
use twin_core::{Code, ZoneId};

const URL: &str = "https://cal.example.org/me/";

// Answers one after the other, a line `--` between them: status and redirect on the first line, then the body.
// All is synced twice, the second time with what the first sync gave to keep.
libfuzzer_sys::fuzz_target!(|data: &[u8]| -> Corpus {
    let text = String::from_utf8_lossy(data);
    let Some(answers) = text.split("\n--\n").map(answer).collect::<Option<Vec<_>>>() else {
        return Corpus::Reject;
    };
    let mut seen = Collected::default();
    let mut state = None;
    for _ in 0..2 {
        let zone = ZoneId::new("Europe/Paris").expect("a zone");
        let options = CaldavOptions::new(URL, humantwin_fuzz::now(), zone);
        let mut caldav = Caldav::new(CaldavOptions { state, ..options }).expect("its own state is taken");
        for answer in &answers {
            let Step::Request(request) = caldav.next() else { break };
            assert!(
                request.url.starts_with("https://cal.example.org/"),
                "it leaves its host: {}",
                request.url
            );
            assert!(request.url.chars().all(|c| c.is_ascii_graphic()), "no address: {}", request.url);
            let saved = serde_json::to_string(&caldav).expect("a machine is written down");
            caldav = serde_json::from_str(&saved).expect("and read");
            match caldav.accept(answer, &mut seen) {
                Ok(()) => {}
                Err(error) => {
                    assert!(
                        !matches!(error.code(), Code::Storage | Code::Internal),
                        "a host did nothing: {error}"
                    );
                    assert_eq!(caldav.next(), Step::Request(request), "the same is asked after an error");
                }
            }
        }
        let Step::Done(report) = caldav.next() else { break };
        state = Some(report.state);
    }
    humantwin_fuzz::folds(seen);
    Corpus::Keep
});

fn answer(text: &str) -> Option<HttpResponse> {
    let (head, body) = text.split_once('\n').unwrap_or((text, ""));
    let (status, location) = head.split_once(' ').unwrap_or((head, ""));
    let status = status.parse().ok().filter(|status| (100..600).contains(status))?;
    let headers =
        ["Location", "Retry-After"].map(|name| HttpHeader { name: name.into(), value: location.into() });
    Some(HttpResponse { status, headers: headers.into(), body: body.to_owned() })
}
