#!/usr/bin/env python3
"""What the tables of the corpus hold, read without any code of this repository.

For each file: its rows, how many values and facts a reader should store (`samples` by metric,
`facts` by kind), how many rows it should refuse, and for beat intervals their list in milliseconds
(`beats_ms`, rounded to 1e-9). Written for the Python standard library alone.

    decode_tables.py <folder with fitabase/, rr_intervals/, wearable_selfreport/> [--beats]

prints one JSON object, file name to figures.
"""

import ast
import collections
import csv
import datetime as dt
import gzip
import json
import pathlib
import struct
import sys

FITABASE = {
    "TotalSteps": "steps", "StepTotal": "steps", "TotalDistance": "distance_walk_run",
    "VeryActiveMinutes": "vigorous_activity_time", "FairlyActiveMinutes": "moderate_activity_time",
    "SedentaryMinutes": "sedentary_time", "Calories": "energy_total",
    "TotalMinutesAsleep": "sleep_duration", "TotalTimeInBed": "sleep_time_in_bed",
}
FITBIT = {
    "steps": "steps", "very_active_minutes": "vigorous_activity_time",
    "moderately_active_minutes": "moderate_activity_time", "sedentary_minutes": "sedentary_time",
    "lightly_active_minutes": "fitbit:lightly_active_minutes",
}


def text(path):
    data = path.read_bytes()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    return data.decode("utf-8-sig")


def table(path):
    return list(csv.DictReader(text(path).splitlines()))


def empty(n=0):
    return {"rows": n, "samples": collections.Counter(), "facts": collections.Counter(), "refused": 0}


def fitabase(path):
    rows = table(path)
    result = empty(len(rows))
    if "WeightPounds" in rows[0]:
        for row in rows:
            result["facts"]["health.measurement_recorded"] += sum(row[c] != "" for c in ("WeightPounds", "BMI"))
        return result
    skip = {"Id", "Time"} | {c for c in rows[0] if c.startswith(("Activity", "SleepDay"))}
    days = set()
    for row in rows:
        for name in rows[0]:
            if name not in skip and row[name] not in ("", None):
                float(row[name])
                result["samples"][FITABASE.get(name, "fitabase:" + name)] += 1
        # The corpus writes every date of its first date column month first.
        first = next(row[c] for c in rows[0] if c.startswith(("Activity", "SleepDay")))
        day = dt.datetime.strptime(first.split()[0], "%m/%d/%Y").date()
        days.add((row["Id"], day.isoformat()))
    result["people"] = len({p for p, _ in days})
    result["first_day"], result["last_day"] = min(d for _, d in days), max(d for _, d in days)
    return result


def fitbit(path):
    stem = path.name.split(".")[0]
    if stem == "sleep_score":
        rows = table(path)
        result = empty(len(rows))
        skip = ("timestamp", "sleep_log_entry_id")
        result["facts"]["health.measurement_recorded"] = sum(
            v not in ("", "nan") for r in rows for k, v in r.items() if k not in skip)
        return result
    items = json.loads(text(path))
    result = empty(len(items))
    if stem in FITBIT:
        result["samples"][FITBIT[stem]] = len(items)
        result["sum"] = sum(float(i["value"]) for i in items)
    elif stem == "resting_heart_rate":
        result["facts"]["health.measurement_recorded"] = 2 * sum(i["value"]["value"] != 0 for i in items)
    elif stem == "time_in_heart_rate_zones":
        for item in items:
            for zone in item["value"]["valuesInZones"]:
                result["samples"]["fitbit:heart_rate_zone_" + zone.lower()] += 1
    elif stem == "sleep":
        result["facts"]["health.sleep_recorded"] = len(items)
        result["facts"]["health.measurement_recorded"] = 2 * len(items)
        result["facts"]["source.message_kept"] = len(items)
        result["records"] = len({i["logId"] for i in items})
        # Seconds covered by stages, by a grid of seconds: short awakenings lie over the rest.
        covered = 0
        for item in items:
            seconds = set()
            for list_name in ("data", "shortData"):
                for span in item["levels"].get(list_name, []):
                    start = int(dt.datetime.fromisoformat(span["dateTime"]).replace(tzinfo=dt.timezone.utc).timestamp())
                    seconds.update(range(start, start + span["seconds"]))
            covered += len(seconds)
        result["stage_seconds"] = covered
    elif stem == "exercise":
        result["facts"]["health.workout_recorded"] = len(items)
        result["facts"]["source.message_kept"] = len(items)
        result["records"] = len({i["logId"] for i in items})
        result["sum"] = sum(i.get("steps", 0) for i in items)
    return result


