//! Differences, asked for and pushed.

use super::help::{World, coffee, pulse, t};
use humantwin::{WatchQuery, WatchView, WindowShape, WindowsQuery};
use std::sync::{Arc, Mutex};

fn days(figure: &str) -> WatchQuery {
    WatchQuery::Days { figure: figure.into(), last: 7 }
}

#[test]
fn a_look_tells_what_differs_since_the_last() {
    let world = World::new();
    world.me.record(vec![coffee("2026-03-10T08:00:00Z", 80.0)]).unwrap();
    let mut watch = world.me.watch(days("caffeine_mg")).unwrap();
    assert!(watch.poll().unwrap().changes.is_empty(), "what was there is no news");
    world
        .me
        .record(vec![coffee("2026-03-10T09:00:00Z", 40.0), coffee("2026-03-08T09:00:00Z", 20.0)])
        .unwrap();
    // Too long ago to be watched.
    world.me.record(vec![coffee("2026-02-01T09:00:00Z", 20.0)]).unwrap();
    let seen = watch.poll().unwrap().changes;
    let told: Vec<_> = seen.iter().map(|c| (c.start.to_string(), c.before, c.after, c.revision)).collect();
    assert_eq!(
        told,
        [
            ("2026-03-08T00:00:00Z".to_owned(), None, Some(20.0), 1),
            ("2026-03-10T00:00:00Z".to_owned(), Some(80.0), Some(120.0), 2)
        ]
    );
    assert!(watch.poll().unwrap().changes.is_empty());
    let record = world.me.history(&humantwin::HistoryQuery {
        metric: "health.caffeine_consumed".into(),
        from: Some(t("2026-03-08T00:00:00Z")),
        to: Some(t("2026-03-09T00:00:00Z")),
        resolution: humantwin::Resolution::Raw,
        known_at: None,
    });
    let event: serde_json::Value = serde_json::from_str(record.unwrap().events[0].json()).unwrap();
    world.me.delete("diary", event["id"].as_str().unwrap()).unwrap();
    let seen = watch.poll().unwrap().changes;
    assert_eq!((seen.len(), seen[0].before, seen[0].after), (1, Some(20.0), None), "a day emptied");
}

#[test]
fn windows_are_told_of_by_revision() {
    let world = World::new();
    let query = WindowsQuery::metric("heart_rate", WindowShape::Tumbling { size_us: 300_000_000 });
    let mut watch = world.me.watch(WatchQuery::Windows(query)).unwrap();
    pulse(&world.me, "watch", "2026-03-10T08:00:00Z", &[60.0, 62.0]);
    let seen = watch.poll().unwrap().changes;
    assert_eq!(seen.first().map(|c| (c.before, c.start)), Some((None, t("2026-03-10T08:00:00Z"))));
    world.clock.set("2026-03-10T13:00:00Z");
    pulse(&world.me, "watch", "2026-03-10T08:02:00Z", &[90.0]);
    let late = watch.poll().unwrap().changes;
    assert!(
        late[0].before.unwrap() < late[0].after.unwrap() && late[0].revision > seen[0].revision,
        "{late:?}"
    );
}

#[test]
fn changes_are_pushed_after_they_are_durable() {
    let world = World::new();
    let told: Arc<Mutex<Vec<WatchView>>> = Arc::default();
    let (list, inner) = (Arc::clone(&told), world.me.clone());
    let subscription = world
        .me
        .watch_with(
            days("caffeine_mg"),
            Box::new(move |view| {
                // A host may read, and write, from here; it is not told of that.
                assert!(inner.state(None, None).unwrap().day.caffeine_mg.is_some());
                if list.lock().unwrap().is_empty() {
                    inner.record(vec![coffee("2026-03-10T07:00:00Z", 1.0)]).unwrap();
                }
                list.lock().unwrap().push(view.clone());
            }),
        )
        .unwrap();
    world.me.record(vec![coffee("2026-03-10T08:00:00Z", 80.0)]).unwrap();
    pulse(&world.me, "watch", "2026-03-10T08:00:00Z", &[60.0]);
    {
        let told = told.lock().unwrap();
        let after: Vec<_> = told.iter().flat_map(|v| v.changes.iter().map(|c| c.after)).collect();
        assert_eq!(after, [Some(80.0), Some(81.0)], "the second with what the host itself added");
    }
    let other = World::new();
    other.me.record(vec![coffee("2026-03-10T10:00:00Z", 9.0)]).unwrap();
    world.me.merge(&other.me).unwrap();
    assert_eq!(told.lock().unwrap().len(), 3, "a merge is told of");
    drop(subscription);
    world.me.record(vec![coffee("2026-03-10T11:00:00Z", 80.0)]).unwrap();
    assert_eq!(told.lock().unwrap().len(), 3, "and nobody is told any more");
}

#[test]
fn a_subscription_ended_while_it_is_told_hears_no_more() {
    let world = World::new();
    let heard = Arc::new(Mutex::new(0));
    let slot: Arc<Mutex<Option<humantwin::Subscription>>> = Arc::default();
    let (count, own) = (Arc::clone(&heard), Arc::clone(&slot));
    let query = WatchQuery::Days { figure: "caffeine_mg".into(), last: 30 };
    let told = Box::new(move |_: &humantwin::WatchView| {
        *count.lock().unwrap() += 1;
        drop(own.lock().unwrap().take());
    });
    *slot.lock().unwrap() = Some(world.me.watch_with(query, told).unwrap());
    for hour in ["07", "08", "09"] {
        world.me.record(vec![coffee(&format!("2026-03-10T{hour}:00:00Z"), 80.0)]).unwrap();
    }
    assert_eq!(*heard.lock().unwrap(), 1);
}
