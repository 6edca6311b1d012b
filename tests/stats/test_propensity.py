import numpy as np
import pytest
from numpy.typing import ArrayLike

from roi_core.errors import NumbersRefused
from roi_core.stats.propensity import fit_logit
from roi_core.stats.splines import hinges
from tests.stats.worlds import draw


def test_probability_belongs_to_the_logit_and_meets_the_share_treated():
    world = draw(1)
    found = fit_logit(world.covariates, world.treated)
    assert found.probability == pytest.approx(1 / (1 + np.exp(-found.logit)))
    assert found.probability.mean() == pytest.approx(world.treated.mean())


def test_bends_see_what_a_line_cannot():
    rng = np.random.default_rng(2)
    x = rng.normal(size=8000)
    treated = rng.random(8000) < 1 / (1 + np.exp(1.5 - x**2))
    line, bent = fit_logit(x, treated), fit_logit(x, treated, splines=True)
    assert np.corrcoef(line.probability, x**2)[0, 1] ** 2 < 0.1
    assert np.corrcoef(bent.probability, x**2)[0, 1] ** 2 > 0.7


def test_terms_of_a_basis():
    x = np.column_stack([np.full(11, 4.0), np.arange(11) % 2, np.arange(11.0), np.r_[np.zeros(9), 1, 2]])
    basis = hinges(x)
    assert basis.terms == ((1, None), (2, None), (2, 1.0), (2, 5.0), (2, 9.0), (3, None), (3, 1.0))
    built = basis.design(x)
    assert built[:, 1:].mean(axis=0) == pytest.approx(np.zeros(7), abs=1e-12)
    assert built[:, 1:].std(axis=0) == pytest.approx(np.ones(7))
    assert (built[:, 0] == 1).all()


def test_who_bends_may_be_told():
    x = np.column_stack([np.arange(11.0), np.arange(11.0) ** 2])
    assert hinges(x, [False, True]).terms[:2] == ((0, None), (1, None))
    assert len(hinges(x, [False, False]).terms) == len(hinges(x, splines=False).terms) == 2
    with pytest.raises(ValueError, match=r"continuous\.shape"):
        hinges(x, [True])


def test_a_score_stays_a_line_unless_asked_to_bend_where_told() -> None:
    world = draw(1)
    line = fit_logit(world.covariates, world.treated)
    assert [knot for _, knot in line.basis.terms] == [None, None, None]
    assert line.fit.coefficients.shape == (4,)
    bent = fit_logit(world.covariates, world.treated, [True, False, False], splines=True)
    assert [column for column, knot in bent.basis.terms if knot is not None] == [0, 0, 0]
    assert bent.logit == pytest.approx(bent.basis.design(world.covariates) @ bent.fit.coefficients)


@pytest.mark.parametrize(
    ("x", "treated", "words"),
    [
        (np.arange(4.0), np.zeros(4), 'treated rows == "0 of 4", must be such that both arms have rows'),
        (np.arange(4.0), np.ones(4), 'treated rows == "4 of 4", must be such that both arms have rows'),
        ([1.0, np.nan, 3.0], [0, 1, 1], "covariates holds missing or infinite values, must be finite"),
        ([1.0, 2.0, 3.0], [0, 1, 2], "treated holds values other than 0 and 1, must be 0 or 1"),
    ],
)
def test_an_empty_arm_missing_values_and_strange_treatments_are_refused(x: ArrayLike, treated: ArrayLike, words: str) -> None:
    with pytest.raises(NumbersRefused) as refused:
        fit_logit(x, treated)
    assert str(refused.value) == words
