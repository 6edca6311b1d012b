"""What customers pay and what support costs: subscriptions, invoices, movements, opportunities, costs, contracts, projects."""

from roi_core.schema.columns import Column, ColumnType, Lines, Privacy, Table

T = ColumnType
HASHED = Privacy.HASHED

COST_COMPONENTS = (
    "salaries", "software", "training", "management", "overhead", "outsourcing", "escalation", "repeat_contact", "integration", "quality",
    "concessions", "other",
)  # fmt: skip

INVOICE_STATUS = ("draft", "open", "paid", "partially_refunded", "refunded", "disputed", "failed", "uncollectible", "void")

_JOIN_KEYS = (
    Column("email", T.KEY, "e-mail address of who pays", privacy=HASHED),
    Column("company", T.KEY, "company that pays, legal form folded away", privacy=HASHED),
    Column("company_written", T.KEY, "the same with its legal form; computed on reading", privacy=HASHED),
    Column("domain", T.KEY, "e-mail domain, free-mail excluded", privacy=HASHED),
)

SUBSCRIPTIONS = Table(
    "subscriptions",
    "Subscriptions",
    "One row per subscription.",
    (
        Column("subscription_id", T.TEXT, "id of the subscription", required=True),
        Column("customer_id", T.KEY, "id of the customer", required=True, privacy=HASHED),
        *_JOIN_KEYS,
        Column("plan", T.TEXT, "plan"),
        Column("started_at", T.TIMESTAMP, "started", required=True),
        Column("trial_started_at", T.TIMESTAMP, "its trial began"),
        Column("trial_ends_at", T.TIMESTAMP, "its trial ends; what ends no later was never paid for and is no subscription"),
        Column("ended_at", T.TIMESTAMP, "ended; blank while it runs"),
        Column("cancel_reason", T.TEXT, "why it ended"),
        Column("mrr", T.MONEY, "revenue a month: amount times quantity, divided by the months of the interval", unit="money per month"),
        Column("mrr_is_monthly", T.BOOLEAN, "mrr is known to be of a month, so that no invoice has to bear it out; computed on reading"),
        Column("currency", T.TEXT, "ISO 4217"),
        Column("interval", T.TEXT, "how often it is billed", values=("day", "week", "month", "quarter", "half_year", "year")),
        Column("quantity", T.NUMBER, "units paid for", unit="count"),
        Column("status", T.TEXT, "status"),
    ),
    key=("subscription_id",),
    latest="of the file with the latest start, an ended one before a running one",
)

INVOICES = Table(
    "invoices",
    "Invoices and payments",
    "One row per invoice or payment, also drafts, failed and voided ones.",
    (
        Column("invoice_id", T.TEXT, "id of the invoice or payment", required=True),
        Column("customer_id", T.KEY, "id of the customer", required=True, privacy=HASHED),
        Column("subscription_id", T.TEXT, "subscription it bills"),
        *_JOIN_KEYS,
        Column("issued_at", T.TIMESTAMP, "issued", required=True),
        Column("paid_at", T.TIMESTAMP, "paid; blank while open"),
        Column("amount", T.MONEY, "amount, taxes as the vendor gives them", unit="money", required=True),
        Column("refunded", T.MONEY, "paid back", unit="money"),
        Column("currency", T.TEXT, "ISO 4217"),
        Column("status", T.TEXT, "status, in the canonical words", values=INVOICE_STATUS),
        Column("quantity", T.NUMBER, "units billed", unit="count"),
        Column("unit_price", T.MONEY, "price of one unit, where a row is a line of a bill; the amount is then quantity times price", unit="money"),
        Column("payment_row_id", T.TEXT, "id of the payment, where a row is one; its invoice_id names the invoice it pays, if any"),
    ),
    key=("invoice_id",),
    latest="by paid_at, else issued_at, then with the largest refund",
    lines=Lines("issued_at", "quantity"),
)

MRR_MOVEMENTS = Table(
    "mrr_movements",
    "Revenue movements",
    "One row per change of a customer's monthly revenue.",
    (
        Column("customer_id", T.KEY, "id of the customer", required=True, privacy=HASHED),
        Column("company", T.KEY, "company that pays, legal form folded away", privacy=HASHED),
        Column("subscription_id", T.TEXT, "subscription that changed"),
        Column("at", T.TIMESTAMP, "changed", required=True),
        Column("kind", T.TEXT, "kind of change", required=True, values=("new", "expansion", "contraction", "churn", "reactivation")),
        Column("amount", T.MONEY, "change of the monthly revenue, signed", unit="money per month", required=True),
        Column("currency", T.TEXT, "ISO 4217"),
        Column("plan", T.TEXT, "plan"),
    ),
)

OPPORTUNITIES = Table(
    "opportunities",
    "Opportunities",
    "One row per deal.",
    (
        Column("opportunity_id", T.TEXT, "id of the deal", required=True),
        Column("customer_id", T.KEY, "id of the customer", privacy=HASHED),
        Column("kind", T.TEXT, "kind of deal", required=True, values=("new", "upsell", "cross_sell", "renewal")),
        Column("opened_at", T.TIMESTAMP, "opened", required=True),
        Column("closed_at", T.TIMESTAMP, "closed"),
        Column("amount", T.MONEY, "value of the deal", unit="money"),
        Column("currency", T.TEXT, "ISO 4217"),
        Column("won", T.BOOLEAN, "won"),
        Column("source", T.TEXT, "where it came from"),
        Column("stage", T.TEXT, "stage"),
    ),
    key=("opportunity_id",),
    latest="of the file with the latest opening or decision, a decided one before an open one",
)

COSTS = Table(
    "costs",
    "Costs of support",
    "One row per month and component.",
    (
        Column("month", T.MONTH, "month of the cost", required=True),
        Column("component", T.TEXT, "what was paid for", required=True, values=COST_COMPONENTS),
        Column("amount", T.MONEY, "cost", unit="money", required=True),
        Column("currency", T.TEXT, "ISO 4217"),
        Column("activity", T.TEXT, "activity it pays for"),
        Column("team", T.TEXT, "team"),
    ),
)

CONTRACTS = Table(
    "contracts",
    "Contracts",
    "One row per contract.",
    (
        Column("contract_id", T.TEXT, "id of the contract", required=True),
        Column("customer_id", T.KEY, "id of the customer", required=True, privacy=HASHED),
        Column("started_at", T.TIMESTAMP, "starts", required=True),
        Column("ends_at", T.TIMESTAMP, "ends", required=True),
        Column("renewed", T.BOOLEAN, "was renewed"),
        Column("value", T.MONEY, "value of the whole term", unit="money"),
        Column("currency", T.TEXT, "ISO 4217"),
        Column("scope_change", T.MONEY, "change of value during the term", unit="money"),
    ),
    key=("contract_id",),
    latest="of the file with the latest start, one of which the renewal is known before others",
)

PROJECTS = Table(
    "projects",
    "Projects",
    "One row per project of a contract.",
    (
        Column("project_id", T.TEXT, "id of the project", required=True),
        Column("contract_id", T.TEXT, "contract it belongs to"),
        Column("planned_hours", T.NUMBER, "hours planned", unit="hours"),
        Column("actual_hours", T.NUMBER, "hours worked", unit="hours"),
        Column("overhead_hours", T.NUMBER, "hours not billed", unit="hours"),
        Column("rate", T.MONEY, "price of an hour", unit="money"),
    ),
    key=("project_id",),
)

TABLES = (SUBSCRIPTIONS, INVOICES, MRR_MOVEMENTS, OPPORTUNITIES, COSTS, CONTRACTS, PROJECTS)
