use humantwin::*;
use std::sync::Arc;
fn main() {
    let now: Timestamp = "2026-03-10T12:00:00Z".parse().unwrap();
    let engine = Engine::open(EngineOptions::new(Storage::Memory, Arc::new(FixedClock(now)))).unwrap();
    let me = engine.own_twin("me").unwrap();
    let start = LocalDate::from_days(20_522).plus_days(-69);
    let lines = twin_testkit::write_work(
        5,
        &twin_testkit::WorkOptions { start, days: 70, offset_s: 3600, meetings: true },
    );
    eprintln!("{} bytes {} lines", lines.len(), lines.lines().count());
    me.record_json(r#"{"specversion":"1.0","id":"p","source":"me","type":"person.profile_stated","time":"2025-12-01T08:00:00Z","data":{"zone":"Europe/Paris"}}"#).unwrap();
    for l in lines.lines() {
        me.record_json(l).unwrap();
    }
    let only: Vec<String> = std::env::args().skip(1).collect();
    for m in Twin::models() {
        if m.health
            && only.is_empty()
            && !["stress_risk", "burnout_forecast", "strain_recovery"].contains(&m.id)
        {
            continue;
        }
        if !only.is_empty() && !only.iter().any(|o| o == m.id) {
            continue;
        }
        let t = std::time::Instant::now();
        let v = me.predict(m.id, None, None).unwrap();
        println!(
            "== {} ({:.1} ms) curves {} spans {}",
            m.id,
            t.elapsed().as_secs_f64() * 1e3,
            v.curves.len(),
            v.spans.len()
        );
        for e in &v.estimates {
            let x = &e.estimate;
            println!(
                "   {:30} {:?} [{:?} {:?}] {} {:?} c={:.2} n={:.1} {:?}",
                e.name,
                x.value.map(|v| (v * 1000.).round() / 1000.),
                x.low.map(|v| (v * 1000.).round() / 1000.),
                x.high.map(|v| (v * 1000.).round() / 1000.),
                x.unit,
                x.status,
                x.confidence,
                x.n_effective,
                x.gaps.first()
            );
        }
        for w in &v.words {
            println!("   \"{w}\"");
        }
    }
    if only.is_empty() {
        let t = std::time::Instant::now();
        let p = me
            .plan(&PlanRequest {
                plan: PlanKind::Week { days: Some(5), current: vec![] },
                steps: None,
                seed: None,
                at: None,
                known_at: None,
            })
            .unwrap();
        println!("plan {:.0} ms obj {} bound {}", t.elapsed().as_secs_f64() * 1e3, p.objective, p.bound);
        for b in &p.blocks {
            println!("  {} {} {}", b.start, b.end, b.task);
        }
        for l in &p.left_out {
            println!("  out {} {}", l.name, l.reason);
        }
        for e in &p.estimates {
            println!("  {} {:?}", e.name, e.estimate.value);
        }
        for w in &p.words {
            println!("  \"{w}\"");
        }
    }
}
