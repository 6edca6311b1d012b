"""Findings that the visitor keeps: a button beside each result, and the list of them, said again on the files and answers of now."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

import streamlit as st

from pages._parts import state
from pages._parts.plain import plain
from pages._parts.standing import stand
from pages._parts.theme import on_primary
from pages._parts.whole import whole
from roi_core.report.kept import KeptFinding, say_of
from roi_core.sentences import say
from roi_core.show import day
from roi_core.valuation import Valued

_LONGEST = 2000


def offer(kind: str, key: str = "", moved: Mapping[str, float] | None = None) -> None:
    """*Keep* with a note, for one result of a page."""
    name = f"{kind}_{key}"
    with st.popover(say("findings.keep"), type="tertiary", icon=":material/bookmark:", key=f"keep_{name}"):
        st.text_area(say("findings.note"), max_chars=_LONGEST, key=f"note_{name}", height=80)
        st.button(on_primary(say("findings.keep_do")), type="primary", key=f"keep_do_{name}", on_click=_keep, args=(kind, key, moved or {}))


@whole
def _keep(kind: str, key: str, moved: Mapping[str, float]) -> None:
    note = str(st.session_state.get(f"note_{kind}_{key}") or "").strip()
    with state.noting():
        then = say_of(state.valued(), kind, key, state.style(), moved)
        _put([*findings(), KeptFinding(kind, key, note, datetime.now().astimezone().date().isoformat(), then, dict(moved))])
        st.session_state[f"note_{kind}_{key}"] = ""
        st.toast(say("findings.kept"))
    st.rerun()


def findings() -> list[KeptFinding]:
    """What is kept with this work, in the visitor's order."""
    return [KeptFinding.of(kept) for kept in state.recall(state.FINDINGS) or ()]


def listed(valued: Valued) -> None:
    """The list; each one as it is now, and as it was where that differs."""
    kept = findings()
    st.subheader(say("findings.title"))
    st.caption(say("findings.why") if kept else say("findings.none"))
    for place, finding in enumerate(kept):
        with st.container(border=True):
            _shown(finding, valued)
            _changed(place, finding, last=place == len(kept[1:]))


def _shown(finding: KeptFinding, valued: Valued) -> None:
    style = state.style()
    now, on = say_of(valued, finding.kind, finding.key, style, finding.moved), day(date.fromisoformat(finding.kept_on), style)
    st.markdown(f"**{plain(finding.then.title if now.title == say('findings.gone') else now.title)}**")
    if now.differs(finding.then):
        st.markdown(plain(say("findings.then", day=on, text=finding.then.text)))
        st.markdown(plain(say("findings.now", text=now.text)))
    else:
        st.markdown(plain(now.text))
        st.caption(plain(say("findings.same", day=on)))


def _changed(place: int, finding: KeptFinding, *, last: bool) -> None:
    """The note, and the buttons that move or remove it."""
    key = f"finding_note_{place}"
    st.text_area(say("findings.note"), stand(key, finding.note), max_chars=_LONGEST, key=key, height=80, on_change=_note, args=(place,))
    with st.container(horizontal=True):
        for way, icon, disabled in (("up", ":material/arrow_upward:", place == 0), ("down", ":material/arrow_downward:", last)):
            st.button(say(f"findings.{way}"), key=f"finding_{way}_{place}", icon=icon, type="tertiary", disabled=disabled, on_click=_swap, args=(place, way))
        st.button(say("findings.remove"), key=f"finding_remove_{place}", icon=":material/close:", type="tertiary", on_click=_remove, args=(place,))


@whole
def _note(place: int) -> None:
    kept = findings()
    kept[place] = replace(kept[place], note=str(st.session_state[f"finding_note_{place}"]).strip())
    _put(kept)


@whole
def _swap(place: int, way: str) -> None:
    kept = findings()
    kept.insert(_place(len(kept), place, way), kept.pop(place))
    _put(kept)


def _place(count: int, place: int, way: str) -> int:
    """The place before or behind."""
    places = list(range(count))
    return places[:place][-1] if way == "up" else places[place:][1]


@whole
def _remove(place: int) -> None:
    kept = findings()
    del kept[place]
    _put(kept)


def _put(kept: Sequence[KeptFinding]) -> None:
    state.remember(state.FINDINGS, [finding.as_json() for finding in kept] or None)
