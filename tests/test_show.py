import math
import re
from datetime import date

import pytest
from babel.localedata import locale_identifiers
from hypothesis import assume, example, given
from hypothesis import strategies as st

from roi_core.results import Absent, Estimate
from roi_core.show import Style, compared, day, exact, interval, money, month, number, share, show, value_of
from roi_core.units import Unit

GERMAN = Style.for_locale("de-DE", "EUR")
finite = st.floats(-1e12, 1e12)
units = st.sampled_from(Unit)
styles = st.sampled_from([Style(), GERMAN, Style.for_locale("fr-FR", "CHF"), Style.for_locale("sv", "JPY"), Style(currency="")])


def estimate(value: float, low: float, high: float, unit: Unit) -> Estimate:
    return Estimate(value, low, high, 2044, "test", unit)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.152, Unit.FRACTION, "15.2 %"),
        (0.0004, Unit.FRACTION, "under 0.1 %"),
        (0.0, Unit.FRACTION, "0.0 %"),
        (38.25, Unit.PERCENT, "38.2 %"),
        (1834.4, Unit.PERCENT, "1,834 %"),
        (11.8, Unit.MONEY, "$11.80"),
        (1183.4, Unit.MONEY, "$1,183"),
        (-1183.4, Unit.MONEY, "-$1,183"),
        (4.2, Unit.MONEY_PER_EPISODE, "$4.20 per contact"),
        (212e3, Unit.MONEY_PER_YEAR, "$212,000 a year"),
        (1183, Unit.COUNT, "1,183"),
        (2.44, Unit.COUNT, "2.4"),
        (1.783, Unit.RATIO, "1.78"),
        (-0.211, Unit.CORRELATION, "-0.21"),
        (4.34, Unit.SCORE, "4.3"),
        (0.5, Unit.MINUTES, "30 s"),
        (0.001, Unit.MINUTES, "under 1 s"),
        (4.25, Unit.MINUTES, "4.2 min"),
        (59.7, Unit.MINUTES, "1 h 0 min"),
        (134, Unit.MINUTES, "2 h 14 min"),
        (0, Unit.HOURS, "0 h"),
        (1, Unit.DAYS, "1 day"),
        (57.25, Unit.DAYS, "57.2 days"),
        (120, Unit.DAYS, "120 days"),
        (78.3, Unit.HOURS, "78.3 h"),
        (-2.5, Unit.HOURS, "-2 h 30 min"),
        (1, Unit.MONTHS, "1 month"),
        (6, Unit.MONTHS, "6 months"),
        (6.25, Unit.MONTHS, "6.2 months"),
    ],
)
def test_each_unit_is_written_as_by_hand(value, unit, text):
    assert number(value, unit) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "$0.00"),
        (950, "$950"),
        (999.6, "$1.0k"),
        (9_940, "$9.9k"),
        (9_960, "$10k"),
        (211_700, "$212k"),
        (999_400, "$999k"),
        (999_600, "$1.0M"),
        (12.3e6, "$12M"),
        (-2.46e9, "-$2.5B"),
    ],
)
def test_compact_money_takes_the_letter_of_its_thousands(value, text):
    assert money(value, compact=True) == text


def test_a_result_carries_its_interval_and_writes_the_unit_once():
    difference = estimate(-0.031, -0.046, -0.015, Unit.FRACTION)
    assert show(difference, points=True) == "-3.1 points (-4.6 to -1.5)"
    assert interval(difference, points=True) == "-4.6 to -1.5 points"
    assert show(estimate(212e3, 9e4, 335e3, Unit.MONEY), compact=True) == "$212k ($90k to $335k)"
    assert show(Estimate(1183, None, None, 1183, "count", Unit.COUNT)) == "1,183"
    assert interval(Estimate(1183, None, None, 1183, "count", Unit.COUNT)) == ""


def test_absent_shows_its_reason():
    absent = Absent("Nobody left in these months.", "Load a longer period.")
    assert show(absent) == interval(absent) == "Nobody left in these months."


def test_german_reader_sees_a_decimal_comma_and_euros():
    assert show(estimate(0.1525, 0.1374, 0.1682, Unit.FRACTION), GERMAN) == "15,2 % (13,7 to 16,8)"
    assert money(1234567.8, GERMAN) == "€1.234.568"
    assert money(11.8, Style(currency="CHF")) == "CHF 11.80"
    assert money(11.8, Style(currency="JPY")) == "¥12"
    assert money(11.8, Style(currency="")) == "11.80"


def test_an_exact_amount_keeps_every_digit_in_the_marks_of_its_reader():
    assert exact("12345678901234567.89") == "12,345,678,901,234,567.89"
    assert exact("-1234.500", Style(decimal=",", thousands=".")) == "-1.234,500"
    assert exact("0.00") == "0.00"


def test_share_says_what_it_counts():
    assert share(310, 2044) == "15.2 % (310 of 2,044)"
    assert share(0, 0) == "no share (0 of 0)"


