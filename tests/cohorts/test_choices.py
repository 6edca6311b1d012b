from roi_core.cohorts.choices import MOST_VALUES, unless_all

OFFERED = (("Billing", 7), ("Bug", 3))


def test_everything_on_offer_is_no_filter():
    assert unless_all(("Bug", "Billing"), OFFERED) == ()
    assert unless_all(("Bug",), OFFERED) == ("Bug",)
    assert unless_all((), OFFERED) == ()


def test_everything_of_a_list_that_was_cut_is_a_filter_still():
    offered = tuple((f"value {i}", 1) for i in range(MOST_VALUES))
    assert len(unless_all([value for value, _ in offered], offered)) == MOST_VALUES
