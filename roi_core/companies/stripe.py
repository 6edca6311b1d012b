"""Writes customers, subscriptions and invoices the way the Stripe dashboard exports them.

Its quirks: `(UTC)` in the header and minutes in the value; major units; Amount is a unit price, to be multiplied by Quantity;
"Canceled At" comes before "Ended At", and is set on some who are still active; the customer id is "Customer" in invoices
and "Customer ID" elsewhere; Period Start and End lie one cycle behind; failed, void and uncollectible invoices are rows too.
"""

from dataclasses import dataclass

import numpy as np

from roi_core.companies.clock import DAY, HOUR, MINUTE, Bools, Floats, Ints, month_start, stamps
from roi_core.companies.customers import INDUSTRIES
from roi_core.companies.knobs import PLANS
from roi_core.companies.luck import stream
from roi_core.companies.names import Directory, directory, identifiers, person
from roi_core.companies.process import Panel
from roi_core.companies.table import Table, money, with_blanks
from roi_core.companies.tickets import Tickets

CUSTOMERS = (
    "id", "Description", "Email", "Name", "Created (UTC)", "Delinquent", "Plan", "Status", "Total Spend", "Payment Count", "Refunded Volume",
    "Dispute Losses", "tag (metadata)",
)  # fmt: skip
SUBSCRIPTIONS = (
    "id", "Customer ID", "Customer Description", "Customer Email", "Customer Name", "Plan", "Plan price ID", "Quantity", "Currency", "Interval",
    "Amount", "Status", "Created (UTC)", "Start (UTC)", "Start Date (UTC)", "Current Period Start (UTC)", "Current Period End (UTC)",
    "Trial Start (UTC)", "Trial End (UTC)", "Canceled At (UTC)", "Ended At (UTC)", "Cancellation Reason",
)  # fmt: skip
INVOICES = (
    "id", "Customer", "Customer Name", "Subscription", "Status", "Currency", "Amount Due", "Subtotal", "Tax", "Tax Percent", "Total", "Amount Paid",
    "Total Discount Amount", "Exclusive Tax Amount", "Inclusive Tax Amount", "Starting Balance", "Ending Balance", "Date (UTC)", "Due Date (UTC)",
    "Paid At (UTC)", "Marked Uncollectible At (UTC)", "Voided At (UTC)", "Finalized At (UTC)", "Period Start (UTC)", "Period End (UTC)",
    "Minimum Line Item Period Start (UTC)", "Maximum Line Item Period End (UTC)", "Paid", "Closed", "Forgiven", "Applied Coupons", "Billing", "Charge",
    "Description", "Number",
)  # fmt: skip
_NEVER_SUBSCRIBED_SHARE = 0.015
_CANCELLED_ACTIVE_SHARE = 0.01
_VOID_SHARE = 0.006
_NEVER_PAID_SHARE = 0.003


@dataclass(frozen=True, slots=True)
class Billing:
    """What the three exports share: ids (customers,), and instants in epoch seconds, -1 where there is none."""

    customer_id: list[str]
    subscription_id: list[str]
    started: Ints
    canceled: Ints
    ended: Ints
    end: int

    @property
    def active(self) -> Bools:
        """Customers at the end of the exported period."""
        return self.ended < 0


@dataclass(frozen=True, slots=True)
class Invoices:
    """Invoices by customer and date, each field (invoices,); `paid` is -1 for those never paid, `void` marks duplicates that were voided."""

    customer: Ints
    issued: Ints
    period_end: Ints
    amount: Floats
    paid: Ints
    void: Bools


def customer_ids(seed: int, customers: int) -> list[str]:
    """Ids of the customers, which the usage file shares."""
    return identifiers(seed, "cus_", customers)


def bill(panel: Panel, tickets: Tickets) -> Billing:
    """Who subscribed when, and who cancelled: after their last ticket, with effect from the end of the month."""
    seed, n = panel.knobs.seed, panel.knobs.customers
    luck = stream(seed, "billing").random((4, n))
    end = int(month_start(panel.knobs.last_month + 1))
    left = panel.leaves.any(axis=0)
    ended = np.where(left, month_start(panel.knobs.first_month + panel.leaves.argmax(axis=0) + 1) - MINUTE, -1)
    last_word = np.full(n, -1)
    known = tickets.customer >= 0
    np.maximum.at(last_word, tickets.customer[known], tickets.created[known])
    earliest = np.maximum(last_word, ended - 9 * DAY)
    canceled = np.where(left, earliest + (luck[0] * (ended - earliest)).astype(np.int64), -1)
    at_period_end = ~left & panel.alive[-1] & (luck[1] < _CANCELLED_ACTIVE_SHARE)
    canceled = np.where(at_period_end, end - DAY - (luck[2] * 10 * DAY).astype(np.int64), canceled)
    return Billing(customer_ids(seed, n), identifiers(seed, "sub_", n), _starts(panel, luck[3]), canceled, ended, end)


