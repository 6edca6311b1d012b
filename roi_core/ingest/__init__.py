"""From the files that vendors export to typed tables, with every row accounted for."""

from roi_core.ingest.intake import FileReport, Intake, read_as, take_in
from roi_core.ingest.report import inspect

__all__ = ["FileReport", "Intake", "inspect", "read_as", "take_in"]
