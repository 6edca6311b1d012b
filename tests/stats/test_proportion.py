import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.special import xlogy
from scipy.stats import binom, binomtest, norm
from statsmodels.stats.proportion import confint_proportions_2indep

from roi_core.stats.proportion import agresti_caffo, clopper_pearson, mee, miettinen_nurminen, newcombe, wilson

counts = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))

# Newcombe 1998, Stat Med 17:857, Table I, method 3
WILSON = {(81, 263): (0.2553, 0.3662), (15, 148): (0.0624, 0.1605), (0, 20): (0.0, 0.1611), (1, 29): (0.0061, 0.1718)}

# Newcombe 1998, Stat Med 17:873, Table II, methods 10 and 6 (SAS values for the same rows: WUSS 2016 paper 127, p. 9)
NEWCOMBE = {
    (56, 70, 48, 80): (0.0524, 0.3339),
    (9, 10, 3, 10): (0.1705, 0.8090),
    (6, 7, 2, 7): (0.0582, 0.8062),
    (5, 56, 0, 29): (-0.0381, 0.1926),
    (0, 10, 0, 20): (-0.1611, 0.2775),
    (0, 10, 0, 10): (-0.2775, 0.2775),
    (10, 10, 0, 20): (0.6791, 1.0),
    (10, 10, 0, 10): (0.6075, 1.0),
    (84, 101, 89, 105): (-0.1177, 0.0851),
}
MIETTINEN_NURMINEN = {
    (56, 70, 48, 80): (0.0528, 0.3382),
    (9, 10, 3, 10): (0.1700, 0.8406),
    (10, 10, 0, 20): (0.7156, 1.0),
    (84, 101, 89, 105): (-0.1191, 0.0860),
}


@pytest.mark.parametrize(("table", "limits"), WILSON.items())
def test_wilson_published(table, limits):
    found = wilson(*table)
    assert (found.low, found.high) == pytest.approx(limits, abs=1e-4)


@pytest.mark.parametrize(("table", "limits"), NEWCOMBE.items())
def test_newcombe_published(table, limits):
    found = newcombe(*table)
    assert (found.low, found.high) == pytest.approx(limits, abs=1e-4)


@pytest.mark.parametrize(("table", "limits"), MIETTINEN_NURMINEN.items())
def test_miettinen_nurminen_published(table, limits):
    found = miettinen_nurminen(*table)
    assert (found.low, found.high) == pytest.approx(limits, abs=1e-4)


@given(counts)
def test_wilson_mirrors_itself(table):
    x, n = table
    yes, no = wilson(x, n), wilson(n - x, n)
    assert (yes.low, yes.high) == pytest.approx((1 - no.high, 1 - no.low), abs=1e-12)
    assert 0 <= yes.low <= yes.value <= yes.high <= 1


# Newcombe 1998, Stat Med 17:857, Table I, method 5
CLOPPER_PEARSON = {(81, 263): (0.2527, 0.3676), (15, 148): (0.0578, 0.1617), (0, 20): (0.0, 0.1684), (1, 29): (0.0009, 0.1776)}


@pytest.mark.parametrize(("table", "limits"), CLOPPER_PEARSON.items())
def test_clopper_pearson_published(table, limits):
    found = clopper_pearson(*table)
    assert (found.low, found.high) == pytest.approx(limits, abs=1e-4)


@given(counts)
def test_exact_limits_mirror_themselves_and_are_tail_chances(table):
    x, n = table
    found, mirrored = clopper_pearson(x, n), clopper_pearson(n - x, n)
    assert (found.low, found.high) == pytest.approx((1 - mirrored.high, 1 - mirrored.low), abs=1e-12)
    if x:
        assert binom.sf(x - 1, n, found.low) == pytest.approx(0.025, abs=1e-6)


@given(counts, counts)
def test_the_factor_only_widens(one, zero):
    with_factor, without = miettinen_nurminen(*one, *zero), mee(*one, *zero)
    assert with_factor.low <= without.low + 1e-9
    assert without.high <= with_factor.high + 1e-9


@pytest.mark.parametrize("method", [newcombe, miettinen_nurminen, mee])
@given(counts, counts)
def test_swapping_the_arms_flips_the_sign(method, one, zero):
    there, back = method(*one, *zero), method(*zero, *one)
    assert (there.value, there.low, there.high) == pytest.approx((-back.value, -back.high, -back.low), abs=1e-7)
    assert -1 <= there.low <= there.value + 1e-9
    assert there.value - 1e-9 <= there.high <= 1


@given(counts, counts)
def test_added_rows_keep_the_limits_possible(one, zero):
    there, back = agresti_caffo(*one, *zero), agresti_caffo(*zero, *one)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low), abs=1e-12)
    assert -1 <= there.low < there.high <= 1


@given(counts, counts)
def test_a_higher_level_is_wider(one, zero):
    narrow, wide = newcombe(*one, *zero, level=0.8), newcombe(*one, *zero, level=0.99)
    assert wide.low <= narrow.low
    assert narrow.high <= wide.high
    assert wide.high - wide.low > narrow.high - narrow.low


TWO_SHARES = [(56, 70, 48, 80), (9, 10, 3, 10), (5, 56, 0, 29), (2, 40, 9, 17)]
ORACLES = {"newcomb": newcombe, "agresti-caffo": agresti_caffo}


