"""How a twin shows itself in a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from ._error import TwinError
from ._errors import UnsupportedError
from ._wire import micros, parse_time

if TYPE_CHECKING:
    from ._twin import Twin

_METRIC = "heart_rate"
_STEP_S = 300.0
_WIDTH, _HEIGHT = 560.0, 96.0

_STYLE = (
    "color:CanvasText;background:Canvas;color-scheme:light dark;border:1px solid color-mix(in srgb,"
    "currentColor 25%,transparent);border-radius:8px;padding:12px 16px;max-width:592px;font:14px/1.5 sans-serif"
)


_CELL = "padding:0 16px 0 0;text-align:left;vertical-align:top;background:none;border:0;font-weight:inherit"


def card(twin: Twin) -> str:
    """The state as a small HTML card that needs nothing from outside."""
    head = escape(repr(twin))
    if twin.closed:
        return f'<div style="{_STYLE}">{head}</div>'
    try:
        state = twin.state()
        chart = _chart(twin, state["day"]["start"], state["at"])
    except TwinError as why:
        return f'<div style="{_STYLE}">{head}<br>{escape(str(why))}</div>'
    rows = "".join(
        f'<tr style="background:none"><th style="{_CELL}">{escape(name)}</th>'
        f'<td style="{_CELL}">{" · ".join(escape(figure) for figure in figures)}</td></tr>'
        for name, figures in _sections(state["day"])
    )
    table = f'<table style="border:0;margin:8px 0">{rows}</table>'
    table = table if rows else "<p>Nothing is known of this day.</p>"
    return (
        f'<div style="{_STYLE}"><strong>{escape(twin.person)}</strong>, {escape(state["day"]["date"])}'
        f"{table}{chart}<small>Nothing here is a diagnosis.</small></div>"
    )


def _sections(day: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """The parts of a day with their figures, named as the fields are: `asleep min 467.5`."""
    for name, value in {"": day, **day}.items():
        if isinstance(value, Mapping) and (figures := [*_figures(value)]):
            yield _words(name), figures


def _figures(part: Mapping[str, Any]) -> Iterator[str]:
    for name, value in part.items():
        if isinstance(value, int | float) and not isinstance(value, bool) and name != "lived_offset_s":
            yield f"{_words(name)} {round(value, 1 if abs(value) >= 10 else 2):,.10g}"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _chart(twin: Twin, start: str, end: str) -> str:
    """The heart rate of the day as a line; broken where nothing is known."""
    columns = twin.series(_METRIC, from_=start, to=end, every_s=_STEP_S)
    if len(columns) < 2:
        return ""
    first, last = micros(parse_time(start)), micros(parse_time(end))
    low, high = float(columns.values.min()), float(columns.values.max())
    path, before = [], None
    for at, value in zip(columns.starts_us.tolist(), columns.values.tolist(), strict=True):
        x = 8 + (_WIDTH - 16) * (at - first) / max(last - first, 1)
        y = _HEIGHT - 8 - (_HEIGHT - 16) * (value - low) / max(high - low, 1e-9)
        joined = before is not None and at - before <= 3e6 * _STEP_S
        path.append(f"{'L' if joined else 'M'}{x:.1f} {y:.1f}h0")
        before = at
    told = f"{_words(_METRIC)}: {low:.4g} to {high:.4g} {columns.unit}"
    return (
        f'<svg viewBox="0 0 {_WIDTH:.0f} {_HEIGHT:.0f}" width="100%" role="img" aria-label="{escape(told)}">'
        f'<path d="{"".join(path)}" fill="none" stroke="#d6456b" stroke-width="2" stroke-linecap="round" '
        f'stroke-linejoin="round"/></svg><div>{escape(told)}</div>'
    )


def plot(twin: Twin, metric: str, *, ax: Any = None, **query: Any) -> Any:
    """Draws a metric over time."""
    try:
        from matplotlib import pyplot
    except ImportError:
        raise UnsupportedError("`plot` needs matplotlib: install `humantwin[plot]`") from None
    columns = twin.series(metric, **query)
    if ax is None:
        _, ax = pyplot.subplots(figsize=(9, 3), layout="constrained")
    ax.plot(columns.starts, columns.values, ".-", linewidth=1, markersize=2)
    ax.set_title(_words(metric))
    ax.set_ylabel(columns.unit)
    ax.set_xlabel("time (UTC)")
    return ax
