"""How alike the groups are, before and after weighting."""

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts.covariates import Covariates
from roi_core.measured import BalanceRow
from roi_core.stats import balance


def overlap_weights(treated: NDArray[np.bool_], propensity: NDArray[np.float64]) -> NDArray[np.float64]:
    """1 - e for treated rows, e for the others; shape (n,)."""
    return np.where(treated, 1 - propensity, propensity)


def balance_rows(covariates: Covariates, treated: NDArray[np.bool_], propensity: NDArray[np.float64]) -> tuple[BalanceRow, ...]:
    """Standardised mean differences of each covariate, largest first before weighting."""
    before = balance.smd(covariates.matrix, treated)
    after = balance.smd(covariates.matrix, treated, overlap_weights(treated, propensity))
    order = np.argsort(-np.abs(before), kind="stable")
    return tuple(BalanceRow(covariates.names[i], float(before[i]), float(after[i])) for i in order)


def largest_difference(covariates: Covariates, treated: NDArray[np.bool_], propensity: NDArray[np.float64]) -> tuple[float, str]:
    """The largest weighted difference over squares and interactions, and the name of what differs.

    Squares of 0/1 columns are those columns, and products of two levels of one label are always 0, so neither is looked at;
    products that hold for under 1 % of a group are left out, too: their difference is noise.
    """
    x = covariates.matrix
    found = np.abs(balance.second_order_smd(x, treated, overlap_weights(treated, propensity)))
    binary = ~covariates.continuous
    same = np.equal.outer(np.array(covariates.groups), np.array(covariates.groups)) & np.logical_and.outer(binary, binary)
    found[same] = 0.0
    rare = binary & (np.minimum(x.mean(axis=0), 1 - x.mean(axis=0)) < 0.05)
    found[rare, :] = found[:, rare] = 0.0
    found = np.where(np.isfinite(found), found, 0.0)
    if found.size == 0:
        return 0.0, "nothing"
    i, j = np.unravel_index(int(np.argmax(found)), found.shape)
    names = covariates.names
    return float(found[i, j]), names[i] if i == j else f"{names[i]} with {names[j]}"
