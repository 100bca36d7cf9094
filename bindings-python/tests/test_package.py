"""The package as a whole: its methods are the verbs, its command, its pictures, its types."""

import inspect
import json
import subprocess
import sys
import typing
from pathlib import Path
from typing import Any

import humantwin
import pytest
from conftest import NOW, ROOT, START_US, coffee
from humantwin import Twin
from humantwin._verbs import Verbs

VERBS = json.loads((ROOT / "schemas/verbs.json").read_text())["verbs"]
LANES = {"series", "series_frame"}
NAMES = {"import": "import_file"}
PARAMETERS = {"import": {"file", "progress"}, "merge": {"file"}, "receive": {"file"}}


def test_methods_are_the_verbs() -> None:
    methods = {name for name, _ in inspect.getmembers(Verbs, inspect.isfunction) if not name.startswith("_")}
    assert methods == {NAMES.get(verb["name"], verb["name"]) for verb in VERBS} | LANES


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb["name"])
def test_a_method_takes_and_gives_what_its_verb_does(verb: dict[str, Any]) -> None:
    method = getattr(Twin, NAMES.get(verb["name"], verb["name"]))
    schema = json.loads((ROOT / f"schemas/requests/{verb['request']}.json").read_text())
    fields = set(schema.get("properties", {}))
    if verb["takes_bytes"]:
        fields.discard("path")
    given = {name.removesuffix("_") for name in inspect.signature(method).parameters} - {"self"}
    assert given == fields | PARAMETERS.get(verb["name"], set())
    gives = typing.get_type_hints(method)["return"]
    assert (
        getattr(gives, "__name__", None)
        == {"json": verb["answer"], "text": "str", "bytes": "bytes"}[verb["gives"]]
    )
    assert " ".join(method.__doc__.split()).startswith(" ".join(verb["about"].split()))


def test_types_hold_the_fields_of_the_schemas() -> None:
    for path in (ROOT / "schemas/views").glob("*.json"):
        schema = json.loads(path.read_text())
        kind = getattr(humantwin.types, path.stem, None)
        if kind is None or "properties" not in schema:
            continue
        assert set(kind.__annotations__) == set(schema["properties"]), path.stem


def test_the_command_comes_with_the_package(tmp_path: Path) -> None:
    def command(*args: object) -> "subprocess.CompletedProcess[str]":
        words = [sys.executable, "-m", "humantwin", *map(str, args)]
        return subprocess.run(words, capture_output=True, text=True, cwd=tmp_path, check=False)

    done = command("demo", "--days", 3, "-o", tmp_path / "demo")
    assert done.returncode == 0, done.stderr
    assert "verify: all is well" in done.stdout
    assert command("state", tmp_path / "nothing.twin").returncode == 1
    assert command("levitate").returncode == 2
    with humantwin.open(tmp_path / "demo/person.twin", read_only=True) as twin:
        assert twin.state()["days"] > 0


def test_a_card_shows_the_state(twin: Twin) -> None:
    assert "Nothing is known" in twin._repr_html_()
    twin.record(coffee("1", 83.5))
    twin.record_series(
        "strap", "heart_rate", "/min", [START_US + i * 60_000_000 for i in range(60)], range(50, 110)
    )
    page = twin._repr_html_()
    assert "caffeine mg" in page
    assert "83.5" in page
    assert page.count("<svg") == 1
    assert "http" not in page
    assert "<script" not in page
    twin.close()
    assert "83.5" not in twin._repr_html_()


def test_a_card_escapes_and_keeps_what_may_not_be_seen() -> None:
    with humantwin.open(person="<b>x</b>", now=NOW) as twin:
        assert "<b>" not in twin._repr_html_()
        coach = twin.engine.twin("<b>x</b>", actor="coach", purpose="work")
        page = coach._repr_html_()
        assert "no grant" in page
        assert "<b>" not in page


def test_a_metric_is_drawn(twin: Twin) -> None:
    import matplotlib

    matplotlib.use("agg")
    twin.record_series("strap", "heart_rate", "/min", [START_US, START_US + 1_000_000], [60, 61])
    axes = twin.plot("heart_rate")
    assert axes.lines[0].get_ydata().tolist() == [60.0, 61.0]
    assert axes.get_ylabel() == "/min"


def test_drawing_without_matplotlib_says_what_to_do(twin: Twin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(humantwin.UnsupportedError, match="matplotlib"):
        twin.plot("heart_rate")


def test_the_package_is_light_to_import() -> None:
    program = (
        "import sys, humantwin; print([m for m in ('numpy', 'pandas', 'matplotlib') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_version_is_that_of_the_wheel() -> None:
    from importlib.metadata import version

    assert version("humantwin") == humantwin.__version__
