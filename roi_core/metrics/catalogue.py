"""Every metric by its key: a metric is added by declaring it in the file of its family."""

from collections.abc import Iterator, Mapping

from roi_core.metrics.families import FAMILIES
from roi_core.metrics.shapes import Metric


class _Catalogue(Mapping[str, Metric]):
    """What the families declare, by key: no list of its own, so that a metric is nowhere but in its family."""

    def __init__(self) -> None:
        self._seen: tuple[tuple[Metric, ...], ...] = ()
        self._by_key: Mapping[str, Metric] = {}

    def _now(self) -> Mapping[str, Metric]:
        declared = tuple(FAMILIES.values())
        if len(declared) != len(self._seen) or any(now is not before for now, before in zip(declared, self._seen, strict=True)):
            self._by_key = {metric.key: metric for family in declared for metric in family}
            self._seen = declared
        return self._by_key

    def __getitem__(self, key: str) -> Metric:
        return self._now()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._now())

    def __len__(self) -> int:
        return len(self._now())


METRICS: Mapping[str, Metric] = _Catalogue()
TOLD = tuple(metric for metric in METRICS.values() if metric.told)
"""Those that are part of every answer, page and report; the others are worked out where they are asked for."""
