// What a model says, and what would happen; `bindings-swift-kotlin/kotlin/check.sh` runs it.

package predict

import io.github.humantwin.*
import java.time.Duration
import java.time.Instant
import java.util.Locale

private fun hours(value: Double?) = "%.1f".format(Locale.ROOT, value)

fun main() {
    val noon = Instant.parse("2026-03-01T12:00:00Z")
    Engine(OpenOptions(now = Timestamp(noon))).use { engine ->
        val me = engine.twin("me")
        // Three weeks of short nights, from midnight to half past six.
        val nights = (0L until 21L).map { back ->
            val woke = noon - Duration.ofDays(back) - Duration.ofMinutes(330)
            val start = Timestamp(woke - Duration.ofMinutes(390))
            val slept = SleepRecorded(start = start, end = Timestamp(woke), asleepMin = 350.0 + 10 * (back % 4))
            Event("ring", Timestamp(woke), slept)
        }
        me.record(nights)
        val debt = me.predict("sleep_debt").estimates.first().estimate
        println("you owe ${hours(debt.value)} h of sleep, ${hours(debt.low)} to ${hours(debt.high)} h")

        // What would happen: three nights in bed by ten.
        val early = PlanChange.SleepAt(bed = "22:00", wake = "06:30", days = listOf(1, 2, 3))
        val owed = me.simulate(changes = listOf(early), days = 3).quantities.first { it.name == "sleep_debt" }
        val (usual, changed) = hours(owed.plan[2].value) to hours(owed.changed[2].value)
        println("in three days $usual h as usual, $changed h when in bed by ten")
    }
}
