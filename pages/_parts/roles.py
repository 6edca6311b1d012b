"""Which column of one flat file says what: the proposal, sample values, and the groups that a change gives, without reading again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import streamlit as st

from pages._parts import state
from pages._parts.plain import plain
from pages._parts.standing import stand_open
from pages._parts.theme import on_primary
from pages._parts.whole import whole
from roi_core.cohorts.design import FlatColumns
from roi_core.effects.flat.offer import OfferedColumn, groups, offered_columns, offered_counts, proposed_roles
from roi_core.errors import SupportRoiError
from roi_core.sentences import say
from roi_core.show import Style, number
from roi_core.units import Unit

_ROLES = ("supported", "churned", "satisfaction", "tenure_months", "revenue")
_FIRST = ("supported", "churned")


def ask(style: Style) -> None:
    """The roles of the flat file of this work, to be changed; a change measures again."""
    parts = state.tables().parts("flat")
    columns = {column.header: column for column in offered_columns(parts)}
    proposed, now = proposed_roles(parts), state.design().flat
    standing = {role: getattr(now, role) or proposed[role] for role in _ROLES}
    st.subheader(say("data.flat_roles"))
    st.caption(say("data.flat_intro"))
    if standing["supported"] is None:
        _offer(parts)
    chosen = _choose(columns, standing, proposed)
    _told(columns, chosen, _other_than(proposed, chosen), style)


def _offer(parts: Sequence[Path]) -> None:
    """The column that counts contacts, one click from being who got help: nobody else says who did, and a count is not taken unasked."""
    for header in offered_counts(parts)[:1]:
        st.button(on_primary(say("data.flat_use", header=header)), on_click=_use, args=(header,), type="primary")
        st.caption(plain(say("data.flat_use_why", header=header)))


@whole
def _use(header: str) -> None:
    state.choose(replace(state.design(), flat=replace(state.design().flat, supported=header)))


@whole
def _keep(proposed: Mapping[str, str | None]) -> None:
    chosen = {role: st.session_state[f"role_{role}"] for role in _ROLES}
    state.choose(replace(state.design(), flat=_other_than(proposed, chosen)))


def _other_than(proposed: Mapping[str, str | None], chosen: Mapping[str, str | None]) -> FlatColumns:
    """The roles that the visitor gave to another column than was proposed."""
    return FlatColumns(**{role: header for role, header in chosen.items() if header != proposed[role]})


def _choose(columns: dict[str, OfferedColumn], standing: dict[str, str | None], proposed: Mapping[str, str | None]) -> dict[str, str | None]:
    chosen: dict[str, str | None] = {}
    for places, roles in ((st.columns(2), _FIRST), (st.columns(3), _ROLES[2:])):
        for place, role in zip(places, roles, strict=True):
            options = list(columns)
            stand_open(f"role_{role}", standing[role] if standing[role] in columns else None)
            label, none = say(f"data.flat_{role}"), say("data.flat_none")
            with place:
                chosen[role] = st.selectbox(label, options, None, placeholder=none, key=f"role_{role}", format_func=str, on_change=_keep, args=(proposed,))
    return chosen


def _told(columns: dict[str, OfferedColumn], chosen: dict[str, str | None], roles: FlatColumns, style: Style) -> None:
    """Sample values of the two columns that matter, and the groups they give, or why they give none."""
    for role in _FIRST:
        header = chosen[role]
        if header is not None:
            values = (say("data.flat_sample", value=value, n=number(n, Unit.COUNT, style)) for value, n in columns[header].samples)
            st.caption(plain(say("data.flat_samples", header=header, samples=", ".join(values))))
    if any(chosen[role] is None for role in _FIRST):
        return
    try:
        found = groups(state.tables().parts("flat"), roles)
    except SupportRoiError as error:
        st.error(plain(error))
        return
    counts = {"helped": found.helped, "others": found.others, "left": found.left, "aside": found.set_aside}
    st.markdown(plain(say("data.flat_groups", **{name: number(n, Unit.COUNT, style) for name, n in counts.items()})))
