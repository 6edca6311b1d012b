"""Every month of every customer: had they been in contact lately, and did they leave in it?

A sign check beside the trials: with an effect it measures another thing (any contact of 6 months, health held still), with none it
says none (simulated). The contact of the month itself is not looked at: who leaves on the 3rd cannot write on the 20th.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roi_core.cohorts import covariates, customers, eligibility, follow
from roi_core.cohorts.covariates import Covariates
from roi_core.cohorts.design import Design, Filters
from roi_core.spine import calendar
from roi_core.spine.facts import Facts, integers, numbers

LOOK_BACK_MONTHS = 6
_OF_CONTACTS = ("log earlier contacts", "contact 4 to 6 months ago")


@dataclass(frozen=True, slots=True)
class Exposed:
    """Customer months, n rows: `treated` had a contact in the 6 months before, `churned` left by choice in the month, `cluster`; all (n,)."""

    treated: NDArray[np.bool_]
    churned: NDArray[np.bool_]
    cluster: NDArray[np.int64]
    covariates: Covariates


def build_exposed(facts: Facts, design: Design) -> Exposed | None:
    """All whole months before which 6 months of tickets were seen; None where there is none, or where a design asks for some kinds of contact alone."""
    if facts.first_contact_month is None or facts.last_contact_month is None or _asks_for_some(design):
        return None
    month = integers(facts.person_months, "month")
    seen = (month >= facts.first_contact_month + LOOK_BACK_MONTHS) & (month <= facts.last_month) & (month <= facts.last_contact_month + 1)
    rows = np.flatnonzero(seen & (numbers(facts.person_months, "tenure_months") >= eligibility.LEAST_TENURE_MONTHS) & eligibility.scope(facts, design))
    return _of(facts, facts.person_months.take(rows)) if len(rows) else None


def _asks_for_some(design: Design) -> bool:
    """Whether only some contacts count as help: earlier contacts are counted of every kind."""
    f, nothing = design.filters, Filters()
    return (f.channels, f.categories, f.priorities, f.quality) != (nothing.channels, nothing.categories, nothing.priorities, nothing.quality) or bool(
        design.exclude_categories
    )


def _of(facts: Facts, person: pa.Table) -> Exposed:
    month, who = integers(person, "month"), integers(person, "customer_no")
    lately = integers(person, "contacts_3m", null=0) + integers(person, "contacts_4_6m", null=0)
    ends = calendar.month_starts(facts.first_month, facts.last_month + 1)
    earlier = covariates.number("log contacts over 6 months ago", np.log1p(np.maximum(numbers(person, "contacts_before") - lately, 0)))
    known = [part for part in customers.parts(person, facts.telling_labels) if not set(part.names) & set(_OF_CONTACTS)]
    return Exposed(
        treated=lately > 0,
        churned=(follow.churn_seconds(facts)[who] < ends[month + 1 - facts.first_month]) & follow.left_by_choice(facts, who),
        cluster=integers(facts.spine, "cluster_no")[who],
        covariates=covariates.stack([*known, earlier, customers.month_part(month)], len(month)),
    )
