"""Errors: every code, closing, a bug inside, a file of somebody else."""

import json
import pickle
import subprocess
import sys
from pathlib import Path

import humantwin
import pytest
from conftest import NOW, ROOT, coffee
from humantwin import Twin, TwinError
from humantwin._error import error_of

CODES = [row["code"] for row in json.loads((ROOT / "schemas/errors.json").read_text())["errors"]]


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_class(code: str) -> None:
    name = "".join(part.title() for part in code.split("_")) + "Error"
    kind = getattr(humantwin, name)
    assert name in humantwin.__all__
    assert issubclass(kind, TwinError)
    error = error_of(code, "it is so", "state")
    assert type(error) is kind
    assert (error.code, error.message, error.context, str(error)) == (
        code,
        "it is so",
        "state",
        "state: it is so",
    )
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.code, str(again)) == (kind, code, str(error))


def test_a_code_of_a_newer_core_is_a_plain_error() -> None:
    error = error_of("levitation_failed", "no", None)
    assert type(error) is TwinError
    assert error.code == "levitation_failed"


def test_a_closed_twin_says_so(twin: Twin) -> None:
    watch = twin.watch({"type": "days", "last": 1})
    assert not twin.closed
    twin.close()
    twin.close()
    assert twin.closed
    assert twin.engine.closed
    for call in (twin.state, twin.export, watch.poll, lambda: twin.series("heart_rate")):
        with pytest.raises(humantwin.NotFoundError, match="closed"):
            call()
    with pytest.raises(LookupError):
        twin.engine.twin()


def test_a_watch_that_ended_says_so(twin: Twin) -> None:
    with twin.watch({"type": "days", "last": 1}) as watch:
        watch.poll()
    with pytest.raises(humantwin.NotFoundError, match="the watch has ended"):
        watch.poll()


def test_a_bug_inside_arrives_and_the_process_lives_on(twin: Twin, capfd: pytest.CaptureFixture[str]) -> None:
    twin.record(coffee("1"))
    with pytest.raises(humantwin.InternalError):
        twin.drill()
    assert twin.state()["day"]["caffeine_mg"] == 80.0
    capfd.readouterr()


HOLD = """
import sys, humantwin
with humantwin.open(sys.argv[1]) as twin:
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_file_that_another_process_holds(tmp_path: Path) -> None:
    path = tmp_path / "me.twin"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(humantwin.ConflictError):
            humantwin.open(path)
        other.communicate("")
    with humantwin.open(path) as twin:
        assert twin.verify()["ok"]


def test_a_file_keeps_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "me.twin"
    with humantwin.open(path, now=NOW) as twin:
        twin.record(coffee("1"))
        told = twin.state()["state_hash"]
        with humantwin.open(str(path), read_only=True, now=NOW) as reader:
            assert reader.state()["state_hash"] == told
            with pytest.raises(TwinError):
                reader.record(coffee("2"))
    with humantwin.open(path, now=NOW) as twin:
        assert twin.state()["state_hash"] == told


def test_a_file_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "me.twin"
    path.write_bytes(b"this is a letter, and no twin" * 100)
    with pytest.raises(TwinError) as refused:
        humantwin.open(path)
    assert refused.value.code in CODES


def test_repr_tells_no_health(twin: Twin) -> None:
    twin.record(coffee("1", 83.5))
    assert repr(twin) == "<humantwin.Twin `me` for own_use, in memory, open>"
    assert repr(twin.engine) == "<humantwin.Engine in memory, open>"
    twin.close()
    assert repr(twin).endswith("closed>")
