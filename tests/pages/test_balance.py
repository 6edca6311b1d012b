"""The ledger of one file on Your files: rows and amounts side by side, each in one line."""

import pytest
from streamlit.testing.v1 import AppTest

ROWS = {"records": 1204, "loaded": 1200, "quarantined": 3, "not_data": 1, "unaccounted": 0}
MONEY = {
    "header": "Total | all",
    "canonical": "invoices.amount",
    "unit": "EUR",
    "raw": "25000.50",
    "loaded": "24000.00",
    "quarantined": "0.50",
    "not_data": "1000.00",
    "unread": "0.00",
    "unaccounted": "0.00",
    "unread_cells": 0,
    "no_cell": 0,
}


def shown(rows: dict[str, object]) -> str:
    def page(rows: dict[str, object]) -> None:
        from pages._parts import balance
        from roi_core.show import Style

        balance.show(rows, Style(decimal=",", thousands="."))

    app = AppTest.from_function(page, kwargs={"rows": rows}, default_timeout=60).run()
    assert not app.exception
    return "\n".join(one.value.replace("\\", "") for one in (*app.markdown, *app.caption))


def test_without_money_a_sentence_says_where_the_rows_are():
    assert shown(ROWS) == "1.204 records = 1.200 loaded + 3 set aside + 1 not data"


def test_rows_and_amounts_stand_side_by_side():
    lines = shown({**ROWS, "money": [MONEY]}).splitlines()
    assert "a second time" in lines[0]
    assert lines[1] == "| Where it went | Rows | Total | all (EUR) |"
    assert lines[3:] == [
        "| In the file | 1.204 | 25.000,50 |",
        "| Loaded | 1.200 | 24.000,00 |",
        "| Set aside | 3 | 0,50 |",
        "| Not data | 1 | 1.000,00 |",
        "| Left over | 0 | 0,00 |",
    ]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"unread": "7.00"}, "| Loaded, but not added up |  | 7,00 |"),
        ({"unread_cells": 2}, "hold no amount: 2. They count as blank."),
        ({"no_cell": 3}, "another number of cells than the header: 3. "),
    ],
)
def test_what_was_not_added_up_is_said(change, line):
    assert line in shown({**ROWS, "money": [{**MONEY, **change}]})
