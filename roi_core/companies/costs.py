"""Writes what support costs as our plain table: one row per month and component."""

from collections.abc import Mapping
from types import MappingProxyType

from roi_core.companies.luck import stream
from roi_core.companies.process import Panel
from roi_core.companies.table import Table, money

SALARY_OF_AN_AGENT = 4_900.0
A_MONTH: Mapping[str, float] = MappingProxyType({"software": 290.0, "training": 60.0, "management": 540.0, "overhead": 260.0})
"""Components besides salaries, in USD an agent and month."""


def cost_export(panel: Panel) -> Table:
    """Salaries rise by 4 % with each new year; the other components vary by a few percent."""
    knobs = panel.knobs
    noise = stream(knobs.seed, "costs").standard_normal((knobs.months, len(A_MONTH)))
    rows: list[tuple[str, str, float]] = []
    for step in range(knobs.months):
        month = knobs.first_month + step
        text = f"{month // 12}-{month % 12 + 1:02d}"
        raise_ = 1.04 ** (month // 12 - knobs.last_month // 12)
        rows.append((text, "salaries", knobs.agents * SALARY_OF_AN_AGENT * raise_))
        rows += [(text, name, knobs.agents * cost * (1 + 0.04 * x)) for (name, cost), x in zip(A_MONTH.items(), noise[step], strict=True)]
    month_, component, amount = zip(*rows, strict=True)
    return Table(
        "costs.csv", {"month": month_, "component": component, "amount": money(amount), "currency": ["USD"] * len(rows), "team": ["Support"] * len(rows)}
    )
