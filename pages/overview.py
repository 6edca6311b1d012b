"""Overview: is our support worth what it costs, and how sure is that?"""

from itertools import cycle

import streamlit as st

from pages._parts import assumptions, results, state
from pages._parts.plain import plain
from pages._parts.site import page
from roi_core.charts import honest, ledger_bars, truth
from roi_core.effects.titles import struck_out
from roi_core.measured import Company
from roi_core.metrics import METRICS, readiness
from roi_core.results import Effect, Estimate
from roi_core.sentences import say
from roi_core.value import Valued

CODE = """from roi_core import measure, value

valued = value(measure(files), answers)
valued.headline.text
valued.ledger"""
WATCHED = ("first_contact_resolution", "first_response_minutes", "csat_satisfied", "contact_rate", "cost_per_contact", "monthly_churn")
style = state.style()


def numbers(valued: Valued) -> None:
    """At most three numbers: what was kept, what it cost, what came back; without money what happened to leaving."""
    first, second, third = st.columns(3)
    if not isinstance(valued.total.benefit, Estimate):
        effect = valued.measured.main_effect
        with first:
            results.card(say("overview.effect"), effect.result, style, points=True)
        with second:
            results.card(say("overview.spreadsheet"), struck_out(effect), style, points=True)
        with third:
            last(valued)
        return
    with first:
        results.card(say("overview.kept"), valued.total.benefit, style, compact=True)
    with second:
        if valued.questions:
            results.card(say("overview.break_even"), valued.break_even, style, compact=True)
        else:
            results.card(say("overview.spent"), valued.total.spent, style, compact=True)
    with third:
        if valued.questions:
            results.card(say("overview.covered"), valued.coverage, style)
        else:
            results.card(say("overview.returned"), valued.roi.roi_percent, style)


def last(valued: Valued) -> None:
    """The third number where none is money that counts: the break-even if there is one, else how many leave at all."""
    if isinstance(valued.break_even, Estimate):
        results.card(say("overview.break_even"), valued.break_even, style, compact=True)
    elif "monthly_churn" in valued.measured.metrics:
        results.card(say("overview.monthly_churn"), valued.measured.metrics["monthly_churn"], style)


def spoken_of(valued: Valued) -> Effect:
    """The effect on leaving behind the headline."""
    lead, effects = valued.basis.lead, valued.measured.effects
    key = f"{lead.stream.contrast}.churn_{lead.stream.horizon_months}m" if lead else ""
    return effects.get(key, valued.measured.main_effect)


def actions(valued: Valued) -> None:
    """Where to go next; on an example the lie detector: the planted truth, and the same company where support does nothing."""
    sample = state.work().sample
    line = st.container(horizontal=True, vertical_alignment="center", gap="medium")
    shown = sample is not None and line.toggle(say("overview.truth_toggle"), key="truth", bind="query-params")
    if sample and sample.twin:
        label = say("overview.nothing_toggle") if sample == state.FIRST else say("overview.working_again")
        line.button(label, on_click=state.use_sample, args=(sample.twin,))
    line.page_link(page("retention"), label=say("overview.compare"), icon=":material/arrow_forward:")
    line.page_link(page("scenarios"), label=say("overview.what_if"), icon=":material/arrow_forward:")
    if shown:
        st.caption(say("overview.truth_text"))
        code = 'import json, zipfile\n\njson.loads(zipfile.ZipFile(sample).read("truth.json"))'
        results.chart(truth, valued.measured.main_effect, state.truth(), style=style, code=code, name="truth")


def questions(valued: Valued) -> None:
    """The questions that no export answers, in place, until they are answered."""
    if valued.questions and isinstance(valued.measured.company, Company):
        st.subheader(say("overview.tell_cost"))
        st.markdown(plain(valued.break_even_text))
        st.caption(say("overview.tell_cost_why"))
        assumptions.ask()


def pictures(valued: Valued) -> None:
    """What each part rests on, and the way from the spreadsheet's number to the honest one."""
    main = valued.measured.main_effect
    left, right = st.columns(2, gap="large")
    with left:
        if ledger_bars.layers(valued.ledger):
            st.subheader(say("overview.what_rests"))
            results.chart(ledger_bars, valued.ledger, style=style, code=CODE, name="ledger")
        next_best(valued)
    with right:
        st.subheader(say("overview.from_to"))
        code = f'from roi_core import measure\n\nmeasure(files).effects["{main.key}"].ladder'
        results.chart(honest, main, style=style, code=code, name="honest")


def watch(valued: Valued) -> None:
    """A few figures of daily work, each with its definition."""
    known = [(METRICS[key], valued.measured.metrics[key]) for key in WATCHED if isinstance(valued.measured.metrics.get(key), Estimate)]
    if known:
        st.subheader(say("overview.watch"))
        for place, (metric, result) in zip(cycle(st.columns(3)), known, strict=False):
            with place:
                results.card(metric.title, result, style, metric=metric)


def next_best(valued: Valued) -> None:
    """What one more export would answer, the most first."""
    company = valued.measured.company
    unlocks = readiness(company.tables).unlocks if isinstance(company, Company) else ()
    if unlocks:
        st.subheader(say("overview.next_files"))
        results.words(
            [say("overview.file"), say("overview.unlocks")],
            [(u.title, say("overview.answers", n=f"{len(u.questions)}", examples=" · ".join(u.questions[:2]))) for u in unlocks],
        )


def main() -> None:
    """The page."""
    valued = state.valued()
    results.finding(valued.headline.title, valued.headline.text)
    results.effect(spoken_of(valued), style, grade=valued.headline.grade)
    numbers(valued)
    actions(valued)
    questions(valued)
    pictures(valued)
    watch(valued)


main()
