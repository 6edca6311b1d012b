"""The monthly trials of a panel, straight from its arrays: what a right and a wrong analysis make of them."""

import numpy as np
from numpy.typing import NDArray

from roi_core.companies import truth
from roi_core.companies.process import Panel
from roi_core.stats import weighting


def adjusted(panel: Panel) -> tuple[float, float]:
    """Estimate and standard error of the overlap-weighted effect on 6-month churn, from what the files show."""
    rows = truth.episodes(panel)
    found = weighting.augmented(_left(panel, rows), rows.treated, _covariates(panel, rows), cluster=rows.customer, estimand="ATO")
    return float(found.value), float(found.se)


def effect(panel: Panel) -> float:
    rows = truth.episodes(panel)
    return float(np.average(rows.churn, weights=rows.overlap))


def _left(panel: Panel, rows: truth.Episodes) -> NDArray[np.float64]:
    return (~panel.alive[rows.month + truth.HORIZON, rows.customer]).astype(np.float64)


def _covariates(panel: Panel, rows: truth.Episodes) -> NDArray[np.float64]:
    customers, i, m = panel.world.customers, rows.customer, rows.month
    contacts = np.concatenate([np.zeros((1, panel.contact.shape[1])), np.cumsum(panel.contact, axis=0)])
    months = [m == k for k in np.unique(m)[1:]]
    columns = [
        customers.plan[i] == 1,
        customers.plan[i] == 2,
        np.log(customers.mrr[i]),
        np.log1p(m - customers.started[i]),
        panel.usage[m, i],
        panel.health[m, i],
        np.log1p(contacts[m, i]),
        contacts[m, i] > contacts[np.maximum(m - 6, 0), i],
        *months,
    ]
    return np.column_stack(columns).astype(np.float64)
