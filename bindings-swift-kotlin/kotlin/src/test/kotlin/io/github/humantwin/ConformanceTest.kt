// The scenarios that all languages replay.
package io.github.humantwin

import java.io.File
import java.math.BigInteger
import kotlin.math.abs
import kotlin.math.max
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import kotlin.test.fail
import kotlinx.serialization.KSerializer
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

class ConformanceTest {
    private val folder = File(System.getProperty("scenarios"))

    @Test
    fun everyScenarioAnswersAsItShould() {
        val files = folder.listFiles { file -> file.name.endsWith(".json") }.orEmpty().sorted()
        assertTrue(files.isNotEmpty(), "no scenarios in $folder")
        for (file in files) Replay(folder).run(file)
    }

    @Test
    fun aWrongExpectationIsSeen() {
        val steps = """{"steps":[{"open":"a","options":{"now":"2026-03-01T12:00:00Z"}},
            {"on":"a","verb":"verify","expect":{"ok":true,"events":1}}]}"""
        val file = File.createTempFile("scenario", ".json").apply { writeText(steps) }
        val seen = runCatching { Replay(folder).run(file) }.exceptionOrNull()
        assertTrue(seen is AssertionError, "$seen")
    }
}

/** One scenario, with what it has opened. */
private class Replay(private val folder: File) {
    private val engines = mutableMapOf<String, Engine>()
    private val twins = mutableMapOf<String, Twin>()
    private val watches = mutableMapOf<String, Watch>()

    fun run(file: File) {
        val steps = json.parseToJsonElement(file.readText()).jsonObject.getValue("steps").jsonArray
        for ((index, step) in steps.withIndex()) {
            val where = "${file.name}, step $index"
            val result = runCatching { step(step.jsonObject) }
            check(where, step.jsonObject, result)
        }
        engines.values.forEach { it.close() }
    }

    /** What a step answers: a JSON text's element, a text, or nothing. */
    private fun step(step: JsonObject): Any? {
        val on = step.word("on")?.let { twins.getValue(it) }
        return when {
            "open" in step -> {
                val name = step.word("open")!!
                val options = step["options"]?.let { json.decodeFromJsonElement(OpenOptions.serializer(), it) }
                engines[name] = Engine(options ?: OpenOptions())
                twins[name] = engines.getValue(name).twin(step.word("person") ?: "me", access(step))
            }
            "twin_of" in step -> {
                val of = step.word("twin_of")!!
                val name = step.word("as")!!
                engines[name] = engines.getValue(of)
                twins[name] = engines.getValue(of).twin(step.word("person") ?: twins.getValue(of).person, access(step))
            }
            "series_in" in step -> {
                val s = step.getValue("series_in").jsonObject
                val done = on!!.recordSeries(
                    s.word("source")!!, s.word("metric")!!, s.word("unit")!!,
                    s.longs("starts_us"), s.doubles("values"), s.longs("durations_us"),
                )
                json.encodeToJsonElement(RecordedView.serializer(), done)
            }
            "series_out" in step -> {
                val query = json.decodeFromJsonElement(SeriesQuery.serializer(), step.getValue("series_out"))
                val found = on!!.series(query)
                buildJsonObject {
                    put("unit", JsonPrimitive(found.unit))
                    put("starts_us", JsonArray(found.starts.map { JsonPrimitive(it) }))
                    put("durations_us", JsonArray(found.durations.map { JsonPrimitive(it) }))
                    put("values", JsonArray(found.values.map { JsonPrimitive(it) }))
                }
            }
            "watch" in step -> {
                val request = json.decodeFromJsonElement(WatchRequest.serializer(), step.getValue("watch"))
                watches[step.word("as")!!] = on!!.watch(request)
            }
            "poll" in step ->
                json.encodeToJsonElement(WatchView.serializer(), watches.getValue(step.word("poll")!!).poll())
            "close" in step -> engines.getValue(step.word("close")!!).close()
            else -> verb(on!!, step)
        }
    }

    private fun verb(twin: Twin, step: JsonObject): Any? {
        val verb = step.word("verb")!!
        val request = step["request"]?.jsonObject ?: JsonObject(emptyMap())
        val bytes = step.word("file")?.let { File(folder, it).readBytes() }
            ?: step.word("packed")?.let { twins.getValue(it).pack() }
        val answer = dispatch(twin, verb, request, bytes) ?: twin.raw(verb, request.toString(), bytes, null)
        val plain = "expect_text" in step || "expect_has" in step
        return if (answer is String && !plain && answer.startsWith("{")) json.parseToJsonElement(answer) else answer
    }

    private fun access(step: JsonObject) =
        step["access"]?.let { json.decodeFromJsonElement(AccessOptions.serializer(), it) }

    private fun check(where: String, step: JsonObject, result: Result<Any?>) {
        val wanted = step["error"]?.jsonObject
        val thrown = result.exceptionOrNull()
        if (wanted != null) {
            if (thrown !is TwinException) fail("$where: expected $wanted, found ${result.getOrNull() ?: thrown}")
            assertEquals(wanted.word("code"), thrown.code, where)
            wanted.word("message")?.let { assertEquals(it, thrown.message, where) }
            return
        }
        if (thrown != null) throw AssertionError("$where: $thrown", thrown)
        val answer = result.getOrNull()
        step["expect"]?.let { if (!same(it, answer as JsonElement)) fail("$where: expected\n$it\nfound\n$answer") }
        step.word("expect_text")?.let { assertEquals(it, answer, where) }
        step["expect_has"]?.jsonArray?.forEach {
            val part = it.jsonPrimitive.content
            assertTrue((answer as String).contains(part), "$where: no `$part` in\n$answer")
        }
    }
}

private fun JsonObject.word(key: String): String? = (this[key] as? JsonPrimitive)?.content

private fun JsonObject.longs(key: String): LongArray =
    this[key]?.jsonArray.orEmpty().map { it.jsonPrimitive.content.toLong() }.toLongArray()

private fun JsonObject.doubles(key: String): DoubleArray =
    this[key]?.jsonArray.orEmpty().map { it.jsonPrimitive.content.toDouble() }.toDoubleArray()

/** The typed request; null where its types cannot say all of it. */
internal fun <T> typed(of: KSerializer<T>, request: JsonObject): T? =
    try {
        val asked = json.decodeFromJsonElement(of, request)
        asked.takeIf { same(request, json.encodeToJsonElement(of, asked)) }
    } catch (_: SerializationException) {
        null
    } catch (_: TwinException) {
        null
    }

/** Equal as JSON: a null equals an absent key, floats within 1e-9 of their size. */
internal fun same(a: JsonElement?, b: JsonElement?): Boolean = when {
    a == null || a is JsonNull -> b == null || b is JsonNull
    a is JsonObject -> b is JsonObject && (a.keys + b.keys).all { same(a[it], b[it]) }
    a is JsonArray -> b is JsonArray && a.size == b.size && a.indices.all { same(a[it], b[it]) }
    a is JsonPrimitive && b is JsonPrimitive -> when {
        a.isString || b.isString -> a == b
        whole(a) != null && whole(b) != null -> whole(a) == whole(b)
        else -> {
            val (x, y) = a.content.toDoubleOrNull() to b.content.toDoubleOrNull()
            if (x == null || y == null) a == b else abs(x - y) <= 1e-9 * max(abs(x), abs(y))
        }
    }
    else -> false
}

private fun whole(number: JsonPrimitive): BigInteger? = number.content.toBigIntegerOrNull()
