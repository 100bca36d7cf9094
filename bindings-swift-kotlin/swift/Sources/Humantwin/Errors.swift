// Written by `cargo xtask schema`; not to be edited.

/// What every verb throws. The code is stable and the same in every language.
public enum TwinError: Error, Sendable, Equatable {
    /// a grant for this purpose and actor is missing, expired or revoked
    case consentRequired(message: String, context: String? = nil)
    /// a value is outside what is possible, or of the wrong unit
    case invalidValue(message: String, context: String? = nil)
    /// bytes are not of the format they claim to be
    case malformed(message: String, context: String? = nil)
    /// what was asked for does not exist
    case notFound(message: String, context: String? = nil)
    /// two writers, or two facts that exclude each other
    case conflict(message: String, context: String? = nil)
    /// a format, version or option that this build does not know
    case unsupported(message: String, context: String? = nil)
    /// the store or the disk refused
    case storage(message: String, context: String? = nil)
    /// stored bytes do not match their hash
    case corrupt(message: String, context: String? = nil)
    /// a key or cipher failed
    case crypto(message: String, context: String? = nil)
    /// too many requests
    case rateLimited(message: String, context: String? = nil)
    /// a model cannot be loaded or run here
    case modelUnavailable(message: String, context: String? = nil)
    /// the caller stopped the work
    case cancelled(message: String, context: String? = nil)
    /// a bug in humantwin
    case `internal`(message: String, context: String? = nil)
    /// A code of a later version.
    case unknown(code: String, message: String, context: String? = nil)

    /// Every code of this version.
    public static let codes = [
        "consent_required",
        "invalid_value",
        "malformed",
        "not_found",
        "conflict",
        "unsupported",
        "storage",
        "corrupt",
        "crypto",
        "rate_limited",
        "model_unavailable",
        "cancelled",
        "internal",
    ]

    /// The error of a code.
    public init(code: String, message: String, context: String? = nil) {
        switch code {
        case "consent_required": self = .consentRequired(message: message, context: context)
        case "invalid_value": self = .invalidValue(message: message, context: context)
        case "malformed": self = .malformed(message: message, context: context)
        case "not_found": self = .notFound(message: message, context: context)
        case "conflict": self = .conflict(message: message, context: context)
        case "unsupported": self = .unsupported(message: message, context: context)
        case "storage": self = .storage(message: message, context: context)
        case "corrupt": self = .corrupt(message: message, context: context)
        case "crypto": self = .crypto(message: message, context: context)
        case "rate_limited": self = .rateLimited(message: message, context: context)
        case "model_unavailable": self = .modelUnavailable(message: message, context: context)
        case "cancelled": self = .cancelled(message: message, context: context)
        case "internal": self = .internal(message: message, context: context)
        default: self = .unknown(code: code, message: message, context: context)
        }
    }

    var parts: (code: String, message: String, context: String?) {
        switch self {
        case .consentRequired(let message, let context): return ("consent_required", message, context)
        case .invalidValue(let message, let context): return ("invalid_value", message, context)
        case .malformed(let message, let context): return ("malformed", message, context)
        case .notFound(let message, let context): return ("not_found", message, context)
        case .conflict(let message, let context): return ("conflict", message, context)
        case .unsupported(let message, let context): return ("unsupported", message, context)
        case .storage(let message, let context): return ("storage", message, context)
        case .corrupt(let message, let context): return ("corrupt", message, context)
        case .crypto(let message, let context): return ("crypto", message, context)
        case .rateLimited(let message, let context): return ("rate_limited", message, context)
        case .modelUnavailable(let message, let context): return ("model_unavailable", message, context)
        case .cancelled(let message, let context): return ("cancelled", message, context)
        case .internal(let message, let context): return ("internal", message, context)
        case .unknown(let code, let message, let context): return (code, message, context)
        }
    }
}
