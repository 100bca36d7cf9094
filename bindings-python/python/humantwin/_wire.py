"""From Python's values to the texts that cross the border, and back."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence, Set
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol, TypeAlias

from ._errors import InvalidTypeError, InvalidValueError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

_EXACT = 2**53
_LONG = re.compile(r"[0-9]{16}")


class Packs(Protocol):
    """Something that packs itself: another twin."""

    def pack(self) -> bytes:
        """The whole log as bytes."""
        ...


File: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview | Packs
"""A path, the bytes themselves, or another twin."""


def to_json(payload: object) -> str:
    """The JSON text of a payload. What JSON cannot say, or would say inexactly, is refused."""
    try:
        text = json.dumps(payload, ensure_ascii=False, allow_nan=False, default=_plain, separators=(",", ":"))
    except RecursionError:
        raise InvalidValueError("a value is nested too deep") from None
    except ValueError as why:
        if isinstance(why, InvalidValueError):
            raise
        is_number = "JSON compliant" in str(why)
        told = "a number is not finite" if is_number else "a value holds itself"
        raise InvalidValueError(told) from None
    except TypeError as why:
        if isinstance(why, InvalidTypeError):
            raise
        raise InvalidTypeError("a name of a field is no text") from None
    if _LONG.search(text):
        _check_exact(json.loads(text))
    return text


def one_or_many(value: Any) -> list[Any]:
    """A list of one, or of each."""
    if isinstance(value, Mapping):
        return [value]
    if isinstance(value, str | bytes) or not hasattr(value, "__iter__"):
        raise InvalidTypeError(f"expected a payload or a list of them, not a `{type(value).__name__}`")
    return list(value)


def utc(value: datetime) -> datetime:
    """The moment in UTC; one without a zone is refused, since nobody knows when it was."""
    # The missing time of pandas is a `datetime`, and not equal to itself.
    if value != value:
        raise InvalidValueError("a time is missing (NaT)")
    if value.utcoffset() is None:
        raise InvalidValueError("a time has no zone: give an aware `datetime`, or RFC 3339 text")
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise InvalidValueError("a time is out of range") from None


def micros(value: datetime) -> int:
    """Microseconds since 1970, UTC."""
    return (utc(value) - EPOCH) // MICROSECOND


def parse_time(text: str | datetime) -> datetime:
    """The moment of a time in an answer or an event, as an aware `datetime` in UTC.

    Examples
    --------
    >>> parse_time("2026-03-01T12:00:00Z")
    datetime.datetime(2026, 3, 1, 12, 0, tzinfo=datetime.timezone.utc)
    """
    try:
        value = text if isinstance(text, datetime) else datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise InvalidValueError("this is no RFC 3339 time") from None
    return utc(value)


def path_or_bytes(file: File) -> tuple[str | None, bytes | None]:
    """Where a file is, or what it holds."""
    if isinstance(file, bytes):
        return None, file
    if isinstance(file, bytearray | memoryview):
        return None, bytes(file)
    if isinstance(file, str | os.PathLike):
        path: object = os.fspath(file)
        if isinstance(path, str):
            return path, None
        raise InvalidTypeError("a path is a text")
    if hasattr(file, "pack"):
        return None, file.pack()
    raise InvalidTypeError(f"expected a path or bytes, not a `{type(file).__name__}`")


def _plain(value: object) -> object:
    """What `json` does not know by itself."""
    if isinstance(value, datetime):
        return utc(value).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return list(value)
    if not isinstance(value, Set) and type(value).__module__ == "numpy":
        return value.tolist()  # type: ignore[attr-defined]
    raise InvalidTypeError(f"a `{type(value).__name__}` is not a value of a payload")


def _check_exact(value: object) -> None:
    """Whole numbers beyond 2^53 would be rounded by some reader: none is let through."""
    if isinstance(value, dict):
        for one in value.values():
            _check_exact(one)
    elif isinstance(value, list):
        for one in value:
            _check_exact(one)
    elif isinstance(value, int) and abs(value) > _EXACT:
        raise InvalidValueError("a whole number is beyond 2^53, where not every number is exact")
