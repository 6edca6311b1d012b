"""Metrics: each declared once, computed with the customer as the unit of independence."""

from roi_core.metrics.alerts import Alert, alerts, watch
from roi_core.metrics.catalogue import METRICS, TOLD
from roi_core.metrics.compute import compute, compute_all, compute_all_by, compute_by
from roi_core.metrics.connection import connect
from roi_core.metrics.drill import Part, recount, rows_behind
from roi_core.metrics.families import FAMILIES
from roi_core.metrics.grouping import CADENCES, Calendar
from roi_core.metrics.parts import Parts, against_parts
from roi_core.metrics.readiness import Readiness, Unlock, readiness
from roi_core.metrics.shapes import Benchmark, Better, Example, Metric, Shape
from roi_core.metrics.told import Told, measure_all, tell

__all__ = [
    "CADENCES",
    "FAMILIES",
    "METRICS",
    "TOLD",
    "Alert",
    "Benchmark",
    "Better",
    "Calendar",
    "Example",
    "Metric",
    "Part",
    "Parts",
    "Readiness",
    "Shape",
    "Told",
    "Unlock",
    "against_parts",
    "alerts",
    "compute",
    "compute_all",
    "compute_all_by",
    "compute_by",
    "connect",
    "measure_all",
    "readiness",
    "recount",
    "rows_behind",
    "tell",
    "watch",
]
