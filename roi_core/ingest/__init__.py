"""From the files that vendors export to typed tables, with every row accounted for.

What reads in this process is loaded when first used: the process that reads files has no use for the workspace or the engine.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from roi_core.ingest.intake import FileReport, Intake, read_as, take_in
    from roi_core.ingest.report import inspect

__all__ = ["FileReport", "Intake", "inspect", "read_as", "take_in"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{'report' if name == 'inspect' else 'intake'}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
