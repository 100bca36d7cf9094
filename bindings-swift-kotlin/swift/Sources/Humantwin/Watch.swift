import Foundation
internal import HumantwinBorder

/// A look at a twin that remembers the look before. Letting go of it ends it.
public final class Watch: Sendable {
    private let border: BorderWatch

    init(_ border: BorderWatch) { self.border = border }

    /// What differs since the look before.
    public func poll() throws -> WatchView { try fromJSON(WatchView.self, try guarded { try border.poll() }) }
}

/// Tells until it is stopped or let go.
public final class Subscription: Sendable {
    private let border: BorderSubscription

    init(_ border: BorderSubscription) { self.border = border }

    /// Nothing is told any more; stopping again is no error.
    public func stop() { border.stop() }
}

/// Passes differences on.
final class Teller: Told {
    private let told: @Sendable (WatchView) throws -> Void
    private let failed: @Sendable (any Error) -> Void

    init(told: @escaping @Sendable (WatchView) throws -> Void, failed: @escaping @Sendable (any Error) -> Void) {
        self.told = told
        self.failed = failed
    }

    func changed(view: String) {
        do {
            try told(try fromJSON(WatchView.self, view))
        } catch {
            failed(error)
        }
    }
}

/// Passes progress on, and keeps what the host threw.
final class Reader: HumantwinBorder.Progress, @unchecked Sendable {
    private let progress: ReadProgress
    private let lock = NSLock()
    private var kept: (any Error)?

    init(_ progress: @escaping ReadProgress) { self.progress = progress }

    var thrown: (any Error)? { lock.withLock { kept } }

    func read(bytes: UInt64) -> Bool {
        do {
            return try progress(bytes)
        } catch {
            lock.withLock { kept = error }
            return false
        }
    }
}
