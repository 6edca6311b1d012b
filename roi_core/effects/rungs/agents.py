"""By who took the contact: agents who solve more at once, used as if the choice of agent were a draw."""

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts.handled import Handled
from roi_core.effects.comparison import Comparison
from roi_core.errors import NumbersRefused
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say
from roi_core.show import number
from roi_core.spine.facts import labels
from roi_core.stats import instrument, linear
from roi_core.units import Unit

LEAST_AGENTS, LEAST_CONTACTS, LEAST_F = 20, 5_000, 10.0
"""Under these the interval is too wide or too narrow to be of use (simulated; F by Staiger, Stock 1997 Econometrica 65:557)."""


def answer(comparison: Comparison[Handled], hidden: frozenset[str]) -> Result:  # noqa: ARG001 - every way has the same shape
    """Two-stage least squares by what an agent reaches with other customers, clustered by agent. Three to four times less exact than the answer."""
    rows = comparison.rows
    codes, _ = labels(comparison.facts.contacts.take(rows.ticket), "agent")
    known = codes >= 0
    agents = len(np.unique(codes[known]))
    if agents < LEAST_AGENTS or known.sum() < LEAST_CONTACTS:
        slots = {"agents": f"{agents}", "contacts": number(int(known.sum()), Unit.COUNT)}
        return Absent(say("rung.few_agents", **slots, needed=f"{LEAST_AGENTS}", least=number(LEAST_CONTACTS, Unit.COUNT)))
    try:
        return _found(rows, codes, known)
    except NumbersRefused as refused:
        return Absent(str(refused))


def _found(rows: Handled, codes: NDArray[np.int64], known: NDArray[np.bool_]) -> Result:
    design = np.column_stack([np.ones(rows.rows), rows.covariates.matrix])
    handled = linear.residuals(design[known], rows.treated[known].astype(np.float64))
    reached = instrument.others_share(handled, codes[known], rows.cluster[known])
    seen, place = np.isfinite(reached), np.flatnonzero(known)
    used = place[seen]
    found = instrument.two_stage(rows.churned[used].astype(float), rows.treated[used].astype(float), reached[seen], design[used], codes[used])
    if found.f < LEAST_F:
        return Absent(say("rung.agents_alike", f=number(found.f, Unit.RATIO), needed=f"{LEAST_F:.0f}"))
    method = f"agent as instrument (F = {found.f:.0f}), two-stage least squares, clustered by {found.df + 1} agents"
    return Estimate(found.value, found.low, found.high, len(np.unique(rows.cluster[used])), method, Unit.FRACTION)
