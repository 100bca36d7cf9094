"""What goes in and comes out, and what is refused: nothing is written then."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from types import MappingProxyType
from typing import Any

import humantwin
import numpy as np
import pytest
from conftest import NOW, coffee
from humantwin import InvalidTypeError, InvalidValueError, MalformedError, Twin, TwinError


def test_a_fact_goes_in_and_shows_in_the_state(twin: Twin) -> None:
    assert twin.record(coffee("1"))["events"] == 1
    assert twin.record([coffee("1"), coffee("2", 20)]) == {
        "events": 1,
        "duplicates": 1,
        "samples": 0,
        "refused": 0,
    }
    assert twin.state()["day"]["caffeine_mg"] == 100.0
    assert twin.verify()["ok"]


def test_times_are_aware_datetimes_or_text(twin: Twin) -> None:
    noon_in_berlin = datetime(2026, 3, 1, 9, tzinfo=timezone(timedelta(hours=1)))
    twin.record(coffee("1", time=noon_in_berlin))
    text = twin.export().splitlines()[0]
    assert '"time":"2026-03-01T08:00:00Z"' in text
    before = twin.state(at=NOW - timedelta(hours=5))
    assert "caffeine_mg" not in before["day"]
    assert humantwin.parse_time(before["at"]) == NOW - timedelta(hours=5)
    assert twin.days(date(2026, 3, 1), "2026-03-01")["days"][0]["caffeine_mg"] == 80.0


def test_microseconds_survive(twin: Twin) -> None:
    at = datetime(2026, 3, 1, 8, 0, 0, 123457, tzinfo=UTC)
    twin.record(coffee("1", time=at))
    assert '"2026-03-01T08:00:00.123457Z"' in twin.export()


def test_mappings_sequences_and_numpy_numbers_are_values(twin: Twin) -> None:
    event = MappingProxyType(coffee("1", np.float32(80)))
    assert twin.record((event,))["events"] == 1
    assert twin.maintain(steps=np.int64(3))["done"]


def test_absent_and_none_are_the_same(twin: Twin) -> None:
    assert twin.record(coffee("1", subject=None))["events"] == 1
    assert twin.state(at=None) == twin.state()


def circle() -> Any:
    event = coffee("1")
    event["data"]["self"] = event
    return event


def deep() -> Any:
    value: Any = []
    for _ in range(100_000):
        value = [value]
    return coffee("1", data=value)


REFUSED: dict[str, Callable[[], Any]] = {
    "naive time": lambda: coffee("1", time=datetime(2026, 3, 1, 8)),
    "naive text": lambda: coffee("1", time="2026-03-01T08:00:00"),
    "a day for a time": lambda: coffee("1", time=date(2026, 3, 1)),
    "time out of range": lambda: coffee("1", time=datetime.min.replace(tzinfo=timezone(timedelta(hours=1)))),
    "nan": lambda: coffee("1", float("nan")),
    "infinity": lambda: coffee("1", float("-inf")),
    "numpy nan": lambda: coffee("1", np.float64("nan")),
    "beyond 2^53": lambda: coffee("1", 2**53 + 1),
    "beyond 64 bits": lambda: coffee("1", 2**70),
    "out of what is possible": lambda: coffee("1", -1.0),
    "half a character": lambda: coffee("\ud800"),
    "a set": lambda: coffee("1", data={1, 2}),
    "bytes": lambda: coffee("1", source=b"diary"),
    "an object": lambda: coffee("1", data=object()),
    "a number for a text": lambda: coffee("1", source=5),
    "a text for a number": lambda: coffee("1", data={"amount_mg": "80"}),
    "true for a number": lambda: coffee("1", data={"amount_mg": True}),
    "a key that is no text": lambda: coffee("1", data={(1, 2): 3}),
    "no event": lambda: 5,
    "text": lambda: "coffee",
    "none": lambda: None,
    "a circle": circle,
    "too deep": deep,
}


@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused_and_nothing_is_written(twin: Twin, make: Callable[[], Any]) -> None:
    with pytest.raises((InvalidValueError, MalformedError)) as refused:
        twin.record([coffee("good"), make()])
    assert refused.value.code in ("invalid_value", "malformed")
    assert str(refused.value)
    assert not str(refused.value).endswith(".")
    assert twin.verify()["events"] == 0
    assert twin.record(coffee("good"))["events"] == 1


def test_wrong_types_are_type_errors_too(twin: Twin) -> None:
    with pytest.raises(TypeError):
        twin.record(5)  # type: ignore[arg-type]
    with pytest.raises(InvalidTypeError):
        twin.import_file(5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="this is no request of `predict`"):
        twin.predict(5)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError):
        humantwin.open(person=5)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        twin.state(att=NOW)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    "options",
    [
        {"now": datetime(2026, 3, 1)},
        {"now": "yesterday"},
        {"node": -1},
        {"node": 1.5},
        {"read_only": True},
        {"actor": "coach"},
        {"actor": "coach", "purpose": "curiosity"},
        {"person": ""},
        {"person": "a\udfff"},
    ],
)
def test_options_that_are_none(options: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError):
        humantwin.open(**options)


def test_a_file_goes_in_from_a_path_and_from_bytes(twin: Twin, tmp_path: Path) -> None:
    line = twin.export() or None
    assert line is None
    twin.record(coffee("1"))
    text = twin.export()
    path = tmp_path / "log.jsonl"
    path.write_text(text)
    with humantwin.open(now=NOW) as other:
        assert other.import_file(path)["events"] == 1
        assert other.import_file(text.encode())["duplicates"] == 1
        assert (
            other.import_file(memoryview(bytearray(text.encode())), name="log.jsonl")["path"] == "log.jsonl"
        )
        assert other.state()["state_hash"] == twin.state()["state_hash"]
    with pytest.raises(humantwin.NotFoundError):
        twin.import_file(tmp_path / "nothing")


def zipped(text: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("log.jsonl", text)
    return packed.getvalue()


def test_an_import_tells_how_far_it_is_and_can_be_stopped(twin: Twin) -> None:
    twin.record([coffee(str(i), 1) for i in range(50)])
    packed = zipped(twin.export())
    told: list[int] = []

    def fails(_: int) -> None:
        raise KeyError("mine")

    with humantwin.open(now=NOW) as other:
        with pytest.raises(KeyError, match="mine"):
            other.import_file(packed, progress=fails)
        assert other.import_file(packed, progress=lambda _: False)["interrupted"]
        assert not other.import_file(packed, progress=told.append)["interrupted"]
        assert told
        assert other.state()["state_hash"] == twin.state()["state_hash"]


def test_merge_takes_a_twin_its_bytes_or_its_file(twin: Twin, tmp_path: Path) -> None:
    path = tmp_path / "me.twin"
    with humantwin.open(path, now=NOW, node=2) as other:
        other.record(coffee("1"))
        assert twin.merge(other)["events"] == 1
        assert twin.merge(other.pack())["events"] == 0
    assert twin.merge(path)["events"] == 0
    assert twin.state()["day"]["caffeine_mg"] == 80.0


def test_somebody_else_sees_what_was_granted(twin: Twin) -> None:
    twin.record(coffee("1"))
    coach = twin.engine.twin(actor="coach", purpose="work")
    with pytest.raises(humantwin.ConsentRequiredError):
        coach.state()
    twin.grant("coach", "work")
    assert "caffeine_mg" not in coach.state()["day"]
    twin.revoke("coach")
    with pytest.raises(TwinError):
        coach.state()
