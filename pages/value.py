"""What is it worth? The ledger, the return, and what the guides would have said."""

import streamlit as st

from pages._parts import assumptions, results, state
from pages._parts.site import page
from roi_core.charts import ledger_bars
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say
from roi_core.show import money, show
from roi_core.valuation import Valued

CODE = """from roi_core import measure, value

valued = value(measure(files), answers)
valued.ledger
valued.roi"""
style = state.style()


def numbers(valued: Valued) -> tuple[tuple[str, Result], ...]:
    """Return, value per unit and net benefit; without a cost what was kept and below which cost it pays."""
    if valued.questions and isinstance(valued.break_even, Estimate):
        return (("value.kept", valued.total.benefit), ("overview.break_even", valued.break_even), ("overview.covered", valued.coverage))
    roi = valued.roi
    return (("value.roi", roi.roi_percent), ("value.per_unit", roi.value_per_unit_spent), ("value.net", roi.net_benefit))


def ledger(valued: Valued) -> None:
    """Every line with its grade, and why a line does not count."""
    heads = [say(f"value.{name}") for name in ("line", "amount", "grade", "counts")]
    lines = [
        (line.title, show(line.amount, style, compact=True), line.grade.word, say("value.yes") if line.included else " ".join(line.reasons))
        for line in valued.ledger
    ]
    results.words(heads, lines)
    with results.drawer(say("value.behind"), "behind") as opened:
        if opened:
            heads = [say(f"value.{name}") for name in ("line", "population", "method")]
            results.words(heads, [(line.title, line.population, line.method) for line in valued.ledger])


def title(valued: Valued) -> str:
    """What came back for each unit of money; without a cost what was kept."""
    back = valued.roi.value_per_unit_spent
    if isinstance(back, Absent):
        return valued.headline.title
    return say("value.returned", back=money(back.value, style), one=money(1.0, style))


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
    said = valued.break_even_text if valued.questions else f"{valued.returns_text} {valued.odds}"
    results.finding(title(valued), said, valued.headline.grade)
    shown = numbers(valued)
    for place, (label, result) in zip(st.columns(3), shown, strict=True):
        with place:
            results.card(say(label), result, style, compact=True)
    st.subheader(say("value.ledger"))
    results.chart(ledger_bars, valued.ledger, style=style, code=CODE, name="value")
    ledger(valued)
    st.subheader(say("value.assumptions"))
    assumptions.ask()
    if valued.texts:
        texts(valued)


main()
