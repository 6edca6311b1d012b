"""The mapping editor of a file: what one row is, what each column is read as, what is still needed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from pages._parts import rereading
from pages._parts.plain import plain
from pages._parts.theme import on_primary
from roi_core.ingest.draft import Draft, DraftColumn, Lack, draft, fault, lacks, meanings, plan_from, titles
from roi_core.ingest.plan import Plan
from roi_core.sentences import say

Report = Mapping[str, Any]
_NONE = ""
"""Stands in a select for no choice."""


def edit(report: Report, key: str) -> None:
    """The proposal or what was read, to be changed; a button reads the file by it."""
    name = str(report["member"] or report["file"])
    known, first, begun = titles(), draft(report).entity, rereading.begun(report)
    names, first = list(known), (begun and begun.entity) or first
    entity = st.selectbox(
        say("mapping.table"),
        names,
        index=names.index(first) if first in names else None,
        placeholder=say("mapping.choose"),
        format_func=lambda table: known[table],
        key=f"{key}_table",
        on_change=rereading.touch,
        args=(key,),
    )
    if entity is None:
        return
    before = rereading.plan(report)
    offered = draft(report, entity)
    _told_changes(offered)
    standing = begun if begun and begun.entity == entity else before
    chosen = _columns(offered, entity, standing, key)
    constants = {**offered.constants, **(standing.constants if standing.entity == entity else {})}
    bare = plan_from(report, entity, chosen, {}, before)
    said = replace(bare, constants=_constants(lacks(bare), constants, f"{key}_{entity}", key))
    if rereading.was_touched(key):
        rereading.keep(report, replace(said, answers={**said.answers, **(begun.answers if begun else {})}))
    _offer(report, said, name, key)


def _told_changes(offered: Draft) -> None:
    gone, new = offered.changed
    if gone or new:
        st.warning(plain(say("mapping.changed", before=", ".join(gone), now=", ".join(new))))


def _columns(offered: Draft, entity: str, before: Plan, key: str) -> dict[str, str]:
    """One row a header; gives what stands in each select, without those that are not used."""
    roles = meanings(entity)
    chosen: dict[str, str] = {}
    for place, column in enumerate(offered.columns):
        said = before.columns.get(column.header) if before.entity == entity else column.canonical
        left, right = st.columns([3, 4], vertical_alignment="center")
        with left:
            _described(column)
        with right:
            role = _role(column.header, roles, said, f"{key}_{entity}_{place}", key)
        if role is not None:
            chosen[column.header] = role
    return chosen


def _described(column: DraftColumn) -> None:
    st.markdown(f"**{plain(column.header)}**")
    if column.samples:
        st.caption(plain(say("mapping.samples", samples=" · ".join(column.samples))))
    if column.evidence:
        st.caption(plain(say("mapping.guessed", sure=column.sure, evidence=column.evidence) if column.sure else column.evidence))


def _role(header: str, roles: Mapping[str, str], said: str | None, key: str, of: str) -> str | None:
    options = [_NONE, *roles]
    role = st.selectbox(
        plain(say("mapping.role", header=header)),
        options,
        index=options.index(said) if said in options else 0,
        format_func=lambda role: _named(role, roles),
        key=key,
        label_visibility="collapsed",
        on_change=rereading.touch,
        args=(of,),
    )
    return role or None


def _named(role: str, roles: Mapping[str, str]) -> str:
    return say("mapping.role_line", name=role.partition(".")[2], meaning=roles[role]) if role else say("mapping.none")


def _constants(needed: tuple[Lack, ...], standing: Mapping[str, str], key: str, of: str) -> dict[str, str]:
    """What can be the same in every row, such as the kind of a survey."""
    chosen: dict[str, str] = {}
    for lack in needed:
        if lack.values:
            options = [_NONE, *lack.values]
            value = st.selectbox(
                plain(say("mapping.constant", meaning=lack.meaning)),
                options,
                index=options.index(standing.get(lack.canonical, _NONE)) if standing.get(lack.canonical, _NONE) in options else 0,
                format_func=lambda value: value or say("mapping.constant_none"),
                key=f"{key}_{lack.canonical}",
                on_change=rereading.touch,
                args=(of,),
            )
            if value:
                chosen[lack.canonical] = value
    return chosen


def _offer(report: Report, said: Plan, name: str, key: str) -> None:
    """What is still needed, or the button."""
    needed, refused = lacks(said), fault(said, name)
    if needed:
        roles = ", ".join(say("mapping.needs_one", names=" or ".join(lack.names), meaning=lack.meaning) for lack in needed)
        st.warning(plain(say("mapping.needs", roles=roles)))
    elif refused:
        st.error(plain(refused))
    else:
        st.caption(f"{say('mapping.complete')} {say('mapping.remembered')}")
    if rereading.can_read_again(report):
        st.caption(say("mapping.kept"))
    if st.button(on_primary(say("mapping.read")), key=f"{key}_read", type="primary", disabled=refused is not None):
        if rereading.read(report, said):
            st.rerun()
        st.info(say("mapping.drop_again"))
