// What the border costs in Kotlin, as a JSON list. The argument names a file with Rust's own times.
import io.github.humantwin.*
import java.io.File
import java.util.Locale

private val noon = OpenOptions(now = Timestamp("2026-03-01T12:00:00Z"))
private var own = mapOf<String, Double>()

fun main(args: Array<String>) {
    own = File(args[0]).readLines().associate { it.substringBefore(' ') to it.substringAfter(' ').toDouble() }
    val engine = Engine(noon)
    val me = engine.twin("me")
    var id = 0
    val starts = LongArray(100_000) { 1_772_000_000_000_000 + it * 1_000_000L }
    val values = DoubleArray(starts.size) { 60.0 + it % 17 }
    val twins = List(6) { Engine(noon).twin("me") }.iterator()
    val closed = Engine(noon).let { gone -> gone.twin("me").also { gone.close() } }
    val measures = listOf(
        line("empty_call", least(2000) { repeat(100) { engine.isClosed } } / 100, floor = 10.0),
        line("one_event_in", least(1000) {
            me.record(listOf(Event("diary", Timestamp("2026-03-01T08:00:00Z"), CaffeineConsumed(1.0), id = "${id++}")))
        }),
        line("state_out", least(500) { me.state() }),
        // A closed engine refuses after the columns have crossed: this is the border alone.
        line("samples_100k_border", least(50) {
            try { closed.recordSeries("strap", "heart_rate", "/min", starts, values) } catch (_: TwinException.NotFound) {}
        }, floor = 2000.0),
        line("samples_100k_as_json_text", least(5) {
            starts.joinToString(",", "[", "]") + values.joinToString(",", "[", "]")
        }),
        line("samples_in_100k", least(5) { twins.next().recordSeries("strap", "heart_rate", "/min", starts, values) }),
    )
    println(measures.joinToString(",\n", "[\n", "\n]"))
}

/** The least of so many times, microseconds: what else runs only adds. */
private fun least(times: Int, run: () -> Unit): Double = (0 until times).minOf {
    val start = System.nanoTime()
    run()
    (System.nanoTime() - start) / 1e3
}

private fun line(name: String, micros: Double, floor: Double? = null): String {
    val ratio = own[name]?.let { String.format(Locale.ROOT, "%.2f", micros / it) }
    val value = String.format(Locale.ROOT, "%.2f", micros)
    return """{"name":"kotlin_$name","value":$value,"unit":"us","ratio":$ratio,"floor":$floor,"ok":${floor == null || micros <= floor}}"""
}
