"""The three models of lifetimes against integrals over what varies among customers, and what they refuse."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy.special import beta as beta_function
from scipy.special import expit
from scipy.stats import beta, gamma

from roi_core.errors import NumbersRefused
from roi_core.stats.arrays import Floats
from roi_core.stats.lifetime import BgNbd, GammaGamma, ShiftedBetaGeometric, fit_bgnbd, fit_gamma_gamma, fit_sbg

pytestmark = pytest.mark.filterwarnings("error")

STEP = 0.05
ANY_RATE = np.exp(np.arange(-110, 7, STEP))
ANY_CHANCE = expit(np.arange(-36, 36, STEP))
REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241]
HISTORIES = [(0, 0, 39), (0, 0, 30), (1, 5, 39), (1, 28, 30), (2, 30, 39), (2, 9, 30), (4, 36, 39), (7, 12, 30), (11, 38, 39)]
TIMES = [40, 25, 9, 6, 6, 5, 4, 2, 2]


def at_its_best(likelihood: Callable[..., float], parameters: tuple[float, ...], told: float) -> None:
    """The likelihood is the one that is told, and no parameter can be moved by 2 in 100,000 without a loss."""
    best = likelihood(*parameters)
    assert told == pytest.approx(best, rel=1e-9)
    for place in range(len(parameters)):
        for nudge in (1 - 2e-5, 1 + 2e-5):
            assert likelihood(*(value * (nudge if i == place else 1) for i, value in enumerate(parameters))) < best


def test_the_cohort_model_is_at_its_greatest_likelihood() -> None:
    """Chances to leave in year t are B(alpha + 1, beta + t - 1) / B(alpha, beta), the rest stays."""
    left, t = -np.diff(REGULAR), np.arange(1, 8)

    def likelihood(a: float, b: float) -> float:
        chances = beta_function(a + 1, b + t - 1) / beta_function(a, b)
        return float(left @ np.log(chances) + 241 * np.log(1 - chances.sum()))

    found = fit_sbg(REGULAR)
    at_its_best(likelihood, (found.alpha, found.beta), found.log_likelihood)


def test_customers_who_are_all_alike_leave_at_one_rate() -> None:
    """95 leave in 170 renewals, never fewer later on: then nothing varies, and 75 / 170 stay each time."""
    found = fit_sbg([100, 50, 20, 5])
    stay = 75 / 170
    assert found.retention([1, 2, 9]) == pytest.approx([stay] * 3)
    assert found.survival([0, 1, 2, 9]) == pytest.approx([1, stay, stay**2, stay**9])
    assert found.discounted_lifetime(0.1) == pytest.approx(1 / (1 - stay / 1.1))


def test_survival_holds_the_shape_of_its_periods() -> None:
    model = ShiftedBetaGeometric(0.7, 1.2, 0.0)
    assert model.survival([[0, 3], [1, 0]]) == pytest.approx(np.array([[1, beta_function(0.7, 4.2) / beta_function(0.7, 1.2)], [1.2 / 1.9, 1]]))
    assert model.survival(1).shape == ()


def test_a_cohort_counts_in_shares_as_in_customers() -> None:
    counts, shares = fit_sbg(REGULAR), fit_sbg(np.array(REGULAR) / 1000)
    assert (shares.alpha, shares.beta) == pytest.approx((counts.alpha, counts.beta), rel=1e-5)


@pytest.mark.parametrize("active", [[100, 60, 60, 50], [100, 60, 45, 0], [100, 60, 0, 0], [9, 8, 7, 7]])
def test_periods_without_a_loss_without_anybody_and_only_three_renewals_are_enough(active: list[int]) -> None:
    """One chance for all would be the share of renewals that were lost; the model is never less likely than that."""
    lost, renewals = active[0] - active[-1], sum(active[:-1])
    alike = lost * np.log(lost / renewals) + (renewals - lost) * np.log(1 - lost / renewals)
    assert fit_sbg(active).log_likelihood >= alike - 1e-6


def over(rates: Floats, density: Floats, what: Floats) -> float:
    """The integral of density times what over the logarithms of rates."""
    return float((rates * density * what).sum() * STEP)


def history_of(model: BgNbd, x: int, last: float, age: float) -> tuple[float, float]:
    """Chance of a history by one who still buys, and by one who stopped at the last purchase."""
    rate, stop = gamma.pdf(ANY_RATE, model.r, scale=1 / model.alpha), beta.pdf(ANY_CHANCE, model.a, model.b) * (1 - ANY_CHANCE)
    buys = [over(ANY_RATE, rate, ANY_RATE**x * np.exp(-ANY_RATE * until)) for until in (age, last)]
    stays = over(ANY_CHANCE, stop, (1 - ANY_CHANCE) ** x)
    stops = over(ANY_CHANCE, stop, ANY_CHANCE * (1 - ANY_CHANCE) ** (x - 1)) if x else 0.0
    return stays * buys[0], stops * buys[1]


def test_the_chance_of_being_a_customer_is_that_of_the_history_without_an_end_in_that_with_and_without() -> None:
    model = BgNbd(1.3, 6.0, 1.4, 2.6, 0.0)
    both = [history_of(model, *history) for history in HISTORIES]
    assert model.alive(*np.array(HISTORIES).T) == pytest.approx([here / (here + gone) for here, gone in both])


def test_the_model_of_purchases_is_at_its_greatest_likelihood() -> None:
    def likelihood(*parameters: float) -> float:
        return float(np.log([sum(history_of(BgNbd(*parameters, 0.0), *history)) for history in HISTORIES]) @ TIMES)

    found = fit_bgnbd(*np.repeat(HISTORIES, TIMES, axis=0).T)
    at_its_best(likelihood, (found.r, found.alpha, found.a, found.b), found.log_likelihood)


def test_one_purchase_more_and_one_on_the_last_day_are_enough() -> None:
    """As likely at least as if all bought at one rate and nobody stopped, which the model holds as its end."""
    x, last, age = np.repeat([(0, 0, 39), (1, 5, 39), (1, 30, 30)], [20, 5, 5], axis=0).T
    found = fit_bgnbd(x, last, age)
    rate = x.sum() / age.sum()
    assert found.log_likelihood >= x.sum() * np.log(rate) - rate * age.sum() - 1e-6


def test_the_model_of_spending_is_at_its_greatest_likelihood() -> None:
    """The mean of x purchases is Gamma(p x, nu x), and nu of each customer Gamma(q, v)."""
    luck = np.random.default_rng(8)
    x = luck.integers(1, 6, 30).astype(float)
    m = luck.gamma(4.0 * x, 1 / luck.gamma(5.0, 1 / 9.0, 30)) / x

    def likelihood(p: float, q: float, v: float) -> float:
        own = gamma.pdf(ANY_RATE, q, scale=1 / v)
        return float(sum(np.log(over(ANY_RATE, own, gamma.pdf(z, p * n, scale=1 / (ANY_RATE * n)))) for n, z in zip(x, m, strict=True)))

    found = fit_gamma_gamma(x, m)
    at_its_best(likelihood, (found.p, found.q, found.v), found.log_likelihood)
    in_hundreds = fit_gamma_gamma(x, m / 100)
    assert (in_hundreds.p, in_hundreds.q, 100 * in_hundreds.v) == pytest.approx((found.p, found.q, found.v), rel=1e-5)


def test_what_is_expected_of_a_customer_without_a_history_is_what_is_expected_of_a_new_one() -> None:
    """Watched for no time at all; and after any history nothing is expected of no time."""
    model = BgNbd(0.243, 4.414, 2.793, 2.426, 0.0)
    assert model.expected_from([5, 39], 0, 0, 0) == pytest.approx(model.expected([5, 39]))
    assert model.expected_from(0, *np.array(HISTORIES).T) == pytest.approx(np.zeros(len(HISTORIES)), abs=1e-12)
    spent = GammaGamma(6.25, 3.74, 15.44, 0.0)
    assert spent.expected(0, 0) == pytest.approx(6.25 * 15.44 / 2.74)


SHRINKS = "active_by_period must never rise, lose somebody, and keep somebody through the first renewal"
CONTRADICTS = "histories must have 0 <= recency <= age, frequency >= 0, and somebody who bought again"
BUYS = "frequency and mean_value must be above 0; leave out customers who bought once"
SBG, BG, GG = ShiftedBetaGeometric(0.7, 1.2, 0.0), BgNbd(0.2, 4.4, 0.8, 2.4, 0.0), GammaGamma(6.3, 3.7, 15.4, 0.0)
GAP = [np.nan]
CALLS: dict[str, tuple[Callable[[], object], str]] = {
    "too few renewals": (lambda: fit_sbg([100, 90, 80]), "periods == 3, must be period 0 and at least 3 renewals"),
    "a table": (lambda: fit_sbg(np.ones((4, 4))), "periods == 16, must be period 0 and at least 3 renewals"),
    "nobody lost": (lambda: fit_sbg([100, 100, 100, 100]), SHRINKS),
    "a rise": (lambda: fit_sbg([100, 90, 95, 80]), SHRINKS),
    "nobody kept": (lambda: fit_sbg([100, 0, 0, 0]), SHRINKS),
    "below nobody": (lambda: fit_sbg([100, 50, 20, -5]), SHRINKS),
    "last seen after the end": (lambda: fit_bgnbd([1.0], [5.0], [4.0]), CONTRADICTS),
    "last seen before the start": (lambda: fit_bgnbd([1.0], [-1.0], [4.0]), CONTRADICTS),
    "purchases below none": (lambda: fit_bgnbd([1.0, -1.0], [1.0, 1.0], [4.0, 4.0]), CONTRADICTS),
    "nobody bought again": (lambda: fit_bgnbd([0.0], [0.0], [4.0]), CONTRADICTS),
    "a purchase later that is none": (lambda: fit_bgnbd([0.0], [3.0], [4.0]), CONTRADICTS),
    "nothing bought": (lambda: fit_gamma_gamma([0.0, 1.0], [5.0, 5.0]), BUYS),
    "nothing spent": (lambda: fit_gamma_gamma([1.0, 1.0], [5.0, 0.0]), BUYS),
}
UNKNOWN: dict[str, list[Callable[[], object]]] = {
    "active_by_period": [lambda: fit_sbg([100, 90, 80, np.nan])],
    "periods": [lambda: SBG.retention(GAP), lambda: SBG.survival(GAP)],
    "time": [lambda: BG.expected(GAP), lambda: BG.expected_from(GAP, 1, 1, 1)],
    "frequency": [
        lambda: BG.alive(GAP, 1, 1), lambda: BG.expected_from(1, GAP, 1, 1), lambda: GG.expected(GAP, 1),
        lambda: fit_bgnbd(GAP, [1], [1]), lambda: fit_gamma_gamma(GAP, [1]),
    ],
    "recency": [lambda: BG.alive(1, GAP, 1), lambda: BG.expected_from(1, 1, GAP, 1), lambda: fit_bgnbd([1], GAP, [1])],
    "age": [lambda: BG.alive(1, 1, GAP), lambda: BG.expected_from(1, 1, 1, GAP), lambda: fit_bgnbd([1], [1], GAP)],
    "mean_value": [lambda: GG.expected(1, GAP), lambda: fit_gamma_gamma([1], GAP)],
}  # fmt: skip


@pytest.mark.parametrize("what", CALLS)
def test_numbers_that_contradict_the_model_are_refused(what: str) -> None:
    call, said = CALLS[what]
    with pytest.raises(ValueError, match="must") as refused:
        call()
    assert str(refused.value) == said


@pytest.mark.parametrize("name", UNKNOWN)
def test_numbers_that_are_missing_are_refused_by_name(name: str) -> None:
    for call in UNKNOWN[name]:
        with pytest.raises(NumbersRefused) as refused:
            call()
        assert str(refused.value) == f"{name} holds missing or infinite values, must be finite"
