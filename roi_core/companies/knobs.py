"""The settings of the monthly process: what a company is like, apart from its luck."""

from dataclasses import dataclass

from roi_core.companies.clock import LAST_MONTH, Window

PLANS = ("Starter", "Growth", "Enterprise")
CATEGORIES = ("Billing question", "How-to question", "Export fails", "Login problem", "Integration", "Bug report")


@dataclass(frozen=True, slots=True)
class Spike:
    """A month in which more problems arrive, and one category grows: `month` is a month number."""

    month: int
    category: str
    more_problems: float
    more_of_category: float


@dataclass(frozen=True, slots=True)
class SimulationKnobs(Window):
    """One company. The default is scenario S2 of the design study: an effect, and all that confounds it in the files.

    `effect` scales all that support does (0 = nothing), `confounding` how strongly trouble drives both contacts and churn,
    `hidden` the share of the severity that the health score does not hold. With `stale_snapshots` usage and health describe
    the month before, so that a problem can arrive and be reported between two snapshots (S5).
    `churn` (plans,) is the base log-odds a month; `plan_effect` (plans,), `category_effect` and `category_fcr` (categories,)
    say whom support helps more, and what is resolved less often. `cancel_tickets` is the share of leavers who write to cancel.
    """

    customers: int = 2_000
    months: int = 18
    seed: int = 1
    effect: float = 1.0
    confounding: float = 1.0
    hidden: float = 0.0
    stale_snapshots: bool = False
    last_month: int = LAST_MONTH
    churn: tuple[float, float, float] = (-2.68, -3.0, -3.35)
    plan_effect: tuple[float, float, float] = (1.0, 1.0, 1.0)
    category_effect: tuple[float, ...] = (1.0,) * len(CATEGORIES)
    category_fcr: tuple[float, ...] = (0.0,) * len(CATEGORIES)
    cancel_tickets: float = 0.0
    spike: Spike | None = None

    @property
    def agents(self) -> int:
        """Agents on the team: one for 600 customers, at least 3."""
        return max(3, self.customers // 600)
