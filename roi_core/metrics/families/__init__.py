"""Metrics by family: one file a family, and a metric is one declaration in it."""

from collections.abc import Mapping
from types import MappingProxyType

from roi_core.metrics.families import (
    advocacy,
    automation,
    cost,
    data_quality,
    people,
    product,
    resolution,
    retention,
    revenue,
    sales,
    satisfaction,
    services,
    speed,
    usage,
    volume,
)
from roi_core.metrics.shapes import Metric

FAMILIES: Mapping[str, tuple[Metric, ...]] = MappingProxyType(
    {
        "volume": volume.METRICS,
        "speed": speed.METRICS,
        "resolution": resolution.METRICS,
        "satisfaction": satisfaction.METRICS,
        "automation": automation.METRICS,
        "cost": cost.METRICS,
        "retention": retention.METRICS,
        "revenue": revenue.METRICS,
        "sales": sales.METRICS,
        "advocacy": advocacy.METRICS,
        "product": product.METRICS,
        "people": people.METRICS,
        "services": services.METRICS,
        "usage": usage.METRICS,
        "data_quality": data_quality.METRICS,
    }
)
"""The metrics of each family, in the order in which they are shown."""

__all__ = ["FAMILIES"]
