"""What the shop keeps in plain tables: returns, carts, a survey a quarter, and what support costs."""

import numpy as np

from roi_core.companies.clock import DAY, HOUR, month_start, stamps
from roi_core.companies.luck import stream
from roi_core.companies.shop.carts import Carts
from roi_core.companies.shop.people import People
from roi_core.companies.shop.process import ShopPanel
from roi_core.companies.shop.shopify import Orders
from roi_core.companies.table import Table, money

_SALARY, _TOOLS, _BOT = 980.0, 45.0, 120.0
"""GBP a month: an agent in part time, tools an agent, the bot."""
_REASONS = ("too small", "too large", "damaged", "not as pictured")
_NPS_SHARE = 0.05


def return_export(orders: Orders, seed: int) -> Table:
    """One row per return, by day."""
    rows = np.flatnonzero(orders.returned)
    rows = rows[np.argsort(orders.returned_s[rows], kind="stable")]
    luck, number = stream(seed, "return reasons").random(len(rows)), orders.numbers
    reason = [_REASONS[int(i)] for i in np.searchsorted((0.42, 0.66, 0.82), luck, side="right").tolist()]
    columns = {
        "order_id": [number[i] for i in rows.tolist()],
        "at": stamps(orders.returned_s[rows]),
        "reason": reason,
        "amount": money(orders.amount[rows].tolist()),
        "handling_cost": ["6.50"] * len(rows),
    }
    return Table("returns.csv", columns)


def cart_export(carts: Carts, orders: Orders, people: People) -> Table:
    """First carts of visitors with an address, also those that were left."""
    number, first = orders.numbers, dict[int, str]()
    for place in np.flatnonzero(~orders.cancelled)[::-1].tolist():
        first[int(orders.buyer[place])] = number[place]
    visitor = carts.visitor.tolist()
    columns = {
        "cart_id": [f"cart-{50_001 + i}" for i in range(len(visitor))],
        "email": [people.emails[v] for v in visitor],
        "created_at": stamps(carts.opened),
        "amount": money(carts.amount.tolist()),
        "currency": ["GBP"] * len(visitor),
        "order_id": [first[v] if bought else "" for v, bought in zip(visitor, carts.bought.tolist(), strict=True)],
    }
    return Table("carts.csv", columns)


def survey_export(panel: ShopPanel, people: People) -> Table:
    """A net promoter survey every third month among those who have bought."""
    knobs, luck = panel.knobs, stream(panel.knobs.seed, "shop nps")
    rows: list[tuple[str, ...]] = []
    for step in range(knobs.opens + 2, knobs.months, 3):
        draw, noise = luck.random((2, knobs.customers)), luck.standard_normal(knobs.customers)
        asked = np.flatnonzero((panel.world.buyers.joined < step) & (draw[0] < _NPS_SHARE))
        felt = 7.4 + 0.9 * panel.world.buyers.taste - 1.2 * panel.path.upset[step] + 1.5 * noise
        score = np.clip(np.round(felt), 0, 10).astype(np.int64)[asked]
        sent = month_start(knobs.first_month + step) + 8 * DAY + 9 * HOUR + np.zeros_like(asked)
        at = sent + (draw[1][asked] * 6 * DAY).astype(np.int64)
        rows += [("nps", str(s), "10", people.emails[c], a, b) for s, c, a, b in zip(score.tolist(), asked.tolist(), stamps(sent), stamps(at), strict=True)]
    numbered = [(f"n{i}", *row) for i, row in enumerate(rows, start=1)]
    headers = ("response_id", "kind", "score", "scale", "email", "sent_at", "answered_at")
    columns: list[list[str]] = [list(column) for column in zip(*numbered, strict=True)] or [[] for _ in headers]
    return Table("surveys.csv", dict(zip(headers, columns, strict=True)))


def cost_export(panel: ShopPanel) -> Table:
    """Salaries and tools since the helpdesk opened; the bot is paid from its first month on."""
    knobs = panel.knobs
    rows: list[tuple[str, str, float]] = []
    for step in range(knobs.opens, knobs.months):
        month = knobs.first_month + step
        text = f"{month // 12}-{month % 12 + 1:02d}"
        rows += [(text, "salaries", knobs.agents * _SALARY), (text, "software", knobs.agents * _TOOLS + _BOT * (step >= knobs.bot_from))]
    month_, component, amount = zip(*rows, strict=True)
    return Table(
        "costs.csv", {"month": month_, "component": component, "amount": money(amount), "currency": ["GBP"] * len(rows), "team": ["Support"] * len(rows)}
    )
