//! Answers that mean harm: nothing is followed to another host, nothing grows without end, nothing is half taken.

use super::answers::{CALENDAR, accept, asked, body, etag, one, place, token};
use super::fake::{URL, answer, found, meeting, multistatus, redirect};
use super::options;
use twin_adapters::services::caldav::{Caldav, CaldavError, HttpHeader, HttpResponse, Step};
use twin_core::Code;

const NOW: &str = "2026-11-01T00:00:00Z";

/// A machine that looks for calendars.
fn search() -> Caldav {
    Caldav::new(options(URL, NOW)).unwrap()
}

fn refused(caldav: &mut Caldav, response: &HttpResponse) -> Code {
    let before = asked(caldav);
    let error = accept(caldav, response).unwrap_err();
    assert_eq!(asked(caldav), before, "after an error the same is asked");
    error.code()
}

#[test]
fn entities_are_never_expanded() {
    let bomb: String = (1..10)
        .map(|n| {
            let before = format!("&x{};", n - 1).repeat(10);
            format!("<!ENTITY x{n} \"{before}\">")
        })
        .collect();
    let inside = found("/c/&x9;.ics", &etag(1)) + &token("&x9;");
    for prolog in [
        format!("<!DOCTYPE m [<!ENTITY x0 \"lol\">{bomb}]>"),
        "<!DOCTYPE m [<!ENTITY x9 SYSTEM \"file:///etc/passwd\">]>".into(),
        "<!DOCTYPE m PUBLIC \"-//x\" \"https://evil.example/m.dtd\">".into(),
        // Without a document type there is nothing that it could stand for.
        String::new(),
    ] {
        let text = prolog + multistatus(&inside).body.split_once("?>").unwrap().1;
        assert_eq!(refused(&mut one(), &answer(207, text)), Code::Malformed);
    }
}

#[test]
fn depth_and_names_have_an_end() {
    let nested = |n: usize| format!("{}{}{}", "<d:x>".repeat(n), "", "</d:x>".repeat(n)) + &token("1");
    accept(&mut one(), &multistatus(&nested(60))).unwrap();
    assert_eq!(refused(&mut one(), &multistatus(&nested(70))), Code::Malformed);
    assert_eq!(refused(&mut one(), &multistatus(&"<d:x>".repeat(200_000))), Code::Malformed);
    // A million attributes are read over in a moment, a million name spaces are none of an honest server.
    let many = |word: &str| (0..100_000).map(|n| format!(" {word}{n}='u'")).collect::<String>();
    let wide = format!("<d:x{}/>", many("a")) + &token("1");
    accept(&mut one(), &multistatus(&wide)).unwrap();
    let spaces = format!("<d:x{}/>", many("xmlns:a")) + &token("1");
    assert_eq!(refused(&mut one(), &multistatus(&spaces)), Code::Malformed);
}

#[test]
fn huge_answers_and_addresses_are_left() {
    let long = format!("/c/{}.ics", "a".repeat(9000));
    let members = found(&long, &etag(1)) + &found(&format!("/c/{}", "é".repeat(5000)), &etag(2));
    let mut caldav = one();
    let answered = multistatus(&(members + &found("/c/3.ics", &etag(3)) + &token("1")));
    let seen = accept(&mut caldav, &answered).unwrap();
    let codes: Vec<&str> = seen.refused.iter().map(|r| r.code.as_str()).collect();
    assert_eq!(codes, ["bad_address", "bad_address"]);
    assert_eq!(asked(&caldav).body.matches("<D:href>").count(), 1);
    assert_eq!(refused(&mut one(), &redirect(&long)), Code::Malformed);
    let home = format!("<cal:calendar-home-set><d:href>{long}</d:href></cal:calendar-home-set>");
    assert_eq!(refused(&mut search(), &multistatus(&found("/", &home))), Code::Malformed);
    let whole = " ".repeat(64 << 20) + &multistatus(&token("1")).body;
    assert_eq!(refused(&mut one(), &answer(207, whole)), Code::Unsupported);
}

