"""What one analysed comparison hands on, before all of them are put together."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.fit import CHURN, HelpRows, Rows, contributions
from roi_core.measured import BalanceRow, Curves, DrawnTest, FunnelStep, Stream
from roi_core.results import Absent, Effect, Episodes, Grade
from roi_core.stats.weighting import Weighted

NOT_COMPARED = Absent("Nothing was compared.")
NOT_DRAWN = Absent("Curves are drawn for the comparison fixed in advance alone.")
NOBODY_LEAVES = Absent("Nobody leaves a shop: buyers order again, or not yet. There is no curve of who has stayed.")


@dataclass(frozen=True, slots=True)
class Analysis:
    """Effects of one comparison, its joint columns (`values` by name, `errors` (clusters, k) in the same order), and its pictures."""

    effects: Mapping[str, Effect]
    values: Mapping[str, float] = field(default_factory=dict)
    errors: NDArray[np.float64] | None = None
    stream: Stream | None = None
    curves: Curves | Absent = NOT_COMPARED
    balance: tuple[BalanceRow, ...] | Absent = NOT_COMPARED
    propensity: Mapping[str, tuple[float, ...]] | Absent = NOT_COMPARED
    funnel: tuple[FunnelStep, ...] = ()
    notes: tuple[str, ...] = ()
    test: DrawnTest | None = None


def grade_of(verdicts: list[Verdict]) -> Grade:
    """The best grade that every gate leaves; never better than B for a comparison that was not randomised."""
    return max((v.cap for v in verdicts), default=Grade.B)


def episodes(comparison: Comparison[HelpRows]) -> Episodes:
    """Which contacts the estimate speaks for."""
    rows, e = comparison.rows, comparison.fitted.propensity
    return Episodes(
        treated=int(rows.treated.sum()),
        control=int((~rows.treated).sum()),
        customers=comparison.customers,
        overlap_mass=float((1 - e)[rows.treated].sum()),
        contacts=rows.contacts_in_period,
        first_month=int(rows.month.min()),
        last_month=int(rows.month.max()),
        contacts_treated=float(rows.contacts[rows.treated].sum()),
        contacts_overlap=float(((1 - e) * rows.contacts)[rows.treated].sum()),
    )


def joint_columns(comparison: Comparison[Rows], weighted: Weighted, clusters: int) -> tuple[dict[str, float], NDArray[np.float64]]:
    """Values by name and each cluster's share in their errors, (clusters, k).

    `<contrast>.<outcome>_6m` is the answer shown (ATO); `<contrast>.revenue_6m.1` and on are those that money takes, `weighted`.
    """
    prefix, horizon, overlap = comparison.contrast, comparison.rows.horizon, comparison.fitted.overlap
    revenue = [f"{prefix}.revenue_{horizon}m.{t}" for t in range(1, comparison.rows.revenue.shape[1] + 1)]
    values = {f"{prefix}.{comparison.facts.outcome}_{horizon}m": float(np.atleast_1d(overlap.value)[CHURN])}
    values |= dict(zip(revenue, map(float, np.atleast_1d(weighted.value)[CHURN + 1 :]), strict=True))
    influence = np.column_stack([_columns(overlap.influence)[:, CHURN], _columns(weighted.influence)[:, CHURN + 1 :]])
    return values, contributions(influence, comparison.rows.cluster, clusters)


def _columns(influence: NDArray[np.float64]) -> NDArray[np.float64]:
    return influence.reshape(len(influence), -1)


def histogram(comparison: Comparison[Rows], bins: int = 20) -> dict[str, tuple[float, ...]]:
    """Share of treated and control rows by propensity, in equal bins from 0 to 1."""
    e, treated = comparison.fitted.propensity, comparison.rows.treated
    edges = np.linspace(0, 1, bins + 1)
    shares = {name: np.histogram(e[arm], edges)[0] / arm.sum() for name, arm in (("treated", treated), ("control", ~treated))}
    return {"edges": tuple(map(float, edges)), **{name: tuple(map(float, share)) for name, share in shares.items()}}
