"""Customers who write 1 to 50 times, each with a mood of his own, and what the interval of a metric makes of them."""

import numpy as np

from roi_core.engine import Sums
from roi_core.metrics import METRICS
from roi_core.metrics.interval import summed

CUSTOMERS, MOST = 300, 50
_MOOD = (2.1, 0.9)
METRIC = {"share": METRICS["csat_satisfied"], "ratio": METRICS["handle_minutes"]}


def writers(draw, customers=CUSTOMERS):
    """Tickets of each customer, 1 to 50: most write seldom."""
    return np.minimum(1 + draw.negative_binomial(0.6, 0.06, customers), MOST).astype(float)


def drawn(kind, draw, customers=CUSTOMERS):
    """(x, y) of each customer and the truth of their ratio: satisfied of answered, or minutes of contacts, heavier for who writes more."""
    y = writers(draw, customers)
    if kind == "share":
        return draw.binomial(y.astype(int), draw.beta(*_MOOD, customers)).astype(float), y
    own = np.exp(draw.normal(2, 0.5, customers))
    return draw.gamma(2 * y, own / 2), y


TRUTH = {"share": _MOOD[0] / sum(_MOOD), "ratio": float(np.exp(2 + 0.5**2 / 2))}


def estimate(kind, x, y):
    return summed(METRIC[kind], Sums(len(x), x.sum(), y.sum(), x @ x, y @ y, x @ y))


def covered(seed, kind, count, customers=CUSTOMERS):
    """Of how many samples the interval holds the truth."""
    draw = np.random.default_rng(seed)
    found = [estimate(kind, *drawn(kind, draw, customers)) for _ in range(count)]
    return {"found": int(sum(one.low <= TRUTH[kind] <= one.high for one in found))}


def called(seed, count):
    """How often two draws of the same kind of customers differ by more than their intervals allow, at 5 %."""
    draw = np.random.default_rng(seed)
    pairs = [(estimate("share", *drawn("share", draw)), estimate("share", *drawn("share", draw))) for _ in range(count)]
    return {"found": int(sum(abs(a.value - b.value) > np.hypot(a.high - a.low, b.high - b.low) / 2 for a, b in pairs))}
