"""Columns: numpy, datetimes, frames of pyarrow, pandas and polars."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from conftest import START_US
from humantwin import InvalidValueError, Twin

N = 100
STARTS = START_US + np.arange(N, dtype=np.int64) * 1_000_000
VALUES = 60.0 + np.arange(N) % 7
WHEN = [datetime.fromtimestamp(us / 1e6, UTC) for us in STARTS.tolist()]


def put(twin: Twin, starts: Any, values: Any, durations: Any = None) -> int:
    return twin.record_series("strap", "heart_rate", "/min", starts, values, durations)["samples"]


@pytest.mark.parametrize(
    ("starts", "values"),
    [
        (STARTS, VALUES),
        (STARTS.tolist(), VALUES.tolist()),
        (STARTS.astype("datetime64[us]"), VALUES),
        (STARTS.astype("datetime64[us]").astype("datetime64[ns]"), VALUES.astype(np.float32)),
        (STARTS.astype("datetime64[us]").astype("datetime64[s]"), VALUES.astype(np.int16)),
        (WHEN, VALUES),
        (pd.Series(pd.to_datetime(WHEN)), pd.Series(VALUES)),
        (pd.DatetimeIndex(WHEN).tz_convert("Europe/Berlin").to_series(), VALUES),
        (pl.Series(STARTS), pl.Series(VALUES)),
        (STARTS.astype(">i8"), VALUES.astype(">f8")),
        (STARTS.astype(np.uint64), VALUES.astype(np.uint8)),
        (np.repeat(STARTS, 2)[::2], np.repeat(VALUES, 2)[::2]),
    ],
)
def test_columns_go_in_and_come_out(twin: Twin, starts: Any, values: Any) -> None:
    assert put(twin, starts, values) == N
    columns = twin.series("heart_rate")
    assert columns.unit == "/min"
    assert len(columns) == N
    np.testing.assert_array_equal(columns.starts_us, STARTS)
    np.testing.assert_array_equal(columns.values, VALUES)
    # Each heartbeat holds until the next; as it was stored it is an instant.
    assert set(columns.durations_us[:-1].tolist()) == {1_000_000}
    np.testing.assert_array_equal(twin.series("heart_rate", raw=True).durations_us, np.zeros(N, np.int64))
    assert columns.starts.dtype == "datetime64[us]"
    assert columns.starts[0] == np.datetime64(START_US, "us")
    assert np.shares_memory(columns.starts, columns.starts_us)


@pytest.mark.parametrize(
    "durations",
    [
        np.full(N, 60_000_000),
        np.full(N, 60, "timedelta64[s]"),
        [timedelta(minutes=1)] * N,
        pd.Series([pd.Timedelta(minutes=1)] * N),
    ],
)
def test_spans_have_durations(twin: Twin, durations: Any) -> None:
    starts = START_US + np.arange(N) * 60_000_000
    twin.record_series("watch", "steps", "{step}", starts, np.arange(N), durations)
    columns = twin.series("steps", raw=True)
    assert set(columns.durations_us.tolist()) == {60_000_000}
    assert columns.durations[0] == np.timedelta64(60, "s")


def test_a_series_is_read_in_steps(twin: Twin) -> None:
    put(twin, STARTS, VALUES)
    part = twin.series("heart_rate", from_=WHEN[10], to=WHEN[20])
    np.testing.assert_array_equal(part.starts_us, STARTS[10:20])
    assert len(twin.series("heart_rate", every_s=60.0)) < N / 5
    assert len(twin.series("steps")) == 0


WRONG: dict[str, tuple[Any, Any, Any]] = {
    "unequal": (STARTS[1:], VALUES, None),
    "unequal durations": (STARTS, VALUES, [1]),
    "nan": (STARTS[:2], [60.0, float("nan")], None),
    "infinity": (STARTS[:2], [60.0, float("inf")], None),
    "naive": ([datetime(2026, 3, 1)], [60.0], None),
    "nat": (np.array(["2026-03-01", "NaT"], "datetime64[us]"), [60.0, 61.0], None),
    "a missing time of pandas": (pd.Series([WHEN[0], None]), [60.0, 61.0], None),
    "floats as times": (STARTS / 1e6, VALUES, None),
    "texts as times": (["2026-03-01T08:00:00Z"], [60.0], None),
    "truth as values": (STARTS[:2], [True, False], None),
    "texts as values": (STARTS[:2], ["60", "61"], None),
    "complex": (STARTS[:1], [1j], None),
    "none as values": (STARTS[:2], [60.0, None], None),
    "two dimensions": (STARTS.reshape(2, -1), VALUES, None),
    "a number": (5, VALUES, None),
    "ragged": ([[1], [1, 2]], VALUES, None),
    "beyond 2^53": (STARTS[:1], [2**53 + 1], None),
    "beyond 64 bits": ([2**64], [60.0], None),
    "times as durations": (STARTS[:1], VALUES[:1], [WHEN[0]]),
    "negative duration": (STARTS[:1], VALUES[:1], [-5]),
}


@pytest.mark.parametrize(("starts", "values", "durations"), WRONG.values(), ids=WRONG)
def test_wrong_columns_are_refused(twin: Twin, starts: Any, values: Any, durations: Any) -> None:
    with pytest.raises(InvalidValueError):
        put(twin, starts, values, durations)
    assert len(twin.series("heart_rate")) == 0


def test_unsorted_columns_are_sorted_or_refused_but_never_lost(twin: Twin) -> None:
    try:
        put(twin, STARTS[::-1], VALUES[::-1])
    except InvalidValueError:
        assert len(twin.series("heart_rate")) == 0
    else:
        np.testing.assert_array_equal(twin.series("heart_rate").values, VALUES)


def test_a_lone_surrogate_names_nothing(twin: Twin) -> None:
    with pytest.raises(InvalidValueError, match="half a character"):
        twin.record_series("str\ud800ap", "heart_rate", "/min", STARTS, VALUES)


FRAMES: dict[str, Callable[[], Any]] = {
    "pyarrow table": lambda: pa.table({"start": pa.array(WHEN), "value": VALUES}),
    "pyarrow batch": lambda: pa.record_batch({"start": pa.array(STARTS), "value": VALUES.astype(np.float32)}),
    "pyarrow chunks": lambda: pa.concat_tables(
        [
            pa.table({"value": VALUES[i : i + 10], "start": pa.array(WHEN[i : i + 10])})
            for i in range(0, N, 10)
        ]
    ),
    "pandas": lambda: pd.DataFrame({"start": pd.to_datetime(WHEN), "value": VALUES, "more": "x"}),
    "pandas in Berlin": lambda: pd.DataFrame(
        {"start": pd.to_datetime(WHEN).tz_convert("Europe/Berlin"), "value": VALUES.astype(np.int32)}
    ),
    "polars": lambda: pl.DataFrame({"start": WHEN, "value": VALUES}),
    "polars microseconds": lambda: pl.DataFrame({"start": STARTS, "value": VALUES}),
}


@pytest.mark.parametrize("make", FRAMES.values(), ids=FRAMES)
def test_frames_go_in(twin: Twin, make: Callable[[], Any]) -> None:
    assert twin.record_frame("strap", "heart_rate", "/min", make())["samples"] == N
    columns = twin.series("heart_rate")
    np.testing.assert_array_equal(columns.starts_us, STARTS)
    np.testing.assert_array_equal(columns.values, VALUES)


WRONG_FRAMES: dict[str, Any] = {
    "no frame": 5,
    "a dict": {"start": STARTS, "value": VALUES},
    "no value": pa.table({"start": pa.array(WHEN)}),
    "naive": pl.DataFrame({"start": [w.replace(tzinfo=None) for w in WHEN], "value": VALUES}),
    "missing": pa.table({"start": pa.array(WHEN[:2]), "value": [60.0, None]}),
    "missing start": pa.table({"start": pa.array([WHEN[0], None]), "value": [60.0, 61.0]}),
    "text": pa.table({"start": pa.array(WHEN[:2]), "value": ["60", "61"]}),
    "nan": pa.table({"start": pa.array(WHEN[:2]), "value": [60.0, float("nan")]}),
    "beyond 2^53": pa.table({"start": pa.array(WHEN[:1]), "value": [2**53 + 3]}),
    "texts as times": pa.table({"start": ["2026-03-01T08:00:00Z"], "value": [60.0]}),
    "durations as text": pa.table({"start": pa.array(WHEN[:1]), "value": [60.0], "duration": ["1"]}),
}


@pytest.mark.parametrize("frame", WRONG_FRAMES.values(), ids=WRONG_FRAMES)
def test_wrong_frames_are_refused(twin: Twin, frame: Any) -> None:
    with pytest.raises(InvalidValueError):
        twin.record_frame("strap", "heart_rate", "/min", frame)
    assert len(twin.series("heart_rate")) == 0


def test_frames_have_durations_and_come_out(twin: Twin) -> None:
    spans = pl.DataFrame(
        {
            "start": [WHEN[0], WHEN[0] + timedelta(minutes=1)],
            "value": [10, 20],
            "duration": [timedelta(minutes=1)] * 2,
        }
    )
    twin.record_frame("watch", "steps", "{step}", spans)
    frame = twin.series_frame("steps", raw=True)
    assert len(frame) == 2
    assert frame.unit == twin.series("steps").unit
    table = pa.table(frame)
    assert table.column_names == ["start", "duration", "value"]
    assert table["start"].to_pylist() == spans["start"].to_list()
    assert table["duration"].to_pylist() == spans["duration"].to_list()
    assert table["value"].to_pylist() == [10.0, 20.0]
    assert table.field("value").metadata == {b"unit": frame.unit.encode()}
    assert pl.DataFrame(frame)["value"].to_list() == [10.0, 20.0]
    again = pd.DataFrame.from_arrow(frame) if hasattr(pd.DataFrame, "from_arrow") else table.to_pandas()
    assert again["value"].tolist() == [10.0, 20.0]
