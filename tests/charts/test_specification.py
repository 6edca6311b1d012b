"""The specification that the browser gets: rows apart, under names that a change of numbers does not change."""

import pytest

from roi_core.charts import LIGHT, fan
from roi_core.charts.theme import specification
from roi_core.results import Absent, Grade
from roi_core.scenarios import Fan, FanRow


def months(step: float) -> Fan:
    rows = tuple(FanRow(month, step * month, -2.0 * month, -month, 2.0 * month, 4.0 * month, 0.5 * month) for month in range(13))
    return Fan(rows, net=True, grade=Grade.B)


def drawn(step: float) -> dict[str, object]:
    chart = fan.draw(months(step), LIGHT)
    assert not isinstance(chart, Absent)
    return specification(chart)


def test_other_numbers_on_the_same_axes_are_the_same_specification() -> None:
    one, other = drawn(1.0), drawn(1.1)
    rows, others = one.pop("datasets"), other.pop("datasets")
    assert one == other
    assert rows != others


def test_every_layer_finds_its_rows_and_none_is_lost() -> None:
    written = drawn(1.0)
    datasets = written["datasets"]
    assert isinstance(datasets, dict)
    names = [layer["data"]["name"] for layer in written["layer"]]  # type: ignore[attr-defined]
    assert set(names) == set(datasets)
    line = datasets[names[1]].to_pydict()
    assert line["y"] == pytest.approx([float(month) for month in range(13)])
