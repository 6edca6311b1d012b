"""Every metric by its key: a metric is added by declaring it in the file of its family."""

from collections.abc import Mapping
from types import MappingProxyType

from roi_core.metrics.families import FAMILIES
from roi_core.metrics.shapes import Metric

METRICS: Mapping[str, Metric] = MappingProxyType({metric.key: metric for family in FAMILIES.values() for metric in family})
TOLD = tuple(metric for metric in METRICS.values() if metric.told)
"""Those that are part of every answer, page and report; the others are worked out where they are asked for."""
