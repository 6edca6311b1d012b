"""Metrics: each declared once, computed with the customer as the unit of independence."""

from roi_core.metrics.catalogue import METRICS, TOLD
from roi_core.metrics.compute import compute, compute_all, compute_all_by, compute_by, measure_all
from roi_core.metrics.connection import connect
from roi_core.metrics.drill import Found, Part, count_behind, recount, rows_behind
from roi_core.metrics.families import FAMILIES
from roi_core.metrics.grouping import CADENCES, Calendar
from roi_core.metrics.parts import Parts, against_parts
from roi_core.metrics.readiness import Readiness, Unlock, readiness
from roi_core.metrics.shapes import Benchmark, Better, Example, Metric, Shape

__all__ = [
    "CADENCES",
    "FAMILIES",
    "METRICS",
    "TOLD",
    "Benchmark",
    "Better",
    "Calendar",
    "Example",
    "Found",
    "Metric",
    "Part",
    "Parts",
    "Readiness",
    "Shape",
    "Unlock",
    "against_parts",
    "compute",
    "compute_all",
    "compute_all_by",
    "compute_by",
    "connect",
    "count_behind",
    "measure_all",
    "readiness",
    "recount",
    "rows_behind",
]
