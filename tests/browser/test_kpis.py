"""From a card to its rows, and to a table that counts up to the number on the card, in a real browser."""

import csv
import io
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from roi_core.metrics import METRICS
from roi_core.sentences import say
from tests.browser.screen import faults, reach, settle, visit

FIGURE = METRICS["first_contact_resolution"]
READ_MS = 60_000


def taken(page: Page) -> list[dict[str, str]]:
    """The rows of the table that the button brings."""
    with page.expect_download(timeout=READ_MS) as came:
        reach(page, page.get_by_role("button", name=say("kpi.rows_take"))).press("Enter")
    text = Path(came.value.path()).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def number(text: str) -> int:
    return int(text.replace(",", ""))


def test_the_rows_behind_a_card_count_up_to_the_number_on_it(page: Page) -> None:
    visit(page, "/kpis")
    reach(page, page.get_by_role("button", name=FIGURE.title, exact=False).first).press("Enter")
    heading = page.get_by_role("heading", level=1, name=re.compile(rf"^{re.escape(FIGURE.title)}: "))
    expect(heading).to_be_visible(timeout=READ_MS)
    settle(page)
    assert faults(page) == []
    shown = re.search(r": ([\d.]+) %", heading.inner_text())
    formula = re.search(r" = ([\d,]+) / ([\d,]+) contacts", page.get_by_role("main").inner_text())
    assert shown
    assert formula
    meet, counted = map(number, formula.groups())
    assert f"{100 * meet / counted:.1f}" == shown[1]
    rows = taken(page)
    assert len(rows) == counted
    assert len({row["Ticket"] for row in rows}) == counted, "each contact once"
    part = page.get_by_role("radio", name=say("kpi.rows_part_top"))
    part.click()
    expect(page.get_by_text(re.compile(rf"^{meet:,} rows; "))).to_be_visible(timeout=READ_MS)
    few = taken(page)
    assert len(few) == meet
    assert {row["Ticket"] for row in few} < {row["Ticket"] for row in rows}
    wanted = few[3]["Ticket"]
    reach(page, page.get_by_label(say("kpi.rows_search"))).type(wanted)
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(rf"^{meet:,} rows; "))).to_have_count(0)
    settle(page)
    found = taken(page)
    assert wanted in {row["Ticket"] for row in found}
    assert all(any(wanted in cell for cell in row.values()) for row in found)
