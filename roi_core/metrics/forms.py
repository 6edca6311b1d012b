"""Short ways to declare a metric of each shape: the formula is written from what is counted over what."""

from typing import Any

from roi_core.metrics.shapes import Better, Example, Metric, Shape
from roi_core.units import Unit

_GIVEN: dict[str, Any] = {"source": "convention"}


def _counted(words: str) -> str:
    return rf"\#\{{\text{{{words}}}\}}"


def share(key: str, title: str, of: str, among: str, *, words: tuple[str, str], example: tuple[str, tuple[object, ...], float], **rest: Any) -> Metric:
    """Rows that meet `of` among those that meet `among`; `words` name the two."""
    formula = rf"\frac{{{_counted(words[0])}}}{{{_counted(words[1])}}}"
    given = _GIVEN | {"unit": Unit.FRACTION, "better": Better.NEITHER} | rest
    return Metric(key=key, title=title, shape=Shape.SHARE, formula=formula, numerator=of, denominator=among, example=Example(*example), **given)


def mean(key: str, title: str, value: str, *, words: str, example: tuple[str, tuple[object, ...], float], **rest: Any) -> Metric:
    """Mean of `value` over the rows that have one."""
    formula = rf"\frac{{1}}{{n}}\sum_i \text{{{words}}}_i"
    return Metric(
        key=key, title=title, shape=Shape.MEAN, formula=formula, value=value, example=Example(*example), **(_GIVEN | {"better": Better.NEITHER} | rest)
    )


def ratio(key: str, title: str, top: str, bottom: str, *, words: tuple[str, str], example: tuple[str, tuple[object, ...], float], **rest: Any) -> Metric:
    """Sum of `top` over sum of `bottom`, over rows that have both."""
    formula = rf"\frac{{\sum_i \text{{{words[0]}}}_i}}{{\sum_i \text{{{words[1]}}}_i}}"
    given = _GIVEN | {"unit": Unit.FRACTION, "better": Better.NEITHER} | rest
    return Metric(key=key, title=title, shape=Shape.RATIO, formula=formula, numerator=top, denominator=bottom, example=Example(*example), **given)


def median(key: str, title: str, value: str, *, words: str, example: tuple[str, tuple[object, ...], float], **rest: Any) -> Metric:
    """Median of `value` over the rows that have one."""
    formula = rf"\operatorname{{median}}(\text{{{words}}})"
    return Metric(
        key=key, title=title, shape=Shape.MEDIAN, formula=formula, value=value, example=Example(*example), **(_GIVEN | {"better": Better.NEITHER} | rest)
    )


def slowest_tenth(key: str, title: str, value: str, *, words: str, example: tuple[str, tuple[object, ...], float], **rest: Any) -> Metric:
    """Nine in ten rows have at most this `value`."""
    given = _GIVEN | {"better": Better.LOWER, "level": 0.9} | rest
    return Metric(key=key, title=title, shape=Shape.QUANTILE, formula=rf"Q_{{0.9}}(\text{{{words}}})", value=value, example=Example(*example), **given)


def count(key: str, title: str, among: str, *, words: str, example: tuple[str, tuple[object, ...], float], **rest: Any) -> Metric:
    """Rows that meet `among`."""
    given = _GIVEN | {"unit": Unit.COUNT, "better": Better.NEITHER} | rest
    return Metric(key=key, title=title, shape=Shape.COUNT, formula=_counted(words), denominator=among, example=Example(*example), **given)


def total(key: str, title: str, value: str, *, words: str, example: tuple[str, tuple[object, ...], float], **rest: Any) -> Metric:
    """Sum of `value` over rows that meet `denominator`."""
    formula = rf"\sum_i \text{{{words}}}_i"
    given = _GIVEN | {"unit": Unit.MONEY, "better": Better.NEITHER} | rest
    return Metric(key=key, title=title, shape=Shape.SUM, formula=formula, value=value, example=Example(*example), **given)


def quotient(key: str, title: str, inputs: tuple[str, str], *, words: tuple[str, str], example: tuple[tuple[object, ...], float], **rest: Any) -> Metric:
    """The first of two metrics over the second, in the months that both have."""
    formula = rf"\frac{{\text{{{words[0]}}}}}{{\text{{{words[1]}}}}}"
    given = _GIVEN | {"better": Better.NEITHER} | rest
    return Metric(key=key, title=title, shape=Shape.DERIVED, formula=formula, inputs=inputs, example=Example("upper lower", *example), **given)
