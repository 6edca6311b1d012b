"""Every metric by its key: a metric is added by declaring it in the file of its family."""

from collections.abc import Mapping
from types import MappingProxyType

from roi_core.metrics import cost, customers, support
from roi_core.metrics.shapes import Metric

METRICS: Mapping[str, Metric] = MappingProxyType({metric.key: metric for family in (support, customers, cost) for metric in family.METRICS})
