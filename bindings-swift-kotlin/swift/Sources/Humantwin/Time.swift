// Moments and days. Payloads keep them as texts, so that a stored event can be pasted anywhere.

import Foundation

/// A moment: RFC 3339 with `Z` or an offset, to the microsecond.
///
/// A text without an offset is refused with `invalidValue` when it is sent: it could be any moment of a day.
public struct Timestamp: Codable, Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// As it crosses every border.
    public let text: String

    public init(_ text: String) { self.text = text }
    public init(stringLiteral text: String) { self.text = text }

    /// A moment, to the microsecond.
    public init(_ moment: Date) {
        let micros = (moment.timeIntervalSince1970 * 1e6).rounded()
        self.init(micros: micros.isFinite && abs(micros) < 9e18 ? Int64(micros) : 0)
    }

    /// Microseconds since 1970, UTC.
    public init(micros: Int64) {
        var (seconds, fraction) = micros.quotientAndRemainder(dividingBy: 1_000_000)
        if fraction < 0 {
            seconds -= 1
            fraction += 1_000_000
        }
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let (year, month, day) = civil(days: days)
        let second = seconds - days * 86_400
        let parts = [month, day, second / 3600, second / 60 % 60, second % 60].map { pad($0, 2) }
        let tail = fraction == 0 ? "" : "." + pad(fraction, 6)
        text = "\(pad(year, 4))-\(parts[0])-\(parts[1])T\(parts[2]):\(parts[3]):\(parts[4])\(tail)Z"
    }

    /// The moment; nil for a text that is none. A `Date` is exact to the microsecond for some centuries.
    public var date: Date? {
        let format = ISO8601DateFormatter()
        // The formatter keeps three digits of a fraction only: it is read apart.
        guard let dot = text.firstIndex(of: ".") else { return format.date(from: text) }
        let digits = text[text.index(after: dot)...].prefix { $0.isNumber }
        let whole = text[..<dot] + text[digits.endIndex...]
        guard let fraction = Double("0." + digits) else { return nil }
        return format.date(from: String(whole))?.addingTimeInterval(fraction)
    }

    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        guard hasOffset else {
            let shown = text.prefix(40)
            throw TwinError.invalidValue(
                message: "`\(shown)` is no moment: it needs a zone offset, as in `2026-03-01T12:00:00Z`")
        }
        var value = encoder.singleValueContainer()
        try value.encode(text)
    }

    public var description: String { text }

    /// Does it end in `Z` or `±hh:mm`? What else is wrong with it, the core says.
    private var hasOffset: Bool {
        let end = Array(text.utf8.suffix(6))
        guard let last = end.last else { return false }
        if last == UInt8(ascii: "Z") || last == UInt8(ascii: "z") { return true }
        return text.utf8.count > 16 && (end[0] == UInt8(ascii: "+") || end[0] == UInt8(ascii: "-"))
            && end[3] == UInt8(ascii: ":")
    }
}

/// A civil day, `YYYY-MM-DD`.
public struct LocalDate: Codable, Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// As it crosses every border.
    public let text: String

    public init(_ text: String) { self.text = text }
    public init(stringLiteral text: String) { self.text = text }

    /// The day of a moment in a calendar's zone.
    public init(_ moment: Date, in calendar: Calendar) {
        let day = calendar.dateComponents([.year, .month, .day], from: moment)
        text = [(day.year, 4), (day.month, 2), (day.day, 2)].map { pad(Int64($0.0 ?? 0), $0.1) }.joined(separator: "-")
    }

    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode(text)
    }

    public var description: String { text }
}

private func pad(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// Year, month and day of a day counted from 1970, in the calendar of today.
private func civil(days: Int64) -> (Int64, Int64, Int64) {
    // Counted from 1 March of year 0, in eras of 400 years.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * ofYear + 2) / 153
    let day = ofYear - (153 * month + 2) / 5 + 1
    let civilMonth = month < 10 ? month + 3 : month - 9
    return (yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0), civilMonth, day)
}
