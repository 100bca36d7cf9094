// Written by `cargo xtask schema`; not to be edited.
package io.github.humantwin

/**
 * What every verb fails with. The code is stable and the same in every language.
 *
 * @property code The stable code.
 * @property context The verb or the file family, where that helps.
 */
public sealed class TwinException(public val code: String, message: String, public val context: String?) :
    RuntimeException(message) {
    /** a grant for this purpose and actor is missing, expired or revoked */
    public class ConsentRequired(message: String, context: String? = null) : TwinException("consent_required", message, context)

    /** a value is outside what is possible, or of the wrong unit */
    public class InvalidValue(message: String, context: String? = null) : TwinException("invalid_value", message, context)

    /** bytes are not of the format they claim to be */
    public class Malformed(message: String, context: String? = null) : TwinException("malformed", message, context)

    /** what was asked for does not exist */
    public class NotFound(message: String, context: String? = null) : TwinException("not_found", message, context)

    /** two writers, or two facts that exclude each other */
    public class Conflict(message: String, context: String? = null) : TwinException("conflict", message, context)

    /** a format, version or option that this build does not know */
    public class Unsupported(message: String, context: String? = null) : TwinException("unsupported", message, context)

    /** the store or the disk refused */
    public class Storage(message: String, context: String? = null) : TwinException("storage", message, context)

    /** stored bytes do not match their hash */
    public class Corrupt(message: String, context: String? = null) : TwinException("corrupt", message, context)

    /** a key or cipher failed */
    public class Crypto(message: String, context: String? = null) : TwinException("crypto", message, context)

    /** too many requests */
    public class RateLimited(message: String, context: String? = null) : TwinException("rate_limited", message, context)

    /** a model cannot be loaded or run here */
    public class ModelUnavailable(message: String, context: String? = null) : TwinException("model_unavailable", message, context)

    /** the caller stopped the work */
    public class Cancelled(message: String, context: String? = null) : TwinException("cancelled", message, context)

    /** a bug in humantwin */
    public class Internal(message: String, context: String? = null) : TwinException("internal", message, context)

    /** A code of a later version. */
    public class Unknown(code: String, message: String, context: String? = null) : TwinException(code, message, context)

    public companion object {
        /** Every code of this version. */
        public val codes: List<String> = listOf(
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
        )

        /** The exception of a code. */
        public fun of(code: String, message: String, context: String? = null): TwinException = when (code) {
            "consent_required" -> ConsentRequired(message, context)
            "invalid_value" -> InvalidValue(message, context)
            "malformed" -> Malformed(message, context)
            "not_found" -> NotFound(message, context)
            "conflict" -> Conflict(message, context)
            "unsupported" -> Unsupported(message, context)
            "storage" -> Storage(message, context)
            "corrupt" -> Corrupt(message, context)
            "crypto" -> Crypto(message, context)
            "rate_limited" -> RateLimited(message, context)
            "model_unavailable" -> ModelUnavailable(message, context)
            "cancelled" -> Cancelled(message, context)
            "internal" -> Internal(message, context)
            else -> Unknown(code, message, context)
        }
    }
}
