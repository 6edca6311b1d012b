"""Writes orders and customers the way the Shopify admin exports them.

Its quirks: a row for each item, values of the order on its first row alone; times with an offset; the customer's number behind an
apostrophe, and no number in the orders; a refund stands on the day of its order; nothing says since when somebody is a customer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from roi_core.companies.clock import DAY, HOUR, MINUTE, Bools, Floats, Ints, month_start, stamps
from roi_core.companies.luck import stream
from roi_core.companies.shop.knobs import COUNTRIES
from roi_core.companies.shop.people import People
from roi_core.companies.shop.process import ShopPanel
from roi_core.companies.table import Table, with_blanks

ORDERS = (
    "Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Fulfilled at", "Accepts Marketing", "Currency", "Subtotal", "Shipping",
    "Taxes", "Total", "Discount Code", "Discount Amount", "Shipping Method", "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price",
    "Lineitem compare at price", "Lineitem sku", "Lineitem requires shipping", "Lineitem taxable", "Lineitem fulfillment status", "Billing Name",
    "Billing Street", "Billing Address1", "Billing Address2", "Billing Company", "Billing City", "Billing Zip", "Billing Province", "Billing Country",
    "Billing Phone", "Shipping Name", "Shipping Street", "Shipping Address1", "Shipping Address2", "Shipping Company", "Shipping City", "Shipping Zip",
    "Shipping Province", "Shipping Country", "Shipping Phone", "Notes", "Note Attributes", "Cancelled at", "Payment Method", "Payment Reference",
    "Refunded Amount", "Vendor", "Outstanding Balance", "Employee", "Location", "Device ID", "Id", "Tags", "Risk Level", "Source", "Lineitem discount",
    "Tax 1 Name", "Tax 1 Value", "Tax 2 Name", "Tax 2 Value", "Tax 3 Name", "Tax 3 Value", "Tax 4 Name", "Tax 4 Value", "Tax 5 Name", "Tax 5 Value",
    "Phone", "Receipt Number", "Duties", "Billing Province Name", "Shipping Province Name", "Payment ID", "Payment Terms Name", "Next Payment Due At",
    "Payment References",
)  # fmt: skip
CUSTOMERS = (
    "Customer ID", "First Name", "Last Name", "Email", "Accepts Email Marketing", "Default Address Company", "Default Address Address1",
    "Default Address Address2", "Default Address City", "Default Address Province Code", "Default Address Country Code", "Default Address Zip",
    "Default Address Phone", "Phone", "Accepts SMS Marketing", "Total Spent", "Total Orders", "Note", "Tax Exempt", "Tags",
)  # fmt: skip
FIRST_ORDER = 1_001
RETURN_DAYS = (3, 10)
_FIRST_CUSTOMER_ID = 7_210_448_301_122
_ITEMS = ("Linen shirt", "Wool coat", "Loom scarf", "Wide trousers", "Ribbed knit", "Canvas tote", "Denim jacket", "Silk blouse")
_CANCELLED_SHARE = 0.012


@dataclass(frozen=True, slots=True)
class Orders:
    """Orders by time, each field (orders,): buyer, second, amount, whether it came back and when (-1), whether it was cancelled at once."""

    buyer: Ints
    at: Ints
    amount: Floats
    returned: Bools
    returned_s: Ints
    cancelled: Bools

    @property
    def numbers(self) -> list[str]:
        """`#1001` and on."""
        return [f"#{FIRST_ORDER + i}" for i in range(len(self.at))]


def place_orders(panel: ShopPanel) -> Orders:
    """Orders of the process, and a few that were cancelled within minutes and ordered again."""
    month, buyer = np.nonzero(panel.path.order)
    at, back = panel.world.buyers.order_s[month, buyer], panel.path.recorded[month, buyer]
    luck = stream(panel.knobs.seed, "shop returns").random((2, len(at)))
    wait = ((RETURN_DAYS[0] + luck[0] * (RETURN_DAYS[1] - RETURN_DAYS[0])) * DAY).astype(np.int64)
    latest = month_start(panel.knobs.first_month + month + 1) - 6 * HOUR
    returned_s = np.where(back, np.minimum(at + wait, latest), -1)
    amount, cancelled = panel.world.buyers.amount[month, buyer], np.zeros(len(at), dtype=np.bool_)
    twice = np.flatnonzero(luck[1] < _CANCELLED_SHARE)
    placed = Orders(buyer, at, amount, back, returned_s, cancelled)
    first_try = Orders(buyer[twice], at[twice] - HOUR // 4, amount[twice], cancelled[twice], np.full(len(twice), -1), ~cancelled[twice])
    together = [np.concatenate([getattr(placed, f.name), getattr(first_try, f.name)]) for f in fields(Orders)]
    order = np.argsort(together[1], kind="stable")
    return Orders(*(column[order] for column in together))


def order_export(orders: Orders, people: People, panel: ShopPanel) -> Table:
    """The orders export: one to three items an order, a row each."""
    n = len(orders.at)
    luck = stream(panel.knobs.seed, "shopify items").random((3, n))
    items = 1 + np.searchsorted((0.62, 0.90), luck[0], side="right")
    row = np.repeat(np.arange(n), items)
    place = np.arange(len(row)) - np.searchsorted(row, row)
    places, head = row.tolist(), (place == 0).tolist()
    picked = (luck[1][row] * len(_ITEMS)).astype(np.int64) + place
    every = {"Name": orders.numbers, "Email": [people.emails[b] for b in orders.buyer.tolist()], "Created at": _zoned(orders.at)}
    filled: dict[str, Sequence[object]] = {
        header: [values[i] if h else "" for i, h in zip(places, head, strict=True)] for header, values in _once(orders, people, panel, luck[2]).items()
    }
    filled |= {header: [values[i] for i in places] for header, values in every.items()}
    filled |= {
        "Vendor": ["Linden & Loom"] * len(row),
        "Lineitem quantity": [1] * len(row),
        "Lineitem name": [_ITEMS[i % len(_ITEMS)] for i in picked.tolist()],
        "Lineitem price": _prices(orders.amount, items, row, place),
    }
    return Table("shopify_orders.csv", with_blanks(ORDERS, len(row), filled))


def _once(orders: Orders, people: People, panel: ShopPanel, luck: Floats) -> dict[str, list[str]]:
    """What stands on the first row of an order alone, by header, each (orders,)."""
    n = len(orders.at)
    amount = [f"{x:.2f}" for x in orders.amount.tolist()]
    country = [COUNTRIES[c] for c in panel.world.buyers.country[orders.buyer].tolist()]
    zero = ["0.00"] * n
    return {
        "Financial Status": [str(s) for s in np.select([orders.cancelled, orders.returned], ["voided", "refunded"], "paid")],
        "Paid at": _zoned(np.where(orders.cancelled, -1, orders.at + 40)),
        "Fulfillment Status": ["unfulfilled" if c else "fulfilled" for c in orders.cancelled.tolist()],
        "Accepts Marketing": ["yes" if x < 0.4 else "no" for x in luck.tolist()],
        "Currency": ["GBP"] * n,
        "Subtotal": amount,
        "Shipping": zero,
        "Taxes": zero,
        "Total": amount,
        "Discount Amount": zero,
        "Billing Name": [people.names[b] for b in orders.buyer.tolist()],
        "Billing Country": country,
        "Shipping Country": country,
        "Cancelled at": _zoned(np.where(orders.cancelled, orders.at + 9 * MINUTE, -1)),
        "Payment Method": ["Shopify Payments"] * n,
        "Refunded Amount": [a if back else "0.00" for a, back in zip(amount, orders.returned.tolist(), strict=True)],
        "Id": [str(5_400_100_000_000 + 1_117 * i) for i in range(n)],
        "Risk Level": ["Low"] * n,
        "Source": ["web"] * n,
    }


def customer_export(orders: Orders, people: People, panel: ShopPanel) -> Table:
    """The customers export: everybody who has ordered."""
    n = panel.knobs.customers
    kept = ~orders.cancelled
    spent = np.bincount(orders.buyer[kept], weights=(orders.amount * ~orders.returned)[kept], minlength=n)
    first, last = zip(*(name.split(" ", 1) for name in people.names[:n]), strict=True)
    filled = {
        "Customer ID": [f"'{_FIRST_CUSTOMER_ID + 733 * i}" for i in range(n)],
        "First Name": first,
        "Last Name": last,
        "Email": people.emails[:n],
        "Accepts Email Marketing": ["no"] * n,
        "Default Address Country Code": [COUNTRIES[c] for c in panel.world.buyers.country.tolist()],
        "Total Spent": [f"{x:.2f}" for x in spent.tolist()],
        "Total Orders": np.bincount(orders.buyer[kept], minlength=n).tolist(),
        "Tax Exempt": ["no"] * n,
    }
    return Table("shopify_customers.csv", with_blanks(CUSTOMERS, n, filled))


def _prices(amount: Floats, items: Ints, row: Ints, place: Ints) -> list[str]:
    """Equal prices in whole pence, what is left over on the first item, so that they add up to the order."""
    pence = np.round(amount * 100).astype(np.int64)
    each = pence[row] // items[row]
    first = pence[row] - each * (items[row] - 1)
    return [f"{p / 100:.2f}" for p in np.where(place == 0, first, each).tolist()]


def _zoned(seconds: Ints) -> list[str]:
    return [f"{text} +0000" if text else "" for text in stamps(seconds)]
