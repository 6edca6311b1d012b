"""Facts of a simulated shop without the detour through exports, with the truth that was planted in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roi_core.companies.contact_times import any_day_seconds
from roi_core.companies.shop import truth
from roi_core.companies.shop.knobs import CATEGORIES, ShopKnobs
from roi_core.companies.shop.process import ShopPanel, simulate
from roi_core.companies.shop.shopify import place_orders
from roi_core.spine import Facts, build_facts
from tests.typed_tables import write_part

_DAY = 86_400


@dataclass(frozen=True, slots=True)
class SimulatedShop:
    """Facts with the planted effects on the share without a further order (treated minus control) and on net orders per episode."""

    facts: Facts
    ato: float
    att: float
    net: Mapping[str, float]
    rows: int
    resolution_ato: float


def simulated_shop(folder: Path, knobs: ShopKnobs, horizon: int = 6, *, returns: bool = True) -> SimulatedShop:
    """The typed tables of one shop under `folder`, and their facts. `returns` False: the returns file is missing."""
    panel = simulate(knobs)
    rows = truth.episodes(panel, horizon)
    return SimulatedShop(
        facts=build_facts(_tables(folder, panel, returns=returns)),
        ato=-float(np.average(rows.repeat, weights=rows.overlap)),
        att=-float(rows.repeat[rows.treated].mean()),
        net={"ATO": float(np.average(rows.net, weights=rows.overlap)), "ATT": float(rows.net[rows.treated].mean())},
        rows=len(rows.treated),
        resolution_ato=-float(truth.first_contact_resolution(panel, horizon).ato or 0.0),
    )


def _times(seconds: NDArray[np.int64]) -> pa.Array:
    return pa.array(seconds * 1_000_000, pa.int64()).cast(pa.timestamp("us"))


def _tables(folder: Path, panel: ShopPanel, *, returns: bool) -> dict[str, tuple[Path, ...]]:
    orders, ids = place_orders(panel), np.array([f"b{i}" for i in range(panel.knobs.customers)])
    numbers, back = np.array(orders.numbers), np.flatnonzero(orders.returned)
    written: dict[str, dict[str, object]] = {
        "customers": {"customer_id": ids},
        "orders": {
            "order_id": numbers,
            "customer_id": ids[orders.buyer],
            "ordered_at": _times(orders.at),
            "amount": orders.amount,
            "refunded": orders.amount * orders.returned,
            "currency": ["gbp"] * len(numbers),
            "status": np.where(orders.cancelled, "cancelled", "paid"),
        },
        "tickets": _tickets(panel, ids),
    }
    if returns:
        written["returns"] = {"order_id": numbers[back], "at": _times(orders.returned_s[back])}
    return {name: write_part(folder, name, columns) for name, columns in written.items()}


def _tickets(panel: ShopPanel, ids: NDArray[np.str_]) -> dict[str, object]:
    """One ticket a contact; what was not resolved comes back the day after, or an hour before the month ends."""
    at = np.nonzero(panel.path.contact)
    created = any_day_seconds(panel.knobs.seed, panel.knobs.first_month, panel.path.contact.shape)[at]
    back = ~panel.path.resolved[at]
    category, minutes = np.array(CATEGORIES)[panel.path.category[at]], panel.path.minutes[at]
    again = created[back] + _DAY // 4
    created = np.concatenate([created, again])
    return {
        "ticket_id": np.arange(len(created)).astype(str),
        "customer_id": ids[np.concatenate([at[1], at[1][back]])],
        "created_at": _times(created),
        "first_response_at": _times(created + np.concatenate([minutes, minutes[back]]).astype(np.int64) * 60 + 15),
        "category": np.concatenate([category, category[back]]),
        "priority": np.where(np.concatenate([panel.path.fresh[at], panel.path.fresh[at][back]]), "high", "normal"),
        "status": ["Closed"] * len(created),
    }
