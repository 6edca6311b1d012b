"""What a visitor takes along: built on the click, not on every rerun."""

import csv
import io
from collections.abc import Callable, Sequence
from functools import partial

import pyarrow as pa
import pyarrow.csv as pc
import streamlit as st

from pages._parts.incident import show_error
from pages._parts.plain import plain
from roi_core.charts.table import widths
from roi_core.formulas import neutral_shown, safe_cell
from roi_core.ingest.templates import made_by_hand, write_template
from roi_core.metrics.readiness import UPLOADS, Unlock
from roi_core.sentences import say

_NOT_MADE = "not_made"
_MOST_LINES, _MOST_CHARACTERS = 200, 100_000


class _NotMade(Exception):
    """A file could not be made. Without the reason, which is told on the page: what Streamlit catches goes to its log."""


def offer(label: str, file_name: str, make: Callable[[], bytes], mime: str) -> None:
    """A button whose file is made when it is pressed. Why one could not be made is told in the next run of the page."""
    errors: dict[str, Exception] = st.session_state.setdefault(_NOT_MADE, {})

    def made() -> bytes:
        try:
            return make()
        except Exception as error:  # noqa: BLE001 - told on the page, with its words or its number
            errors[file_name] = error
            raise _NotMade from None

    st.download_button(plain(label), made, file_name=file_name, mime=mime, on_click="ignore", key=f"download_{file_name}")
    if error := errors.pop(file_name, None):
        show_error(error)


_MIME = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def templates(unlocks: Sequence[Unlock]) -> None:
    """Empty tables to fill in, for those of these uploads that no system exports."""
    for unlock in unlocks:
        if name := made_by_hand(UPLOADS[unlock.upload]):
            st.caption(plain(say("unlocks.template_of", title=unlock.title)))
            with st.container(horizontal=True):
                for form, mime in _MIME.items():
                    offer(say("unlocks.template", form=form.upper()), f"{name}.{form}", partial(write_template, name, form), mime)


def table(rows: pa.Table, name: str) -> None:
    """A table as CSV, in which no text cell can be taken for a formula."""
    offer(say("frame.download_csv"), f"{name}.csv", lambda: as_csv(rows), "text/csv")


def as_csv(rows: pa.Table) -> bytes:
    """UTF-8 with a mark for spreadsheets, every cell quoted; numbers stay numbers."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow([safe_cell(name) for name in rows.column_names])
    writer.writerows([[safe_cell(cell) for cell in row.values()] for row in rows.to_pylist()])
    return text.getvalue().encode("utf-8-sig")


def neutral(rows: pa.Table) -> pa.Table:
    """The same table for st.dataframe, whose own download and copy hand over cells as they are: texts that could run do not, numbers stay numbers."""
    cells = [pa.array(map(_shown, column.to_pylist()), pa.string()) if pa.types.is_string(column.type) else column for column in rows.columns]
    return pa.table(cells, [neutral_shown(name) for name in rows.column_names])


def scrolling(rows: pa.Table) -> None:
    """A long table; its cells are shown as they are, never read as markup, and a few words are not cut."""
    shown = neutral(rows)
    wide = {name: st.column_config.Column(width=pixels) for name, pixels in widths(shown).items()}
    st.dataframe(shown, hide_index=True, width="stretch", column_config=wide)


def _shown(cell: str | None) -> str | None:
    return None if cell is None else neutral_shown(cell)


def copied(rows: str) -> str:
    """Rows that were set aside, for a place with a button that copies them: no line of them runs in a spreadsheet."""
    return "\n".join(neutral_shown(line) for line in rows.splitlines())


def first_lines(rows: str) -> tuple[str, bool]:
    """The first of rows that were set aside, which may be megabytes, and whether there are more."""
    start = rows[:_MOST_CHARACTERS]
    lines = start.splitlines()
    return "\n".join(lines[:_MOST_LINES]), len(start) < len(rows) or len(lines) > _MOST_LINES


def without_formulas(rows: str) -> bytes:
    """Rows that were set aside, as the vault keeps them, with no cell that a spreadsheet could run."""
    content = rows.encode()
    whole = pc.ReadOptions(block_size=max(len(content), 1))
    texts = pc.ConvertOptions(column_types=dict.fromkeys(("line", "reason", "raw"), pa.string()), strings_can_be_null=False)
    return as_csv(pc.read_csv(io.BytesIO(content), whole, pc.ParseOptions(newlines_in_values=True), texts))