def raise_invoices(panel: Panel, billing: Billing) -> Invoices:
    """A part month at sign-up, then one on the first of every month; trouble makes some pay late."""
    step, customer = np.nonzero(panel.alive[:-1])
    month = panel.knobs.first_month + step
    luck = stream(panel.knobs.seed, "invoices").random((5, len(step)))
    issued = month_start(month) + _billing_minute(panel)[customer]
    late = luck[1] < 1 / (1 + np.exp(3.2 - 0.5 * panel.path.problem[step, customer]))
    wait = np.where(late, 9 * DAY + luck[2] * 14 * DAY, HOUR + luck[2] ** 2 * 10 * MINUTE).astype(np.int64)
    paid = np.where((luck[3] < _NEVER_PAID_SHARE) | (issued + wait >= billing.end), -1, issued + wait)
    regular = Invoices(customer, issued, month_start(month + 1), panel.world.customers.mrr[customer], paid, np.zeros(len(step), dtype=np.bool_))
    return _in_order(regular, _voided(regular, np.flatnonzero(luck[4] < _VOID_SHARE)), _first_invoices(panel, billing))


def customer_export(panel: Panel, billing: Billing, invoices: Invoices, people: Directory) -> Table:
    """The customers export, with a few who registered and never subscribed."""
    n = panel.knobs.customers
    strangers = int(n * _NEVER_SUBSCRIBED_SHARE)
    is_paid = invoices.paid >= 0
    spend = np.bincount(invoices.customer[is_paid], invoices.amount[is_paid], minlength=n)
    owed = np.zeros(n, dtype=np.bool_)
    owed[invoices.customer[~is_paid & ~invoices.void & (invoices.issued > billing.end - 40 * DAY)]] = True
    status = np.where(billing.active, np.where(owed, "past_due", "active"), "canceled")
    plan = [PLANS[p] if active else "" for p, active in zip(panel.world.customers.plan.tolist(), billing.active.tolist(), strict=True)]
    names = [person(x) for x in stream(panel.knobs.seed, "registered").random(strangers).tolist()]
    seen = (stream(panel.knobs.seed, "registered at").random(strangers) * 300 * DAY).astype(np.int64)
    filled = {
        "id": billing.customer_id + identifiers(panel.knobs.seed + 1, "cus_", strangers),
        "Email": [e[0] for e in people.emails] + [f"{name.lower().replace(' ', '.')}@visitor{i}.example" for i, name in enumerate(names)],
        "Name": people.legal_name + names,
        "Created (UTC)": stamps(np.concatenate([billing.started, billing.end - DAY - seen]), "m"),
        "Delinquent": [str(o).lower() for o in owed.tolist()] + ["false"] * strangers,
        "Plan": plan + [""] * strangers,
        "Status": [str(s) for s in status] + [""] * strangers,
        "Total Spend": money(np.append(spend, np.zeros(strangers)).tolist()),
        "Payment Count": np.bincount(invoices.customer[is_paid], minlength=n + strangers).tolist(),
        "Refunded Volume": ["0.00"] * (n + strangers),
        "Dispute Losses": ["0.00"] * (n + strangers),
        "tag (metadata)": [INDUSTRIES[i] for i in panel.world.customers.industry.tolist()] + [""] * strangers,
    }
    return Table("stripe_customers.csv", with_blanks(CUSTOMERS, n + strangers, filled))


def subscription_export(panel: Panel, billing: Billing, people: Directory) -> Table:
    """The subscriptions export: one a customer."""
    customers, n = panel.world.customers, panel.knobs.customers
    period = np.where(billing.active, month_start(panel.knobs.last_month), month_start(_month_of(billing.ended)))
    started = stamps(billing.started, "m")
    filled = {
        "id": billing.subscription_id,
        "Customer ID": billing.customer_id,
        "Customer Email": [e[0] for e in people.emails],
        "Customer Name": people.legal_name,
        "Plan": [PLANS[p] for p in customers.plan.tolist()],
        "Plan price ID": [f"price_{PLANS[p].lower()}_monthly" for p in customers.plan.tolist()],
        "Quantity": customers.seats.tolist(),
        "Currency": ["usd"] * n,
        "Interval": ["month"] * n,
        "Amount": money(customers.unit_price.tolist()),
        "Status": [str(s) for s in np.where(billing.active, "active", "canceled")],
        "Created (UTC)": started,
        "Start (UTC)": started,
        "Start Date (UTC)": started,
        "Current Period Start (UTC)": stamps(period, "m"),
        "Current Period End (UTC)": stamps(month_start(_month_of(period) + 1), "m"),
        "Canceled At (UTC)": stamps(billing.canceled, "m"),
        "Ended At (UTC)": stamps(billing.ended, "m"),
        "Cancellation Reason": [str(s) for s in np.where(billing.canceled >= 0, "cancellation_requested", "")],
    }
    return Table("stripe_subscriptions.csv", with_blanks(SUBSCRIPTIONS, n, filled))


