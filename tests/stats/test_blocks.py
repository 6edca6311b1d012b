import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.stats.blocks import blocks, cross, linear, weighted_sums


@given(st.integers(0, 700), st.integers(1, 400))
def test_blocks_cover_every_row_once(rows, width):
    covered = [i for part in blocks(rows, width) for i in range(*part.indices(rows))]
    assert covered == list(range(rows))


def test_products_equal_those_in_one_piece():
    rng = np.random.default_rng(1)
    x, y, b = rng.normal(size=(3001, 30)), rng.normal(size=(3001, 4)), rng.normal(size=30)
    assert cross(x, y) == pytest.approx(x.T @ y)
    assert linear(x, b) == pytest.approx(x @ b)
    assert weighted_sums(y[:, 0], x) == pytest.approx(y[:, 0] @ x)
