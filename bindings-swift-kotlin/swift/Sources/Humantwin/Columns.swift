// Columns as the bytes of the border: little-endian, two counts as 32 bits each, then starts, durations, values.

import Foundation

/// Samples of one metric in order of time.
public struct Series: Sendable, Equatable {
    /// UCUM unit of the values.
    public var unit: String
    /// Starts, UTC microseconds.
    public var starts: [Int64]
    /// Durations, microseconds; 0 for an instant.
    public var durations: [Int64]
    /// Values.
    public var values: [Double]

    init(unit: String, columns: Data) throws {
        var rest = columns
        let samples = Int(UInt32(littleEndian: try taken(1, from: &rest)[0]))
        let spans = Int(UInt32(littleEndian: try taken(1, from: &rest)[0]))
        self.unit = unit
        starts = try taken(samples, from: &rest).map(Int64.init(littleEndian:))
        durations = try taken(spans, from: &rest).map(Int64.init(littleEndian:))
        values = try taken(samples, from: &rest).map { Double(bitPattern: UInt64(littleEndian: $0)) }
    }
}

func packColumns(starts: [Int64], durations: [Int64], values: [Double]) throws -> Data {
    guard values.count == starts.count, durations.isEmpty || durations.count == starts.count else {
        let sizes = "\(starts.count) starts, \(durations.count) durations, \(values.count) values"
        throw TwinError.invalidValue(message: "value of `columns` is \(sizes), expected columns of one length")
    }
    let (size, tooLong) = (2 * starts.count + durations.count).multipliedReportingOverflow(by: 8)
    guard !tooLong, size < Int32.max - 8 else {
        throw TwinError.invalidValue(message: "these columns are too long for one call; send them in parts")
    }
    var bytes = Data(capacity: 8 + size)
    append([UInt32(starts.count), UInt32(durations.count)], to: &bytes)
    append(starts, to: &bytes)
    append(durations, to: &bytes)
    values.withUnsafeBytes { append(Array($0.bindMemory(to: UInt64.self)), to: &bytes) }
    return bytes
}

/// Appends words, little-endian.
private func append<T: FixedWidthInteger>(_ words: [T], to bytes: inout Data) {
    #if _endian(little)
        words.withUnsafeBytes { bytes.append(contentsOf: $0) }
    #else
        words.map(\.littleEndian).withUnsafeBytes { bytes.append(contentsOf: $0) }
    #endif
}

/// Takes so many words off the front, as they are.
private func taken<T: FixedWidthInteger>(_ count: Int, from bytes: inout Data) throws -> [T] {
    let size = count * MemoryLayout<T>.stride
    guard bytes.count >= size else { throw TwinError.malformed(message: "these bytes are no columns") }
    let words = [T](unsafeUninitializedCapacity: count) { buffer, filled in
        bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: .init(rebasing: $0[..<size])) }
        filled = count
    }
    bytes = bytes.dropFirst(size)
    return words
}
