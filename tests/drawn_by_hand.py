"""Companies of a few customers and a treatment list, in which every arm and every leaver can be counted by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from roi_core.spine import Facts, build_facts
from tests.typed_tables import times, write_part


@dataclass(frozen=True)
class Customer:
    """One customer: days as ISO text, monthly revenue, and what the list says (arm None: not on it)."""

    name: str
    arm: str | None
    left: str | None = None
    started: str = "2024-01-05"
    drawn: str = "2025-01-10"
    mrr: float = 0.0
    test: str = ""


def facts_of(folder: Path, people: Sequence[Customer], seen: str = "2025-07-31", extra: Sequence[tuple[str, str, str]] = ()) -> Facts:
    """The facts of these customers, in files that reach to `seen`; `extra` are rows of the list (name, arm, day) beside theirs, blank where empty."""
    known = [person for person in people if person.started]
    last = Customer("last", None, started=seen)
    everyone = [*known, last]
    rows = [(p.name, p.arm, p.drawn, p.test) for p in people if p.arm is not None] + [(*row, "") for row in extra]
    tables = {
        "customers": write_part(
            folder,
            "customers",
            {
                "customer_id": [p.name for p in everyone],
                "email": [f"{p.name}@mail" for p in everyone],
                "started_at": times(*(p.started for p in everyone)),
                "churned_at": times(*(p.left for p in everyone)),
                "mrr": [p.mrr or None for p in everyone],
                "currency": ["usd" if p.mrr else None for p in everyone],
            },
        ),
        "assignments": write_part(
            folder,
            "assignments",
            {
                "customer_id": pa.array([name if name and "@" not in name else None for name, *_ in rows], pa.string()),
                "email": pa.array([name if "@" in name else None for name, *_ in rows], pa.string()),
                "arm": pa.array([arm or None for _, arm, _, _ in rows], pa.string()),
                "assigned_at": times(*(day or None for _, _, day, _ in rows)),
                "test": pa.array([test or None for *_, test in rows], pa.string()),
            },
        ),
    }
    return build_facts(tables)


def arms(helped: tuple[int, int], others: tuple[int, int], mrr: float = 0.0, test: str = "") -> list[Customer]:
    """Customers of both arms as (leavers, customers); they leave from the day after the draw to June 2025, and somebody else in July."""
    return [
        Customer(f"{test}bystander", None, left="2025-07-20", mrr=mrr),
        *(
            Customer(f"{test}{arm[0]}{n}", arm, left=f"2025-0{1 + n % 6}-{11 + n % 18}" if n < leavers else None, mrr=mrr and mrr + n % 5, test=test)
            for arm, (leavers, customers) in (("treatment", helped), ("control", others))
            for n in range(customers)
        ),
    ]
