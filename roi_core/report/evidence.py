"""The evidence of a report: effects with their grades, every way of asking, the checks, who was compared."""

from collections.abc import Sequence

import pyarrow as pa

from roi_core.charts import balance, dose, funnel, ladder
from roi_core.effects.agreement import agreement
from roi_core.ledger.headline import main_effect
from roi_core.measured import Measured
from roi_core.report.content import Drawing, Part, Points, Section, Table, Text
from roi_core.results import Absent, Check, Effect, Estimate
from roi_core.sentences import say
from roi_core.show import Style, show
from roi_core.valuation import Valued

HIDDEN = ("e_value", "e_value_limit", "rosenbaum", "robustness", "robustness_limit")
"""Details of an effect that say how strong something unseen would have to be."""


def main(valued: Valued, style: Style) -> Section | None:
    """The effect on leaving: its sentence, every way of asking, its checks. None where nothing was compared."""
    effect = main_effect(valued.measured)
    if effect is None:
        return None
    parts: list[Part] = [Text(effect.sentence)]
    if effect.ladder:
        said = ladder.describe(effect, style)
        parts += [Drawing(ladder.figure(effect, style), said), Text(f"{said} {agreement(effect.ladder, style)}".strip())]
    parts += [_checks(effect.checks)] if effect.checks else []
    parts += _hidden(effect, style)
    return Section(say("report.effect"), (*parts, *_notes(effect.notes)))


def tests(valued: Valued, style: Style) -> Section | None:
    """Each randomised test: its sentences, every way of asking, its checks. None where there is none."""
    parts: list[Part] = []
    for effect in valued.measured.tests:
        paid = valued.measured.revenue_of(effect)
        parts += [Text(effect.sentence), *([Text(paid.sentence)] if paid else []), Text(ladder.describe(effect, style)), _checks(effect.checks)]
        parts += _notes(effect.notes)
    return Section(say("report.tests"), tuple(parts)) if parts else None


def said(valued: Valued, style: Style) -> Section | None:  # noqa: ARG001 - every section is written in a style
    """The effect on leaving in its sentence alone. None where nothing was compared, or where the headline is that sentence."""
    effect, headline = main_effect(valued.measured), valued.headline
    if effect is None or effect.sentence in f"{headline.title}. {headline.text}":
        return None
    return Section(say("report.effect"), (Text(effect.sentence),))


def effects(valued: Valued, style: Style) -> Section:
    """Every effect that was asked for: result, what it may be called, its sentence."""
    rows = tuple(_effect(effect, style) for effect in valued.effects.values())
    columns = tuple(say(f"report.column_{key}") for key in ("effect", "value", "grade", "estimand", "finding"))
    return Section(say("report.effects"), (Table(columns, rows),) if rows else (Text(say("report.effects_none")),))


def satisfaction(valued: Valued, style: Style) -> Section:
    """Churn by score in a table, and what it does not say."""
    found = valued.measured.satisfaction
    said = dose.describe(found, style)
    if isinstance(found, Absent):
        return Section(say("report.satisfaction"), (Text(f"{said} {found.next_step}".strip()),))
    return Section(say("report.satisfaction"), (Text(said), _arrow(dose.table(found, style))))


def compared(valued: Valued, style: Style) -> Section:
    """The design with its digest, the way from all customers to those compared, how alike the groups are."""
    measured = valued.measured
    parts: list[Part] = [Points(_design(measured))]
    parts += [_arrow(funnel.table(measured.funnel, style))] if measured.funnel else []
    parts += [Text(balance.describe(measured.balance, style))]
    return Section(say("report.compared"), tuple(parts))


def _design(measured: Measured) -> tuple[str, ...]:
    design = measured.design
    if measured.one_day:
        return (say("report.design_one_day"), say("report.design_digest", digest=design.digest))
    supported = say("report.design_contact") if design.supported == "contact" else say("report.design_column", column=design.supported.partition(":")[2])
    lines = [supported, say("report.design_months", washout=str(design.washout_months), horizon=str(design.horizon_months))]
    lines += [say("report.design_excluded", categories=", ".join(design.exclude_categories))] if design.exclude_categories else []
    lines += [say("report.design_after")] if design.chosen_after_looking else [say("report.design_before")]
    return (*lines, say("report.design_digest", digest=design.digest))


def _effect(effect: Effect, style: Style) -> tuple[str, ...]:
    shown = effect.result.reason if isinstance(effect.result, Absent) else ladder.result_text(effect.result, style)
    return effect.key, shown, f"{effect.grade.word} ({effect.grade})", effect.estimand, effect.sentence


def _checks(checks: Sequence[Check]) -> Table:
    words = {True: say("report.check_passed"), False: say("report.check_failed"), None: say("report.check_impossible")}
    rows = tuple((words[check.passed], check.text) for check in checks)
    return Table((say("report.column_check"), say("report.column_found")), rows)


def _hidden(effect: Effect, style: Style) -> list[Part]:
    """What would have to be hidden: E-values, the bound of the twins, the robustness value."""
    known = {name: effect.details.get(name) for name in HIDDEN}
    rows = tuple((say(f"detail.{name}"), show(result, style)) for name, result in known.items() if isinstance(result, Estimate))
    return [Table((say("report.column_hidden"), say("report.column_value")), rows)] if rows else []


def _notes(notes: tuple[str, ...]) -> tuple[Part, ...]:
    return (Points(notes),) if notes else ()


def _arrow(table: pa.Table) -> Table:
    columns = tuple(table.column_names)
    return Table(columns, tuple(tuple(row[column] for column in columns) for row in table.to_pylist()))
