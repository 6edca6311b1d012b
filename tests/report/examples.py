"""A measured company for reports, small and made by hand, with texts that no writer may let through."""

from typing import Any

import numpy as np

from roi_core.cohorts.design import Design
from roi_core.measured import Company, Identity, Joint, Measured, Stream
from roi_core.results import Absent, Check, Effect, Episodes, Estimate, Grade
from roi_core.units import Unit
from roi_core.valuation import Valued, value
from tests.charts import examples

HOSTILE = '<script>alert("x")</script>'
MONTHS = 6


def measured(**fields: Any) -> Measured:
    """Contacts kept about 30 of revenue each; one file name, one note and one covariate are hostile."""
    episodes = Episodes(4_754, 61_019, 1_812, 3_804.0, 5_870, 24_300, 24_305)
    effect = examples.effect()
    refused = Effect("fast_reply.churn_6m", Absent("Too few fast replies.", "Add first_response_at."), "ATO", Grade.C, "Too early to tell.")
    checks = (Check("enough_leavers", True, "156 and 1,204 customers left; 20 are needed."), Check("placebo", None, "No field for it."))
    gap = np.array([5.0 * t for t in range(1, MONTHS + 1)])
    given: dict[str, Any] = {
        "design": Design(),
        "digest": "0011aabb-77ccdd",
        "files": (
            {"file": f"tickets {HOSTILE}.csv", "member": None, "entity": "tickets", "rows": {"records": 9, "loaded": 7, "quarantined": 2, "not_data": 0}},
        ),
        "company": Company(
            2_000, 9_120, "USD", 24_288, 24_311, 24_289, ("tickets",), 1_700, Estimate(340_000.0, None, None, 1_700, "sum", Unit.MONEY_PER_MONTH)
        ),
        "identity": Identity(examples.share(960, 1_000), examples.share(940, 1_000)),
        "metrics": {},
        "effects": {effect.key: Effect(**{f: getattr(effect, f) for f in effect.__slots__} | {"checks": checks}), refused.key: refused},
        "streams": (Stream("supported", "Customers kept by being helped", MONTHS, "ATO", Grade.B, episodes, "eligible contacts", "overlap weights"),),
        "joint": Joint(tuple(f"supported.revenue_6m.{t}" for t in range(1, MONTHS + 1)), gap, np.diag((gap / 4) ** 2)),
        "costs": (),
        "levers": {},
        "curves": examples.curves(6),
        "balance": examples.balance((HOSTILE, "tenure")),
        "funnel": examples.funnel(),
        "satisfaction": examples.dose(),
        "propensity": examples.histogram(),
        "notes": (f"12 tickets of {HOSTILE} are automatic.",),
    }
    return Measured(**given | fields)


def valued(**fields: Any) -> Valued:
    """The same with the three questions on cost answered."""
    return value(measured(**fields), {"agents": 3, "cost_per_agent_year": 60_000, "tools_per_year": 9_000})
