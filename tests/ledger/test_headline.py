import re

import pytest

from roi_core.ledger import words
from roi_core.ledger.headline import months_to_settle
from roi_core.results import Absent, Estimate, Grade
from roi_core.units import Unit
from roi_core.valuation import value
from tests.money.hand_made import ANSWERS, PLAIN, company, effect, measured, revenue, stream

UNCLEAR = {"supported": (1.0, 1.0)}
HARM = {"supported": (-30.0, -30.0)}


def told(facts=None, **answers):
    return value(facts or measured(), PLAIN | answers).headline


def test_kept_with_its_cost_period_interval_and_coverage():
    headline = told(**ANSWERS)
    assert headline.grade is Grade.B
    assert headline.title == "Contacts kept about $2.0k of margin"
    assert headline.text.startswith("Contacts from Jan 2025 to Jun 2025 kept $2.0k of margin within 2 months ($1.6k to $2.4k).")
    assert "Compared with similar customers; not randomised." in headline.text
    assert "Support in the same months cost $600; the comparison covers 50 % of contacts." in headline.text


def test_without_a_cost_the_break_even_stands_in_its_place():
    headline = told()
    assert "Support pays for itself if it costs less than $4.0k a year ($3.2k to $4.8k)." in headline.text
    assert "-100" not in headline.text


def test_later_support_is_said_where_it_is_taken_off():
    text = told(measured(company=company(revenue(10_000))), **ANSWERS).text
    assert "Supporting the customers who stayed will take $33.33 of what is kept." in text


def test_a_loss_says_what_is_shown_and_what_was_spent():
    headline = told(**(ANSWERS | {"agents": 20}))
    assert headline.title == "So far support costs more than we can show it returns: $2.0k shown, $5.1k spent"
    assert headline.text.endswith("Here is what moves it most.")


def test_no_effect_is_said_first_and_not_as_proof_of_nothing():
    headline = told(measured(gaps=UNCLEAR))
    assert headline.title == "We could not find an effect"
    assert re.search(r"anywhere from -\$29\d to \$49\d, which includes nothing", headline.text)
    assert 'not the same as "support does nothing"' in headline.text


def test_harm_says_that_people_in_trouble_ask_for_help():
    headline = told(measured(gaps=HARM))
    assert headline.title == "Helped customers left more often"
    assert "were followed by $3.0k less margin within 2 months ($2.6k to $3.4k) than similar customers who did not write" in headline.text
    assert "people in trouble ask for help" in headline.text


def test_a_sign_stays_outside_of_the_return_and_says_what_would_settle_it():
    facts = measured((stream(grade=Grade.C),))
    valued = value(facts, PLAIN | ANSWERS)
    assert valued.headline.title == "A sign, not a measurement"
    assert "worth about $2.0k of margin if nothing unseen explains it" in valued.headline.text
    assert "Product usage" in valued.headline.text
    assert "If the sign is right, support pays for itself" in valued.headline.text
    assert isinstance(valued.roi.roi_percent, Absent)
    assert not valued.ledger.of("benefit")


def test_a_trusted_contrast_between_contacts_leads_where_the_whole_is_a_sign():
    valued = value(measured((stream(grade=Grade.C), stream("first_contact_resolution"))), PLAIN | ANSWERS)
    assert valued.headline.grade is Grade.B
    assert valued.headline.text.startswith(
        "Contacts resolved at first contact from Jan 2025 to Jun 2025 kept $2.0k of margin within 2 months ($1.6k to $2.4k)."
    )
    assert "Compared with similar contacts; not randomised." in valued.headline.text
    assert valued.roi.value_per_unit_spent.value == pytest.approx(2_000 / 600)


def test_contacts_followed_by_less_are_told_as_such():
    facts = measured((stream("fast_reply"),), gaps={"fast_reply": (-30.0, -30.0)})
    assert "were followed by $3.0k less margin within 2 months ($2.6k to $3.4k) than similar contacts" in told(facts).text


def test_a_tested_effect_is_not_called_compared():
    assert "A random half was helped differently." in told(measured((stream(grade=Grade.A),))).text


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
        (-0.05, -0.03, -0.01, Grade.C, "A sign, not a measurement"),
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
