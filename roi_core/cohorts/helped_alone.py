"""Customers who were helped, with nobody beside them: what became of each after their first contact."""

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts import follow
from roi_core.cohorts.eligibility import last_trial_month
from roi_core.spine import calendar
from roi_core.spine.facts import Facts, booleans, integers


def left_after_first_contact(facts: Facts, horizon: int) -> NDArray[np.bool_]:
    """Whether each customer left by choice within `horizon` months of the first contact that can be followed so long, (customers helped,)."""
    if facts.last_contact_month is None:
        return np.zeros(0, dtype=np.bool_)
    customer, month, at = (integers(facts.contacts, name) for name in ("customer_no", "month", "created_s"))
    followed = (month <= last_trial_month(facts, facts.last_contact_month, horizon)) & ~booleans(facts.contacts, "asks_to_cancel")
    rows = np.flatnonzero(followed)
    rows = rows[np.unique(customer[rows], return_index=True)[1]]
    who = customer[rows]
    gone = follow.churn_seconds(facts)[who] <= calendar.add_months(at[rows], month[rows], horizon)
    return np.asarray(gone & follow.left_by_choice(facts, who))
