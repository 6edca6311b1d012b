"""The catalogue as one page of Markdown: docs/metrics.md is what this writes."""

from collections.abc import Iterator

from roi_core.metrics.families import FAMILIES
from roi_core.metrics.shapes import Better, Metric, Shape
from roi_core.sentences import say
from roi_core.show import number
from roi_core.sources import SOURCES


def document() -> str:
    """Every metric by family: definition, formula, unit, what its n counts, what the files must show, source, worked example."""
    families = FAMILIES.items()
    count = sum(len(metrics) for _, metrics in families)
    parts = [f"# {say('document.title')}\n", say("document.intro", n=f"{count}", families=f"{len(FAMILIES)}") + "\n"]
    for family, metrics in families:
        parts.append(f"## {say(f'kpi.family_{family}')}\n")
        parts += [_metric(metric) for metric in metrics]
    return "\n".join(parts)


def _metric(metric: Metric) -> str:
    lines = "\n".join(f"- {line}" for line in _lines(metric))
    return f"### {metric.title} (`{metric.key}`)\n\n{metric.reason}\n\n$${metric.formula}$$\n\n{lines}\n"


def _lines(metric: Metric) -> Iterator[str]:
    better = "" if metric.better is Better.NEITHER else f" {say(f'frame.better_{metric.better}')}"
    yield say("document.unit", unit=str(metric.unit), better=better)
    yield say("document.counted", shape=str(metric.shape), counts=metric.counts)
    if metric.shape is Shape.DERIVED:
        yield say("document.inputs", inputs=" / ".join(f"`{key}`" for key in metric.inputs))
    if metric.needs:
        yield say("document.needs", needs=", ".join(f"`{need}`" for need in metric.needs))
    if metric.dimensions:
        yield say("document.by", dimensions=", ".join(metric.dimensions))
    if metric.benchmark:
        low, high = (number(limit, metric.unit) for limit in (metric.benchmark.low, metric.benchmark.high))
        yield say("document.benchmark", low=low, high=high, population=metric.benchmark.population, year=f"{metric.benchmark.year}")
    yield say("document.source", source=SOURCES[metric.source].citation)
