"""What stands around every page: the top line, the empty state, progress in words, and errors without a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pages._parts import clients, history, own_files, presenting, state
from pages._parts.incident import show_error
from pages._parts.plain import plain
from pages._parts.samples import FIRST, SAMPLES, Sample
from pages._parts.theme import on_primary
from roi_core.errors import SupportRoiError
from roi_core.measured import Company, Helpdesk
from roi_core.results import Absent
from roi_core.sentences import say
from roi_core.show import month, number
from roi_core.units import Unit


@contextmanager
def guard() -> Iterator[None]:
    """Shows an error of the block in words. What Streamlit raises to stop or rerun a script passes through."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the last line before the reader
        show_error(error)


def top_line(files: StreamlitPage | None = None, reports: StreamlitPage | None = None, *, way_back: bool = True) -> None:
    """One line: company, period, currency, customers and contacts, the way back and forth, and the two actions; on an example, what it is."""
    now = state.work()
    if now.sample:
        _strip(now.sample, files)
    line = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
    with line.container(horizontal=True, vertical_alignment="center", width="content"):
        clients.menu()
        st.caption(plain(" · ".join(_company_facts())))
    actions = line.container(horizontal=True, vertical_alignment="center", width="content")
    if way_back:
        with actions:
            history.steps()
    if files and not now.sample:
        actions.page_link(files, label=say("frame.more_files"), icon=":material/upload_file:")
    if reports:
        actions.page_link(reports, label=say("frame.export"), icon=":material/download:")
    if way_back:
        history.unsaved()
    _chosen_by_hand()


def empty(question: str, why: str, files: StreamlitPage) -> None:
    """What a page will answer, why it cannot yet, and two ways on: the files, or an example."""
    with st.container(border=True):
        st.markdown(plain(say("frame.empty_answers", question=question)))
        st.markdown(plain(presenting.discreet(why)))
        _ways_on(files)


def lost(error: SupportRoiError, files: StreamlitPage) -> None:
    """Work that is not there: why, and two ways on. No figure of an example stands below it, where it could be taken for the visitor's own."""
    st.title(say("frame.lost"))
    st.error(plain(presenting.discreet(error)))
    _ways_on(files)
    clients.list_all()


def _ways_on(files: StreamlitPage) -> None:
    with st.container(horizontal=True):
        if st.button(on_primary(say("frame.add_files")), type="primary", icon=":material/upload_file:"):
            state.leave_lost_work()
            st.switch_page(files)
        st.button(say("frame.empty_sample"), on_click=state.use_sample, args=(FIRST.key,))


def _strip(sample: Sample, files: StreamlitPage | None) -> None:
    strip = st.container(border=True, horizontal=True, vertical_alignment="center")
    strip.markdown(say("frame.invented", company=sample.company))
    if own_files.refused():
        strip.markdown(say("frame.refused"))
    with strip:
        clients.way_back()
    if files:
        strip.page_link(files, label=say("frame.use_my_files"), icon=":material/upload_file:")
    if not presenting.on():
        with strip.popover(say("frame.another_example")):
            for other in SAMPLES.values():
                if other != sample:
                    st.button(plain(other.company), on_click=state.use_sample, args=(other.key,), width="stretch")
                    st.caption(plain(other.story))
    with strip.popover(say("frame.what_can_i_do")):
        st.markdown("\n".join(f"- {say(f'frame.{name}')}" for name in ("can_read", "can_open", "can_change", "can_check", "can_load")))


def _chosen_by_hand() -> None:
    """Says on every page that the comparison is not the one fixed in advance, how many were looked at, and the way back."""
    if state.design().chosen_after_looking:
        looked = len(state.looked_at())
        banner = st.container(border=True, horizontal=True, vertical_alignment="center")
        banner.markdown(say("chosen.banner", n=f"{looked}") if looked > 1 else say("chosen.banner_one"))
        banner.button(say("chosen.reset"), on_click=state.choose_fixed, key="fixed")


def _company_facts() -> list[str]:
    """Period, currency and counts; only customers of a flat file; nothing where nothing could be read, which the page itself explains."""
    try:
        measured = state.measured()
    except SupportRoiError:
        return []
    if measured.tickets_alone and measured.helpdesk:
        return _desk_facts(measured.helpdesk)
    if isinstance(measured.company, Absent):
        return [say("frame.customers", customers=number(step.customers, Unit.COUNT, state.style())) for step in measured.funnel[:1]]
    return _facts(measured.company)


def _desk_facts(desk: Helpdesk) -> list[str]:
    style = state.style()
    span = say("frame.span", first=month(desk.first_month, style), last=month(desk.last_month, style))
    return [span, say("frame.contacts", contacts=number(desk.contacts, Unit.COUNT, style))]


def _facts(company: Company) -> list[str]:
    style = state.style()
    customers, contacts = (number(count, Unit.COUNT, style) for count in (company.customers, company.contacts))
    return [
        say("frame.span", first=month(company.first_month, style), last=month(company.last_month, style)),
        company.currency or say("frame.no_currency"),
        say("frame.counts", customers=customers, contacts=contacts),
    ]
