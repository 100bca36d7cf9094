package io.github.humantwin

import java.io.File
import java.time.Instant
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit
import kotlin.io.path.createTempDirectory
import kotlin.test.Test
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertIs
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

class TwinTest {
    private val noon = OpenOptions(now = Timestamp("2026-03-01T12:00:00Z"))
    private val eight = Timestamp("2026-03-01T08:00:00Z")
    private val today = WatchRequest.Days(last = 1, figure = "caffeine_mg")

    private fun coffee(id: String, mg: Double, source: String = "diary") =
        Event(source, eight, CaffeineConsumed(mg), id = id)

    @Test
    fun aFactGoesInAndShowsInTheState() {
        Engine(noon).use { engine ->
            val me = engine.twin("me")
            assertEquals("me", me.person)
            assertEquals(1, me.record(listOf(coffee("1", 80.0))).events)
            assertEquals(1, me.record(listOf(coffee("1", 80.0))).duplicates)
            assertEquals(80.0, me.state().day.caffeineMg)
            assertNull(me.state(at = Timestamp(Instant.parse("2026-03-01T07:00:00Z"))).day.caffeineMg)
            assertTrue(me.verify().ok)
            me.correct(source = "diary", record = "1", replacement = EventBody(CaffeineConsumed(40.0)))
            assertEquals(40.0, me.state().day.caffeineMg)
        }
    }

    @Test
    fun everyVerbHasItsMethod() {
        val verbs = json.parseToJsonElement(File(System.getProperty("schemas"), "verbs.json").readText())
        val names = verbs.jsonObject.getValue("verbs").jsonArray.map { it.jsonObject.getValue("name").jsonPrimitive.content }
        val methods = Twin::class.java.methods.map { it.name }.toSet()
        val camel = { name: String -> Regex("_([a-z])").replace(name) { it.groupValues[1].uppercase() } }
        assertTrue(names.size >= 20)
        assertEquals(emptyList(), (names + listOf("record_series", "series", "watch")).filter { camel(it) !in methods })
    }

    @Test
    fun everyCodeHasItsException() {
        val errors = json.parseToJsonElement(File(System.getProperty("schemas"), "errors.json").readText())
        val codes = errors.jsonObject.getValue("errors").jsonArray.map { it.jsonObject.getValue("code").jsonPrimitive.content }
        assertEquals(codes, TwinException.codes)
        for (code in codes) {
            val made = TwinException.of(code, "so", "there")
            assertFalse(made is TwinException.Unknown, code)
            assertEquals(listOf(code, "so", "there"), listOf(made.code, made.message, made.context))
        }
        assertEquals(codes.size, codes.map { TwinException.of(it, "")::class }.toSet().size)
        assertIs<TwinException.Unknown>(TwinException.of("levitated", ""))
    }

    @Test
    fun aClosedEngineAnswersNotFound() {
        val engine = Engine(noon)
        val me = engine.twin("me")
        val watch = me.watch(today)
        assertFalse(engine.isClosed)
        engine.close()
        engine.close()
        assertTrue(engine.isClosed)
        assertFailsWith<TwinException.NotFound> { me.state() }
        assertFailsWith<TwinException.NotFound> { me.record(listOf(coffee("1", 80.0))) }
        assertFailsWith<TwinException.NotFound> { watch.poll() }
        assertFailsWith<TwinException.NotFound> { engine.twin("me") }
    }

