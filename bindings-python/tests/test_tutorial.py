"""The tutorial's snippets run from the top."""

import re
from pathlib import Path

import pytest
from conftest import ROOT

TEXT = (ROOT / "docs/tutorials/python.md").read_text(encoding="utf-8")


def test_the_tutorial_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    snippets = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    assert len(snippets) >= 6
    for snippet in snippets:
        exec(compile(snippet, "docs/tutorials/python.md", "exec"), names)
    told = capsys.readouterr().out
    assert told.startswith("you slept 7.5 h, 80 mg caffeine, heart rate 61\n1\n1\n2026-03-01T08:00:00")
    assert "['start', 'duration', 'value']" in told
    assert "figures differ" in told
    assert "invalid_value a time has no zone" in told


def test_the_tutorial_says_what_the_quickstart_prints(capsys: pytest.CaptureFixture[str]) -> None:
    program = (ROOT / "examples/python/quickstart.py").read_text(encoding="utf-8")
    exec(compile(program, "quickstart.py", "exec"), {})
    assert capsys.readouterr().out in TEXT


def test_the_working_day_is_that_of_every_language(capsys: pytest.CaptureFixture[str]) -> None:
    program = (ROOT / "examples/python/work.py").read_text(encoding="utf-8")
    exec(compile(program, "work.py", "exec"), {})
    assert capsys.readouterr().out == (ROOT / "examples/work.txt").read_text(encoding="utf-8")


def test_the_prediction_is_that_of_every_language(capsys: pytest.CaptureFixture[str]) -> None:
    program = (ROOT / "examples/python/predict.py").read_text(encoding="utf-8")
    exec(compile(program, "predict.py", "exec"), {})
    assert capsys.readouterr().out == (ROOT / "examples/predict.txt").read_text(encoding="utf-8")
