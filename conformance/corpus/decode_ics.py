#!/usr/bin/env python3
"""Occurrences of calendar files by independent libraries, to compare with humantwin's reader.

    pip install icalendar recurring-ical-events
    decode_ics.py --from 1990-01-01 --to 2027-11-02 --zone Europe/Paris calendar.ics …

Prints one JSON object a file: the number of VEVENT components, and the occurrences that start in the span as
[start, end, uid], in seconds since 1970, sorted. Floating times and days are read in `--zone`. A file that cannot
be read as a whole is read entry by entry; what fails is counted in `failed`.
"""

import argparse
import json
import sys
import warnings
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events


def instant(value, zone):
    """Seconds since 1970 of a date, a floating or an aware time."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if value.tzinfo is None:
        value = value.replace(tzinfo=zone)
    return int(value.astimezone(timezone.utc).timestamp())


def calendars(data):
    """The calendars of a file; single components are put into one of their own."""
    parts = icalendar.Component.from_ical(data, multiple=True)
    loose = [p for p in parts if p.name != "VCALENDAR"]
    found = [p for p in parts if p.name == "VCALENDAR"]
    if loose:
        calendar = icalendar.Calendar()
        for part in loose:
            calendar.add_component(part)
        found.append(calendar)
    return found


def expand(calendar, start, end, zone):
    """The occurrences that start within the span."""
    query = recurring_ical_events.of(calendar, keep_recurrence_attributes=True, skip_bad_series=True)
    occurrences = []
    for event in query.between(start, end):
        first = event.start
        last = event.end
        occurrences.append([instant(first, zone), instant(last, zone), str(event.get("UID", ""))])
    return occurrences


def read(path, start, end, zone):
    """One file."""
    answer = {"file": path, "vevents": 0, "occurrences": [], "failed": []}
    with open(path, "rb") as file:
        data = file.read()
    # The library remembers zones that earlier files defined.
    icalendar.use_zoneinfo()
    try:
        found = calendars(data)
    except Exception as problem:  # noqa: BLE001 - any failure of the library is an answer here
        answer["failed"].append(f"{type(problem).__name__}: {problem}"[:120])
        return answer
    for calendar in found:
        answer["vevents"] += len(calendar.walk("VEVENT"))
        try:
            answer["occurrences"] += expand(calendar, start, end, zone)
        except Exception as problem:  # noqa: BLE001
            answer["failed"].append(f"{type(problem).__name__}: {problem}"[:120])
    low, high = instant(start, zone), instant(end, zone)
    answer["occurrences"] = sorted(o for o in answer["occurrences"] if low <= o[0] < high)
    return answer


def main():
    """Reads the arguments and prints a line a file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--from", dest="start", type=date.fromisoformat, required=True)
    parser.add_argument("--to", dest="end", type=date.fromisoformat, required=True)
    parser.add_argument("--zone", type=ZoneInfo, default=ZoneInfo("UTC"))
    parser.add_argument("files", nargs="+")
    args = parser.parse_args()
    warnings.simplefilter("ignore")
    for path in args.files:
        print(json.dumps(read(path, args.start, args.end, args.zone)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
