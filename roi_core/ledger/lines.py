"""The ledger of benefits and costs: lines that say where they come from and whether they count."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from roi_core.money.costs import COST_SHEET
from roi_core.money.draws import Sample
from roi_core.money.priced import Kind, Priced
from roi_core.results import Grade, Result, as_json
from roi_core.sentences import say


@dataclass(frozen=True, slots=True)
class Line:
    """One amount. `included` says whether totals count it, `overlaps_with` which streams hold the same money.

    `reasons` are the rules that left it out; `sample` is what totals add; `follows` marks what comes after the period.
    """

    stream: str
    title: str
    kind: Kind
    amount: Result
    grade: Grade
    method: str
    population: str
    included: bool
    overlaps_with: tuple[str, ...]
    comes_from: str
    reasons: tuple[str, ...] = ()
    sample: Sample | float | None = field(default=None, repr=False, compare=False)
    group: str = ""
    part_of: str | None = None
    follows: str | None = None
    in_costs: bool = False
    sunk: bool = False

    @property
    def word(self) -> str:
        """How far it may be trusted, on screen: a cost sheet is not typed in, it comes from the books."""
        return say("ledger.from_books") if self.comes_from == COST_SHEET else self.grade.word

    @property
    def letter(self) -> str:
        """Its grade in files; none for a cost sheet, since the letter of what was assumed beside "From your books" would say the opposite."""
        return "" if self.comes_from == COST_SHEET else str(self.grade)

    @classmethod
    def of(cls, priced: Priced) -> "Line":
        """A line before any rule: it counts where it holds an amount."""
        return cls(
            stream=priced.stream,
            title=priced.title,
            kind=priced.kind,
            amount=priced.amount,
            grade=priced.grade,
            method=priced.method,
            population=priced.population,
            included=priced.absent is None,
            overlaps_with=(),
            comes_from=priced.comes_from,
            sample=priced.sample,
            group=priced.group,
            part_of=priced.part_of,
            follows=priced.follows,
            in_costs=priced.in_costs,
            sunk=priced.sunk,
        )


@dataclass(frozen=True, slots=True)
class Ledger:
    """All lines, benefits first, those that count and those that do not."""

    lines: tuple[Line, ...] = ()

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def of(self, kind: Kind) -> tuple[Line, ...]:
        """Lines of a kind that count."""
        return tuple(line for line in self.lines if line.kind == kind and line.included)

    @property
    def left_out(self) -> Mapping[str, tuple[str, ...]]:
        """Titles of the lines that do not count, by reason: those that are out for the same one stand together."""
        found: dict[str, tuple[str, ...]] = {}
        for line in self.lines:
            found |= {reason: (*found.get(reason, ()), line.title) for reason in line.reasons}
        return found

    def get(self, stream: str) -> Line | None:
        """The line of a stream, or None."""
        return next((line for line in self.lines if line.stream == stream), None)


def ledger_as_json(ledger: Ledger) -> list[dict[str, Any]]:
    """The lines as the public JSON of `support-roi analyse`."""
    return [
        {
            "stream": line.stream,
            "kind": line.kind,
            "amount": as_json(line.amount),
            "grade": line.letter or None,
            "method": line.method,
            "population": line.population,
            "included": line.included,
            "overlaps_with": list(line.overlaps_with),
            "comes_from": line.comes_from,
        }
        for line in ledger
    ]
