"""Reports: one page that needs no internet, and the ledger as a table."""

import streamlit as st

from pages._parts import downloads, results, state
from roi_core.report import write_report
from roi_core.sentences import say

AUDIENCES = ("executive", "cfo", "sales", "product")
CODE = """from roi_core import measure, value, write_report

write_report(value(measure(files), answers), "{audience}", "html", "report.html")"""


def main() -> None:
    """The page."""
    valued, style = state.valued(), state.style()
    st.caption(say("reports.question"))
    results.finding(say("reports.title"), say("reports.intro"))
    label = say("reports.audience")
    audience = st.segmented_control(
        label, AUDIENCES, format_func=lambda name: say(f"reports.{name}"), default=AUDIENCES[0], required=True, key="for", bind="query-params"
    )
    page = write_report(valued, audience, "html", style=style).decode()
    with st.container(horizontal=True):
        downloads.offer(say("reports.html"), "support-roi.html", page.encode, "text/html")
        downloads.offer(say("reports.csv"), "support-roi-ledger.csv", lambda: write_report(valued, audience, "csv"), "text/csv")
    st.subheader(say("reports.preview"))
    with st.container(border=True):
        st.iframe(page, height=640)
    with results.drawer(say("frame.show_the_code"), "report") as opened:
        if opened:
            st.code(CODE.format(audience=audience), language="python")


main()
