import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.stats.balance import second_order_smd, smd
from tests.stats.worlds import draw


def test_by_hand():
    assert smd([[1.0], [3.0], [2.0], [6.0]], [1, 1, 0, 0])[0] == pytest.approx(-2 / np.sqrt((2 + 8) / 2))


def test_weights_move_the_means_and_not_the_ruler():
    x, treated = np.array([1.0, 3.0, 2.0, 6.0]), [1, 1, 0, 0]
    assert smd(x, treated, [0, 1, 3, 1])[0] == pytest.approx((3 - 3) / np.sqrt(5))


@given(st.integers(0, 1000))
def test_units_do_not_matter_and_swapping_flips(seed):
    world = draw(seed, 60)
    plain = smd(world.covariates, world.treated)
    assert smd(3 + world.covariates * [2.0, 0.1, 50.0], world.treated) == pytest.approx(plain)
    assert smd(world.covariates, ~world.treated) == pytest.approx(-plain)


def test_columns_without_spread():
    x = np.column_stack([np.ones(4), [1, 1, 0, 0]])
    assert smd(x, [1, 1, 0, 0]).tolist() == [0, np.inf]


@given(st.integers(0, 1000))
def test_second_order_equals_products_laid_out(seed):
    world = draw(seed, 60)
    x, w = world.covariates, np.random.default_rng(seed).random(len(world.treated))
    scaled = (x - x.mean(axis=0)) / x.std(axis=0)
    found = second_order_smd(x, world.treated, w)
    for i in range(3):
        for j in range(3):
            product = scaled[:, i] * scaled[:, j]
            gap = np.average(product[world.treated], weights=w[world.treated]) - np.average(product[~world.treated], weights=w[~world.treated])
            spread = np.sqrt((product[world.treated].var() + product[~world.treated].var()) / 2)
            assert found[i, j] == pytest.approx(gap / spread)
    assert found == pytest.approx(found.T)
