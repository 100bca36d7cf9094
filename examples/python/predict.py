"""What a model says, and what would happen: three weeks of short nights, then three in bed by ten."""

from datetime import UTC, datetime, timedelta

import humantwin
from humantwin.types import Event

noon = datetime(2026, 3, 1, 12, tzinfo=UTC)


def night(back: int) -> Event:
    """The night that ended so many days ago: from midnight to half past six."""
    woke = noon - timedelta(days=back, hours=5.5)
    start = woke - timedelta(hours=6.5)
    return {
        "source": "ring",
        "type": "health.sleep_recorded",
        "time": woke,
        "data": {"start": start, "end": woke, "asleep_min": 350 + 10 * (back % 4)},
    }


with humantwin.open(now=noon) as twin:
    twin.record([night(back) for back in range(21)])
    debt = twin.predict("sleep_debt")["estimates"][0]["estimate"]
    print(
        f"you owe {debt['value']:.1f} h of sleep, {debt['low']:.1f} to {debt['high']:.1f} h"
    )

    early = twin.simulate(
        changes=[
            {"type": "sleep_at", "days": [1, 2, 3], "bed": "22:00", "wake": "06:30"}
        ],
        days=3,
    )
    owed = next(
        quantity for quantity in early["quantities"] if quantity["name"] == "sleep_debt"
    )
    usual, changed = owed["plan"][2]["value"], owed["changed"][2]["value"]
    print(f"in three days {usual:.1f} h as usual, {changed:.1f} h when in bed by ten")