def diary(path):
    rows = table(path)
    result = empty(len(rows))
    if path.name == "wellness.csv":
        scales = ("fatigue", "mood", "sleep_quality", "soreness", "stress")
        for row in rows:
            answers = [float(row[s]) for s in scales if row[s] not in ("", "0")]
            rest = [row[s] for s in ("readiness", "sleep_duration_h")]
            if answers or any(float(r or 0) for r in rest) or row["soreness_area"] not in ("", "[]"):
                result["facts"]["wellbeing.check_in_answered"] += 1
                result["answers"] = result.get("answers", 0) + len(answers) + sum(r != "" for r in rest)
    elif path.name == "srpe.csv":
        result["facts"]["health.workout_recorded"] = sum(r["duration_min"] != "" for r in rows)
    elif path.name == "injury.csv":
        result["facts"]["wellbeing.check_in_answered"] = len(rows)
        places = sum(len(ast.literal_eval(r["injuries"])) for r in rows)
        if places:
            result["facts"]["health.symptom_noted"] = places
    elif path.name == "reporting.csv":
        for row in rows:
            result["facts"]["health.measurement_recorded"] += sum(
                row[c] != "" for c in ("weight", "glasses_of_fluid"))
            known = row["alcohol_consumed"] in ("Yes", "No")
            result["facts"]["health.alcohol_consumed"] += known
            result["facts"]["source.message_kept"] += row["meals"] != "" or (
                row["alcohol_consumed"] != "" and not known)
    return result


def beats(result, values):
    result["beats_ms"] = [round(v, 9) for v in values if v > 0]
    result["refused"] += sum(v <= 0 for v in values)
    result["samples"]["rr_interval"] = len(result["beats_ms"])
    return result


def rr(path):
    name = path.name
    if name.endswith(".npy"):
        data = path.read_bytes()
        assert data[:8] == b"\x93NUMPY\x01\x00"
        (length,) = struct.unpack("<H", data[8:10])
        head = ast.literal_eval(data[10:10 + length].decode())
        (count,) = head["shape"]
        form = {"<i8": "q", "<f8": "d", "<i4": "i", "<f4": "f"}[head["descr"]]
        values = struct.unpack(f"<{count}{form}", data[10 + length:])
        return beats(empty(count), [float(v) for v in values])
    if name.endswith((".ecg", ".ecg.gz", ".json")) or "Report" in name or path.parent.name == "heartpy":
        return {"unsupported": True}
    if name.endswith("info.txt"):
        return {"unsupported": True}
    lines = [line.strip() for line in text(path).splitlines() if line.strip()]
    result = empty(len(lines))
    if name == "holter_holter.txt":
        marks = [line.split() for line in lines[1:]]
        values = [(float(b[0]) - float(a[0])) * 1000 for a, b in zip(marks, marks[1:]) if a[1] != "X" != b[1]]
        return beats(result, values)
    if name == "garmin_data.csv.gz":
        metrics = {"HEART_RATE_VARIABILITY": "rr_interval", "HEART_RATE": "heart_rate", "STRESS": "stress_level"}
        intervals, last = [], None
        for line in lines:
            time, word, value = line.split(";")
            value = float(value)
            if value < 0 or (value == 0 and word.startswith("HEART")):
                continue
            result["samples"][metrics.get(word, "garmin_logger:" + word)] += 1
            if word == "HEART_RATE_VARIABILITY":
                intervals.append(value)
            if word == "STEPS":
                result["samples"]["steps"] += last is not None and value >= last
                last = value
        return beats(result, intervals)
    if name == "empatica_IBI.csv":
        return beats(result, [float(line.split(",")[1]) * 1000 for line in lines[1:]])
    if name.startswith("empatica_"):
        metric = {"EDA": "electrodermal_activity", "HR": "heart_rate", "TEMP": "skin_temperature"}[name[9:-4]]
        result["samples"][metric] = len(lines) - 2
        result["sum"] = sum(map(float, lines[2:]))
        return result
    if "heartbeats" in name:
        return beats(result, [float(r["Interval between heartbeats (s)"]) * 1000 for r in table(path)])
    if "actigraph" in name:
        rows = table(path)
        result["samples"] = {"heart_rate": sum(float(r["Heart rate (BPM)"]) > 0 for r in rows),
                             "steps": len(rows), "actigraph:posture": len(rows)}
        result["sum"] = sum(float(r["Steps"]) for r in rows)
        return result
    return beats(result, [float(line) for line in lines])


def main():
    root = pathlib.Path(sys.argv[1])
    answer = {}
    for folder, read in (("fitabase", fitabase), ("rr_intervals", rr)):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file():
                answer[str(path.relative_to(root))] = read(path)
    for path in sorted((root / "wearable_selfreport").rglob("*")):
        if path.is_file() and path.suffix != ".xlsx":
            answer[str(path.relative_to(root))] = (fitbit if path.parent.name == "fitbit" else diary)(path)
    for figures in answer.values():
        if "beats_ms" in figures and "--beats" not in sys.argv:
            values = figures.pop("beats_ms")
            figures["beats"] = {"count": len(values), "sum_ms": sum(values)}
        for key in ("samples", "facts"):
            figures[key] = {k: v for k, v in figures.get(key, {}).items() if v}
    json.dump(answer, sys.stdout, indent=1, sort_keys=True)
    print()


if __name__ == "__main__":
    main()
