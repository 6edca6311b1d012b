"""Tables that are too large to hold: the same figures as of held ones, whichever way they are grouped, and from Parquet."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roi_core.engine import Large, Pair, Rows, analyst, beside, is_large, middles, quantiles, rank, ratio_sums, register
from roi_core.metrics import METRICS, Calendar, at_scale, compute_all, compute_all_by, compute_by, connect, connection
from roi_core.results import Absent
from roi_core.schema import DERIVED
from tests.metrics.company import company

GROUPINGS = ("month", "channel", ("month", "channel"), ("quarter", "agent"), "product", ("product", "plan"), "started_month")

COUNTED = ("top", "bottom", "first_month", "last_month")


@pytest.fixture(scope="module")
def held():
    with connect(company()) as opened:
        yield opened


@pytest.fixture(scope="module")
def seen():
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(connection, "_KEPT_UP_TO", -1)
        opened = connect(company())
    with opened:
        yield opened


def agree(one, other):
    """The same groups in the same order, and each figure to the twelfth digit."""
    if isinstance(one, Absent) or isinstance(other, Absent):
        assert one == other
        return
    assert (one.n, one.method, one.unit) == (other.n, other.method, other.unit)
    assert (one.low is None) == (other.low is None)
    assert (one.counted is None) == (other.counted is None)
    if one.counted:
        for name in COUNTED:
            a, b = getattr(one.counted, name), getattr(other.counted, name)
            assert a == b or a == pytest.approx(b, rel=1e-12)
    assert one.value == pytest.approx(other.value, rel=1e-12)
    assert (one.low, one.high) == (other.low, other.high) or (one.low, one.high) == pytest.approx((other.low, other.high), rel=1e-9, abs=1e-12)


def test_a_table_is_large_where_it_is_worked_out_anew(held, seen):
    assert is_large(seen, "metric_contacts")
    assert not is_large(held, "metric_contacts")


def test_every_figure_of_all_rows(held, seen):
    one, other = compute_all(held), compute_all(seen)
    for key in METRICS:
        agree(one[key], other[key])


@pytest.mark.parametrize("by", GROUPINGS, ids=str)
def test_every_figure_by_groups(held, seen, by):
    one, other = compute_all_by(held, by), compute_all_by(seen, by)
    for key in METRICS:
        if isinstance(one[key], Absent):
            assert one[key] == other[key]
            continue
        assert list(one[key]) == list(other[key])
        for group, found in one[key].items():
            agree(found, other[key][group])


@pytest.mark.parametrize("rows", [1, 40, 200])
@pytest.mark.parametrize("by", ["month", ("channel", "fiscal_year"), ("quarter", "product"), ("week", "month")], ids=str)
def test_some_months_after_the_others(held, seen, by, rows, monkeypatch):
    """As many rows as there are in a period at the least; a year that begins in April is cut in April."""
    monkeypatch.setattr(at_scale, "_ROWS_AT_ONCE", rows)
    few = [METRICS[key] for key in ("contacts", "first_contact_resolution", "first_response_minutes", "backlog", "replies_per_contact")]
    one, other = (compute_all_by(con, by, few, {"channel": ("email", None)}, Calendar(fiscal_start=4)) for con in (held, seen))
    for metric in few:
        assert isinstance(one[metric.key], Absent) == isinstance(other[metric.key], Absent)
        if not isinstance(one[metric.key], Absent):
            assert list(one[metric.key]) == list(other[metric.key])
            for group, found in one[metric.key].items():
                agree(found, other[metric.key][group])


def test_two_connections_give_the_digits_of_one(seen, monkeypatch):
    monkeypatch.setattr(at_scale, "_ROWS_AT_ONCE", 40)
    two = compute_all_by(seen, ("month", "team"))
    monkeypatch.setattr(at_scale, "beside", lambda _: None)
    assert compute_all_by(seen, ("month", "team")) == two


def test_what_fails_on_one_of_two_connections_is_told(seen, monkeypatch):
    monkeypatch.setattr(at_scale, "_ROWS_AT_ONCE", 40)
    monkeypatch.setattr(at_scale, "ratio_sums", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        compute_by(METRICS["contacts"], seen, "month")


def test_a_table_that_one_connection_alone_sees_is_asked_there(seen):
    with analyst(None) as con:
        register(con, {"t": pa.table({"v": [1]})})
        assert beside(con) is None
    with beside(seen) as other:
        assert is_large(other, "metric_contacts")


def test_another_connection_has_the_limits_of_the_first(seen):
    settings = "SELECT name, value FROM duckdb_settings() WHERE name <> 'enable_progress_bar' ORDER BY name"
    with beside(seen) as other:
        assert other.execute(settings).fetchall() == seen.execute(settings).fetchall()


@pytest.mark.parametrize("name", ["agents", "orders", "bought"])
def test_a_table_without_rows_takes_no_figure_along_that_it_does_not_make(name):
    tables = company()
    tables[name] = tables[name].slice(0, 0)
    with connect(tables) as opened:
        one = compute_all(opened)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(connection, "_KEPT_UP_TO", -1)
        opened = connect(tables)
    with opened:
        other = compute_all(opened)
    for key in METRICS:
        agree(one[key], other[key])


def test_months_of_rows_are_within_their_bounds_and_the_unknown_before_all():
    with analyst(None) as con:
        register(con, {"t": pa.table({"cluster_no": range(6), "month": [None, 3, 4, 5, 6, 7]})})
        found = [ratio_sums(con, Rows("t", months=months), [("1", "1")])[None][0].n for months in ((None, None), (None, 4), (5, 6), (7, None))]
    assert found == [6, 3, 2, 1]


def test_some_of_the_rows(held, seen):
    where = {"channel": ("email", None), "quarter": ()}
    one, other = compute_all(held, where), compute_all(seen, where)
    for key in METRICS:
        agree(one[key], other[key])


def test_nothing_is_left_behind(seen):
    compute_all_by(seen, ("month", "channel"))
    left = seen.sql("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'apart%' OR table_name LIKE 'copy%'").fetchall()
    assert not left


def test_clusters_with_several_rows_unknown_groups_and_sums_that_are_no_flags():
    rows = {"cluster_no": [0, 0, 0, 1, 1, 2, 3, 3], "g": ["a", "a", None, None, None, "a", "b", "b"]}
    rows |= {"x": [1.5, 2, 3, None, 5, 0, 7, 8], "y": [1, 2, 0, 4, 5, 6, 7, 8]}
    with analyst(None) as con:
        register(con, {"rows_of": pa.table(rows)})
        source = Rows("rows_of", ("g",))
        x, known, high = "CASE WHEN x IS NOT NULL THEN x ELSE 0 END", "CASE WHEN x IS NOT NULL THEN 1 ELSE 0 END", "CASE WHEN x > 2 THEN 1 ELSE 0 END"
        pairs = [Pair(x, "y"), Pair(x, known, y_is_flag=True), Pair(high, high, x_is_flag=True, y_is_flag=True)]
        large = Large(con, source, (x, "y"))
        sums, (ordered,) = large.read(pairs, ["x"])
        assert sums == ratio_sums(con, source, [(pair.x, pair.y) for pair in pairs])
        rank(con, source, "x")
        for level in (0.0, 0.3, 0.5, 0.9, 1.0):
            one, (other,) = middles(con, source, level), large.middles([(ordered, level)])
            assert {group: (found.value, found.below) for group, found in one.items()} == {group: (found.value, found.below) for group, found in other.items()}
            points = [(found.group_no, level) for found in one.values()]
            assert quantiles(con, points) == ordered.quantiles([(found.group_no, level) for found in other.values()])


def test_derived_tables_as_parquet_are_those_in_memory(held, tmp_path):
    tables = company()
    files = {name: tmp_path / name / "all.parquet" for name in tables if name in DERIVED}
    for name, path in files.items():
        path.parent.mkdir()
        pq.write_table(tables[name], path)
    with connect(tables | files) as con:
        assert compute_all(con) == compute_all(held)
