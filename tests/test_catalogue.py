"""Over everything declared: no metric without its meaning, no SQL that only one engine understands."""

import re

import pytest
import sqlglot

from roi_core.engine import definition
from roi_core.metrics import METRICS, Better, Shape, compute_all, connect
from roi_core.metrics.needs import NEEDS, need
from roi_core.metrics.readiness import UPLOADS
from roi_core.metrics.shapes import SUMMED
from roi_core.metrics.tables import TABLES
from roi_core.schema import LOADED
from roi_core.sentences import catalogue, say, slots
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
    assert all(need(key).absent.next_step for key in metric.needs)
    assert metric.benchmark is None or SOURCES[metric.benchmark.source].checked


@EVERY
def test_who_counts_contacts_of_months_says_that_cancellations_are_none(metric):
    """Customer months hold no contact that asks to cancel, the table of contacts does."""
    if metric.table == "person_months" and metric.shape in SUMMED and re.search(r"\bcontacts\b", " ".join(map(str, metric.pair))):
        assert "ask to cancel" in metric.reason


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


@pytest.mark.parametrize("table", TABLES)
def test_dimensions_are_columns_of_the_definition(table):
    named = sqlglot.parse_one(definition(f"metric_{table}"), read="duckdb").named_selects
    own = TABLES[table]
    inherited = sqlglot.parse_one(definition("metric_contacts"), read="duckdb").named_selects if "*" in named else []
    place = (*(("month",) if own.has_month else ()), *(("at_s",) if own.timed else ()), *(("currency",) if own.own_currency else ()))
    assert {"cluster_no", *own.row, *own.dimensions, *place} <= {*named, *inherited}


@pytest.mark.parametrize("declared", NEEDS.values(), ids=NEEDS)
def test_every_need_has_its_words_and_its_upload(declared):
    assert declared.absent.reason
    assert declared.absent.next_step
    assert declared.table in TABLES
    assert set(declared.uploads) <= set(UPLOADS)


def test_one_of_what_is_counted_is_called_as_one():
    assert METRICS["support_cost"].counted_as(1) == "line of cost"
    assert METRICS["support_cost"].counted_as(2) == "lines of cost"
    assert {metric.counted_as(1) for metric in METRICS.values()} == {"customer", "month", "agent", "survey", "line of cost"}


def test_a_reason_names_columns_that_a_file_can_hold():
    """Not what is worked out from them, such as `again_90d` or `days_to_second`."""
    asked = {key: need(key) for metric in METRICS.values() for key in metric.needs if "." in key}
    assert len(asked) > 30
    for key, one in asked.items():
        held = LOADED[TABLES[one.table].loaded[0]]
        assert {*one.columns} <= {column.name for column in held.columns}, key
        assert all(name.replace("_", " ") in one.absent.next_step for name in one.columns), key


def test_a_reason_names_the_table_where_there_is_none_of_it():
    found = compute_all(connect({}), metrics=[METRICS["days_to_close"], METRICS["request_mrr"]])
    assert [found[key].reason for key in ("days_to_close", "request_mrr")] == [say("metric_missing.no_table", table=t) for t in ("Opportunities", "Feedback")]


def test_every_reason_for_absence_has_a_next_step():
    named = {family: {key.split(".")[1] for key in catalogue() if key.startswith(f"{family}.")} for family in ("metric_missing", "metric_next")}
    assert named["metric_missing"] == named["metric_next"]
    assert all(not slots(f"metric_next.{name}") or name in ("no_table", "no_column", "no_columns") for name in named["metric_next"])
