"""Overview: is our support worth what it costs, and how sure is that?"""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages._parts import assumptions, changed, downloads, kept, notes, presenting, results, state, unusual
from pages._parts.layout import batched
from pages._parts.plain import plain
from pages._parts.site import page
from roi_core.charts import honest, ledger_bars, truth
from roi_core.effects.titles import effect_title, said_below, struck_out
from roi_core.ledger.finding import Finding
from roi_core.measured import Company, Helpdesk
from roi_core.metrics import METRICS
from roi_core.metrics.words import months_of
from roi_core.report.opened import opened
from roi_core.results import Absent, Effect, Estimate, Result
from roi_core.sentences import say
from roi_core.show import number
from roi_core.units import Unit
from roi_core.valuation import Valued

CODE = """from roi_core import measure, value

valued = value(measure(files), answers)
valued.headline.text
valued.ledger"""
TRUTH = """import json, zipfile

json.loads(zipfile.ZipFile(sample).read("truth.json"))"""
WATCHED = ("first_contact_resolution", "first_response_minutes", "csat_satisfied", "contact_rate", "cost_per_contact", "monthly_churn")
TICKETS = (
    "contacts_a_month",
    "first_response_minutes",
    "resolution_hours",
    "first_contact_resolution",
    "recontact",
    "reopened",
    "csat_satisfied",
    "csat_response_rate",
    "survey_response_rate",
    "cost_per_contact",
)
OPEN = frozenset({"overview.kept", "overview.break_even", "overview.effect"})
"""Numbers of which the range stands in place of the middle where it includes nothing."""
Number = tuple[str, Result, bool]
style = state.style()


def numbers(valued: Valued) -> None:
    """At most three numbers, each with its doubt."""
    shown = money(valued) if isinstance(valued.total.benefit, Estimate) else leaving(valued)
    for place, (label, result, points) in zip(st.columns(max(len(shown), 1)), shown, strict=False):
        with place:
            note = valued.spent_a_year_text(style) if label == "overview.spent" else say("overview.minus") if points else ""
            results.card(
                valued.titles.get(label) or say(label),
                result,
                style,
                points=points,
                compact=True,
                note=note,
                open_range=label in OPEN,
                behind=opened(valued, label, style),
            )


def money(valued: Valued) -> list[Number]:
    """What was kept, what it cost, and what came back, where that is clear; else below which cost support pays, or what is covered."""
    kept: Number = ("overview.kept", valued.total.benefit, False)
    spent: Number = ("overview.spent", valued.total.spent, False)
    even: Number = ("overview.break_even", valued.break_even, False)
    covered: Number = ("overview.covered", valued.coverage, False)
    if valued.questions:
        return [kept, even, covered]
    if isinstance(valued.roi.roi_percent, Absent):
        return [kept, spent, covered]
    clear = valued.return_found in (Finding.GAIN, Finding.LOSS)
    return [kept, spent, ("overview.returned", valued.roi.roi_percent, False) if clear else even]


def leaving(valued: Valued) -> list[Number]:
    """Where no money counts: the difference in leaving beside the spreadsheet's, and the cost, or until it is known the break-even of a sign.

    Why there is no difference is said by the headline.
    """
    effect, spreadsheet = valued.spoken_of, struck_out(valued.spoken_of)
    refused = isinstance(effect.result, Absent) and said_below(valued.headline.title, effect.result.reason) in valued.headline.text
    shown: list[Number] = [] if refused else [("overview.effect", effect.result, True)]
    if effect.key == valued.measured.main_effect.key or isinstance(spreadsheet, Estimate):
        shown.append(("overview.spreadsheet", spreadsheet, True))
    if isinstance(valued.total.spent, Estimate):
        return [*shown, ("overview.spent", valued.total.spent, False)]
    return [*shown, ("overview.break_even", valued.break_even, False)] if isinstance(valued.break_even, Estimate) else shown


def title(valued: Valued) -> str:
    """The headline; where it speaks of no money, what was found on leaving."""
    return effect_title(valued.spoken_of) if valued.basis.lead is None else valued.headline.title


def actions(valued: Valued) -> None:
    """Where to go next; on an example the lie detector: the planted truth, and the same company where support does nothing."""
    sample = state.work().sample
    line = st.container(horizontal=True, vertical_alignment="center", gap="medium")
    shown = sample is not None and line.toggle(say("overview.truth_toggle"), key="truth", bind="query-params")
    if sample and sample.twin and not presenting.on():
        line.button(say(f"overview.from_{sample.key}"), on_click=state.use_sample, args=(sample.twin,))
    line.page_link(page("retention"), label=say("overview.compare"), icon=":material/arrow_forward:")
    if valued.measured.levers:
        line.page_link(page("scenarios"), label=say("overview.what_if"), icon=":material/arrow_forward:")
    with line:
        kept.offer("headline")
    if shown:
        truths(valued)


