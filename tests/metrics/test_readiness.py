from roi_core.metrics import TOLD, readiness
from roi_core.metrics.readiness import UPLOADS
from roi_core.schema import LOADED


def test_without_files_nothing_is_answered_and_tickets_would_answer_most():
    found = readiness(())
    assert found.answered == ()
    assert [u.upload for u in found.unlocks] == ["tickets", "customers", "costs"]


def test_tickets_answer_their_own_figures_and_ask_for_customers_before_anything_else():
    found = readiness({"tickets"})
    assert {"Contacts", "Time to first reply", "First-contact resolution"} <= set(found.answered)
    assert found.unlocks[0].upload == "customers"
    assert "Do helped customers stay longer than similar customers who were not helped?" in found.unlocks[0].questions


def test_costs_unlock_the_return_once_revenue_is_there():
    found = readiness({"tickets", "subscriptions"})
    costs = next(u for u in found.unlocks if u.upload == "costs")
    assert "What does support return on what it costs?" in costs.questions
    assert "What does support return on what it costs?" not in found.answered


def test_scores_on_tickets_count_as_surveys():
    assert any(u.upload == "surveys" for u in readiness({"tickets", "customers"}).unlocks)
    assert not any(u.upload == "surveys" for u in readiness({"tickets", "customers"}, met={"scores"}).unlocks)


def test_costs_that_were_told_are_not_asked_for_again():
    found = readiness({"tickets", "subscriptions"}, met={"costs"})
    assert not any(u.upload == "costs" for u in found.unlocks)
    assert "What does support return on what it costs?" in found.answered


def test_with_everything_there_is_nothing_left_to_unlock():
    found = readiness({table for tables in UPLOADS.values() for table in tables})
    assert found.unlocks == ()
    assert {metric.title for metric in TOLD} <= set(found.answered)


def test_uploads_are_declared_tables():
    assert {table for tables in UPLOADS.values() for table in tables} <= set(LOADED)


def test_a_question_about_any_revenue_is_answered_by_either_kind():
    question = "How much of what is sold goes to customers who wrote to support?"
    for table in ("orders", "invoices", "subscriptions"):
        assert question in readiness({"tickets", "customers", table}).answered
    assert question not in readiness({"tickets", "customers"}).answered


def test_what_the_facts_found_overrules_what_the_tables_promise():
    assert any(u.upload == "revenue" for u in readiness({"tickets", "subscriptions"}, revenue=()).unlocks)
    assert not any(u.upload == "revenue" for u in readiness({"tickets", "customers"}, revenue=("revenue",)).unlocks)
