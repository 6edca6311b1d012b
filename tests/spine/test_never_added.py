"""Money that must not be added: of other currencies, of a corrected sheet, of a payment beside its invoice, of one number in two systems."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from roi_core.ingest import Intake, take_in
from roi_core.measurement import measure_workspace
from roi_core.spine import Facts, build_facts
from roi_core.workspace import Workspace

pytestmark = pytest.mark.usefixtures("read_here")

CUSTOMERS = "customer_id,company,email,started_at\n" + "".join(f"c{i},Comp{i} Ltd,u{i}@comp{i}.example,2024-01-0{i}\n" for i in range(1, 5))
BILLING = "id,Email,Name,Created (UTC),Total Spend\n" + "".join(f"cus_{i},u{i}@comp{i}.example,Comp{i},2024-01-02 10:00,100\n" for i in range(1, 5))
TICKETS = "ticket_id,created_at,email,subject,status\n1,2025-06-01,u1@comp1.example,help,closed\n2,2025-07-02,u2@comp2.example,help,closed\n"
BARE = "invoice_id,customer_id,issued_at,amount,status\n"
INVOICES = "invoice_id,customer_id,issued_at,amount,currency,status\n" + "".join(f"{i},c{i},2025-02-10,100,EUR,paid\n" for i in range(1, 5))
COSTS = "month,component,amount,currency\n"
UNIFIED = "id,Created date (UTC),Amount,Amount Refunded,Currency,Converted Amount,Converted Amount Refunded,Converted Currency,Status,Customer ID,Invoice ID\n"
OLDER = "id,Description,Created (UTC),Amount,Amount Refunded,Currency,Status,Customer ID\n"
STRIPE_INVOICES = "id,Customer,Customer Email,Subscription,Status,Currency,Total,Date (UTC),Finalized At (UTC)\n" + "".join(
    f"in_{i},cus_{i},u{i}@comp{i}.example,s{i},paid,eur,100.00,2025-02-10 10:00,2025-02-10 10:00\n" for i in range(1, 5)
)
SHOP = "Name,Email,Financial Status,Created at,Currency,Total,Refunded Amount,Lineitem quantity,Lineitem name,Id\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.temporary(tmp_path) as made:
        yield made


def loaded(workspace: Workspace, customers: str = CUSTOMERS, **files: str) -> tuple[Facts, Intake]:
    texts = {"customers": customers, "tickets": TICKETS} | files
    intake = take_in([(f"{name}.csv", text.encode()) for name, text in texts.items()], workspace)
    return build_facts(workspace.tables()), intake


def said(intake: Intake, file: str) -> str:
    return "\n".join(note for report in intake.files if report.file == f"{file}.csv" for note in report.notes)


def by_month(facts: Facts) -> Mapping[str, float]:
    return {f"{row.month % 12 + 1} {row.component}": row.amount for row in facts.costs}


@pytest.mark.parametrize(("currencies", "why"), [(("GBP", "JPY"), "several currencies (GBP, JPY)"), (("GBP",), "is in GBP, revenue in EUR")])
def test_costs_of_other_currencies_are_left_out_with_the_reason(currencies: tuple[str, ...], why: str, workspace: Workspace) -> None:
    facts, _ = loaded(workspace, inv=INVOICES, costs=COSTS + "".join(f"2025-01,salaries,5000,{code}\n" for code in currencies))
    assert facts.costs == ()
    assert why in facts.costs_left_out
    assert facts.costs_left_out in measure_workspace(workspace).notes


@pytest.mark.parametrize("currency", ["EUR", ""])
def test_costs_in_the_currency_of_revenue_or_in_none_count(currency: str, workspace: Workspace) -> None:
    facts, _ = loaded(workspace, inv=INVOICES, costs=COSTS + f"2025-01,salaries,5000,{currency}\n")
    assert (by_month(facts), facts.costs_left_out) == ({"1 salaries": 5000.0}, "")


def test_a_corrected_cost_sheet_stands_in_for_the_one_before_and_asks(workspace: Workspace) -> None:
    second = COSTS + "2025-01,salaries,5200,EUR\n2025-02,salaries,5300,EUR\n2025-01,software,10,EUR\n"
    facts, intake = loaded(workspace, inv=INVOICES, a=COSTS + "2025-01,salaries,5000,EUR\n2025-03,salaries,7,EUR\n", b=second)
    assert by_month(facts) == {"1 salaries": 5200.0, "1 software": 10.0, "2 salaries": 5300.0, "3 salaries": 7.0}
    assert 'ask: lines of costs (month, component and team) that stand in another file too: 1 ("a.csv" 1)' in said(intake, "b")


def test_cost_sheets_of_two_teams_add_up(workspace: Workspace) -> None:
    head = COSTS.replace("currency", "currency,team")
    facts, intake = loaded(workspace, inv=INVOICES, a=head + "2025-01,salaries,5,EUR,north\n", b=head + "2025-01,salaries,6,EUR,south\n")
    assert by_month(facts) == {"1 salaries": 11.0}
    assert "another file" not in said(intake, "b")


def test_a_total_line_inside_a_cost_sheet_is_no_cost(workspace: Workspace) -> None:
    facts, intake = loaded(workspace, costs="month,component,amount\n2025-01,salaries,100\n2025-01,software,50\n2025-01,total,150\n2025-01,Total Q1,999\n")
    assert by_month(facts) == {"1 salaries": 100.0, "1 software": 50.0}
    (report,) = (report for report in intake.files if report.file == "costs.csv")
    assert report.rows is not None
    assert (report.rows.loaded, report.rows.quarantined) == (2, 2)


def test_a_cost_sheet_of_totals_alone_is_the_cost(workspace: Workspace) -> None:
    facts, _ = loaded(workspace, costs="month,component,amount\n2025-01,total,150\n2025-02,total,160\n")
    assert by_month(facts) == {"1 other": 150.0, "2 other": 160.0}


def test_a_payment_that_names_no_invoice_is_not_counted_beside_it(workspace: Workspace) -> None:
    paid = OLDER + "".join(f"ch_{i},Subscription update,2025-02-11 10:01,100.00,{i}.00,eur,Paid,cus_{i}\n" for i in range(1, 5))
    facts, intake = loaded(workspace, BILLING, invoices=STRIPE_INVOICES, payments=paid + "ch_9,Setup,2025-02-11 10:02,100.00,0.00,eur,Paid,cus_1\n")
    assert facts.linkage.revenue.total == 500.0 - 10.0, "four invoices less what was paid back, and one payment beside them"
    assert "ask: payments that name no invoice: 5" in said(intake, "payments")


def test_payments_that_name_their_invoice_are_that_invoice(workspace: Workspace) -> None:
    paid = UNIFIED + "".join(f"ch_{i}{k},2025-02-1{k} 10:01:00,50,0.00,eur,50,0.00,eur,Paid,cus_{i},in_{i}\n" for i in range(1, 5) for k in (1, 2))
    assert loaded(workspace, BILLING, invoices=STRIPE_INVOICES, payments=paid)[0].linkage.revenue.total == 400.0


@pytest.mark.parametrize(("second", "total"), [("Paid", 400.0), ("Failed", 200.0)])
def test_part_payments_add_up_and_a_failed_retry_beats_nothing(second: str, total: float, workspace: Workspace) -> None:
    tries = ((1, "Paid"), (2, second))
    paid = UNIFIED + "".join(f"ch_{i}{k},2025-02-1{k} 10:01:00,50,0.00,eur,50,0.00,eur,{s},cus_{i},in_{i}\n" for i in range(1, 5) for k, s in tries)
    assert loaded(workspace, BILLING, payments=paid)[0].linkage.revenue.total == total


def test_two_helpdesks_with_the_same_numbers_keep_all_their_tickets_and_ask(workspace: Workspace) -> None:
    other = TICKETS.replace("2025-06", "2025-03").replace("2025-07", "2025-04")
    facts, intake = loaded(workspace, brand=other)
    assert facts.linkage.tickets == 4
    assert "ask: tickets with the same ids all began at another time or are of another customer: the files are read as of two systems" in said(intake, "brand")
    (report,) = (report for report in intake.files if report.file == "brand.csv")
    assert [(question["key"], question["best"]) for question in report.questions] == [("systems", "two")]


def test_the_answer_that_it_is_one_system_makes_one_ticket_of_an_id(workspace: Workspace) -> None:
    loaded(workspace, brand=TICKETS.replace("2025-06", "2025-03").replace("2025-07", "2025-04"))
    again = take_in([("brand.csv", TICKETS.replace("2025-06", "2025-03").replace("2025-07", "2025-04").encode())], workspace, _answer("brand.csv", "one"))
    assert build_facts(workspace.tables()).linkage.tickets == 2
    assert again.files[0].questions == ()


def _answer(file: str, answer: str) -> Mapping[str, object]:
    return {"files": {file: {"answers": {"systems": answer}}}}


def test_a_later_state_of_the_same_tickets_is_one_system(workspace: Workspace) -> None:
    assert loaded(workspace, later=TICKETS.replace("closed", "open"))[0].linkage.tickets == 2


def test_dates_of_which_one_file_was_read_the_other_way_round_are_of_one_system(workspace: Workspace) -> None:
    assert loaded(workspace, later=TICKETS.replace("2025-06-01", "2025-01-06").replace("2025-07-02", "2025-02-07"))[0].linkage.tickets == 2


def _orders(days: str, total: int, first: int) -> str:
    buyers = {i: i if first == 0 else 5 - i for i in range(1, 5)}
    return "".join(f"#100{i},u{n}@comp{n}.example,paid,2025-{days} 10:00:00 +0000,EUR,{total},0.00,1,Hat,{first + i}\n" for i, n in buyers.items())


def test_two_shops_with_the_same_numbers_keep_all_their_orders(workspace: Workspace) -> None:
    assert loaded(workspace, eu=SHOP + _orders("02-10", 100, 0), uk=SHOP + _orders("03-10", 300, 50))[0].linkage.revenue.total == 1600.0


def test_two_shops_in_one_file_keep_all_their_orders(workspace: Workspace) -> None:
    further = "".join(f"#100{i},u{i}@comp{i}.example,,,,,,2,Cap,\n" for i in range(1, 5))
    facts, intake = loaded(workspace, shops=SHOP + _orders("02-10", 100, 0) + further + _orders("03-10", 300, 50))
    assert facts.linkage.revenue.total == 1600.0
    assert "one for each further item: 4" in said(intake, "shops")


MIXED = {
    "orders": SHOP + "".join(f"#1{i},u{i}@comp{i}.example,paid,2025-02-10 10:00:00 +0000,{code},100,0,1,Hat,{i}\n" for i, code in ((1, "JPY"), (2, "EUR"))),
    "subs": "subscription_id,customer_id,started_at,ended_at,mrr,currency\n1,c1,2024-01-01,,10,EUR\n2,c2,2024-01-01,,1500,JPY\n",
    "inv": BARE + "1,c1,2025-02-10,€100,paid\n2,c2,2025-02-10,$100,paid\n",
}


@pytest.mark.parametrize("name", MIXED)
def test_revenue_of_several_currencies_has_no_sum(name: str, workspace: Workspace) -> None:
    facts, _ = loaded(workspace, **{name: MIXED[name]})
    assert (facts.linkage.revenue.rows, facts.linkage.revenue.total, facts.linkage.revenue.wrote) == (2, None, None)
    assert facts.currency is None


def test_a_sign_of_money_in_each_file_is_its_currency(workspace: Workspace) -> None:
    facts, intake = loaded(workspace, eu=BARE + "1,c1,2025-02-10,€100,paid\n", us=BARE + "2,c2,2025-02-10,$100,paid\n")
    assert facts.currencies == ("EUR", "USD")
    assert facts.linkage.revenue.total is None
    assert "ask: amount: $ is read as USD" in said(intake, "us")
    assert "is read as" not in said(intake, "eu")


def test_amounts_are_converted_only_where_all_of_them_are(workspace: Workspace) -> None:
    rows = (("jpy", "10000", "90", "eur"), ("usd", "100", "", ""), ("jpy", "10000", "90", "eur"))
    paid = "".join(f"ch_{i},2025-02-11 10:01:00,{a},0,{c},{b},0,{d},Paid,cus_{i},\n" for i, (c, a, b, d) in enumerate(rows, 1))
    facts, intake = loaded(workspace, BILLING, payments=UNIFIED + paid)
    assert facts.linkage.revenue.total is None
    assert "ask: rows with an amount and none in the currency of settlement: 1" in said(intake, "payments")


def test_numbers_of_quickbooks_are_of_their_type(workspace: Workspace) -> None:
    rows = "01/10/2025,Invoice,1001,Comp1,500.00\n01/11/2025,Sales Receipt,1001,Comp2,40.00\n01/12/2025,Credit Memo,1001,Comp1,-10.00\n"
    facts, _ = loaded(workspace, qb="Date,Transaction type,Num,Name,Amount\n" + rows)
    assert facts.linkage.revenue.total == 530.0
