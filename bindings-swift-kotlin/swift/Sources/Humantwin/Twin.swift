import Foundation
internal import HumantwinBorder

/// Hears how many bytes are read; `false`, or an error, stops the work.
public typealias ReadProgress = @Sendable (UInt64) throws -> Bool

/// One person's twin, bound to an access. It may be used from any thread.
public final class Twin: Sendable {
    private let border: BorderTwin

    init(_ border: BorderTwin) { self.border = border }

    /// The person's id.
    public var person: String { border.person() }

    /// Records samples as columns.
    /// - Parameter source: Who measured: a device or an app.
    /// - Parameter metric: A metric of the catalogue, or a vendor's own.
    /// - Parameter unit: UCUM unit of the values.
    /// - Parameter starts: Starts, UTC microseconds.
    /// - Parameter values: Values, finite; as many as starts.
    /// - Parameter durations: Durations, microseconds; none for instants.
    @discardableResult
    public func recordSeries(
        source: String, metric: String, unit: String, starts: [Int64], values: [Double], durations: [Int64] = []
    ) throws -> RecordedView {
        let columns = try packColumns(starts: starts, durations: durations, values: values)
        let done = try guarded {
            try border.recordSeries(source: source, metric: metric, unit: unit, columns: columns)
        }
        return try fromJSON(RecordedView.self, done)
    }

    /// Reads samples as columns.
    public func series(_ query: SeriesQuery) throws -> Series {
        let asked = try jsonText(query)
        let found = try guarded { try border.series(query: asked) }
        return try Series(unit: found.unit, columns: found.columns)
    }

    /// Watches days or windows: each `poll` gives what differs since the one before.
    public func watch(_ request: WatchRequest) throws -> Watch {
        let asked = try jsonText(request)
        return Watch(try guarded { try border.watch(request: asked) })
    }

    /// Watches, and tells of differences after each verb that wrote, on the thread that wrote, until the
    /// subscription is stopped or let go.
    /// - Parameter failed: Hears what `told` threw; the write stays, and later ones are told again.
    public func watch(
        _ request: WatchRequest, failed: @escaping @Sendable (any Error) -> Void,
        told: @escaping @Sendable (WatchView) throws -> Void
    ) throws -> Subscription {
        let asked = try jsonText(request)
        let teller = Teller(told: told, failed: failed)
        return Subscription(try guarded { try border.watchWith(request: asked, told: teller) })
    }

    func view<Q: Encodable, A: Decodable>(
        _ verb: String, _ request: Q, bytes: Data? = nil, progress: ReadProgress? = nil
    ) throws -> A {
        try fromJSON(A.self, try text(verb, request, bytes: bytes, progress: progress))
    }

    func text(_ verb: String, _ request: some Encodable, bytes: Data? = nil, progress: ReadProgress? = nil) throws -> String {
        try raw(verb, try jsonText(request), bytes: bytes, progress: progress)
    }

    func bytes(_ verb: String, _ request: some Encodable, bytes: Data? = nil, progress: ReadProgress? = nil) throws -> Data {
        let asked = try jsonText(request)
        return try heard(progress) { try border.callBytes(verb: verb, request: asked, bytes: bytes, progress: $0) }
    }

    /// A verb by its name, with the JSON of its request.
    func raw(_ verb: String, _ request: String, bytes: Data? = nil, progress: ReadProgress? = nil) throws -> String {
        try heard(progress) { try border.call(verb: verb, request: request, bytes: bytes, progress: $0) }
    }
}

/// Calls with a progress that stops when the host's throws; what it threw comes out of the call.
private func heard<T>(_ progress: ReadProgress?, _ call: ((any HumantwinBorder.Progress)?) throws -> T) throws -> T {
    guard let progress else { return try guarded { try call(nil) } }
    let reader = Reader(progress)
    let answer = Result { try guarded { try call(reader) } }
    if let thrown = reader.thrown { throw thrown }
    return try answer.get()
}
