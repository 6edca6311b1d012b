"""One invented flat file, as a manager would keep it: a row per customer, who has premium support, who left.

It holds what the real ones hold: a leak (a reason that only leavers have), satisfaction from another day, and help that was
sold rather than given, so that those who pay for it differ from those who do not.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from roi_core.companies.clock import Bools, Floats
from roi_core.companies.luck import stream
from roi_core.companies.month import probability
from roi_core.companies.table import Table

FILE = "flat_customers.csv"
_PLANS, _REGIONS = ("Basic", "Standard", "Plus"), ("North", "South", "East", "West")
_REASONS = ("Price", "Switched to another provider", "No longer needed", "Missing feature", "Closed down")


@dataclass(frozen=True, slots=True)
class FlatGenerated:
    """The file and its truth: `effect_ate`, `effect_ato`, `raw`, fractions, supported minus not, negative is good."""

    table: Table
    truth: Mapping[str, float | int | str]


def generate_flat(customers: int = 1_500, seed: int = 21, effect: float = 0.6) -> FlatGenerated:
    """`effect` is what premium support takes off the log-odds to leave; everything else stays on the same luck."""
    luck, normal = stream(seed, "flat").random((7, customers)), stream(seed, "flat normal").standard_normal((3, customers))
    plan = np.searchsorted((0.5, 0.85), luck[0], side="right")
    tenure = np.ceil(-20 * np.log1p(-luck[1])).clip(1, 96)
    logins = np.maximum(np.round(14 + 4 * plan + 6 * normal[0]), 0)
    chance = probability(-1.6 + 0.7 * plan + 0.05 * (logins - 14) + 0.2 * np.log(tenure))
    supported = luck[2] < chance
    leaves = [probability(0.3 - 0.45 * np.log(tenure) - 0.08 * (logins - 14) - effect * s) for s in (True, False)]
    left = luck[3] < np.where(supported, *leaves)
    satisfaction = np.clip(np.round(3.4 + 0.25 * supported + 0.04 * (logins - 14) - 0.9 * left + 0.9 * normal[1]), 1, 5)
    revenue = np.round((39 + 30 * plan) * np.exp(0.25 * normal[2]), 2)
    columns = {
        "Customer": [f"C-{10_001 + i}" for i in range(customers)],
        "Plan": [_PLANS[p] for p in plan.tolist()],
        "Region": [_REGIONS[int(x * 4)] for x in luck[4].tolist()],
        "Tenure (months)": tenure.astype(int).tolist(),
        "Monthly revenue": [f"{x:.2f}" for x in revenue.tolist()],
        "Logins last month": logins.astype(int).tolist(),
        "Premium support": _yes_no(supported),
        "Satisfaction": [str(int(s)) if x < 0.7 else "" for s, x in zip(satisfaction.tolist(), luck[5].tolist(), strict=True)],
        "Left": _yes_no(left),
        "Reason for leaving": [_REASONS[int(x * len(_REASONS))] if gone else "" for x, gone in zip(luck[6].tolist(), left.tolist(), strict=True)],
    }
    return FlatGenerated(Table(FILE, columns), _truth(seed, effect, chance, supported, left, leaves[0] - leaves[1]))


def write_flat(generated: FlatGenerated, folder: Path) -> tuple[Path, Path]:
    """Writes the file and its `.truth.json` beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    file, truth = folder / FILE, folder / FILE.replace(".csv", ".truth.json")
    file.write_bytes(generated.table.text().encode())
    truth.write_bytes((json.dumps(dict(generated.truth), indent=2) + "\n").encode())
    return file, truth


def _truth(seed: int, effect: float, chance: Floats, supported: Bools, left: Bools, gap: Floats) -> dict[str, float | int | str]:
    return {
        "unit": "fractions of customers who left, supported minus not, negative is good; expected, on the same luck",
        "customers": len(gap),
        "seed": seed,
        "effect": effect,
        "effect_ate": float(gap.mean()),
        "effect_ato": float(np.average(gap, weights=chance * (1 - chance))),
        "raw": float(left[supported].mean() - left[~supported].mean()),
        "leak": "Reason for leaving",
    }


def _yes_no(values: Bools) -> list[str]:
    return ["Yes" if v else "No" for v in values.tolist()]
