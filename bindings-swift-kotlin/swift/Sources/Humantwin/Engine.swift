internal import HumantwinBorder

/// An engine, open over a file or in memory. It may be used from any thread.
///
/// ```swift
/// let engine = try Engine(OpenOptions(path: "me.twin"))
/// print(try engine.twin("me").state().day.date)
/// ```
public final class Engine: Sendable {
    private let border: BorderEngine

    /// Opens it; throws `conflict` when another process writes to the file.
    public init(_ options: OpenOptions = OpenOptions()) throws {
        let said = try jsonText(options)
        border = try guarded { try BorderEngine.open(options: said) }
    }

    /// The twin of a person, for their own use, or as somebody with a purpose sees it.
    public func twin(_ person: String, access: AccessOptions? = nil) throws -> Twin {
        let said = try access.map { try jsonText($0) } ?? ""
        return Twin(try guarded { try border.twin(person: person, access: said) })
    }

    /// Was it closed?
    public var isClosed: Bool { border.isShut() }

    /// Closes it: later calls throw `notFound`, and the file is free. Closing again is no error.
    public func close() { border.shut() }
}
