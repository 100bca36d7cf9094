// The scenarios that all languages replay.

import Foundation
import XCTest

@testable import Humantwin

/// What a verb answered.
enum Answer {
    case json(JSONValue)
    case text(String)
    case bytes(Data)

    static func view(_ view: some Encodable) throws -> Answer { .json(try fromJSON(JSONValue.self, try jsonText(view))) }
}

final class ConformanceTests: XCTestCase {
    private let folder = URL(fileURLWithPath: ProcessInfo.processInfo.environment["SCENARIOS"] ?? "conformance/scenarios")

    func testEveryScenarioAnswersAsItShould() throws {
        let all = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let files = all.filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
        XCTAssertFalse(files.isEmpty, "no scenarios in \(folder.path)")
        for file in files {
            var replay = Replay(folder: folder)
            XCTAssertNoThrow(try replay.run(name: file.lastPathComponent, try Data(contentsOf: file)))
        }
    }

    func testAWrongExpectationIsSeen() {
        let steps = """
            {"steps":[{"open":"a","options":{"now":"2026-03-01T12:00:00Z"}},
            {"on":"a","verb":"verify","expect":{"ok":true,"events":1}}]}
            """
        var replay = Replay(folder: folder)
        XCTAssertThrowsError(try replay.run(name: "wrong", Data(steps.utf8)))
    }
}

struct Unexpected: Error, CustomStringConvertible {
    let description: String
}

/// One scenario, with what it has opened.
private struct Replay {
    let folder: URL
    var engines: [String: Engine] = [:]
    var twins: [String: Twin] = [:]
    var watches: [String: Watch] = [:]

    init(folder: URL) { self.folder = folder }

    mutating func run(name: String, _ file: Data) throws {
        let scenario = try JSONDecoder().decode([String: JSONValue].self, from: file)
        for (index, value) in scenario["steps"].list.enumerated() {
            let fields = value.fields
            do {
                let answer = try step(fields)
                try check(fields, answer)
            } catch let error as TwinError {
                let wanted = fields["error"].fields
                guard wanted["code"] == .string(error.code), wanted["message"].map({ $0 == .string(error.message) }) ?? true
                else { throw Unexpected(description: "\(name), step \(index): \(error)") }
            } catch {
                throw Unexpected(description: "\(name), step \(index): \(error)")
            }
        }
        engines.values.forEach { $0.close() }
    }

    private func check(_ step: [String: JSONValue], _ answer: Answer?) throws {
        if let wanted = step["error"] { throw Unexpected(description: "expected \(wanted)") }
        if let wanted = step["expect"] {
            guard case .json(let found) = answer, same(wanted, found) else {
                throw Unexpected(description: "expected \(wanted)\nfound \(String(describing: answer))")
            }
        }
        let parts = step["expect_has"].list + (step["expect_text"].map { [$0] } ?? [])
        for part in parts {
            guard case .text(let text) = answer, let part = part.text, text.contains(part) else {
                throw Unexpected(description: "no \(part) in \(String(describing: answer))")
            }
            if step["expect_text"] != nil, text != part { throw Unexpected(description: "expected \(part)\nfound \(text)") }
        }
    }

