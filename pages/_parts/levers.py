"""The sliders of a scenario: each starts at today's figure, says the range that was seen, and moves nothing until it is moved."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from math import isfinite

import streamlit as st

from pages._parts import assumptions, state
from pages._parts.plain import plain
from pages._parts.screen import narrow
from pages._parts.standing import STOOD
from pages._parts.whole import whole
from roi_core.assumptions import Assumptions
from roi_core.measured import Measured
from roi_core.scenarios import Offer, Scenario, offered
from roi_core.sentences import say
from roi_core.show import Style, number
from roi_core.units import Unit

_QUALITY = ("first_contact_resolution", "fast_reply")
_CAPACITY = ("without_agent", "agents", "cost_per_agent_year", "spend_more")
_ON_PHONES = ("first_contact_resolution", "fast_reply", "agents")
_PREFIX = "to_"
Today = tuple[tuple[str, float], ...]
"""Today's figure of each slider."""
_FORMATS = {Unit.FRACTION: "percent", Unit.COUNT: "%d"}


def choose(measured: Measured, answers: Assumptions, style: Style) -> Scenario:
    """The scenario that the sliders stand at. On a telephone three levers show and the rest fold."""
    offers = {offer.key: offer for offer in offered(measured, answers)}
    stood = _stand(offers.values())
    shown = {"scenarios.quality": _ON_PHONES} if narrow() else {"scenarios.quality": _QUALITY, "scenarios.capacity": _CAPACITY}
    today, moved = _today(offers.values()), dict[str, float | None]()
    for title, keys in shown.items():
        with st.container(border=True):
            st.markdown(f"**{say(title)}**")
            moved |= _sliders((offers[key] for key in keys if key in offers), stood, today, style)
            if "agents" in keys and "agents" not in offers:
                books = bool(measured.costs)
                with st.popover(say("scenarios.tell_agents") if books else say("scenarios.tell_cost"), width="stretch"):
                    st.caption(say("scenarios.books_known") if books else say("scenarios.answer_first"))
                    assumptions.ask(("agents", "cost_per_agent_year"), "agents_today")
    with st.expander(say("scenarios.more")):
        moved |= _sliders((offer for key, offer in offers.items() if key not in moved), stood, today, style)
    st.button(say("scenarios.reset"), on_click=_reset, args=(today,), disabled=all(value is None for value in moved.values()))
    return Scenario(**moved)


def _sliders(offers: Iterable[Offer], stood: Mapping[str, float], today: Today, style: Style) -> dict[str, float | None]:
    return {offer.key: _slider(offer, stood[offer.key], today, style) for offer in offers}


def _today(offers: Iterable[Offer]) -> Today:
    return tuple((offer.key, offer.today) for offer in offers)


def _stand(offers: Iterable[Offer]) -> Mapping[str, float]:
    """Where each slider is drawn: at the kept scenario; at first, what a link says of a slider wins.

    Told anew only where anything but the sliders themselves changed it, as in `standing`.
    """
    mark, at_first = (state.key(), state.scenario()), STOOD not in st.session_state
    same = st.session_state.get(STOOD) == mark
    st.session_state[STOOD] = mark
    stood = {}
    for offer in offers:
        key = f"{_PREFIX}{offer.key}"
        shown, linked = st.session_state.get(key), _linked(key) if at_first else None
        share = mark[1].get(offer.key, offer.today) if linked is None else linked
        stood[offer.key] = min(max(shown if same and shown is not None else share, offer.low), offer.high)
        if shown not in (None, stood[offer.key]):
            st.session_state[key] = stood[offer.key]
    return stood


def _linked(key: str) -> float | None:
    """What the link that was followed says of a slider; None for nothing that is a number."""
    with suppress(KeyError, ValueError):
        share = float(st.query_params[key])
        return share if isfinite(share) else None
    return None


@whole
def _keep(today: Today) -> None:
    """Keeps where the sliders stand; the fragment that holds them says so, and the page round it stays as it is.

    The work holds the scenario from here on, and the address names the work. A second copy in the address would be behind the sliders
    as soon as two moves come faster than one answer, and a refresh would then go back to it.
    """
    at = {key: st.session_state.get(f"{_PREFIX}{key}") for key, _ in today}
    state.move({key: share for key, share in at.items() if share is not None and share != dict(today)[key]})
    st.session_state[STOOD] = (state.key(), state.scenario())
    for key in at:
        if (linked := f"{_PREFIX}{key}") in st.query_params:
            del st.query_params[linked]


@whole
def move(key: str, share: float, measured: Measured, answers: Assumptions) -> None:
    """Moves one slider; the others stay where they are."""
    st.session_state[f"{_PREFIX}{key}"] = share
    _keep(_today(offered(measured, answers)))


@whole
def _reset(today: Today) -> None:
    """Moves all sliders back."""
    for key, share in today:
        st.session_state[f"{_PREFIX}{key}"] = share
    _keep(today)


def _slider(offer: Offer, stood: float, today: Today, style: Style) -> float | None:
    """Where the slider is moved to, drawn where it stood; None while that is today's figure."""
    chosen = st.slider(
        plain(say(f"scenarios.{offer.key}")),
        offer.low,
        offer.high,
        stood,
        offer.step,
        format=_FORMATS.get(offer.unit, "localized"),
        key=f"{_PREFIX}{offer.key}",
        help=plain(_seen(offer, style)),
        on_change=_keep,
        args=(today,),
    )
    if offer.seen is not None:
        low, high = (number(share, Unit.FRACTION, style) for share in offer.seen)
        st.caption(plain(say("scenarios.seen", low=low, high=high)))
    return None if chosen == offer.today else float(chosen)


def _seen(offer: Offer, style: Style) -> str:
    today = number(offer.today, offer.unit, style)
    if offer.seen is None:
        return say("scenarios.today", today=today)
    low, high = (number(x, Unit.FRACTION, style) for x in offer.seen)
    return say("scenarios.range", today=today, low=low, high=high)
