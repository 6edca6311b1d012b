"""What became of each file: one line, and everything behind it on demand."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages._parts import asked, balance, downloads, mapping, own_files, presenting, rereading, results
from pages._parts.plain import plain
from roi_core.ingest.derive import OUT_OF_ORDER
from roi_core.ingest.draft import titles
from roi_core.ingest.recognise import NOT_KNOWN
from roi_core.sentences import catalogue, say
from roi_core.show import Style, number
from roi_core.units import Unit

Report = Mapping[str, Any]
_ASKS = "ask:"


def line(report: Report, key: str, style: Style, *, own: bool = False) -> None:
    """One file; with a button that takes it out where it is one of the visitor's `own` work."""
    if presenting.on():
        st.caption(plain(say("presenting.refused") if report.get("refused") else _counted(report, style)))
        return
    if not own:
        _line(report, key, style, own=own)
        return
    left, right = st.columns([7, 1], vertical_alignment="top")
    with left:
        _line(report, key, style, own=own)
    label = say("data.remove")
    right.button(label, key=f"remove_{key}", on_click=own_files.remove, args=(report,), help=say("data.remove_why"), type="tertiary", icon=":material/close:")


def _line(report: Report, key: str, style: Style, *, own: bool) -> None:
    """`1,183 tickets read, 0 lost, 12 set aside`, or in red why the file was not read; details below."""
    if report.get("refused"):
        st.error(plain(report["refused"]))
        return
    proposed = (report.get("proposal") or {}).get("entity")
    if not is_used(report):
        st.warning(plain(_unknown(report, proposed) if own else say("data.not_used", name=_name(report))))
    with results.drawer(f"{_name(report)}: {_counted(report, style)}", f"file_{key}", boxed=True) as opened:
        if opened:
            _details(report, key, style)
            if own and is_used(report) and report["entity"] != "flat":
                _mapping(report, key)
    if own:
        _left_open(report, key)
    _left_out(report, style)
    for note in own_files.notes(report):
        _told(note, report)


def _counted(report: Report, style: Style) -> str:
    loaded, lost, aside = (number(report["rows"][name], Unit.COUNT, style) for name in ("loaded", "unaccounted", "quarantined"))
    what = say(f"entity.{report['entity']}") if f"entity.{report['entity']}" in catalogue() else say("entity.rows")
    return say("data.line", loaded=loaded, what=what, lost=lost, aside=aside)


def _left_out(report: Report, style: Style) -> None:
    """How many rows count nowhere, and where they can be seen; blank ones are nothing to look at."""
    rows = report["rows"]
    shown = {
        "quarantined": rows["quarantined"],
        "not_data": rows["not_data"] and own_files.no_data(report.get("source"), report["member"]) and rows["not_data"],
    }
    told = [say(f"data.{name}_one") if n == 1 else say(f"data.{name}_some", n=number(n, Unit.COUNT, style)) for name, n in shown.items() if n]
    if told:
        st.caption(plain(say("data.left_out", rows=" ".join(told))))


def _left_open(report: Report, key: str) -> None:
    """Which table the file is, and questions about its columns."""
    if report.get("proposal"):
        with st.container(border=True):
            mapping.edit(report, f"map_{key}")
    if report.get("questions"):
        with st.container(border=True):
            asked.ask(report, f"ask_{key}")


def _told(note: str, report: Report) -> None:
    """A note that wants a look; of a file without a row, every note."""
    if note.startswith(NOT_KNOWN) and report.get("proposal"):
        return
    if _wants_a_look(note):
        st.caption(plain(say("data.check", note=note.removeprefix(_ASKS).strip())))
    elif not report["rows"]["loaded"]:
        st.caption(plain(note))


def _wants_a_look(note: str) -> bool:
    """Whether a note stands below the line of its file, not only in it."""
    return note.startswith((_ASKS, OUT_OF_ORDER))


def _unknown(report: Report, proposed: str | None) -> str:
    if report.get("proposal") is None:
        return say("data.not_used", name=_name(report))
    if proposed is None:
        return say("mapping.unknown_none", name=_name(report))
    return say("mapping.unknown", name=_name(report), title=titles()[proposed])


def _mapping(report: Report, key: str) -> None:
    """What the visitor said of this file, and the editor of what its columns are read as."""
    if rereading.plan(report) != rereading.NOTHING:
        st.caption(say("mapping.said"))
        st.button(say("mapping.forget"), key=f"forget_{key}", on_click=rereading.take_back, args=(report,))
    elif rereading.is_taken_back(report):
        st.info(say("mapping.forgotten"))
    with results.drawer(say("mapping.drawer"), f"mapping_{key}") as opened:
        if opened:
            mapping.edit(report, f"map_{key}")


def is_used(report: Report) -> bool:
    """Whether the rows of a file became a table."""
    return not report.get("refused") and report["entity"] is not None


def _name(report: Report) -> str:
    return str(report["member"] or report["file"])


def _details(report: Report, key: str, style: Style) -> None:
    known = report["export"] and report["vendor"]
    encoding, entity = str(report["encoding"]), str(report["entity"])
    if known:
        st.markdown(plain(say("data.recognised", export=str(report["export"]), vendor=str(report["vendor"]), encoding=encoding)))
    else:
        st.markdown(plain(say("data.recognised_plain", entity=entity, encoding=encoding)))
    balance.show(report["rows"], style)
    for note in own_files.notes(report):
        if not _wants_a_look(note):
            st.caption(plain(note))
    if report["rows"]["quarantined"]:
        _kept(own_files.set_aside(report["source"], report["member"]), "aside", f"{key}-set-aside.csv", f"aside_{key}")
    if report["rows"]["not_data"]:
        _kept(own_files.no_data(report.get("source"), report["member"]), "no_data", f"{key}-no-data.csv", f"no_data_{key}")
    _kept(own_files.texts(report.get("source"), report["member"]), "texts", f"{key}-texts.csv", f"texts_{key}")
    heads = [say(f"data.{name}") for name in ("header", "canonical", "unit", "zone", "format")]
    results.words(heads, [_column(column) for column in report["columns"]])


def _kept(kept: str | None, what: str, file: str, key: str) -> None:
    """Rows that were not loaded, as they stand, with line and reason, the first on the page; nothing for work of before they were kept."""
    if kept:
        downloads.offer(say(f"data.{what}_download"), file, lambda: downloads.without_formulas(kept), "text/csv")
        with results.drawer(say(f"data.{what}"), key) as opened:
            if opened:
                shown, more = downloads.first_lines(kept)
                st.code(downloads.copied(shown), language=None, height=240)
                if more:
                    st.caption(say("data.kept_more"))


def _column(column: Mapping[str, Any]) -> tuple[str, str, str, str, str]:
    canonical = column["canonical"]
    return (column["header"], canonical or say("data.covariate"), *(column[name] or "" for name in ("unit", "zone", "format")))
