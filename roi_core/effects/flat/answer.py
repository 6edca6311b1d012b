"""The answer of one flat file: raw shares struck out, those who could own it, overlap weights; grade C, and why."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roi_core.effects import words
from roi_core.effects.balancing import balance_rows, imbalance
from roi_core.effects.checks import balance
from roi_core.effects.fit import CHURN, as_estimate
from roi_core.effects.flat.adjust import Adjusted, after_help, counts, enough
from roi_core.effects.flat.by_count import by_count
from roi_core.effects.flat.leaks import Leak, in_words, leaking
from roi_core.effects.flat.ownership import CannotOwn, cannot_own
from roi_core.effects.flat.rows import FlatRows
from roi_core.effects.flat.timed import Timed, both_ways
from roi_core.effects.flat.ways import other_ways
from roi_core.effects.satisfaction import dose
from roi_core.measured import BalanceRow, Dose, FunnelStep
from roi_core.results import Absent, Check, Effect, Episodes, Estimate, Grade, Result, Rung
from roi_core.sentences import say
from roi_core.show import share, show
from roi_core.stats import proportion
from roi_core.stats.weighting import Weighted
from roi_core.units import Unit

KEY = "supported.churn"


@dataclass(frozen=True, slots=True)
class FlatAnalysis:
    """The effect, what was left out, and the pictures of one flat file."""

    effect: Effect
    leaks: tuple[Leak, ...]
    cannot_own: CannotOwn | None
    balance: tuple[BalanceRow, ...] | Absent
    funnel: tuple[FunnelStep, ...]
    satisfaction: Dose | Absent
    by_contacts: Dose | None
    notes: tuple[str, ...]


def analyse_flat(rows: FlatRows) -> FlatAnalysis:
    """Compares customers with and without support among those who could have it, on all columns that do not leak."""
    found = leaking(rows)
    left_out = frozenset(leak.header for leak in found)
    apart = cannot_own(rows, left_out)
    could = ~apart.rows if apart else np.ones(rows.rows, dtype=bool)
    timed = both_ways(rows, could, left_out)
    adjusted = timed.answer
    effect = _effect(rows, could, timed, apart)
    treated = rows.supported[could]
    return FlatAnalysis(
        effect=effect,
        leaks=found,
        cannot_own=apart,
        balance=balance_rows(adjusted.covariates, treated, adjusted.weighted.propensity) if isinstance(adjusted.weighted, Weighted) else adjusted.weighted,
        funnel=_funnel(rows, could, apart),
        satisfaction=_satisfaction(rows, left_out),
        by_contacts=by_count(rows),
        notes=_notes(rows, could, found, apart, timed),
    )


def _newcombe(rows: FlatRows, among: NDArray[np.bool_]) -> Result:
    x1, n1, x0, n0 = counts(rows, among)
    if not n1 or not n0:
        return Absent("All of these customers are in one group.")
    gap = proportion.newcombe(x1, n1, x0, n0)
    method = f"{share(x1, n1)} against {share(x0, n0)}, Newcombe interval"
    return Estimate(gap.value, gap.low, gap.high, n1 + n0, method, Unit.FRACTION)


def _effect(rows: FlatRows, could: NDArray[np.bool_], timed: Timed, apart: CannotOwn | None) -> Effect:
    everybody, adjusted = np.ones(rows.rows, dtype=bool), timed.answer
    weighted = adjusted.weighted
    result = _result(adjusted, could)
    raw_could = (Rung("who_could", "Among those who could have it", "raw difference, eligible customers", _newcombe(rows, could)),) if apart else ()
    ladder = (
        Rung("spreadsheet", "Spreadsheet's way", "raw difference of shares", _newcombe(rows, everybody), struck_out=True),
        *raw_could,
        Rung("closest", say("flat.closest"), f"{adjusted.method} (ATO)", result, default=True),
        *_other_way(timed, could),
        *other_ways(rows, could, adjusted),
    )
    return Effect(KEY, result, "ATO", Grade.C, _sentence(rows, result), _checks(rows, could, timed), ladder, _episodes(rows, could, weighted))


def _result(adjusted: Adjusted, could: NDArray[np.bool_]) -> Result:
    weighted = adjusted.weighted
    return weighted if isinstance(weighted, Absent) else as_estimate(weighted, CHURN, int(could.sum()), adjusted.method)


def _other_way(timed: Timed, could: NDArray[np.bool_]) -> tuple[Rung, ...]:
    if timed.other is None:
        return ()
    title = say("flat.closest_without_time") if timed.kept_time else say("flat.closest_with_time")
    return (Rung("other_clock", title, f"{timed.other.method} (ATO)", _result(timed.other, could)),)


def _episodes(rows: FlatRows, could: NDArray[np.bool_], weighted: Weighted | Absent) -> Episodes | None:
    if isinstance(weighted, Absent):
        return None
    treated = rows.supported[could]
    mass = float((1 - weighted.propensity)[treated].sum())
    return Episodes(int(treated.sum()), int((~treated).sum()), len(treated), mass, int(rows.supported.sum()), 0, 0)


def _checks(rows: FlatRows, could: NDArray[np.bool_], timed: Timed) -> tuple[Check, ...]:
    adjusted = timed.answer
    found = [
        Check("before and after", passed=False, text=say("flat.same_time", supported=rows.headers["supported"], churned=rows.headers["churned"])),
        enough(rows, could).check,
    ]
    if isinstance(adjusted.weighted, Weighted):
        found.append(balance.judge(imbalance(adjusted.covariates, rows.supported[could], adjusted.weighted.propensity)).check)
    if timed.other:
        same = words.direction(_result(adjusted, could)) == words.direction(_result(timed.other, could))
        found.append(Check("outcome's clock", passed=same, text=say("flat.clock_same" if same else "flat.clock_differs", **_clock_slots(timed, could))))
    return tuple(found)


def _clock_slots(timed: Timed, could: NDArray[np.bool_]) -> dict[str, str]:
    """The clock's columns, and the answer with and without them."""
    answers = [_result(adjusted, could) for adjusted in (timed.answer, timed.other) if adjusted]
    kept, dropped = answers if timed.kept_time else reversed(answers)
    columns = ", ".join(timed.time.headers) if timed.time else ""
    return {"columns": columns, "kept": show(kept, points=True), "dropped": show(dropped, points=True)}


