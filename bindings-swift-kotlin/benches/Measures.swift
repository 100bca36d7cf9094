// What the border costs in Swift, as a JSON list. The argument names a file with Rust's own times.
import Foundation
import Humantwin

@main
struct Measures {
    static func main() throws {
        let lines = try String(contentsOfFile: CommandLine.arguments[1], encoding: .utf8).split(separator: "\n")
        let own = Dictionary(
            uniqueKeysWithValues: lines.map { line in
                let parts = line.split(separator: " ")
                return (String(parts[0]), Double(parts[1]) ?? .nan)
            })
        let noon = OpenOptions(now: "2026-03-01T12:00:00Z")
        let engine = try Engine(noon)
        let me = try engine.twin("me")
        var id = 0
        let starts = (0..<100_000).map { 1_772_000_000_000_000 + Int64($0) * 1_000_000 }
        let values = starts.indices.map { 60 + Double($0 % 17) }
        var twins = try (0..<5).map { _ in try Engine(noon).twin("me") }
        let gone = try Engine(noon)
        let closed = try gone.twin("me")
        gone.close()

        var measures: [String] = []
        func line(_ name: String, _ micros: Double, floor: Double? = nil) {
            let ratio = own[name].map { String(format: "%.2f", micros / $0) } ?? "null"
            let limit = floor.map { "\($0)" } ?? "null"
            let value = String(format: "%.2f", micros)
            measures.append(
                #"{"name":"swift_\#(name)","value":\#(value),"unit":"us","ratio":\#(ratio),"floor":\#(limit),"ok":\#(micros <= floor ?? .infinity)}"#
            )
        }
        line("empty_call", try least(200) { for _ in 0..<100 { _ = engine.isClosed } } / 100, floor: 10)
        line(
            "one_event_in",
            try least(200) {
                id += 1
                let coffee = EventData.healthCaffeineConsumed(CaffeineConsumed(amountMg: 1))
                try me.record(events: [Event(source: "diary", time: "2026-03-01T08:00:00Z", data: coffee, id: "\(id)")])
            })
        line("state_out", try least(50) { _ = try me.state() })
        // A closed engine refuses after the columns have crossed: this is the border alone.
        line(
            "samples_100k_border",
            try least(50) {
                _ = try? closed.recordSeries(
                    source: "strap", metric: "heart_rate", unit: "/min", starts: starts, values: values)
            }, floor: 2000)
        line(
            "samples_100k_as_json_text",
            try least(5) { _ = try (JSONEncoder().encode(starts), JSONEncoder().encode(values)) })
        line(
            "samples_in_100k",
            try least(5) {
                try twins.removeLast().recordSeries(
                    source: "strap", metric: "heart_rate", unit: "/min", starts: starts, values: values)
            })
        print("[\n" + measures.joined(separator: ",\n") + "\n]")
    }

    /// The least of so many times, microseconds: what else runs only adds.
    static func least(_ times: Int, _ run: () throws -> Void) rethrows -> Double {
        var least = Double.infinity
        for _ in 0..<times {
            let start = DispatchTime.now().uptimeNanoseconds
            try run()
            least = min(least, Double(DispatchTime.now().uptimeNanoseconds - start) / 1e3)
        }
        return least
    }
}
