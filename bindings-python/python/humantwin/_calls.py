"""How a method of a verb reaches the core; the methods themselves are generated."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from ._columns import Columns
from ._native import Frame
from ._native import Twin as Native
from ._wire import File, path_or_bytes, to_json


class Calls:
    """Calls verbs by name."""

    __slots__ = ("_native",)
    _native: Native

    def _call(
        self,
        verb: str,
        request: Mapping[str, object],
        file: File | None = None,
        progress: Callable[[int], object] | None = None,
    ) -> str | bytes:
        fields = given(request)
        data = None
        if file is not None:
            path, data = path_or_bytes(file)
            if path is not None:
                fields["path"] = path
        return self._native.call(verb, to_json(fields), data, progress)

    def _json(
        self,
        verb: str,
        request: Mapping[str, object],
        file: File | None = None,
        progress: Callable[[int], object] | None = None,
    ) -> Any:
        return json.loads(self._call(verb, request, file, progress))

    def _text(self, verb: str, request: Mapping[str, object]) -> str:
        return str(self._call(verb, request))

    def _bytes(self, verb: str, request: Mapping[str, object]) -> bytes:
        answer = self._call(verb, request)
        return answer if isinstance(answer, bytes) else answer.encode()

    def _series(self, query: Mapping[str, object]) -> Columns:
        return Columns(*self._native.series(to_json(given(query))))

    def _series_frame(self, query: Mapping[str, object]) -> Frame:
        columns = self._series(query)
        return Frame(columns.unit, columns.starts_us, columns.durations_us, columns.values)


def given(request: Mapping[str, object]) -> dict[str, object]:
    """The fields that were given."""
    return {name: value for name, value in request.items() if value is not None}
