"""Stable years by chance, years with a jump in them, and how often they alarm."""

import numpy as np

from roi_core.stats.control import u_chart
from roi_core.stats.expected import Counts, Shares, Singles
from roi_core.stats.watch import FEWEST, alarms

YEARS, JUMP, WITHIN = 3, 1.3, 3
MONTHS = 12 * YEARS
DAYS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] * YEARS, dtype=float)


def months(count):
    return np.arange(2022 * 12, 2022 * 12 + count)


def wave(size):
    """A yearly wave with a peak in December, as a factor (MONTHS,)."""
    place = np.arange(MONTHS)
    return np.exp(size * np.sin(2 * np.pi * place / 12) + size * (place % 12 == 11))


def counts(mean, spread=1.0, season=0.0):
    """Counts of `mean` a month; with a spread they come in batches of one customer each, of geometric size."""

    def make(draw, jump=None):
        expected = mean * DAYS / 30.4 * wave(season) * stepped(jump)
        if spread == 1:
            x = draw.poisson(expected).astype(float)
        else:
            p = 2 / (spread + 1)
            x = np.array([draw.geometric(p, k).sum() for k in draw.poisson(expected * p)], dtype=float)
        return Counts(x, DAYS, np.full(MONTHS, spread), months(MONTHS))

    return make


def shares(rows, share, season=0.0):
    """Shares of about `rows` rows a month."""

    def make(draw, jump=None):
        odds = share / (1 - share) * wave(season)
        n = draw.poisson(rows, MONTHS) + 1
        x = draw.binomial(n, odds / (1 + odds) * stepped(jump))
        return Shares(x.astype(float), n.astype(float), np.ones(MONTHS), months(MONTHS))

    return make


def singles(sigma, season=0.0):
    """Waiting times: log-normal about an hour."""

    def make(draw, jump=None):
        return Singles(np.exp(np.log(60) + sigma * draw.normal(size=MONTHS)) * wave(season) * stepped(jump), months(MONTHS), in_logs=True)

    return make


def stepped(jump):
    return np.where(np.arange(MONTHS) >= (MONTHS if jump is None else jump), JUMP, 1.0)


def alarms_in_ten_years(make, series, seed, since=0):
    """Alarms of stable series, in ten years of one metric; of the months from `since`."""
    draw = np.random.default_rng(seed)
    found = sum(alarm.last >= since for _ in range(series) for alarm in alarms(make(draw)))
    return found / series / (MONTHS - since) * 120


def caught(make, series, seed):
    """The share of series in which a jump in the second or the third year is told within three months."""
    draw = np.random.default_rng(seed)
    return np.mean([_told(alarms(make(draw, jump)), jump) for place in range(series) for jump in (14 + place % 12,)])


def _told(found, jump):
    return any(alarm.last >= jump and alarm.first < jump + WITHIN and alarm.expected.z > 0 and alarm.first >= jump - FEWEST for alarm in found)


def normal_alarms(mean, series, seed):
    """Months beyond the normal limits of a textbook U chart in ten years of a stable series."""
    draw = np.random.default_rng(seed)
    return np.mean([u_chart(draw.poisson(mean, MONTHS), np.ones(MONTHS)).outside.sum() for _ in range(series)]) / YEARS * 10
