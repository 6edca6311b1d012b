"""What the page of key figures asks of the books of a work: counted once per server and question."""

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from pages._parts import measuring, presenting, state
from pages._parts.progress import progress
from roi_core.errors import SupportRoiError
from roi_core.kpis import About, Books, Figure, figures
from roi_core.kpis.alerts import Alert
from roi_core.kpis.answered import Answers, answers_of
from roi_core.metrics import Calendar, Metric
from roi_core.spine.names import Names, names_of

Answer = TypeVar("Answer")


def _on_cost() -> Answers | None:
    return answers_of(state.assumptions())


def books() -> Books:
    """The books of this work, with its answers on cost. Raises as `roi_core.kpis.open_books`."""
    return measuring.books(state.work().facts, progress, _on_cost())


def code_of_answers() -> str:
    """The answers on cost as the code of a page hands them on; empty where a cost sheet says it, or nothing does."""
    return f", answers={_on_cost()}" if about().costs == "answers" else ""


def unusual() -> tuple[Alert, ...]:
    """What is out of the ordinary in the figures that are watched. Raises as `about`."""
    return measuring.unusual(state.work().facts, progress, _on_cost())


def about() -> About:
    """What the books of this work cover. Raises as `roi_core.kpis.open_books`."""
    return books().about


def asked(question: Hashable, answer: Callable[[Books], Answer]) -> Answer:
    """The answer to a question, which names everything that it follows from but the files. Raises as `about`."""
    return measuring.counted(state.work().facts, question, answer, progress, _on_cost())


def shown(metrics: Sequence[Metric], period: str, calendar: Calendar) -> tuple[Figure, ...]:
    """These metrics by a period."""
    keys = tuple(metric.key for metric in metrics)
    return asked(("figures", keys, period, calendar), lambda books: figures(books, metrics, period, calendar)) if metrics else ()


def names() -> Names | None:
    """What customers are called; None while names are hidden, and where nobody is a known customer."""
    if presenting.on() or not about().customers:
        return None
    try:
        return names_of(state.tables())
    except SupportRoiError:
        return None
