import re
from dataclasses import replace

import pytest

from roi_core.cohorts.design import Design, Filters
from roi_core.ledger import words
from roi_core.ledger.headline import months_to_settle
from roi_core.measured import DrawnTest
from roi_core.results import Absent, Check, Estimate, Grade
from roi_core.units import Unit
from roi_core.valuation import value
from tests.money.hand_made import ANSWERS, PLAIN, company, effect, measured, revenue, stream

UNCLEAR = {"supported": (1.0, 1.0)}
HARM = {"supported": (-30.0, -30.0)}
CLEAR = Estimate(0.05, 0.03, 0.07, 800, "", Unit.FRACTION)


def told(facts=None, **answers):
    return value(facts or measured(), PLAIN | answers).headline


def test_kept_with_its_cost_period_interval_and_coverage():
    headline = told(**ANSWERS)
    assert headline.grade is Grade.B
    assert headline.title == "Contacts kept about $2.0k of margin"
    assert headline.text.startswith("Contacts from Jan 2025 to Jun 2025 kept $2.0k of margin within 2 months ($1.6k to $2.4k).")
    assert "Compared with similar customers; not randomised." in headline.text
    assert (
        "Support in the same months cost $600: all of it is set against the 50 % of contacts that could be compared; the others count as nothing."
        in headline.text
    )


def test_without_a_cost_the_break_even_stands_in_its_place():
    headline = told()
    assert "Support pays for itself if it costs less than $4.0k a year ($3.2k to $4.8k)." in headline.text
    assert "-100" not in headline.text


def test_the_amount_that_is_named_is_the_one_after_later_support():
    facts = measured(company=company(revenue(1_000)))
    valued = value(facts, PLAIN | ANSWERS)
    named = words.amount(valued.total.benefit.value, words.style_of(facts))
    assert valued.total.later.value > 300
    assert valued.headline.title == f"Contacts kept about {named} of margin"
    assert f"kept {named} of margin within 2 months" in valued.headline.text
    assert ", after $333 for supporting the customers who stayed." in valued.headline.text


def test_a_loss_says_what_is_shown_and_what_was_spent():
    headline = told(**(ANSWERS | {"agents": 20}))
    assert headline.title == "So far support costs more than we can show it returns: $2.0k shown, $5.1k spent"
    assert headline.text.endswith("Here is what moves it most.")


def test_no_effect_is_said_first_and_not_as_proof_of_nothing():
    headline = told(measured(gaps=UNCLEAR))
    assert headline.title == "We could not find an effect"
    assert re.search(r"anywhere from -\$29\d to \$49\d, which includes zero", headline.text)
    assert 'not the same as "support does nothing"' in headline.text


LEFT = Estimate(0.05, 0.02, 0.08, 800, "", Unit.FRACTION)
NOT_FOUND = Estimate(0.021, -0.006, 0.048, 800, "", Unit.FRACTION)
SEEN = Check("trouble recorded", passed=True, text="-")
UNSEEN = Check("trouble recorded", passed=False, text="-")


@pytest.mark.parametrize("grade", [Grade.B, Grade.C])
def test_a_clear_harm_on_leaving_is_the_title_and_its_own_sentence_says_why(grade):
    found = effect("supported.churn_2m", LEFT, grade, "Helped customers left more often, by 5.0 points.")
    headline = told(measured((stream(grade=grade),), gaps=HARM, effects={"supported.churn_2m": found}))
    assert headline.title == "Helped customers left more often" + (" (a sign, not a measurement)" if grade is Grade.C else "")
    assert "were followed by $3.0k less margin within 2 months ($2.6k to $3.4k) than similar customers who did not write" in headline.text
    assert headline.text.endswith("Helped customers left more often, by 5.0 points.")


@pytest.mark.parametrize(
    ("check", "choices", "tells"),
    [
        (UNSEEN, {}, "Ticket priority and product usage would separate the two."),
        (UNSEEN, {"priorities": (("high", 3), ("low", 2))}, "Product usage would separate the two."),
        (SEEN, {}, "Ticket priority would separate the two."),
        (SEEN, {"priorities": (("high", 3), ("low", 2))}, "The trouble that the files show from before the contact is taken into account"),
    ],
)
def test_less_money_alone_is_not_called_leaving_and_only_what_is_missing_is_asked_for(check, choices, tells):
    found = replace(effect("supported.churn_2m", NOT_FOUND, Grade.B, "We could not find an effect on leaving."), checks=(check,))
    headline = told(measured(gaps=HARM, effects={"supported.churn_2m": found}, choices=choices))
    sign = told(measured((stream(grade=Grade.C),), gaps=HARM, effects={"supported.churn_2m": found}))
    assert headline.title == "Contacts were followed by less margin"
    assert sign.title == "Contacts were followed by less margin (a sign, not a measurement)"
    assert f"That is common: people in trouble ask for help. {tells}" in headline.text
    assert headline.text.endswith("We could not find an effect on leaving.")