def truths(valued: Valued) -> None:
    """The planted truth beside the number of the headline, in points and in money; and beside the one that was not believed."""
    planted, main = state.truth(), valued.measured.main_effect
    st.caption(say("overview.truth_text"))
    if valued.measured.design.chosen_after_looking:
        st.markdown(say("overview.truth_other"))
        return
    planted_beside(valued.spoken_of, planted, "truth")
    if in_money := valued.truth_text(planted, style):
        st.markdown(plain(in_money))
    if main.key != valued.spoken_of.key and isinstance(main.result, Estimate):
        st.subheader(say("overview.not_believed"))
        planted_beside(main, planted, "not_believed")


def planted_beside(effect: Effect, planted: Mapping[str, Any] | None, name: str) -> None:
    """One effect with its planted truth, and in words whether our range holds it."""
    results.chart(truth, effect, planted, style=style, code=TRUTH, name=name)
    if held := truth.verdict(effect, planted):
        st.markdown(plain(held))


def questions(valued: Valued) -> None:
    """The questions that no export answers, in place, until they are answered."""
    if valued.questions and isinstance(valued.measured.company, Company):
        st.subheader(say("overview.tell_cost"))
        if valued.break_even_text not in valued.headline.text:
            st.markdown(plain(valued.break_even_text))
        st.caption(say("overview.tell_cost_why"))
        assumptions.ask()


def pictures(valued: Valued) -> None:
    """What each part rests on, and the way from the spreadsheet's number to the honest one; what to know where there is no money."""
    main = valued.measured.main_effect
    left, right = st.columns(2, gap="large")
    with left:
        if ledger_bars.layers(valued.ledger):
            st.subheader(say("overview.what_rests"))
            results.chart(ledger_bars, valued.ledger, style=style, code=CODE, name="ledger")
        elif valued.measured.notes:
            st.subheader(say("overview.to_know"))
            notes.listed(valued.measured)
        next_best(valued)
    with right:
        st.subheader(say("overview.from_to"))
        code = f'from roi_core import measure\n\nmeasure(files).effects["{main.key}"].ladder'
        results.chart(honest, main, style=style, code=code, name="honest")


def watch(valued: Valued, keys: Sequence[str] = WATCHED) -> None:
    """A few figures of daily work, each with its months and its definition."""
    known = [(METRICS[key], result) for key in keys if isinstance(result := valued.measured.metrics.get(key), Estimate)]
    if known:
        st.subheader(say("overview.watch"))
        for row in batched(known, 3):
            for place, (metric, result) in zip(st.columns(3), row, strict=False):
                with place:
                    results.card(metric.title, result, style, metric=metric, note=months_of(result.counted, style))


def next_best(valued: Valued) -> None:
    """What one more export would answer, the most first."""
    if valued.unlocks:
        st.subheader(say("overview.next_files"))
        results.words(
            [say("overview.file"), say("overview.unlocks")],
            [(u.title, say("overview.answers", n=f"{len(u.questions)}", examples=" · ".join(u.questions[:2]))) for u in valued.unlocks],
        )
        downloads.templates(valued.unlocks)


def tickets_alone(valued: Valued, desk: Helpdesk) -> None:
    """What tickets say by themselves, and which file would say the rest."""
    results.finding(say("alone.title", contacts=number(desk.contacts, Unit.COUNT, style)), valued.measured.main_effect.sentence)
    st.page_link(page("data"), label=say("alone.add"), icon=":material/upload_file:")
    place = st.container()
    watch(valued, TICKETS)
    notes.listed(valued.measured, small=True)
    next_best(valued)
    with place:
        unusual.first(style)


def main() -> None:
    """The page."""
    valued = state.valued()
    if valued.measured.tickets_alone and valued.measured.helpdesk:
        tickets_alone(valued, valued.measured.helpdesk)
        return
    results.finding(title(valued), valued.headline.text)
    if valued.headline.rests_on:
        st.caption(plain(valued.headline.rests_on))
    results.effect(valued.spoken_of, style, grade=valued.headline.grade, said=valued.headline.text)
    changed.told(valued, style)
    numbers(valued)
    actions(valued)
    questions(valued)
    pictures(valued)
    place = st.container()
    watch(valued)
    if isinstance(valued.measured.company, Company):
        with place:
            unusual.first(style)


main()
