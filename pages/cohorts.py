"""Who we compare: how customers come to be in the comparison, how alike the groups are, and other comparisons by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from pages._parts import results, state
from pages._parts.plain import plain
from pages._parts.standing import stand, stand_open
from pages._parts.theme import on_primary
from pages._parts.whole import whole
from roi_core.charts import balance, funnel, overlap
from roi_core.cohorts.choices import CUSTOMERS, unless_all
from roi_core.cohorts.design import Design, Filters, Planned
from roi_core.cohorts.quality import QUALITIES
from roi_core.effects.titles import compared_title, test_title
from roi_core.measured import Company, Measured
from roi_core.results import Absent
from roi_core.sentences import say
from roi_core.show import month

CODE = """from roi_core import measure
from roi_core.cohorts.design import Design, Filters

measure(files, {design}).{what}"""
HORIZONS = (3, 6, 12)
CONTACTS = ("channels", "categories", "priorities")
style = state.style()


def code(measured: Measured, what: str) -> str:
    """The lines that give this part again."""
    return CODE.format(design=measured.design, what=what)


def several(name: str, label: str, measured: Measured, now: Filters) -> None:
    """Values of one column; none chosen means all, and so do all chosen."""
    if name not in measured.choices:
        return
    counted = dict(measured.choices[name])
    kept = stand(f"by_{name}", [value for value in getattr(now, name) if value in counted])
    told = {value: f"{value} ({n:,})" for value, n in counted.items()}
    st.multiselect(plain(label), list(counted), kept, format_func=lambda value: told[value], placeholder=say("cohorts.all"), key=f"by_{name}")


def counting_as_help(measured: Measured, now: Filters) -> None:
    """Which contacts count as help."""
    st.caption(say("cohorts.contacts"))
    for name in CONTACTS:
        several(name, say(f"cohorts.{name}"), measured, now)
    qualities = ("any", *QUALITIES)
    quality = qualities.index(stand("by_quality", now.quality))
    st.selectbox(say("cohorts.quality"), qualities, quality, format_func=lambda q: say(f"cohorts.quality_{q}"), key="by_quality")


def looked_at(measured: Measured, now: Filters) -> None:
    """Which customers are looked at."""
    if any(name in measured.choices for name in CUSTOMERS):
        st.caption(say("cohorts.customers"))
    for name, column in CUSTOMERS.items():
        several(name, say(f"segments.by_{column}"), measured, now)


def window(months: range, now: Filters) -> None:
    """The months whose contacts count; the whole span means no limit."""
    kept = stand("by_window", (now.first_month or months[0], now.last_month or months[-1]))
    st.select_slider(say("cohorts.window"), list(months), kept, format_func=lambda n: month(n, style), key="by_window")


def contact_months(company: Company) -> range:
    """The months that have contacts; the last whole month is followed by none."""
    return range(company.first_contact_month or company.last_month, company.last_month)


def form(measured: Measured, company: Company) -> None:
    """Which contacts count as help, which customers are looked at, how long they are followed."""
    now, span = measured.design, contact_months(company)
    with st.form("compare", border=True):
        st.markdown(f"**{say('cohorts.narrow')}**")
        st.caption(say("cohorts.narrow_why"))
        counting_as_help(measured, now.filters)
        looked_at(measured, now.filters)
        months = sorted({*HORIZONS, now.horizon_months})
        horizon = months.index(stand("by_horizon", now.horizon_months))
        st.selectbox(say("cohorts.horizon"), months, horizon, format_func=lambda n: say("cohorts.horizon_months", n=f"{n}"), key="by_horizon")
        if len(span) > 1:
            window(span, now.filters)
        if compared := measured.main_effect.episodes:
            st.caption(plain(say("cohorts.window_used", first=month(compared.first_month, style), last=month(compared.last_month, style))))
        st.form_submit_button(on_primary(say("cohorts.apply")), type="primary", on_click=choose, args=(measured.choices, span))


@whole
def choose(choices: Mapping[str, Sequence[tuple[str, int]]], span: range) -> None:
    """Keeps the comparison that the form asks for; everything chosen is nothing chosen."""
    asked = st.session_state
    chosen: dict[str, Any] = {name: unless_all(asked[f"by_{name}"], choices[name]) for name in (*CONTACTS, *CUSTOMERS) if name in choices}
    if len(span) > 1 and tuple(asked["by_window"]) != (span[0], span[-1]):
        chosen["first_month"], chosen["last_month"] = asked["by_window"]
    with state.noting():
        filters = Filters(**chosen, quality=asked["by_quality"])
        kept = state.design()
        state.choose(Design(horizon_months=asked["by_horizon"], filters=filters, flat=kept.flat, planned=kept.planned, quoted=kept.quoted))


def shown(measured: Measured) -> None:
    """The way from all customers to those compared."""
    st.subheader(say("cohorts.funnel"))
    results.chart(funnel, measured.funnel, style=style, code=code(measured, "funnel"), name="funnel")


def alike(measured: Measured) -> None:
    """Whether like is compared with like."""
    both = not isinstance(measured.balance, Absent) and not isinstance(measured.propensity, Absent)
    left, right = st.columns(2, gap="large") if both else (st.container(), st.container())
    with left:
        if not isinstance(measured.balance, Absent):
            st.subheader(say("cohorts.balance"))
            results.chart(balance, measured.balance, style=style, code=code(measured, "balance"), name="balance")
    with right:
        if not isinstance(measured.propensity, Absent):
            st.subheader(say("cohorts.overlap"))
            results.chart(overlap, measured.propensity, style=style, code=code(measured, "propensity"), name="overlap")


def tests(measured: Measured) -> None:
    """Randomised tests of a treatment list: what each was planned with, what it found, and the way from its list to those compared."""
    if not measured.tests:
        return
    st.header(say("cohorts.tests"))
    st.caption(say("cohorts.tests_why"))
    planned(measured.design.planned)
    for found in measured.tests:
        contrast = found.key.partition(".")[0]
        st.subheader(plain(test_title(found, measured)))
        st.markdown(plain(found.sentence))
        results.effect(found, style, said=found.sentence)
        results.chart(funnel, measured.drawn[contrast].funnel, style=style, code=code(measured, f'drawn["{contrast}"].funnel'), name=f"{contrast}_funnel")


def planned(now: Planned) -> None:
    """What no file says of a test: which share was to be helped, and how much worse would still do."""
    with st.form("planned", border=True):
        left, right = st.columns(2)
        stand_open("by_share", now.share_percent)
        left.number_input(
            say("cohorts.share"), 1.0, 99.0, None, step=1.0, placeholder=say("cohorts.share_even"), help=say("cohorts.share_help"), key="by_share"
        )
        stand_open("by_margin", now.margin_points)
        right.number_input(
            say("cohorts.margin"), 0.1, 50.0, None, step=0.5, placeholder=say("cohorts.margin_none"), help=say("cohorts.margin_help"), key="by_margin"
        )
        st.form_submit_button(on_primary(say("cohorts.planned")), type="primary", on_click=plan)


@whole
def plan() -> None:
    """Keeps what the tests were planned with; the comparison stays as it is."""
    asked = st.session_state
    with state.noting():
        state.choose(replace(state.design(), planned=Planned.typed(asked["by_share"], asked["by_margin"])))


def main() -> None:
    """The page."""
    measured = state.measured()
    effect = measured.main_effect
    st.caption(say("cohorts.question"))
    results.finding(compared_title(measured, style), say("cohorts.intro") if isinstance(measured.company, Company) else "")
    if isinstance(measured.company, Company):
        left, right = st.columns([2, 3], gap="large")
        with left:
            form(measured, measured.company)
        with right:
            st.markdown(f"**{say('cohorts.effect')}**")
            st.markdown(plain(effect.sentence))
            results.effect(effect, style, said=effect.sentence)
            shown(measured)
    else:
        results.effect(effect, style)
        shown(measured)
    alike(measured)
    tests(measured)


main()
