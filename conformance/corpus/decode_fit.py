#!/usr/bin/env python3
"""Reads FIT files with an independent decoder and prints what it found, as one JSON object a file.

    pip install fitdecode==0.11.0
    python decode_fit.py [--all] FILE...

Each object holds: `file`; `messages` (count by name, `unknown_<number>` where the decoder has none);
`records`; and lists of [unix seconds, value] in file order: `heart_rate` (zeros left out: sensor off),
`power`, `cadence`, `speed` (m/s, `enhanced_speed` before `speed`). `beats_ms`: the beats of `hrv`
messages. `heart_rate_stored`: the rates of `hr` messages, [null, value]. `error`: why reading ended
early; what came before it is there. With `--all`, `fields` has every number of every field of the
records in the same form, lists as `name[i]`.

Damaged files are read as far as the decoder comes; checksums are not asked for.
"""

import json
import sys
import warnings

import fitdecode


def seconds(message):
    """Unix seconds of a message; None where it has no time, or one since the device was switched on."""
    value = message.get_value("timestamp", fallback=None)
    return value.timestamp() if hasattr(value, "timestamp") else None


def first_valid(message, *names):
    """The first of these fields that holds a number."""
    for name in names:
        if message.has_field(name):
            for field in message.get_fields(name):
                value = field.value
                if isinstance(value, (int, float)) and not isinstance(value, bool):
                    return value
    return None


def field_name(field):
    """`dev.<name>` for developer fields, else the profile's name or `unknown_<number>`."""
    if field.field_def is not None and field.field_def.is_dev:
        return f"dev.{field.name}"
    return field.parent_field.name if field.parent_field else field.name


def take_fields(fields, at, message):
    """Every number of a record, as it was decoded; raw where the decoder makes a word of it."""
    for field in message.fields:
        if field.field_def is None or field.name == "timestamp":
            continue  # computed by the decoder, not in the file
        value = field.value
        if not isinstance(value, (int, float, tuple)) or isinstance(value, bool):
            value = field.raw_value
        name = field_name(field)
        if isinstance(value, tuple):
            for i, element in enumerate(value):
                if isinstance(element, (int, float)):
                    fields.setdefault(f"{name}[{i}]", []).append([at, element])
        elif isinstance(value, (int, float)):
            fields.setdefault(name, []).append([at, value])


def decode(path, everything=False):
    """What one file holds."""
    found = {
        "file": path, "messages": {}, "records": 0, "heart_rate": [], "power": [], "cadence": [],
        "speed": [], "beats_ms": [], "heart_rate_stored": [], "fields": {}, "error": None,
    }
    wanted = (
        ("heart_rate", ("heart_rate",)), ("power", ("power",)), ("cadence", ("cadence",)),
        ("speed", ("enhanced_speed", "speed")),
    )
    try:
        with fitdecode.FitReader(
            path, check_crc=fitdecode.CrcCheck.DISABLED, error_handling=fitdecode.ErrorHandling.IGNORE,
        ) as reader:
            for frame in reader:
                if not isinstance(frame, fitdecode.FitDataMessage):
                    continue
                found["messages"][frame.name] = found["messages"].get(frame.name, 0) + 1
                if frame.name == "record":
                    found["records"] += 1
                    at = seconds(frame)
                    for name, fields in wanted:
                        value = first_valid(frame, *fields)
                        if value is not None and not (name == "heart_rate" and value == 0):
                            found[name].append([at, value])
                    if everything:
                        take_fields(found["fields"], at, frame)
                elif frame.name == "hrv":
                    times = frame.get_value("time", fallback=None)
                    times = times if isinstance(times, tuple) else (times,)
                    found["beats_ms"] += [round(t * 1000) for t in times if t is not None]
                elif frame.name == "hr":
                    rates = frame.get_value("filtered_bpm", fallback=None)
                    rates = rates if isinstance(rates, tuple) else (rates,)
                    found["heart_rate_stored"] += [[None, r] for r in rates if r]
    except (fitdecode.FitError, AssertionError, ValueError, KeyError) as error:
        found["error"] = f"{type(error).__name__}: {error}"
    if not everything:
        del found["fields"]
    return found


def main():
    arguments = sys.argv[1:]
    everything = "--all" in arguments
    warnings.simplefilter("ignore")
    for path in (a for a in arguments if a != "--all"):
        json.dump(decode(path, everything), sys.stdout)
        sys.stdout.write("\n")


if __name__ == "__main__":
    main()
