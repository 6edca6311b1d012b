"""Helped against not helped within each level of a dimension, by the same gates and the same plan as the main comparison."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from roi_core.cohorts.choices import CUSTOMERS, is_of_today, levels_of_months, narrowed_to, tells_who_left
from roi_core.cohorts.design import Design
from roi_core.cohorts.trials import build_trials
from roi_core.effects.analysis import grade_of
from roi_core.effects.beside.declared import Tell, base, beside_plan
from roi_core.effects.comparison import Comparison, Verdict
from roi_core.effects.estimation import through_gates
from roi_core.effects.rungs import closest
from roi_core.effects.segments import words
from roi_core.effects.segments.finding import MOST_LEVELS, Level, Segments, pull
from roi_core.effects.supported import CONTRAST, PLANS
from roi_core.errors import DesignRefused
from roi_core.results import Absent, Estimate, Grade
from roi_core.sentences import say
from roi_core.spine import Facts
from roi_core.spine.facts import integers


@dataclass(frozen=True, slots=True)
class _Answered:
    """One level with the independent customers compared in it and what its gates say."""

    level: Level
    who: NDArray[np.int64]
    verdicts: Sequence[Verdict]


def dimensions_known(fields: Sequence[str]) -> tuple[str, ...]:
    """Dimensions of which the files know two levels, from the fields of `Filters` that they offer a choice in (`Measured.choices`)."""
    return tuple(dimension for name, dimension in CUSTOMERS.items() if name in fields)


def compare(facts: Facts, dimension: str, design: Design, tell: Tell) -> Segments | Absent:
    """Each level of `dimension` by itself, and all of them together; at most 24, those with most customers.

    Absent where the files know no two levels, where the column was changed on leaving, or where fewer than two levels can be compared.
    Raises DesignRefused for an unknown dimension. The filters of the design are another question, as for all comparisons beside the main one.
    """
    if dimension not in CUSTOMERS.values():
        raise DesignRefused.value("dimension", dimension, " or ".join(CUSTOMERS.values()))
    names, left_out = _largest(facts, dimension)
    if len(names) < 2:
        return Absent(say("segments.unknown", several=words.several(dimension)), say("segments.next_unknown", one=words.one(dimension)))
    if tells_who_left(facts, dimension):
        return Absent(say("segments.telling", one=words.one(dimension)), say("segments.next_telling", one=words.one(dimension)))
    answered = []
    for place, name in enumerate(names, 1):
        answered.append(_answer(facts, replace(base(design), filters=narrowed_to(dimension, name)), name))
        tell(place / len(names))
    compared = [one for one in answered if isinstance(one.level.own, Estimate)]
    if len(compared) < 2:
        return _too_few(dimension, answered, len(compared))
    levels, average, differ = pull([one.level for one in answered])
    grade = max((grade_of(list(one.verdicts)) for one in compared), default=Grade.C)
    found = Segments(dimension, facts.outcome, design.horizon_months, levels, average, differ, grade)
    return replace(found, sentence=words.sentence(found), notes=(*_why_a_sign(compared), *_notes(facts, dimension, found, compared, left_out)))


def _largest(facts: Facts, dimension: str) -> tuple[tuple[str, ...], int]:
    """The levels with most customers, most first, and how many are left out."""
    codes, levels = levels_of_months(facts, dimension)
    customer, everybody = integers(facts.person_months, "customer_no"), max(facts.spine.num_rows, 1)
    known = codes >= 0
    counts = np.bincount(np.unique(codes[known] * everybody + customer[known]) // everybody, minlength=len(levels))
    order = sorted(np.flatnonzero(counts).tolist(), key=lambda i: (-counts[i], levels[i]))
    return tuple(levels[i] for i in order[:MOST_LEVELS]), max(len(order) - MOST_LEVELS, 0)


def _answer(facts: Facts, narrowed: Design, name: str) -> _Answered:
    rows = build_trials(facts, narrowed, narrowed.horizon_months)
    fitted, verdicts = through_gates(Comparison(CONTRAST, facts, narrowed, rows), beside_plan(PLANS[facts.outcome], CONTRAST))
    refusing = [v for v in verdicts if v.refuses]
    if fitted.fit is None:
        own: Estimate | Absent = Absent(" ".join(v.check.text for v in refusing), next((v.next_step for v in refusing), ""))
    else:
        own = closest.answer(fitted)
    return _Answered(Level(name, own), np.unique(rows.cluster), verdicts)


def _too_few(dimension: str, answered: Sequence[_Answered], compared: int) -> Absent:
    """Why nothing can be held against anything: the largest level that was refused says what it lacks."""
    name, why = next((one.level.name, one.level.own) for one in answered if isinstance(one.level.own, Absent))
    slots = {"k": f"{compared}", "n": f"{len(answered)}", "several": words.several(dimension), "name": name, "why": why.reason}
    return Absent(say("segments.too_few", **slots), why.next_step)


def _why_a_sign(compared: Sequence[_Answered]) -> tuple[str, ...]:
    """What makes every one of them a sign only, beside that it was looked at after the main one."""
    each = [{v.check.text for v in one.verdicts if v.cap >= Grade.C} for one in compared]
    common, beside = set.intersection(*each), say("check.declared_beside")
    return tuple(v.check.text for v in compared[0].verdicts if v.check.text in common - {beside})


def _notes(facts: Facts, dimension: str, found: Segments, compared: Sequence[_Answered], left_out: int) -> tuple[str, ...]:
    """Of when the groups are, who is in none of the numbers, and who is in more than one."""
    codes, _ = levels_of_months(facts, dimension)
    customer = integers(facts.person_months, "customer_no")
    nowhere = len(np.setdiff1d(customer, customer[codes >= 0]))
    everywhere = np.concatenate([one.who for one in compared])
    counts = {
        "refused": len(found.levels) - len(compared),
        "left_out": left_out,
        "nowhere": nowhere,
        "twice": int((np.unique(everywhere, return_counts=True)[1] > 1).sum()),
    }
    counted = (say(f"segments.note_{name}", n=f"{n:,}", several=words.several(dimension)) for name, n in counts.items() if n)
    return (*((say("segments.note_today", one=words.one(dimension)),) if is_of_today(facts, dimension) else ()), *counted)
