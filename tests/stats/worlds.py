"""Small worlds whose true effect is known."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class World:
    """Rows of customers with repeated episodes: covariates (n, 3), treatment, 0/1 outcome, customer."""

    covariates: Floats
    treated: NDArray[np.bool_]
    outcome: Floats
    customer: NDArray[np.int64]


def expit(x: Floats) -> Floats:
    return 1 / (1 + np.exp(-x))


def chances(x: Floats, effect: float, confounding: float) -> tuple[Floats, Floats, Floats]:
    """Propensity and both outcome chances: trouble (bent), usage and a plan drive contact and leaving."""
    trouble = np.maximum(x[:, 0], 0.0)
    e = expit(-1.0 + confounding * (0.9 * trouble - 0.4 * x[:, 1]) + 0.3 * x[:, 2])
    base = -1.4 + confounding * (0.8 * trouble - 0.5 * x[:, 1]) + 0.4 * x[:, 2]
    return e, expit(base - effect), expit(base)


def draw(seed: int, customers: int = 700, effect: float = 0.0, confounding: float = 1.0) -> World:
    """One world; each customer has 1 to 4 rows whose usage and leaving go together."""
    rng = np.random.default_rng(seed)
    customer = np.repeat(np.arange(customers), rng.integers(1, 5, customers))
    own = rng.normal(size=customers)[customer]
    n = len(customer)
    x = np.column_stack([rng.normal(size=n), 0.6 * own + 0.8 * rng.normal(size=n), rng.random(n) < 0.3]).astype(float)
    e, p1, p0 = chances(x, effect, confounding)
    treated = rng.random(n) < e
    luck = np.where(rng.random(n) < 0.5, rng.random(customers)[customer], rng.random(n))
    return World(x, treated, (luck < np.where(treated, p1, p0)).astype(float), customer)


def true_overlap_effect(effect: float, confounding: float = 1.0) -> float:
    """The effect over the overlap, from a million rows and their true chances."""
    x = draw(10_000, 400_000, effect, confounding).covariates
    e, p1, p0 = chances(x, effect, confounding)
    return float(np.average(p1 - p0, weights=e * (1 - e)))
