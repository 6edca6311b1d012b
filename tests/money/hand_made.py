"""Measured facts made by hand, with numbers that can be counted on paper.

By default: 100 helped contacts from January to June 2025, each followed by a revenue gap of 10 in the first month and 30 in
the second, independent, with variances 4 and 12. At a margin of one half and no discount they keep 100 x 40 / 2 = 2,000,
with a standard error of 100 x sqrt(16) / 2 = 200.
"""

from dataclasses import replace

import numpy as np

from roi_core.cohorts.design import Design
from roi_core.measured import Company, CostRow, Joint, Lever, Measured, MonthCount, Stream
from roi_core.results import Absent, Effect, Episodes, Estimate, Grade
from roi_core.units import Unit

JANUARY = 2025 * 12
PLAIN = {"gross_margin": 0.5, "discount_rate_annual": 0.0}
ANSWERS = {"agents": 2, "cost_per_agent_year": 500, "tools_per_year": 200}
"""1,200 a year, so 600 in the half year of the comparison."""
NOTHING = Absent("not part of this example")
NOT_PAID = Absent("No revenue is in the files.")


def stream(contrast="supported", **changes):
    part_of = None if contrast == "supported" else "supported"
    episodes = Episodes(treated=100, control=300, customers=80, overlap_mass=60.0, contacts=200, first_month=JANUARY, last_month=JANUARY + 5)
    fields = {
        "contrast": contrast, "title": contrast.replace("_", " ").capitalize(), "horizon_months": 2, "estimand": "ATT", "grade": Grade.B,
        "episodes": episodes, "population": "first contacts", "method": "by hand", "part_of": part_of,
    }  # fmt: skip
    return Stream(**(fields | changes))


def joint(gaps, variances=(4.0, 12.0)):
    names = tuple(f"{contrast}.revenue_{len(months)}m.{t}" for contrast, months in gaps.items() for t in range(1, len(months) + 1))
    mean = np.array([gap for months in gaps.values() for gap in months], dtype=float)
    return Joint(names, mean, np.diag(np.resize(variances, len(mean)).astype(float)) if len(mean) else np.empty((0, 0)))


def with_churn(facts, value, se):
    """The same facts with the effect of a contact on leaving within two months, independent of the money."""
    held, k = facts.joint, len(facts.joint.names)
    covariance = np.zeros((k + 1, k + 1))
    covariance[:k, :k], covariance[k, k] = held.covariance, se**2
    return replace(facts, joint=Joint((*held.names, "supported.churn_2m"), np.append(held.mean, value), covariance))


def company(revenue=NOT_PAID, currency="USD"):
    return Company(400, 200, currency, JANUARY - 6, JANUARY + 11, JANUARY - 3, ("tickets", "customers"), 300, revenue)


def revenue(a_month):
    return Estimate(a_month, None, None, 300, "counted", Unit.MONEY_PER_MONTH)


def effect(key, result, grade=Grade.B, sentence="", **details):
    return Effect(key, result, "ATO", grade, sentence, details=details)


def lever(key, today=0.6, lowest=0.5, highest=0.8, contacts=1000.0, contrast=None):
    found = today if isinstance(today, Absent) else Estimate(today, today - 0.01, today + 0.01, 200, "counted", Unit.FRACTION)
    return Lever(key, key.replace("_", " ").capitalize(), found, lowest, highest, contacts, contrast)


def sheet(*amounts, component="salaries"):
    return tuple(CostRow(JANUARY + i, component, amount) for i, amount in enumerate(amounts))


def measured(streams=None, gaps=None, variances=(4.0, 12.0), **changes):
    streams = (stream(),) if streams is None else streams
    gaps = {s.contrast: (10.0, 30.0) for s in streams} if gaps is None else gaps
    fields = {
        "design": Design(horizon_months=2), "digest": "by hand", "files": (), "company": company(), "identity": NOTHING, "metrics": {}, "effects": {},
        "streams": tuple(streams), "joint": joint(gaps, variances), "costs": (), "levers": {}, "curves": NOTHING, "balance": NOTHING, "funnel": (),
        "satisfaction": NOTHING, "propensity": NOTHING,
    }  # fmt: skip
    fields |= changes
    return Measured(**({"months": months_of(fields["company"])} | fields))


def months_of(company):
    """Every month of a company, with what it takes in a month."""
    if isinstance(company, Absent) or isinstance(company.monthly_revenue, Absent):
        return ()
    return tuple(MonthCount(month, 300, 0, 200, company.monthly_revenue.value) for month in range(company.first_month, company.last_month + 1))
