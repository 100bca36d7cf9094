#!/usr/bin/env python3
"""Imports every file of a folder of real recordings and compares what is stored with independent decoders.

    python3 conformance/corpus/check.py [--bin target/ci/humantwin] [--json FILE] [--jobs 2]

Reads `$HUMANTWIN_DATA`, by default `../shared/data` beside the repository. Makes its own environment in
`target/corpus-venv`. Exits with 1 when a difference is not listed in `known.py`. Prints counts and names of
files, never what a file holds. What is checked: `docs/reference/corpus.md`.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PINNED = (
    "fitdecode==0.11.0", "icalendar==7.3.0", "recurring-ical-events==3.8.2", "python-dateutil==2.9.0.post0",
    "x-wr-timezone==2.0.1", "tzdata==2026.6",
)
FOLDERS = (
    "activity_files/**/*", "apple_health/**/*",
    "fitabase/**/*", "wearable_selfreport/**/*", "rr_intervals/**/*", "calendars/**/*",
)
# Of a valid file's records, so many at most may be refused.
MOST_REFUSED = 0.01


def enter_environment():
    """Runs this script again in its own environment, made when it is not there."""
    home = ROOT / "target" / "corpus-venv"
    python = home / "bin" / "python"
    mark = home / "pinned.txt"
    wanted = "\n".join(PINNED)
    if pathlib.Path(sys.prefix) == home:
        return
    if not mark.exists() or mark.read_text() != wanted:
        try:
            subprocess.run([sys.executable, "-m", "venv", home], check=True)
            quiet = ["-q", "--disable-pip-version-check"]
            subprocess.run([python, "-m", "pip", "install", *quiet, *PINNED], check=True)
            mark.write_text(wanted)
        except (subprocess.CalledProcessError, OSError):
            print(f"!!! THE DECODERS COULD NOT BE INSTALLED: {', '.join(PINNED)}", file=sys.stderr)
            if os.environ.get("CI") == "true":
                sys.exit(1)
            return
    os.execv(python, [python, __file__, *sys.argv[1:]])


def decoders():
    """The families that can be compared."""
    found = {"table", "apple", "track"}
    for family, modules in (("fit", ("fitdecode",)), ("calendar", ("icalendar", "recurring_ical_events"))):
        try:
            for module in modules:
                __import__(module)
            found.add(family)
        except ImportError:
            print(f"!!! NOT COMPARED: {family} files, for want of {', '.join(modules)}", file=sys.stderr)
    return frozenset(found)


def judge(answer):
    """What is wrong with a file's answer, a line each. Known differences are taken out of it."""
    import known
    file, wrong = answer["file"], []
    answer["known"] = {}
    for check, (theirs, ours) in list(answer["differences"].items()):
        expected = known.KNOWN.get((file, check))
        if expected and expected[:2] == (theirs, ours):
            answer["known"][check] = answer["differences"].pop(check)
        else:
            wrong.append(f"{file}: {check}: theirs {theirs}, ours {ours}")
    expected = known.error_of(file)
    if answer["error"] != expected:
        wrong.append(f"{file}: error {answer['error']}, expected {expected}")
    refused = sum(answer["refused"].values()) - answer.get("startless", 0)
    records = max(answer["theirs"], answer["ours"] + refused)
    if refused > MOST_REFUSED * records:
        if known.REFUSED.get(file, (0,))[0] != refused:
            wrong.append(f"{file}: {refused} of {records} records refused: {answer['refused']}")
        answer["known"]["refused"] = [records, refused]
    wrong += [f"{file}: refusal {code} is not explained" for code in answer["refused"] if code not in known.REFUSALS]
    return wrong


def unused(answers):
    """Known differences that are none any more."""
    import known
    met = {(a["file"], check) for a in answers for check in a["known"]}
    there = {a["file"] for a in answers}
    return [f"{file}: {check}: listed as known, but there is no such difference"
            for file, check in [*known.KNOWN, *((file, "refused") for file in known.REFUSED)]
            if file in there and (file, check) not in met]


