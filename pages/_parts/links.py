"""How tickets found their customers: the rates, the ways, what was proposed, what found nobody, and what the user corrects."""

from collections.abc import Mapping, Sequence

import streamlit as st

from pages._parts import presenting, results, state
from pages._parts.plain import plain
from pages._parts.whole import whole
from roi_core.measured import Identity, Link, Measured, Proposal, Unmatched
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say
from roi_core.show import Style, number, show
from roi_core.spine import Decision
from roi_core.spine.decisions import ADDABLE
from roi_core.spine.names import Names, names_of
from roi_core.units import Unit

_SHOWN = 10
_DRAWER = "identity"
_FEW = 0.1
"""Below this share of tickets the files hardly speak of the same customers, and a few links by hand change every answer."""


def linked(measured: Measured, style: Style) -> None:
    """One line on how much found its customer, and behind it everything that can be looked at and corrected."""
    identity = measured.identity
    if not isinstance(identity, Identity):
        return
    st.subheader(say("data.linked"))
    st.markdown(plain(_summary(identity, style)))
    _few(identity, style)
    if presenting.on():
        return
    with results.drawer(say("links.drawer"), _DRAWER, boxed=True) as opened:
        if opened:
            names = names_of(state.tables())
            _ways(identity, style)
            _unmatched(identity.unmatched, names, style)
            if state.work().sample:
                st.caption(say("links.sample"))
            else:
                _correct(identity, names, style)


def _few(identity: Identity, style: Style) -> None:
    """Said where no ticket found its customer, or few did and nothing was corrected yet; with the way to link them by hand."""
    matched = identity.match_rate_tickets
    if not isinstance(matched, Estimate) or matched.value >= _FEW or state.links().in_force:
        return
    by_name = identity.ways.get("company name", 0)
    tried = say("data.names_tried", n=_count(by_name, style)) if by_name else say("data.names_tried_none")
    found = say("data.few_shared", tickets=show(matched, style)) if matched.value else say("data.no_shared")
    with st.container(border=True):
        st.warning(plain(f"{found} {tried} {say('data.no_shared_next')}"))
        if _can_be_added(identity) and not state.work().sample and not presenting.on():
            st.button(say("links.by_hand"), on_click=_open, icon=":material/link:")


def _can_be_added(identity: Identity) -> bool:
    return any(row.kind in ADDABLE for row in identity.unmatched)


@whole
def _open() -> None:
    st.session_state[_DRAWER] = True


def _summary(identity: Identity, style: Style) -> str:
    tickets = show(identity.match_rate_tickets, style)
    if isinstance(identity.match_rate_tickets, Absent):
        return tickets
    if isinstance(identity.match_rate_revenue, Absent):
        return say("links.summary_tickets", tickets=tickets)
    return say("links.summary", tickets=tickets, revenue=show(identity.match_rate_revenue, style))


def _ways(identity: Identity, style: Style) -> None:
    st.markdown(f"**{say('links.ways')}**")
    st.caption(say("links.ways_why"))
    heads = [say(f"links.{name}") for name in ("way", "tickets", "trust", "agrees")]
    rows = [(say(f"links.way_{_slug(way)}"), _count(n, style), say(f"links.trust_{_slug(way)}"), _agrees(identity.agreement.get(way), style))
            for way, n in identity.ways.items()]  # fmt: skip
    results.words(heads, rows)
    if isinstance(identity.revenue_with_ticket, Estimate):
        st.caption(plain(say("links.wrote", revenue=show(identity.revenue_with_ticket, style))))
    if identity.refused_rows:
        st.caption(plain(say("links.refused", rows=_count(identity.refused_rows, style), share=show(identity.revenue_refused, style))))
    if identity.other_ids:
        st.caption(plain(say("links.other_ids", n=_count(identity.other_ids, style))))
    if identity.pre_sale:
        st.caption(plain(say("links.pre_sale", n=_count(identity.pre_sale, style))))


def _agrees(share: Result | None, style: Style) -> str:
    if not isinstance(share, Estimate):
        return say("links.agrees_none")
    return say("links.agrees_cell", share=number(share.value, Unit.FRACTION, style), n=_count(share.n, style))


def _unmatched(lone: Sequence[Unmatched], names: Names, style: Style) -> None:
    if lone:
        st.markdown(f"**{say('links.unmatched')}**")
        heads = [say("links.name"), say("links.tickets"), say("links.reason")]
        results.words(heads, [(_called(row.kind, row.key, names), _count(row.tickets, style), _because(row, style)) for row in lone[:_SHOWN]])


def _because(row: Unmatched, style: Style) -> str:
    if row.reason in ("several_accounts", "fits_several", "domain_of_several"):
        return say(f"links.because_{row.reason}", customers=_count(row.customers, style))
    return say(f"links.because_{row.reason}")


def _correct(identity: Identity, names: Names, style: Style) -> None:
    if identity.proposals:
        _proposals(identity.proposals, names, style)
    if _can_be_added(identity):
        _add(identity.unmatched, names, style)
    if identity.links:
        _reject(identity.links, names, style)
    _decided(names, style)


