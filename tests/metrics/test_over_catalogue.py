"""One test over everything declared: what holds of every metric, on a company with rows in every table."""

import math
from dataclasses import replace

import pyarrow as pa
import pytest

from roi_core.engine import Rows, analyst, middles, rank, ratio_sums, register
from roi_core.metrics import FAMILIES, METRICS, Shape, against_parts, compute_all, compute_all_by, compute_by, connect, recount, rows_behind  # fmt: skip
from roi_core.metrics.compute import quotient
from roi_core.metrics.interval import summed
from roi_core.metrics.shapes import RANKED, SUMMED
from roi_core.results import Absent, Estimate
from roi_core.schema import DERIVED, LOADED
from roi_core.schema.columns import ColumnType
from roi_core.units import Unit
from tests.metrics.company import company, shuffled
from tests.metrics.facts import JAN

EVERY = pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
AMOUNTS = {c.name for schema in (*DERIVED.values(), *LOADED.values()) for c in schema.columns if c.type is ColumnType.MONEY} | {
    "before", "after", "spent", "asker_mrr",
}  # fmt: skip
"""Columns that hold money: of the tables, and of what metrics read."""
COUNTED = [metric for metric in METRICS.values() if metric.shape is not Shape.DERIVED]


@pytest.fixture(scope="module")
def con():
    with connect(company()) as opened:
        yield opened


@pytest.fixture(scope="module")
def whole(con):
    return compute_all(con)


@pytest.fixture(scope="module")
def mixed():
    with connect(shuffled(company())) as opened:
        return compute_all(opened)


@pytest.fixture(scope="module")
def nothing():
    with connect({}) as opened:
        return compute_all(opened)


@pytest.fixture(scope="module")
def by_dimension(con):
    """Each metric by one column of its own table, and by month."""
    asked = {dimension: [m for m in COUNTED if _column(m) == dimension] for dimension in {_column(m) for m in COUNTED} - {None}}
    found = {dimension: compute_all_by(con, dimension, metrics) for dimension, metrics in asked.items()}
    return {key: (dimension, answer) for dimension, answers in found.items() for key, answer in answers.items()}


@pytest.fixture(scope="module")
def by_month(con):
    return compute_all_by(con, "month")


@pytest.fixture(scope="module")
def bench():
    with analyst(None) as opened:
        yield opened


def _column(metric):
    """The column by which a metric is split here; one that only a part of its rows knows, where there is one."""
    return next((name for name in ("segment", "kind", "component", "agent") if name in metric.dimensions), None)


def test_there_are_ninety_metrics_in_families():
    assert len(METRICS) >= 90
    assert sum(len(family) for family in FAMILIES.values()) == len(METRICS)


def _example(metric, bench, example=None):
    example = example or metric.example
    names = example.columns.split()
    rows = [row if isinstance(row, tuple) else (row,) for row in example.rows]
    columns = {"cluster_no": list(range(len(rows)))} | {name: [row[i] for row in rows] for i, name in enumerate(names)}
    register(bench, {"worked": pa.table(columns)})
    if metric.shape in SUMMED:
        return summed(metric, ratio_sums(bench, Rows("worked"), [metric.pair])[None][0])
    rank(bench, Rows("worked"), metric.value)
    return middles(bench, Rows("worked"), metric.level)[None]


@EVERY
def test_worked_example_is_true(metric, bench):
    if metric.shape is Shape.DERIVED:
        top, bottom = (Estimate(x, None, None, 2, "", Unit.COUNT) for x in metric.example.rows[0])
        found = quotient(metric, top, bottom)
    else:
        found = _example(metric, bench)
    assert found.value == pytest.approx(metric.example.value)


@pytest.mark.parametrize("metric", [m for m in COUNTED if AMOUNTS & set(m.example.columns.split())], ids=lambda metric: metric.key)
def test_a_number_that_an_amount_in_another_currency_would_change_adds_up_money(metric, bench):
    """Also one in which currencies seem to cancel: of ten customers who pay in yen and ten in dollars, revenue kept would be that of those in yen."""
    names, rows = metric.example.columns.split(), [row if isinstance(row, tuple) else (row,) for row in metric.example.rows]
    worked = _example(metric, bench).value
    for place in range(len(rows)):
        other = tuple(100 * v if name in AMOUNTS and v is not None else v for name, v in zip(names, rows[place], strict=True))
        found = _example(metric, bench, replace(metric.example, rows=(*rows[:place], other, *rows[place + 1 :])))
        assert metric.is_money or found.value == pytest.approx(worked)