def invoice_export(panel: Panel, billing: Billing, invoices: Invoices, people: Directory) -> Table:
    """The invoices export, by customer and date."""
    count = len(invoices.customer)
    is_paid = invoices.paid >= 0
    lost = ~is_paid & ~invoices.void & (invoices.issued < billing.end - 60 * DAY)
    status = np.select([is_paid, invoices.void, lost], ["paid", "void", "uncollectible"], "open")
    amount, customer = money(invoices.amount.tolist()), invoices.customer.tolist()
    keys = identifiers(panel.knobs.seed, "", count, length=8)
    zero = ["0.00"] * count
    filled = {
        "id": [f"in_1{k}" for k in keys],
        "Customer": [billing.customer_id[c] for c in customer],
        "Customer Name": [people.legal_name[c] for c in customer],
        "Subscription": [billing.subscription_id[c] for c in customer],
        "Status": [str(s) for s in status],
        "Currency": ["usd"] * count,
        "Amount Due": amount,
        "Subtotal": amount,
        "Tax": zero,
        "Total": amount,
        "Amount Paid": [a if p else "0.00" for a, p in zip(amount, is_paid.tolist(), strict=True)],
        "Total Discount Amount": zero,
        "Starting Balance": zero,
        "Ending Balance": zero,
        "Date (UTC)": stamps(invoices.issued, "m"),
        "Paid At (UTC)": stamps(invoices.paid, "m"),
        "Marked Uncollectible At (UTC)": stamps(np.where(lost, invoices.issued + 45 * DAY, -1), "m"),
        "Voided At (UTC)": stamps(np.where(invoices.void, invoices.issued + HOUR, -1), "m"),
        "Finalized At (UTC)": stamps(invoices.issued, "m"),
        "Period Start (UTC)": stamps(month_start(_month_of(invoices.issued) - 1), "m"),
        "Period End (UTC)": stamps(month_start(_month_of(invoices.issued)), "m"),
        "Minimum Line Item Period Start (UTC)": stamps(invoices.issued, "m"),
        "Maximum Line Item Period End (UTC)": stamps(invoices.period_end, "m"),
        "Paid": [str(p).lower() for p in is_paid.tolist()],
        "Billing": ["charge_automatically"] * count,
        "Charge": [f"ch_3{k}" if p else "" for k, p in zip(keys, is_paid.tolist(), strict=True)],
        "Number": [f"{billing.customer_id[c][4:12].upper()}-{n:04d}" for c, n in zip(customer, _numbered(invoices).tolist(), strict=True)],
    }
    return Table("stripe_invoices.csv", with_blanks(INVOICES, count, filled))


def names_of(panel: Panel) -> Directory:
    """What the company's customers are called."""
    return directory(panel.knobs.seed, panel.knobs.customers)


def _starts(panel: Panel, luck: Floats) -> Ints:
    whole = np.floor(panel.world.customers.started).astype(np.int64)
    start = month_start(panel.knobs.first_month + whole)
    length = month_start(panel.knobs.first_month + whole + 1) - start
    within = ((panel.world.customers.started - whole) * length).astype(np.int64) // DAY * DAY
    return np.asarray(start + within + 8 * HOUR + (luck * 9 * HOUR).astype(np.int64))


def _first_invoices(panel: Panel, billing: Billing) -> Invoices:
    first, end = month_start(panel.knobs.first_month), billing.end
    new = np.flatnonzero((billing.started >= first) & (billing.started < end))
    month = _month_of(billing.started[new])
    share = (month_start(month + 1) - billing.started[new]) / (month_start(month + 1) - month_start(month))
    amount = np.round(panel.world.customers.mrr[new] * share, 2)
    return Invoices(new, billing.started[new], month_start(month + 1), amount, billing.started[new] + 5 * MINUTE, np.zeros(len(new), dtype=np.bool_))


def _voided(invoices: Invoices, twice: Ints) -> Invoices:
    """Raised twice by mistake, minutes later, and voided."""
    never, void = np.full(len(twice), -1), np.ones(len(twice), dtype=np.bool_)
    return Invoices(invoices.customer[twice], invoices.issued[twice] + 7 * MINUTE, invoices.period_end[twice], invoices.amount[twice], never, void)


def _billing_minute(panel: Panel) -> Ints:
    """The time of day at which each customer is billed, in seconds, (customers,)."""
    return np.asarray((stream(panel.knobs.seed, "billing minute").random(panel.knobs.customers) * 4 * HOUR).astype(np.int64))


def _in_order(*parts: Invoices) -> Invoices:
    columns = [np.concatenate([getattr(p, name) for p in parts]) for name in ("customer", "issued", "period_end", "amount", "paid", "void")]
    order = np.lexsort((columns[1], columns[0]))
    return Invoices(*(column[order] for column in columns))


def _numbered(invoices: Invoices) -> Ints:
    """The how manieth invoice of its customer each is, from 1."""
    return np.arange(1, len(invoices.customer) + 1) - np.searchsorted(invoices.customer, invoices.customer)


def _month_of(seconds: Ints) -> Ints:
    months = np.asarray(seconds).astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
    return np.asarray(months + 1970 * 12)
