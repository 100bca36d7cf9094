// The first twin. Written as the tutorial shows it; `bindings-swift-kotlin/kotlin/check.sh` runs it.

// [quickstart]
import io.github.humantwin.*
import java.time.Instant
import kotlin.math.roundToInt

fun main() {
    Engine(OpenOptions(now = Timestamp("2026-03-01T12:00:00Z"))).use { engine ->
        val me = engine.twin("me")
        val (asleep, awake) = Timestamp("2026-02-28T23:00:00Z") to Timestamp("2026-03-01T06:30:00Z")
        me.record(
            listOf(
                Event("diary", Timestamp("2026-03-01T08:00:00Z"), CaffeineConsumed(amountMg = 80.0)),
                Event("watch", awake, SleepRecorded(start = asleep, end = awake, asleepMin = 450.0)),
            ),
        )
        val nine = Instant.parse("2026-03-01T09:00:00Z").epochSecond * 1_000_000
        val starts = longArrayOf(nine, nine + 1_000_000, nine + 2_000_000)
        me.recordSeries("watch", "heart_rate", "/min", starts, doubleArrayOf(60.0, 62.0, 61.0))

        val today = me.state().day
        val hours = (today.sleep?.asleepMin ?: 0.0) / 60
        val (caffeine, heart) = today.caffeineMg?.roundToInt() to today.heart?.meanBpm?.roundToInt()
        println("you slept $hours h, $caffeine mg caffeine, heart rate $heart")
    }
}
// [/quickstart]
