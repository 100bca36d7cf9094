"""How long a task will take, and when to do it: from twelve finished tasks that took longer than said."""

from datetime import UTC, datetime, timedelta

import humantwin
from humantwin.types import Event

monday = datetime(2026, 3, 2, 7, tzinfo=UTC)


def finished(n: int) -> Event:
    """A task that was said to take two hours and took three."""
    return {
        "source": "tracker",
        "type": "task.completed",
        "time": monday - timedelta(days=n + 1),
        "data": {
            "task": f"old-{n}",
            "duration_s": 3 * 3600.0,
            "about": {"kind": "bug", "estimate_s": 2 * 3600.0},
        },
    }


def planned(task: str, hours: float) -> Event:
    return {
        "source": "tracker",
        "type": "task.planned",
        "time": monday,
        "data": {"task": task, "about": {"kind": "bug", "estimate_s": hours * 3600}},
    }


with humantwin.open(now=monday) as twin:
    twin.record([finished(n) for n in range(12)])
    twin.record([planned("T-1", 2), planned("T-2", 1)])
    for told in twin.predict("task_duration")["estimates"]:
        hours = told["estimate"]
        print(
            f"{told['name']}: {hours['value']:.1f} h, {hours['low']:.1f} to {hours['high']:.1f} h"
        )
    plan = twin.plan(plan={"type": "week", "days": 2})
    first = min(plan["blocks"], key=lambda block: block["start"])
    print(f"first {first['task']} at {first['start'][:16]}")
