"""What the tests share."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import humantwin
import pytest

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
START_US = 1_772_355_600_000_000


def coffee(name: str, mg: float = 80.0, **more: Any) -> Any:
    """A coffee in the morning."""
    event = {
        "id": name,
        "source": "diary",
        "type": "health.caffeine_consumed",
        "time": "2026-03-01T08:00:00Z",
        "data": {"amount_mg": mg},
    }
    return event | more


@pytest.fixture
def twin() -> Iterator[humantwin.Twin]:
    """A twin in memory whose clock stands at noon."""
    with humantwin.open(now=NOW) as twin:
        yield twin
