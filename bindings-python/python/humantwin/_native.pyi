"""The native module. Use the package: this is its inside."""

from collections.abc import Callable, Sequence
from typing import final

import numpy as np
from numpy.typing import NDArray

@final
class Engine:
    def __new__(cls, options: str) -> Engine: ...
    def twin(self, person: str, access: str) -> Twin: ...
    def close(self) -> None: ...
    @property
    def closed(self) -> bool: ...

@final
class Twin:
    def call(
        self,
        verb: str,
        request: str,
        data: bytes | None = None,
        progress: Callable[[int], object] | None = None,
    ) -> str | bytes: ...
    def record_series(
        self,
        source: str,
        metric: str,
        unit: str,
        starts_us: NDArray[np.int64],
        durations_us: NDArray[np.int64] | None,
        values: NDArray[np.float64],
    ) -> str: ...
    def series(self, query: str) -> tuple[str, NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]: ...
    def watch(self, request: str) -> Watch: ...
    def watch_with(self, request: str, callback: Callable[[str], object]) -> Subscription: ...

@final
class Watch:
    def poll(self) -> str: ...
    def close(self) -> None: ...

@final
class Subscription:
    def close(self) -> None: ...

@final
class Frame:
    """Samples as an Arrow stream with the columns ``start``, ``duration``, ``value``."""

    def __new__(
        cls,
        unit: str,
        starts_us: NDArray[np.int64],
        durations_us: NDArray[np.int64],
        values: NDArray[np.float64],
    ) -> Frame: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __len__(self) -> int: ...
    @property
    def unit(self) -> str: ...

def frame_columns(
    frame: object,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]: ...
def run_command(args: Sequence[str]) -> int: ...