    @Test
    fun aFileHasOneWriter() {
        val path = File(createTempDirectory().toFile(), "me.twin").path
        // Another process holds the file until it is told to end.
        val java = File(System.getProperty("java.home"), "bin/java").path
        val holder = ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), "io.github.humantwin.HolderKt", path)
            .redirectError(ProcessBuilder.Redirect.INHERIT).start()
        try {
            assertEquals("held", holder.inputStream.bufferedReader().readLine())
            assertFailsWith<TwinException.Conflict> { Engine(OpenOptions(path = path)) }
        } finally {
            holder.outputStream.close()
            assertTrue(holder.waitFor(60, TimeUnit.SECONDS))
        }
        Engine(OpenOptions(path = path)).use { assertTrue(it.twin("me").verify().ok) }
    }

    @Test
    fun aBugInsideArrivesAsInternalAndTheTwinLivesOn() {
        Engine(noon).use { engine ->
            val me = engine.twin("me")
            me.record(listOf(coffee("1", 80.0)))
            assertFailsWith<TwinException.Internal> { me.drill() }
            assertEquals(80.0, me.state().day.caffeineMg)
        }
    }

    @Test
    fun whatIsNoTextOrNumberIsRefused() {
        Engine(noon).use { engine ->
            val me = engine.twin("me")
            for (mg in listOf(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)) {
                assertFailsWith<TwinException.InvalidValue> { me.record(listOf(coffee("1", 80.0), coffee("2", mg))) }
            }
            assertFailsWith<TwinException.InvalidValue> { me.record(listOf(coffee("a\ud800", 80.0))) }
            assertFailsWith<TwinException.InvalidValue> { me.record(listOf(coffee("1", 80.0, source = "\udc00x"))) }
            assertFailsWith<TwinException.InvalidValue> { engine.twin("\ud800") }
            assertFailsWith<TwinException.InvalidValue> { me.report(days = 9007199254740993) }
            assertEquals(0, me.verify().events)
            // A whole character of two halves is a text.
            assertEquals(1, me.record(listOf(coffee("☕ 🙂", 80.0))).events)
            assertTrue("☕ 🙂" in me.export())
        }
    }

    @Test
    fun timesNeedAnOffset() {
        assertFailsWith<TwinException.InvalidValue> { Timestamp("2026-03-01T12:00:00") }
        assertFailsWith<TwinException.InvalidValue> { Timestamp("2026-03-01") }
        assertEquals(Instant.parse("2026-03-01T11:00:00.123456Z"), Timestamp("2026-03-01T12:00:00.123456+01:00").toInstant())
        assertEquals("2026-03-01T11:00:00.123456Z", Timestamp(Instant.parse("2026-03-01T11:00:00.123456Z")).text)
        assertEquals(java.time.LocalDate.of(2026, 3, 1), LocalDate("2026-03-01").toJavaLocalDate())
    }

    @Test
    fun columnsGoInAndComeOut() {
        Engine(noon).use { engine ->
            val me = engine.twin("me")
            val start = Instant.parse("2026-03-01T08:00:00Z").epochSecond * 1_000_000
            val starts = LongArray(100) { start + it * 1_000_000L }
            val values = DoubleArray(100) { 60.0 + it % 7 }
            val lengths = LongArray(100) { 1_000_000 }
            assertEquals(100, me.recordSeries("strap", "heart_rate", "/min", starts, values, lengths).samples)
            val found = me.series(SeriesQuery(metric = "heart_rate", raw = true))
            assertContentEquals(starts, found.starts)
            assertContentEquals(lengths, found.durations)
            assertContentEquals(values, found.values)
            assertEquals("/min", found.unit)
            val short = starts.copyOf(99)
            assertFailsWith<TwinException.InvalidValue> { me.recordSeries("strap", "heart_rate", "/min", short, values) }
            assertFailsWith<TwinException.InvalidValue> { me.recordSeries("s", "heart_rate", "/min", starts, values, short) }
            assertFailsWith<TwinException.InvalidValue> { me.recordSeries("s", "heart_rate", "m", starts, values) }
            values[50] = Double.NaN
            assertFailsWith<TwinException.InvalidValue> { me.recordSeries("s", "heart_rate", "/min", starts, values) }
            values[50] = 60.0
            starts.reverse()
            // Samples may come in any order: they are kept by time.
            assertEquals(100, me.recordSeries("wrist", "heart_rate", "/min", starts, values).samples)
        }
    }

    @Test
    fun manyThreadsShareATwin() {
        Engine(noon).use { engine ->
            val me = engine.twin("me")
            val pool = Executors.newFixedThreadPool(8)
            val done = (0 until 8).map { thread ->
                pool.submit { repeat(25) { me.record(listOf(coffee("$thread-$it", 1.0))); me.state() } }
            }
            done.forEach { it.get(120, TimeUnit.SECONDS) }
            pool.shutdown()
            assertEquals(200.0, me.state().day.caffeineMg)
            assertTrue(me.verify().ok)
        }
    }

    @Test
    fun watchesAreAskedAndTold() {
        Engine(noon).use { engine ->
            val me = engine.twin("me")
            val told = mutableListOf<WatchView>()
            val watch = me.watch(today)
            val subscription = me.watch(today) { told += it; me.state() }
            me.record(listOf(coffee("1", 80.0)))
            assertEquals(listOf(80.0), told.single().changes.map { it.after })
            assertEquals(listOf(80.0), watch.poll().changes.map { it.after })
            assertEquals(emptyList(), watch.poll().changes)
            subscription.close()
            subscription.close()
            me.record(listOf(coffee("2", 40.0)))
            assertEquals(1, told.size)
            watch.close()
        }
    }

    @Test
    fun aWatcherThatThrowsIsReportedAndTheWriteStays() {
        Engine(noon).use { engine ->
            val me = engine.twin("me")
            val failures = mutableListOf<Throwable>()
            me.watch(today, failed = { failures += it }) { error("mine") }.use {
                assertEquals(1, me.record(listOf(coffee("1", 80.0))).events)
                assertEquals(1, me.record(listOf(coffee("2", 40.0))).events)
            }
            assertEquals(listOf("mine", "mine"), failures.map { it.message })
            assertEquals(120.0, me.state().day.caffeineMg)
        }
    }

    @Test
    fun anImportTellsHowFarItIsAndCanBeStopped() {
        Engine(noon).use { engine ->
            val me = engine.twin("me")
            val line = { n: Int -> coffee("$n", 1.0).copy(specversion = "1.0").toJson() + "\n" }
            val lines = (0 until 10_000).joinToString("") { line(it) }.toByteArray()
            assertTrue(me.import(bytes = lines, progress = { false }).interrupted)
            val mine = assertFailsWith<IllegalStateException> { me.import(bytes = lines, progress = { error("mine") }) }
            assertEquals("mine", mine.message)
            var last = 0L
            // Imported again, it goes on where it was.
            assertFalse(me.import(bytes = lines, progress = { last = it; true }).interrupted)
            assertTrue(last in 1..lines.size, "$last")
            assertEquals(10_000.0, me.state().day.caffeineMg)
        }
    }

    @Test
    fun whatALaterVersionSaysIsKept() {
        val event = Event.fromJson("""{"type":"health.levitated","source":"a","time":"2026-03-01T08:00:00Z","data":{"m":2}}""")
        assertEquals(UnknownEvent("health.levitated", JsonObject(mapOf("m" to JsonPrimitive(2)))), event.data)
        assertEquals(event, Event.fromJson(event.toJson()))
        assertEquals(Purpose.Unknown("flight"), Purpose.of("flight"))
        assertEquals(Purpose.OWN_USE, Purpose.of("own_use"))
        val shape = json.decodeFromString(ShapeRequest.serializer(), """{"type":"lunar","phase":1}""")
        assertIs<ShapeRequest.Unknown>(shape)
        assertFailsWith<TwinException.Malformed> { Event.fromJson("{") }
        val told = assertFailsWith<TwinException.InvalidValue> {
            Engine(noon).use { it.twin("me").windows(metric = "heart_rate", shape = shape) }
        }
        assertTrue("lunar" in told.message.orEmpty(), told.message)
    }
}
