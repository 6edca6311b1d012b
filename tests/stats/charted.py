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


def false_alarms(make, seeds):
    """How many alarms there are in stable series of three years, one a seed."""
    return sum(len(alarms(make(np.random.default_rng(seed)))) for seed in seeds)


def caught(make, seeds, first=FEWEST):
    """In how many series a jump, in a month from `first` on, is told within three months by one who looks every month."""
    found = 0
    for seed in seeds:
        draw = np.random.default_rng(seed)
        jump = int(draw.integers(first, MONTHS - WITHIN + 1))
        found += any(alarm.last >= jump and alarm.first < jump + WITHIN and alarm.expected.side > 0 for alarm in alarms(make(draw, jump)))
    return found
