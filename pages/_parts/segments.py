"""For whom does it work: the main comparison within each group of one dimension, worked out when the drawer is opened and a dimension chosen."""

import streamlit as st

from pages._parts import downloads, measuring, results, state
from pages._parts.plain import plain
from pages._parts.progress import progress
from roi_core.charts import segments
from roi_core.effects.segments import Segments, dimensions_known
from roi_core.measured import Measured
from roi_core.results import Absent
from roi_core.sentences import say
from roi_core.show import Style

CODE = """from roi_core.cohorts.design import Design, Filters, FlatColumns, Planned, Quoted
from roi_core.examination import compare_segments

compare_segments(files, "{dimension}", {design})"""


def offered(measured: Measured, style: Style) -> None:
    """The drawer; nothing is worked out before a dimension is chosen among those that the files know."""
    with results.drawer(say("segments.section"), "segments") as opened:
        if not opened:
            return
        st.caption(say("segments.why"))
        known = dimensions_known(tuple(measured.choices))
        if not known:
            results.absent(Absent(say("segments.no_dimension"), say("segments.next_dimension")))
            return
        chosen = st.pills(say("segments.choose"), known, format_func=lambda dimension: say(f"segments.by_{dimension}"), key="segments_by")
        if chosen:
            found = measuring.segments(state.work().facts, state.design(), chosen, progress)
            if isinstance(found, Absent):
                results.absent(found)
            else:
                _shown(found, style)


def _shown(found: Segments, style: Style) -> None:
    """Its sentence, what else to know, the picture, and the table of all groups."""
    st.markdown(plain(found.sentence))
    results.badge(found.grade)
    for note in found.notes:
        st.caption(plain(note))
    name = f"by_{found.dimension}"
    st.caption(say("segments.legend", months=f"{found.months}"))
    results.picture(segments, found, style=style, name=name)
    rows = segments.table(found, style)
    results.table(rows)
    st.caption(say("segments.q_means"))
    downloads.table(rows, name)
    st.code(CODE.format(dimension=found.dimension, design=state.design()), language="python")
