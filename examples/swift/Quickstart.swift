// The first twin. Written as the tutorial shows it; `bindings-swift-kotlin/swift/check.sh` runs it.

// [quickstart]
import Foundation
import Humantwin

@main
struct Quickstart {
    static func main() throws {
        let engine = try Engine(OpenOptions(now: "2026-03-01T12:00:00Z"))
        let me = try engine.twin("me")
        let (asleep, awake): (Timestamp, Timestamp) = ("2026-02-28T23:00:00Z", "2026-03-01T06:30:00Z")
        _ = try me.record(events: [
            Event(
                source: "diary", time: "2026-03-01T08:00:00Z",
                data: .healthCaffeineConsumed(CaffeineConsumed(amountMg: 80))),
            Event(
                source: "watch", time: awake,
                data: .healthSleepRecorded(SleepRecorded(end: awake, start: asleep, asleepMin: 450))),
        ])
        let nine: Int64 = 1_772_355_600_000_000
        let starts = [nine, nine + 1_000_000, nine + 2_000_000]
        try me.recordSeries(source: "watch", metric: "heart_rate", unit: "/min", starts: starts, values: [60, 62, 61])

        let today = try me.state().day
        let hours = (today.sleep?.asleepMin ?? 0) / 60
        let (caffeine, heart) = (Int(today.caffeineMg ?? 0), Int((today.heart?.meanBpm ?? 0).rounded()))
        print("you slept \(hours) h, \(caffeine) mg caffeine, heart rate \(heart)")
    }
}
// [/quickstart]
