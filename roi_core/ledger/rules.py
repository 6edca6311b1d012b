"""What may be added up. Each rule is one declaration: which lines it leaves out, whom they overlap with, and why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from roi_core.ledger.lines import Line
from roi_core.money.costs import COST_SHEET
from roi_core.results import Absent, Grade

Overlaps = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """`leaves_out(line, lines)` gives None where the line may stay, else the streams that hold the same money (or none)."""

    key: str
    reason: str
    leaves_out: Callable[[Line, tuple[Line, ...]], Overlaps | None]

    def apply(self, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        """The lines after this rule; a line that is out stays out and keeps every reason."""
        return tuple(self._apply(line, lines) for line in lines)

    def _apply(self, line: Line, lines: tuple[Line, ...]) -> Line:
        overlaps = self.leaves_out(line, lines)
        if overlaps is None:
            return line
        return replace(line, included=False, overlaps_with=_joined(line.overlaps_with, overlaps), reasons=(*line.reasons, self.reason))


def _joined(held: Overlaps, more: Overlaps) -> Overlaps:
    return tuple(dict.fromkeys((*held, *more)))


def _names(lines: Iterable[Line]) -> Overlaps:
    return tuple(line.stream for line in lines)


def _without_amount(line: Line, _: tuple[Line, ...]) -> Overlaps | None:
    return () if isinstance(line.amount, Absent) else None


def _sign_or_typed(line: Line, _: tuple[Line, ...]) -> Overlaps | None:
    return () if line.kind == "benefit" and line.grade > Grade.B else None


def _part_of_another(line: Line, lines: tuple[Line, ...]) -> Overlaps | None:
    whole = [other for other in lines if other.included and other.stream == line.part_of]
    return _names(whole) if whole else None


def _same_money(line: Line, lines: tuple[Line, ...]) -> Overlaps | None:
    if line.kind != "benefit" or not line.included:
        return None
    first = next(other for other in lines if other is line or (other.included and hold_the_same(line, other)))
    return None if first is line else (first.stream,)


def hold_the_same(line: Line, other: Line) -> bool:
    """Whether two benefits hold the same money: one group, one a part of the other, or both parts of one whole."""
    if line is other or line.kind != "benefit" or other.kind != "benefit":
        return False
    grouped = bool(line.group) and line.group == other.group
    siblings = line.part_of is not None and line.part_of == other.part_of
    return grouped or siblings or line.part_of == other.stream or other.part_of == line.stream


def name_overlaps(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, each benefit with an amount naming every line that goes before it and holds the same money.

    First what counts, then the surer grade, then a whole before its parts. What names no other can be added up, whatever its
    grade: a sign that is a part of a sign stands in no sum beside it.
    """
    ranked = sorted((line for line in lines if line.kind == "benefit" and line.sample is not None), key=_rank)
    before = {line.stream: _names(other for other in ranked[:i] if hold_the_same(line, other)) for i, line in enumerate(ranked)}
    return tuple(replace(line, overlaps_with=_joined(line.overlaps_with, before.get(line.stream, ()))) for line in lines)


def _rank(line: Line) -> tuple[bool, Grade, bool]:
    return not line.included, line.grade, line.part_of is not None


def _already_in_costs(line: Line, lines: tuple[Line, ...]) -> Overlaps | None:
    measured = [other for other in lines if other.kind == "cost" and other.included and other.comes_from == COST_SHEET]
    return _names(measured) if line.in_costs and measured else None


def _consequence(line: Line, lines: tuple[Line, ...]) -> Overlaps | None:
    if line.follows is None:
        return None
    return None if any(other.included and other.stream == line.follows for other in lines) else ()


def _sunk(line: Line, _: tuple[Line, ...]) -> Overlaps | None:
    return () if line.sunk else None


RULES = (
    Rule("amount", "There is no amount to add.", _without_amount),
    Rule("tested_or_compared", "A sign or a typed figure stands beside the total, never in it.", _sign_or_typed),
    Rule("part_of", "Part of the value of contacts, which is counted already.", _part_of_another),
    Rule("one_stream", "The same revenue is counted in another line; each unit of money stands in one line.", _same_money),
    Rule("saving_once", "This saving has lowered the costs already; a saving is a benefit or a lower cost, never both.", _already_in_costs),
    Rule("consequence", "The benefit that it comes with is not counted, so neither is this.", _consequence),
    Rule("sunk", "This money is spent whatever is decided, so it is shown and stays out of the return.", _sunk),
)
"""In the order in which they are applied."""
