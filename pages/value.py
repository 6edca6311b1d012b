"""What is it worth? The ledger, the return, and what the guides would have said."""

from collections.abc import Collection

import streamlit as st

from pages._parts import assumptions, results, state
from pages._parts.plain import plain
from pages._parts.screen import narrow
from pages._parts.site import page
from roi_core.charts import ledger_bars
from roi_core.report.opened import opened
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say
from roi_core.show import show
from roi_core.valuation import Line, Valued

CODE = """from roi_core import measure, value

valued = value(measure(files), answers)
valued.ledger
valued.roi"""
OPEN = frozenset({"value.kept", "value.sign", "overview.break_even"})
"""Numbers of which the range stands in place of the middle where it includes nothing."""
style = state.style()


def numbers(valued: Valued) -> tuple[tuple[str, Result], ...]:
    """Return, value per unit and net benefit, where a benefit was found; else what was kept, what it cost, below which cost it pays."""
    roi, spent = valued.roi, ("overview.spent", valued.total.spent)
    if valued.questions and isinstance(valued.break_even, Estimate):
        return (_kept(valued), ("overview.break_even", valued.break_even), ("overview.covered", valued.coverage))
    if isinstance(roi.roi_percent, Absent):
        return (_kept(valued), spent, ("overview.covered", valued.coverage))
    if valued.return_found is None:
        return (_kept(valued), spent, ("overview.break_even", valued.break_even))
    return (("value.roi", roi.roi_percent), ("value.per_unit", roi.value_per_unit_spent), ("value.net", roi.net_benefit))


def _kept(valued: Valued) -> tuple[str, Result]:
    """What counts; where nothing does, the sign."""
    benefit = valued.total.benefit
    return ("value.kept", benefit) if isinstance(benefit, Estimate) else ("value.sign", valued.net)


def ledger(valued: Valued) -> None:
    """Every line with its grade, and why a line does not count; on a telephone both stand in one column, which has the room.

    What leaves out several lines is said once, below them.
    """
    together = {reason: titles for reason, titles in valued.ledger.left_out.items() if len(titles) > 1}
    names = ("line", "amount", "counts") if narrow() else ("line", "amount", "grade", "counts")
    rows = [(line.title, show(line.amount, style, compact=True), *in_total(line, together)) for line in valued.ledger]
    results.words([say(f"value.{name}") for name in names], rows)
    for reason, titles in together.items():
        st.caption(plain(say("report.not_in_total", lines=", ".join(titles), why=reason)))
    for text in valued.stayed_texts:
        st.caption(plain(text))
    with results.drawer(say("value.behind"), "behind") as opened:
        if opened:
            heads = [say(f"value.{name}") for name in ("line", "population", "method")]
            results.words(heads, [(line.title, line.population, line.method) for line in valued.ledger])


def in_total(line: Line, together: Collection[str]) -> tuple[str, ...]:
    """The grade of a line, and whether it is in the total and on which side, else why it is not, unless that is told of several together."""
    why = " ".join(reason for reason in line.reasons if reason not in together) or say("value.no")
    counts = say("value.cost" if line.kind == "cost" else "value.yes") if line.included else why
    return (say("value.graded", grade=line.word, counts=counts),) if narrow() else (line.word, counts)


def said(valued: Valued) -> str:
    """What comes back and how often; without a cost the break-even; where there is no return, why, once."""
    if valued.questions:
        return valued.break_even_text
    if valued.return_found is None:
        return valued.returns_text
    return f"{valued.returns_text} {valued.odds}"


def told(valued: Valued) -> None:
    """What the files do not hold; where a cost sheet is read, only the margin is asked."""
    st.subheader(say("value.assumptions"))
    if valued.costs_from_books:
        st.caption(plain(say("value.costs_known", cost=show(valued.total.spent, style, compact=True))))
        assumptions.ask(("gross_margin",))
    else:
        assumptions.ask()


def texts(valued: Valued) -> None:
    """The formulas of the guides, computed as printed, struck out, with their factor of overstatement."""
    with results.drawer(say("value.texts"), "texts") as opened:
        if opened:
            st.caption(say("value.texts_why"))
            heads = [say(f"value.{name}") for name in ("formula", "as_printed", "result", "factor", "why")]
            results.words(heads, [(t.title, t.printed, show(t.amount, style, compact=True), show(t.overstatement, style), t.why) for t in valued.texts])


def nothing(valued: Valued) -> None:
    """What to read where no amount of money can be stated."""
    results.finding(say("value.nothing"), valued.headline.text)
    st.page_link(page("data"), label=say("value.add"), icon=":material/arrow_forward:")


def main() -> None:
    """The page."""
    valued = state.valued()
    st.caption(say("value.question"))
    if not any(line.kind == "benefit" for line in valued.ledger):
        nothing(valued)
        return
    results.finding(valued.title, said(valued), valued.headline.grade)
    shown = numbers(valued)
    for place, (label, result) in zip(st.columns(3), shown, strict=True):
        with place:
            note = valued.spent_a_year_text(style) if label == "overview.spent" else ""
            results.card(
                valued.titles.get(label) or say(label), result, style, compact=True, note=note, open_range=label in OPEN, behind=opened(valued, label, style)
            )
    st.subheader(say("value.ledger"))
    results.chart(ledger_bars, valued.ledger, style=style, code=CODE, name="value")
    ledger(valued)
    told(valued)
    if valued.texts:
        texts(valued)


main()
