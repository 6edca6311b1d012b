"""Undo, redo and the journal, for each kind of decision, and the scenario that comes back."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages._parts.history import _what
from roi_core.sentences import say
from roi_core.workspace import Workspace
from roi_core.workspace.journal import Change
from tests.linking import loaded
from tests.pages.app import address, again, labels, press, said, visit


def undo(app: AppTest, what: str) -> AppTest:
    return press(again(app), say("work.undo", what=what))


def redo(app: AppTest, what: str) -> AppTest:
    return press(app, say("work.redo", what=what))


def test_an_example_offers_nothing_to_take_back_and_its_first_change_does() -> None:
    app = visit("value")
    assert not [label for label in labels(app) if label.startswith("Undo")]
    app.slider(key="question_gross_margin").set_value(0.4)
    app = press(app, say("frame.answer_questions"))
    app = undo(app, "gross margin")
    assert app.slider(key="question_gross_margin").value == 0.75
    assert not [label for label in labels(app) if label.startswith("Undo")], "that it is about this example is no step"
    app = redo(app, "gross margin")
    assert app.slider(key="question_gross_margin").value == 0.4


def test_a_scenario_is_one_step_comes_back_on_a_new_visit_and_is_taken_back() -> None:
    app = visit("scenarios")
    lever = app.slider(key="to_first_contact_resolution")
    today = lever.value
    for more in (0.01, 0.02, 0.03):
        app.slider(key="to_first_contact_resolution").set_value(today + more)
        app = again(app)
    work = address(app)["work"]
    assert Workspace.open(None, work).recall("scenario") == {"first_contact_resolution": pytest.approx(today + 0.03)}
    other = visit("scenarios", work=work)
    assert other.slider(key="to_first_contact_resolution").value == pytest.approx(today + 0.03)
    app = undo(app, "what if")
    assert app.slider(key="to_first_contact_resolution").value == pytest.approx(today)
    assert Workspace.open(None, work).recall("scenario") is None


def test_a_link_wins_over_the_scenario_that_is_kept_until_a_slider_is_moved() -> None:
    app = visit("scenarios")
    app.slider(key="to_spend_more").set_value(10_000.0)
    work = address(again(app))["work"]
    first, _ = app.slider(key="to_first_contact_resolution"), app.slider(key="to_spend_more")
    linked = visit("scenarios", work=work, to_first_contact_resolution=f"{first.max}")
    assert linked.slider(key="to_first_contact_resolution").value == first.max
    assert linked.slider(key="to_spend_more").value == 10_000.0
    linked.slider(key="to_first_contact_resolution").set_value(first.min)
    linked = again(linked)
    assert linked.slider(key="to_first_contact_resolution").value == first.min
    assert [name for name in address(linked) if name.startswith("to_")] == []


@pytest.mark.parametrize("said", ["", "much", "nan", "-inf", "0.7, 0.8"])
def test_a_link_that_says_no_number_leaves_a_slider_where_it_stands(said: str) -> None:
    today = visit("scenarios").slider(key="to_first_contact_resolution").value
    assert visit("scenarios", to_first_contact_resolution=said).slider(key="to_first_contact_resolution").value == today


def test_a_scenario_does_not_cross_to_another_company(without_costs: str) -> None:
    app = visit("scenarios")
    app.slider(key="to_spend_more").set_value(10_000.0)
    app = again(app)
    app.session_state["companies"] = True
    app = again(app)
    app.button(key=f"open_{without_costs}").click()
    app = again(app)
    assert address(app)["work"] == without_costs
    sliders = {slider.key: slider.value for slider in app.slider}
    assert sliders.get("to_spend_more", 0.0) == 0.0


def test_a_company_name_is_taken_back(flat: str) -> None:
    app = visit("reports", work=flat)
    app.text_input(key="company").set_value("Acme")
    app = undo(again(app), "company name")
    assert app.text_input(key="company").value == ""


def test_a_comparison_chosen_by_hand_is_taken_back_in_its_form_too() -> None:
    app = visit("cohorts")
    plan = app.multiselect(key="by_plans").options[0].rpartition(" (")[0]
    app.multiselect(key="by_plans").set_value([plan])
    app = press(app, say("cohorts.apply"))
    assert say("chosen.reset") in labels(app)
    app = undo(app, "comparison")
    assert say("chosen.reset") not in labels(app)
    assert app.multiselect(key="by_plans").value == []
    assert redo(app, "comparison").multiselect(key="by_plans").value == [plan]


def test_links_and_rules_are_taken_back(session_home: Path) -> None:
    work = loaded(Workspace.create(session_home))
    app = visit("data", work=work.id)
    app.session_state["identity"] = True
    app = again(app)
    app.multiselect(key="links_proposals").set_value(app.multiselect(key="links_proposals").options[:1])
    app = again(app)
    app.button(key="links_add").click()
    app = again(app)
    assert work.recall("links")
    app = undo(app, "links")
    assert not work.recall("links")
    work.remember("exclusions_off", ["spam"])
    undo(app, "rules")
    assert not work.recall("exclusions_off")


def test_a_removed_file_comes_back(flat: str) -> None:
    app = visit("data", work=flat)
    app.button(key="remove_own_0").click()
    app = undo(again(app), "files")
    assert any("customers" in box.label for box in app.expander)


def test_the_journal_says_what_was_changed(flat: str) -> None:
    app = visit("reports", work=flat)
    app.text_input(key="company").set_value("Acme")
    app = again(app)
    app.session_state["journal"] = True
    told = said(again(app))
    assert "UTC: changed: company name" in told
    assert "UTC: changed: files" in told


@pytest.mark.parametrize(
    ("names", "before", "after", "words"),
    [
        (("assumptions",), {}, {"agents": 3, "tools_per_year": 1}, "agents, tools"),
        (("assumptions",), {}, {"agents": 3, "tools_per_year": 1, "gross_margin": 0.5}, "answers"),
        (("assumptions",), None, None, "answers"),
        (("company", "colour"), None, "x", "company name, colour mark"),
        (("plan_of_later",), None, "x", "other settings"),
    ],
)
def test_a_change_is_named(names: tuple[str, ...], before: object, after: object, words: str) -> None:
    assert _what(Change(1, "", "changed", dict.fromkeys(names, before), dict.fromkeys(names, after))) == words
