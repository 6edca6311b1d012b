"""Reports: one page that needs no internet, and the ledger as a table."""

from datetime import datetime

import streamlit as st

from pages._parts import downloads, results, state
from pages._parts.jobs import jobs
from pages._parts.progress import progress
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
        return About(now.sample.company, made, invented=True)
    typed = st.text_input(say("reports.company"), state.company(), max_chars=80, key="company", placeholder=say("reports.company_hint"))
    if typed.strip() != state.company():
        state.name_company(typed.strip())
        st.rerun()
    return About(typed.strip(), made)


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
    st.subheader(say("reports.preview"))
    with st.container(border=True):
        st.iframe(page, height=640)
    with results.drawer(say("frame.show_the_code"), "report") as opened:
        if opened:
            st.code(CODE.format(audience=audience), language="python")


main()