def test_a_sign_stays_outside_of_the_return_and_says_what_would_settle_it():
    facts = measured((stream(grade=Grade.C),))
    valued = value(facts, PLAIN | ANSWERS)
    assert valued.headline.title == "A sign, not a measurement"
    assert "worth about $2.0k of margin if nothing unseen explains it" in valued.headline.text
    assert "Product usage" in valued.headline.text
    assert "As a sign only: support pays for itself" in valued.headline.text
    assert isinstance(valued.roi.roi_percent, Absent)
    assert not valued.ledger.of("benefit")


def test_a_trusted_contrast_between_contacts_leads_where_the_whole_is_a_sign():
    valued = value(measured((stream(grade=Grade.C), stream("first_contact_resolution"))), PLAIN | ANSWERS)
    assert valued.headline.grade is Grade.B
    assert valued.headline.text.startswith(
        "Contacts resolved at first contact from Jan 2025 to Jun 2025 kept $2.0k of margin within 2 months ($1.6k to $2.4k)."
    )
    assert "Compared with similar contacts; not randomised." in valued.headline.text


HANDLED = (stream(grade=Grade.C), stream("first_contact_resolution"))


def test_a_way_of_working_is_never_set_against_the_cost_of_support():
    valued = value(measured(HANDLED, gaps={"supported": (-10.0, -30.0), "first_contact_resolution": (10.0, 30.0)}), PLAIN | ANSWERS)
    said = (valued.roi.roi_percent, valued.roi.value_per_unit_spent, valued.roi.net_benefit, valued.roi.probability_positive, valued.break_even)
    assert all(isinstance(result, Absent) and result.reason.startswith("This values a way of working") for result in (*said, valued.returns.marginal))
    assert valued.total.benefit.value == pytest.approx(2_000)
    assert "Whether support pays for itself cannot be said from these files." in valued.headline.text
    assert valued.return_found is None
    assert valued.title == valued.headline.title == "Contacts resolved at first contact kept about $2.0k of margin"


def test_beside_a_way_of_working_the_break_even_is_that_of_the_sign_on_support():
    valued = value(measured(HANDLED), PLAIN)
    assert valued.break_even_text.startswith("As a sign only: support pays for itself if it costs less than $4.0k a year")


@pytest.mark.parametrize(
    ("result", "check", "words_"),
    [
        (CLEAR, Check("trouble recorded", passed=False, text="-"), "A file with product usage or health by month would settle that."),
        (CLEAR, Check("negative control", passed=False, text="Late payments differ."), "Helped against not helped is Indicated only: Late payments differ."),
        (CLEAR, None, "Helped against not helped is Indicated only."),
        (Absent("Too few.", "Load more."), None, "Helped against not helped was refused. Load more."),
        (Absent("Too many."), Check("somebody to compare with", passed=False, text="-"), "helping a random half of them otherwise would."),
    ],
)
def test_the_refusal_says_what_would_settle_it(result, check, words_):
    found = replace(effect("supported.churn_2m", result, Grade.C), checks=(check,) if check else ())
    valued = value(measured(HANDLED, effects={"supported.churn_2m": found}), PLAIN | ANSWERS)
    assert valued.roi.roi_percent.next_step.endswith(words_)


STAYED = Estimate(-0.041, -0.072, -0.01, 800, "", Unit.FRACTION)


@pytest.mark.parametrize("grade", [Grade.B, Grade.C])
def test_where_customers_stayed_and_the_money_is_open_the_title_says_both(grade):
    found = effect("supported.churn_2m", STAYED, grade, "They stayed.")
    headline = told(measured((stream(grade=grade),), gaps=UNCLEAR, effects={"supported.churn_2m": found}))
    assert headline.title.startswith("Helped customers stayed longer")
    assert headline.title.endswith("; what that is worth in money is unclear")
    assert ("a sign" in headline.title) is (grade is Grade.C)
    assert "Customers pay very different amounts" in headline.text