@EVERY
def test_a_number_on_full_files_lies_inside_its_interval(metric, whole):
    found = whole[metric.key]
    assert isinstance(found, Estimate), found
    assert found.unit is metric.unit
    if metric.shape in (Shape.COUNT, Shape.SUM, Shape.DERIVED):
        assert found.low is None
    else:
        assert found.low <= found.value <= found.high
    if metric.shape is Shape.SHARE:
        assert 0 <= found.low <= found.high <= 1


@EVERY
def test_row_order_and_unrelated_columns_are_irrelevant(metric, whole, mixed):
    one, other = whole[metric.key], mixed[metric.key]
    assert (one.n, one.method) == (other.n, other.method)
    for a, b in zip((one.value, one.low, one.high), (other.value, other.low, other.high), strict=True):
        assert a == b or math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)


@EVERY
def test_no_data_is_absent_with_its_reason(metric, nothing):
    assert isinstance(nothing[metric.key], Absent)
    assert nothing[metric.key].reason
    assert nothing[metric.key].next_step


@pytest.mark.parametrize("metric", [m for m in COUNTED if _column(m)], ids=lambda m: m.key)
def test_groups_against_the_total(metric, whole, by_dimension):
    dimension, groups = by_dimension[metric.key]
    assert len(groups) > 1
    told = against_parts(metric, (dimension,), whole[metric.key], groups)
    assert told.text
    assert told.adds_up is (True if metric.shape in (Shape.COUNT, Shape.SUM) else None)


@EVERY
def test_by_month_runs(metric, by_month):
    found = by_month[metric.key]
    assert isinstance(found, Absent) == ("month" not in metric.dimensions)
    assert isinstance(found, Absent) or len(found) > 1


@pytest.mark.parametrize("metric", COUNTED, ids=lambda m: m.key)
def test_rows_recount_to_the_number_exactly(metric, con, whole):
    rows = rows_behind(metric, con)
    assert recount(metric, rows) == pytest.approx(whole[metric.key].value, rel=1e-12)
    assert rows.num_rows


def test_rows_of_a_group_and_of_an_unknown_one_recount(con):
    metric = METRICS["first_response_minutes"]
    groups = compute_by(metric, con, by="channel")
    assert None in groups
    for channel, found in groups.items():
        rows = rows_behind(metric, con, where={"channel": (channel,)})
        assert recount(metric, rows) == found.value


def test_rows_come_in_pages_and_from_the_file(con):
    metric = METRICS["sla_met"]
    first, second = (rows_behind(metric, con, page=(start, 5)) for start in (0, 5))
    assert first.num_rows == second.num_rows == 5
    assert not set(first.column("ticket_id").to_pylist()) & set(second.column("ticket_id").to_pylist())
    assert "ticket_id" in rows_behind(METRICS["contacts"], con, page=(0, 1), with_file=True).column_names
    with pytest.raises(ValueError, match="its rows are those of support_cost and contacts"):
        rows_behind(METRICS["cost_per_contact"], con)
    with pytest.raises(ValueError, match="dimension == 'moon', must be one of day, week"):
        rows_behind(METRICS["contacts"], con, where={"moon": ("full",)})


def _of_each_table():
    """A metric of every table, of contacts a ranked one too, by each dimension: grouping is a matter of tables, not of metrics."""
    chosen = {}
    for metric in COUNTED:
        chosen.setdefault((metric.table, metric.shape in RANKED and metric.table == "contacts"), metric)
    return list(chosen.values())


def test_every_dimension_can_be_asked_and_another_is_refused(con):
    chosen = _of_each_table()
    for dimension in sorted({name for metric in chosen for name in metric.dimensions}):
        asked = [metric for metric in chosen if dimension in metric.dimensions]
        assert all(not isinstance(found, Absent) for found in compute_all_by(con, dimension, asked).values()), dimension
    assert all("is not known by" in found.reason for found in compute_all_by(con, "moon").values())


def test_two_at_once_sum_to_one_at_once(con):
    both = compute_by(METRICS["contacts"], con, by=("month", "channel"))
    one = compute_by(METRICS["contacts"], con, by="channel")
    assert all(isinstance(group, tuple) for group in both)
    for channel, found in one.items():
        assert math.fsum(part.value for (_, own), part in both.items() if own == channel) == found.value


def test_a_level_by_quarter_is_that_of_its_last_month(con):
    by_month, by_quarter = (compute_by(METRICS["active_customers"], con, by=period) for period in ("month", "quarter"))
    assert by_quarter[JAN].value == by_month[JAN + 2].value


@EVERY
def test_limits_lie_inside_what_a_number_can_be(metric, whole):
    found = whole[metric.key]
    if metric.bounds is not None and isinstance(found, Estimate) and metric.bounds[0] <= found.value <= metric.bounds[1]:
        assert metric.bounds[0] <= found.low <= found.value <= found.high <= metric.bounds[1]
