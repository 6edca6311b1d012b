"""Naughty strings and SQL as the names in a chart: as many marks as with plain names, and the names only ever as data."""

import importlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from roi_core.charts import LIGHT
from roi_core.measured import FunnelStep
from tests.charts import examples
from tests.ingest.naughty import NAUGHTY
from tests.injections import injections

NAMES = tuple(dict.fromkeys(name for name in (*NAUGHTY, *injections(Path("elsewhere"))) if name.strip()))
_ROWS = 8
CHARTS: dict[str, Callable[[tuple[str, ...]], Any]] = {
    "ladder": examples.effect,
    "balance": examples.balance,
    "segments": examples.segments,
    "funnel": lambda names: tuple(FunnelStep(name, 100 - n, 1_000 - n, name) for n, name in enumerate(names)),
}


def marks(name: str, names: tuple[str, ...]) -> tuple[list[int], str]:
    """Rows of every layer that is no text, and the specification without its data."""
    chart = importlib.import_module(f"roi_core.charts.{name}").draw(CHARTS[name](names), LIGHT)
    drawn = [len(rows) for layer, rows in examples.layers(chart) if layer["mark"]["type"] != "text"]
    return drawn, json.dumps({key: value for key, value in chart.to_dict().items() if key != "datasets"})


@cache
def plain_marks(name: str, n: int) -> list[int]:
    """The same chart of as many plain names."""
    return marks(name, tuple(f"name {i}" for i in range(n)))[0]


@pytest.mark.parametrize("name", CHARTS)
def test_as_many_marks_are_drawn_as_with_plain_names(name: str) -> None:
    assert len(NAMES) > 600
    for start in range(0, len(NAMES), _ROWS):
        hostile = NAMES[start : start + _ROWS]
        drawn, specification = marks(name, hostile)
        assert drawn == plain_marks(name, len(hostile))
        assert sum(drawn) >= len(hostile)
        assert [text for text in hostile if len(text) > 12 and json.dumps(text)[1:-1] in specification] == []
