"""The KPIs page: what is chosen stays, a figure opens down to its rows, and what was agreed, told or aimed at is kept and undone."""

import re

from roi_core.sentences import say
from roi_core.workspace import Workspace
from tests.pages.app import address, again, calm, press, said, visit


def opened(app, key):
    (button,) = [button for button in app.button if button.key == f"open_board_{key}"]
    button.click()
    return again(app)


def test_a_figure_opens_to_its_definition_its_groups_and_its_rows_that_can_be_searched():
    app = opened(calm(visit("kpis")), "first_contact_resolution")
    shown = said(app)
    for part in ("definition", "trend", "breakdown", "rows", "stories"):
        assert say(f"kpi.{part}") in shown
    assert any(re.search(r" = [\d,]+ / [\d,]+ contacts", line) for line in shown.splitlines())
    rows = app.dataframe[0].value
    assert len(rows) == 25
    wanted = str(rows["Ticket"].iloc[3])
    app.text_input(key="rows_search").set_value(wanted)
    app = again(app)
    assert wanted in list(app.dataframe[0].value["Ticket"])
    assert len(app.dataframe[0].value) < 25
    app = press(app, say("kpi.back"))
    assert say("kpi.question") in said(app)


def test_every_set_of_figures_and_every_period_is_shown_and_the_choice_is_kept(without_costs):
    app = calm(visit("kpis", work=without_costs))
    app.segmented_control(key="kpi_set").set_value("ten")
    app = again(app)
    app.selectbox(key="kpi_period").set_value("week")
    app = again(app)
    assert Workspace.open(None, without_costs).recall("kpi_view")["shown"] == "ten"
    app = calm(visit("kpis", work=without_costs))
    assert (app.segmented_control(key="kpi_set").value, app.selectbox(key="kpi_period").value) == ("ten", "week")
    for period in ("day", "quarter", "fiscal_year", ""):
        app.selectbox(key="kpi_period").set_value(period)
        app = again(app)
    assert "all of the files" in said(app)


def test_what_was_agreed_told_and_aimed_at_is_kept_with_the_work_and_taken_back(without_costs):
    app = calm(visit("kpis", work=without_costs))
    app.multiselect(key="agreed_figures").set_value(["csat_satisfied", "contacts_a_month"])
    app.text_input(key="agreed_who").set_value("Ann and Bo")
    app = press(app, say("kpi.agreed_do"))
    assert "Agreed by Ann and Bo." in said(app)
    app = opened(app, "csat_satisfied")
    app.number_input(key="target_csat_satisfied").set_value(90.0)
    app = again(app)
    assert Workspace.open(None, without_costs).recall("kpi_targets") == {"csat_satisfied": 0.9}
    assert "arget" in said(app)
    app.button(key="undo").click()
    app = again(app)
    assert Workspace.open(None, without_costs).recall("kpi_targets") is None
    assert address(app)["kpi"] == "csat_satisfied"


def test_what_is_out_of_the_ordinary_stands_beside_its_figure_and_a_figure_that_is_not_watched_is_looked_at_when_it_is_opened():
    app = calm(visit("kpis", sample="harbour_desk", kpi="contacts"))
    assert "Contacts, Export fails, Mar 2025: 108" in said(app)
    assert say("alerts.how") in said(app)
    assert say("alerts.title") not in said(calm(visit("kpis", sample="harbour_desk", kpi="contacts_resolved")))
    app = calm(visit("kpis", sample="linden_loom"))
    (line,) = [caption.value for caption in app.caption if "was expected" in caption.value and "reply" in caption.value]
    assert "Jan 2025 to Sep 2025" in line


def test_a_figure_splits_by_what_the_files_say_and_by_nothing_else():
    app = opened(calm(visit("kpis", sample="linden_loom")), "repeat_purchase_90d")
    ways = app.selectbox(key="kpi_by")
    assert "Country" in ways.options
    assert not {"Plan", "Segment", "Industry"} & set(ways.options), "the shop says none of these of anybody"
    assert "GB" in said(again_by(app, "country"))


def again_by(app, dimension):
    app.selectbox(key="kpi_by").set_value(dimension)
    return again(app)


def test_answers_on_cost_reach_the_cost_per_contact_and_are_called_assumed(without_costs):
    Workspace.open(None, without_costs).remember("kpi_view", {"shown": "own", "own": ["cost_per_contact", "cost_to_revenue"]})
    app = calm(visit("kpis", work=without_costs))
    assert said(app).count(say("kpi.costs_asked")) == 2
    Workspace.open(None, without_costs).remember("assumptions", {"agents": 3, "cost_per_agent_year": 60_000, "tools_per_year": 10_000})
    app = calm(visit("kpis", work=without_costs))
    assert say("kpi.costs_asked") not in said(app)
    assert said(app).count(say("kpi.costs_assumed")) == 2
    assert say("metric_missing.costs") not in said(app).partition(say("kpi.where"))[0]
    app = opened(app, "cost_per_contact")
    assert say("kpi.costs_assumed") in said(app)
