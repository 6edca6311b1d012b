import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from roi_core.assumptions import Assumptions, Correlation, Range
from roi_core.money.draws import SIZE
from roi_core.money.typed_ranges import pert, settled, typed

MARGIN = {"gross_margin": [0.6, 0.75, 0.8], "cost_per_agent_year": [40_000, 60_000, 90_000]}


@given(st.floats(0, 1), st.floats(0, 1))
def test_pert_has_its_textbook_mean_and_stays_inside(low, middle):
    span = Range(low, low + middle, low + 1)
    drawn = pert((np.arange(20_000) + 0.5) / 20_000, span)
    assert drawn.mean() == pytest.approx((span.low + 4 * span.likely + span.high) / 6, abs=1e-3)
    assert drawn.min() >= span.low
    assert drawn.max() <= span.high


def test_pert_is_the_beta_distribution_of_its_definition():
    uniform = np.linspace(0.01, 0.99, 99)
    np.testing.assert_allclose(pert(uniform, Range(0, 0.25, 1)), stats.beta(2, 4).ppf(uniform), atol=2e-4)


def test_a_range_gives_its_likely_value_and_then_draws():
    sample = typed(Assumptions.of(MARGIN), "gross_margin", SIZE)
    assert sample[0] == 0.75
    assert sample.shape == (SIZE + 1,)
    assert typed(Assumptions.of(MARGIN), "gross_margin", 0) == 0.75


@pytest.mark.parametrize("rho", [-0.5, 0.0, 0.8])
def test_typed_ranges_have_the_rank_correlation_that_was_asked_for(rho):
    pair = Correlation(("gross_margin", "cost_per_agent_year"), rho)
    assumptions = Assumptions(Assumptions.of(MARGIN).given, (pair,))
    first, second = (typed(assumptions, key, SIZE)[1:] for key in pair.between)
    assert stats.spearmanr(first, second).statistic == pytest.approx(rho, abs=0.02)


def test_an_open_question_is_none_and_never_taken_for_a_number():
    assert typed(Assumptions(), "agents", SIZE) is None
    with pytest.raises(ValueError, match="must be answered"):
        settled(Assumptions(), "agents", SIZE)


def test_moving_one_assumption_leaves_the_draws_of_the_others():
    both = Assumptions.of({"gross_margin": [0.6, 0.7, 0.8], "agents": [1, 2, 3]})
    one = both.replace(agents=2)
    np.testing.assert_array_equal(typed(both, "gross_margin", SIZE), typed(one, "gross_margin", SIZE))
