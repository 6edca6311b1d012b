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


def test_omnibus_of_clusters_of_unlike_size_is_that_of_their_sums_about_the_mean_of_rows() -> None:
    x, who, treated = np.arange(12.0) ** 2, np.repeat(np.arange(5), [1, 2, 3, 2, 4]), np.repeat([1, 0, 0, 1, 0], [1, 2, 3, 2, 4])
    sums = np.bincount(who, weights=x - x.mean())
    flat = np.column_stack([x, np.full(12, 3.0)])
    found = omnibus(flat, treated, who)
    assert (found.statistic, found.df) == (pytest.approx(omnibus(sums, [1, 0, 0, 1, 0]).statistic), 1)


@pytest.mark.parametrize(("hair", "df"), [(1e-5, 1), (1e-3, 2)])
def test_omnibus_counts_a_column_that_repeats_another_but_for_a_hair_once(hair: float, df: int) -> None:
    luck = np.random.default_rng(8)
    x, treated = luck.normal(size=60), np.arange(60) % 2
    assert omnibus(np.column_stack([x, x + hair * luck.normal(size=60)]), treated).df == df


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
    assert omnibus(np.zeros((4, 2)), [1, 0, 1, 0]).p == 1.0
    assert omnibus([[0.0, 1], [0, 2], [0, 5], [0, 4]], [1, 0, 1, 0]).df == 1
    assert omnibus(np.empty((4, 0)), [1, 0, 1, 0]).df == 0


def test_omnibus_of_a_single_treated_row_that_is_a_cluster() -> None:
    x, treated = np.arange(7.0)[:, None] ** 2, np.r_[1, 0, 0, 0, 0, 0, 0]
    assert omnibus(x, treated, np.arange(7)).statistic == pytest.approx(omnibus(x, treated).statistic)


def test_columns_of_any_size_are_compared_alike() -> None:
    world = draw(4, 60)
    sizes = np.array([1e-8, 1.0, 1e8])
    assert second_order_smd(world.covariates * sizes, world.treated) == pytest.approx(second_order_smd(world.covariates, world.treated))
    small, plain = omnibus(world.covariates * sizes, world.treated), omnibus(world.covariates, world.treated)
    assert (small.statistic, small.df, small.p) == pytest.approx((plain.statistic, plain.df, plain.p))


def test_second_order_without_weights_counts_every_row_once() -> None:
    world = draw(5, 60)
    assert second_order_smd(world.covariates, world.treated).tolist() == second_order_smd(world.covariates, world.treated, np.ones(len(world.treated))).tolist()


def test_second_order_of_a_column_without_spread_is_none() -> None:
    x = np.column_stack([np.full(6, 3.0), np.arange(6.0) ** 2])
    found = second_order_smd(x, [1, 1, 1, 0, 0, 0])
    assert found[0].tolist() == found[:, 0].tolist() == [0, 0]
    assert np.isfinite(found[1, 1])


def test_an_arm_of_one_row_has_no_spread_of_its_own() -> None:
    """1 against 3 and 2: a gap of -1.5, a variance of 0 and one of 1/2; the second column has none at all."""
    found = smd([[1.0, 5.0], [3.0, 4.0], [2.0, 4.0]], [1, 0, 0])
    assert found.tolist() == [pytest.approx(-1.5 / np.sqrt(0.25)), np.inf]
    assert smd([[0.0], [1.0]], [1, 0]).tolist() == [-np.inf]


def test_a_gap_and_a_spread_of_a_rounding_error_are_none() -> None:
    assert smd([[1e-12], [0.0]], [1, 0]).tolist() == [0]
    assert smd([[1.1e-12], [0.0]], [1, 0]).tolist() == [np.inf]
    steps, arms = np.array([-1.0, 0, 1, -1, 0, 1]) * 1e-12, [1, 1, 1, 0, 0, 0]
    assert smd(steps + np.array([1, 1, 1, 0, 0, 0]) * 2e-12, arms).tolist() == [np.inf]
    assert smd(10 * steps + np.array([1, 1, 1, 0, 0, 0]) * 2e-11, arms).tolist() == pytest.approx([2])


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: omnibus(np.ones((4, 2)), [1, 1, 1, 1]), 'treated rows == "4 of 4", must be such that both arms have rows'),
        (lambda: smd(np.ones(4), [0, 0, 0, 0]), 'treated rows == "0 of 4", must be such that both arms have rows'),
        (lambda: smd([1.0, np.nan], [1, 0]), "covariates holds missing or infinite values, must be finite"),
        (lambda: smd([1.0, 2.0], [1, 0], [1.0, np.inf]), "weights holds missing or infinite values, must be finite"),
        (lambda: second_order_smd([1.0, 2.0], [1, 2]), "treated holds values other than 0 and 1, must be 0 or 1"),
    ],
)
def test_what_cannot_be_balanced_is_refused_by_name(call, said: str) -> None:
    with pytest.raises(NumbersRefused) as refused:
        call()
    assert str(refused.value) == said
