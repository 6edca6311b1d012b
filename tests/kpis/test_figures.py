import datetime as dt
import types

import pytest

from roi_core.kpis import About, Asked, Books, breakdown, figures
from roi_core.kpis.behind import count, page, pages, to_take
from roi_core.kpis.choice import five, planned, ten, where_you_are
from roi_core.kpis.figures import Figure, of_rows, whole
from roi_core.kpis.periods import WHOLE, Window, before, called, within, year_ago
from roi_core.kpis.words import earlier, finding, table, what_moved, written
from roi_core.metrics import METRICS, Calendar, Part, connect
from roi_core.results import Absent, Estimate
from roi_core.sentences import say
from roi_core.show import DEFAULT
from roi_core.units import Unit
from tests.metrics.company import company

JAN = 2025 * 12
USUAL = Calendar()
FCR = METRICS["first_contact_resolution"]


def about(outcome="churn"):
    window = Window(JAN, JAN + 7, Window(JAN, JAN + 7, 0).end_s)
    return About(window, outcome, ("tickets",), {}, (), types.MappingProxyType({1: "k1"}), ())


@pytest.fixture(scope="module")
def books():
    opened = Books(connect(company()), about())
    yield opened
    opened.close()


def estimate(value, half, unit=Unit.FRACTION):
    return Estimate(value, value - half, value + half, 50, "delta method", unit)


def test_a_period_is_whole_only_inside_of_what_the_files_cover():
    window = Window(JAN + 1, JAN + 8, Window(JAN, JAN + 8, 0).end_s)
    assert not window.holds("month", JAN)
    assert window.holds("month", JAN + 8)
    assert not window.holds("month", JAN + 9)
    assert not window.holds("quarter", JAN)
    assert window.holds("quarter", JAN + 3)
    assert not window.holds("quarter", JAN + 9)
    assert not window.holds("year", JAN)
    first = (dt.date(2025, 2, 1) - dt.date(1970, 1, 1)).days
    assert not window.holds("day", first - 1)
    assert window.holds("day", first)
    last = (dt.date(2025, 9, 30) - dt.date(1970, 1, 1)).days
    assert window.holds("week", last - 6)
    assert not window.holds("week", last - 5)


@pytest.mark.parametrize(
    ("period", "at", "name"),
    [("month", JAN + 2, "Mar 2025"), ("quarter", JAN + 3, "Q2 2025"), ("year", JAN, "2025"), ("fiscal_year", JAN + 3, "year from Apr 2025"),
     ("day", 20_089, "2025-01-01")],
)  # fmt: skip
def test_a_period_is_called_as_a_reader_calls_it(period, at, name):
    assert called(period, at, DEFAULT) == name


def test_a_week_stands_beside_the_same_weekdays_of_last_year_and_a_year_beside_the_one_before():
    assert (before("week", 700), year_ago("week", 700)) == (693, 336)
    assert (before("quarter", JAN), year_ago("quarter", JAN)) == (JAN - 3, JAN - 12)
    assert (before("year", JAN), year_ago("year", JAN)) == (JAN - 12, None)


def test_a_figure_is_that_of_its_last_whole_month_and_its_rows_recount_to_it(books):
    (figure,) = figures(books, [FCR], "month", USUAL)
    assert figure.at is not None
    assert figure.at <= JAN + 7
    again = of_rows(books, [FCR], within("month", figure.at), USUAL)[FCR.key]
    assert isinstance(figure.now, Estimate)
    assert again == figure.now
    asked = Asked(FCR, within("month", figure.at), USUAL)
    assert again.counted is not None
    assert count(books, asked, None) == again.counted.bottom
    rows = to_take(books, asked, None)
    assert sum(rows.column("Meets it (numerator)").to_pylist()) == again.counted.top
    assert sum(rows.column("Counted (denominator)").to_pylist()) == again.counted.bottom
    assert dict(figure.series).get(figure.at - 1) == figure.before


def test_pages_hold_every_row_once_and_a_search_those_with_all_its_words(books):
    asked = Asked(METRICS["contacts"], {}, USUAL)
    rows = count(books, asked, None)
    seen = [row for number in range(1, pages(rows) + 1) for row in page(books, asked, number, None).to_pylist()]
    assert len(seen) == rows
    channel = next(row["Channel"] for row in seen if row["Channel"])
    found = Asked(METRICS["contacts"], {}, USUAL, Part.ALL, channel.upper())
    wanted = [row for row in seen if any(channel.lower() in str(cell).lower() for name, cell in row.items() if name != "Counted (denominator)")]
    assert 0 < count(books, found, None) == len(wanted) < rows
    assert count(books, Asked(METRICS["contacts"], {}, USUAL, Part.ALL, "%"), None) == 0


