"""Metrics: each declared once, computed with the customer as the unit of independence."""

from roi_core.metrics.catalogue import METRICS
from roi_core.metrics.compute import compute, compute_all, compute_by, connect, measure_all
from roi_core.metrics.readiness import Readiness, Unlock, readiness
from roi_core.metrics.shapes import Benchmark, Better, Metric, Shape

__all__ = [
    "METRICS",
    "Benchmark",
    "Better",
    "Metric",
    "Readiness",
    "Shape",
    "Unlock",
    "compute",
    "compute_all",
    "compute_by",
    "connect",
    "measure_all",
    "readiness",
]
