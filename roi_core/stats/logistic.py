"""Logistic regression by Newton's method, in small blocks of rows."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from roi_core.stats.arrays import Floats, flags, matrix
from roi_core.stats.blocks import blocks, cross, linear

RIDGE = 0.01
_WARM_FROM, _WARM_STRIDE = 60_000, 20
_STEPS, _HALVINGS = 50, 30
_DEPENDENT = 1e-10
_DONE = 1e-8
_FLAT, _RUNNING = 1e-6, 0.1


@dataclass(frozen=True, slots=True)
class Logit:
    """A fitted logit. `coefficients` (p,) hold 0 for the `dropped` columns, `covariance` (p, p) too.

    `ridge` is 0 unless the outcome is separated by the columns, where maximum likelihood has no finite answer: then a penalty
    of ridge / 2 per squared standardised coefficient (constant free) was added, and `separated` is True.
    """

    coefficients: Floats
    covariance: Floats
    probability: Floats
    log_likelihood: float
    iterations: int
    ridge: float
    dropped: tuple[int, ...]

    @property
    def separated(self) -> bool:
        """True where the columns separate the outcome, so that the ridge was needed."""
        return self.ridge > 0

    @property
    def se(self) -> Floats:
        """Standard errors (p,), 0 for dropped columns."""
        return np.sqrt(np.diag(self.covariance))


class Newton(NamedTuple):
    """Coefficients and inverse information of a fit on columns known to be independent."""

    coefficients: Floats
    covariance: Floats
    log_likelihood: float
    iterations: int
    ridge: float


class _State(NamedTuple):
    log_likelihood: float
    score: Floats
    information: Floats


def fit(design: ArrayLike, outcome: ArrayLike) -> Logit:
    """Maximum likelihood of a 0/1 `outcome` (n,) on `design` (n, p), which brings its own constant.

    Columns that depend on earlier ones are dropped, the first of them kept, so the answer does not depend on luck (McCullagh,
    Nelder 1989, 4.4). Raises ValueError where the outcome takes one value only.
    """
    x, y = matrix(design, "design"), flags(outcome, "outcome").astype(np.float64)
    if y.min() == y.max():
        raise ValueError(f"outcome == {y[0]:g} in all {y.size} rows, must take both values")
    kept = independent_columns(cross(x, x))
    found = newton(x if len(kept) == x.shape[1] else x[:, kept], y)
    coefficients = np.zeros(x.shape[1])
    coefficients[kept] = found.coefficients
    covariance = np.zeros((x.shape[1], x.shape[1]))
    covariance[np.ix_(kept, kept)] = found.covariance
    dropped = tuple(int(j) for j in np.setdiff1d(np.arange(x.shape[1]), kept))
    return Logit(coefficients, covariance, probability(x, coefficients), found.log_likelihood, found.iterations, found.ridge, dropped)


def probability(design: Floats, coefficients: Floats) -> Floats:
    """Fitted probabilities (n,), accurate at both ends."""
    eta = linear(design, coefficients)
    small = np.exp(-np.abs(eta))
    return np.where(eta >= 0, 1.0, small) / (1.0 + small)


def independent_columns(cross_products: Floats) -> list[int]:
    """Positions of the columns that earlier ones do not determine: elimination of the scaled Gram matrix, in order."""
    scale = np.sqrt(np.diag(cross_products))
    unit = np.where(scale > 0, scale, 1.0)
    rest = cross_products / np.outer(unit, unit)
    kept = []
    for j in range(len(rest)):
        if rest[j, j] > _DEPENDENT:
            kept.append(j)
            rest = rest - np.outer(rest[:, j], rest[j]) / rest[j, j]
    return kept


def newton(design: Floats, y: Floats, start: Floats | None = None) -> Newton:
    """Newton steps with halving on independent columns; with the ridge only where the outcome turns out to be separated.

    `start` (p,) are coefficients near the answer; long data without them begin at the answer of every 20th row. Where the way from there leads nowhere,
    0 is the start, so that none of them makes an outcome look separated.
    """
    scale = np.sqrt(np.einsum("ij,ij->j", design, design) / len(design))
    if start is None and len(design) > _WARM_FROM:
        start = _warm_start(design, y)
    found = _climb(design, y, np.zeros_like(scale), scale, start)
    if found is None and start is not None:
        found = _climb(design, y, np.zeros_like(scale), scale, None)
    if found is None:
        free = np.ptp(design, axis=0) == 0
        found = _climb(design, y, np.where(free, 0.0, RIDGE * scale**2), scale, None)
    if found is None:
        raise ArithmeticError(f"logit of {len(y)} rows did not settle in {_STEPS} steps")
    return found


def _warm_start(design: Floats, y: Floats) -> Floats | None:
    few, outcome = design[::_WARM_STRIDE], y[::_WARM_STRIDE]
    if outcome.min() == outcome.max():
        return None
    kept = independent_columns(cross(few, few))
    found = newton(np.ascontiguousarray(few[:, kept]), outcome)
    start = np.zeros(design.shape[1])
    start[kept] = found.coefficients
    return start


def _climb(design: Floats, y: Floats, penalty: Floats, scale: Floats, start: Floats | None) -> Newton | None:
    """Newton's method to the maximum; None where the outcome is separated (or nothing settles).

    Separation shows as steps that gain no likelihood and yet move some row's log-odds by about 1 each.
    """
    beta = np.zeros_like(scale) if start is None else start
    state = _evaluate(design, y, beta, penalty)
    for iteration in range(1, _STEPS + 1):
        step = _solve(state.information, state.score)
        if step is None:
            return None
        size = float(np.max(np.abs(step) * scale))
        if size < _DONE:
            return _finished(beta + step, state, iteration, penalty)
        if penalty.max() == 0 and float(state.score @ step) < _FLAT and np.abs(linear(design, step)).max() > _RUNNING:
            return None
        beta, state = _halved(design, y, beta, step, state, penalty)
    return None


def _solve(information: Floats, score: Floats) -> Floats | None:
    scale = np.sqrt(np.diag(information))
    if not scale.min() > 0:
        return None
    try:
        factor = np.linalg.cholesky(information / np.outer(scale, scale))
    except np.linalg.LinAlgError:
        return None
    step: Floats = np.linalg.solve(factor.T, np.linalg.solve(factor, score / scale)) / scale
    return step


def _halved(design: Floats, y: Floats, beta: Floats, step: Floats, state: _State, penalty: Floats) -> tuple[Floats, _State]:
    for halving in range(_HALVINGS):
        tried = beta + step / 2**halving
        reached = _evaluate(design, y, tried, penalty)
        if reached.log_likelihood >= state.log_likelihood - 1e-9 * abs(state.log_likelihood):
            return tried, reached
    return beta, state


def _evaluate(design: Floats, y: Floats, beta: Floats, penalty: Floats) -> _State:
    log_likelihood, p = 0.0, len(beta)
    score, information = np.zeros(p), np.zeros((p, p))
    for rows in blocks(*design.shape):
        x, outcome = design[rows], y[rows]
        eta = x @ beta
        small = np.exp(-np.abs(eta))
        likely = 1.0 / (1.0 + small)
        log_likelihood += float(outcome @ eta - np.maximum(eta, 0.0).sum() - np.log1p(small).sum())
        score += (outcome - np.where(eta >= 0, likely, small * likely)) @ x
        weighted = x * (np.sqrt(small) * likely)[:, None]
        information += weighted.T @ weighted
    return _State(
        log_likelihood - 0.5 * float(penalty @ beta**2),
        score - penalty * beta,
        information + np.diag(penalty),
    )


def _finished(beta: Floats, state: _State, iteration: int, penalty: Floats) -> Newton:
    scale = np.sqrt(np.diag(state.information))
    inverse = np.linalg.inv(state.information / np.outer(scale, scale)) / np.outer(scale, scale)
    plain = state.log_likelihood + 0.5 * float(penalty @ beta**2)
    return Newton(beta, inverse, plain, iteration, RIDGE if penalty.max() > 0 else 0.0)
