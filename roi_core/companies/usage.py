"""Writes usage and health as our plain table.

`as_of` is the last day of the month before: a row holds every problem that can lead to the next month's contacts, and
nothing later.
"""

import numpy as np

from roi_core.companies.clock import DAY, month_start, stamps
from roi_core.companies.luck import stream
from roi_core.companies.process import Panel
from roi_core.companies.stripe import customer_ids
from roi_core.companies.table import Table

_USAGE_AT, _USAGE_PER_SD = 100.0, 15.0
_HEALTH_AT, _HEALTH_PER_SEVERITY = 85.0, 25.0


def usage_export(panel: Panel) -> Table:
    """One row per customer and month, by customer. Usage is an index around 100, health a score that trouble lowers."""
    customer, step = np.nonzero(panel.alive[:-1].T)
    ids = customer_ids(panel.knobs.seed, panel.knobs.customers)
    jitter = stream(panel.knobs.seed, "usage file").standard_normal((2, len(step)))
    usage = np.maximum(_USAGE_AT + _USAGE_PER_SD * panel.usage[step, customer], 0)
    health = _HEALTH_AT - _HEALTH_PER_SEVERITY * panel.health[step, customer] + 0.8 * jitter[0]
    days = np.clip(np.round(0.16 * usage + 1.5 * jitter[1]), 0, 28).astype(int)
    return Table(
        "usage.csv",
        {
            "customer_id": [ids[c] for c in customer.tolist()],
            "as_of": stamps(month_start(panel.knobs.first_month + step) - DAY, "D"),
            "usage": [f"{x:.1f}" for x in usage.tolist()],
            "health": [f"{x:.0f}" for x in health.tolist()],
            "active_days": days.tolist(),
        },
    )
