"""The scenarios that every language replays, through the methods of the verbs."""

import json
import keyword
from collections.abc import Callable
from pathlib import Path
from typing import Any

import humantwin
import numpy as np
import pytest
from conftest import ROOT

FOLDER = ROOT / "conformance/scenarios"
SCENARIOS = sorted(FOLDER.glob("*.json"))
VERBS = json.loads((ROOT / "schemas/verbs.json").read_text(encoding="utf-8"))["verbs"]
TAKES_BYTES = {verb["name"] for verb in VERBS if verb["takes_bytes"]}
NAMES = {"import": "import_file"}


def test_there_are_scenarios() -> None:
    assert len(SCENARIOS) >= 5


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_scenario(path: Path) -> None:
    things: dict[str, Any] = {}
    for number, step in enumerate(json.loads(path.read_text(encoding="utf-8"))["steps"]):
        told = f"step {number} of {path.stem}"
        try:
            answer = run(step, things)
        except humantwin.TwinError as error:
            assert "error" in step, f"{told}: {error}"
            assert {"code": error.code, "message": error.message} == step["error"], told
            continue
        assert "error" not in step, f"{told}: no error, but {answer}"
        if "expect" in step:
            assert_same(answer, step["expect"], told)
        if "expect_text" in step:
            assert answer == step["expect_text"], told
        for part in step.get("expect_has", []):
            assert part in answer, told


def run(step: dict[str, Any], things: dict[str, Any]) -> Any:
    """Does a step and gives its answer."""
    if "open" in step:
        engine = humantwin.Engine(**step.get("options", {}))
        things[step["open"]] = engine.twin(step.get("person", "me"), **step.get("access", {}))
    elif "twin_of" in step:
        twin = things[step["twin_of"]]
        things[step["as"]] = twin.engine.twin(step.get("person", twin.person), **step.get("access", {}))
    elif "verb" in step:
        return verb(things, step)
    elif "series_in" in step:
        columns = step["series_in"]
        return things[step["on"]].record_series(
            columns["source"],
            columns["metric"],
            columns["unit"],
            np.array(columns["starts_us"], np.int64),
            np.array(columns["values"], np.float64),
            np.array(columns["durations_us"], np.int64),
        )
    elif "series_out" in step:
        columns = things[step["on"]].series(**arguments(step["series_out"]))
        return {
            "unit": columns.unit,
            "starts_us": columns.starts_us.tolist(),
            "durations_us": columns.durations_us.tolist(),
            "values": columns.values.tolist(),
        }
    elif "watch" in step:
        things[step["as"]] = things[step["on"]].watch(step["watch"])
    elif "poll" in step:
        return things[step["poll"]].poll()
    elif "close" in step:
        things[step["close"]].close()
    else:
        raise AssertionError(f"a step of no kind: {step}")
    return None


def verb(things: dict[str, Any], step: dict[str, Any]) -> Any:
    name = step["verb"]
    method: Callable[..., Any] = getattr(things[step["on"]], NAMES.get(name, name))
    given = arguments(step.get("request") or {})
    if name not in TAKES_BYTES:
        return method(**given)
    file: Any = given.pop("path", None)
    if "file" in step:
        file = (FOLDER / step["file"]).read_bytes()
    elif "packed" in step:
        file = things[step["packed"]].pack()
    return method(file, **given)


def arguments(request: dict[str, Any]) -> dict[str, Any]:
    return {f"{name}_" if keyword.iskeyword(name) else name: value for name, value in request.items()}


def assert_same(found: Any, expected: Any, where: str) -> None:
    """Equal as JSON: null is absent, floats within 1e-9, whole numbers exactly."""
    if isinstance(expected, dict):
        assert isinstance(found, dict), where
        names = {n for side in (found, expected) for n, value in side.items() if value is not None}
        for name in names:
            assert_same(found.get(name), expected.get(name), f"{where}, {name}")
    elif isinstance(expected, list):
        assert isinstance(found, list), where
        assert len(found) == len(expected), where
        for i, (one, other) in enumerate(zip(found, expected, strict=True)):
            assert_same(one, other, f"{where}, {i}")
    elif isinstance(expected, float) and isinstance(found, int | float):
        assert found == pytest.approx(expected, rel=1e-9, abs=0), where
    else:
        assert found == expected, where
        assert isinstance(found, bool) == isinstance(expected, bool), where
