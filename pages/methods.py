"""How we calculate: every definition, assumption and source as the code declares it."""

import streamlit as st

from pages._parts import results, state
from roi_core.assumptions import DECLARED, Assumption
from roi_core.effects.doubts import DOUBTS
from roi_core.effects.rungs import WAYS
from roi_core.metrics import FAMILIES
from roi_core.results import Grade
from roi_core.sentences import say
from roi_core.show import number
from roi_core.sources import SOURCES

style = state.style()


def default(assumption: Assumption) -> str:
    """What stands until the question is answered."""
    if assumption.default is None:
        return say("methods.asked")
    if isinstance(assumption.default, bool):
        return say("methods.yes" if assumption.default else "methods.no")
    return number(assumption.default, assumption.unit, style)


st.title(say("methods.title"))
for paragraph in ("question", "clock", "similar", "money", "refusal"):
    st.markdown(say(f"methods.{paragraph}"), width=720)

st.header(say("methods.grades"))
for grade in Grade:
    st.markdown(f"**{grade.word}** ({grade.value}). {say(f'methods.grade_{grade.value.lower()}')}")

st.header(say("methods.ways"))
st.caption(say("methods.ways_note"))
results.words([say("frame.way"), say("frame.term"), say("frame.role")], [(way.title, way.term, results.role(way)) for way in WAYS])

st.header(say("doubt.title"))
results.words([say("doubt.name"), say("methods.reason")], [(asked.title, asked.why) for asked in DOUBTS])

st.header(say("methods.metrics"))
st.caption(say("methods.metrics_note"))
for family, metrics in FAMILIES.items():
    with results.drawer(say("kpi.family_of", family=say(f"kpi.family_{family}"), n=f"{len(metrics)}"), f"methods_{family}", boxed=True) as opened:
        if opened:
            for metric in metrics:
                results.definition(metric, None, style)

st.header(say("methods.assumptions"))
st.caption(say("methods.assumptions_note"))
results.words(
    [say(f"methods.{name}") for name in ("assumption", "default", "reason")],
    [(assumption.title, default(assumption), assumption.reason) for assumption in DECLARED.values()],
)

st.header(say("methods.sources"))
for source in sorted((source for source in SOURCES.values() if source.published), key=lambda source: source.citation):
    st.text(f"{source.citation} ({source.year})")
