from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.errors import NumbersRefused
from roi_core.stats.balance import omnibus, second_order_smd, smd
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


def test_omnibus_by_hand():
    """Treated 1 and 3 of 1, 3, 2, 6: d = 4 - 2 x 3 = -2, V = 2 x 2 / 4 x 14 / 3."""
    found = omnibus([[1.0], [3.0], [2.0], [6.0]], [1, 1, 0, 0])
    assert (found.statistic, found.df) == (pytest.approx(4 / (14 / 3)), 1)


def test_omnibus_is_the_rank_on_average_over_all_draws():
    x = np.random.default_rng(3).normal(size=(9, 3))
    x = np.column_stack([x, x[:, 0] + x[:, 1], np.ones(9)])
    drawn = [omnibus(x, np.isin(np.arange(9), arm)) for arm in combinations(range(9), 4)]
    assert {found.df for found in drawn} == {3}, "one column is the sum of two, one is constant"
    assert np.mean([found.statistic for found in drawn]) == pytest.approx(3)


@given(st.integers(0, 1000))
def test_omnibus_is_n_less_one_times_the_share_of_the_treatment_that_columns_explain(seed):
    world = draw(seed, 60)
    x, treated = np.column_stack([np.ones(len(world.treated)), world.covariates]), world.treated.astype(float)
    left = treated - x @ np.linalg.lstsq(x, treated, rcond=None)[0]
    explained = 1 - (left**2).sum() / ((treated - treated.mean()) ** 2).sum()
    found = omnibus(world.covariates, world.treated)
    assert found.statistic == pytest.approx((len(treated) - 1) * explained)
    assert omnibus(5 + world.covariates * [2.0, 0.1, 50.0], ~world.treated).statistic == pytest.approx(found.statistic)


def test_omnibus_of_clusters_is_that_of_their_sums():
    x, treated = np.arange(12.0) ** 2, np.repeat([1, 0, 0, 1, 0, 1], 2)
    pairs = (x - x.mean()).reshape(6, 2).sum(axis=1)
    found = omnibus(x[:, None], treated, np.repeat(np.arange(6), 2))
    assert found.statistic == pytest.approx(omnibus(pairs[:, None], treated[::2]).statistic)


def test_omnibus_where_clusters_are_in_both_arms_is_that_of_rows():
    x, treated = np.arange(12.0)[:, None] ** 2, np.tile([1, 0], 6)
    assert omnibus(x, treated, np.repeat(np.arange(6), 2)) == omnibus(x, treated)


def test_omnibus_holds_its_level_at_the_threshold_of_the_gate():
    """Normal, skewed and yes-or-no columns, 120 rows: of 4,000 draws hardly one more than 4 to 8 may fall under 0.001."""
    luck = np.random.default_rng(20_250_301)
    columns = np.column_stack([luck.normal(size=120), luck.lognormal(size=120), luck.random(120) < 0.2])
    p = np.array([omnibus(columns, luck.permutation(np.arange(120) < 60)).p for _ in range(4_000)])
    assert (p < 0.001).sum() <= 12
    assert 0.03 < (p < 0.05).mean() < 0.06


def test_omnibus_without_a_column_that_varies_says_nothing():
    assert omnibus(np.ones((4, 2)), [1, 0, 1, 0]).p == 1.0
    assert omnibus(np.empty((4, 0)), [1, 0, 1, 0]).df == 0


def test_omnibus_refuses_an_empty_arm():
    with pytest.raises(NumbersRefused):
        omnibus(np.ones((4, 2)), [1, 1, 1, 1])
