"""How long customers stay and how often they buy: three models by Fader and Hardie, by maximum likelihood."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from roi_core.stats.arrays import Floats, floats


@dataclass(frozen=True, slots=True)
class ShiftedBetaGeometric:
    """Renewal by period: the chance to leave at a renewal varies over customers as Beta(alpha, beta)."""

    alpha: float
    beta: float
    log_likelihood: float

    def retention(self, periods: ArrayLike) -> Floats:
        """Share of those active after period t - 1 that stay through period t = 1, 2, ...; rises with t."""
        t = floats(periods, "periods")
        return np.asarray((self.beta + t - 1) / (self.alpha + self.beta + t - 1))

    def survival(self, periods: ArrayLike) -> Floats:
        """Share active after t = 0, 1, ... periods."""
        t = floats(periods, "periods")
        return np.array([self.retention(np.arange(1, int(each) + 1)).prod() for each in t.flat]).reshape(t.shape)

    def discounted_lifetime(self, discount: float, alive_after: int = 0) -> float:
        """Expected discounted periods of a customer active after `alive_after` periods, the coming one counted at full value.

        `discount` per period, above 0 (Fader, Hardie 2010 Marketing Science 29:85, DERL).
        """
        from scipy.special import hyp2f1

        b = self.beta + alive_after
        return float(hyp2f1(1.0, b, self.alpha + b, 1 / (1 + discount)))


def fit_sbg(active_by_period: ArrayLike) -> ShiftedBetaGeometric:
    """The shifted beta-geometric of one cohort from its active counts, period 0 first (Fader, Hardie 2007 JIM 21:76).

    Raises ValueError with fewer than 3 renewals, rising counts, or where nobody or everybody left at once.
    """
    active = floats(active_by_period, "active_by_period")
    if active.ndim != 1 or len(active) < 4:
        raise ValueError(f"periods == {active.size}, must be period 0 and at least 3 renewals")
    lost = -np.diff(active)
    if (lost < 0).any() or lost.sum() == 0 or active[1] == 0 or active[-1] < 0:
        raise ValueError("active_by_period must never rise, lose somebody, and keep somebody through the first renewal")
    t = np.arange(1, len(active))

    def minus(alpha: float, beta: float) -> float:
        log_stay = np.log((beta + t - 1) / (alpha + beta + t - 1))
        log_alive = np.concatenate(([0.0], np.cumsum(log_stay)))
        log_left = log_alive[:-1] + np.log(alpha / (alpha + beta + t - 1))
        return -float(lost @ log_left + active[-1] * log_alive[-1])

    (alpha, beta), least = _least(minus, (1.0, 1.0))
    return ShiftedBetaGeometric(alpha, beta, -least)


@dataclass(frozen=True, slots=True)
class BgNbd:
    """Repeat purchases: rate Gamma(r, alpha) over customers, chance to stop after a purchase Beta(a, b)."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float

    def expected(self, time: ArrayLike) -> Floats:
        """Expected purchases of a new customer within `time`."""
        from scipy.special import hyp2f1

        t = floats(time, "time")
        held = (self.alpha / (self.alpha + t)) ** self.r * hyp2f1(self.r, self.b, self.a + self.b - 1, t / (self.alpha + t))
        return np.asarray((self.a + self.b - 1) / (self.a - 1) * (1 - held))

    def alive(self, frequency: ArrayLike, recency: ArrayLike, age: ArrayLike) -> Floats:
        """Chance to be still a customer, given purchases after the first, time of the last, and time watched."""
        return 1 / (1 + self._odds_gone(floats(frequency, "frequency"), floats(recency, "recency"), floats(age, "age")))

    def expected_from(self, time: ArrayLike, frequency: ArrayLike, recency: ArrayLike, age: ArrayLike) -> Floats:
        """Expected purchases in the coming `time` of a customer with this history."""
        from scipy.special import hyp2f1

        t, x, last, watched = floats(time, "time"), floats(frequency, "frequency"), floats(recency, "recency"), floats(age, "age")
        end = self.alpha + watched + t
        gauss = hyp2f1(self.r + x, self.b + x, self.a + self.b + x - 1, t / end)
        held = ((self.alpha + watched) / end) ** (self.r + x) * gauss
        rate = (self.a + self.b + x - 1) / (self.a - 1) * (1 - held)
        return np.asarray(rate / (1 + self._odds_gone(x, last, watched)))

    def chance_of(self, purchases: int, time: float) -> float:
        """Chance of exactly this many repeat purchases of a new customer within `time` (equation 8 of the paper)."""
        from scipy.special import betaln, gammaln

        x, j, out = purchases, np.arange(purchases), self.alpha / (self.alpha + time)
        steps = gammaln(self.r + j) - gammaln(self.r) - gammaln(j + 1) + j * np.log1p(-out)
        staying = gammaln(self.r + x) - gammaln(self.r) - gammaln(x + 1) + self.r * np.log(out) + x * np.log1p(-out)
        stays = np.exp(betaln(self.a, self.b + x) - betaln(self.a, self.b) + staying)
        if x == 0:
            return float(stays)
        stops = np.exp(betaln(self.a + 1, self.b + x - 1) - betaln(self.a, self.b))
        return float(stays + stops * (1 - out**self.r * np.exp(steps).sum()))

    def _odds_gone(self, x: Floats, last: Floats, watched: Floats) -> Floats:
        odds = self.a / (self.b + np.maximum(x, 1) - 1) * ((self.alpha + watched) / (self.alpha + last)) ** (self.r + x)
        return np.where(x > 0, odds, 0.0)


