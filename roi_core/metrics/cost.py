"""What support costs, alone and against what it handles."""

from roi_core.metrics.shapes import Better, Metric, Shape
from roi_core.units import Unit

METRICS = (
    Metric(
        key="support_cost",
        title="Support cost of the period",
        shape=Shape.SUM,
        formula=r"\sum_m \sum_k \text{cost}_{k,m}",
        table="costs",
        unit=Unit.MONEY,
        better=Better.LOWER,
        source="convention",
        reason="Every line of the cost sheet, loaded: salaries, software, training, management, overhead, outsourcing and what hides elsewhere.",
        needs=("costs",),
        value="amount",
    ),
    Metric(
        key="cost_per_contact",
        title="Cost per contact",
        shape=Shape.DERIVED,
        formula=r"\frac{\text{support cost}}{\text{contacts}}",
        table="contacts",
        unit=Unit.MONEY_PER_EPISODE,
        better=Better.LOWER,
        source="convention",
        reason="Full cost over all contacts of the months that both files hold: an average. One contact less does not save it.",
        needs=("costs", "contacts"),
        inputs=("support_cost", "contacts"),
    ),
    Metric(
        key="cost_to_revenue",
        title="Support cost to revenue",
        shape=Shape.DERIVED,
        formula=r"\frac{\text{support cost}}{\text{recurring revenue}}",
        table="person_months",
        unit=Unit.FRACTION,
        better=Better.LOWER,
        source="convention",
        reason="Full cost over recurring revenue of the same months. Lower is better only while customers are answered as well as before.",
        needs=("costs", "revenue"),
        inputs=("support_cost", "revenue"),
    ),
)