@pytest.mark.parametrize("table", TWO_SHARES)
@pytest.mark.parametrize("level", [0.8, 0.95])
@pytest.mark.parametrize("name", ORACLES)
def test_limits_of_two_shares_equal_statsmodels(name: str, level: float, table: tuple[int, int, int, int]) -> None:
    x1, n1, x0, n0 = table
    found = ORACLES[name](*table, level)
    assert found.value == pytest.approx(x1 / n1 - x0 / n0)
    assert (found.low, found.high) == pytest.approx(confint_proportions_2indep(*table, method=name, alpha=1 - level), abs=1e-9)


def score(table: tuple[int, int, int, int], difference: float, *, corrected: bool) -> float:
    """The score statistic, with the likeliest shares at that difference found by search."""
    x1, n1, x0, n0 = table

    def unlikely(p0: float) -> float:
        return -float(xlogy([x1, n1 - x1, x0, n0 - x0], [p0 + difference, 1 - p0 - difference, p0, 1 - p0]).sum())

    found = minimize_scalar(unlikely, bounds=(max(0.0, -difference), min(1.0, 1 - difference)), method="bounded", options={"xatol": 1e-12}).x
    variance = sum(p * (1 - p) / n for p, n in ((found + difference, n1), (found, n0))) * ((n1 + n0) / (n1 + n0 - 1) if corrected else 1)
    return (x1 / n1 - x0 / n0 - difference) / variance**0.5


@pytest.mark.parametrize("table", [*TWO_SHARES, (0, 12, 3, 9), (7, 8, 8, 8)])
@pytest.mark.parametrize("level", [0.8, 0.95])
@pytest.mark.parametrize("method", [mee, miettinen_nurminen])
def test_score_limits_are_where_a_searched_likelihood_says(method, level: float, table: tuple[int, int, int, int]) -> None:
    x1, n1, x0, n0 = table
    found = method(*table, level)
    assert found.value == pytest.approx(x1 / n1 - x0 / n0)
    for limit, side in ((found.low, 1), (found.high, -1)):
        assert score(table, limit, corrected=method is miettinen_nurminen) == pytest.approx(side * norm.ppf((1 + level) / 2), abs=1e-4)


@pytest.mark.parametrize(("n", "level", "z"), [(1, 0.95, 1.959964), (1, 0.8, 1.281552), (4, 0.95, 1.959964)])
@pytest.mark.parametrize("method", [mee, miettinen_nurminen])
def test_all_against_none_by_hand(method, n: int, level: float, z: float) -> None:
    """n of n, 0 of n: p1 = (1 + d) / 2 and p0 = (1 - d) / 2 are likeliest, so z^2 k = 2 n (1 - d) / (1 + d), k = 1 or 2 n / (2 n - 1)."""
    against = z**2 * (1 if method is mee else 2 * n / (2 * n - 1)) / (2 * n)
    found = method(n, n, 0, n, level)
    assert (found.value, found.low, found.high) == pytest.approx((1, (1 - against) / (1 + against), 1), abs=1e-6)


@pytest.mark.parametrize("method", [mee, miettinen_nurminen])
def test_limits_next_to_the_end_of_what_can_be_stay_within_it(method) -> None:
    """So many rows that the room left beside 1 is less than what numbers can tell."""
    found, back = method(5, 5, 1, 10**9), method(1, 10**9, 5, 5)
    assert (found.high, back.low) == pytest.approx((1, -1), abs=1e-9)
    assert found.high <= 1
    assert found.low == pytest.approx(-back.high, abs=1e-9)
    assert found.low < 0.7


@pytest.mark.parametrize("level", [0.8, 0.95])
@pytest.mark.parametrize("table", [(0, 20), (1, 29), (15, 148), (20, 20)])
def test_limits_of_one_share_equal_scipy(table: tuple[int, int], level: float) -> None:
    for found, name in ((wilson(*table, level), "wilson"), (clopper_pearson(*table, level), "exact")):
        assert found.value == table[0] / table[1]
        assert (found.low, found.high) == pytest.approx(tuple(binomtest(*table).proportion_ci(level, method=name)))


@pytest.mark.parametrize("method", [newcombe, agresti_caffo, mee, miettinen_nurminen])
@pytest.mark.parametrize(
    ("table", "said"),
    [
        ((1, 0, 1, 2), "n1 == 0, must be at least 1"),
        ((1, 2, 1, 0), "n0 == 0, must be at least 1"),
        ((3, 2, 1, 2), "x1 == 3, must be from 0 to n1 == 2"),
        ((1, 2, -1, 2), "x0 == -1, must be from 0 to n0 == 2"),
    ],
)
def test_impossible_counts_of_two_shares_are_refused_by_arm(method, table: tuple[int, int, int, int], said: str) -> None:
    with pytest.raises(ValueError, match="must be") as refused:
        method(*table)
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("counted", "said"),
    [((1, 0), "n == 0, must be at least 1"), ((-1, 5), "x == -1, must be from 0 to n == 5"), ((6, 5), "x == 6, must be from 0 to n == 5")],
)
@pytest.mark.parametrize("method", [wilson, clopper_pearson])
def test_impossible_counts_are_refused(method, counted: tuple[int, int], said: str) -> None:
    with pytest.raises(ValueError, match="must be") as refused:
        method(*counted)
    assert str(refused.value) == said


@pytest.mark.parametrize("method", [lambda level: wilson(1, 2, level), lambda level: clopper_pearson(1, 2, level), lambda level: mee(1, 2, 1, 2, level)])
@pytest.mark.parametrize("level", [0.0, 1.0])
def test_an_impossible_level_is_refused(method, level: float) -> None:
    with pytest.raises(ValueError, match=f"level == {level}, must be between 0 and 1"):
        method(level)
