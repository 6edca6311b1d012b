"""The money of a report: what the dollars rest on, the ledger with all its columns, the returns, what was assumed."""

from collections.abc import Collection

from roi_core.assumptions import DECLARED, Assumption, Assumptions
from roi_core.assumptions.typed import Range, Value
from roi_core.charts import ledger_bars
from roi_core.ledger import Line
from roi_core.report.content import Drawing, Points, Section, Table, Text
from roi_core.results import Absent, Estimate
from roi_core.sentences import say
from roi_core.show import Style, number, show
from roi_core.sources import SOURCES
from roi_core.valuation import Valued

_LEDGER = ("line", "amount", "grade", "counts", "method", "population", "overlaps", "comes_from")
_ASSUMPTIONS = ("assumption", "value", "set_by", "reason", "source")


def rests_on(valued: Valued, style: Style) -> Section:
    """The main chart: the benefit by grade, and the cost."""
    said = ledger_bars.describe(valued.ledger, style)
    if not ledger_bars.layers(valued.ledger):
        return Section(say("report.rests_on"), (Text(said),))
    return Section(say("report.rests_on"), (Drawing(ledger_bars.figure(valued.ledger, style), said), Text(said)))


def ledger(valued: Valued, style: Style) -> Section:
    """Every line, those that do not count included."""
    if not len(valued.ledger):
        return Section(say("report.ledger"), (Text(say("report.ledger_empty")),))
    together = {reason: titles for reason, titles in valued.ledger.left_out.items() if len(titles) > 1}
    table = Table(_titles(_LEDGER), tuple(_line(line, together, style) for line in valued.ledger))
    said = tuple(say("report.not_in_total", lines=", ".join(titles), why=reason) for reason, titles in together.items())
    return Section(say("report.ledger"), (Text(say("report.ledger_note")), table, *((Points(said),) if said else ())))


def returns(valued: Valued, style: Style) -> Section:
    """ROI, value per unit, net benefit; in words both returns, the odds and the break-even. Where there is no return, why, once."""
    roi = valued.roi
    if isinstance(roi.roi_percent, Absent):
        said = (valued.returns_text, valued.break_even_text if isinstance(valued.break_even, Estimate) else "")
        return Section(say("report.returns"), (Points(tuple(text for text in said if text)),))
    figures = {"roi_percent": roi.roi_percent, "value_per_unit": roi.value_per_unit_spent, "net_benefit": roi.net_benefit}
    rows = tuple((say(f"report.{key}"), _amount(result, style)) for key, result in figures.items())
    texts = (valued.odds, valued.break_even_text, valued.returns_text)
    return Section(say("report.returns"), (Table(_titles(("figure", "value")), rows), Points(tuple(text for text in texts if text))))


def formulas(valued: Valued, style: Style) -> Section | None:
    """The formulas of the texts with these numbers, struck out; None where the files cannot feed them."""
    found = valued.texts
    if not found:
        return None
    rows = tuple((f.title, f.printed, show(f.amount, style), show(f.overstatement, style), f.why) for f in found)
    table = Table(_titles(("formula", "printed", "amount", "overstates", "why")), rows, struck=frozenset(range(len(rows))))
    return Section(say("report.formulas"), (Text(say("report.formulas_note")), table))


def assumptions(valued: Valued, style: Style) -> Section:
    """Every assumption with its value, whether it was typed, its reason and its source."""
    rows = tuple(_assumption(declared, valued.assumptions, style) for declared in DECLARED.values())
    return Section(say("report.assumptions"), (Table(_titles(_ASSUMPTIONS), rows),))


def _line(line: Line, together: Collection[str], style: Style) -> tuple[str, ...]:
    why = (reason for reason in line.reasons if reason not in together)
    counts = say("report.counts") if line.included else " ".join((say("report.left_out"), *why))
    grade = f"{line.word} ({line.letter})" if line.letter else line.word
    return (line.title, _amount(line.amount, style), grade, counts, line.method, line.population, ", ".join(line.overlaps_with), line.comes_from)


def _amount(result: Estimate | Absent, style: Style) -> str:
    return f"{result.reason} {result.next_step}".strip() if isinstance(result, Absent) else show(result, style)


def _assumption(declared: Assumption, given: Assumptions, style: Style) -> tuple[str, ...]:
    typed = given.typed(declared.key)
    source = SOURCES["typed" if typed else declared.source].citation if typed or declared.default is not None else ""
    set_by = "report.typed" if typed else "report.default" if declared.default is not None else "report.open"
    return declared.title, _value(declared, given[declared.key], style), say(set_by), declared.reason, source


def _value(declared: Assumption, value: Value, style: Style) -> str:
    match value:
        case None:
            return say("report.not_answered")
        case bool():
            return say("report.yes" if value else "report.no")
        case str():
            return value
        case Range(low, likely, high):
            return f"{number(likely, declared.unit, style)} ({number(low, declared.unit, style)} to {number(high, declared.unit, style)})"
    return number(value, declared.unit, style)


def _titles(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(say(f"report.column_{key}") for key in keys)
