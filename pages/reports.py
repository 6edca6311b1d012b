"""Reports: one page that needs no internet, the ledger as a table, and the findings that were kept."""

from datetime import datetime

import streamlit as st

from pages._parts import downloads, kept, presenting, results, state
from pages._parts.jobs import jobs
from pages._parts.progress import progress
from pages._parts.standing import stand
from pages._parts.whole import whole
from roi_core.report import About, write_report
from roi_core.sentences import say

AUDIENCES = ("executive", "cfo", "sales", "product")
CODE = """from roi_core import measure, value, write_report

write_report(value(measure(files), answers), "{audience}", "html", "report.html")"""
FILES = {"executive": "management", "cfo": "finance", "sales": "sales", "product": "product"}


def about() -> About:
    """Whose report it is: the example, or the company that the visitor names; made today."""
    now, made = state.work(), datetime.now().astimezone().date()
    if now.sample:
        return About(now.name, made, invented=True)
    company = stand("company", state.company())
    st.text_input(say("reports.company"), company, max_chars=80, key="company", placeholder=say("reports.company_hint"), on_change=name_company)
    return About(company, made)


@whole
def name_company() -> None:
    """Keeps what was typed."""
    state.name_company(str(st.session_state["company"]).strip())


def main() -> None:
    """The page."""
    valued, style = state.valued(), state.style()
    st.caption(say("reports.question"))
    results.finding(say("reports.title"), say("reports.intro"))
    label = say("reports.audience")
    audience = st.segmented_control(
        label, AUDIENCES, format_func=lambda name: say(f"reports.{name}"), default=AUDIENCES[0], required=True, key="for", bind="query-params"
    )
    told = about()
    with jobs().turn(progress):
        page = write_report(valued, audience, "html", style=style, about=told).decode()
    with st.container(horizontal=True):
        downloads.offer(say("reports.html"), told.file_name(FILES[audience], ".html"), page.encode, "text/html")
        downloads.offer(say("reports.csv"), told.file_name("ledger", ".csv"), lambda: write_report(valued, audience, "csv"), "text/csv")
    kept.listed(valued)
    st.subheader(say("reports.preview"))
    if presenting.on():
        st.caption(say("presenting.no_preview"))
    else:
        with st.container(border=True):
            st.iframe(page, height=640)
    with results.drawer(say("frame.show_the_code"), "report") as opened:
        if opened:
            st.code(CODE.format(audience=audience), language="python")


main()
