"""One file of the corpus: what the command stored of it, beside what an independent decoder reads.

`compare(job)` answers with counts only, never with what a file holds.
"""

import json
import pathlib
import re
import subprocess
import tempfile
import warnings
from collections import Counter
from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

# Occurrences are compared within these days: before the end of every endless series that a reader cuts.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2027, 1, 1)
TOLERANCE = 1e-9


class Twin:
    """A twin in a file of its own, used through the command."""

    def __init__(self, command, path):
        self.command, self.path = command, str(path)

    def run(self, verb, *arguments):
        done = subprocess.run([self.command, verb, self.path, *arguments], capture_output=True, check=False)
        return done.returncode, done.stdout

    def load(self, *files):
        """Imports files; answers with the exit code and one object a file."""
        code, out = self.run("import", *map(str, files), "--json", "--zone", "UTC")
        # What is empty is left out of an answer.
        empty = {"format": None, "error": None, "refused": [], "events": 0, "samples": 0, "duplicates": 0}
        return code, [empty | json.loads(line) for line in out.splitlines()]

    def verify(self):
        code, out = self.run("verify", "--json")
        return json.loads(out) if code == 0 or out else {"ok": False, "state_hash": None, "findings": ["no answer"]}

    def history(self, metric):
        """Stored samples as (start in microseconds, value, method), in order of start."""
        code, out = self.run("history", metric, "--raw", "--json")
        if code != 0:
            return []
        rows = [(micros(r["start"]), r["value"], r.get("method")) for r in json.loads(out)["rows"]]
        return sorted(rows, key=lambda row: row[0])

    def events(self):
        """The log, without the zone that every import states."""
        _, out = self.run("export", "-o", "-")
        for line in out.splitlines():
            event = json.loads(line)
            if "type" in event and event["source"] != "person":
                yield event


def micros(text):
    """Microseconds since 1970 of an RFC 3339 time."""
    at = datetime.fromisoformat(text) - datetime(1970, 1, 1, tzinfo=timezone.utc)
    return (at.days * 86_400 + at.seconds) * 1_000_000 + at.microseconds


class Result:
    """Figures of one file."""

    def __init__(self, file, view, code):
        self.view = view
        self.refused = Counter()
        for refused in view["refused"]:
            self.refused[refused["code"]] += refused["count"]
        self.answer = {
            "file": file, "format": view["format"], "exit": code,
            "error": (view["error"] or "").split(":")[0] or None,
            "theirs": 0, "ours": 0, "refused": dict(self.refused), "differences": {}, "compared": {},
        }

    def differ(self, check, theirs, ours):
        """Notes a difference of two counts."""
        if theirs != ours:
            self.answer["differences"][check] = [theirs, ours]

    def totals(self, theirs, ours):
        self.answer["theirs"], self.answer["ours"] = theirs, ours

    def refused_of(self, subject):
        return sum(r["count"] for r in self.view["refused"] if r["subject"] == subject)

    def possible(self, metric, values):
        """The values that the engine does not refuse as impossible, by the range its refusal states."""
        for refused in self.view["refused"]:
            found = re.search(r"expected (\S+)\.\.=(\S+) ", refused["example"])
            if refused["code"] == "out_of_range" and refused["subject"] == metric and found:
                low, high = map(float, found.groups())
                kept = [v for v in values if low <= v[-1] <= high]
                self.differ(f"{metric} refused", len(values) - len(kept), refused["count"])
                return kept
        return values

    def values(self, name, theirs, ours):
        """Compares lists of (microseconds or None, value), one by one."""
        close = lambda a, b: abs(a - b) <= TOLERANCE * max(abs(a), abs(b))
        wrong = sum(
            not close(a[1], b[1]) or (a[0] is not None and a[0] != b[0]) for a, b in zip(theirs, ours))
        self.answer["compared"][name] = len(theirs)
        self.differ(f"{name} count", len(theirs), len(ours))
        self.differ(f"{name} values", 0, wrong)


