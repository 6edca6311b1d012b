"""Round numbers on an axis, labels that keep their distance."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.charts.plot import apart
from roi_core.charts.ticks import ticks, within

numbers = st.floats(-1e9, 1e9, allow_subnormal=False).map(lambda x: round(x, 4))


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (-10.4, 0.1, (-12, -10, -8, -6, -4, -2, 0, 2)),
        (0, 483_000, (0, 100_000, 200_000, 300_000, 400_000, 500_000)),
        (0, 0.6, (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)),
    ],
)
def test_known_axes(low, high, expected):
    assert ticks(low, high, most=8) == expected


@given(numbers, numbers, st.integers(3, 12), st.booleans())
def test_they_enclose_are_even_and_not_too_many(a, b, most, whole):
    low, high = min(a, b), max(a, b)
    found = ticks(low, high, most=most, whole=whole)
    slack = 1e-6 * max(1.0, abs(low), abs(high))
    assert 2 <= len(found) <= most
    assert found[0] <= low + slack
    assert found[-1] >= high - slack
    steps = [y - x for x, y in pairwise(found)]
    assert max(steps) - min(steps) <= slack
    assert not whole or all(x == round(x) for x in found)


@given(numbers, numbers, st.integers(3, 9))
def test_an_axis_reaches_just_beyond_its_values(a, b, most):
    low, high = min(a, b), max(a, b)
    (start, end), at = within(low, high, most=most)
    slack = 1e-6 * max(1.0, abs(low), abs(high))
    assert start <= low <= high <= end
    assert end - start <= 1.08 * (high - low) + 1.08 + slack
    assert all(start <= t <= end for t in at)
    assert 1 <= len(at) <= most + 2


def test_bars_begin_at_the_edge_where_nothing_is_below_zero():
    assert within(0, 100)[0] == (0, 104)
    assert within(-100, 0)[0] == (-104, 4), "the number 0 stands whole at the right edge"


def test_a_range_upside_down_is_an_error():
    with pytest.raises(ValueError, match="low"):
        ticks(2, 1)


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=6), st.floats(0.1, 30))
def test_labels_keep_their_order_and_distance(wanted, least):
    placed = apart(tuple(wanted), least)
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    gaps = [placed[b] - placed[a] for a, b in pairwise(order)]
    assert all(gap >= least - 1e-9 for gap in gaps)


def test_labels_that_are_far_apart_stay_where_they_are():
    assert apart((10.0, 50.0), 5) == (10.0, 50.0)
