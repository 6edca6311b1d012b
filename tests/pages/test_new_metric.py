"""A metric that is declared in the file of its family is on every page and in the docs: there is no second list."""

import pytest

from roi_core.cli import main
from roi_core.metrics import METRICS
from roi_core.metrics.families import volume
from roi_core.metrics.forms import count
from tests.pages.app import again, calm, said, visit

NEW = count(
    "contacts_by_a_bot",
    "Contacts that a test has added",
    "handled_by = 'bot'",
    words="contacts of the test",
    table="contacts",
    needs=("contacts",),
    reason="It is there while the test runs.",
    example=("handled_by", ("bot", "human"), 1),
)


@pytest.fixture
def added(monkeypatch):
    monkeypatch.setattr(volume, "METRICS", (*volume.METRICS, NEW))


@pytest.mark.usefixtures("added")
def test_a_metric_that_one_file_declares_is_on_the_page_with_its_rows_among_the_methods_and_in_the_docs(capsys):
    assert METRICS[NEW.key] is NEW
    app = calm(visit("kpis"))
    assert NEW.title in app.multiselect(key="kpi_own").options
    app.multiselect(key="kpi_own").set_value([NEW.key])
    assert f"open_board_{NEW.key}" in [button.key for button in again(app).button]
    opened = said(calm(visit("kpis", kpi=NEW.key)))
    assert NEW.title in opened
    assert NEW.reason in opened
    methods = visit("methods")
    methods.session_state["methods_volume"] = True
    assert NEW.reason in said(again(methods))
    assert main(["metrics"]) == 0
    assert f"### {NEW.title} (`{NEW.key}`)" in capsys.readouterr().out


def test_it_is_gone_with_its_declaration():
    assert NEW.key not in METRICS
    assert NEW.title not in calm(visit("kpis")).multiselect(key="kpi_own").options
