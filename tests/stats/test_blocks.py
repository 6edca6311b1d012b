import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.stats.blocks import blocks, cross, linear, quadratic, weighted_sums


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
    form = rng.normal(size=(30, 30))
    assert quadratic(x, form) == pytest.approx((x @ form * x).sum(axis=1))


@pytest.mark.parametrize(("width", "rows"), [(0, 9_000), (1, 9_000), (9, 1_000), (281, 32), (282, 32), (5_000, 32)])
def test_a_block_holds_at_most_9000_cells_and_at_least_32_rows(width: int, rows: int) -> None:
    assert next(blocks(100_000, width)) == slice(0, rows)


def test_products_of_wide_designs_are_those_of_their_wider_side() -> None:
    rng = np.random.default_rng(2)
    narrow, wide = rng.normal(size=(200, 2)), rng.normal(size=(200, 300))
    assert cross(narrow, wide) == pytest.approx(narrow.T @ wide)
    assert cross(wide, narrow) == pytest.approx(wide.T @ narrow)
