"""Over everything declared: no metric without its meaning, no SQL that only one engine understands."""

import re

import pytest
import sqlglot

from roi_core.engine import definition
from roi_core.metrics import METRICS, Better, Shape, compute_by, connect
from roi_core.metrics.needs import NEEDS
from roi_core.metrics.readiness import UPLOADS
from roi_core.metrics.shapes import DIMENSIONS, SUMMED
from roi_core.results import Absent
from roi_core.sentences import catalogue, slots
from roi_core.sources import SOURCES
from roi_core.units import Unit
from tests.engine.test_definitions import DIALECTS

EVERY = pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)


@EVERY
def test_declaration_is_whole(metric):
    assert METRICS[metric.key] is metric
    assert re.fullmatch(r"[a-z][a-z0-9_]+", metric.key)
    assert metric.title
    assert metric.unit in Unit
    assert metric.better in Better
    assert SOURCES[metric.source].citation
    assert metric.reason.endswith(".")
    assert metric.needs
    assert all(need in NEEDS for need in metric.needs)
    assert metric.benchmark is None or SOURCES[metric.benchmark.source].checked


@EVERY
def test_formula_is_balanced_latex(metric):
    assert metric.formula.count("{") == metric.formula.count("}") > 0 or metric.formula == r"\sum_i 1"
    assert set(re.findall(r"\\[a-zA-Z]+", metric.formula)) <= {r"\sum", r"\frac", r"\text", r"\operatorname", r"\ge"}


@EVERY
def test_expressions_run_on_every_engine(metric):
    for expression in metric.pair if metric.shape in SUMMED else [metric.value or "1"]:
        for dialect in DIALECTS:
            rendered = sqlglot.transpile(expression, read="duckdb", write=dialect)[0]
            assert sqlglot.parse_one(rendered, read=dialect)


@EVERY
def test_inputs_of_a_derived_metric_are_declared(metric):
    assert (metric.shape is Shape.DERIVED) == bool(metric.inputs)
    assert all(METRICS[key].shape in SUMMED for key in metric.inputs)
    assert set(metric.needs) >= {need for key in metric.inputs for need in METRICS[key].needs}


@EVERY
def test_every_dimension_can_be_asked_and_another_is_refused(metric):
    with connect({}) as con:
        for dimension in metric.dimensions:
            assert isinstance(compute_by(metric, con, by=dimension), Absent)
        assert "is not known by" in compute_by(metric, con, by="moon").reason


@pytest.mark.parametrize("table", DIMENSIONS)
def test_dimensions_are_columns_of_the_definition(table):
    named = sqlglot.parse_one(definition(f"metric_{table}"), read="duckdb").named_selects
    assert {"cluster_no", *DIMENSIONS[table]} <= set(named)


@pytest.mark.parametrize("need", NEEDS.values(), ids=NEEDS)
def test_every_need_has_its_words_and_its_upload(need):
    assert need.absent.reason
    assert need.absent.next_step
    assert need.table in DIMENSIONS
    assert set(need.uploads) <= set(UPLOADS)


def test_every_reason_for_absence_has_a_next_step():
    named = {family: {key.split(".")[1] for key in catalogue() if key.startswith(f"{family}.")} for family in ("metric_missing", "metric_next")}
    assert named["metric_missing"] == named["metric_next"]
    assert all(not slots(f"metric_next.{name}") for name in named["metric_next"])
