"""Every other control that changes what is shown."""

from roi_core.sentences import say
from tests.pages.app import again, calm, press, said, visit


def test_the_months_followed_change_the_sentence():
    app = calm(visit("retention"))
    assert "within 6 months" in said(app)
    app.button_group(key="months").set_value(3)
    assert "within 3 months" in said(again(app))


def test_the_months_offered_grow_and_those_fixed_in_advance_are_chosen():
    months = calm(visit("retention")).button_group(key="months")
    assert list(months.options) == [say("retention.months", n=n) for n in ("3", "6", "12")]
    assert months.value == 6


def test_a_lever_changes_the_finding_and_goes_back_to_today():
    app = calm(visit("scenarios"))
    assert say("scenarios.start") in said(app)
    lever = app.slider(key="to_first_contact_resolution")
    today = lever.value
    lever.set_value(today + 0.02)
    app = again(app)
    assert say("scenarios.start") not in said(app)
    assert f"Resolving {round(100 * (today + 0.02))}" in app.title[0].value
    app = press(app, say("scenarios.reset"))
    assert app.slider(key="to_first_contact_resolution").value == today
    assert say("scenarios.start") in said(app)


def test_the_best_lever_is_tried_with_one_click_and_offered_no_more():
    app = calm(visit("scenarios"))
    first = app.title[0].value
    app = press(app, say("scenarios.try_it"))
    assert say("scenarios.start") not in said(app)
    assert app.title[0].value != first
    assert say("scenarios.try_it") not in [button.label for button in app.button]


def test_the_headline_follows_the_slider_at_both_ends():
    app = calm(visit("scenarios"))
    lever = app.slider(key="to_first_contact_resolution")
    for end in (lever.min, lever.max):
        app.slider(key="to_first_contact_resolution").set_value(end)
        app = again(app)
        assert f"Resolving {round(100 * end)}" in app.title[0].value
    assert lever.min > 0
    assert lever.max < 1


def test_what_hangs_on_the_scenario_is_drawn_only_once_it_is_opened():
    app = press(calm(visit("scenarios")), say("scenarios.try_it"))
    assert say("scenarios.tornado_moved") in [box.label for box in app.expander]


def test_a_change_may_cost_something():
    app = calm(visit("scenarios"))
    app.slider(key="to_spend_more").set_value(10_000.0)
    assert "Spending $10k more a year takes away $10k a year" in again(app).title[0].value.replace("\\", "").replace("\u2060", "")


def test_a_cost_sheet_is_not_asked_for_again():
    app = calm(visit("value"))
    assert "question_agents" not in [box.key for box in app.number_input]
    assert app.slider(key="question_gross_margin")
    assert "read from your cost sheet" in said(app)


def test_agents_can_be_moved_once_their_cost_is_told():
    app = calm(visit("scenarios"))
    assert "to_agents" not in [slider.key for slider in app.slider]
    app.number_input(key="question_agents").set_value(6.0)
    app.number_input(key="question_cost_per_agent_year").set_value(50_000.0)
    app = press(app, say("frame.answer_questions"))
    app.slider(key="to_agents").set_value(5.0)
    app = again(app)
    assert say("scenario.headcount") in said(app)


def test_margin_moves_the_value(without_costs):
    app = calm(visit("value", work=without_costs))
    before = [metric.value for metric in app.metric]
    app.slider(key="question_gross_margin").set_value(0.4)
    assert [metric.value for metric in press(app, say("frame.answer_questions")).metric] != before


def test_a_report_is_for_the_reader_that_was_chosen():
    app = calm(visit("reports"))
    before = app.get("iframe")[0].proto.srcdoc
    app.button_group(key="for").set_value("cfo")
    assert again(app).get("iframe")[0].proto.srcdoc != before


def test_the_drawer_holds_the_checks():
    app = calm(visit("retention"))
    (drawer, *_) = [box for box in app.expander if box.label == say("frame.how_do_you_know")]
    assert say("frame.how_do_you_know") == drawer.label


def test_the_ledger_says_which_lines_are_costs():
    lines = [line for line in said(calm(visit("value"))).splitlines() if line.startswith(("| Management", "| Customers kept by being helped"))]
    benefit, cost = sorted(lines[:2])
    assert benefit.endswith(f"| {say('value.yes')} |")
    assert cost.endswith(f"| {say('value.cost')} |")
