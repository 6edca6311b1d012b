from roi_core.sentences import say
from tests.pages.app import address, again, calm, press, said, visit
from tests.pages.conftest import saved


def metrics(app) -> dict[str, str]:
    return {metric.label.replace("\\", ""): metric.value.replace("\\", "") for metric in app.metric}


def test_at_most_three_numbers_stand_before_the_pictures():
    app = calm(visit())
    assert [m.label for m in app.metric][:3] == [say("overview.kept"), say("overview.spent"), say("overview.break_even")]


def test_the_cost_of_the_months_stands_a_year_too_beside_the_break_even():
    assert "That is $214k a year." in said(calm(visit()))


def test_the_top_line_counts_contacts_which_are_fewer_than_the_tickets_read():
    assert "2,000 customers, 6,070 contacts" in said(calm(visit("data")))


def test_the_truth_shows_on_request_and_only_on_an_example(flat):
    app = calm(visit())
    assert say("overview.truth_text") not in said(app)
    app.toggle[0].set_value(True)
    assert say("overview.truth_text") in said(again(app))
    assert not calm(visit(work=flat)).toggle


def test_the_truth_stands_beside_the_number_of_the_headline_and_in_money():
    app = calm(visit(sample="harbour_desk", truth="true"))
    assert say("charts.truth_inside") in said(app)
    assert "In money: these contacts truly kept $281k" in said(app)
    assert say("overview.not_believed") not in said(app)


def test_a_number_that_was_not_believed_is_shown_apart_from_the_one_in_the_headline():
    app = calm(visit(sample="fogbank", truth="true"))
    assert app.title[0].value.startswith("Contacts resolved at first contact")
    assert say("overview.not_believed") in [heading.value for heading in app.subheader]
    assert "We refused to believe this one: it is Indicated" in said(app)
    assert said(app).count(say("charts.truth_inside")) == 1


def test_the_usage_file_changes_the_verdict_and_can_be_taken_away():
    app = press(calm(visit(sample="fogbank")), say("overview.from_fogbank"))
    assert address(app)["sample"] == "fogbank_usage"
    assert "This values a way of working" not in said(app)
    assert address(press(app, say("overview.from_fogbank_usage")))["sample"] == "fogbank"


def test_where_nothing_was_found_there_is_no_return():
    for page in ("overview", "value"):
        app = calm(visit(page, sample="still_water"))
        assert not {say("overview.returned"), say("value.roi"), say("value.per_unit")} & set(metrics(app))
        assert "could not find" in app.title[0].value


def test_where_nothing_was_found_the_range_stands_in_place_of_its_middle():
    app = calm(visit(sample="still_water"))
    assert " to " in metrics(app)[say("overview.kept")]
    assert "which includes zero" in said(app)
    assert " to " not in metrics(calm(visit()))[say("overview.kept")]


def test_a_way_of_working_has_no_return_on_any_page():
    for page in ("overview", "value"):
        app = calm(visit(page, sample="fogbank"))
        assert not {say("overview.returned"), say("value.roi"), say("value.per_unit"), say("overview.break_even")} & set(metrics(app))
        assert said(app).count("This values a way of working") == 1


def test_a_return_that_is_not_sure_is_told_as_odds():
    assert calm(visit("value")).title[0].value.startswith("Support probably pays for itself")


def test_the_default_margin_and_the_months_are_named_under_the_headline():
    text = said(calm(visit()))
    assert "a usual figure of software companies" in text
    assert "3 months of tickets before it" in text


def test_the_same_company_where_support_does_nothing_and_back():
    app = press(calm(visit()), say("overview.from_harbour_desk"))
    assert address(app)["sample"] == "still_water"
    assert "invented company: Still Water" in said(app)
    assert address(press(app, say("overview.from_still_water")))["sample"] == "harbour_desk"


def test_without_costs_the_break_even_stands_until_the_three_questions_are_answered(without_costs):
    app = calm(visit(work=without_costs))
    assert "support pays for itself" in said(app).lower() or "would pay back no cost" in said(app)
    assert say("overview.tell_cost") in said(app)
    assert say("overview.spent") not in metrics(app)
    for key, value in (("agents", 5.0), ("cost_per_agent_year", 60_000.0), ("tools_per_year", 10_000.0)):
        app.number_input(key=f"question_{key}").set_value(value)
    app = press(app, say("frame.answer_questions"))
    assert say("overview.tell_cost") not in said(app)
    assert say("overview.spent") in metrics(app) or say("overview.effect") in metrics(app)
    fresh = calm(visit(work=without_costs))
    assert say("overview.tell_cost") not in said(fresh)
    assert say("upload.costs") not in said(fresh)


def test_a_flat_file_is_answered_without_money(flat):
    app = calm(visit(work=flat))
    assert say("overview.minus") in said(app)
    assert say("frame.more_files") in [link.label for link in app.get("page_link")]
    assert [m.label.replace("\\", "") for m in app.metric][:2] == [say("overview.effect"), say("overview.spreadsheet")]
    assert not app.number_input


def test_the_truth_is_not_held_against_a_comparison_chosen_by_hand():
    app = calm(visit("cohorts"))
    app.selectbox(key="by_horizon").set_value(3)
    chosen = calm(visit(work=address(press(app, say("cohorts.apply")))["work"], truth="true"))
    assert say("overview.truth_other") in said(chosen)
    assert say("charts.truth_inside") not in said(chosen)


def test_columns_left_out_stand_on_one_line_with_their_reasons_in_a_drawer(session_home):
    gone = [i % 4 == 0 for i in range(400)]
    cells = [
        (f"c{i}", "Yes" if i % 2 else "No", "Yes" if left else "No", 20 + i % 50, 9 if left else 1, "gone" if left else "here") for i, left in enumerate(gone)
    ]
    rows = "".join(",".join(map(str, row)) + "\n" for row in cells)
    work = saved(session_home, ("flat.csv", f"Customer ID,Tech Support,Churn,Age,Churn Score,Customer Status\n{rows}".encode()))
    app = calm(visit(work=work))
    assert [line for line in said(app).splitlines() if "left out" in line] == [say("flat.left_out", n="2", columns="Churn Score, Customer Status")]
    assert say("left_out.each") in [box.label for box in app.expander]
    app.session_state["left_out"] = True
    assert "all but tells who left" in said(again(app))


def test_the_spike_of_export_failures_is_told_with_its_size_its_month_and_its_rows():
    """Planted: three times as many in March 2025 (product.md)."""
    app = calm(visit())
    assert say("alerts.title") in said(app)
    (line,) = [line for line in said(app).splitlines() if "Export fails" in line]
    assert "Mar 2025: 108, where 34 was expected" in line
    app.session_state["alert_0"] = True
    app = again(app)
    assert say("kpi.rows_n", n="108", page="1", pages="5") in said(app)
    assert set(app.dataframe[-1].value["Category"]) == {"Export fails"}
    assert say("behind.customer_no") not in app.dataframe[-1].value.columns
    app.number_input(key="rows_page_0").set_value(5)
    assert len(again(app).dataframe[-1].value) == 8
    app.toggle(key="rows_named_0").set_value(True)
    assert "@" in "".join(again(app).dataframe[-1].value[say("behind.customer_no")])


def test_numbers_to_watch_name_their_months():
    """Contacts reach over all months; who left is known to the end of the month before the last."""
    captions = [caption.value.replace("\\", "") for caption in calm(visit()).caption]
    assert captions.count(say("counted.months", first="Jan 2024", last="Dec 2025")) == 5
    assert captions.count(say("counted.months", first="Jan 2024", last="Nov 2025")) == 1
