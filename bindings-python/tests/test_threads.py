"""Threads, callbacks: others go on while a call runs, and what a callback does harms nothing."""

import gc
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import humantwin
import numpy as np
import pytest
from conftest import NOW, START_US, coffee
from humantwin import Twin
from humantwin.types import WatchRequest, WatchView

DAYS: WatchRequest = {"type": "days", "figure": "caffeine_mg", "last": 1}


def test_four_threads_record_and_read(twin: Twin) -> None:
    def work(thread: int) -> None:
        for i in range(25):
            twin.record(coffee(f"{thread}-{i}", 1))
            assert twin.state()["day"]["caffeine_mg"] >= 1

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert twin.state()["day"]["caffeine_mg"] == 100.0
    assert twin.verify()["ok"]


def test_other_threads_go_on_while_a_call_runs(twin: Twin) -> None:
    count = 0
    stop = threading.Event()

    def counts() -> None:
        nonlocal count
        while not stop.is_set():
            count += 1
            time.sleep(1e-5)

    n = 500_000
    starts = START_US - np.arange(n, 0, -1) * 1_000_000
    thread = threading.Thread(target=counts)
    # Nobody may take the interpreter from this thread: what is counted is counted while it was let go.
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1000.0)
    try:
        thread.start()
        before = count
        twin.record_series("strap", "heart_rate", "/min", starts, np.full(n, 60.0))
        within = count - before
        before = count
        twin.verify()
        within_a_verb = count - before
    finally:
        stop.set()
        sys.setswitchinterval(interval)
        thread.join()
    assert within > 0
    assert within_a_verb > 0


def test_closing_while_others_read(twin: Twin) -> None:
    def read() -> int:
        for i in range(10_000):
            try:
                twin.state()
            except humantwin.NotFoundError:
                return i
        return -1

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read) for _ in range(4)]
        twin.close()
        assert all(reader.result() >= 0 for reader in readers)


def test_a_watch_is_asked(twin: Twin) -> None:
    watch = twin.watch(DAYS)
    twin.record(coffee("1"))
    assert [change["after"] for change in watch.poll()["changes"]] == [80.0]
    assert watch.poll()["changes"] == []


def test_a_callback_hears_until_it_is_closed(twin: Twin) -> None:
    heard: list[WatchView] = []
    with twin.watch(DAYS, heard.append):
        twin.record(coffee("1"))
        twin.record(coffee("2"))
    twin.record(coffee("3"))
    assert [view["changes"][0]["after"] for view in heard] == [80.0, 160.0]


def test_a_callback_may_ask_again_and_write_from_another_thread(twin: Twin) -> None:
    heard: list[float] = []
    subscription = twin.watch(DAYS, lambda _: heard.append(twin.state()["day"]["caffeine_mg"]))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda i: twin.record(coffee(str(i), 1)), range(40)))
    # What is written while somebody is being told is told with the next write.
    twin.record(coffee("last", 1))
    subscription.close()
    assert heard == sorted(heard)
    assert heard[-1] == 41.0


def test_an_exception_in_a_callback_is_reported_and_the_write_stands(
    twin: Twin, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda info: reported.append(info.exc_value))

    def fails(_: WatchView) -> None:
        raise RuntimeError("mine")

    subscription = twin.watch(DAYS, fails)
    assert twin.record(coffee("1"))["events"] == 1
    assert twin.record(coffee("2"))["events"] == 1
    assert [str(error) for error in reported] == ["mine", "mine"]
    assert twin.state()["day"]["caffeine_mg"] == 160.0
    subscription.close()


def test_subscriptions_that_are_let_go_of_end(twin: Twin) -> None:
    heard: list[WatchView] = []
    subscription = twin.watch(DAYS, heard.append)
    twin.record(coffee("1"))
    del subscription
    gc.collect()
    twin.record(coffee("2"))
    assert len(heard) == 1


def test_twins_are_let_go_of_while_others_write(twin: Twin) -> None:
    def many(thread: int) -> None:
        for i in range(20):
            subscription = twin.watch(DAYS, lambda _: None)
            twin.record(coffee(f"{thread}-{i}", 1))
            with humantwin.open(now=NOW) as other:
                other.watch(DAYS)
            del subscription

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(many, range(4)))
    assert twin.state()["day"]["caffeine_mg"] == 80.0