def test_the_margin_is_named_until_it_is_confirmed_and_the_months_say_why_they_are_these():
    asked, answered = (value(measured(), answers).headline.rests_on for answers in ({}, PLAIN))
    assert "75 % of revenue, a usual figure" in asked
    assert "Margin" not in answered
    assert answered == "These months: from the first with 3 months of tickets before it to the last with 2 months after it."
    inside = value(measured((stream("fast_reply"),)), PLAIN).headline.rests_on
    assert inside == "These months: all with tickets and 2 months after them."


def test_months_chosen_by_hand_need_no_reason():
    chosen = replace(measured(), design=Design(horizon_months=2, filters=Filters(first_month=2025 * 12)))
    assert value(chosen, PLAIN).headline.rests_on == ""


@pytest.mark.parametrize(
    ("agents", "title"),
    [
        (2, "Support brought back about $3.33 for each $1.00 spent"),
        (7.2, "Support probably pays for itself: 69 in 100, so not for sure"),
        (7.6, "Whether support pays for itself is open: 50 in 100"),
        (8, "What is shown so far probably does not pay for support: 31 in 100 that it does"),
        (20, "What is shown so far does not pay for support: about $0.39 came back for each $1.00 spent"),
    ],
)
def test_a_return_is_told_as_far_as_its_interval_carries(agents, title):
    assert value(measured(), PLAIN | ANSWERS | {"agents": agents}).title == title


@pytest.mark.parametrize("gaps", [UNCLEAR, HARM])
def test_where_nothing_was_found_no_return_is_told(gaps):
    valued = value(measured(gaps=gaps), PLAIN | ANSWERS)
    assert valued.return_found is None
    assert valued.title == valued.headline.title
    assert valued.returns_text.startswith("No return is stated")


def test_contacts_followed_by_less_are_told_as_such():
    facts = measured((stream("fast_reply"),), gaps={"fast_reply": (-30.0, -30.0)})
    assert "were followed by $3.0k less margin within 2 months ($2.6k to $3.4k) than similar contacts" in told(facts).text


def test_a_test_that_lost_money_speaks_of_the_draw_and_of_no_similar_contacts():
    tested = stream("randomised", grade=Grade.A, title="What was tested", part_of="supported")
    left = effect("randomised.churn_2m", LEFT, Grade.A, "In the test, customers drawn to be helped left more often.")
    headline = told(measured((tested,), gaps={"randomised": (-30.0, -30.0)}, effects={"randomised.churn_2m": left}))
    assert headline.title == "What was tested lost about $3.0k of margin"
    assert headline.text == (
        "What was tested from Jan 2025 to Jun 2025 lost $3.0k of margin within 2 months ($2.6k to $3.4k): customers drawn to be helped brought less than those "
        "drawn to go without. In the test, customers drawn to be helped left more often."
    )


@pytest.mark.parametrize(("helped", "others", "part"), [(100, 100, "half"), (400, 100, "80.0 % of the customers")])
def test_a_tested_effect_is_told_by_the_part_that_was_drawn(helped, others, part):
    drawn = replace(stream().episodes, treated=helped, control=others)
    assert f"A random {part} was helped differently." in told(measured((stream("randomised", grade=Grade.A, part_of="supported", episodes=drawn),))).text


def test_a_test_with_a_check_that_failed_says_which_and_is_never_called_not_randomised():
    checks = (Check("arms alike", passed=False, text="The arms differ."),)
    left = replace(effect("randomised.churn_2m", CLEAR), checks=checks)
    text = told(measured((stream("randomised", part_of="supported"),), effects={left.key: left})).text
    assert "Drawn at random, but: The arms differ." in text
    assert "not randomised" not in text


SETTLES = "About 1,068 customers helped and 1,068 not, followed as long, would show a difference of this size."


@pytest.mark.parametrize("settle", [SETTLES, ""])
def test_a_test_is_settled_by_customers_and_never_by_months(settle):
    facts = measured((stream("randomised", grade=Grade.A, title="What was tested"),), gaps={"randomised": UNCLEAR["supported"]})
    text = told(replace(facts, drawn={"randomised": DrawnTest("", (), settle)})).text
    assert "What was tested" in text
    assert (SETTLES in text) is bool(settle)
    assert "more months" not in text
    assert "stretch of further data" not in text


