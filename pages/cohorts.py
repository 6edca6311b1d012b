"""Who we compare: how customers come to be in the comparison, how alike the groups are, and other comparisons by hand."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages._parts import results, state
from pages._parts.plain import plain
from pages._parts.theme import on_primary
from roi_core.charts import balance, funnel, overlap
from roi_core.cohorts.choices import unless_all
from roi_core.cohorts.design import Design, Filters
from roi_core.cohorts.quality import QUALITIES
from roi_core.effects.titles import compared_title
from roi_core.measured import Company, Measured
from roi_core.results import Absent
from roi_core.sentences import say
from roi_core.show import month

CODE = """from roi_core import measure
from roi_core.cohorts.design import Design, Filters

measure(files, {design}).{what}"""
HORIZONS = (3, 6, 12)
CONTACTS = ("channels", "categories", "priorities")
CUSTOMERS = ("plans", "segments")
style = state.style()


def code(measured: Measured, what: str) -> str:
    """The lines that give this part again."""
    return CODE.format(design=measured.design, what=what)


def several(name: str, measured: Measured, now: Filters) -> tuple[str, ...]:
    """Values of one column; none chosen means all, and so do all chosen."""
    counted = dict(measured.choices[name])
    kept = [value for value in getattr(now, name) if value in counted]
    shown = st.multiselect(
        say(f"cohorts.{name}"), list(counted), kept, format_func=lambda value: f"{value} ({counted[value]:,})", placeholder=say("cohorts.all"), key=f"by_{name}"
    )
    return unless_all(shown, measured.choices[name])


def window(company: Company, now: Filters) -> Mapping[str, int | None]:
    """The months whose contacts count; the whole span means no limit."""
    months = range(company.first_month, company.last_month)
    if len(months) < 2:
        return {}
    whole = (months[0], months[-1])
    kept = (now.first_month or whole[0], now.last_month or whole[1])
    first, last = st.select_slider(say("cohorts.window"), list(months), kept, format_func=lambda n: month(n, style), key="by_window")
    return {} if (first, last) == whole else {"first_month": first, "last_month": last}


def form(measured: Measured, company: Company) -> None:
    """Which contacts count as help, which customers are looked at, how long they are followed."""
    now, qualities = measured.design, ("any", *QUALITIES)
    with st.form("compare", border=True):
        st.markdown(f"**{say('cohorts.narrow')}**")
        st.caption(say("cohorts.narrow_why"))
        chosen: dict[str, Any] = {name: several(name, measured, now.filters) for name in (*CONTACTS, *CUSTOMERS) if name in measured.choices}
        label = say("cohorts.quality")
        handled = st.selectbox(label, qualities, qualities.index(now.filters.quality), format_func=lambda q: say(f"cohorts.quality_{q}"), key="by_quality")
        months = sorted({*HORIZONS, now.horizon_months})
        label = say("cohorts.horizon")
        followed = st.selectbox(
            label, months, months.index(now.horizon_months), format_func=lambda n: say("cohorts.horizon_months", n=f"{n}"), key="by_horizon"
        )
        chosen |= window(company, now.filters)
        if compared := measured.main_effect.episodes:
            st.caption(plain(say("cohorts.window_used", first=month(compared.first_month, style), last=month(compared.last_month, style))))
        if st.form_submit_button(on_primary(say("cohorts.apply")), type="primary"):
            state.choose(Design(horizon_months=followed, filters=Filters(**chosen, quality=handled), flat=now.flat))
            st.rerun()


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
            results.effect(effect, style)
            shown(measured)
    else:
        results.effect(effect, style)
        shown(measured)
    alike(measured)


main()
