"""Where the rows of a file went, and beside them the amounts in it: each in one line, nothing left over."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages._parts import results
from pages._parts.plain import plain
from roi_core.sentences import say
from roi_core.show import Style, exact, number
from roi_core.units import Unit

_LINES = {"records": "raw", "loaded": "loaded", "quarantined": "quarantined", "not_data": "not_data", "unaccounted": "unaccounted"}
"""What a line is called for rows, and for amounts."""
Money = Sequence[Mapping[str, Any]]


def show(rows: Mapping[str, Any], style: Style) -> None:
    """The ledger of one file: a sentence where it holds no money, else rows and amounts side by side. `rows` is that of a report."""
    money: Money = rows.get("money", ())
    counts = {name: number(rows[name], Unit.COUNT, style) for name in _LINES}
    if rows["unaccounted"] or not money:
        st.markdown(plain(say("data.ledger_lost" if rows["unaccounted"] else "data.ledger", **counts)))
    if money:
        st.markdown(plain(say("data.balance")))
        results.words([say("data.balance_where"), say("data.balance_rows"), *map(_head, money)], list(_table(counts, money, style)))
        for column in money:
            if cells := column["unread_cells"]:
                st.caption(plain(say("data.balance_unread", header=column["header"], n=number(cells, Unit.COUNT, style))))


def _head(column: Mapping[str, Any]) -> str:
    return f"{column['header']} ({column['unit']})" if column["unit"] else str(column["header"])


def _table(counts: Mapping[str, str], money: Money, style: Style) -> Sequence[Sequence[str]]:
    lines = [[say(f"data.balance_{name}"), counts[name], *(exact(column[amount], style) for column in money)] for name, amount in _LINES.items()]
    if any(column["unread"].strip("0.") for column in money):
        lines.insert(-1, [say("data.balance_not_added"), "", *(exact(column["unread"], style) for column in money)])
    return lines