def test_a_breakdown_two_ways_adds_up_or_says_why_not(books):
    found = breakdown(books, METRICS["contacts"], ("channel", "priority"), {}, USUAL)
    assert found.parts.adds_up
    assert sum(result.value for _, result in found.groups) == found.whole.value
    assert breakdown(books, FCR, ("channel",), {}, USUAL).parts.adds_up is None
    assert isinstance(breakdown(books, METRICS["cost_per_contact"], ("channel",), {}, USUAL), Absent)


def test_what_is_not_known_by_day_is_told_by_month_and_all_of_the_files_as_one(books):
    cost, fcr = figures(books, [METRICS["cost_per_contact"], FCR], "day", USUAL)
    assert (cost.period, fcr.period) == ("month", "day")
    (one,) = figures(books, [FCR], WHOLE, USUAL)
    assert (one.at, one.before, one.now) == (None, None, whole(books, [FCR])[FCR.key])


def test_months_of_those_who_began_in_them_are_not_held_against_each_other(books):
    """Who bought first in June had less time to spend than who did in March; 90 days are the same for both."""
    spent, again = figures(books, [METRICS["spend_per_buyer"], METRICS["repeat_purchase_90d"]], "month", USUAL)
    assert isinstance(spent.now, Estimate)
    assert len(spent.series) > 1
    assert (spent.before, spent.year_ago, spent.moved) == (None, None, 0)
    assert earlier(spent, DEFAULT) == say("kpi.of_beginners")
    assert earlier(again, DEFAULT) != say("kpi.of_beginners")
    (row,) = table([spent], {}, DEFAULT).to_pylist()
    assert row[say("kpi.head_before")] == row[say("kpi.head_year_ago")] == ""


def test_moved_is_said_only_where_the_intervals_do_not_meet():
    still = Figure(FCR, "month", JAN, estimate(0.70, 0.05), estimate(0.61, 0.05))
    up = Figure(FCR, "month", JAN, estimate(0.70, 0.04), estimate(0.61, 0.04))
    assert (still.moved, up.moved, up.is_better) == (0, 1, True)
    assert finding([still, up], DEFAULT) == "1 of 2 key figures moved beyond its doubt (Jan 2025)"
    assert "First-contact resolution rose to 70.0 % (66.0 to 74.0), from 61.0 % (57.0 to 65.0): better." in what_moved([still, up], DEFAULT)


def test_what_stood_before_is_written_with_the_digits_of_what_stands_now():
    now, then = (Estimate(value, None, None, 12, "sum", Unit.MONEY_PER_MONTH) for value in (2_514_000, 2_502_150))
    figure = Figure(METRICS["monthly_revenue"], "month", JAN + 2, now, then)
    assert written(figure, DEFAULT, compact=True) == ("$2,514,000 a month", "$2,502,150 a month", "")
    assert earlier(figure, DEFAULT, compact=True) == "Feb 2025: $2,502,150 a month · Mar 2024: not in these files"


def test_the_first_five_and_ten_go_with_the_business_and_the_plan_is_ticked_from_the_files(books):
    assert [metric.key for metric in five(about("no_order"))] == [
        "first_response_minutes", "csat_satisfied", "first_contact_resolution", "repeat_purchase_90d", "cost_to_orders",
    ]  # fmt: skip
    assert "contract_renewal" in [metric.key for metric in five(about("not_renewed"))]
    assert len(ten(about())) == 10
    shop, paid_monthly = ({metric.key for metric in planned(about(outcome))} for outcome in ("no_order", "churn"))
    assert shop - paid_monthly == {"repeat_purchase_90d", "cost_to_orders", "orders_per_buyer", "average_order_value"}
    assert paid_monthly - shop == {"monthly_retention", "cost_to_revenue", "net_revenue_retention", "expansion_share"}
    steps = where_you_are(about(), whole(books, planned(about())))
    assert [step.key for step in steps] == ["month_1", "months_2_3", "months_4_6"]
    nothing = where_you_are(about(), {})
    assert not any(done for step in nothing for _, done in step.done)
    assert all(step.missing for step in nothing)


def test_where_nobody_leaves_leavers_are_no_figure():
    shop = Books(connect({}), about("no_order"))
    found = whole(shop, [METRICS[key] for key in ("monthly_churn", "cost_to_revenue", "net_revenue_retention")])
    assert found["monthly_churn"] == Absent(say("business.nobody_leaves"))
    assert found["cost_to_revenue"] == Absent(say("business.nothing_recurs"), say("business.nothing_recurs_next")), "no subscriptions are asked of a shop"
    assert found["net_revenue_retention"].reason == say("business.nothing_recurs")
    shop.close()
