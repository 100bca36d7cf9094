"""Engine and twin."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Any, Self, cast, overload

from . import _native, _show
from ._columns import numbers, spans, times
from ._verbs import Verbs
from ._wire import path_or_bytes, to_json
from .types import Purpose, RecordedView, WatchRequest, WatchView


class Ends:
    """What ends with a ``with`` block."""

    __slots__ = ()

    def close(self) -> None:
        """Ends it; ending again is no error."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Engine(Ends):
    """An open store of twins: a file, or memory.

    Parameters
    ----------
    path
        The twin's file, made when it is not there; default: in memory.
    read_only
        Only to read a file that is there, beside a writer.
    node
        Names this device among those that write to one person's twin, the same at every opening.
    now
        The clock stands still at this moment: for tests, and to replay a past. Default: the machine's clock.

    Raises
    ------
    ConflictError
        Another process writes to the file.
    """

    __slots__ = ("__weakref__", "_native", "_where")

    def __init__(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        read_only: bool = False,
        node: int = 1,
        now: datetime | str | None = None,
    ) -> None:
        options: dict[str, object] = {"read_only": read_only, "node": node}
        if path is not None:
            options["path"] = path_or_bytes(path)[0]
        if now is not None:
            options["now"] = now
        self._native = _native.Engine(to_json(options))
        self._where = "in memory" if path is None else f"in `{os.fspath(path)}`"

    def twin(self, person: str = "me", *, actor: str | None = None, purpose: Purpose | None = None) -> Twin:
        """The twin of a person, for their own use, or for an actor and a purpose they granted.

        Examples
        --------
        >>> Engine().twin("me").person
        'me'
        """
        return Twin(self, person, actor, purpose)

    def close(self) -> None:
        """Closes it: later calls raise `NotFoundError`, and the file is free. Closing again is no error."""
        self._native.close()

    @property
    def closed(self) -> bool:
        """Was it closed?"""
        return self._native.closed

    def __repr__(self) -> str:
        return f"<humantwin.Engine {self._where}, {'closed' if self.closed else 'open'}>"


class Twin(Verbs, Ends):
    """One person's twin, bound to who asks and what for. `open` and `Engine.twin` make it.

    Every verb is a method. All may be called from several threads; while one works, other threads go on.
    """

    __slots__ = ("__weakref__", "_engine", "_for", "_person")

    def __init__(self, engine: Engine, person: str, actor: str | None, purpose: Purpose | None) -> None:
        access = ""
        if actor is not None or purpose is not None:
            fields = {"actor": actor if actor is not None else person, "purpose": purpose}
            access = to_json({name: value for name, value in fields.items() if value is not None})
        self._native = engine._native.twin(person, access)
        self._engine = engine
        self._person = person
        self._for = purpose or "own_use"

    @property
    def engine(self) -> Engine:
        """The engine it belongs to."""
        return self._engine

    @property
    def person(self) -> str:
        """The person's id."""
        return self._person

    @property
    def purpose(self) -> str:
        """What is asked for."""
        return self._for

    @property
    def closed(self) -> bool:
        """Was its engine closed?"""
        return self._engine.closed

    def close(self) -> None:
        """Closes its engine, and with it every twin of the engine. Closing again is no error."""
        self._engine.close()

    def record_series(
        self, source: str, metric: str, unit: str, starts: Any, values: Any, durations: Any = None
    ) -> RecordedView:
        """Records samples as columns; arrays of int64 and float64 are read where they are.

        Parameters
        ----------
        source
            Who recorded them: a device or an app.
        metric
            A metric of the catalogue, or one of your own with your source before a colon.
        unit
            UCUM unit of the values.
        starts
            Microseconds since 1970 in UTC, ``datetime64`` (which is UTC), or aware `datetime` each; in order.
        values
            Numbers, as many.
        durations
            Microseconds, ``timedelta64`` or `timedelta` each; default: instants.

        Raises
        ------
        InvalidValueError
            Columns of unequal length, out of order, or with NaN; times without a zone.
        """
        answer = self._native.record_series(
            source, metric, unit, times(starts), spans(durations), numbers(values)
        )
        return cast(RecordedView, json.loads(answer))

    def record_frame(self, source: str, metric: str, unit: str, frame: Any) -> RecordedView:
        """Records a frame with the columns ``start`` and ``value``, and ``duration`` where it has one.

        Parameters
        ----------
        source, metric, unit
            As of `record_series`.
        frame
            Anything that speaks the Arrow PyCapsule interface: of pandas, polars, pyarrow, DuckDB. ``start`` is
            a timestamp with a zone or int64 microseconds; ``duration`` a duration or int64 microseconds.
        """
        starts, durations, values = _native.frame_columns(frame)
        answer = self._native.record_series(source, metric, unit, starts, durations, values)
        return cast(RecordedView, json.loads(answer))

    @overload
    def watch(self, request: WatchRequest) -> Watch: ...
    @overload
    def watch(self, request: WatchRequest, callback: Callable[[WatchView], object]) -> Subscription: ...
    def watch(
        self, request: WatchRequest, callback: Callable[[WatchView], object] | None = None
    ) -> Watch | Subscription:
        """Watches days or windows: to be asked, or with a callback that hears of the differences.

        The callback runs on the thread that wrote, after the write. An exception in it goes to
        `sys.unraisablehook`; the write stands, and the next one is told of again. What another thread writes
        while the callback runs is told of with the next write.
        """
        if callback is None:
            return Watch(self._native.watch(to_json(request)))

        def told(text: str) -> None:
            callback(json.loads(text))

        return Subscription(self._native.watch_with(to_json(request), told))

    def plot(self, metric: str, **query: Any) -> Any:
        """Draws a metric with matplotlib and gives the axes; ``query`` as of `series`, ``ax`` to draw into."""
        return _show.plot(self, metric, **query)

    def __repr__(self) -> str:
        state = "closed" if self.closed else "open"
        return f"<humantwin.Twin `{self._person}` for {self._for}, {self._engine._where}, {state}>"

    def _repr_html_(self) -> str:
        return _show.card(self)


class Watch(Ends):
    """A look at a twin that remembers the look before."""

    __slots__ = ("_native",)

    def __init__(self, native: _native.Watch) -> None:
        self._native = native

    def poll(self) -> WatchView:
        """What differs since the look before."""
        return cast(WatchView, json.loads(self._native.poll()))

    def close(self) -> None:
        """Ends it; ending again is no error."""
        self._native.close()


class Subscription(Ends):
    """A watch that tells a callback, until it is closed or let go of."""

    __slots__ = ("_native",)

    def __init__(self, native: _native.Subscription) -> None:
        self._native = native

    def close(self) -> None:
        """Ends it; ending again is no error."""
        self._native.close()


def open(
    path: str | os.PathLike[str] | None = None,
    person: str = "me",
    *,
    read_only: bool = False,
    node: int = 1,
    now: datetime | str | None = None,
    actor: str | None = None,
    purpose: Purpose | None = None,
) -> Twin:
    """Opens a person's twin: from a file, made when it is not there, or in memory.

    Parameters are those of `Engine` and of `Engine.twin`. Closing the twin, or leaving its ``with`` block,
    closes the file.
    """
    engine = Engine(path, read_only=read_only, node=node, now=now)
    try:
        return engine.twin(person, actor=actor, purpose=purpose)
    except BaseException:
        engine.close()
        raise
