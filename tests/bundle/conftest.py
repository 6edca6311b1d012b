import shutil

import pytest

from roi_core.bundle import export_work, importing
from roi_core.ingest import take_in
from roi_core.workspace import Workspace, saved
from tests.reading_here import read

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


def labels(workspace):
    """What the vault says, but of files that wait for an answer: their bytes stay where they are."""
    return {kind: workspace.vault.labels(kind) for kind in workspace.vault.kinds() if not kind.startswith("held")}


FINDING = {
    "kind": "effect", "key": "a", "note": "look", "kept_on": "2026-03-01", "then": {"title": "t", "text": "x", "numbers": [1.5, None]}, "moved": {"reply": 0.5},
}  # fmt: skip


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture(scope="session")
def loaded(tmp_path_factory):
    """A home with the work, read once."""
    home = tmp_path_factory.mktemp("loaded") / "home"
    made = Workspace.create(home)
    take_in([("canary_export_tickets.csv", TICKETS.encode()), ("canary_export_customers.csv", CUSTOMERS.encode())], made)
    made.remember_all({"company": "Canary Holding", "colour": "green", "assumptions": {"gross_margin": 0.6}, "findings": [FINDING]})
    return home


@pytest.fixture
def workspace(loaded, home):
    """The work of a test, which may change it."""
    shutil.copytree(loaded, home)
    (work,) = saved(home)
    return Workspace.open(home, work)


@pytest.fixture
def bundle(workspace, tmp_path):
    def write(passphrase=None):
        path = tmp_path / "work.support-roi.zip"
        export_work(workspace, path, passphrase)
        return path

    return write


@pytest.fixture
def in_this_process(monkeypatch):
    """The reading process's work without a process: what it says of hostile content is the same."""
    monkeypatch.setattr(importing, "read_apart", read)
