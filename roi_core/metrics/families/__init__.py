"""Metrics by family: one file a family, and a metric is one declaration in it."""

from collections.abc import Iterator, Mapping
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


class _Families(Mapping[str, tuple[Metric, ...]]):
    """What each family declares at the moment it is asked."""

    _modules = MappingProxyType(
        {
            "volume": volume,
            "speed": speed,
            "resolution": resolution,
            "satisfaction": satisfaction,
            "automation": automation,
            "cost": cost,
            "retention": retention,
            "revenue": revenue,
            "sales": sales,
            "advocacy": advocacy,
            "product": product,
            "people": people,
            "services": services,
            "usage": usage,
            "data_quality": data_quality,
        }
    )

    def __getitem__(self, name: str) -> tuple[Metric, ...]:
        found: tuple[Metric, ...] = self._modules[name].METRICS
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)


FAMILIES: Mapping[str, tuple[Metric, ...]] = _Families()
"""The metrics of each family, in the order in which they are shown."""

__all__ = ["FAMILIES"]
