import Foundation
import XCTest

@testable import Humantwin

private let noon = OpenOptions(now: "2026-03-01T12:00:00Z")
private let today = WatchRequest.days(last: 1, figure: "caffeine_mg")

private func coffee(_ id: String, _ mg: Double) -> Event {
    Event(
        source: "diary", time: "2026-03-01T08:00:00Z", data: .healthCaffeineConsumed(CaffeineConsumed(amountMg: mg)),
        id: id)
}

final class TwinTests: XCTestCase {
    private func refused(_ code: String, line: UInt = #line, _ call: () throws -> some Any) {
        XCTAssertThrowsError(try call(), line: line) { error in
            XCTAssertEqual((error as? TwinError)?.code, code, "\(error)", line: line)
        }
    }

    private func schema(_ name: String) throws -> JSONValue {
        let folder = ProcessInfo.processInfo.environment["SCHEMAS"] ?? "schemas"
        return try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
    }

    func testAFactGoesInAndShowsInTheState() throws {
        let me = try Engine(noon).twin("me")
        XCTAssertEqual(me.person, "me")
        XCTAssertEqual(try me.record(events: [coffee("1", 80)]).events, 1)
        XCTAssertEqual(try me.record(events: [coffee("1", 80)]).duplicates, 1)
        XCTAssertEqual(try me.state().day.caffeineMg, 80)
        XCTAssertNil(try me.state(at: Timestamp(Date(timeIntervalSince1970: 1_772_348_400))).day.caffeineMg)
        XCTAssertTrue(try me.verify().ok)
        _ = try me.correct(
            record: "1", replacement: try EventBody(.healthCaffeineConsumed(CaffeineConsumed(amountMg: 40))),
            source: "diary")
        XCTAssertEqual(try me.state().day.caffeineMg, 40)
    }

    func testEveryVerbHasItsMethod() throws {
        let names = try schema("verbs.json").fields["verbs"].list.compactMap { $0.fields["name"].text }
        XCTAssertGreaterThanOrEqual(names.count, 20)
        XCTAssertEqual(names, verbs)
    }

    func testEveryCodeHasItsError() throws {
        let codes = try schema("errors.json").fields["errors"].list.compactMap { $0.fields["code"].text }
        XCTAssertEqual(codes, TwinError.codes)
        for code in codes {
            let made = TwinError(code: code, message: "so", context: "there")
            if case .unknown = made { XCTFail(code) }
            XCTAssertEqual([made.code, made.message, made.context], [code, "so", "there"])
        }
        XCTAssertEqual(TwinError(code: "levitated", message: "up"), .unknown(code: "levitated", message: "up"))
    }

    func testAClosedEngineAnswersNotFound() throws {
        let engine = try Engine(noon)
        let me = try engine.twin("me")
        let watch = try me.watch(today)
        XCTAssertFalse(engine.isClosed)
        engine.close()
        engine.close()
        XCTAssertTrue(engine.isClosed)
        refused("not_found") { try me.state() }
        refused("not_found") { try me.record(events: [coffee("1", 80)]) }
        refused("not_found") { try watch.poll() }
        refused("not_found") { try engine.twin("me") }
    }

