"""Your files: drop them, one line back for each, details on demand, and what one more file would answer."""

from collections.abc import Sequence

import streamlit as st

from pages._parts import bundles, changed, clients, downloads, intake, large_file, links, own_files, presenting, results, roles, rules, state, texts
from pages._parts.plain import plain
from pages._parts.progress import progress
from pages._parts.samples import Sample
from pages._parts.site import page
from pages._parts.theme import on_primary
from roi_core.errors import SupportRoiError
from roi_core.measured import Company
from roi_core.metrics.readiness import Unlock, readiness
from roi_core.sentences import say

OWN = "own"
style = state.style()


def drop() -> None:
    """The place to drop files, and the one for large files; what came is read at once, above the second, which may be at work. None while names are hidden."""
    if presenting.on():
        st.caption(say("presenting.no_drop"))
        return
    label = say("data.drop") if state.work().sample else say("changes.add")
    place = st.file_uploader(plain(label), accept_multiple_files=True, key=f"drop_{own_files.drops()}")
    st.caption(say("data.stays"))
    texts.choice()
    reading = st.container()
    large_file.offer()
    with reading:
        if place:
            with progress(say("data.reading")) as tell:
                own_files.load([(file.name, file.getvalue()) for file in place], tell)
        if place or large_file.read():
            st.rerun()


def lines(reports: Sequence[intake.Report], group: str) -> None:
    """One line a file; `group` keeps the files just refused apart from those of the work, which can be removed one by one."""
    for position, report in enumerate(reports):
        intake.line(report, f"{group}_{position}", style, own=group == OWN)


def headline(reports: Sequence[intake.Report]) -> str:
    """How many files are read; an invitation where there are none of the visitor's own."""
    read = [report for report in reports if intake.is_used(report)]
    if state.work().sample:
        return say("data.title_refused") if own_files.refused() else say("data.title_none")
    if not read:
        return say("mapping.title") if waits(reports) else say("data.title_refused") if reports else say("data.title_none")
    return say("data.title_read_one") if len(read) == 1 else say("data.title_read", files=f"{len(read)}")


def waits(reports: Sequence[intake.Report]) -> bool:
    """Whether nothing is read yet, and a file asks what it is."""
    return not any(intake.is_used(report) for report in reports) and any((report.get("proposal") or {}).get("entity") for report in reports)


def answer() -> None:
    """The answer that these files give, in its sentence, and the way to it."""
    valued = state.valued()
    with st.container(border=True):
        st.markdown(plain(valued.headline.text))
        st.page_link(page("overview"), label=say("data.see"), icon=":material/arrow_forward:")
    changed.told(valued, style)


def next_best(unlocks: Sequence[Unlock]) -> None:
    """The export that would answer most beside these files."""
    if unlocks:
        best = unlocks[0]
        with st.container(border=True):
            st.markdown(f"**{plain(say('data.next', title=best.title))}**")
            st.caption(plain(say("data.next_why", n=f"{len(best.questions)}", examples=" · ".join(best.questions[:3]))))
            downloads.templates([best])
            with results.drawer(say("unlocks.more"), "unlocks") as opened:
                for unlock in unlocks if opened else ():
                    st.markdown(plain(say("unlocks.line", title=unlock.title, n=f"{len(unlock.questions)}", examples=" · ".join(unlock.questions))))
                    if unlock is not best:
                        downloads.templates([unlock])


def delete() -> None:
    """Own files and answers can be taken away at any time: all of them, or what does not count any more."""
    with st.container(horizontal=True):
        with st.popover(say("data.delete")):
            st.markdown(say("data.delete_why"))
            st.button(on_primary(say("data.delete_sure")), on_click=clients.forget, type="primary")
        with st.popover(say("work.forget")):
            st.markdown(say("work.forget_why"))
            st.button(say("work.forget_sure"), key="forget_older", on_click=own_files.forget_earlier)


def read(sample: Sample | None, reports: Sequence[intake.Report]) -> None:
    """The files of this work, what they give, and what one more would; never an example's below files that were refused."""
    if sample:
        st.caption(plain(say("data.nothing_yet", company=sample.company)))
    lines(reports, "example" if sample else OWN)
    try:
        measured = state.measured()
    except SupportRoiError as error:
        if not waits(reports):
            st.warning(plain(presenting.discreet(error)))
        if state.tables().parts("flat") and not presenting.on():
            roles.ask(style)
        tables = [table for table, parts in state.tables().tables().items() if parts and table != "flat"]
        next_best(readiness(tables).unlocks if tables else ())
    else:
        if not sample:
            answer()
        if state.tables().parts("flat") and not isinstance(measured.company, Company) and not presenting.on():
            roles.ask(style)
        links.linked(measured, style)
        rules.switches(measured, style)
        next_best(state.valued().unlocks)


def main() -> None:
    """The page."""
    now = state.work()
    reports = own_files.reports()
    results.finding(headline(reports), say("data.intro"))
    bundles.keyless()
    drop()
    changed.brought(style)
    lines(own_files.refused(), "refused")
    if not (now.sample and own_files.refused()):
        read(now.sample, reports)
    with st.container(horizontal=True):
        bundles.move()
        if now.workspace:
            delete()


main()
