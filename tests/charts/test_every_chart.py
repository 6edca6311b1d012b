"""What holds for every chart, whatever it shows."""

import importlib
import json
import pkgutil
import re
from typing import Any

import altair as alt
import pytest

from roi_core import charts
from roi_core.charts import DARK, LIGHT, Palette
from roi_core.charts.theme import MOST_MARKS, inline
from roi_core.results import Absent
from tests.charts import examples

NAMES = [m.name for m in pkgutil.iter_modules(charts.__path__) if hasattr(importlib.import_module(f"roi_core.charts.{m.name}"), "draw")]
FIELDS = {
    *("x", "x2", "y", "y2", "low", "high", "low_half", "high_half", "today", "colour", "label", "count", "share"),
    *("name", "shown", "interval", "n"),
}
COLOUR = r"#[0-9A-Fa-f]{6}\b"


def module(name: str) -> Any:
    return importlib.import_module(f"roi_core.charts.{name}")


def spec(name: str, palette: Palette = LIGHT, *, narrow: bool = False) -> dict[str, Any]:
    return module(name).draw(*examples.ARGS[name](), palette, narrow=narrow).to_dict()


def walk(node: Any):
    yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from walk(child)


def test_every_chart_has_an_example():
    assert set(NAMES) == set(examples.ARGS)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("narrow", [False, True])
def test_the_specification_is_valid_and_small(name: str, narrow: bool):
    chart = module(name).draw(*examples.ARGS[name](), LIGHT, narrow=narrow)
    alt.LayerChart.from_dict(chart.to_dict(), validate=True)
    marks = [len(rows) for _, rows in examples.layers(chart)]
    assert 0 < sum(marks) <= MOST_MARKS


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("narrow", [False, True])
def test_in_the_dark_it_is_the_same_picture_in_other_colours(name: str, narrow: bool):
    """What is valid in one theme is valid in the other."""
    light, dark = (re.sub(COLOUR, "#", json.dumps(spec(name, palette, narrow=narrow))) for palette in (LIGHT, DARK))
    assert light == dark


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("palette", "other"), [(LIGHT, DARK), (DARK, LIGHT)], ids=["light", "dark"])
def test_no_colour_of_the_other_theme_and_none_of_its_own(name: str, palette: Palette, other: Palette):
    found = set(re.findall(COLOUR, json.dumps(spec(name, palette))))
    assert found <= {getattr(palette, field) for field in palette.__slots__}
    assert not found & {getattr(other, field) for field in other.__slots__}


@pytest.mark.parametrize("name", NAMES)
def test_fields_are_fixed_names_and_no_text_stands_in_an_expression(name: str):
    nodes = list(walk({key: value for key, value in spec(name).items() if key != "datasets"}))
    fields = {node["field"] for node in nodes if isinstance(node, dict) and isinstance(node.get("field"), str)}
    expressions = {node["labelExpr"] for node in nodes if isinstance(node, dict) and "labelExpr" in node}
    assert fields <= FIELDS
    assert all(re.fullmatch(r"datum\.value == 0 \? '0' : format\(datum\.value / \d+, ',~f'\) \+ '[kM]'", e) for e in expressions)
    assert not any(isinstance(node, dict) and {"test", "url", "transform"} & set(node) for node in nodes)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "sparkline"])
def test_the_value_axis_says_what_it_measures_and_in_what(name: str):
    titles = {layer["encoding"]["x"].get("title") for layer in spec(name)["layer"]} - {None}
    titles |= {layer["encoding"]["y"].get("title") for layer in spec(name)["layer"]} - {None}
    assert titles
    assert any(word in " ".join(titles) for word in ("points", "%", "USD", "customers", "standard deviations"))


@pytest.mark.parametrize("name", NAMES)
def test_words_and_table_go_with_the_picture(name: str):
    said, table = module(name).describe(*examples.ARGS[name]()), module(name).table(*examples.ARGS[name]())
    assert said[0].isupper() or said[0].isdigit()
    assert said.endswith(".")
    assert table.num_rows >= 1
    assert {str(column.type) for column in table.columns} == {"string"}


@pytest.mark.parametrize("name", ["curves", "balance", "dose", "doubt", "segments", "overlap", "fan", "tornado"])
def test_what_is_absent_is_handed_on_with_its_reason(name: str):
    nothing = Absent("The files hold no month to follow.")
    assert module(name).draw(nothing, LIGHT) is nothing
    assert module(name).describe(nothing) == nothing.reason
    assert module(name).table(nothing).num_rows == 0


def test_a_chart_of_more_than_1000_marks_is_an_error():
    with pytest.raises(ValueError, match="1001"):
        inline([{"x": 1}] * 1_001)
