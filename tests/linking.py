"""A company as four small files, in which every link can be counted by hand."""

from roi_core.ingest import take_in
from roi_core.spine.decisions import SETTING, Decisions
from roi_core.workspace import Workspace

CUSTOMERS = """customer_id,email,company,started_at
cus_1,billing@acme.example,Acme Ltd.,2024-01-01
cus_2,billing@bolt.example,Bolt,2024-01-02
cus_3,cleo@gmail.com,Cleo,2024-01-03
"""
SUBSCRIPTIONS = """subscription_id,customer_id,started_at,mrr,currency,interval
s1,cus_1,2024-01-01,100,usd,month
s2,cus_2,2024-01-02,200,usd,month
s3,cus_3,2024-01-03,50,usd,month
"""
INVOICES = """invoice_id,customer_id,email,issued_at,amount,currency,status
i1,cus_1,,2024-02-01,100.10,usd,paid
i2,cus_2,,2024-02-01,200.20,usd,paid
i3,cus_9,nobody@else.example,2024-02-01,99.70,usd,paid
"""
TICKETS = """ticket_id,created_at,email,company,customer_id,subject,lifecycle_stage
t1,2024-02-01 10:00,Billing@ACME.example,,,Help,
t2,2024-02-02 10:00,bob@bolt.example,BOLT GmbH,,Help,
t3,2024-02-03 10:00,carl@bolt.example,,,Help,
t4,2024-02-04 10:00,dora@bolt.example,,,Help,
t5,2024-02-05 10:00,,Zulu Inc,,Help,
t6,2024-02-06 10:00,,,1.03006E+13,Help,
t7,2024-02-07 10:00,new@lead.example,,,Can I buy it?,pre_sale
t8,2024-02-08 10:00,billing@acme.example,,,Help,
"""
FILES = {"customers.csv": CUSTOMERS, "subscriptions.csv": SUBSCRIPTIONS, "invoices.csv": INVOICES, "tickets.csv": TICKETS}


def as_files(files: dict[str, str] = FILES) -> list[tuple[str, bytes]]:
    """Names with bytes, as they are dropped."""
    return [(name, text.encode()) for name, text in files.items()]


def loaded(workspace: Workspace, files: dict[str, str] = FILES) -> Workspace:
    """The workspace with these files."""
    take_in(as_files(files), workspace)
    return workspace


def decided(workspace: Workspace, decisions: Decisions) -> Workspace:
    """The workspace with these decisions."""
    workspace.remember(SETTING, decisions.as_json())
    return workspace
