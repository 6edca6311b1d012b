import math
from typing import NamedTuple

import pyarrow as pa
import pytest
from scipy.stats import t

from roi_core.metrics import METRICS, TOLD, compute, compute_all, compute_by, connect, measure_all
from roi_core.metrics.interval import few_customers
from roi_core.results import Absent, Counted
from roi_core.sentences import say
from roi_core.units import Unit
from tests.metrics.facts import CONTACTS, DAY, JAN, JAN_S, PERSON_MONTHS, SENT, contact, facts, spine, table


class CostLine(NamedTuple):
    month: int
    component: str
    amount: float


BY_HAND = {
    "contacts": (5, 3),
    "contacts_a_month": (5 / 3, 3),
    "first_contact_resolution": (2 / 3, 2),
    "recontact": (1 / 4, 2),
    "reopened": (1 / 2, 2),
    "first_response_minutes": (30, 3),
    "first_response_minutes_p90": (100, 3),
    "answered": (4 / 5, 3),
    "resolution_hours": (2, 2),
    "csat_satisfied": (2 / 3, 2),
    "csat_mean": (0.75, 2),
    "csat_response_rate": (3 / 5, 3),
    "survey_response_rate": (40 / 160, 160),
    "bot_share": (1 / 5, 3),
    "handle_minutes": (8, 2),
    "active_customers": (2, 2),
    "monthly_churn": (1 / 4, 2),
    "monthly_retention": (3 / 4, 2),
    "contact_rate": (3 / 6, 3),
    "support_cost": (1020, 3),
    "cost_per_contact": (20 / 4, 2),
    "cost_to_revenue": (20 / 80, 2),
}
TEN = [{"customer_no": i, "cluster_no": i, "currency": "USD"} for i in range(10)]


def test_every_metric_counted_by_hand():
    found = compute_all(facts(), metrics=TOLD)
    assert set(found) == {*BY_HAND, "arpa", "monthly_revenue", "revenue"}
    assert [(key, found[key].value, found[key].n) for key in BY_HAND] == [(key, pytest.approx(value), n) for key, (value, n) in BY_HAND.items()]


def test_revenue_that_is_not_known_of_a_tenth_of_the_customers_makes_no_total():
    """Known of both customers in January and February, of one of two in March: of 5 of 6 customer-months in all."""
    by_month = compute_by(METRICS["monthly_revenue"], facts(), by="month")
    assert (by_month[JAN].value, by_month[JAN + 1].value) == (40, 40)
    assert by_month[JAN + 2].reason == say("metric_missing.total", known="50.0 %", metric="Monthly revenue (MRR)")
    assert compute(METRICS["monthly_revenue"], facts()) == by_month[JAN + 2]
    assert "83.3 %" in compute(METRICS["revenue"], facts()).reason
    assert compute(METRICS["revenue"], facts(), where={"month": (JAN, JAN + 1)}).value == 80
    costs = pa.table({"month": pa.array([JAN + 2], pa.int32()), "component": ["salaries"], "amount": [6.0]})
    assert "50.0 %" in compute(METRICS["cost_to_revenue"], facts(costs=costs)).reason
    of_ten = [{"customer_no": i, "month": JAN, "mrr": 10.0 if i else None} for i in range(10)]
    assert compute(METRICS["monthly_revenue"], facts(person_months=table("person_months", of_ten), spine=table("spine", TEN))).value == 90


def test_one_customer_gives_no_mean():
    assert compute(METRICS["arpa"], facts()) == Absent(
        "Too few customers stand behind this number (1); an interval takes at least 2.", "Choose a wider group or a longer period."
    )


