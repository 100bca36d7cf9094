"""A first twin, in memory: a coffee, a night, three heartbeats a while apart."""

from datetime import UTC, datetime, timedelta

import humantwin

noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
with humantwin.open(now=noon) as twin:  # or humantwin.open("me.twin")
    twin.record(
        [
            {
                "id": "coffee-1",
                "source": "diary",
                "type": "health.caffeine_consumed",
                "time": noon - timedelta(hours=4),
                "data": {"amount_mg": 80},
            },
            {
                "id": "night-1",
                "source": "ring",
                "type": "health.sleep_recorded",
                "time": noon - timedelta(hours=5),
                "data": {
                    "start": noon - timedelta(hours=12.5),
                    "end": noon - timedelta(hours=5),
                    "asleep_min": 450,
                },
            },
        ]
    )
    beats = [noon - timedelta(minutes=minutes) for minutes in (3, 2, 1)]
    twin.record_series("strap", "heart_rate", "/min", beats, [60, 62, 61])

    day = twin.state()["day"]
    slept_h = day["sleep"]["asleep_min"] / 60
    print(
        f"you slept {slept_h:g} h, {day['caffeine_mg']:g} mg caffeine, heart rate {day['heart']['mean_bpm']:g}"
    )
