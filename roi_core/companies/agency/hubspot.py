"""Writes deals the way a HubSpot portal exports them: new business won and lost, and a renewal for every contract that came due."""

from collections.abc import Sequence

import numpy as np

from roi_core.companies.agency.contracts import ENDED, RENEWED, Contracts, new_clients, referred
from roi_core.companies.agency.process import AgencyPanel
from roi_core.companies.clock import DAY, month_start, stamps
from roi_core.companies.luck import stream
from roi_core.companies.names import Directory, directory, person
from roi_core.companies.table import Table, with_blanks

HEADERS = (
    "Record ID", "Deal Name", "Last Activity Date", "State", "Deal Stage", "Close Date", "Deal owner", "Amount",
    "Date of last meeting booked in meetings tool", "Pipeline", "Associated Product", "Products", "LMS", "Associated Product IDs",
)  # fmt: skip
CHOSEN = ("Create Date", "Currency", "Associated Company IDs", "Associated Company", "Deal Type", "Deal Source")
"""Columns that this portal has chosen besides."""
FIRST_DEAL, FIRST_COMPANY = 19_204_551_003, 90_512_340_077
_LOST_PER_WON = 1.4
_OTHER_SOURCES = ("Website", "Event", "Outbound", "Tender")

_Deal = tuple[str, str, int, int, float, str, str, str, str]
"""Name, stage, opened, closed, amount, company id, company, type, source."""


def company_ids(customers: int) -> list[str]:
    """Ids of the clients, which contracts and the client list share."""
    return [str(FIRST_COMPANY + 317 * i) for i in range(customers)]


def deal_export(panel: AgencyPanel, contracts: Contracts, people: Directory) -> Table:
    """The deals export, by the day a deal was opened."""
    rows = sorted([*_won(panel, people), *_lost(panel), *_renewals(panel, contracts, people)], key=lambda deal: (deal[2], deal[0]))
    name, stage, opened, closed, amount, company_id, company, kind, source = (list(column) for column in zip(*rows, strict=True)) if rows else ([],) * 9
    n = len(rows)
    owners = [person(x) for x in stream(panel.knobs.seed, "deal owners").random(2).tolist()]
    days = stamps(np.array(closed, dtype=np.int64), "D")
    filled: dict[str, Sequence[object]] = {
        "Record ID": [str(FIRST_DEAL + 41 * i) for i in range(n)],
        "Deal Name": name,
        "Last Activity Date": days,
        "Deal Stage": stage,
        "Close Date": days,
        "Deal owner": [owners[i % 2] for i in range(n)],
        "Amount": [f"{x:.2f}" for x in amount],
        "Pipeline": ["Renewals" if k == "Renewal" else "Sales" for k in kind],
        "Create Date": stamps(np.array(opened, dtype=np.int64), "D"),
        "Currency": ["EUR"] * n,
        "Associated Company IDs": company_id,
        "Associated Company": company,
        "Deal Type": kind,
        "Deal Source": source,
    }
    return Table("hubspot_deals.csv", with_blanks((*HEADERS, *CHOSEN), n, filled))


def _won(panel: AgencyPanel, people: Directory) -> list[_Deal]:
    new, clients, ids = new_clients(panel), panel.world.clients, company_ids(panel.knobs.customers)
    luck = stream(panel.knobs.seed, "deals won").random((3, panel.knobs.customers))
    through = set(referred(panel)[0].tolist())
    rows: list[_Deal] = []
    for client in new.tolist():
        start = int(month_start(panel.knobs.first_month + int(clients.joined[client])))
        closed = start - int((4 + luck[0, client] * 12) * DAY)
        source = "Referral" if client in through else _OTHER_SOURCES[int(luck[2, client] * len(_OTHER_SOURCES))]
        value = float(clients.fee[client] * clients.term[client])
        opened = closed - int((20 + luck[1, client] * 60) * DAY)
        rows.append(
            (f"{people.company[client]}, first contract", "Closed won", opened, closed, value, ids[client], people.company[client], "New business", source)
        )
    return rows


def _lost(panel: AgencyPanel) -> list[_Deal]:
    count = round(_LOST_PER_WON * len(new_clients(panel)))
    luck = stream(panel.knobs.seed, "deals lost").random((4, count))
    names = directory(panel.knobs.seed + 1, panel.knobs.customers + count).company[panel.knobs.customers :]
    first, end = int(month_start(panel.knobs.first_month)), int(month_start(panel.knobs.last_month + 1))
    closed = first + (luck[0] * (end - first - DAY)).astype(np.int64)
    opened = closed - ((10 + luck[1] * 70) * DAY).astype(np.int64)
    amount = np.round(18_000 * np.exp(luck[2] - 0.5), -2)
    source = [("Referral", *_OTHER_SOURCES, *_OTHER_SOURCES)[int(x * 9)] for x in luck[3].tolist()]
    return [
        (f"{name}, first contract", "Closed lost", o, c, a, "", name, "New business", s)
        for name, o, c, a, s in zip(names, opened.tolist(), closed.tolist(), amount.tolist(), source, strict=True)
    ]


def _renewals(panel: AgencyPanel, contracts: Contracts, people: Directory) -> list[_Deal]:
    """Opened two months before a contract ends, closed in its last days."""
    ids, ends, first = company_ids(panel.knobs.customers), contracts.ends(panel.knobs.first_month), int(month_start(panel.knobs.first_month))
    stage = {RENEWED: "Closed won", ENDED: "Closed lost"}
    return [
        (f"{people.company[c]}, renewal", stage[fate], end - 60 * DAY, end - 3 * DAY, value, ids[c], people.company[c], "Renewal", "Client")
        for c, end, value, fate in zip(contracts.client.tolist(), ends.tolist(), contracts.value.tolist(), contracts.fate.tolist(), strict=True)
        if fate in stage and end > first
    ]
