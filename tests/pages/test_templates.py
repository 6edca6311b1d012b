"""Tables that no system exports can be taken along empty, beside the file that is named as the next best."""

from collections.abc import Callable, Mapping

import pytest
import streamlit as st

from roi_core.ingest.templates import FORMATS, made_by_hand, write_template
from roi_core.metrics.readiness import UPLOADS
from roi_core.schema import LOADED
from roi_core.sentences import say
from tests.ingest.ninety.case import TICKETS, csv, tickets
from tests.pages.app import again, calm, said, visit
from tests.pages.conftest import saved

Offered = dict[str, tuple[str, bytes]]
EMPTY = {f"costs.{form}" for form in FORMATS}


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Offered:
    """Label and content of the downloads of a page, by the name of their file."""
    found: Offered = {}

    def collect(label: str, make: Callable[[], bytes], *, file_name: str, **_: object) -> None:
        found[file_name] = label.replace("\\", ""), make()

    monkeypatch.setattr(st, "download_button", collect)
    return found


@pytest.fixture(scope="module")
def alone(session_home) -> str:
    """Work of a few tickets, which asks for customers first and for costs after them."""
    return saved(session_home, ("tickets.csv", csv(TICKETS, *tickets())))


def _are_the_templates(offered: Mapping[str, tuple[str, bytes]]) -> None:
    assert {name: label for name, (label, _) in offered.items()} == {f"costs.{form}": say("unlocks.template", form=form.upper()) for form in FORMATS}
    assert offered["costs.csv"][1] == write_template("costs", "csv")
    assert offered["costs.xlsx"][1].startswith(b"PK")


def test_overview_offers_the_empty_cost_sheet_under_the_files_it_asks_for(alone: str, offered: Offered) -> None:
    app = calm(visit(work=alone))
    assert say("overview.next_files") in said(app)
    _are_the_templates(offered)


def test_your_files_offers_it_beside_the_line_that_names_it(alone: str, offered: Offered) -> None:
    app = calm(visit("data", work=alone))
    assert not EMPTY & set(offered), "the best next file is an export of the billing system"
    app.session_state["unlocks"] = True
    assert say("upload.costs") in said(again(app))
    _are_the_templates({name: found for name, found in offered.items() if name in EMPTY})


def test_only_what_no_known_system_exports_is_made_by_hand() -> None:
    assert {upload for upload, tables in UPLOADS.items() if made_by_hand(tables)} == {"costs", "usage"}
    assert {table for table in LOADED if made_by_hand([table])} >= {"agents", "contracts", "outreach", "projects"}