def as_one(command, data, files):
    """All files in one twin, again, and in reverse: equal states."""
    from compare import Twin
    wrong = []
    paths = [data / file for file in files]
    reverse = paths[::-1]
    with tempfile.TemporaryDirectory() as folder:
        one, other = (Twin(command, pathlib.Path(folder) / name) for name in ("one.twin", "other.twin"))
        with ProcessPoolExecutor(2) as pool:
            first, _ = pool.map(load, (one, other), (paths, reverse))
            states = list(pool.map(verify, (one, other)))
        for name, state in zip(("in order", "in reverse"), states):
            if not state["ok"]:
                wrong.append(f"one twin, {name}: verify found {len(state['findings'])} faults")
        hashes = [state["state_hash"] for state in states]
        if hashes[0] != hashes[1]:
            wrong.append("one twin: files in reverse order give another state")
        again = load(one, paths)
        new = {pathlib.Path(v["path"]).relative_to(data).as_posix(): v["events"] for v in again if v["events"]}
        wrong += [f"{file}: {count} new events when imported again" for file, count in new.items()]
        state = verify(one)
        if state["state_hash"] != hashes[0] or not state["ok"]:
            wrong.append("one twin: importing everything again gives another state")
        print(f"one twin: {len(paths)} files, {state['events']} events, {sum(v['samples'] for v in first)} samples; "
              f"again: {sum(new.values())} new events; states {'differ' if wrong else 'equal'}, "
              f"verify {'ok' if all(s['ok'] for s in states) else 'NOT OK'}")
    return wrong


def load(twin, paths):
    return twin.load(*paths)[1]


def verify(twin):
    return twin.verify()


def folder_of(file):
    parts = pathlib.PurePath(file).parts
    return "/".join(parts[:2]) if parts[0] in ("activity_files", "calendars", "rr_intervals") else parts[0]


def tell(answers):
    """Prints figures by folder and refusals by code."""
    import known
    rows = defaultdict(lambda: [0] * 7)
    codes = Counter()
    for a in answers:
        row = rows[folder_of(a["file"])]
        figures = (1, a["theirs"], a["ours"], sum(a["refused"].values()), sum(a["compared"].values()),
                   len(a["known"]), len(a["differences"]))
        row[:] = [x + y for x, y in zip(row, figures)]
        codes.update(a["refused"])
    rows["all"] = [sum(column) for column in zip(*rows.values())]
    head = ("files", "theirs", "ours", "refused", "values", "known", "wrong")
    print(f"{'folder':44}" + "".join(f"{name:>9}" for name in head))
    for name, row in rows.items():
        print(f"{name:44}" + "".join(f"{n:>9}" for n in row))
    errors = Counter(a["error"] for a in answers if a["error"])
    print("errors: " + ", ".join(f"{code} {n}" for code, n in sorted(errors.items())))
    print("refusals:")
    for code, count in sorted(codes.items()):
        print(f"  {code:22} {count:>6}  {known.REFUSALS.get(code, '?')}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", default=str(ROOT / "target" / "ci" / "humantwin"), help="the command")
    parser.add_argument("--json", metavar="FILE", help="write the figures of every file")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", help="only files whose name holds this; without the twin of all")
    args = parser.parse_args()
    data = pathlib.Path(os.environ.get("HUMANTWIN_DATA") or ROOT.parent / "shared" / "data").resolve()
    if not data.is_dir():
        print("skipped: no data folder")
        return 0
    if not os.access(args.bin, os.X_OK):
        print(f"no command at {args.bin}; build it with: cargo build --profile ci -p humantwin-cli", file=sys.stderr)
        return 2
    enter_environment()
    sys.path.insert(0, str(HERE))
    from compare import compare
    started = time.monotonic()
    files = sorted({p.relative_to(data).as_posix() for g in FOLDERS for p in data.glob(g) if p.is_file()})
    chosen = [f for f in files if args.only in f]
    families = decoders()
    jobs = [(str(pathlib.Path(args.bin).resolve()), str(data), file, families) for file in chosen]
    # The largest first, so that no process waits for the other at the end.
    jobs.sort(key=lambda job: -(data / job[2]).stat().st_size)
    with ProcessPoolExecutor(args.jobs) as pool:
        answers = sorted(pool.map(compare, jobs), key=lambda a: a["file"])
    wrong = [line for answer in answers for line in judge(answer)]
    if not args.only and len(families) == 5:
        wrong += unused(answers)
    tell(answers)
    if not args.only:
        wrong += as_one(jobs[0][0], data, files)
    if args.json:
        pathlib.Path(args.json).write_text(json.dumps(answers, indent=1) + "\n")
    for line in wrong:
        print(f"WRONG {line}")
    print(f"{len(answers)} files in {time.monotonic() - started:.0f} s: {f'{len(wrong)} wrong' if wrong else 'ok'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
