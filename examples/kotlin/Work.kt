// How long a task takes, and when to do it; `bindings-swift-kotlin/kotlin/check.sh` runs it.

package work

import io.github.humantwin.*
import java.time.Duration
import java.time.Instant
import java.util.Locale

private fun hours(value: Double?) = "%.1f".format(Locale.ROOT, value)

fun main() {
    val monday = Instant.parse("2026-03-02T07:00:00Z")
    Engine(OpenOptions(now = Timestamp(monday))).use { engine ->
        val me = engine.twin("me")
        // Twelve tasks that were said to take two hours took three.
        val bug = TaskAbout(kind = "bug", estimateS = 2 * 3600.0)
        val finished = (0 until 12).map { n ->
            val time = Timestamp(monday - Duration.ofDays(n + 1L))
            Event("tracker", time, TaskCompleted("old-$n", about = bug, durationS = 3 * 3600.0))
        }
        val planned = listOf("T-1" to 2, "T-2" to 1).map { (task, hours) ->
            val about = TaskAbout(kind = "bug", estimateS = hours * 3600.0)
            Event("tracker", Timestamp(monday), TaskPlanned(task, about = about))
        }
        me.record(finished)
        me.record(planned)
        for (told in me.predict("task_duration").estimates) {
            val (value, low, high) = listOf(told.estimate.value, told.estimate.low, told.estimate.high).map(::hours)
            println("${told.name}: $value h, $low to $high h")
        }
        val first = me.plan(PlanKind.Week(days = 2)).blocks.minBy { it.start.toInstant() }
        println("first ${first.task} at ${first.start.text.take(16)}")
    }
}
