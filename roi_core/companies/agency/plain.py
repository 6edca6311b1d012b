"""What the agency keeps in plain tables: clients, contracts, projects, referrals, the delivery report, a survey a quarter, costs."""

import numpy as np

from roi_core.companies.agency.contracts import ENDED, RUNS, Contracts, referred
from roi_core.companies.agency.hubspot import company_ids
from roi_core.companies.agency.knobs import INDUSTRIES
from roi_core.companies.agency.process import AgencyPanel
from roi_core.companies.clock import DAY, HOUR, MINUTE, month_start, stamps
from roi_core.companies.luck import stream
from roi_core.companies.names import Directory
from roi_core.companies.table import Table, money

RATE = 95.0
"""EUR an hour that is billed."""
HOUR_COST = 58.0
"""EUR an hour costs the agency, billed or not."""
_SALARY, _TOOLS = 4_350.0, 180.0
_COSTLY_HOURS = 2.6
_NPS_SHARE = 0.35


def client_export(panel: AgencyPanel, people: Directory) -> Table:
    """Clients by their first contract. Who left did so in the last minute of a contract."""
    clients, left = panel.world.clients, panel.leaves
    first = month_start(panel.knobs.first_month + clients.joined)
    gone = np.where(left.any(axis=0), month_start(panel.knobs.first_month + left.argmax(axis=0) + 1) - MINUTE, -1)
    columns = {
        "customer_id": company_ids(panel.knobs.customers),
        "email": [emails[0] for emails in people.emails],
        "company": people.legal_name,
        "started_at": stamps(first),
        "churned_at": stamps(gone),
        "industry": [INDUSTRIES[i] for i in clients.industry.tolist()],
        "plan": [f"{t}-month retainer" for t in clients.term.tolist()],
        "mrr": money(clients.fee.tolist()),
        "currency": ["EUR"] * panel.knobs.customers,
    }
    return Table("clients.csv", columns)


def contract_export(panel: AgencyPanel, contracts: Contracts) -> Table:
    """One row per contract; one that still runs is neither renewed nor not."""
    ids, n = company_ids(panel.knobs.customers), len(contracts.client)
    columns = {
        "contract_id": _numbers(n),
        "customer_id": [ids[c] for c in contracts.client.tolist()],
        "started_at": stamps(contracts.starts(panel.knobs.first_month), "D"),
        "ends_at": stamps(contracts.ends(panel.knobs.first_month) - DAY, "D"),
        "renewed": ["" if fate == RUNS else "no" if fate == ENDED else "yes" for fate in contracts.fate.tolist()],
        "value": money(contracts.value.tolist()),
        "currency": ["EUR"] * n,
        "scope_change": money(contracts.scope.tolist()),
    }
    return Table("contracts.csv", columns)


def project_export(panel: AgencyPanel, contracts: Contracts) -> Table:
    """One project a contract; those of the costly clients take far more hours than are paid."""
    n = len(contracts.client)
    luck = stream(panel.knobs.seed, "agency projects").standard_normal((2, n))
    planned = contracts.value / RATE
    actual = planned * np.exp(0.12 * luck[0]) * np.where(panel.world.clients.costly[contracts.client], _COSTLY_HOURS, 1.0)
    overhead = 0.12 * actual * np.exp(0.25 * luck[1])
    columns = {
        "project_id": [f"P-{i:04d}" for i in range(1, n + 1)],
        "contract_id": _numbers(n),
        "planned_hours": _hours(planned),
        "actual_hours": _hours(actual),
        "overhead_hours": _hours(overhead),
        "rate": money([RATE] * n),
    }
    return Table("projects.csv", columns)


def referral_export(panel: AgencyPanel) -> Table:
    """Who brought whom, and what the first contract was worth."""
    brought, by = referred(panel)
    ids, clients = company_ids(panel.knobs.customers), panel.world.clients
    columns = {
        "referrer_id": [ids[c] for c in by.tolist()],
        "referred_id": [ids[c] for c in brought.tolist()],
        "at": stamps(month_start(panel.knobs.first_month + clients.joined[brought]) - 30 * DAY, "D"),
        "channel": ["word of mouth"] * len(brought),
        "amount": money((clients.fee * clients.term)[brought].tolist()),
    }
    return Table("referrals.csv", columns)


def delivery_export(panel: AgencyPanel) -> Table:
    """Hours delivered against plan (100 = as planned) and how delivery stands, on the last day of the month before."""
    client, step = np.nonzero(panel.alive[:-1].T)
    ids = company_ids(panel.knobs.customers)
    columns = {
        "customer_id": [ids[c] for c in client.tolist()],
        "as_of": stamps(month_start(panel.knobs.first_month + step) - DAY, "D"),
        "usage": [f"{x:.1f}" for x in (100 + 12 * panel.path.hours[step, client]).tolist()],
        "health": [f"{x:.1f}" for x in (90 - 25 * panel.health[step, client]).tolist()],
    }
    return Table("delivery.csv", columns)


def survey_export(panel: AgencyPanel, people: Directory) -> Table:
    """A net promoter survey every third month."""
    knobs, luck = panel.knobs, stream(panel.knobs.seed, "agency nps")
    rows: list[tuple[str, ...]] = []
    for step in range(2, knobs.months, 3):
        draw, noise = luck.random((2, knobs.customers)), luck.standard_normal(knobs.customers)
        asked = np.flatnonzero(panel.alive[step] & (draw[0] < _NPS_SHARE))
        felt = 7.9 + 0.9 * panel.world.clients.loyalty - 1.1 * panel.path.problem[step] + 1.3 * noise
        score = np.clip(np.round(felt), 0, 10).astype(np.int64)[asked]
        sent = month_start(knobs.first_month + step) + 8 * DAY + 9 * HOUR + np.zeros_like(asked)
        at = sent + (draw[1][asked] * 6 * DAY).astype(np.int64)
        rows += [("nps", str(s), "10", people.emails[c][0], a, b) for s, c, a, b in zip(score.tolist(), asked.tolist(), stamps(sent), stamps(at), strict=True)]
    numbered = [(f"n{i}", *row) for i, row in enumerate(rows, start=1)]
    headers = ("response_id", "kind", "score", "scale", "email", "sent_at", "answered_at")
    columns: list[list[str]] = [list(column) for column in zip(*numbered, strict=True)] or [[] for _ in headers]
    return Table("surveys.csv", dict(zip(headers, columns, strict=True)))


def cost_export(panel: AgencyPanel) -> Table:
    """Salaries and tools of the desk."""
    knobs = panel.knobs
    rows: list[tuple[str, str, float]] = []
    for month in range(knobs.first_month, knobs.last_month + 1):
        text = f"{month // 12}-{month % 12 + 1:02d}"
        rows += [(text, "salaries", knobs.agents * _SALARY), (text, "software", knobs.agents * _TOOLS)]
    month_, component, amount = zip(*rows, strict=True)
    return Table(
        "costs.csv", {"month": month_, "component": component, "amount": money(amount), "currency": ["EUR"] * len(rows), "team": ["Client desk"] * len(rows)}
    )


def _numbers(n: int) -> list[str]:
    return [f"K-{i:04d}" for i in range(1, n + 1)]


def _hours(hours: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> list[str]:
    return [f"{h:.1f}" for h in hours.tolist()]
