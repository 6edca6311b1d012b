"""Support ROI: what customer support is worth, how we know, and what would happen if it changed.

`measure` reads files and compares, `value` prices, `run_scenario` moves today's figures, `write_report` writes it down;
`METRICS` holds every declared key figure. They are loaded when first used, so that importing the package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from roi_core.measurement import measure
    from roi_core.metrics import METRICS
    from roi_core.report import write_report
    from roi_core.scenarios import run_scenario
    from roi_core.valuation import value

__version__ = "0.1.0"
__all__ = ["METRICS", "measure", "run_scenario", "value", "write_report"]

_HOMES = {"METRICS": "metrics", "measure": "measurement", "run_scenario": "scenarios", "value": "valuation", "write_report": "report"}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