def stored(twin):
    """Samples by metric, facts by kind, kept messages by name, spans of calendar entries."""
    samples, facts, kept, spans = Counter(), Counter(), Counter(), []
    for event in twin.events():
        kind, data = event["type"], event["data"]
        if kind == "series.written":
            samples[data["metric"]] += data["count"]
            continue
        facts[kind] += 1
        if kind == "source.message_kept":
            kept[data["message"]] += 1
        if kind.startswith("collaboration.meeting"):
            entry = data.get("entry", data)
            spans.append((micros(entry["start"]) // 1_000_000, micros(entry["end"]) // 1_000_000))
    return samples, facts, kept, spans


# Fields of records that are metrics of the catalogue; of two names for one field the first one counts.
FIT_METRICS = {
    "power": ("power",), "altitude": ("enhanced_altitude", "altitude"), "ambient_temperature": ("temperature",),
    "body_temperature": ("core_temperature",), "ground_contact_time": ("stance_time",),
    "vertical_oscillation": ("vertical_oscillation",), "muscle_oxygen": ("saturated_hemoglobin_percent",),
    "respiratory_rate": ("enhanced_respiration_rate", "respiration_rate"),
}
FIT_TWICE = ("cadence_cycling", "cadence_running", "steps")
# Names that newer profiles give to messages, and messages whose every field is a measurement.
FIT_NAMES = {"unknown_104": "battery"}
FIT_MEASURED = ("weight_scale",)


def fit(result, twin, path):
    """Messages by count, fields of records by count, the main streams value by value."""
    import decode_fit
    theirs = decode_fit.decode(str(path), everything=True)
    samples, facts, kept, _ = stored(twin)

    timed = {name: [v for v in values if v[0] is not None] for name, values in theirs["fields"].items()}
    expected = {}
    for metric, names in FIT_METRICS.items():
        found = [len(timed.pop(name)) for name in names if name in timed]
        expected[metric] = max(found, default=0)
    expected["heart_rate"] = sum(a is not None for a, _ in theirs["heart_rate"]) + len(theirs["heart_rate_stored"])
    expected["speed"] = sum(a is not None for a, _ in theirs["speed"])
    for name in ("heart_rate", "speed", "enhanced_speed"):
        timed.pop(name, None)
    expected["rr_interval"] = len(theirs["beats_ms"])
    expected |= {f"fit:{name}": len(values) for name, values in timed.items()}
    for metric in sorted(set(expected) | set(samples) - set(FIT_TWICE)):
        result.differ(metric, expected.get(metric, 0), samples[metric] + result.refused_of(metric))

    others = {n: c for n, c in theirs["messages"].items() if n not in ("record", "hrv")}
    found = facts["health.workout_recorded"]
    for name, count in others.items():
        if name in FIT_MEASURED and facts["health.measurement_recorded"] >= count:
            found += count
        elif name != "session":
            found += min(kept[FIT_NAMES.get(name, name)], count)
    sent = sum(others.values())
    found += result.view["duplicates"] + result.refused_of("message")
    result.differ("messages", sent, found)
    ours = {m: c for m, c in samples.items() if m not in FIT_TWICE}
    result.totals(sum(expected.values()) + sent, sum(ours.values()) + found)

    def listed(name):
        rows = [(round(a * 1e6), v) for a, v in theirs[name] if a is not None]
        return sorted(rows, key=lambda row: row[0])

    for metric, name in (("heart_rate", "heart_rate"), ("power", "power"), ("fit:cadence", "cadence"), ("speed", "speed")):
        rows = [(at, value) for at, value, method in twin.history(metric) if method is None]
        result.values(metric, result.possible(metric, listed(name)), rows)
    beats = [(None, v) for v in theirs["beats_ms"]]
    result.values("rr_interval", result.possible("rr_interval", beats), [r[:2] for r in twin.history("rr_interval")])


def calendar(result, twin, path):
    """Occurrences by start and end."""
    import decode_ics
    warnings.simplefilter("ignore")
    zone = ZoneInfo("UTC")
    theirs = decode_ics.read(str(path), FIRST_DAY, LAST_DAY, zone)
    _, facts, _, spans = stored(twin)
    low, high = (decode_ics.instant(day, zone) for day in (FIRST_DAY, LAST_DAY))
    ours = Counter(span for span in spans if low <= span[0] < high)
    expected = Counter((start, end) for start, end, _ in theirs["occurrences"])
    result.differ("only theirs", sum((expected - ours).values()), 0)
    result.differ("only ours", 0, sum((ours - expected).values()))
    result.totals(sum(expected.values()), sum(ours.values()))
    # Counted in the text, by no parser: an entry without a start is refused, whoever reads it.
    text = path.read_bytes().replace(b"\r\n", b"\n").upper()
    entries = re.findall(rb"^BEGIN:VEVENT\n(.*?)^END:VEVENT", text, re.DOTALL | re.MULTILINE)
    startless = sum(not re.search(rb"^DTSTART[;:]", entry, re.MULTILINE) for entry in entries)
    result.answer["startless"] = min(startless, result.refused["bad_time"])


def table(result, twin, path):
    """Values by metric, facts by kind, beats one by one."""
    import decode_tables
    folder = next(p for p in ("fitabase", "rr_intervals", "wearable_selfreport") if p in path.parts)
    read = {"fitabase": decode_tables.fitabase, "rr_intervals": decode_tables.rr}.get(folder)
    if read is None:
        if path.suffix == ".xlsx":
            return
        read = decode_tables.fitbit if path.parent.name == "fitbit" else decode_tables.diary
    theirs = read(path)
    if theirs.get("unsupported"):
        return
    samples, facts, _, _ = stored(twin)
    for metric in sorted(set(samples) | set(theirs["samples"])):
        result.differ(metric, theirs["samples"].get(metric, 0), samples[metric] + result.refused_of(metric))
    given = {kind: n for kind, n in theirs["facts"].items() if n}
    sent = sum(given.values())
    if theirs.get("records"):
        # Entries of a log that share their id are one record.
        items = theirs["rows"]
        given = {k: n if k == "source.message_kept" else n * theirs["records"] // items for k, n in given.items()}
    for kind in sorted(set(facts) | set(given)):
        result.differ(kind, given.get(kind, 0), facts[kind])
    if sent != sum(facts.values()):
        result.differ("facts and duplicates", sent, sum(facts.values()) + result.view["duplicates"])
    result.totals(sum(theirs["samples"].values()) + sum(given.values()), sum(samples.values()) + sum(facts.values()))
    if "beats_ms" in theirs:
        beats = result.possible("rr_interval", [(None, v) for v in theirs["beats_ms"]])
        result.values("rr_interval", beats, [r[:2] for r in twin.history("rr_interval")])


def apple(result, twin, path):
    """Records, workouts and activity days by count, heart rates one by one."""
    import decode_apple
    with open(path, "rb") as stream:
        theirs = decode_apple.decode(stream)
    samples, facts, _, _ = stored(twin)
    records, workouts = sum(theirs["records"].values()), sum(theirs["workouts"].values())
    days = sum(e["data"].get("metric", "").startswith("healthkit:ActivitySummary") for e in twin.events())
    aside = ("health.workout_recorded", "source.device_described", "person.profile_stated", "source.message_kept")
    found = sum(samples.values()) + sum(n for kind, n in facts.items() if kind not in aside) - days
    result.differ("workouts", workouts, facts["health.workout_recorded"])
    result.differ("records", records, found)
    result.differ("activity days", theirs["activity_summaries"] > 0, days > 0)
    result.totals(records + workouts, found + facts["health.workout_recorded"])
    rates = [(micros(str(datetime.strptime(at, "%Y-%m-%d %H:%M:%S %z"))), v) for at, v in theirs["heart_rate"]]
    rates.sort(key=lambda row: row[0])
    result.values("heart_rate", result.possible("heart_rate", rates), [r[:2] for r in twin.history("heart_rate")])


# A sphere for theirs, an ellipsoid for ours; and two positions of a step that are nearly one.
SPHERE_TOLERANCE, SPHERE_METRES = 0.006, 0.5
# Made of other values: compared nowhere, for both of their sources are.
TRACK_MADE = ("cadence_cycling", "cadence_running")


def track(result, twin, path):
    """Points of TCX and GPX by count, every value with its time; workouts with distance and mean heart rate."""
    import decode_track
    theirs = decode_track.decode(path)
    samples, facts, _, _ = stored(twin)
    early = sum(r["count"] for r in result.view["refused"] if r["subject"] == "time")
    given = {metric: possible_times(rows) for metric, rows in theirs["samples"].items()}
    lost = sum(map(len, theirs["samples"].values())) - sum(map(len, given.values()))
    for metric in sorted(set(given) | set(samples) - set(TRACK_MADE)):
        rows = sorted(row[:2] for row in twin.history(metric))
        result.values(metric, result.possible(metric, given.get(metric, [])), rows)
    # Workouts and messages of days before 2000 are refused beside the samples.
    result.differ("samples before 2000", lost > 0, early > 0)
    for kind in ("trkpt", "wpt", "Trackpoint"):
        untimed = sum(r["count"] for r in result.view["refused"] if (r["code"], r["subject"]) == ("no_time", kind))
        result.differ(f"{kind} without a time", theirs["untimed"][kind], untimed)
    found = sorted(
        (micros(e["data"]["start"]), micros(e["data"]["end"]), e["data"].get("distance_m"), e["data"].get("heart_rate_mean"))
        for e in twin.events() if e["type"] == "health.workout_recorded")
    expected = sorted(map(tuple, (w for w in theirs["workouts"] if w[0] >= FIRST_POSSIBLE)))
    result.differ("workouts", [w[:2] for w in expected], [w[:2] for w in found])
    exact = path.name.removesuffix(".gz").endswith(".tcx")
    near = lambda a, b, most: abs(a - b) <= most
    far = sum(not near(a[2], b[2] or 0.0, 1e-6 if exact else SPHERE_METRES + SPHERE_TOLERANCE * a[2])
              for a, b in zip(expected, found))
    result.differ("distances", 0, far)
    wrong = sum((a[3] is None) != (b[3] is None) or a[3] is not None and not near(a[3], b[3], 1e-6)
                for a, b in zip(expected, found))
    result.differ("mean heart rates", 0, wrong)
    made = sum(samples[metric] for metric in TRACK_MADE)
    points, workouts = sum(theirs["untimed"].values()), len(theirs["workouts"])
    result.totals(sum(map(len, theirs["samples"].values())) + points + workouts,
                  sum(samples.values()) - made + facts["health.workout_recorded"])


FIRST_POSSIBLE = micros("2000-01-01T00:00:00+00:00")


def possible_times(rows):
    return [tuple(row) for row in rows if row[0] >= FIRST_POSSIBLE]


FAMILIES = {"activity_files": fit, "calendars": calendar, "apple_health": apple}


def compare(job):
    """Imports a file into a fresh twin and compares."""
    command, data, file, decoders = job
    path = pathlib.Path(data) / file
    with tempfile.TemporaryDirectory() as folder:
        twin = Twin(command, pathlib.Path(folder) / "one.twin")
        code, views = twin.load(path)
        if len(views) != 1 or code not in (0, 1):
            return {"file": file, "exit": code, "format": None, "error": "crashed", "theirs": 0, "ours": 0,
                    "refused": {}, "differences": {"answer": [1, len(views)]}, "compared": {}}
        result = Result(file, views[0], code)
        result.differ("exit code", int(result.answer["error"] is not None), code)
        family = FAMILIES.get(pathlib.PurePath(file).parts[0], table)
        if path.name.removesuffix(".gz").endswith((".tcx", ".gpx")):
            family = track
        result.answer["family"] = family.__name__
        if result.answer["error"] == "unsupported":
            return result.answer
        if family.__name__ in decoders:
            family(result, twin, path)
        return result.answer