#[test]
fn other_character_sets_are_read_as_what_they_are_or_refused() {
    let inside = body(1, &meeting("m", "20261001T080000Z", "20261020T080000Z", "SUMMARY:Café"));
    let text = multistatus(&(found("/c/1.ics", &inside) + &token("1"))).body;
    // The host hands over a text: what the document says of its bytes is of no concern any more.
    for said in ["iso-8859-1", "utf-16", "utf-7", "x-none"] {
        let said = text.replace("encoding='utf-8'", &format!("encoding='{said}'"));
        let seen = accept(&mut one(), &answer(207, said)).unwrap();
        assert!(super::line(&seen.facts[0]).ends_with("Café"), "{seen:?}");
    }
    // Bytes that were no UTF-8: what cannot be read is replaced, or all of it is refused.
    let latin = String::from_utf8_lossy(&text.replace('é', "\u{1}").into_bytes())
        .replace('\u{1}', &String::from_utf8_lossy(b"\xe9"));
    let seen = accept(&mut one(), &answer(207, latin)).unwrap();
    assert!(super::line(&seen.facts[0]).ends_with("Caf\u{fffd}"), "{seen:?}");
    let wide: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(refused(&mut one(), &answer(207, String::from_utf8_lossy(&wide))), Code::Malformed);
}

#[test]
fn nobody_is_followed_to_another_host() {
    let principal = |to: &str| {
        found("/", &format!("<d:current-user-principal><d:href>{to}</d:href></d:current-user-principal>"))
    };
    for to in ["https://evil.example/p/", "//evil.example/p/", "http://cal.example.org/p/"] {
        let error = accept(&mut search(), &multistatus(&principal(to))).unwrap_err();
        assert!(matches!(error, CaldavError::OtherHost { .. }), "{to}: {error}");
    }
    for to in [
        "https://cal.example.org@evil.example/",
        "https://me:secret@cal.example.org/",
        "ftp://x/",
        "/a\\..\\b",
    ] {
        assert_eq!(refused(&mut search(), &multistatus(&principal(to))), Code::Malformed, "{to}");
        assert_eq!(refused(&mut search(), &redirect(to)), Code::Malformed, "{to}");
    }
    // A calendar elsewhere among the found is told and left out.
    let mut caldav = search();
    let home = "<cal:calendar-home-set><d:href>/h/</d:href></cal:calendar-home-set>";
    accept(&mut caldav, &multistatus(&found("/", home))).unwrap();
    let members = found("https://evil.example/h/a/", CALENDAR) + &found("/h/b/", CALENDAR);
    let seen = accept(&mut caldav, &multistatus(&members)).unwrap();
    assert_eq!(seen.refused.len(), 1);
    assert_eq!(place(&caldav), "REPORT /h/b/");
}

#[test]
fn redirects_go_somewhere_and_end() {
    let nowhere = HttpResponse { headers: Vec::new(), ..redirect("/x") };
    assert_eq!(refused(&mut one(), &nowhere), Code::Malformed);
    let blank = HttpResponse {
        headers: vec![HttpHeader { name: "Location".into(), value: " ".into() }],
        ..redirect("/x")
    };
    let mut caldav = one();
    for to in ["../d/", "/c/", "../d/", "/c/", "/c/"] {
        // There and back, or to itself.
        accept(&mut caldav, &redirect(to)).unwrap();
    }
    assert_eq!(refused(&mut caldav, &redirect("/e/")), Code::Malformed);
    assert_eq!(refused(&mut caldav, &blank), Code::Malformed);
    // Each request has its own count; what a moved calendar shows is resolved against where it was found.
    let mut caldav = one();
    accept(&mut caldav, &redirect("/moved/")).unwrap();
    assert_eq!(place(&caldav), "REPORT /moved/");
    accept(&mut caldav, &multistatus(&(found("1.ics", &etag(1)) + &token("1")))).unwrap();
    assert!(asked(&caldav).body.contains("<D:href>/moved/1.ics</D:href>"));
    assert_eq!(place(&caldav), "REPORT /c/");
}

#[test]
fn an_answer_that_ends_early_changes_nothing() {
    let series = meeting("s", "20261001T080000Z", "20261020T080000Z", "RRULE:FREQ=DAILY;COUNT=3");
    let whole = multistatus(&(found("/c/1.ics", &body(1, &series)) + &token("1"))).body;
    let ends: Vec<usize> = whole.char_indices().map(|(at, _)| at).skip(1).collect();
    for cut in ends {
        let mut caldav = one();
        assert_eq!(refused(&mut caldav, &answer(207, &whole[..cut])), Code::Malformed);
    }
    let mut caldav = one();
    accept(&mut caldav, &answer(207, whole)).unwrap();
    assert!(matches!(caldav.next(), Step::Done(_)));
}
