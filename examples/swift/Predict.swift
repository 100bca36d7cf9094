// What a model says, and what would happen; `bindings-swift-kotlin/swift/check.sh` runs it.

import Foundation
import Humantwin

@main
struct Predict {
    static func main() throws {
        let noon = Date(timeIntervalSince1970: 1_772_366_400)  // 2026-03-01T12:00:00Z
        let me = try Engine(OpenOptions(now: Timestamp(noon))).twin("me")
        // Three weeks of short nights, from midnight to half past six.
        let nights = (0..<21).map { back in
            let woke = noon.addingTimeInterval(-86_400 * Double(back) - 5.5 * 3600)
            let start = Timestamp(woke.addingTimeInterval(-6.5 * 3600))
            let slept = SleepRecorded(end: Timestamp(woke), start: start, asleepMin: Double(350 + 10 * (back % 4)))
            return Event(source: "ring", time: Timestamp(woke), data: .healthSleepRecorded(slept))
        }
        _ = try me.record(events: nights)
        func hours(_ value: Double?) -> String { String(format: "%.1f", value ?? .nan) }
        let debt = try me.predict(model: "sleep_debt").estimates[0].estimate
        print("you owe \(hours(debt.value)) h of sleep, \(hours(debt.low)) to \(hours(debt.high)) h")

        // What would happen: three nights in bed by ten.
        let early = try me.simulate(changes: [.sleepAt(bed: "22:00", wake: "06:30", days: [1, 2, 3])], days: 3)
        let owed = early.quantities.first { $0.name == "sleep_debt" }
        let (usual, changed) = (hours(owed?.plan[2].value), hours(owed?.changed[2].value))
        print("in three days \(usual) h as usual, \(changed) h when in bed by ten")
    }
}