def test_months_and_days():
    assert month(2025 * 12) == "Jan 2025"
    assert month(2024 * 12 + 11) == "Dec 2024"
    assert day(date(2025, 3, 4)) == "2025-03-04"
    assert day(date(2025, 3, 4), GERMAN) == "04/03/2025"
    assert day(date(2025, 3, 4), Style.for_locale("en-US")) == "03/04/2025"


def test_every_locale_has_two_different_marks():
    same = [name for name in locale_identifiers() if (style := Style.for_locale(name)).decimal == style.thousands]
    assert len(locale_identifiers()) > 500
    assert same == []


@pytest.mark.parametrize("locale", [None, "", "xx", "not a locale", "../en"])
def test_an_unknown_locale_gives_the_default(locale):
    assert Style.for_locale(locale, "EUR") == Style(currency="EUR")


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="must be finite"):
        number(value, Unit.MONEY)


@given(finite, units, styles, st.booleans(), st.booleans())
@example(value=-0.0, unit=Unit.MONEY, style=Style(), points=False, compact=True)
@example(value=-1e-9, unit=Unit.FRACTION, style=Style(), points=True, compact=False)
def test_no_text_is_nan_or_a_signed_zero(value, unit, style, points, compact):
    text = number(value, unit, style, points=points, compact=compact)
    assert not re.search(r"nan|inf|None", text, re.IGNORECASE)
    assert not text.startswith("-") or re.search(r"[1-9]", text)
    assert ("-" in text) <= (value < 0)


@given(st.floats(0.01, 1e12), units, styles, st.booleans())
def test_a_negative_number_is_the_positive_with_a_sign(value, unit, style, compact):
    assume("under" not in number(value, unit, style, compact=compact))
    positive, negative = number(value, unit, style, compact=compact), number(-value, unit, style, compact=compact)
    assert negative == (f"-{positive}" if re.search(r"[1-9]", positive) else positive)


@given(st.floats(0, 1e12), styles)
def test_compact_money_stays_within_five_hundredths_and_is_short(value, style):
    text = money(value, style, compact=True)
    digits = re.sub(r"[^0-9.]", "", text.replace(style.thousands, "").replace(style.decimal, "."))
    size = float(digits) * {"k": 1e3, "M": 1e6, "B": 1e9}.get(text[-1], 1)
    assert abs(size - value) <= 0.0505 * max(value, 10)
    assert len(text) <= 10


@given(finite, styles)
def test_money_reads_back_within_its_rounding(value, style):
    digits = re.sub(r"[^0-9.-]", "", money(value, style).replace(style.thousands, "").replace(style.decimal, "."))
    assert float(digits) == pytest.approx(value, abs=0.5)


@pytest.mark.parametrize(
    ("unit", "value", "low", "high", "written"),
    [
        (Unit.PERCENT, 28.96, -71.3, 129.2, "29 % (-71 to 129)"),
        (Unit.PERCENT, 28.96, 27.3, 29.2, "29.0 % (27.3 to 29.2)"),
        (Unit.RATIO, 1.29, 0.29, 2.29, "1.3 (0.3 to 2.3)"),
        (Unit.RATIO, 3.333, 3.0, 3.6, "3.33 (3.00 to 3.60)"),
    ],
)
def test_a_wide_interval_takes_digits_away(unit, value, low, high, written):
    found = Estimate(value, low, high, 80, "", unit)
    assert show(found) == written
    assert written.startswith(value_of(found))
    assert interval(found).removesuffix(" %") in written


def alone(value, unit):
    return Estimate(value, None, None, 12, "counted", unit)


@pytest.mark.parametrize(
    ("results", "texts"),
    [
        ([alone(0.00739, Unit.FRACTION), alone(0.00727, Unit.FRACTION), alone(0.00702, Unit.FRACTION)], ("0.74 %", "0.73 %", "0.70 %")),
        ([alone(0.00739, Unit.FRACTION), alone(0.00736, Unit.FRACTION), None], ("0.739 %", "0.736 %", "")),
        ([alone(0.152, Unit.FRACTION), alone(0.149, Unit.FRACTION), Absent("none")], ("15.2 %", "14.9 %", "")),
        ([alone(2_514_000, Unit.MONEY), alone(2_502_150, Unit.MONEY), None], ("$2,514,000", "$2,502,150", "")),
        ([alone(2_514_000, Unit.MONEY), alone(2_402_150, Unit.MONEY), None], ("$2.5M", "$2.4M", "")),
        ([alone(0.5, Unit.FRACTION), alone(0.5, Unit.FRACTION)], ("50.0 %", "50.0 %")),
        ([estimate(0.6412, 0.60, 0.68, Unit.FRACTION), estimate(0.6409, 0.60, 0.68, Unit.FRACTION)], ("64.1 %", "64.1 %")),
        ([estimate(0.6412, 0.6405, 0.6419, Unit.FRACTION), estimate(0.6409, 0.6402, 0.6416, Unit.FRACTION)], ("64.12 %", "64.09 %")),
    ],
)
def test_figures_beside_each_other_have_the_same_digits_and_enough_of_them(results, texts):
    assert compared(results, compact=True) == texts


def test_money_that_is_not_to_be_short_is_written_in_full():
    assert compared([alone(2_514_000, Unit.MONEY_PER_MONTH)]) == ("$2,514,000 a month",)