def _proposals(proposals: Sequence[Proposal], names: Names, style: Style) -> None:
    """Domains as a table and as a choice; those of one customer can be accepted together, those of several one by one only."""
    st.markdown(f"**{say('links.proposals')}**")
    st.caption(f"{say('links.proposals_why')} {say('links.proposals_shared')}")
    heads = [say("links.domain"), say("links.customer"), say("links.confidence"), say("links.tickets")]
    rows = {proposal: (names.key("domain", proposal.domain), _customer(proposal.customer, names), _confidence(proposal, style), _count(proposal.tickets, style))
            for proposal in proposals}  # fmt: skip
    results.words(heads, [rows[proposal] for proposal in proposals[:_SHOWN]])
    options = {" · ".join(cells): proposal for proposal, cells in rows.items()}
    chosen = st.multiselect(say("links.proposals"), list(options), key="links_proposals", label_visibility="collapsed")
    with st.container(horizontal=True):
        for verdict in ("add", "reject"):
            words = tuple(Decision(verdict, "domain", options[label].domain, options[label].customer) for label in chosen)
            label = say("links.accept") if verdict == "add" else say("links.reject")
            st.button(label, on_click=_keep, args=words, disabled=not words, key=f"links_{verdict}")
        alone = tuple(Decision("add", "domain", one.domain, one.customer) for one in proposals if one.customers == 1)
        if alone:
            st.button(plain(say("links.accept_all", n=f"{len(alone)}")), on_click=_keep, args=alone, key="links_accept_all")


def _confidence(proposal: Proposal, style: Style) -> str:
    share = number(proposal.confidence, Unit.FRACTION, style)
    return say("links.confidence_cell", share=share, addresses=_count(proposal.addresses, style), all=_count(proposal.all_addresses, style))


def _add(lone: Sequence[Unmatched], names: Names, style: Style) -> None:
    """From what tickets say to a customer that is searched by name."""
    st.markdown(f"**{say('links.add')}**")
    named = {f"{_called(row.kind, row.key, names)} ({_count(row.tickets, style)})": row for row in lone if row.kind in ADDABLE}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        which = st.selectbox(say("links.add_which"), list(named), index=None, key="links_add_which")
        words = st.text_input(say("links.add_search"), key="links_add_search")
        found = {label: key for key, label in names.search(words).items()}
        customer = st.selectbox(say("links.add_customer"), list(found), index=None, key="links_add_customer")
        row, owner = named.get(which or ""), found.get(customer or "")
        decision = (Decision("add", row.kind, row.key, owner),) if row and owner else ()
        st.button(say("links.add_do"), on_click=_keep, args=decision, disabled=not decision)
    if not found:
        st.caption(say("links.add_none"))


def _reject(links: Sequence[Link], names: Names, style: Style) -> None:
    st.markdown(f"**{say('links.found')}**")
    st.caption(say("links.found_why"))
    options = {f"{_called(link.kind, link.key, names)} → {_customer(link.customer, names)} ({_count(link.tickets, style)})": link for link in links}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.multiselect(say("links.found"), list(options), key="links_found", label_visibility="collapsed")
        words = tuple(Decision("reject", options[label].kind, options[label].key, options[label].customer) for label in chosen)
        st.button(say("links.reject"), on_click=_keep, args=words, disabled=not words, key="links_reject_found")


def _decided(names: Names, style: Style) -> None:
    """Every correction with its way back, the last one first."""
    steps = state.links().steps
    if steps:
        st.markdown(f"**{say('links.undone')}**")
    for place, step in reversed(list(enumerate(steps))):
        line = _line(step[0], names)
        rest = len(step[1:])
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(say("links.more_lines", first=line, n=_count(rest, style)) if rest else line))
            st.button(say("links.undo"), on_click=_undo, args=(place,), key=f"links_undo_{place}", type="tertiary")


def _line(decision: Decision, names: Names) -> str:
    words: Mapping[str, str] = {
        "kind": say(f"links.kind_{_slug(decision.kind)}"),
        "key": names.key(decision.kind, decision.key),
        "customer": _customer(decision.customer, names),
    }
    return say("links.added_line", **words) if decision.verdict == "add" else say("links.rejected_line", **words)


@whole
def _keep(*made: Decision) -> None:
    state.decide(state.links().decide(*made))
    for choice in ("links_proposals", "links_found", "links_add_which", "links_add_customer"):
        st.session_state.pop(choice, None)


@whole
def _undo(place: int) -> None:
    state.decide(state.links().undo(place))


def _called(kind: str, key: str, names: Names) -> str:
    if kind == "none":
        return say("links.nobody_named")
    return f"{say(f'links.kind_{_slug(kind)}')} {names.key(kind, key)}"


def _customer(key: str, names: Names) -> str:
    return names.customer(key) or say("links.nameless")


def _slug(words: str) -> str:
    return words.lower().replace(" ", "_").replace("-", "_")


def _count(n: int, style: Style) -> str:
    return number(n, Unit.COUNT, style)