def test_those_who_left_are_told_in_the_month_in_which_they_did():
    """Two who started a year before left in February after 12 months, one who started in February left in March; a fourth left before anybody was followed."""
    year = 2_629_800 * 12
    lives = [(JAN_S + 40 * DAY - year, JAN_S + 40 * DAY)] * 2 + [(JAN_S + 35 * DAY, JAN_S + 70 * DAY), (JAN_S - year, JAN_S - 2 * DAY), (JAN_S, None)]
    people = [
        {"customer_no": i, "cluster_no": i, "currency": "USD", "started_s": a, "churned_s": b, "started_month": JAN - 12} for i, (a, b) in enumerate(lives)
    ]
    found = compute_by(METRICS["lifetime_of_leavers"], facts(spine=table("spine", people)), by="month")
    assert (found[JAN + 1].value, found[JAN + 1].n) == (12, 2)
    assert found[JAN + 2] == few_customers(1)
    assert set(found) == {JAN + 1, JAN + 2, None}


STARTS = [0, 31, 59, 90, 120]


def by_months(*counts, day=1, **known):
    """So many contacts on a day of each month from January on."""
    places = [month for month, n in enumerate(counts) for _ in range(n)]
    return table("contacts", [contact(i, 0, month, STARTS[month] + day, **known) for i, month in enumerate(places)])


def test_contacts_a_month_leave_out_the_months_that_files_cut():
    """Customers are known from January to March; the last contact lies on 2 March, so March is cut."""
    found = compute(METRICS["contacts_a_month"], facts(contacts=by_months(3, 5, 1)))
    # mean 4 of (3, 5); variance 2, two months: standard error 1
    assert (found.value, found.n, found.method) == (4, 2, "delta method over months")
    assert (found.low, found.high - 4) == (0, pytest.approx(12.7062047)), "t with one degree of freedom; there are no fewer than no contacts"


def test_contacts_a_month_take_a_month_that_ends_within_three_days_and_one_in_which_nobody_wrote():
    """The last contact lies on 29 March, of which 31 are there; in February nobody wrote."""
    to_the_end = pa.concat_tables([by_months(3, 0, 2), table("contacts", [contact(9, 1, 2, STARTS[2] + 28)])])
    assert (found := compute(METRICS["contacts_a_month"], facts(contacts=to_the_end))).value == (3 + 0 + 3) / 3
    assert found.n == 3


def test_contacts_of_one_month_are_a_total_without_an_interval():
    found = compute_by(METRICS["contacts_a_month"], facts(contacts=by_months(3, 5, 1)), by="month")
    assert {month - JAN: (one.value, one.low, one.n) for month, one in found.items()} == {0: (3, None, 1), 1: (5, None, 1)}


def test_tickets_alone_tell_contacts_of_the_months_between_the_first_and_the_last():
    found = measure_all(spine(), None, by_months(2, 3, 5, 1))["contacts_a_month"]
    assert (found.value, found.n) == (4, 2)
    assert measure_all(spine(), None, by_months(2, 3))["contacts_a_month"].reason == say("metric_missing.contact_months_known")


def test_contacts_of_an_agent_leave_out_those_of_a_bot_and_take_the_months_of_contacts():
    """Ann has 3 and 5 contacts in January and February, Bea 1 and 1; March is cut, and the bot answered 4."""
    rows = [*by_months(3, 5, 1, agent="ann").to_pylist(), *by_months(1, 1, agent="bea").to_pylist(), *by_months(2, 2, agent="b", handled_by="bot").to_pylist()]
    con = facts(contacts=table("contacts", [row | {"ticket_no": i} for i, row in enumerate(rows)]))
    found = compute(METRICS["contacts_per_agent"], con)
    assert (found.value, found.n) == ((3 + 5 + 1 + 1) / 4, 2)


def test_a_number_carries_what_it_was_counted_from():
    found = compute_all(facts())
    assert found["first_contact_resolution"].counted == Counted(2, 3, JAN, JAN + 1)
    assert found["csat_mean"].counted == Counted(2.25, 3, JAN, JAN + 1)
    assert found["first_response_minutes"].counted == Counted(None, 4, JAN, JAN + 2)
    assert found["contacts"].counted == Counted(None, 5, JAN, JAN + 2)
    assert found["cost_per_contact"].counted == Counted(20, 4, JAN, JAN + 1)
    assert found["active_customers"].counted == Counted(None, 2, JAN + 2, JAN + 2)


