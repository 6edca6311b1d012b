import logging

import pytest
from streamlit.testing.v1 import AppTest

from pages._parts.plain import plain


def with_user_error():
    import streamlit as st

    from pages._parts.frame import guard
    from roi_core.errors import FileRefused

    with guard():
        raise FileRefused.empty("![a](http://evil.example/x.png).csv", 0)
    st.text("the page goes on")


def with_fault():
    import streamlit as st

    from pages._parts.frame import guard

    with guard():
        raise KeyError("ann@firm.example")
    st.text("the page goes on")


def with_stop():
    import streamlit as st

    from pages._parts.frame import guard

    with guard():
        st.stop()
    st.text("never shown")


def test_an_error_of_the_user_is_shown_in_its_words_and_escaped():
    app = AppTest.from_function(with_user_error).run()
    (error,) = app.error
    assert "is empty" in error.value
    assert "![a]" not in error.value
    assert not app.exception
    assert app.text[0].value == "the page goes on"


def test_a_fault_is_shown_as_a_number_that_finds_it_in_the_log(caplog):
    with caplog.at_level(logging.ERROR, logger="support_roi"):
        app = AppTest.from_function(with_fault).run()
    (error,) = app.error
    (record,) = [record for record in caplog.records if record.name == "support_roi"]
    incident = record.getMessage().split()[1].rstrip(":")
    assert incident in error.value
    assert "KeyError at" in record.getMessage()
    for told in (error.value, record.getMessage()):
        assert "firm" not in told
        assert "/" not in told
    assert not app.exception


def test_two_faults_have_two_numbers():
    first, second = (AppTest.from_function(with_fault).run().error[0].value for _ in range(2))
    assert first != second


def test_stopping_a_script_is_no_error():
    app = AppTest.from_function(with_stop).run()
    assert not app.error
    assert not app.text


def results_page(kind):
    from pages._parts import results
    from roi_core.results import Absent, Check, Effect, Estimate, Grade
    from roi_core.show import Style
    from roi_core.units import Unit

    share = Estimate(-0.031, -0.046, -0.015, 2044, "augmented overlap weights", Unit.FRACTION)
    checks = {
        "all": (Check("a", True, "A is fine."), Check("b", True, "B is fine.")),
        "some": (Check("a", True, "A is fine."), Check("b", False, "B [is](http://evil.example) not."), Check("c", None, "C has no column.")),
        "none": (Check("c", None, "C has no column."),),
    }
    if kind in checks:
        results.checks_line(checks[kind])
    elif kind == "card":
        results.card("Leaving", share, Style(), points=True)
    elif kind == "few":
        results.card("Satisfied", Estimate(0.0, 0.0, 0.6576, 2, "Wilson", Unit.FRACTION), Style())
    elif kind == "absent":
        results.card("Leaving", Absent("Nobody left.", "Load a longer period."), Style())
    else:
        results.effect(Effect("supported.churn_6m", share, "ATO", Grade.B, "Customers were *less* likely to leave.", checks["some"]), Style())


def show(kind) -> AppTest:
    app = AppTest.from_function(results_page, args=(kind,)).run()
    assert not app.exception
    return app


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("all", "All 2 checks passed."),
        ("some", "1 of 2 checks passed; the one to know: B [is](http://evil.example) not. 1 more could not be made with these files."),
        ("none", "No check was possible with these files."),
    ],
)
def test_the_line_of_checks_says_how_many_and_which_to_know(kind, line):
    assert [caption.value for caption in show(kind).caption] == [plain(line)]


def test_a_card_shows_number_and_interval():
    app = show("card")
    assert app.metric[0].label == "Leaving"
    assert app.metric[0].value == r"\-3\.1 points"
    assert r"\-4\.6 to \-1\.5 points" in app.caption[0].value


def test_a_share_of_very_few_shows_its_range_in_place_of_its_middle():
    app = show("few")
    assert app.metric[0].value == plain("0.0 to 65.8 %")
    assert app.caption[0].value == plain("95 % interval. Too few for one figure: the middle is 0.0 %, of 2.")


def test_an_absent_card_shows_its_reason_and_no_number():
    app = show("absent")
    assert not app.metric
    assert [markdown.value for markdown in app.markdown] == [r"Nobody left\."]
    assert app.caption[-1].value == r"Load a longer period\."


def test_an_effect_shows_its_grade_as_a_word_its_checks_and_the_drawer():
    app = show("effect")
    assert any("Compared" in markdown.value for markdown in app.markdown)
    assert "the one to know" in app.caption[0].value
    assert app.expander[0].label == "How do you know?"
