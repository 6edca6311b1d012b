"""What stands behind an amount on a card: what it means, its formula with the numbers in it, and what it rests on."""

from dataclasses import dataclass

from roi_core.ledger import Ledger
from roi_core.report.kept import FIGURES
from roi_core.results import Estimate, Result
from roi_core.sentences import say
from roi_core.show import DEFAULT, Style, number, show
from roi_core.units import Unit
from roi_core.valuation import Valued


@dataclass(frozen=True, slots=True)
class Opened:
    """In words: `meaning`, then what it is made of (label and amount with its interval), then n and method. `figure` is its key in `FIGURES`."""

    figure: str
    meaning: str
    parts: tuple[tuple[str, str], ...]
    rests_on: str


def opened(valued: Valued, figure: str, style: Style = DEFAULT) -> Opened | None:
    """Of a figure of `FIGURES`, its meaning alone where it has no number; None for any other."""
    if figure not in FIGURES:
        return None
    result, name = FIGURES[figure](valued), figure.partition(".")[2]
    if not isinstance(result, Estimate):
        return Opened(figure, _meaning(valued, name), (), "")
    parts = tuple((label, show(part, style, compact=True)) for label, part in _parts(valued, name) if isinstance(part, Estimate))
    return Opened(figure, _meaning(valued, name), parts, _rests_on(result, style))


def _meaning(valued: Valued, name: str) -> str:
    return say(f"opened.{valued.spent_of if name == 'spent' else name}")


def _parts(valued: Valued, name: str) -> list[tuple[str, Result]]:
    match name:
        case "kept":
            return [*_lines(valued.ledger, "benefit"), *((say("opened.less", title=title), amount) for title, amount in _lines(valued.ledger, "later"))]
        case "spent":
            return _lines(valued.ledger, "cost")
        case "returned" | "roi" | "per_unit" | "net":
            return [(valued.kept_title, valued.total.benefit), (valued.spent_title, valued.total.spent)]
        case "break_even":
            return [(valued.kept_title, valued.total.benefit)]
    return []


def _lines(ledger: Ledger, kind: str) -> list[tuple[str, Result]]:
    """Lines that count: benefits, costs of the period, or what comes later."""
    costs = [line for line in ledger.of("cost") if (line.follows is not None) == (kind == "later") and not line.sunk]
    listed = ledger.of("benefit") if kind == "benefit" else costs
    return [(line.title, line.amount) for line in listed]


def _rests_on(result: Estimate, style: Style) -> str:
    none = say("opened.counted") if result.low is None else ""
    return " ".join(part for part in (say("opened.rests_on", n=number(result.n, Unit.COUNT, style), method=result.method), none) if part)
