"""Two-stage least squares, and the instrument of who took the contact."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t as student
from statsmodels.sandbox.regression.gmm import IV2SLS

from roi_core.errors import NumbersRefused
from roi_core.stats import instrument, linear


def world(seed: int, agents: int = 40, contacts: int = 4_000, effect: float = -0.2):
    """Contacts dealt out by lot; a hidden problem makes them hard to solve and costs customers; customers come back."""
    luck = np.random.default_rng(seed)
    agent, customer = luck.integers(0, agents, contacts), luck.integers(0, contacts // 2, contacts)
    hidden, seen = luck.normal(size=(2, contacts))
    solved = (luck.normal(0, 0.7, agents)[agent] - 0.8 * hidden + 0.4 * seen + luck.normal(size=contacts) > 0).astype(float)
    outcome = effect * solved + 0.3 * hidden + 0.1 * seen + luck.normal(size=contacts)
    return outcome, solved, agent, customer, np.column_stack([np.ones(contacts), seen])


def by_agent(seed: int, **knobs):
    outcome, solved, agent, customer, design = world(seed, **knobs)
    reached = instrument.others_share(linear.residuals(design, solved), agent, customer)
    return instrument.two_stage(outcome, solved, reached, design, agent)


def test_errors_by_cluster_and_the_strength_of_the_first_stage_by_hand():
    """Each row its own cluster: sum (z u)^2 * n / (n - 1) over (sum z d)^2; without clusters F is the squared t of the first stage."""
    y, d, z = np.array([5.0, 4, 3, 9, 8, 4]), np.array([1.0, 0, 0, 1, 1, 0]), np.array([0.0, 0, 0, 1, 1, 1])
    found = instrument.two_stage(y, d, z, np.ones(6), cluster=np.arange(6))
    away = z - z.mean()
    left = (y - y.mean()) - found.value * (d - d.mean())
    assert found.se == pytest.approx(np.sqrt(((away * left) ** 2).sum() * 6 / 5) / abs(away @ d))
    assert found.df == 5
    first = linear.least_squares(np.column_stack([np.ones(6), z]), d)
    assert instrument.two_stage(y, d, z, np.ones(6)).f == pytest.approx((first.coefficients[1] / first.se[1]) ** 2)


@given(st.integers(0, 10_000))
@settings(max_examples=15)
def test_equals_statsmodels(seed):
    outcome, solved, agent, _, design = world(seed, contacts=400)
    z = (agent % 2).astype(float)
    found = instrument.two_stage(outcome, solved, z, design)
    oracle = IV2SLS(outcome, np.column_stack([solved, design]), np.column_stack([z, design])).fit()
    assert (found.value, found.se) == pytest.approx((oracle.params[0], oracle.bse[0]), rel=1e-6)


def test_with_a_constant_alone_it_is_the_ratio_of_two_differences():
    y, d, z = np.array([5.0, 4, 3, 9, 8, 4]), np.array([1.0, 0, 0, 1, 1, 0]), np.array([0.0, 0, 0, 1, 1, 1])
    assert instrument.two_stage(y, d, z, np.ones(6)).value == pytest.approx((7 - 4) / (2 / 3 - 1 / 3))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.booleans()), min_size=1, max_size=40))
def test_what_an_agent_reaches_with_others_equals_brute_force(rows):
    group, own, solved = (np.array(column) for column in zip(*rows, strict=True))
    found = instrument.others_share(solved.astype(float), group, own)
    for i in range(len(rows)):
        others = solved[(group == group[i]) & (own != own[i])]
        assert (np.isnan(found[i]) and not len(others)) or found[i] == pytest.approx(others.mean())


def test_a_hidden_problem_that_misleads_least_squares_does_not_mislead_the_instrument():
    """60 worlds: mean within 2.5 errors of the truth and 90 to 99 % coverage; least squares is off by more than the effect is large."""
    found = [by_agent(seed) for seed in range(60)]
    errors = np.sqrt(np.mean([f.se**2 for f in found]) / len(found))
    assert abs(np.mean([f.value for f in found]) + 0.2) <= 2.5 * errors
    assert 0.88 <= np.mean([f.low <= -0.2 <= f.high for f in found]) <= 1.0
    outcome, solved, _, _, design = world(0)
    assert linear.least_squares(np.column_stack([solved, design]), outcome).coefficients[0] < -0.4


def test_the_first_stage_is_strong_where_agents_differ_and_weak_where_they_do_not():
    luck = np.random.default_rng(3)
    outcome, solved, agent, customer, design = world(3)
    alike = luck.permutation(agent)
    reached = instrument.others_share(linear.residuals(design, solved), alike, customer)
    assert by_agent(3).f > 50
    assert instrument.two_stage(outcome, solved, reached, design, alike).f < 10


TAKEN = (np.array([5.0, 4, 3, 9, 8, 4]), np.array([1.0, 0, 0, 1, 1, 0]), np.array([0.0, 0, 0, 1, 1, 1]))


def test_the_strength_by_cluster_is_the_squared_t_of_the_first_stage_with_those_clusters() -> None:
    """Sums by cluster of z e: G / (G - 1) times their squares over (sum z^2)^2."""
    (y, d, z), who = TAKEN, np.array([1, 1, 2, 3, 3, 4])
    away = z - z.mean()
    slope = (away @ d) / (away @ away)
    sums = np.bincount(who, weights=away * (d - d.mean() - slope * away))[1:]
    found = instrument.two_stage(y, d, z, np.ones(6), who)
    assert found.f == pytest.approx(slope**2 / ((sums**2).sum() * 4 / 3 / (away @ away) ** 2))


@pytest.mark.parametrize("level", [0.8, 0.95])
@pytest.mark.parametrize(("who", "df"), [(None, 4), ([1, 1, 2, 3, 3, 4], 3), ([1, 1, 1, 1, 2, 2], 1)])
def test_limits_are_those_of_student_on_rows_less_columns_or_on_clusters_less_one(level: float, who: list[int] | None, df: int) -> None:
    found = instrument.two_stage(*TAKEN, np.ones(6), who, level)
    assert found.df == df
    assert (found.low, found.high) == pytest.approx(student.interval(level, df, found.value, found.se))
    assert (instrument.two_stage(*TAKEN, np.ones(6), who) == found) == (level == 0.95)


def test_where_the_instrument_is_the_treatment_the_first_stage_leaves_nothing() -> None:
    """The effect is then the difference of two means, 22 / 3 and 11 / 3, with the error of least squares."""
    y, d, _ = TAKEN
    found, plain = instrument.two_stage(y, d, d, np.ones(6)), linear.least_squares(np.column_stack([np.ones(6), d]), y)
    assert (found.value, found.se, found.f) == (pytest.approx(11 / 3), pytest.approx(plain.se[1]), np.inf)


def test_three_rows_are_enough_beside_a_constant() -> None:
    """y and d in steps of 2 and 1 for a step of z: 2 per unit, and z leaves one degree."""
    found = instrument.two_stage([0.0, 3, 4], [0.0, 1, 2], [0.0, 1, 2], np.ones(3))
    assert (found.value, found.df) == (pytest.approx(2), 1)


def test_an_instrument_that_moves_by_less_than_a_millionth_moves_nothing() -> None:
    y, d, turns = np.arange(4.0), np.array([1.0, 0, 1, 1]), np.array([1.0, -1, 1, -1])
    assert instrument.two_stage(y, d, 1.1e-6 * turns, np.ones(4)).value == pytest.approx(instrument.two_stage(y, d, turns, np.ones(4)).value)
    for size in (1e-6, 0.9e-6):
        with pytest.raises(NumbersRefused, match="instrument beside the design is the same everywhere"):
            instrument.two_stage(y, d, size * turns, np.ones(4))


FOUR = (np.array([1.0, 0, 3, 4]), np.array([1.0, 1, 0, 0]), np.array([1.0, 0, 1, 0]))
MORE = "Wait for more, or join groups."
NOTHING = "instrument beside the design is the same everywhere, so nothing can be compared. Choose another column or a longer period."
LACKS = "is missing or infinite in some rows. Leave those rows out of every arm by a rule made before the test, or fill them."
HOLE = np.array([1.0, 0, np.nan, 1])


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: instrument.two_stage(HOLE, FOUR[1], FOUR[2], np.ones(4)), f"outcome {LACKS}"),
        (lambda: instrument.two_stage(FOUR[0], HOLE, FOUR[2], np.ones(4)), f"treated {LACKS}"),
        (lambda: instrument.two_stage(FOUR[0], FOUR[1], HOLE, np.ones(4)), f"instrument {LACKS}"),
        (lambda: instrument.two_stage(*FOUR, HOLE), "covariates holds missing or infinite values, must be finite"),
        (lambda: instrument.two_stage(*FOUR, np.ones(4)), NOTHING),
        (lambda: instrument.two_stage(FOUR[0], FOUR[1], np.full(4, 0.1), np.ones(4)), NOTHING),
        (lambda: instrument.two_stage(FOUR[0], FOUR[1], np.arange(4.0) / 7, np.column_stack([np.ones(4), np.arange(4.0)])), NOTHING),
        (lambda: instrument.two_stage([1.0, 2], [1.0, 0], [1.0, 0], np.ones(2)), f"rows == 2, must be at least 3. {MORE}"),
        (lambda: instrument.two_stage(*TAKEN, np.ones(6), np.zeros(6)), f"clusters == 1, must be at least 2. {MORE}"),
        (lambda: instrument.others_share(HOLE, [1, 1, 2, 2], [1, 2, 3, 4]), f"treated {LACKS}"),
    ],
)
def test_what_tells_no_effect_is_refused_by_name(call, said: str) -> None:
    with pytest.raises(NumbersRefused) as refused:
        call()
    assert str(refused.value) == said
