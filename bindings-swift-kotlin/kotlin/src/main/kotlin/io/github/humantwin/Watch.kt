package io.github.humantwin

import io.github.humantwin.border.BorderSubscription
import io.github.humantwin.border.BorderWatch

/** A look at a twin that remembers the look before. */
public class Watch internal constructor(private val border: BorderWatch) : AutoCloseable {
    /** What differs since the look before. */
    public fun poll(): WatchView = decode(WatchView.serializer(), guarded { border.poll() })

    /** Ends it. */
    override fun close(): Unit = border.destroy()
}

/** Tells until it is closed. */
public class Subscription internal constructor(private val border: BorderSubscription) : AutoCloseable {
    /** Nothing is told any more; closing again is no error. */
    override fun close(): Unit = border.stop()
}
