import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike
from statsmodels.tools import add_constant

from roi_core.errors import NumbersRefused
from roi_core.stats.linear import least_squares, residuals

UNKNOWN = "is missing or infinite in some rows. Leave those rows out of every arm by a rule made before the test, or fill them."
DEPENDENT = 'columns of the design == "dependent", must be independent of each other'


@given(st.integers(0, 1000))
@settings(max_examples=25)
def test_equals_statsmodels(seed):
    rng = np.random.default_rng(seed)
    x = np.column_stack([np.ones(60), rng.normal(size=(60, 3))])
    y, who = rng.normal(size=60) + x[:, 1], np.repeat(np.arange(20), 3)
    ours, theirs = least_squares(x, y), sm.OLS(y, x).fit()
    assert ours.coefficients == pytest.approx(theirs.params)
    assert ours.se == pytest.approx(theirs.bse)
    assert ours.covariance == pytest.approx(theirs.cov_params())
    assert ours.residuals == pytest.approx(theirs.resid)
    assert (ours.r2, ours.df) == pytest.approx((theirs.rsquared, theirs.df_resid))
    clustered = sm.OLS(y, x).fit(cov_type="cluster", cov_kwds={"groups": who, "use_correction": False})
    together = least_squares(x, y, who)
    assert together.se == pytest.approx(clustered.bse * np.sqrt(20 / 19))
    assert (together.df, together.r2) == (19, ours.r2)


def test_an_outcome_that_never_varies_has_no_r2():
    assert least_squares(np.ones((5, 1)), np.ones(5)).r2 == 0


def test_two_clusters_have_one_degree() -> None:
    """Residuals about 1.5 sum to 1 in the first and -1 in the second: two squares over 4^2, times 2 / (2 - 1)."""
    found = least_squares(np.ones((4, 1)), [1, 3, 1, 1], [0, 0, 1, 1])
    assert (found.coefficients[0], found.df) == (1.5, 1)
    assert found.se[0] == pytest.approx(np.sqrt((1 + 1) / 4**2 * 2))


@pytest.mark.parametrize("unit", [1e-13, 1e9])
def test_the_unit_of_a_column_does_not_matter(unit: float) -> None:
    rng = np.random.default_rng(5)
    x = np.column_stack([np.ones(30), rng.normal(size=(30, 2))])
    y = x @ [1.0, 2.0, 3.0] + rng.normal(size=30)
    plain, moved = least_squares(x, y), least_squares(x * [1, unit, 1], y)
    assert moved.coefficients * [1, unit, 1] == pytest.approx(plain.coefficients)
    assert moved.r2 == pytest.approx(plain.r2)


def test_r2_does_not_depend_on_the_unit_of_the_outcome() -> None:
    x, y = add_constant(np.arange(6.0)), np.array([1.0, 3, 2, 5, 4, 6])
    assert least_squares(x, y / 1000).r2 == pytest.approx(np.corrcoef(np.arange(6), y)[0, 1] ** 2)


@pytest.mark.parametrize("unit", [1e-9, 1.0, 1e9])
def test_columns_that_depend_on_each_other_are_seen_in_any_unit(unit: float) -> None:
    column = -unit * np.random.default_rng(6).uniform(1, 2, 40)
    for design in (np.column_stack([column, 0.7 * column]), np.column_stack([np.ones(40), column, 0.3 * column - 2 * unit])):
        with pytest.raises(NumbersRefused, match="dependent"):
            least_squares(design, np.arange(40.0))


def test_what_a_design_leaves_is_what_least_squares_leaves_even_of_columns_that_repeat() -> None:
    rng = np.random.default_rng(7)
    x, y = add_constant(rng.normal(size=(50, 2))), rng.normal(size=50)
    left = sm.OLS(y, x).fit().resid
    assert residuals(x, y) == pytest.approx(left)
    assert residuals(np.column_stack([x, x[:, 1] + x[:, 2]]), y) == pytest.approx(left)


@pytest.mark.parametrize(
    ("design", "outcome", "cluster", "said"),
    [
        (np.ones((3, 1)), [1, 2, np.nan], None, f"outcome {UNKNOWN}"),
        ([[1.0], [np.nan], [1.0]], [1, 2, 3], None, f"design {UNKNOWN}"),
        (np.ones((2, 1)), [1, 2, 3], None, "design has 2 rows, the others have 3. All must come from the same rows."),
        (np.ones((2, 2)), [1, 2], None, "rows == 2, must be at least 3. Wait for more, or join groups."),
        (np.ones((4, 2)), [1, 2, 3, 4], None, DEPENDENT),
        (np.zeros((4, 1)), [1, 2, 3, 4], None, DEPENDENT),
        (np.column_stack([np.ones(4), np.zeros(4)]), [1, 2, 3, 4], None, DEPENDENT),
        (np.ones((4, 1)), [1, 2, 3, 4], [1, 1, 1, 1], "clusters == 1, must be at least 2. Wait for more, or join groups."),
        (np.ones((4, 1)), [1, 2, 3, 4], [1, 2], "cluster.shape == (2,), must be (4,)"),
    ],
)
def test_designs_without_an_answer_are_refused_and_it_is_said_why(design: ArrayLike, outcome: ArrayLike, cluster: ArrayLike | None, said: str) -> None:
    with pytest.raises(ValueError, match=r"missing|rows|depend|cluster") as refused:
        least_squares(design, outcome, cluster)
    assert str(refused.value) == said
