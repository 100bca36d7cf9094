// Moments and days. Payloads keep them as texts, so that a stored event can be pasted anywhere.
package io.github.humantwin

import java.time.Instant
import java.time.OffsetDateTime
import java.time.ZonedDateTime
import kotlinx.serialization.Serializable

/**
 * A moment: RFC 3339 with `Z` or an offset, to the microsecond.
 *
 * @throws TwinException.InvalidValue for a text without an offset: it could be any moment of a day.
 */
@Serializable(with = TimestampSerializer::class)
public data class Timestamp(val text: String) {
    public constructor(moment: Instant) : this(moment.toString())

    public constructor(moment: OffsetDateTime) : this(moment.toInstant())

    public constructor(moment: ZonedDateTime) : this(moment.toInstant())

    init {
        if (!hasOffset(text)) {
            throw TwinException.InvalidValue("`${text.take(40)}` is no moment: it needs a zone offset, as in `2026-03-01T12:00:00Z`")
        }
    }

    /** The moment. */
    public fun toInstant(): Instant = OffsetDateTime.parse(text).toInstant()

    override fun toString(): String = text
}

/** A civil day, `YYYY-MM-DD`. */
@Serializable(with = LocalDateSerializer::class)
public data class LocalDate(val text: String) {
    public constructor(day: java.time.LocalDate) : this(day.toString())

    /** The day. */
    public fun toJavaLocalDate(): java.time.LocalDate = java.time.LocalDate.parse(text)

    override fun toString(): String = text
}

/** Does it end in `Z` or `±hh:mm`? What else is wrong with it, the core says. */
private fun hasOffset(text: String): Boolean =
    text.endsWith('Z') || text.endsWith('z') ||
        (text.length > 16 && (text[text.length - 6] == '+' || text[text.length - 6] == '-') && text[text.length - 3] == ':')

internal object TimestampSerializer : WordSerializer<Timestamp>("Timestamp", Timestamp::text, ::Timestamp)

internal object LocalDateSerializer : WordSerializer<LocalDate>("LocalDate", LocalDate::text, ::LocalDate)
