"""Measures of the Python package, as a JSON list of `{name, value, unit, ratio, floor, ok}`.

    python measures.py [--floors FILE]

Times are the best of several rounds. `floor` is what the measure is held against, where it has one; the file of
`--floors` gives, by the names below, Rust's own time of the same work in the same unit.
"""

import argparse
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import humantwin
import numpy as np
import pyarrow as pa
from humantwin import _native

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SAMPLES = 100_000
STARTS = 1_772_000_000_000_000 + np.arange(SAMPLES, dtype=np.int64) * 1_000_000
VALUES = (60 + np.random.default_rng(7).integers(0, 40, SAMPLES)).astype(np.float64)


def best(work: Callable[[], object], number: int = 1, rounds: int = 7) -> float:
    """Seconds of one call, the best of some rounds."""
    found = []
    for _ in range(rounds):
        began = time.perf_counter()
        for _ in range(number):
            work()
        found.append((time.perf_counter() - began) / number)
    return min(found)


def fresh(work: Callable[[humantwin.Twin], object], rounds: int = 7) -> float:
    """Seconds of a call on a twin made anew each round."""
    found = []
    for _ in range(rounds):
        with humantwin.open(now=NOW) as twin:
            began = time.perf_counter()
            work(twin)
            found.append(time.perf_counter() - began)
    return min(found)


def event(number: int) -> Any:
    """A coffee."""
    at = NOW - timedelta(hours=3, seconds=number)
    return {
        "id": f"coffee-{number}",
        "source": "diary",
        "type": "health.caffeine_consumed",
        "time": at.isoformat(),
        "data": {"amount_mg": 80.0},
    }


def measure() -> dict[str, tuple[float, str]]:
    """Every measure by name: value and unit."""
    found: dict[str, tuple[float, str]] = {}
    with humantwin.open(now=NOW) as twin:
        found["python/empty_call"] = best(lambda: twin.closed, 100_000) * 1e6, "us"
        numbers = iter(range(1_000_000))
        found["python/one_event_in"] = best(lambda: twin.record(event(next(numbers))), 50) * 1e6, "us"
        twin.record_series("strap", "heart_rate", "/min", STARTS, VALUES)
        twin.state()
        found["python/state_out"] = best(twin.state, 50) * 1e6, "us"
        # The same call without Python's types: the text as the core gives it.
        inside = twin._native
        found["python/state_out/core"] = best(lambda: inside.call("state", "{}"), 50) * 1e6, "us"

    def numpy_in(twin: humantwin.Twin) -> object:
        return twin.record_series("strap", "heart_rate", "/min", STARTS, VALUES)

    def core_in(twin: humantwin.Twin) -> object:
        return twin._native.record_series("strap", "heart_rate", "/min", STARTS, None, VALUES)

    table = pa.table({"start": pa.array(STARTS), "value": VALUES})

    def arrow_in(twin: humantwin.Twin) -> object:
        return twin.record_frame("strap", "heart_rate", "/min", table)

    def json_text() -> object:
        return json.dumps({"starts_us": STARTS.tolist(), "values": VALUES.tolist()})

    found["python/100k_samples_in/numpy"] = fresh(numpy_in) * 1e3, "ms"
    found["python/100k_samples_in/core"] = fresh(core_in) * 1e3, "ms"
    found["python/100k_samples_in/arrow"] = fresh(arrow_in) * 1e3, "ms"
    found["python/100k_samples_in/written_as_json"] = best(json_text) * 1e3, "ms"
    # What the border itself costs: columns checked and lent, nothing recorded.
    lent = best(lambda: (humantwin._columns.times(STARTS), humantwin._columns.numbers(VALUES)), 100)
    found["python/100k_samples_in/border"] = lent * 1e6, "us"
    library = Path(str(_native.__file__)).stat().st_size
    found["python/library_size"] = library / 1e6, "MB"
    return found


# At most so much; a pair holds a measure against another one.
LIMITS: dict[str, float] = {"python/empty_call": 1.0}


def main() -> None:
    """Prints the measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--floors", type=Path, help="Rust's own times: a JSON object by name")
    floors = dict(LIMITS)
    path = parser.parse_args().floors
    given: dict[str, float] = json.loads(path.read_text()) if path else {}
    rows = []
    for name, (value, unit) in measure().items():
        floor = given.get(name, floors.get(name))
        rows.append(
            {
                "name": name,
                "value": round(value, 4),
                "unit": unit,
                "floor": floor,
                "ratio": round(value / floor, 4) if floor else None,
                "ok": value <= floors[name] if name in floors else None,
            }
        )
    print(json.dumps(rows, indent=2))


if __name__ == "__main__":
    main()
