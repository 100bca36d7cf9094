package io.github.humantwin

import io.github.humantwin.border.BorderEngine

/**
 * An engine, open over a file or in memory. It may be used from any thread.
 *
 * ```
 * Engine(OpenOptions(path = "me.twin")).use { engine ->
 *     println(engine.twin("me").state().day.date)
 * }
 * ```
 *
 * @throws TwinException.Conflict when another process writes to the file.
 */
public class Engine(options: OpenOptions = OpenOptions()) : AutoCloseable {
    private val border: BorderEngine = guarded { BorderEngine.open(encode(OpenOptions.serializer(), options)) }

    /** The twin of a person, for their own use, or as somebody with a purpose sees it. */
    public fun twin(person: String, access: AccessOptions? = null): Twin {
        val said = if (access == null) "" else encode(AccessOptions.serializer(), access)
        return Twin(guarded { border.twin(person, said) })
    }

    /** Was it closed? */
    public val isClosed: Boolean get() = border.isShut()

    /** Closes it: later calls fail with [TwinException.NotFound], and the file is free. Closing again is no error. */
    override fun close(): Unit = border.shut()
}
