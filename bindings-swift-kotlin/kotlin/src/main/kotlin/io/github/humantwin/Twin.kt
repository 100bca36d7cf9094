package io.github.humantwin

import io.github.humantwin.border.BorderTwin
import io.github.humantwin.border.Progress
import io.github.humantwin.border.Told
import kotlinx.serialization.KSerializer

/** One person's twin, bound to an access. It may be used from any thread. */
public class Twin internal constructor(private val border: BorderTwin) : TwinVerbs() {
    /** The person's id. */
    public val person: String get() = border.person()

    /**
     * Records samples as columns.
     *
     * @param source Who measured: a device or an app.
     * @param metric A metric of the catalogue, or a vendor's own.
     * @param unit UCUM unit of the values.
     * @param starts Starts, UTC microseconds.
     * @param values Values, finite; as many as starts.
     * @param durations Durations, microseconds; none for instants.
     */
    public fun recordSeries(
        source: String,
        metric: String,
        unit: String,
        starts: LongArray,
        values: DoubleArray,
        durations: LongArray = LongArray(0),
    ): RecordedView {
        val columns = packColumns(starts, durations, values)
        return decode(RecordedView.serializer(), guarded { border.recordSeries(source, metric, unit, columns) })
    }

    /** Reads samples as columns. */
    public fun series(query: SeriesQuery): Series {
        val found = guarded { border.series(encode(SeriesQuery.serializer(), query)) }
        return unpackColumns(found.unit, found.columns)
    }

    /** Watches days or windows: each [Watch.poll] gives what differs since the one before. */
    public fun watch(request: WatchRequest): Watch =
        Watch(guarded { border.watch(encode(WatchRequest.serializer(), request)) })

    /**
     * Watches, and tells of differences after each verb that wrote, on the thread that wrote.
     *
     * @param failed Hears what [told] threw; the write stays, and later ones are told again. Default: written to
     *   the error output.
     * @param told Hears of the differences until the subscription is closed.
     */
    public fun watch(
        request: WatchRequest,
        failed: (Throwable) -> Unit = { System.err.println("a watcher failed: $it") },
        told: (WatchView) -> Unit,
    ): Subscription {
        val heard = object : Told {
            override fun changed(view: String) {
                try {
                    told(decode(WatchView.serializer(), view))
                } catch (e: Throwable) {
                    runCatching { failed(e) }
                }
            }
        }
        return Subscription(guarded { border.watchWith(encode(WatchRequest.serializer(), request), heard) })
    }

    override fun <Q> text(
        verb: String,
        of: KSerializer<Q>,
        request: Q,
        bytes: ByteArray?,
        progress: ((Long) -> Boolean)?,
    ): String = raw(verb, encode(of, request), bytes, progress)

    override fun <Q> bytes(
        verb: String,
        of: KSerializer<Q>,
        request: Q,
        bytes: ByteArray?,
        progress: ((Long) -> Boolean)?,
    ): ByteArray = heard(progress) { border.callBytes(verb, encode(of, request), bytes, it) }

    /** A verb by its name, with the JSON of its request. */
    internal fun raw(verb: String, request: String, bytes: ByteArray?, progress: ((Long) -> Boolean)?): String =
        heard(progress) { border.call(verb, request, bytes, it) }
}

/** Calls with a progress that stops when the host's throws; what it threw comes out of the call. */
private fun <T> heard(progress: ((Long) -> Boolean)?, call: (Progress?) -> T): T {
    if (progress == null) return guarded { call(null) }
    var thrown: Throwable? = null
    val told = object : Progress {
        override fun read(bytes: ULong): Boolean =
            try {
                progress(bytes.toLong())
            } catch (e: Throwable) {
                thrown = e
                false
            }
    }
    val answer = try {
        guarded { call(told) }
    } catch (e: TwinException) {
        throw thrown ?: e
    }
    thrown?.let { throw it }
    return answer
}
