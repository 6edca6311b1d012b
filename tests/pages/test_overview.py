from roi_core.sentences import say
from tests.pages.app import address, again, calm, press, said, visit


def metrics(app) -> dict[str, str]:
    return {metric.label.replace("\\", ""): metric.value.replace("\\", "") for metric in app.metric}


def test_at_most_three_numbers_stand_before_the_pictures():
    app = calm(visit())
    assert [m.label for m in app.metric][:3] == [say("overview.kept"), say("overview.spent"), say("overview.returned")]


def test_the_truth_shows_on_request_and_only_on_an_example(flat):
    app = calm(visit())
    assert say("overview.truth_text") not in said(app)
    app.toggle[0].set_value(True)
    assert say("overview.truth_text") in said(again(app))
    assert not calm(visit(work=flat)).toggle


def test_the_same_company_where_support_does_nothing_and_back():
    app = press(calm(visit()), say("overview.nothing_toggle"))
    assert address(app)["sample"] == "still_water"
    assert "invented company: Still Water" in said(app)
    assert address(press(app, say("overview.working_again")))["sample"] == "harbour_desk"


def test_without_costs_the_break_even_stands_until_the_three_questions_are_answered(without_costs):
    app = calm(visit(work=without_costs))
    assert "Support pays for itself" in said(app) or "would pay back no cost" in said(app)
    assert say("overview.tell_cost") in said(app)
    assert say("overview.spent") not in metrics(app)
    for key, value in (("agents", 5.0), ("cost_per_agent_year", 60_000.0), ("tools_per_year", 10_000.0)):
        app.number_input(key=f"question_{key}").set_value(value)
    app = press(app, say("frame.answer_questions"))
    assert say("overview.tell_cost") not in said(app)
    assert say("overview.spent") in metrics(app) or say("overview.effect") in metrics(app)
    fresh = calm(visit(work=without_costs))
    assert say("overview.tell_cost") not in said(fresh)


def test_a_flat_file_is_answered_without_money(flat):
    app = calm(visit(work=flat))
    assert [m.label.replace("\\", "") for m in app.metric][:2] == [say("overview.effect"), say("overview.spreadsheet")]
    assert not app.number_input
