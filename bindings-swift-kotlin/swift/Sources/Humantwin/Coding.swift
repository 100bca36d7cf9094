// Payloads as JSON texts; errors of the border as our own.

import Foundation
internal import HumantwinBorder

/// A word of an enum; a word of a later version is kept as it is.
public protocol Word: Codable, Sendable, Hashable, CustomStringConvertible {
    /// The case of a word.
    init(word: String)
    /// The word.
    var word: String { get }
}

extension Word {
    public init(from decoder: any Decoder) throws {
        self.init(word: try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode(word)
    }

    public var description: String { word }
}

/// A key by its name.
struct Key: CodingKey, ExpressibleByStringLiteral {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringLiteral name: String) { stringValue = name }
    init(stringValue name: String) { stringValue = name }
    init?(intValue: Int) { nil }
}

func jsonText(_ value: some Encodable) throws -> String {
    do {
        return String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    } catch is EncodingError {
        throw TwinError.invalidValue(message: "a payload holds a number that is not finite")
    }
}

func fromJSON<T: Decodable>(_ type: T.Type, _ text: String) throws -> T {
    do {
        return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch is DecodingError {
        throw TwinError.malformed(message: "this text is no JSON of `\(type)`")
    }
}

/// Runs a call of the border; its errors come out as ours.
func guarded<T>(_ call: () throws -> T) throws -> T {
    do {
        return try call()
    } catch BorderError.Failed(let code, let said, let context) {
        throw TwinError(code: code, message: said, context: context)
    }
}

extension TwinError: LocalizedError, CustomStringConvertible {
    /// The stable code.
    public var code: String { parts.code }
    /// A sentence for people, without personal data.
    public var message: String { parts.message }
    /// The verb or the file family, where that helps.
    public var context: String? { parts.context }

    public var description: String { "\(code): \(message)" }
    public var errorDescription: String? { message }
}

extension Event {
    /// The event of a JSON text.
    public init(json: String) throws { self = try fromJSON(Event.self, json) }

    /// The event as a JSON text.
    public func json() throws -> String { try jsonText(self) }
}

extension EventBody {
    /// What an event says, for `correct`.
    public init(_ data: EventData) throws {
        let event = Event(source: "-", time: "1970-01-01T00:00:00Z", data: data)
        guard case .object(let fields) = try fromJSON(JSONValue.self, try jsonText(event)) else {
            throw TwinError.internal(message: "an event is no object")
        }
        self.init(data: fields["data"] ?? .object([:]), kind: data.kind, version: Int64(data.version))
    }
}
