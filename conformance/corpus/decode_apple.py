#!/usr/bin/env python3
"""Counts what an Apple Health export holds, with nothing but the standard library.

An independent check of the reader: it shares no code with it. Prints JSON.

    decode_apple.py export.xml | export.zip
"""

import json
import sys
import zipfile
from collections import Counter
from xml.etree.ElementTree import iterparse


def open_export(path):
    if not zipfile.is_zipfile(path):
        return open(path, "rb")
    archive = zipfile.ZipFile(path)
    top = [i for i in archive.infolist() if i.filename.endswith(".xml") and i.filename.count("/") <= 1]
    for info in sorted(top, key=lambda i: -i.file_size):
        with archive.open(info) as head:
            if b"HealthData" in head.read(65536):
                return archive.open(info)
    raise SystemExit("no export in the zip")


def decode(stream):
    found = {
        "export_date": None,
        "records": Counter(),
        "units": Counter(),
        "sources": Counter(),
        "metadata": Counter(),
        "workouts": Counter(),
        "workout_events": Counter(),
        "workout_statistics": Counter(),
        "correlations": Counter(),
        "correlation_children": 0,
        "activity_summaries": 0,
        "beats": 0,
        "other": Counter(),
        "heart_rate": [],
        "instantaneous_bpm": [],
    }
    path = []
    for event, element in iterparse(stream, events=("start", "end")):
        if event == "start":
            path.append(element.tag)
            continue
        path.pop()
        tag, get, inside = element.tag, element.get, path[-1] if path else None
        if tag == "Record" and inside == "Correlation":
            found["correlation_children"] += 1
        elif tag == "Record":
            found["records"][get("type")] += 1
            found["units"][f"{get('type')} {get('unit')}"] += 1
            found["sources"][get("sourceName")] += 1
            if get("type") == "HKQuantityTypeIdentifierHeartRate":
                found["heart_rate"].append([get("startDate"), float(get("value"))])
        elif tag == "MetadataEntry":
            found["metadata"][f"{inside} {get('key')}"] += 1
        elif tag == "InstantaneousBeatsPerMinute":
            found["beats"] += 1
            found["instantaneous_bpm"].append(float(get("bpm")))
        elif tag == "Workout":
            found["workouts"][get("workoutActivityType")] += 1
        elif tag == "WorkoutEvent":
            found["workout_events"][get("type")] += 1
        elif tag == "WorkoutStatistics":
            found["workout_statistics"][get("type")] += 1
        elif tag == "Correlation":
            found["correlations"][get("type")] += 1
        elif tag == "ActivitySummary":
            found["activity_summaries"] += 1
        elif tag == "ExportDate":
            found["export_date"] = get("value")
        elif tag not in ("HealthData", "Me", "HeartRateVariabilityMetadataList"):
            found["other"][tag] += 1
        if len(path) == 1:
            element.clear()
    return found


if __name__ == "__main__":
    with open_export(sys.argv[1]) as source:
        json.dump(decode(source), sys.stdout, indent=1, sort_keys=True, ensure_ascii=False)
    print()
