"""A company small enough to count by hand, whose files are loaded one quarter after the other."""

from pathlib import Path

from roi_core import readings as kept
from roi_core.assumptions import Assumptions
from roi_core.cohorts.design import Design
from roi_core.readings import Inputs, Reading, figures_of, measured_from
from roi_core.readings.figures import Figure
from roi_core.valuation import value
from roi_core.workspace import Workspace
from tests.typed_tables import times, write_part

JAN_2025 = 2025 * 12
FIRST_TICKETS = {"ticket_id": ["t1", "t2"], "customer_id": ["ann", "cleo"], "created_at": times("2025-02-03", "2025-03-29")}
LATER_TICKETS = {
    "ticket_id": ["t2", "t3", "t4", "t5"],
    "customer_id": ["cleo", "ann", "ann", "cleo"],
    "created_at": times("2025-03-29", "2025-03-30", "2025-04-10", "2025-06-29"),
}


def subscriptions(*ended: str | None) -> dict[str, object]:
    return {
        "subscription_id": ["s1", "s2", "s3"],
        "customer_id": ["ann", "bob", "cleo"],
        "started_at": times("2025-01-01", "2025-01-10", "2025-02-01"),
        "ended_at": times(*ended),
        "mrr": [10.0, 20.0, 40.0],
        "currency": ["usd"] * 3,
        "interval": ["month"] * 3,
    }


def first_quarter(folder: Path) -> Workspace:
    """Three customers, two tickets, nobody has left by the end of March."""
    workspace = Workspace.create(folder / "home")
    add(workspace, folder / "q1", subscriptions=subscriptions(None, None, None), tickets=FIRST_TICKETS)
    return workspace


def add(workspace: Workspace, folder: Path, without: tuple[str, ...] = (), **tables: dict[str, object]) -> None:
    """One more version, without the parts of these tables before."""
    gone = [part.digest for part in workspace.manifest() if part.table in without]
    parts = [workspace.keep(table, write_part(folder, table, columns, len(workspace.manifest()))[0]) for table, columns in tables.items()]
    workspace.advance(parts, gone)


_FIGURES: dict[str, tuple[Figure, ...]] = {}
"""What was worked out already, by the inputs: they name the tables by their content."""


def told(workspace: Workspace, design: Design | None = None, **answers: object) -> Reading:
    """What the work says now."""
    inputs = Inputs.now(workspace, design or Design(), Assumptions.of(answers))
    if (known := repr(inputs)) not in _FIGURES:
        _FIGURES[known] = figures_of(value(measured_from(workspace)(inputs), inputs.assumptions))
    return Reading(inputs, _FIGURES[known])


def since(workspace: Workspace, before: Reading, now: Reading) -> kept.Changes:
    return kept.changes(before, now, measured_from(workspace), kept.versions(workspace))
