"""What a month should be, against least squares and generalised linear models of statsmodels, and by hand."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.stats import f as fisher
from scipy.stats import norm
from scipy.stats import t as student

from roi_core.stats.control import p_limits, u_limits
from roi_core.stats.expected import Counts, Expected, Shares, Singles, expect

MONTHS = np.arange(2022 * 12 + 3, 2022 * 12 + 3 + 40)
Fit = tuple[float, np.ndarray, int, float]
"""Linear predictor, standardised residuals, their degrees of freedom, and the variance of the predictor in variances of the month."""


def columns(month: np.ndarray, grows: bool, season: bool) -> np.ndarray:
    level = np.equal.outer(month % 12, np.arange(12)).astype(float) if season else np.ones((len(month), 1))
    return np.column_stack([level, month - 24_290.0]) if grows else level


def fitted(series: Counts | Singles, before: np.ndarray, period: int, grows: bool, season: bool) -> Fit:
    x = columns(series.month, grows, season)
    past, own = x[before], x[period]
    if isinstance(series, Singles):
        y = np.log(series.values) if series.in_logs else series.values
        found = sm.OLS(y[before], past).fit()
        return float(own @ found.params), found.resid, int(found.df_resid), float(own @ found.normalized_cov_params @ own)
    found = sm.GLM(series.x[before] + 0.5 / len(before), past, sm.families.Poisson(), offset=np.log(series.units[before])).fit(tol=1e-13)
    line = float(own @ found.params)
    return line, found.resid_pearson, int(found.df_resid), float(own @ found.normalized_cov_params @ own) * np.exp(line) * series.units[period]


def spread(series: Counts | Singles, z: np.ndarray, free: int) -> float:
    least = (np.abs(np.diff(z)).mean() / 1.128) ** 2 if isinstance(series, Singles) else 1.0
    return float(max((z**2).sum() / free, least))


def chance(series: Counts | Singles, before: np.ndarray, small: tuple[bool, bool], large: tuple[bool, bool]) -> float:
    (_, z0, free0, _), (_, z1, free1, _) = (fitted(series, before, int(before[0]), *design) for design in (small, large))
    return float(fisher.sf(((z0**2).sum() - (z1**2).sum()) / (free0 - free1) / spread(series, z1, free1), free0 - free1, free1))


def limits(series: Counts | Singles, before: np.ndarray, period: int, design: tuple[bool, bool], sigmas: float) -> tuple[float, float, float]:
    line, z, free, doubt = fitted(series, before, period, *design)
    variance = spread(series, z, free) * (1 + doubt)
    if isinstance(series, Singles):
        reach = student.ppf(norm.cdf(sigmas), free) * np.sqrt(variance)
        told = (line, line - reach, line + reach)
        return tuple(np.exp(told)) if series.in_logs else told
    units = series.units[period]
    low, high = u_limits(np.exp(line) * units, variance, sigmas)
    return float(np.exp(line)), low / units, high / units


def oracle(series: Counts | Singles, before: np.ndarray, period: int, sigmas: float) -> tuple[float, float, float, bool, bool]:
    """Centre, low, high, whether the season is known and whether a line is possible."""
    if len(before) >= 24:
        grows = chance(series, before, (False, True), (True, True)) < 0.05
        season = chance(series, before, (grows, False), (grows, True)) < 0.05
        return *limits(series, before, period, (grows, season), sigmas), True, False
    told = [limits(series, before, period, (False, False), sigmas)]
    if chance(series, before, (False, False), (True, False)) < 0.1:
        told.append(limits(series, before, period, (True, False), sigmas))
    centre, low, high = zip(*told, strict=True)
    return sum(centre) / len(centre), min(low), max(high), False, len(told) == 2


def series(kind: str, seed: int) -> Counts | Singles:
    """Forty months that may grow, and may have a season."""
    luck = np.random.default_rng(seed)
    shape = luck.choice([0, 0.01, 0.03]) * np.arange(40) + luck.choice([0, 0.15, 0.5]) * np.sin(2 * np.pi * MONTHS / 12)
    if kind == "counts":
        units = luck.integers(28, 32, 40).astype(float)
        return Counts(luck.poisson(units * np.exp(shape)).astype(float), units, MONTHS)
    drift = np.convolve(luck.normal(size=45), np.ones(6) / np.sqrt(6), "valid") if seed % 2 else luck.normal(size=40)
    line = 2 + shape + 0.3 * drift
    return Singles(np.exp(line), MONTHS, in_logs=True) if kind == "waits" else Singles(line, MONTHS)


@pytest.mark.parametrize("kind", ["counts", "waits", "singles"])
def test_all_that_is_told_of_a_month_equals_statsmodels(kind: str) -> None:
    seen = set()
    for seed in range(16):
        for known, sigmas in ((14, 3.0), (20, 2.0), (26, 3.0), (37, 2.5)):
            one, before = series(kind, seed), np.arange(known)
            found = expect(one, known + 2, before, sigmas)
            assert (found.centre, found.low, found.high, found.season_known, found.is_line) == pytest.approx(oracle(one, before, known + 2, sigmas))
            seen.add((found.season_known, found.is_line))
    assert seen == {(False, False), (False, True), (True, False)}


def test_three_sigmas_are_meant_where_none_are_named() -> None:
    one = series("singles", 1)
    assert expect(one, 30, np.arange(28)) == expect(one, 30, np.arange(28), 3.0) != expect(one, 30, np.arange(28), 2.9)


def level_of_twelve(x: list[float]) -> Counts:
    return Counts(np.array(x), np.array([30.0] * 12 + [20.0]), MONTHS[:13])


def test_a_level_of_counts_by_hand() -> None:
    """12 months of 30 units with 5 and 7 events in turn, half an event added: 72.5 / 360 a unit; 20 units are a doubt of 20 / 360; calm as chance."""
    found = expect(level_of_twelve([5.0, 7.0] * 6 + [9.0]), 12, np.arange(12))
    low, high = u_limits(20 * 72.5 / 360, 1 + 20 / 360)
    assert (found.value, found.centre, found.low, found.high) == pytest.approx((9 / 20, 72.5 / 360, low / 20, high / 20))


def test_counts_that_vary_more_than_chance_widen_their_limits() -> None:
    """0 and 12 in turn: each lies 72.5 / 12 away but for half an event shared, with 11 degrees."""
    found, mean = expect(level_of_twelve([0.0, 12.0] * 6 + [9.0]), 12, np.arange(12)), 72.5 / 12
    varies = sum(6 * (x + 0.5 / 12 - mean) ** 2 / mean for x in (0, 12)) / 11
    low, high = u_limits(20 * 72.5 / 360, varies * (1 + 20 / 360))
    assert (found.low, found.high) == pytest.approx((low / 20, high / 20))


@pytest.mark.parametrize("sigmas", [2.0, 3.0])
@pytest.mark.parametrize(("twice", "varies"), [((2.0, 3.0), 1.0), ((0.0, 5.0), None)])
def test_a_level_of_shares_by_hand(twice: tuple[float, float], varies: float | None, sigmas: float) -> None:
    """12 months of 6 rows, half a row added to either side in all: 30.5 of 73; 40 rows are a doubt of 40 / 72."""
    x, n = np.array([*twice] * 6 + [30.0]), np.array([6.0] * 12 + [40.0])
    found, share = expect(Shares(x, n, MONTHS[:13]), 12, np.arange(12), sigmas), 30.5 / 73
    spread = varies or sum(6 * (one + 0.5 / 12 - (6 + 1 / 12) * share) ** 2 / (6 * share * (1 - share)) for one in twice) / 11
    assert (found.value, found.centre, found.low, found.high) == pytest.approx((3 / 4, share, *p_limits(share, 40, spread * (1 + 40 / 72), sigmas)))
    assert not found.is_line


def test_a_season_of_shares_by_hand() -> None:
    """Three years: 8 of 20 in March and 2 of 20 in other months; the half row is shared by 36 months, three of them March."""
    n = np.full(39, 20.0)
    x = np.where(MONTHS[:39] % 12 == 2, 8.0, 2.0)
    march = int(np.flatnonzero(MONTHS[:39] % 12 == 2)[-1])
    before = np.setdiff1d(np.arange(39), [march, 37, 38])
    found = expect(Shares(x, n, MONTHS[:39]), march, before)
    marches = int((MONTHS[before] % 12 == 2).sum())
    added = 0.5 / len(before)
    share = (8 + added) / (20 + 2 * added)
    assert (found.centre, found.season_known) == (pytest.approx(share), True)
    assert (found.low, found.high) == pytest.approx(p_limits(share, 20, 1 + 1 / marches))


def test_values_that_are_all_the_same_are_expected_again_within_a_hair() -> None:
    for known in (12, 30):
        found = expect(Singles(np.full(40, 7.0), MONTHS), known + 1, np.arange(known))
        assert (found.centre, found.is_line) == (pytest.approx(7), False)
        assert 0 < found.high - found.centre < 1e-4
        assert found.centre - found.low == pytest.approx(found.high - found.centre)


@pytest.mark.parametrize(
    ("left_out", "known"),
    [((), True), ((5,), True), ((5, 8, 9), True), ((5, 6, 8, 9), False), ((23,), False), ((0,), False), ((5, 17), False)],
    ids=["two years", "one missing", "three missing", "four missing", "the last missing", "the first missing", "never a September"],
)
def test_a_season_needs_two_years_with_three_months_missing_at_most_and_none_never_seen(left_out: tuple[int, ...], known: bool) -> None:
    before = np.setdiff1d(np.arange(24), left_out)
    assert expect(series("singles", 2), 25, before).season_known == known


def told(value: float, centre: float, low: float, high: float) -> Expected:
    return Expected(value, centre, low, high, season_known=True, is_line=False)


@pytest.mark.parametrize(
    ("one", "side", "outside", "distance"),
    [
        (told(8, 5, 3, 9), 1, False, 3 / 4),
        (told(10, 5, 3, 9), 1, True, 5 / 4),
        (told(4, 5, 3, 9), -1, False, 1 / 2),
        (told(1, 5, 3, 9), -1, True, 4 / 2),
        (told(5, 5, 3, 9), 0, False, 0),
        (told(3, 5, 3, 9), -1, False, 1),
        (told(9, 5, 3, 9), 1, False, 1),
        (told(0.95, 0.9, 0.7, 1), 1, False, 0.05 / 0.2),
        (told(0.1, 0.2, 0, 0.6), -1, False, 0.1 / 0.4),
        (told(0.5, 0.2, 0, 0.6), 1, False, 0.3 / 0.4),
        (told(0.6, 0.8, 0.3, 1), -1, False, 0.2 / 0.5),
        (told(2, 1, 1, 1), 1, True, 1e12),
    ],
)
def test_the_side_and_the_distance_of_a_value_by_hand(one: Expected, side: int, outside: bool, distance: float) -> None:
    assert (one.side, one.is_outside) == (side, outside)
    assert one.distance == pytest.approx(distance)


def test_first_guesses_are_of_what_came_with_half_an_event_or_row_added() -> None:
    at = np.array([0, 2])
    assert Counts(np.array([0.0, 9, 4]), np.array([2.0, 9, 3]), MONTHS[:3]).start(at) == pytest.approx(np.log([1 / 4, 3 / 2]))
    assert Shares(np.array([0.0, 9, 4]), np.array([2.0, 9, 6]), MONTHS[:3]).start(at) == pytest.approx(np.log([1 / 5, 9 / 5]))
    assert Singles(np.array([1.0, 9, 4]), MONTHS[:3], in_logs=True).start(at) == pytest.approx(np.log([1, 4]))
    assert Singles(np.array([1.0, 9, 4]), MONTHS[:3]).start(at).tolist() == [1, 4]


@pytest.mark.parametrize(("line", "share"), [(50.0, 1 / (1 + np.exp(-30))), (-50.0, 1 / (1 + np.exp(30))), (np.log(3), 3 / 4)])
def test_a_share_never_comes_so_near_its_ends_that_nothing_is_left_to_fit(line: float, share: float) -> None:
    """One month of 8 rows, 2 of them with the event: half a row is added to either side."""
    target, weight = Shares(np.array([2.0]), np.array([8.0]), MONTHS[:1]).step(np.array([0]), np.array([line]))
    assert weight == pytest.approx([8 * share * (1 - share)], rel=1e-3, abs=0)
    assert target == pytest.approx([line + (2.5 - 9 * share) / weight[0]])
