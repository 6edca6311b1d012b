"""Other comparisons, declared beside the main one: worked out together when the drawer is opened, one looked at closely."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from pages._parts import measuring, results, state
from pages._parts.plain import plain
from pages._parts.progress import progress
from pages._parts.standing import stand
from pages._parts.theme import on_primary
from pages._parts.whole import whole
from roi_core.charts import ladder
from roi_core.cohorts.design import Quoted
from roi_core.effects.beside import BESIDE
from roi_core.effects.titles import effect_title, said_below
from roi_core.results import Absent, Effect, Estimate
from roi_core.sentences import say
from roi_core.show import Style, number, show
from roi_core.units import Unit

CODE = """from roi_core.cohorts.design import Design, Filters, FlatColumns, Planned, Quoted
from roi_core.examination import compare_beside

compare_beside(files, {design})"""


def offered(style: Style) -> None:
    """The drawer; nothing is worked out before it is opened."""
    with results.drawer(say("beside.section"), "beside") as opened:
        if not opened:
            return
        st.caption(say("beside.why", n=f"{len(BESIDE)}"))
        found = measuring.beside(state.work().facts, state.design(), progress)
        if isinstance(found, Absent):
            results.absent(found)
            return
        _listed(found, style)
        keys = [one.key for one in BESIDE]
        titles = {one.key: one.title for one in BESIDE}
        chosen = st.pills(say("beside.choose"), keys, format_func=lambda key: plain(titles[key]), key="beside_one")
        if chosen:
            _closely(next(effect for effect in found if effect.key.startswith(f"{chosen}.")), style)
        _typed(state.design().quoted)


def _listed(found: Sequence[Effect], style: Style) -> None:
    """All of them as a table: what was asked, the answer or why there is none."""
    heads = [say("beside.question"), say("beside.answer"), say("beside.customers"), say("beside.trust")]
    results.words(heads, [_row(one.title, effect, style) for one, effect in zip(BESIDE, found, strict=True)])


def _row(title: str, effect: Effect, style: Style) -> tuple[str, str, str, str]:
    answer = effect.result
    if isinstance(answer, Estimate):
        return title, show(answer, style, points=True), number(answer.n, Unit.COUNT, style), effect.grade.word
    return title, effect_title(effect), "", ""


def _closely(effect: Effect, style: Style) -> None:
    """One of them: its sentence, its checks, and the ways of asking."""
    contrast = effect.key.partition(".")[0]
    title = effect_title(effect)
    st.subheader(plain(title))
    st.markdown(plain(said_below(title, effect.sentence)))
    for note in effect.notes:
        st.caption(plain(note))
    if isinstance(effect.result, Estimate):
        results.effect(effect, style, keep=False, said=effect.sentence)
        if effect.ladder:
            results.chart(ladder, effect, style=style, code=CODE.format(design=state.design()), name=f"beside_{contrast}")


def _typed(now: Quoted) -> None:
    """What is known from elsewhere of leaving, where nobody of one's own can be compared with."""
    with st.form("quoted", border=True):
        left, right = st.columns(2)
        stand("by_quoted", now.percent_a_year)
        left.number_input(say("beside.typed_share"), 0.1, 99.0, None, step=1.0, placeholder=say("beside.typed_none"), key="by_quoted")
        stand("by_quoted_source", now.source)
        right.text_input(say("beside.typed_source"), max_chars=120, key="by_quoted_source")
        st.form_submit_button(on_primary(say("beside.typed_apply")), type="primary", on_click=quote)


@whole
def quote() -> None:
    """Keeps what was typed; the comparison stays as it is."""
    asked = st.session_state
    with state.noting():
        state.choose(replace(state.design(), quoted=Quoted.typed(asked["by_quoted"], asked["by_quoted_source"])))
