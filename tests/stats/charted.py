"""Stable years by chance, years with a jump in them, and how often they alarm. Every series is three years long."""

import numpy as np

from roi_core.stats.expected import Counts, Shares, Singles
from roi_core.stats.watch import FEWEST, alarms

YEARS, JUMP, WITHIN = 3, 1.3, 3
MONTHS = 12 * YEARS
FIRST = 2022 * 12
MONTH = np.arange(FIRST, FIRST + MONTHS)
DAYS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] * YEARS, dtype=float)
SWING = 0.5 * np.log(1.3)
"""The best month of the year lies 30 % above the worst."""


def wave(swing, phase=0):
    """A yearly wave as a factor (MONTHS,)."""
    return np.exp(swing * np.sin(2 * np.pi * (np.arange(MONTHS) + phase) / 12))


def stepped(jump):
    return np.where(np.arange(MONTHS) >= (MONTHS if jump is None else jump), JUMP, 1.0)


def counts(mean, swing=0.0, growth=0.0, *, by_customers=False):
    """Poisson counts of `mean` a month, of 31 to 28 days."""

    def make(draw, jump=None):
        customers = (1 + growth) ** np.arange(MONTHS)
        expected = mean * DAYS / 30.4 * wave(swing, draw.integers(12)) * customers * stepped(jump)
        return Counts(draw.poisson(expected).astype(float), customers * 1_000 if by_customers else DAYS, MONTH)

    return make


def clustered(mean, batch=1.0):
    """Customers who write 1 to 50 times in the three years, each at a rate of his own; and `batch` times at once in the mean."""

    def make(draw, jump=None):
        rates = []
        while sum(rates) < mean * MONTHS:
            rates.extend(np.minimum(1 + draw.negative_binomial(0.6, 0.06, 50), 50).tolist())
        tickets = np.array(rates)
        share = mean * MONTHS / tickets.sum()
        at = DAYS / DAYS.sum() * stepped(jump)
        visits = draw.poisson(np.outer(at, tickets * share / batch))
        x = visits if batch == 1 else visits + draw.negative_binomial(np.maximum(visits, 1e-9), 1 / batch) * (visits > 0)
        return Counts(x.sum(axis=1).astype(float), DAYS, MONTH)

    return make


def shares(rows, share, swing=0.0):
    """Shares of about `rows` rows a month."""

    def make(draw, jump=None):
        odds = share / (1 - share) * wave(swing, draw.integers(12))
        n = draw.poisson(rows, MONTHS) + 1
        x = draw.binomial(n, np.minimum(odds / (1 + odds) * stepped(jump), 1))
        return Shares(x.astype(float), n.astype(float), MONTH)

    return make


def waits(sigma, swing=0.0):
    """Waiting times: log-normal about an hour."""

    def make(draw, jump=None):
        level = np.log(60) + np.log(wave(swing, draw.integers(12)) * stepped(jump))
        return Singles(np.exp(level + sigma * draw.normal(size=MONTHS)), MONTH, in_logs=True)

    return make


STABLE = {
    "1 a month": counts(1),
    "5 a month": counts(5),
    "50 a month": counts(50),
    "150 a month": counts(150),
    "500 a month": counts(500),
    "150 a month, 1 to 50 tickets a customer": clustered(150),
    "150 a month, 1 to 50 tickets a customer, 1.25 at once": clustered(150, 1.25),
    "500 a month, 1 to 50 tickets a customer, 1.5 at once": clustered(500, 1.5),
    "3 of 30": shares(30, 0.1),
    "150 of 600": shares(600, 0.25),
    "waiting times": waits(0.1),
    "50 a month, yearly swing of 30 %": counts(50, SWING),
    "150 a month, yearly swing of 30 %": counts(150, SWING),
    "500 a month, yearly swing of 30 %": counts(500, SWING),
    "150 of 600, yearly swing of 30 %": shares(600, 0.25, SWING),
    "waiting times, yearly swing of 30 %": waits(0.1, SWING),
    "150 a month a customer, who grow by 3 % a month": counts(150, growth=0.03, by_customers=True),
    "50 a month, growing by 3 % a month": counts(50, growth=0.03),
    "150 a month, growing by 3 % a month": counts(150, growth=0.03),
    "500 a month, growing by 3 % a month": counts(500, growth=0.03),
}
"""Series of three years in which nothing changes but by chance, season or growth."""
BOTH = {"150 a month, growing by 3 % a month, yearly swing of 30 %": counts(150, SWING, growth=0.03)}
"""Before two years are known, one is taken for the other: measured, and not promised."""
TOLD = (
    "150 a month",
    "500 a month",
    "150 a month, 1 to 50 tickets a customer",
    "150 a month, 1 to 50 tickets a customer, 1.25 at once",
    "500 a month, 1 to 50 tickets a customer, 1.5 at once",
    "150 of 600",
    "150 a month a customer, who grow by 3 % a month",
)
"""Of 150 events a month and more, those whose jump must be told: no season to be learned meanwhile."""


def one(seed, kind):
    """Alarms of one stable series, and whether a jump in the second or the third year is told within three months by one who looks every month."""
    make, draw = {**STABLE, **BOTH}[kind], np.random.default_rng(seed)
    stable, jump = alarms(make(draw)), int(draw.integers(FEWEST, MONTHS - WITHIN + 1))
    found = alarms(make(draw, jump))
    told = any(alarm.last >= jump and alarm.first < jump + WITHIN and alarm.expected.side > 0 for alarm in found)
    return {"alarms": len(stable), "told": told, "third_year": jump >= 2 * FEWEST}


def in_ten_years(rows):
    """Alarms of a metric in ten years."""
    return sum(row["alarms"] for row in rows) / len(rows) / YEARS * 10