    private mutating func step(_ step: [String: JSONValue]) throws -> Answer? {
        let on = step["on"].text.flatMap { twins[$0] }
        if let name = step["open"].text {
            let engine = try Engine(try step["options"].map { try payload(OpenOptions.self, $0) } ?? OpenOptions())
            engines[name] = engine
            twins[name] = try engine.twin(step["person"].text ?? "me", access: try access(step))
        } else if let of = step["twin_of"].text, let name = step["as"].text, let engine = engines[of], let twin = twins[of] {
            engines[name] = engine
            twins[name] = try engine.twin(step["person"].text ?? twin.person, access: try access(step))
        } else if let series = step["series_in"], let on {
            let s = series.fields
            return try .view(
                on.recordSeries(
                    source: s["source"].text ?? "", metric: s["metric"].text ?? "", unit: s["unit"].text ?? "",
                    starts: s["starts_us"].list.map(\.whole), values: s["values"].list.map(\.float),
                    durations: s["durations_us"].list.map(\.whole)))
        } else if let query = step["series_out"], let on {
            let found = try on.series(try payload(SeriesQuery.self, query))
            return .json(
                .object([
                    "unit": .string(found.unit), "starts_us": .array(found.starts.map(JSONValue.integer)),
                    "durations_us": .array(found.durations.map(JSONValue.integer)),
                    "values": .array(found.values.map(JSONValue.number)),
                ]))
        } else if let request = step["watch"], let on, let name = step["as"].text {
            watches[name] = try on.watch(try payload(WatchRequest.self, request))
        } else if let name = step["poll"].text, let watch = watches[name] {
            return try .view(watch.poll())
        } else if let name = step["close"].text, let engine = engines[name] {
            engine.close()
        } else if let verb = step["verb"].text, let on {
            return try call(on, verb, step)
        } else {
            throw Unexpected(description: "a step of no kind: \(step)")
        }
        return nil
    }

    private func call(_ twin: Twin, _ verb: String, _ step: [String: JSONValue]) throws -> Answer? {
        let request = step["request"] ?? .object([:])
        var bytes: Data?
        if let file = step["file"].text { bytes = try Data(contentsOf: folder.appendingPathComponent(file)) }
        if let other = step["packed"].text { bytes = try twins[other]?.pack() }
        if let answer = try dispatch(twin, verb, request, bytes) { return answer }
        let text = try twin.raw(verb, try jsonText(request), bytes: bytes)
        return (try? fromJSON(JSONValue.self, text)).map(Answer.json) ?? .text(text)
    }

    private func access(_ step: [String: JSONValue]) throws -> AccessOptions? {
        try step["access"].map { try payload(AccessOptions.self, $0) }
    }
}

private func payload<T: Decodable>(_ type: T.Type, _ value: JSONValue) throws -> T {
    try fromJSON(type, try jsonText(value))
}

/// The typed request; nil where its types cannot say all of it.
func typed<T: Codable>(_ type: T.Type, _ request: JSONValue) -> T? {
    guard let asked = try? payload(type, request), let again = try? jsonText(asked),
        let back = try? fromJSON(JSONValue.self, again), same(request, back)
    else { return nil }
    return asked
}

/// Equal as JSON: a null equals an absent key, floats within 1e-9 of their size.
func same(_ a: JSONValue?, _ b: JSONValue?) -> Bool {
    switch (a ?? .null, b ?? .null) {
    case (.object(let a), .object(let b)): return Set(a.keys).union(b.keys).allSatisfy { same(a[$0], b[$0]) }
    case (.array(let a), .array(let b)): return a.count == b.count && zip(a, b).allSatisfy { same($0, $1) }
    case (.integer(let a), .integer(let b)): return a == b
    case (.integer, .number), (.number, .integer), (.number, .number):
        guard let x = a?.float, let y = b?.float else { return false }
        return abs(x - y) <= 1e-9 * max(abs(x), abs(y))
    case (let a, let b): return a == b
    }
}

extension JSONValue {
    var whole: Int64 { if case .integer(let whole) = self { whole } else { Int64(float) } }

    var float: Double {
        switch self {
        case .integer(let whole): Double(whole)
        case .number(let number): number
        default: .nan
        }
    }

    var fields: [String: JSONValue] { if case .object(let fields) = self { fields } else { [:] } }
}

extension Optional where Wrapped == JSONValue {
    var text: String? { if case .string(let text)? = self { text } else { nil } }
    var list: [JSONValue] { if case .array(let list)? = self { list } else { [] } }
    var fields: [String: JSONValue] { self?.fields ?? [:] }
}

extension JSONValue {
    var text: String? { Optional(self).text }
}
