"""How a decision is written from a page: never over what another tab wrote since the page was drawn, and never lost where it is refused.

The session holds the stamps that this page was drawn with, and what could not be saved until the visitor says what becomes of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import streamlit as st

from roi_core.errors import AssumptionRefused, DesignRefused, StaleSave, SupportRoiError
from roi_core.workspace import Workspace

_SEEN = "seen"
_UNSAVED = "unsaved"


class WayOn(StrEnum):
    """What can become of a change that was not saved."""

    COPY = "copy"
    AGAIN = "again"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What could not be saved of one work, by name, why in words, and the way on; no value where it can never be kept."""

    of: str
    words: str
    way_on: WayOn
    values: Mapping[str, Any] = field(default_factory=dict)


def look(workspace: Workspace) -> None:
    """Takes the stamps at the start of a full run. Of what is not saved yet they stay, so that it cannot slip over what is there now."""
    before, held = _seen(workspace.id) or {}, values_of(workspace.id)
    st.session_state[_SEEN] = (workspace.id, {**workspace.root.stamps, **{name: before.get(name, 0) for name in held}})


def keep(workspace: Workspace, values: Mapping[str, Any], *, steps: bool = False) -> None:
    """Keeps values by name, None to take one away. Raises StaleSave, WorkspaceLocked, NotSaved and keeps nothing then."""
    seen = _seen(workspace.id)
    number = workspace.remember_all(values, seen, steps=steps)
    if number and seen is not None:
        st.session_state[_SEEN] = (workspace.id, {**seen, **dict.fromkeys(values, number)})


def refuse(of: str, values: Mapping[str, Any], error: SupportRoiError) -> None:
    """Holds what could not be saved of a work, with the reason; values that are wrong in themselves stay in their widgets alone."""
    if isinstance(error, AssumptionRefused | DesignRefused):
        values = {}
    way_on = WayOn.NONE if not values else WayOn.COPY if isinstance(error, StaleSave) else WayOn.AGAIN
    before = unsaved(of)
    if before and before.values and not values:
        st.session_state[_UNSAVED] = replace(before, words=f"{error} {before.words}")
        return
    st.session_state[_UNSAVED] = Unsaved(of, str(error), way_on, {**values_of(of), **values})


def unsaved(of: str) -> Unsaved | None:
    """What could not be saved of a work."""
    held: Unsaved | None = st.session_state.get(_UNSAVED)
    return held if held and held.of == of else None


def values_of(of: str) -> Mapping[str, Any]:
    """The values among it, by name."""
    held = unsaved(of)
    return held.values if held else {}


def saved(of: str, names: Iterable[str]) -> None:
    """These are on disk now, or no longer wanted."""
    if held := unsaved(of):
        rest = {name: value for name, value in held.values.items() if name not in set(names)}
        if rest:
            st.session_state[_UNSAVED] = Unsaved(of, held.words, held.way_on, rest)
        else:
            drop()


def drop() -> None:
    """Lets go of what could not be saved."""
    st.session_state.pop(_UNSAVED, None)


def _seen(of: str) -> dict[str, int] | None:
    """The stamps of this page; None where it was never drawn, as in the run that makes the work."""
    work, stamps = st.session_state.get(_SEEN, ("", {}))
    return dict(stamps) if work == of else None
