"""The key figures of a report: each with its interval, what it was counted from and its months."""

from roi_core.metrics import METRICS
from roi_core.metrics.words import rests_on, with_numbers
from roi_core.report.content import Section, Table
from roi_core.results import Estimate
from roi_core.sentences import say
from roi_core.show import Style, show
from roi_core.valuation import Valued


def key_figures(valued: Valued, style: Style) -> Section | None:
    """Every figure that has an answer; None where none has."""
    known = {key: found for key, found in valued.measured.metrics.items() if isinstance(found, Estimate) and key in METRICS}
    if not known:
        return None
    columns = tuple(say(f"report.column_{name}") for name in ("figure", "value", "counted", "rests_on"))
    rows = tuple(
        (METRICS[key].title, show(found, style), with_numbers(METRICS[key], found, style), rests_on(METRICS[key], found, style)) for key, found in known.items()
    )
    return Section(say("report.key_figures"), (Table(columns, rows),))
