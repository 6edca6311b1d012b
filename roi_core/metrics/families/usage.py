"""How much customers use what they pay for."""

from roi_core.metrics.forms import mean, median
from roi_core.metrics.shapes import Better
from roi_core.units import Unit

METRICS = (
    mean(
        "health_score",
        "Health score",
        "health",
        words="health",
        table="usage",
        needs=("usage.health",),
        unit=Unit.SCORE,
        better=Better.HIGHER,
        reason="On the vendor's own scale, which nothing here checks: whether it foretells leaving is asked elsewhere.",
        example=("health", (50.0, 70.0, None), 60),
    ),
    mean(
        "active_days",
        "Active days in a period",
        "active_days",
        words="days with any use",
        table="usage",
        needs=("usage.active_days",),
        unit=Unit.RATIO,
        better=Better.HIGHER,
        reason="Of the periods that the usage file gives, months mostly.",
        example=("active_days", (10.0, 20.0, None), 15),
    ),
    mean(
        "features_used",
        "Features in use",
        "features_used",
        words="features used",
        table="usage",
        needs=("usage.features_used",),
        unit=Unit.RATIO,
        better=Better.HIGHER,
        reason="Adoption: distinct features in the period.",
        example=("features_used", (2.0, 4.0, None), 3),
    ),
    median(
        "usage_median",
        "Use of a usual customer",
        "usage",
        words="usage",
        table="usage",
        needs=("usage.usage",),
        unit=Unit.SCORE,
        better=Better.HIGHER,
        reason="On the vendor's own scale. The median, as few heavy users carry a mean.",
        example=("usage", (1.0, 5.0, 100.0, None), 5),
    ),
)