def test_tickets_and_costs_alone_give_the_cost_of_a_contact_in_whole_months():
    costs = [CostLine(JAN + month, "salaries", 10.0) for month in range(4)]
    found = measure_all(spine(), None, by_months(1, 2, 2, 1), costs)
    assert (found["cost_per_contact"].value, found["support_cost"].value) == (20 / 4, 40)
    assert isinstance(found["contact_rate"], Absent)


def test_interval_of_a_share_is_the_delta_method_over_customers_on_the_log_odds():
    found = compute(METRICS["csat_response_rate"], facts())
    # customers (scored, contacts): (2, 2), (1, 2), (0, 1); r = 3/5; residuals 0.8, -0.2, -0.6; variance 3/2 * 1.04 / 25
    # of sizes 2, 2, 1 they count as 25 / 9 of one size
    reach = t.ppf(0.975, 25 / 9 - 1) * (1.5 * 1.04) ** 0.5 / 5
    far = math.exp(reach / (0.6 * 0.4))
    assert (found.value, found.low, found.high) == (0.6, pytest.approx(1.5 / far / (1 + 1.5 / far)), pytest.approx(1.5 * far / (1 + 1.5 * far)))
    assert 0.6 + reach > 1 > found.high
    assert (found.n, found.method, found.unit) == (3, "delta method over customers", Unit.FRACTION)


def test_limits_of_the_mean_of_a_scale_lie_on_the_scale():
    contacts = table("contacts", [row | {"csat": 0.5 if row["customer_no"] == 1 else 1.0} for row in CONTACTS])
    found = compute(METRICS["csat_mean"], facts(contacts=contacts))
    assert 0 < found.low < found.value < found.high < 1


def test_all_or_none_is_not_certain():
    contacts = table("contacts", [row | {"csat": 1.0} for row in CONTACTS])
    found = compute(METRICS["csat_satisfied"], facts(contacts=contacts))
    assert (found.value, found.high, found.n) == (1.0, 1.0, 3)
    assert found.low == pytest.approx(0.4385, abs=1e-4)  # Wilson 3/3


@pytest.mark.parametrize(
    ("key", "by", "expected"),
    [
        ("contacts", "month", {JAN: 2, JAN + 1: 2, JAN + 2: 1}),
        ("contacts", "channel", {"mail": 2, "chat": 2, None: 1}),
        ("contacts", "segment", {"small": 4, "large": 1}),
        ("active_customers", "month", {JAN: 2, JAN + 1: 2, JAN + 2: 2}),
        ("active_customers", "segment", {"small": 1, "large": 1}),
        ("support_cost", "month", {JAN: 8, JAN + 1: 12, JAN + 9: 1000}),
        ("cost_per_contact", "month", {JAN: 4, JAN + 1: 6}),
        ("cost_to_revenue", "month", {JAN: 0.2, JAN + 1: 0.3}),
    ],
)
def test_groups_counted_by_hand(key, by, expected):
    assert {group: result.value for group, result in compute_by(METRICS[key], facts(), by=by).items()} == pytest.approx(expected)


def test_median_by_group_and_a_group_of_one_customer():
    found = compute_by(METRICS["first_response_minutes"], facts(), by="segment")
    assert found["small"].value == 20
    assert found["small"].low <= 20 <= found["small"].high
    assert isinstance(found["large"], Absent)


