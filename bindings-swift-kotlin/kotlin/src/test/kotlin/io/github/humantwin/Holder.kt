package io.github.humantwin

/** Holds a twin's file open until its input ends. */
fun main(args: Array<String>) {
    Engine(OpenOptions(path = args[0])).use {
        it.twin("me")
        println("held")
        System.`in`.readBytes()
    }
}
