"""The settings of an agency: what it is like, apart from its luck."""

from dataclasses import dataclass

from roi_core.companies.clock import LAST_MONTH, Window

INDUSTRIES = ("Food", "Travel", "Health", "Education", "Housing", "Culture")
CATEGORIES = ("Question", "Task", "Incident", "Problem")
ONE_COSTLY_IN = 60


@dataclass(frozen=True, slots=True)
class AgencyKnobs(Window):
    """One agency.

    `effect` scales all that support does (0 = nothing), `confounding` how strongly trouble with delivery drives both contacts
    and leaving, `hidden` the share of that trouble that the delivery report does not hold.
    """

    customers: int = 180
    months: int = 24
    seed: int = 1
    effect: float = 1.0
    confounding: float = 1.0
    hidden: float = 0.0
    last_month: int = LAST_MONTH

    @property
    def agents(self) -> int:
        """People on the desk: one for 60 clients, at least 2."""
        return max(2, self.customers // 60)

    @property
    def costly(self) -> int:
        """Clients that cost more than they pay: one in 60."""
        return self.customers // ONE_COSTLY_IN