def _sentence(rows: FlatRows, result: Result) -> str:
    groups = group_words(rows)
    if isinstance(result, Absent):
        return f"{result.reason} {result.next_step}".strip()
    match words.direction(result):
        case "helped":
            return say("flat.helped", **groups, points=words.points(result.value), **words.bounds(result))
        case "harm":
            return say("flat.harm", **groups, points=words.points(result.value), **words.limits(result))
    return say("flat.none", **groups, **words.limits(result))


def group_words(rows: FlatRows) -> dict[str, str]:
    """Slots `those` and `others`: the two groups in words, by whether the column says yes or counts."""
    kind, column = "flag" if rows.counted is None else "count", rows.headers["supported"]
    return {"those": say(f"flat.those_{kind}", column=column), "others": say("flat.others_flag") if kind == "flag" else say("flat.others_count", column=column)}


def _funnel(rows: FlatRows, could: NDArray[np.bool_], apart: CannotOwn | None) -> tuple[FunnelStep, ...]:
    steps = [FunnelStep("All customers of the file", rows.rows + rows.set_aside, rows.rows + rows.set_aside, "One row is one customer.")]
    steps.append(FunnelStep("Both columns filled", rows.rows, rows.rows, "Rows without a readable answer in either column are left out."))
    if apart:
        n = int(could.sum())
        steps.append(FunnelStep("Could have had it", n, n, f"Nobody with {apart.header} = {apart.level} has it."))
    return tuple(steps)


def _satisfaction(rows: FlatRows, left_out: frozenset[str]) -> Dose | Absent:
    if rows.satisfaction is None:
        return Absent("No column holds a satisfaction score.")
    header = rows.headers["satisfaction"]
    if header in left_out:
        reason = f"{header} all but decides who left, so it was recorded with or after leaving. It is not shown as a cause of anything."
        return Absent(reason, "Add a survey export that says when each rating was given.")
    known = np.isfinite(rows.satisfaction)
    return dose(rows.satisfaction[known], rows.churned[known], "so far")


def _notes(rows: FlatRows, could: NDArray[np.bool_], found: tuple[Leak, ...], apart: CannotOwn | None, timed: Timed) -> tuple[str, ...]:
    column = rows.headers["supported"]
    asked = say("flat.paid_or_received", column=column) if rows.counted is None else say("flat.counted", column=column)
    notes = [asked]
    if apart:
        x1, n1, x0, n0 = counts(rows, could)
        group = f"{apart.header} = {apart.level}"
        slots = {"n": f"{apart.count:,}", "column": column, "group": group, "helped": share(x1, n1), "others": share(x0, n0)}
        notes.append(say("flat.cannot_own", **slots))
    if timed.other:
        notes.append(say("flat.clock", **_clock_slots(timed, could)))
    leaks_named = frozenset(leak.header for leak in found)
    after = sorted(after_help(rows, leaks_named) - leaks_named)
    if after:
        notes.append(say("flat.after_help", columns=after[0]) if len(after) == 1 else say("flat.after_help_several", columns=", ".join(after)))
    return (*notes, *in_words(found, column))
