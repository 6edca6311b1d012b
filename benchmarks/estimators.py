"""The default estimator at the size that is promised: 285,000 rows of 100,000 customers by 15 columns; and one logit of a million rows by 12."""

from collections.abc import Iterator

import numpy as np

from benchmarks.timing import Figure, seconds
from roi_core.stats import nuisance, propensity, weighting

ROWS, CUSTOMERS, COLUMNS, MONTHS = 285_000, 100_000, 15, 6
LONG, WIDE = 1_000_000, 12


def figures() -> Iterator[Figure]:
    """Medians of three, on drawn columns of which nine are continuous and bend."""
    luck = np.random.default_rng(1)
    known = luck.normal(size=(ROWS, COLUMNS))
    known[:, 9:] = known[:, 9:] > 0
    customer = luck.integers(0, CUSTOMERS, ROWS)
    trouble = 0.5 * np.maximum(known[:, 0], 0.0) - 0.3 * known[:, 1]
    treated = luck.random(ROWS) < 1 / (1 + np.exp(2 - trouble))
    left = luck.random(ROWS) < 1 / (1 + np.exp(1.6 - trouble))
    revenue = np.exp(luck.normal(4, 1, ROWS))[:, None] * np.ones(MONTHS) * ~left[:, None]
    size = f"{ROWS:,} rows by {COLUMNS}"
    yield Figure(f"augmented overlap weights of {size}", seconds(lambda: weighting.augmented(left, treated, known, customer), 3), "s", limit=2)
    several = np.column_stack([left, revenue])
    yield Figure(f"the same of leaving and {MONTHS} months of revenue", seconds(lambda: nuisance.fit(several, treated, known), 3), "s")
    long = luck.normal(size=(LONG, WIDE))
    helped = luck.random(LONG) < 1 / (1 + np.exp(2 - 0.5 * long[:, 0]))
    yield Figure(f"logit of {LONG:,} rows by {WIDE}", seconds(lambda: propensity.fit_logit(long, helped), 3), "s", limit=2)
