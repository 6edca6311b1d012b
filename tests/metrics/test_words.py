import pytest

from roi_core.metrics import METRICS, compute_all
from roi_core.metrics.words import rests_on, with_numbers
from roi_core.results import Estimate
from roi_core.show import Style
from tests.metrics.facts import facts

USD = Style(currency="USD")


@pytest.fixture(scope="module")
def found():
    """Every key figure of the facts."""
    return compute_all(facts())


@pytest.mark.parametrize(
    ("key", "formula", "rest"),
    [
        ("first_contact_resolution", "66.7 % = 2 / 3 contacts", "Jan 2025 to Feb 2025. n = 2 customers"),
        ("cost_per_contact", "$5.00 per contact = $20.00 / 4 contacts", "Jan 2025 to Feb 2025. n = 2 customers"),
        ("first_response_minutes", "30 min: 50.0 % of 4 contacts are at or below it", "n = 3 customers"),
        ("contacts", "5, from 5 contacts", "No interval"),
        ("active_customers", "2, from 2 customers in a month", "Mar 2025. n = 2"),
        ("support_cost", "$1,020, from 3 lines of cost", "n = 3 lines of cost"),
        ("cost_to_revenue", "25.0 % = $20.00 / $80.00", "n = 2 customers"),
        ("handle_minutes", "8.0 min = 16 min / 2 contacts", "n = 2 customers"),
        ("net_revenue_retention", "65.0 % = $52.00 / $80.00", "n = 2 customers"),
        ("contacts_per_customer", "0.83 = 5 / 6 customers in a month", "n = 3 customers"),
    ],
)
def test_a_number_says_what_it_was_counted_from(key, formula, rest, found):
    assert isinstance(found[key], Estimate)
    assert with_numbers(METRICS[key], found[key], USD) == formula
    assert rest in rests_on(METRICS[key], found[key], USD)


def test_every_number_of_all_rows_can_say_it(found):
    assert all(with_numbers(METRICS[key], one, USD) for key, one in found.items() if isinstance(one, Estimate))
