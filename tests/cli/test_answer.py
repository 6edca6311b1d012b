"""The JSON document, in the words of the business that it is about."""

import pytest

from roi_core.cli.answer import answer
from roi_core.effects.ratings import Finding
from roi_core.examination import Whole
from roi_core.results import Absent
from roi_core.valuation import value
from tests.money.hand_made import measured


@pytest.mark.parametrize(
    ("outcome", "title"),
    [
        ("churn", "Leaving that goes with each further point"),
        ("no_order", "Missing orders that go with each further point"),
        ("not_renewed", "Missing renewals that go with each further point"),
    ],
)
def test_what_ratings_say_is_named_in_the_words_of_the_business(outcome: str, title: str) -> None:
    of_it = measured((), outcome=outcome)
    found = answer(value(of_it), Whole(of_it, (), (Finding("per_point", Absent("Too few.")),), Absent("Too few are followed."), {"plan": Absent("One plan.")}))
    assert found["ratings"]["per_point"]["title"] == title
    assert found["staying"] == {"absent": "Too few are followed."}
    assert found["segments"] == {"plan": {"absent": "One plan."}}
