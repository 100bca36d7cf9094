// Columns as the bytes of the border: little-endian, two counts as 32 bits each, then starts, durations, values.
package io.github.humantwin

import java.nio.ByteBuffer
import java.nio.ByteOrder

/**
 * Samples of one metric in order of time.
 *
 * @property unit UCUM unit of the values.
 * @property starts Starts, UTC microseconds.
 * @property durations Durations, microseconds; 0 for an instant.
 * @property values Values.
 */
public class Series(
    public val unit: String,
    public val starts: LongArray,
    public val durations: LongArray,
    public val values: DoubleArray,
)

internal fun packColumns(starts: LongArray, durations: LongArray, values: DoubleArray): ByteArray {
    if (values.size != starts.size || !(durations.isEmpty() || durations.size == starts.size)) {
        val sizes = "${starts.size} starts, ${durations.size} durations, ${values.size} values"
        throw TwinException.InvalidValue("value of `columns` is $sizes, expected columns of one length")
    }
    val size = 8L + 8L * (2L * starts.size + durations.size)
    if (size > Int.MAX_VALUE) throw TwinException.InvalidValue("these columns are too long for one call; send them in parts")
    val bytes = ByteArray(size.toInt())
    val buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)
    buffer.putInt(starts.size).putInt(durations.size)
    buffer.slice().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(starts).put(durations)
    buffer.position(8 + 8 * (starts.size + durations.size))
    buffer.slice().order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(values)
    return bytes
}

internal fun unpackColumns(unit: String, bytes: ByteArray): Series {
    val buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)
    val starts = LongArray(buffer.getInt())
    val durations = LongArray(buffer.getInt())
    val values = DoubleArray(starts.size)
    buffer.slice().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(starts).get(durations)
    buffer.position(8 + 8 * (starts.size + durations.size))
    buffer.slice().order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values)
    return Series(unit, starts, durations, values)
}
