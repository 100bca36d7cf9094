#!/usr/bin/env python3
"""Reads TCX and GPX files with nothing but the standard library, and prints what they hold.

    python decode_track.py FILE...

An independent check of the readers: it shares no code with them. Each object holds `samples`: lists of
[microseconds since 1970, value] by metric, each pair once; `timed` and `untimed`: points by kind;
`workouts`: start and end in microseconds, distance in metres (sums of laps, or haversine steps of a sphere),
mean heart rate (of laps by their time, or of the points); `error`: why the XML cannot be read.
"""

import gzip
import json
import math
import pathlib
import sys
from collections import Counter, defaultdict
from datetime import datetime, timezone
from xml.etree import ElementTree

TCX = {
    "AltitudeMeters": "altitude", "LatitudeDegrees": "tcx:LatitudeDegrees", "LongitudeDegrees": "tcx:LongitudeDegrees",
    "DistanceMeters": "tcx:DistanceMeters", "Cadence": "tcx:Cadence", "RunCadence": "tcx:RunCadence", "Speed": "speed",
    "Watts": "power", "Value": "heart_rate",
}
GPX = {
    "ele": "altitude", "lat": "gpx:lat", "lon": "gpx:lon", "hr": "heart_rate", "cad": "gpx:cad",
    "atemp": "ambient_temperature", "speed": "speed", "power": "power", "course": "gpx:course",
}
MEAN_RADIUS_M = 6_371_008.8


def local(element):
    return element.tag.rsplit("}", 1)[-1]


def micros(text):
    """Microseconds since 1970; a time without a zone is UTC; None for what is no time."""
    text = (text or "").strip().replace("Z", "+00:00")
    head, dot, tail = text.partition(".")
    if dot:
        digits = len(tail) - len(tail.lstrip("0123456789"))
        text = f"{head}.{tail[:digits][:6].ljust(6, '0')}{tail[digits:]}"
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=timezone.utc)
    since = at - datetime(1970, 1, 1, tzinfo=timezone.utc)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def number(text):
    try:
        value = float(text)
    except (TypeError, ValueError):
        return None
    return value if math.isfinite(value) else None


def values(point, names, prefix):
    """Numbers of a point: by metric."""
    found = [(key, number(text)) for key, text in point.attrib.items()]
    found += [(local(e), number(e.text)) for e in point.iter() if e is not point and not len(e)]
    for name, value in found:
        if value is not None and not (names.get(name) == "heart_rate" and value == 0):
            yield names.get(name, f"{prefix}:{name}"), value


def haversine(a, b):
    (lat1, lon1), (lat2, lon2) = [(math.radians(x), math.radians(y)) for x, y in (a, b)]
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * MEAN_RADIUS_M * math.asin(math.sqrt(h))


def child(element, name):
    return next((e for e in element if local(e) == name), None)


def take(found, points, names, prefix):
    """Adds the samples of points; answers with their times and heart rates."""
    times, rates = [], []
    for point in points:
        time = child(point, "Time" if prefix == "tcx" else "time")
        at = micros(time.text) if time is not None else None
        found["timed" if at is not None else "untimed"][local(point)] += 1
        if at is None:
            continue
        times.append(at)
        for metric, value in values(point, names, prefix):
            found["samples"][metric].add((at, value))
            if metric == "heart_rate":
                rates.append(value)
    return times, rates


def tcx(root, found):
    for activity in (e for e in root.iter() if local(e) == "Activity"):
        points = [e for e in activity.iter() if local(e) == "Trackpoint"]
        times, _ = take(found, points, TCX, "tcx")
        distance, beats, weight = 0.0, 0.0, 0.0
        for lap in (e for e in activity if local(e) == "Lap"):
            start, seconds = micros(lap.get("StartTime")), number(child(lap, "TotalTimeSeconds").text)
            mean = child(lap, "AverageHeartRateBpm")
            if mean is not None:
                beats, weight = beats + number(child(mean, "Value").text) * seconds, weight + seconds
            distance += number(child(lap, "DistanceMeters").text)
            times += [start, start + round(seconds * 1e6)]
        found["workouts"].append([min(times), max(times), distance, beats / weight if weight else None])


def gpx(root, found):
    places = [e for e in root.iter() if local(e) == "wpt"]
    take(found, places, GPX, "gpx")
    for track in (e for e in root if local(e) == "trk"):
        times, rates, distance = [], [], 0.0
        for segment in (e for e in track if local(e) == "trkseg"):
            points = [e for e in segment if local(e) == "trkpt"]
            more, heart = take(found, points, GPX, "gpx")
            times, rates = times + more, rates + heart
            timed = [p for p in points if child(p, "time") is not None and micros(child(p, "time").text) is not None]
            steps = [(number(p.get("lat")), number(p.get("lon"))) for p in timed]
            distance += sum(haversine(a, b) for a, b in zip(steps, steps[1:]))
        if times and min(times) < max(times):
            mean = sum(rates) / len(rates) if rates else None
            found["workouts"].append([min(times), max(times), distance, mean])


def decode(path):
    found = {
        "file": str(path), "samples": defaultdict(set), "timed": Counter(), "untimed": Counter(), "workouts": [],
        "error": None,
    }
    data = pathlib.Path(path).read_bytes()
    data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    try:
        root = ElementTree.fromstring(data)
        (gpx if local(root) == "gpx" else tcx)(root, found)
    except ElementTree.ParseError as error:
        found["error"] = str(error)
    found["samples"] = {metric: sorted(rows) for metric, rows in found["samples"].items()}
    return found


def main():
    for path in sys.argv[1:]:
        json.dump(decode(path), sys.stdout)
        sys.stdout.write("\n")


if __name__ == "__main__":
    main()
