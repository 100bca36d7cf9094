"""Samples as columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from ._errors import InvalidTypeError, InvalidValueError
from ._wire import MICROSECOND, micros

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_EXACT = 2**53


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Samples of one metric in order of time.

    Attributes
    ----------
    unit
        UCUM unit of the values.
    starts_us
        Starts, microseconds since 1970 in UTC, int64.
    durations_us
        Durations, microseconds, int64; 0 for an instant.
    values
        Values, float64.
    """

    unit: str
    starts_us: NDArray[np.int64]
    durations_us: NDArray[np.int64]
    values: NDArray[np.float64]

    @property
    def starts(self) -> NDArray[np.datetime64]:
        """Starts as ``datetime64[us]`` in UTC: the same memory, seen as times."""
        return self.starts_us.view("datetime64[us]")

    @property
    def durations(self) -> NDArray[np.timedelta64]:
        """Durations as ``timedelta64[us]``: the same memory, seen as spans."""
        return self.durations_us.view("timedelta64[us]")

    def __len__(self) -> int:
        return len(self.values)

    def __repr__(self) -> str:
        return f"<humantwin.Columns of {len(self)} samples in `{self.unit}`>"


def times(column: Any) -> NDArray[np.int64]:
    """Starts as microseconds: int64 as they are, ``datetime64`` (UTC), or aware `datetime` each."""
    if _as_is(column, "i"):
        return cast("NDArray[np.int64]", column)
    return _whole(column, "M", "datetime64[us]", "starts", _start)


def spans(column: Any) -> NDArray[np.int64] | None:
    """Durations as microseconds: int64 as they are, ``timedelta64``, or `timedelta` each; None of instants."""
    if column is None or _as_is(column, "i"):
        return cast("NDArray[np.int64] | None", column)
    return _whole(column, "m", "timedelta64[us]", "durations", _span)


def numbers(column: Any) -> NDArray[np.float64]:
    """Values as float64; whole numbers that float64 cannot hold are refused."""
    if _as_is(column, "f"):
        return cast("NDArray[np.float64]", column)

    import numpy as np

    found = _column(column, "values")
    if found.size and found.dtype.kind not in "iuf":
        raise InvalidTypeError("`values` are no numbers")
    if found.dtype.kind in "iu" and found.size and max(abs(int(found.min())), int(found.max())) > _EXACT:
        raise InvalidValueError("a value is beyond 2^53, where not every whole number is exact")
    if found.dtype.itemsize > 8:
        raise InvalidTypeError("`values` are wider than float64")
    return np.ascontiguousarray(found, np.float64)


def _as_is(column: Any, kind: str) -> bool:
    """Can the array be lent as it is? Asked in the way that costs least."""
    return (
        type(column).__name__ == "ndarray"
        and (dtype := column.dtype).kind == kind
        and dtype.itemsize == 8
        and dtype.isnative
        and column.ndim == 1
        and column.flags.c_contiguous
    )


def _column(column: Any, name: str) -> NDArray[Any]:
    import numpy as np

    try:
        found = np.asarray(column)
    except (TypeError, ValueError):
        raise InvalidTypeError(f"`{name}` is no column") from None
    if found.ndim != 1:
        raise InvalidValueError(f"`{name}` has {found.ndim} dimensions, expected 1")
    return found


def _whole(column: Any, kind: str, unit: str, name: str, one: Any) -> NDArray[np.int64]:
    import numpy as np

    found = _column(column, name)
    if found.size == 0:
        return np.empty(0, np.int64)
    if found.dtype.kind == kind:
        if np.isnat(found).any():
            raise InvalidValueError(f"`{name}` has a missing time (NaT)")
        return np.ascontiguousarray(found.astype(unit, copy=False)).view(np.int64)
    if found.dtype.kind == "i" or (found.dtype.kind == "u" and int(found.max()) <= 2**63 - 1):
        return np.ascontiguousarray(found, np.int64)
    if found.dtype.kind == "O":
        return np.fromiter((one(value) for value in found), np.int64, found.size)
    raise InvalidTypeError(f"`{name}` are neither microseconds nor times")


def _start(value: object) -> int:
    if isinstance(value, datetime):
        return micros(value)
    raise InvalidTypeError("`starts` are neither microseconds nor aware times")


def _span(value: object) -> int:
    if isinstance(value, timedelta):
        return value // MICROSECOND
    raise InvalidTypeError("`durations` are neither microseconds nor spans")