def test_an_unknown_contrast_is_told_by_its_title():
    facts = measured((stream("escalated", title="Contacts that were escalated", part_of=None),), gaps={"escalated": (10.0, 30.0)})
    assert told(facts).text.startswith("Contacts that were escalated from Jan 2025")


def test_too_early_to_tell_offers_the_next_step():
    refused = Absent("Too early to tell. Only 7 customers left in one group; about 20 are needed.", "Add three more months.")
    facts = measured((), effects={"supported.churn_2m": effect("supported.churn_2m", refused)})
    headline = told(facts)
    assert headline.title == "Too early to tell"
    assert headline.text.startswith("Only 7 customers left")
    assert "Add three more months." in headline.text


@pytest.mark.parametrize(
    ("low", "value_", "high", "grade", "title"),
    [
        (-0.05, -0.03, -0.01, Grade.B, "Helped customers stayed longer"),
        (-0.05, -0.03, -0.01, Grade.C, "Helped customers stayed longer (a sign, not a measurement)"),
        (0.01, 0.03, 0.05, Grade.C, "Helped customers left more often (a sign, not a measurement)"),
        (-0.05, -0.01, 0.03, Grade.B, "We could not find an effect"),
        (0.01, 0.03, 0.05, Grade.B, "Helped customers left more often"),
    ],
)
def test_without_money_the_effect_on_leaving_is_told(low, value_, high, grade, title):
    found = Estimate(value_, low, high, 800, "", Unit.FRACTION)
    headline = told(measured((), effects={"supported.churn": effect("supported.churn", found, grade, "The sentence of the effect.")}))
    assert headline.title == title
    assert headline.grade is grade
    assert "The sentence of the effect." in headline.text
    assert "A billing export" in headline.text


def test_revenue_that_cannot_be_added_up_says_why_it_has_no_amount():
    facts = measured((), effects={"supported.churn": effect("supported.churn", CLEAR, Grade.B, "The sentence of the effect.")})
    several = replace(facts.company, revenue=("revenue",), monthly_revenue=Absent("In EUR and USD.", "Choose one."))
    text = told(replace(facts, company=several)).text
    assert "is not said: In EUR and USD. Choose one." in text
    assert "billing export" not in text


@pytest.mark.parametrize(("grade", "leads"), [(Grade.B, True), (Grade.C, False)])
def test_without_money_a_sign_of_nothing_gives_way_to_what_was_found_inside_contacts(grade, leads):
    open_ = Estimate(-0.01, -0.05, 0.03, 800, "", Unit.FRACTION)
    facts = measured(())
    key = f"first_contact_resolution.{facts.outcome}_{facts.design.horizon_months}m"
    both = {"supported.churn": effect("supported.churn", open_, Grade.C, "Nothing was found."), key: effect(key, CLEAR, grade, "Inside contacts.")}
    assert ("Inside contacts." in told(replace(facts, effects=both)).text) is leads


def test_a_break_even_of_a_sign_that_reaches_nothing_says_that_it_is_one():
    wide = Estimate(10.0, -5.0, 25.0, 80, "", Unit.MONEY_PER_YEAR)
    for grade, sign in ((Grade.B, False), (Grade.C, True)):
        assert words.break_even_sentence(wide, Absent("none"), grade, words.DEFAULT).startswith("As a sign only") is sign


def test_nothing_at_all_says_what_to_add():
    assert "Add a helpdesk export" in told(measured(())).text


def test_one_month_is_not_a_span():
    one = stream().episodes
    month = one.__class__(100, 300, 80, 60.0, 200, one.first_month, one.first_month)
    assert told(measured((stream(episodes=month),))).text.startswith("Contacts in Jan 2025 kept")


def test_the_texts_form_speaks_of_revenue():
    assert "kept $4.0k of revenue" in told(use_margin=False).text


@pytest.mark.parametrize(("value_", "half", "months"), [(100.0, 196.0, 42), (1.0, 196.0, None), (0.0, 196.0, None), (139.9, 196.0, 19)])
def test_months_until_an_effect_of_this_size_would_show(value_, half, months):
    kept = Estimate(value_, value_ - half, value_ + half, 80, "", Unit.MONEY)
    assert months_to_settle(kept, 6) == months


@pytest.mark.parametrize(("p", "text"), [(0.999, "over 95 %"), (0.951, "over 95 %"), (0.95, "95 %"), (0.5, "50 %"), (0.01, "under 5 %"), (1.0, "over 95 %")])
def test_odds_are_never_above_over_95(p, text):
    assert words.odds(p) == text
