"""The settings of a shop: what it is like, apart from its luck."""

from dataclasses import dataclass

from roi_core.companies.clock import LAST_MONTH, Window

CALM = ("Size advice", "Delivery", "Product question", "Payment")
TROUBLED = ("Return or exchange", "Damaged item", "Delivery")
CATEGORIES = ("Size advice", "Delivery", "Product question", "Payment", "Return or exchange", "Damaged item")
COUNTRIES = ("GB", "IE", "NL", "DE", "FR")
DECEMBER = 11


@dataclass(frozen=True, slots=True)
class ShopKnobs(Window):
    """One shop. `opens` and `bot_from` count months from the first one: the helpdesk opens, a bot begins to answer.

    `effect` scales all that support does (0 = nothing), `confounding` how strongly trouble with an order drives both contacts
    and coming back, `hidden` the share of that trouble of which no return is recorded. `bot_share` is the share of contacts
    without trouble that the bot takes.
    """

    customers: int = 3_000
    months: int = 30
    seed: int = 1
    effect: float = 1.0
    confounding: float = 1.0
    hidden: float = 0.0
    last_month: int = LAST_MONTH
    opens: int = 3
    bot_from: int = 18
    bot_share: float = 0.80

    @property
    def agents(self) -> int:
        """Agents on the team, in part time: one for 1,250 buyers, at least 2."""
        return max(2, self.customers // 1_250)
