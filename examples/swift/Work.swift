// How long a task takes, and when to do it; `bindings-swift-kotlin/swift/check.sh` runs it.

import Foundation
import Humantwin

@main
struct Work {
    static func main() throws {
        let monday = Date(timeIntervalSince1970: 1_772_434_800)  // 2026-03-02T07:00:00Z
        let me = try Engine(OpenOptions(now: Timestamp(monday))).twin("me")
        // Twelve tasks that were said to take two hours took three.
        let bug = TaskAbout(estimateS: 2 * 3600, kind: "bug")
        let finished = (0..<12).map { n in
            let time = Timestamp(monday.addingTimeInterval(-86_400 * Double(n + 1)))
            let task = TaskCompleted(task: "old-\(n)", about: bug, durationS: 3 * 3600)
            return Event(source: "tracker", time: time, data: .taskCompleted(task))
        }
        let planned = [("T-1", 2.0), ("T-2", 1.0)].map { task, hours in
            let about = TaskAbout(estimateS: hours * 3600, kind: "bug")
            let plan = TaskPlanned(task: task, about: about)
            return Event(source: "tracker", time: Timestamp(monday), data: .taskPlanned(plan))
        }
        _ = try me.record(events: finished)
        _ = try me.record(events: planned)
        func hours(_ value: Double?) -> String { String(format: "%.1f", value ?? .nan) }
        for told in try me.predict(model: "task_duration").estimates {
            let (value, low, high) = (told.estimate.value, told.estimate.low, told.estimate.high)
            print("\(told.name): \(hours(value)) h, \(hours(low)) to \(hours(high)) h")
        }
        let blocks = try me.plan(plan: .week(days: 2)).blocks
        if let first = blocks.min(by: { $0.start.text < $1.start.text }) {
            print("first \(first.task) at \(first.start.text.prefix(16))")
        }
    }
}
