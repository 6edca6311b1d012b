import pytest

from roi_core.bundle import export_work
from roi_core.ingest import take_in
from roi_core.workspace import Workspace

CANARIES = ("canary.person@canary-mail.example", "Canary Person", "Canary Holding", "canary_export", "+49 30 5550123")
TICKETS = (
    "ticket_id,customer_id,email,company,created_at,agent,subject,tags\n"
    "1,c1,canary.person@canary-mail.example,Canary Holding,2025-01-05,Canary Person,call canary.person@canary-mail.example,billing\n"
    "2,c2,other@x.example,Other,2025-02-05,Canary Person,hello,=1+1\n"
    "broken\n"
)
CUSTOMERS = (
    "customer_id,email,company,phone,started_at,churned_at,mrr,currency\n"
    "c1,canary.person@canary-mail.example,Canary Holding,+49 30 5550123,2024-01-01,,10.1,EUR\nc2,other@x.example,Other,,2024-01-02,2025-02-20,20.2,EUR\n"
)
OPENS = "correct horse battery"


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def workspace(home):
    made = Workspace.create(home)
    take_in([("canary_export_tickets.csv", TICKETS.encode()), ("canary_export_customers.csv", CUSTOMERS.encode())], made)
    made.remember_all({"company": "Canary Holding", "colour": "green", "assumptions": {"gross_margin": 0.6}, "findings": [{"key": "a", "note": "look"}]})
    return made


@pytest.fixture
def bundle(workspace, tmp_path):
    def write(passphrase=None):
        path = tmp_path / "work.support-roi.zip"
        export_work(workspace, path, passphrase)
        return path

    return write
