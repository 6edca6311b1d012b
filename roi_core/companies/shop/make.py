"""One shop: its story, its files, and what support truly did."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np

from roi_core.companies.company import Company
from roi_core.companies.settings import Settings
from roi_core.companies.shop import gorgias, plain, shopify, truth
from roi_core.companies.shop.carts import chat_effect, draw_carts
from roi_core.companies.shop.knobs import CATEGORIES, ShopKnobs
from roi_core.companies.shop.month import ADVICE_MONTHS
from roi_core.companies.shop.people import draw_people
from roi_core.companies.shop.process import ShopPanel, simulate
from roi_core.companies.shop.tickets import open_tickets
from roi_core.companies.table import Table
from roi_core.companies.truth import less, mean

MAIN, OTHER = 6, 3
"""180 and 90 days."""
GROSS_MARGIN = 0.55
CUSTOMERS = 2_500


@dataclass(frozen=True, slots=True)
class ShopStory:
    """One shop and what a reader discovers in it."""

    slug: str
    name: str
    discovers: str
    knobs: ShopKnobs


_LINDEN = ShopKnobs(customers=CUSTOMERS, seed=12, effect=0.5)
_ALL = (
    ShopStory(
        "linden-loom",
        "Linden & Loom",
        "A bot takes most inquiries, replies go from four hours to fifteen seconds and satisfaction rises, but faster replies bring no repeat purchase: "
        "resolving does. A chat before the first order raises conversion, size advice cuts returns, slow December replies cost spring orders.",
        _LINDEN,
    ),
    ShopStory(
        "plain-weave",
        "Plain Weave",
        "The same shop with the same lovely spreadsheet, and support does nothing: no effect is found.",
        replace(_LINDEN, effect=0.0),
    ),
)
STORIES: Mapping[str, ShopStory] = MappingProxyType({story.slug: story for story in _ALL})


def generate(story: str = "linden-loom", settings: Settings | None = None) -> Company:
    """A shop with planted truth; what the settings leave open is as the story has it. Raises KeyError for an unknown story."""
    told = STORIES[story]
    panel = simulate(replace(told.knobs, **(settings or Settings()).given()))
    return Company(told.slug, told.name, tables_of(panel), truth_of(told, panel))


def tables_of(panel: ShopPanel) -> tuple[Table, ...]:
    """The exports of a shop."""
    knobs, carts, orders = panel.knobs, draw_carts(panel.world), shopify.place_orders(panel)
    people = draw_people(knobs.seed, knobs.customers, int((~carts.bought).sum()))
    return (
        gorgias.ticket_export(open_tickets(panel, carts), people, knobs.seed, knobs.customers),
        shopify.order_export(orders, people, panel),
        shopify.customer_export(orders, people, panel),
        plain.return_export(orders, knobs.seed),
        plain.cart_export(carts, orders, people),
        plain.survey_export(panel, people),
        plain.cost_export(panel),
    )


def truth_of(story: ShopStory, panel: ShopPanel) -> dict[str, Any]:
    """truth.json of a shop."""
    found: dict[str, Any] = {
        "story": story.slug,
        "company": story.name,
        "business": "shop",
        "discovers": story.discovers,
        "knobs": _knobs(panel),
        "definitions": dict(DEFINITIONS),
        "gross_margin": GROSS_MARGIN,
        "currency": "GBP",
        "lapse_days": truth.lapse_days(panel),
    }
    main = _at(panel, MAIN)
    found |= main | {f"{key}_{OTHER * truth.DAYS_A_MONTH}d": value for key, value in _at(panel, OTHER).items()}
    found |= {
        "presale_conversion_effect": chat_effect(panel.knobs.effect),
        "size_advice_return_effect": _size_advice(panel),
        "all_or_nothing_note": "not estimable from exports",
    }
    return {key: round(value, 8) if isinstance(value, float) else value for key, value in found.items()}


def _at(panel: ShopPanel, horizon: int) -> dict[str, Any]:
    """Effects on the share without a further order: those on ordering again, with the other sign."""
    rows = truth.episodes(panel, horizon)
    net, months = mean(rows.net, rows.treated), panel.knobs.first_month + rows.month
    resolution, slow = truth.first_contact_resolution(panel, horizon), truth.slow_december(panel, horizon)
    return {
        "horizon_months": horizon,
        "trial_months": [f"{m // 12}-{m % 12 + 1:02d}" for m in (int(months.min()), int(months.max()))] if len(months) else [],
        "eligible_episodes": int(rows.treated.sum()),
        "eligible_rows": len(rows.treated),
        "episode_effect_att": less(mean(rows.repeat, rows.treated)),
        "episode_effect_ato": less(mean(rows.repeat, rows.overlap)),
        "episode_revenue_att": net,
        "episode_revenue_ato": mean(rows.net, rows.overlap),
        "episode_margin_att": None if net is None else net * GROSS_MARGIN,
        "first_contact_resolution_effect": less(resolution.ato),
        "first_contact_resolution_effect_ate": less(resolution.ate),
        "slow_december_effect": less(slow.ate),
        "spreadsheet": less(truth.spreadsheet(panel, horizon)),
        "unadjusted_trials": less(truth.unadjusted_trials(panel, rows, horizon)),
    }


def _size_advice(panel: ShopPanel) -> float | None:
    """Change of the chance that an order comes back, by advice in the months before; over the orders that had it."""
    path, advice = panel.path, CATEGORIES.index("Size advice")
    asked = path.contact & (path.category == advice)
    advised = np.zeros_like(asked)
    for back in range(1, ADVICE_MONTHS + 1):
        advised[back:] |= asked[:-back]
    rows = path.order & advised
    usual = path.wrong_chance[~advised].max()
    return float((path.wrong_chance[rows] - usual).mean()) * (1 - panel.knobs.hidden) if rows.any() else None


def _knobs(panel: ShopPanel) -> dict[str, Any]:
    knobs = panel.knobs
    names = ("customers", "months", "seed", "effect", "confounding", "hidden", "agents", "opens", "bot_from", "bot_share")
    return {**{name: getattr(knobs, name) for name in names}, "last_month": f"{knobs.last_month // 12}-{knobs.last_month % 12 + 1:02d}"}


DEFINITIONS: Mapping[str, str] = MappingProxyType(
    {
        "unit": "Effects are on the share without a further order within 180 days (keys ending in _90d: within 90), as fractions (0.01 = one point), "
        "treated minus control: negative means that support brought customers back.",
        "episode": "A customer month that enters a monthly trial: first order a month before at least, not lapsed (lapse_days without an order), no contact in "
        "the 3 calendar months before, from 3 months after the helpdesk opened to a month that can be followed. Treated: a contact in the month.",
        "episode_effect_att": "Mean over treated episodes of the change of the chance not to order in the days after the end of the month, contact "
        "in the month made minus not made, on the same luck, all care after the month as it comes. The days are the same in both groups.",
        "episode_effect_ato": "The same over all eligible customer months, weighted by e (1 - e), e being the true chance of a contact.",
        "episode_revenue_att": "Mean over treated episodes of the change of what is ordered in those days, less refunds.",
        "episode_margin_att": "episode_revenue_att times gross_margin, undiscounted.",
        "first_contact_resolution_effect": "First contact of every customer month that can be followed from day 7 on, resolved at once minus not, on the "
        "chance not to order in the days from then on, overlap-weighted by the true chance.",
        "slow_december_effect": "The same for contacts of a December: first reply after more than a day minus faster.",
        "presale_conversion_effect": "A chat before the first order: what it adds to the chance that a first cart is bought.",
        "size_advice_return_effect": "Advice on size in the 3 months before an order: what it adds to the chance that the order comes back.",
        "spreadsheet": "Not an effect: share of the first trial month's customers without an order in the days from then on, "
        "who wrote in them minus who did not.",
        "expected": "Effects are expected: chances along the path that this luck brings, not whether a die fell. Without an effect they are 0.",
    }
)
"""What every figure of truth.json means."""
