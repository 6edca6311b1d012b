"""Facts of a simulated agency without the detour through exports, with the truth that was planted in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roi_core.companies.agency import truth
from roi_core.companies.agency.contracts import ENDED, RUNS, sign_contracts
from roi_core.companies.agency.knobs import CATEGORIES, AgencyKnobs
from roi_core.companies.agency.process import AgencyPanel, simulate
from roi_core.companies.clock import month_start
from roi_core.companies.contact_times import any_day_seconds
from roi_core.spine import Facts, build_facts
from tests.typed_tables import write_part

_DAY = 86_400


@dataclass(frozen=True, slots=True)
class SimulatedAgency:
    """Facts with the planted effects on the share not renewed (treated minus control) and on the value renewed per episode."""

    facts: Facts
    ato: float
    att: float
    value: Mapping[str, float]
    rows: int
    resolution_ato: float


def simulated_agency(folder: Path, knobs: AgencyKnobs) -> SimulatedAgency:
    """The typed tables of one agency under `folder`, and their facts."""
    panel = simulate(knobs)
    rows = truth.renewals(panel)
    return SimulatedAgency(
        facts=build_facts(_tables(folder, panel)),
        ato=-float(np.average(rows.renewed, weights=rows.overlap)),
        att=-float(rows.renewed[rows.treated].mean()),
        value={"ATO": float(np.average(rows.value, weights=rows.overlap)), "ATT": float(rows.value[rows.treated].mean())},
        rows=len(rows.treated),
        resolution_ato=-float(truth.first_contact_resolution(panel).ato or 0.0),
    )


def _times(seconds: NDArray[np.int64], missing: NDArray[np.bool_] | None = None) -> pa.Array:
    return pa.array(seconds * 1_000_000, pa.int64(), mask=missing).cast(pa.timestamp("us"))


def _tables(folder: Path, panel: AgencyPanel) -> dict[str, tuple[Path, ...]]:
    knobs, contracts = panel.knobs, sign_contracts(panel)
    ids = np.array([f"k{i}" for i in range(knobs.customers)])
    left = panel.leaves.any(axis=0)
    starts = month_start(np.arange(knobs.first_month, knobs.last_month + 1))
    written: dict[str, dict[str, object]] = {
        "customers": {
            "customer_id": ids,
            "started_at": _times(month_start(knobs.first_month + panel.world.clients.joined)),
            "churned_at": _times(month_start(knobs.first_month + panel.leaves.argmax(axis=0) + 1) - 60, ~left),
            "industry": panel.world.clients.industry.astype(str),
            "currency": ["eur"] * knobs.customers,
        },
        "contracts": {
            "contract_id": np.arange(len(contracts.client)).astype(str),
            "customer_id": ids[contracts.client],
            "started_at": _times(contracts.starts(knobs.first_month)),
            "ends_at": _times(contracts.ends(knobs.first_month) - _DAY),
            "renewed": pa.array(contracts.fate != ENDED, mask=contracts.fate == RUNS),
            "value": contracts.value,
        },
        "usage": {
            "customer_id": np.tile(ids, knobs.months),
            "as_of": _times(np.repeat(starts - _DAY, knobs.customers)),
            "usage": panel.path.hours.ravel(),
            "health": panel.health.ravel(),
        },
        "tickets": _tickets(panel, ids),
    }
    return {name: write_part(folder, name, columns) for name, columns in written.items()}


def _tickets(panel: AgencyPanel, ids: NDArray[np.str_]) -> dict[str, object]:
    """One ticket a contact; what was not resolved comes back six hours later."""
    at = np.nonzero(panel.contact)
    created = any_day_seconds(panel.knobs.seed, panel.knobs.first_month, panel.contact.shape)[at]
    back = ~panel.path.resolved[at]
    category, priority = np.array(CATEGORIES)[panel.path.category[at]], np.array(["normal", "high", "urgent"])[panel.path.problem[at]]
    created = np.concatenate([created, created[back] + _DAY // 4])
    return {
        "ticket_id": np.arange(len(created)).astype(str),
        "customer_id": ids[np.concatenate([at[1], at[1][back]])],
        "created_at": _times(created),
        "first_response_at": _times(created + 3_600),
        "category": np.concatenate([category, category[back]]),
        "priority": np.concatenate([priority, priority[back]]),
        "status": ["Closed"] * len(created),
    }
