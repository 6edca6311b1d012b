import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from roi_core.engine import Rows, Sums, analyst, middles, quantiles, rank, ratio_sums, register


def connection(cluster, value, kind=None):
    con = analyst(None)
    register(con, {"facts": pa.table({"cluster_no": cluster, "v": value, "kind": kind or ["a"] * len(cluster)})})
    return con


def test_five_sums_counted_by_hand():
    con = connection([1, 1, 2, 3], [1.0, 2.0, 4.0, None])
    pair = ("coalesce(v, 0)", "CASE WHEN v IS NOT NULL THEN 1 ELSE 0 END")
    assert ratio_sums(con, Rows("facts"), [pair]) == {None: (Sums(n=2, x=7.0, y=3.0, xx=25.0, yy=5.0, xy=10.0),)}


def test_groups_and_filters():
    con = connection([1, 1, 2], [1.0, 2.0, 4.0], ["a", "b", None])
    assert {group: sums[0].x for group, sums in ratio_sums(con, Rows("facts", by=("kind",)), [("v", "1")]).items()} == {"a": 1.0, "b": 2.0, None: 4.0}
    assert ratio_sums(con, Rows("facts", where={"kind": ("b",), "cluster_no": ()}), [("v", "1")])[None][0].x == 2.0
    assert ratio_sums(con, Rows("facts", where={"kind": ("b' OR 1=1 --",)}), [("v", "1")]) == {}


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-5, 5), st.sampled_from(["a", "b"])), min_size=1, max_size=30), st.sampled_from([0.1, 0.25, 0.5, 0.9]))
def test_quantile_is_that_of_numpy(drawn, level):
    cluster, value, kind = (list(column) for column in zip(*drawn, strict=True))
    con, rows = connection(cluster, [float(v) for v in value], kind), Rows("facts", by=("kind",))
    rank(con, rows, "v")
    found = middles(con, rows, level)
    again = quantiles(con, [(m.group_no, level) for m in found.values()])
    for (group, middle), repeated in zip(found.items(), again, strict=True):
        own = [v for v, k in zip(value, kind, strict=True) if k == group]
        assert middle.value == repeated == np.quantile(own, level, method="averaged_inverted_cdf")
        assert (middle.below.x, middle.below.y) == (sum(v <= middle.value for v in own), len(own))
