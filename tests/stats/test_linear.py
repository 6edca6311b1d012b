import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from roi_core.errors import NumbersRefused
from roi_core.stats.linear import least_squares


@given(st.integers(0, 1000))
@settings(max_examples=25)
def test_equals_statsmodels(seed):
    rng = np.random.default_rng(seed)
    x = np.column_stack([np.ones(60), rng.normal(size=(60, 3))])
    y, who = rng.normal(size=60) + x[:, 1], np.repeat(np.arange(20), 3)
    ours, theirs = least_squares(x, y), sm.OLS(y, x).fit()
    assert ours.coefficients == pytest.approx(theirs.params)
    assert ours.se == pytest.approx(theirs.bse)
    assert (ours.r2, ours.df) == pytest.approx((theirs.rsquared, theirs.df_resid))
    clustered = sm.OLS(y, x).fit(cov_type="cluster", cov_kwds={"groups": who, "use_correction": False})
    assert least_squares(x, y, who).se == pytest.approx(clustered.bse * np.sqrt(20 / 19))


def test_an_outcome_that_never_varies_has_no_r2():
    assert least_squares(np.ones((5, 1)), np.ones(5)).r2 == 0


@pytest.mark.parametrize(
    ("design", "outcome", "cluster", "said"),
    [
        (np.ones((3, 1)), [1, 2, np.nan], None, "outcome is missing"),
        ([[1.0], [np.nan], [1.0]], [1, 2, 3], None, "design is missing"),
        (np.ones((2, 1)), [1, 2, 3], None, "design has 2 rows"),
        (np.ones((2, 2)), [1, 2], None, "rows == 2, must be at least 3"),
        (np.ones((4, 2)), [1, 2, 3, 4], None, "independent of each other"),
        (np.zeros((4, 1)), [1, 2, 3, 4], None, "independent of each other"),
        (np.ones((4, 1)), [1, 2, 3, 4], [1, 1, 1, 1], "clusters == 1"),
    ],
)
def test_designs_without_an_answer_are_refused(design, outcome, cluster, said):
    with pytest.raises(NumbersRefused, match=said):
        least_squares(design, outcome, cluster)
