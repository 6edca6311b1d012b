"""Who the customers are: accounts, customers, usage, referrals, and the one flat file."""

from roi_core.schema.columns import Column, ColumnType, Privacy, Table

T = ColumnType
HASHED = Privacy.HASHED

ACCOUNTS = Table(
    "accounts",
    "Accounts",
    "One row per company that is sold to.",
    (
        Column("account_id", T.KEY, "id of the account in its own system", required=True, privacy=HASHED),
        Column("name", T.KEY, "name of the company", privacy=HASHED),
        Column("domain", T.KEY, "internet domain of the company", privacy=HASHED),
        Column("industry", T.TEXT, "industry"),
        Column("segment", T.TEXT, "segment or tier"),
        Column("owner", T.KEY, "who looks after the account", privacy=HASHED),
        Column("annual_revenue", T.MONEY, "yearly revenue of the company itself", unit="money"),
        Column("employees", T.INTEGER, "people employed", unit="count"),
        Column("parent_account_id", T.KEY, "account that owns this one", privacy=HASHED),
        Column("created_at", T.TIMESTAMP, "account was recorded"),
    ),
    key=("account_id",),
)

CUSTOMERS = Table(
    "customers",
    "Customers",
    "One row per customer of the billing system.",
    (
        Column("customer_id", T.KEY, "id of the customer in the billing system", required=True, privacy=HASHED),
        Column("email", T.KEY, "e-mail address", privacy=HASHED),
        Column("company", T.KEY, "company name, legal form folded away", privacy=HASHED),
        Column("company_written", T.KEY, "the same with its legal form; computed on reading", privacy=HASHED),
        Column("domain", T.KEY, "e-mail domain, free-mail excluded", privacy=HASHED),
        Column("external_id", T.KEY, "id in another system of the same company", privacy=HASHED),
        Column("phone", T.KEY, "telephone number, digits only", privacy=HASHED),
        Column("started_at", T.TIMESTAMP, "became a customer", required=True),
        Column("churned_at", T.TIMESTAMP, "left; blank while a customer"),
        Column("churn_kind", T.TEXT, "why the customer left", values=("voluntary", "failed_payment", "merger", "downgrade")),
        Column("account_id", T.KEY, "account the customer belongs to", privacy=HASHED),
        Column("plan", T.TEXT, "plan"),
        Column("segment", T.TEXT, "segment or tier"),
        Column("industry", T.TEXT, "industry"),
        Column("region", T.TEXT, "region"),
        Column("country", T.TEXT, "country"),
        Column("seats", T.NUMBER, "seats paid for", unit="count"),
        Column("mrr", T.MONEY, "revenue a month", unit="money per month"),
        Column("currency", T.TEXT, "ISO 4217"),
        Column("acquisition_channel", T.TEXT, "how the customer was won"),
        Column("referred_by", T.KEY, "customer who referred this one", privacy=HASHED),
        Column("status", T.TEXT, "status in the billing system"),
    ),
    key=("customer_id",),
    latest="of the file with the latest start, one who left before one who did not",
)

USAGE = Table(
    "usage",
    "Usage and health",
    "One row per customer and day it describes.",
    (
        Column("customer_id", T.KEY, "id of the customer", required=True, privacy=HASHED),
        Column("as_of", T.TIMESTAMP, "first instant of the day described; the row holds at the end of that day", required=True),
        Column("usage", T.NUMBER, "how much was used, on the vendor's own scale"),
        Column("health", T.NUMBER, "health score, on the vendor's own scale"),
        Column("active_days", T.NUMBER, "days with any use in the period", unit="days"),
        Column("features_used", T.NUMBER, "distinct features used in the period", unit="count"),
    ),
    key=("customer_id", "as_of"),
    latest="each value of the file with the latest day, and there of the last row that has one",
)

REFERRALS = Table(
    "referrals",
    "Referrals",
    "One row per customer won through another.",
    (
        Column("referrer_id", T.KEY, "customer who referred", required=True, privacy=HASHED),
        Column("referred_id", T.KEY, "customer who was referred", required=True, privacy=HASHED),
        Column("at", T.TIMESTAMP, "referred", required=True),
        Column("channel", T.TEXT, "how the referral was made"),
        Column("amount", T.MONEY, "first revenue or reward", unit="money"),
    ),
    key=("referrer_id", "referred_id"),
)

FLAT = Table(
    "flat",
    "One flat file",
    "One row per customer with support, churn and whatever else is known, all recorded at the same time.",
    (
        Column("customer_id", T.KEY, "id of the customer", required=True, privacy=HASHED),
        Column("supported", T.BOOLEAN, "had support", required=True),
        Column("churned", T.BOOLEAN, "has left", required=True),
        Column("tenure_months", T.NUMBER, "months as a customer", unit="months"),
        Column("satisfaction", T.NUMBER, "satisfaction as answered"),
        Column("satisfaction_scale", T.NUMBER, "top of the satisfaction scale"),
        Column("revenue", T.MONEY, "revenue, of the period the header names", unit="money"),
    ),
    key=("customer_id",),
)

TABLES = (ACCOUNTS, CUSTOMERS, USAGE, REFERRALS, FLAT)