    func testAFileHasOneWriter() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("me.twin").path
        let first = try Engine(OpenOptions(path: path))
        refused("conflict") { try Engine(OpenOptions(path: path)) }
        first.close()
        XCTAssertTrue(try Engine(OpenOptions(path: path)).twin("me").verify().ok)
    }

    func testABugInsideArrivesAsInternalAndTheTwinLivesOn() throws {
        let me = try Engine(noon).twin("me")
        _ = try me.record(events: [coffee("1", 80)])
        refused("internal") { try me.drill() }
        XCTAssertEqual(try me.state().day.caffeineMg, 80)
    }

    func testWhatIsNoNumberIsRefused() throws {
        let me = try Engine(noon).twin("me")
        for mg in [Double.nan, .infinity, -.infinity] {
            refused("invalid_value") { try me.record(events: [coffee("1", 80), coffee("2", mg)]) }
        }
        refused("invalid_value") { try me.report(days: 9_007_199_254_740_993) }
        XCTAssertEqual(try me.verify().events, 0)
        // A Swift text cannot hold half a character: it becomes the replacement character.
        XCTAssertEqual(try me.record(events: [coffee("☕ 🙂", 80)]).events, 1)
        XCTAssertTrue(try me.export().contains("☕ 🙂"))
    }

    func testTimesNeedAnOffset() throws {
        let me = try Engine(noon).twin("me")
        refused("invalid_value") { try me.state(at: "2026-03-01T12:00:00") }
        refused("invalid_value") {
            try me.record(events: [Event(source: "a", time: "2026-03-01", data: coffee("1", 80).data)])
        }
        XCTAssertEqual(try me.verify().events, 0)
        XCTAssertEqual(Timestamp(Date(timeIntervalSince1970: 1_772_366_400.25)).text, "2026-03-01T12:00:00.250000Z")
        XCTAssertEqual(Timestamp(micros: 1_772_366_400_123_456).text, "2026-03-01T12:00:00.123456Z")
        XCTAssertEqual(Timestamp(micros: -1).text, "1969-12-31T23:59:59.999999Z")
        XCTAssertEqual(Timestamp(micros: 951_782_400_000_000).text, "2000-02-29T00:00:00Z")
        XCTAssertEqual(Timestamp("2026-03-01T13:00:00.25+01:00").date, Date(timeIntervalSince1970: 1_772_366_400.25))
        XCTAssertNil(Timestamp("yesterday").date)
    }

    func testColumnsGoInAndComeOut() throws {
        let me = try Engine(noon).twin("me")
        var starts = (0..<100).map { 1_772_352_000_000_000 + Int64($0) * 1_000_000 }
        var values = (0..<100).map { 60.0 + Double($0 % 7) }
        let lengths = [Int64](repeating: 1_000_000, count: 100)
        let done = try me.recordSeries(
            source: "strap", metric: "heart_rate", unit: "/min", starts: starts, values: values, durations: lengths)
        XCTAssertEqual(done.samples, 100)
        let found = try me.series(SeriesQuery(metric: "heart_rate", raw: true))
        XCTAssertEqual(found.starts, starts)
        XCTAssertEqual(found.durations, lengths)
        XCTAssertEqual(found.values, values)
        XCTAssertEqual(found.unit, "/min")
        let record = { (unit: String, starts: [Int64], values: [Double], lengths: [Int64]) in
            try me.recordSeries(
                source: "wrist", metric: "heart_rate", unit: unit, starts: starts, values: values, durations: lengths)
        }
        refused("invalid_value") { try record("/min", Array(starts.dropLast()), values, []) }
        refused("invalid_value") { try record("/min", starts, values, Array(lengths.dropLast())) }
        refused("invalid_value") { try record("m", starts, values, []) }
        values[50] = .nan
        refused("invalid_value") { try record("/min", starts, values, []) }
        values[50] = 60
        starts.reverse()
        // Samples may come in any order: they are kept by time.
        XCTAssertEqual(try record("/min", starts, values, []).samples, 100)
    }

    func testManyThreadsShareATwin() throws {
        let me = try Engine(noon).twin("me")
        let failed = Kept<String>()
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            for index in 0..<25 {
                do {
                    _ = try me.record(events: [coffee("\(thread)-\(index)", 1)])
                    _ = try me.state()
                } catch {
                    failed.add("\(error)")
                }
            }
        }
        XCTAssertEqual(failed.all, [])
        XCTAssertEqual(try me.state().day.caffeineMg, 200)
        XCTAssertTrue(try me.verify().ok)
    }

    func testWatchesAreAskedAndTold() throws {
        let me = try Engine(noon).twin("me")
        let told = Kept<Double?>()
        let watch = try me.watch(today)
        let subscription = try me.watch(today, failed: { _ in }) { view in
            told.add(view.changes.first?.after)
            _ = try me.state()
        }
        _ = try me.record(events: [coffee("1", 80)])
        XCTAssertEqual(told.all, [80])
        XCTAssertEqual(try watch.poll().changes.map(\.after), [80])
        XCTAssertEqual(try watch.poll().changes, [])
        subscription.stop()
        subscription.stop()
        _ = try me.record(events: [coffee("2", 40)])
        XCTAssertEqual(told.all, [80])
    }

    func testAWatcherThatThrowsIsReportedAndTheWriteStays() throws {
        let me = try Engine(noon).twin("me")
        let failures = Kept<String>()
        let subscription = try me.watch(today, failed: { failures.add("\($0)") }) { _ in
            throw Unexpected(description: "mine")
        }
        XCTAssertEqual(try me.record(events: [coffee("1", 80)]).events, 1)
        XCTAssertEqual(try me.record(events: [coffee("2", 40)]).events, 1)
        XCTAssertEqual(failures.all, ["mine", "mine"])
        XCTAssertEqual(try me.state().day.caffeineMg, 120)
        subscription.stop()
    }

    func testAnImportTellsHowFarItIsAndCanBeStopped() throws {
        let me = try Engine(noon).twin("me")
        let line = { (n: Int) in
            var event = coffee("\(n)", 1)
            event.specversion = "1.0"
            return try event.json() + "\n"
        }
        let lines = Data(try (0..<10_000).map(line).joined().utf8)
        XCTAssertTrue(try me.import(bytes: lines, progress: { _ in false }).interrupted)
        XCTAssertThrowsError(try me.import(bytes: lines, progress: { _ in throw Unexpected(description: "mine") })) {
            XCTAssertEqual(($0 as? Unexpected)?.description, "mine")
        }
        let last = Kept<UInt64>()
        _ = try me.import(
            bytes: lines,
            progress: {
                last.add($0)
                return true
            })
        XCTAssertTrue((1...UInt64(lines.count)).contains(last.all.last ?? 0))
        XCTAssertEqual(try me.state().day.caffeineMg, 10_000)
    }

    func testWhatALaterVersionSaysIsKept() throws {
        let event = try Event(
            json: #"{"type":"health.levitated","source":"a","time":"2026-03-01T08:00:00Z","data":{"m":2}}"#)
        XCTAssertEqual(event.data, .unknown(kind: "health.levitated", raw: .object(["m": .integer(2)])))
        XCTAssertEqual(try Event(json: try event.json()), event)
        XCTAssertEqual(Purpose(word: "flight"), .unknown("flight"))
        XCTAssertEqual(Purpose(word: "own_use"), .ownUse)
        let shape = try fromJSON(ShapeRequest.self, #"{"type":"lunar","phase":1}"#)
        XCTAssertEqual(shape, .unknown(.object(["type": .string("lunar"), "phase": .integer(1)])))
        let me = try Engine(noon).twin("me")
        refused("invalid_value") { try me.windows(metric: "heart_rate", shape: shape) }
        refused("malformed") { try Event(json: "{") }
    }
}

/// Keeps what threads say.
final class Kept<T: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var kept: [T] = []

    func add(_ one: T) { lock.withLock { kept.append(one) } }

    var all: [T] { lock.withLock { kept } }
}