def fit_bgnbd(frequency: ArrayLike, recency: ArrayLike, age: ArrayLike) -> BgNbd:
    """The BG/NBD model (Fader, Hardie, Lee 2005 Marketing Science 24:275).

    (n,) each: purchases after the first, time of the last one since the first, time watched since the first. Raises ValueError
    where times contradict each other or nobody bought again.
    """
    from scipy.special import betaln, gammaln

    history = np.column_stack([floats(frequency, "frequency"), floats(recency, "recency"), floats(age, "age")])
    if (history < 0).any() or (history[:, 1] > history[:, 2]).any() or not (history[:, 0] > 0).any():
        raise ValueError("histories must have 0 <= recency <= age, frequency >= 0, and somebody who bought again")
    distinct, times = np.unique(history, axis=0, return_counts=True)
    x, last, watched = distinct.T

    def minus(r: float, alpha: float, a: float, b: float) -> float:
        stays = betaln(a, b + x) - (r + x) * np.log(alpha + watched)
        stops = np.where(x > 0, betaln(a + 1, b + np.maximum(x, 1) - 1) - (r + x) * np.log(alpha + last), -np.inf)
        each = gammaln(r + x) - gammaln(r) + r * np.log(alpha) - betaln(a, b) + np.logaddexp(stays, stops)
        return -float(times @ each)

    (r, alpha, a, b), least = _least(minus, (1.0, 1.0, 1.0, 1.0))
    return BgNbd(r, alpha, a, b, -least)


@dataclass(frozen=True, slots=True)
class GammaGamma:
    """Money per purchase: Gamma(p, nu) within a customer, nu Gamma(q, v) over customers."""

    p: float
    q: float
    v: float
    log_likelihood: float

    def expected(self, frequency: ArrayLike, mean_value: ArrayLike) -> Floats:
        """Expected money per purchase of customers with this history; frequency 0 gives the population's mean."""
        x, m = floats(frequency, "frequency"), floats(mean_value, "mean_value")
        return np.asarray(self.p * (self.v + x * m) / (self.p * x + self.q - 1))


def fit_gamma_gamma(frequency: ArrayLike, mean_value: ArrayLike) -> GammaGamma:
    """The gamma-gamma model of spend (Fader, Hardie 2013, note 025) from purchases (n,) and their mean value (n,), both above 0.

    Raises ValueError where one is not above 0.
    """
    from scipy.special import gammaln

    x, m = floats(frequency, "frequency"), floats(mean_value, "mean_value")
    if (x <= 0).any() or (m <= 0).any():
        raise ValueError("frequency and mean_value must be above 0; leave out customers who bought once")

    def minus(p: float, q: float, v: float) -> float:
        parts = gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(v)
        return -float((parts + (p * x - 1) * np.log(m) + p * x * np.log(x) - (p * x + q) * np.log(x * m + v)).sum())

    (p, q, v), least = _least(minus, (1.0, 1.0, float(m.mean())))
    return GammaGamma(p, q, v, -least)


def _least(minus_log_likelihood: Callable[..., float], start: tuple[float, ...]) -> tuple[list[float], float]:
    """Positive parameters at the least value: Nelder-Mead on their logarithms, restarted once from its own answer."""
    from scipy.optimize import minimize

    def objective(logs: Floats) -> float:
        return minus_log_likelihood(*np.exp(np.clip(logs, -30, 30)))

    place: Floats = np.log(start)
    for _ in range(2):
        found = minimize(objective, place, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-10, "maxiter": 4000, "maxfev": 8000})
        place = found.x
    return [float(x) for x in np.exp(place)], float(found.fun)
