"""One private, replayable twin of a person, in one file on this machine.

>>> import humantwin
>>> with humantwin.open() as twin:
...     answer = twin.record({"id": "1", "source": "diary", "type": "health.caffeine_consumed",
...                           "time": "2026-03-01T08:00:00Z", "data": {"amount_mg": 80}})
...     answer["events"]
1

Payloads are plain dicts; their types are in `humantwin.types`. Times you give are aware `datetime` or RFC 3339
text; times in answers are text, which `parse_time` reads. Every error is a `TwinError` with a stable `code`.

Nothing leaves this machine, and nothing here is a diagnosis.
"""

from . import _errors, types
from ._columns import Columns
from ._error import TwinError
from ._errors import *  # noqa: F403
from ._native import Frame
from ._twin import Engine, Subscription, Twin, Watch, open
from ._wire import parse_time

__version__ = "0.1.0"

__all__ = [
    "Columns",
    "Engine",
    "Frame",
    "Subscription",
    "Twin",
    "TwinError",
    "Watch",
    "open",
    "parse_time",
    "types",
]
__all__ += _errors.__all__
