"""Questions that the columns of a file leave open, each with its readings of a cell of that file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from pages._parts import rereading
from pages._parts.plain import plain
from roi_core.ingest.asking import zone_way
from roi_core.sentences import say

Report = Mapping[str, Any]
_FEW = 4
"""Up to so many readings stand side by side; more are in a list."""


def ask(report: Report, key: str) -> None:
    """Every open question, and one button that reads the file by the answers; one that was chosen before a refresh is chosen still."""
    before, begun = rereading.plan(report), rereading.begun(report)
    chosen = begun.answers if begun else {}
    answers = {question["key"]: _answer(question, chosen.get(question["key"]), f"{key}_{place}", key) for place, question in enumerate(report["questions"])}
    if rereading.was_touched(key):
        rereading.keep(report, replace(begun or before, answers=answers))
    st.caption(f"{say('mapping.remembered')} {say('mapping.kept')}" if rereading.can_read_again(report) else say("mapping.remembered"))
    if st.button(say("mapping.read"), key=f"{key}_read"):
        if rereading.read(report, replace(before, answers={**before.answers, **answers})):
            st.rerun()
        st.info(say("mapping.drop_again"))


def _answer(question: Mapping[str, Any], chosen: str | None, key: str, of: str) -> str:
    examples = {way["answer"]: way["example"] for way in _ways(question)}
    st.markdown(f"**{plain(say('asked.title', columns=', '.join(question['columns'])))}**")
    label, options = say(f"asked.{question['subject']}"), list(examples)
    index = options.index(chosen if chosen in options else question["best"])
    if len(options) <= _FEW:
        return str(st.radio(label, options, index, lambda answer: plain(_said(question, examples, answer)), key, on_change=rereading.touch, args=(of,)))
    return str(st.selectbox(label, options, index, lambda answer: f"{answer}: {_said(question, examples, answer)}", key, on_change=rereading.touch, args=(of,)))


def _ways(question: Mapping[str, Any]) -> Sequence[Mapping[str, str]]:
    """The declared readings, and for times that of the zone of this browser."""
    ways = list(question["ways"])
    here = st.context.timezone
    if question["subject"] != "zone" or not here or any(way["answer"] == here for way in ways):
        return ways
    own = zone_way(ways[0]["example"], here)
    return [*ways, own.as_json()] if own else ways


def _said(question: Mapping[str, Any], examples: Mapping[str, str], answer: str) -> str:
    return say("asked.now", example=examples[answer]) if answer == question["best"] else examples[answer]
