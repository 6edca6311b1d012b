"""The gates of a comparison, one a file: each looks at it and says what may be claimed (method: gates)."""

from collections.abc import Callable
from typing import Any

from roi_core.effects.checks import (
    asked_before,
    balance,
    caliper,
    cancellations,
    churn_recorded,
    clocks,
    contact_share,
    control_size,
    enough_customers,
    enough_leavers,
    enough_orders,
    health,
    late_payment,
    leavers_contacts,
    looked_at_first,
    orders_recorded,
    renewals_recorded,
    returns_before,
    set_at_creation,
    treated_size,
    undated_labels,
    writers_only,
)
from roi_core.effects.comparison import Comparison, Verdict

Gate = Callable[[Comparison[Any]], Verdict]

BEFORE_SUPPORTED: tuple[Gate, ...] = (
    enough_leavers.check,
    enough_customers.check,
    churn_recorded.check,
    contact_share.check,
    writers_only.check,
    clocks.check,
    leavers_contacts.check,
    health.check,
    undated_labels.check,
    cancellations.check,
    looked_at_first.check,
)
"""Gates of supported against not that need no estimate."""

AFTER_SUPPORTED: tuple[Gate, ...] = (balance.check, caliper.check, control_size.check, treated_size.check, late_payment.check)
"""Gates that look at the weighted groups."""

BEFORE_HANDLED: tuple[Gate, ...] = (
    enough_leavers.check,
    enough_customers.check,
    churn_recorded.check,
    clocks.check,
    leavers_contacts.check,
    set_at_creation.check,
    undated_labels.check,
    cancellations.check,
    looked_at_first.check,
)
"""Gates of the contrasts inside contacts."""

AFTER_HANDLED: tuple[Gate, ...] = (balance.check, caliper.check, control_size.check, treated_size.check)

_SHOP: tuple[Gate, ...] = (enough_orders.check, enough_customers.check, orders_recorded.check)

BEFORE_SUPPORTED_SHOP: tuple[Gate, ...] = (*_SHOP, contact_share.check, writers_only.check, asked_before.check, returns_before.check, looked_at_first.check)
"""Gates of supported against not in a shop, where nobody leaves."""

BEFORE_HANDLED_SHOP: tuple[Gate, ...] = (*_SHOP, asked_before.check, set_at_creation.check, looked_at_first.check)
"""Gates of the contrasts inside contacts of a shop."""

BEFORE_SUPPORTED_SERVICES: tuple[Gate, ...] = (
    enough_leavers.check,
    enough_customers.check,
    renewals_recorded.check,
    contact_share.check,
    writers_only.check,
    clocks.check,
    health.check,
    undated_labels.check,
    cancellations.check,
    looked_at_first.check,
)
"""Gates of supported against not for services on contracts."""

BEFORE_HANDLED_SERVICES: tuple[Gate, ...] = (
    enough_leavers.check,
    enough_customers.check,
    renewals_recorded.check,
    clocks.check,
    set_at_creation.check,
    undated_labels.check,
    cancellations.check,
    looked_at_first.check,
)
"""Gates of the contrasts inside contacts of services on contracts."""

__all__ = [
    "AFTER_HANDLED",
    "AFTER_SUPPORTED",
    "BEFORE_HANDLED",
    "BEFORE_HANDLED_SERVICES",
    "BEFORE_HANDLED_SHOP",
    "BEFORE_SUPPORTED",
    "BEFORE_SUPPORTED_SERVICES",
    "BEFORE_SUPPORTED_SHOP",
    "Gate",
]
