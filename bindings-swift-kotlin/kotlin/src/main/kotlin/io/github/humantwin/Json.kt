// Payloads as JSON texts; errors of the border as our own.
package io.github.humantwin

import io.github.humantwin.border.BorderException
import java.nio.charset.CharacterCodingException
import kotlinx.serialization.KSerializer
import kotlinx.serialization.SerializationException
import kotlinx.serialization.descriptors.PrimitiveKind
import kotlinx.serialization.descriptors.PrimitiveSerialDescriptor
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonObject

internal val json: Json = Json {
    ignoreUnknownKeys = true
    explicitNulls = false
}

internal fun <T> encode(of: KSerializer<T>, value: T): String =
    try {
        json.encodeToString(of, value)
    } catch (_: SerializationException) {
        // What the library says would quote the payload.
        throw TwinException.InvalidValue("a payload holds a number that is not finite")
    }

internal fun <T> decode(of: KSerializer<T>, text: String): T =
    try {
        json.decodeFromString(of, text)
    } catch (_: SerializationException) {
        throw TwinException.Malformed("this text is no JSON of `${of.descriptor.serialName.substringAfterLast('.')}`")
    }

/** Runs a call of the border; its errors come out as ours. */
internal fun <T> guarded(call: () -> T): T =
    try {
        call()
    } catch (e: BorderException.Failed) {
        throw TwinException.of(e.code, e.said, e.context)
    } catch (_: CharacterCodingException) {
        throw TwinException.InvalidValue("a text holds half a character: a lone surrogate")
    }

/** A word of an enum as JSON. */
internal abstract class WordSerializer<T>(name: String, private val word: (T) -> String, private val of: (String) -> T) :
    KSerializer<T> {
    override val descriptor: SerialDescriptor = PrimitiveSerialDescriptor("io.github.humantwin.$name", PrimitiveKind.STRING)

    override fun serialize(encoder: Encoder, value: T): Unit = encoder.encodeString(word(value))

    override fun deserialize(decoder: Decoder): T = of(decoder.decodeString())
}

/** A case of an enum with data as JSON: its fields, and `type`. */
internal abstract class CasesSerializer<T> : KSerializer<T> {
    abstract fun write(value: T): JsonObject

    abstract fun read(type: String?, raw: JsonObject): T

    override val descriptor: SerialDescriptor get() = JsonObject.serializer().descriptor

    override fun serialize(encoder: Encoder, value: T): Unit =
        encoder.encodeSerializableValue(JsonObject.serializer(), write(value))

    override fun deserialize(decoder: Decoder): T {
        val raw = decoder.decodeSerializableValue(JsonObject.serializer())
        return read((raw["type"] as? JsonPrimitive)?.contentOrNull, raw)
    }

    protected fun <C> tagged(type: String, of: KSerializer<C>, value: C): JsonObject =
        JsonObject(mapOf("type" to JsonPrimitive(type)) + json.encodeToJsonElement(of, value).jsonObject)
}