def test_filters_and_the_last_month_that_they_leave():
    con = facts()
    assert compute(METRICS["contacts"], con, where={"channel": ("mail",)}).value == 2
    assert compute(METRICS["contacts"], con, where={"channel": ()}).value == 5
    assert compute(METRICS["active_customers"], con, where={"month": (JAN, JAN + 1)}).value == 2
    assert compute(METRICS["monthly_revenue"], con, where={"month": (JAN, JAN + 1)}).value == 40
    assert compute(METRICS["cost_per_contact"], con, where={"month": (JAN,)}).value == 4


@pytest.mark.parametrize(("key", "where"), [("contacts", {"channel": ("fax",)}), ("monthly_revenue", {"month": (1,)}), ("cost_per_contact", {"month": (1,)})])
def test_a_filter_that_leaves_nothing_says_so(key, where):
    assert isinstance(compute(METRICS[key], facts(), where=where), Absent)


def test_a_split_that_is_not_known_says_so():
    found = compute_by(METRICS["monthly_churn"], facts(), by="channel")
    assert found == Absent("Customers lost a month is not known by channel.", "Take that filter or grouping away.")
    assert isinstance(compute_by(METRICS["cost_per_contact"], facts(), by="team"), Absent)


def test_what_the_files_do_not_show_is_absent_and_never_zero():
    bare = table("contacts", [{k: row[k] for k in ("ticket_no", "customer_no", "month", "created_s")} | {"replied": False} for row in CONTACTS])
    found = compute_all(facts(contacts=bare), metrics=TOLD)
    absent = {key for key, result in found.items() if isinstance(result, Absent)}
    assert absent == {
        "first_contact_resolution", "recontact", "first_response_minutes", "first_response_minutes_p90", "answered", "resolution_hours",
        "csat_satisfied", "csat_mean", "csat_response_rate", "bot_share", "handle_minutes", "arpa", "reopened",
        "monthly_revenue", "revenue",
    }  # fmt: skip
    assert all(result.reason and result.next_step for result in found.values() if isinstance(result, Absent))


def test_surveys_that_were_sent_have_a_rate_by_wilson_and_without_them_none():
    found = compute(METRICS["survey_response_rate"], facts())
    assert (round(found.low, 4), round(found.high, 4)) == (0.1893, 0.3224), "statsmodels 0.15, proportion_confint(40, 160, method='wilson')"
    assert found.counted == Counted(40, 160, JAN, JAN + 3)
    assert compute(METRICS["survey_response_rate"], facts(surveys_sent=SENT.slice(0, 0))).reason == say("metric_missing.surveys_sent")


def test_without_any_table_every_metric_is_absent():
    assert all(isinstance(result, Absent) for result in compute_all(connect({})).values())


def test_a_filter_value_is_only_a_value():
    assert isinstance(compute(METRICS["contacts"], facts(), where={"channel": ("mail' OR 'a' = 'a",)}), Absent)


def test_currencies_are_not_added_up():
    found = compute_all(facts(spine=spine(currency="EUR")))
    assert "EUR, USD" in found["monthly_revenue"].reason
    assert isinstance(found["cost_per_contact"], Absent)
    assert found["contacts"].value == 5
    for key in ("net_revenue_retention", "gross_revenue_retention", "expansion_share", "cost_to_revenue"):
        assert "EUR, USD" in found[key].reason, "a fraction of money is one of several currencies too"
        assert found[key].next_step == say("metric_next.one_currency")


def test_a_company_s_tables_give_every_metric():
    costs = [CostLine(JAN, "salaries", 8.0), CostLine(JAN + 1, "salaries", 12.0), CostLine(JAN + 9, "software", 1000.0)]
    found = measure_all(spine(), table("person_months", PERSON_MONTHS), table("contacts", CONTACTS), costs, SENT)
    assert found == compute_all(facts(), metrics=TOLD)


def test_tickets_alone_ask_for_the_customers_not_for_a_longer_period():
    found = measure_all(spine(), None, table("contacts", CONTACTS))
    assert {found[key].next_step for key in ("monthly_churn", "monthly_retention", "active_customers")} == {say("metric_next.customers")}
