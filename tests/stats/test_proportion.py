import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

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


@pytest.mark.parametrize(("x", "n"), [(1, 0), (-1, 5), (6, 5)])
def test_impossible_counts_are_refused(x, n):
    with pytest.raises(ValueError, match="must be"):
        wilson(x, n)


def test_an_impossible_level_is_refused():
    with pytest.raises(ValueError, match="level == 1"):
        wilson(1, 2, level=1.0)
