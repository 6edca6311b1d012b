"""Every assumption, declared once: pages ask `question`, reports print `reason` and `source`, sliders run over `plausible`."""

from dataclasses import dataclass
from types import MappingProxyType

from roi_core.units import Unit


@dataclass(frozen=True, slots=True)
class Assumption:
    """One input that no export holds.

    `default` None means: asked, and nothing is computed from it until it is answered. `low` and `high` bound what is
    accepted, both included. `plausible` is the span that a tornado and a slider cover. `source` is a key of `SOURCES`.
    """

    key: str
    title: str
    question: str
    default: float | bool | None
    unit: Unit
    low: float
    high: float
    reason: str
    source: str = "convention"
    plausible: tuple[float, float] | None = None

    @property
    def switch(self) -> bool:
        """Whether the answer is yes or no."""
        return isinstance(self.default, bool)

    @property
    def allowed(self) -> str:
        """What is accepted, in the words of an error."""
        if self.switch:
            return "true or false"
        if self.unit is Unit.TEXT:
            return 'a currency code of three capital letters such as "EUR"'
        span = f"a number from {self.low:,.10g} to {self.high:,.10g}"
        hint = " (75 % is 0.75)" if self.unit is Unit.FRACTION else ""
        return f"{span}{hint}, or three of them: lowest, most likely, highest"


_ALL = (
    Assumption(
        "gross_margin",
        "Gross margin",
        "Of each unit of revenue, how much is left after the direct cost of delivering the product?",
        0.75,
        Unit.FRACTION,
        0.0,
        1.0,
        "Revenue that is kept is worth its margin, not its amount. 0.75 is usual in software; shops and agencies keep less. Please put in your own.",
        plausible=(0.60, 0.85),
    ),
    Assumption(
        "use_margin",
        "Multiply revenue by the margin",
        "Multiply revenue by the gross margin before it meets costs?",
        default=True,
        unit=Unit.TEXT,
        low=0.0,
        high=1.0,
        reason="Texts set revenue against cost. That counts the cost of delivering the product as a gain; switch this off only to see their form.",
    ),
    Assumption(
        "margin_contains_support",
        "The margin is after support costs",
        "Is the cost of support already taken off in your gross margin?",
        default=False,
        unit=Unit.TEXT,
        low=0.0,
        high=1.0,
        reason="If it is, the support that kept customers will need is already paid for, and taking it off again would count it twice.",
    ),
    Assumption(
        "discount_rate_annual",
        "Discount rate",
        "What return a year does your company ask of an investment?",
        0.10,
        Unit.FRACTION,
        0.0,
        1.0,
        "Money that comes later is worth less. 10 % a year is common in budget cases; over 6 months it moves the result by about 3 %.",
        plausible=(0.05, 0.20),
    ),
    Assumption(
        "agents",
        "Agents",
        "How many people answer customers (in full-time jobs)?",
        None,
        Unit.COUNT,
        0.0,
        100_000.0,
        "No helpdesk export holds what support costs.",
        source="typed",
    ),
    Assumption(
        "cost_per_agent_year",
        "Cost of an agent",
        "What does one of them cost a year, with benefits, workplace and management?",
        None,
        Unit.MONEY_PER_YEAR,
        0.0,
        10_000_000.0,
        "The loaded cost, not the pay: benefits, workplace and management come with each job.",
        source="typed",
    ),
    Assumption(
        "tools_per_year",
        "Tools",
        "What do helpdesk, telephone and other tools cost a year?",
        None,
        Unit.MONEY_PER_YEAR,
        0.0,
        1_000_000_000.0,
        "Licences are the second large cost of support. 0 is an answer.",
        source="typed",
    ),
    Assumption(
        "variable_cost_share",
        "Share of the cost that moves with contacts",
        "If contacts fell by half for a year, which share of the cost of support would fall with them?",
        None,
        Unit.FRACTION,
        0.0,
        1.0,
        "The marginal return sets a benefit against what these contacts cost more. Left open, it is read from the cost sheet or from agents and tools.",
        source="typed",
    ),
    Assumption(
        "minutes_per_contact",
        "Minutes of work per contact",
        "How many minutes of an agent's work does one more contact take?",
        None,
        Unit.MINUTES,
        0.0,
        1_440.0,
        "A contact that needs no agent frees these minutes, not the average cost of a contact.",
        source="typed",
    ),
    Assumption(
        "hours_per_agent_year",
        "Hours of an agent",
        "How many hours a year does one agent work?",
        1_600.0,
        Unit.HOURS,
        200.0,
        3_000.0,
        "Turns the cost of an agent into the cost of a minute. 1,600 is about 46 weeks of 35 hours.",
        plausible=(1_400.0, 1_800.0),
    ),
    Assumption(
        "capacity_released",
        "Share of freed time that becomes cash",
        "Of the hours that are freed, which share will really leave the budget?",
        0.0,
        Unit.FRACTION,
        0.0,
        1.0,
        "Freed hours are capacity. They become cash only where jobs are not filled again or contracts end, so none of it counts until you say so.",
        plausible=(0.0, 0.5),
    ),
    Assumption(
        "setup_cost",
        "Set-up already paid",
        "What was paid once for setting up, and cannot be got back?",
        None,
        Unit.MONEY,
        0.0,
        1_000_000_000.0,
        "Money that is gone is shown and stays out of the return on what comes next.",
        source="typed",
    ),
    Assumption(
        "customer_lifetime_value",
        "Lifetime value in the spreadsheet",
        "Which lifetime value per customer does your spreadsheet use?",
        None,
        Unit.MONEY,
        0.0,
        1_000_000_000.0,
        "Used only for the struck-out formulas of the texts. Left open: monthly revenue per customer over the monthly churn.",
        source="typed",
    ),
    Assumption(
        "currency",
        "Currency of the typed amounts",
        "In which currency are the amounts that you typed?",
        None,
        Unit.TEXT,
        0.0,
        0.0,
        "Amounts are compared with revenue as they stand, so both must be in one currency.",
        source="typed",
    ),
)
DECLARED = MappingProxyType({assumption.key: assumption for assumption in _ALL})
