"""A randomised test all the way: a treatment list as a file beside the exports of a company, to effects, ledger, headline and report."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from roi_core.cli import main
from roi_core.cohorts.design import Design, Planned
from roi_core.measured import Measured
from roi_core.measurement import measure
from roi_core.money.kept import coverage
from roi_core.report import About, write_report
from roi_core.results import Absent, Estimate, Grade
from roi_core.valuation import Valued, value

CUSTOMERS, MONTHS = 600, ("2025-01", "2025-02", "2025-03", "2025-04", "2025-05", "2025-06", "2025-07")


DRAWN = np.random.default_rng(20_250_110).permutation(np.arange(CUSTOMERS) < CUSTOMERS // 2)


def is_helped(customer: int) -> bool:
    return bool(DRAWN[customer])


def left_on(customer: int, *, helped: bool) -> str:
    """Of ten customers one leaves who is helped and three who are not, spread over the months after the draw."""
    goes = customer % 10 < (1 if helped else 3)
    return f"{MONTHS[(customer // 10) % 6]}-{11 + customer % 18:02d}" if goes else ""


def exports(arms: Sequence[str] = ("control", "treatment"), email: str = "") -> list[tuple[str, bytes]]:
    """Customers, a treatment list with one stranger a hundred, and a few tickets, as plain tables."""
    people = [f"c{n},c{n}@firm{n}.example,2024-0{1 + n % 9}-05,{left_on(n, helped=is_helped(n))},{20 + n % 30},EUR" for n in range(CUSTOMERS)]
    people += [f"z{n},z{n}@other.example,2024-02-01,2025-07-{11 + n},25,EUR" for n in range(5)] + ["new,new@other.example,2025-07-31,,25,EUR"]
    who = [email.format(n=n) if email else f"c{n}" for n in range(CUSTOMERS)] + [f"stranger{n}" for n in range(6)]
    drawn = [f"{name},{arms[int(is_helped(n % CUSTOMERS))]},2025-01-10" for n, name in enumerate(who)]
    tickets = [f"t{n},c{3 * n},{MONTHS[n % 7]}-0{1 + n % 9} 10:00" for n in range(60)]
    return [
        ("customers.csv", _csv("customer_id,email,started_at,churned_at,mrr,currency", people)),
        ("list.csv", _csv(f"{'email' if email else 'customer_id'},arm,assigned_at", drawn)),
        ("tickets.csv", _csv("ticket_id,customer_id,created_at", tickets)),
    ]


def _csv(head: str, rows: Sequence[str]) -> bytes:
    return "\n".join([head, *rows]).encode()


def leavers(*, helped: bool) -> float:
    """By 10 July, six months after the draw: who leaves on a later day has stayed."""
    days = [left_on(n, helped=helped) for n in range(CUSTOMERS) if is_helped(n) is helped]
    return sum(bool(day) and day < "2025-07-11" for day in days) / len(days)


@pytest.fixture(scope="module")
def measured() -> Measured:
    return measure(exports(), Design(planned=Planned(margin=0.02)))


@pytest.fixture(scope="module")
def valued(measured: Measured) -> Valued:
    return value(measured, {"gross_margin": 0.5, "discount_rate_annual": 0.0})


def test_the_arms_of_the_file_are_compared_as_drawn(measured: Measured) -> None:
    effect = measured.effects["randomised.churn_6m"]
    assert isinstance(effect.result, Estimate)
    assert effect.result.value == pytest.approx(leavers(helped=True) - leavers(helped=False))
    assert effect.result.n == CUSTOMERS
    assert effect.grade is Grade.A
    assert "On the list and nobody in the billing files: 6." in effect.notes[0]
    assert measured.tests == (effect,)
    assert effect not in measured.inside_contacts
    assert measured.drawn["randomised"].funnel[0].customers == CUSTOMERS + 6


def test_money_of_the_test_is_a_line_of_its_own_and_leads_where_nothing_better_does(measured: Measured, valued: Valued) -> None:
    line = valued.ledger.get("randomised")
    revenue = measured.effects["randomised.revenue_6m"].result
    assert isinstance(revenue, Estimate)
    assert isinstance(line.amount, Estimate)
    assert (line.grade, line.word, line.included) == (Grade.A, "Tested", True)
    assert line.amount.value == pytest.approx(revenue.value * 0.5 * CUSTOMERS / 2, rel=1e-6), "margin of one half, half of the customers helped"
    assert line.amount.standard_error == pytest.approx((revenue.standard_error or 0) * 0.5 * CUSTOMERS / 2, rel=0.05)
    assert valued.headline.grade is Grade.A
    assert valued.headline.title.startswith("What was tested kept about ")
    assert "A random half was helped differently." in valued.headline.text
    assert "covers" not in valued.headline.text
    assert "customers were drawn" in valued.headline.rests_on
    assert isinstance(valued.effects["randomised.margin_6m"].result, Estimate)
    assert valued.effects["randomised.margin_6m"].sentence.startswith("Each customer drawn to be helped kept about")


def test_no_return_on_the_cost_of_support_is_stated_from_a_test(measured: Measured) -> None:
    valued = value(measured, {"gross_margin": 0.5, "discount_rate_annual": 0.0, "agents": 2, "cost_per_agent_year": 50_000, "tools_per_year": 1_000})
    assert isinstance(valued.roi.roi_percent, Absent)
    assert "This values what was tested, not support as a whole." in valued.headline.text
    assert isinstance(coverage(measured.streams[-1]), Absent)


def test_arms_that_are_asked_about_wait_and_an_answer_reads_them() -> None:
    files = exports(("red", "blue"))
    waiting = measure(files)
    assert "Which arm went without the help is not known" in waiting.effects["randomised.churn_1m"].sentence
    answered = measure(files, mapping={"files": {"list.csv": {"answers": {"control_arm/arm": "red"}}}})
    assert answered.effects["randomised.churn_6m"].grade is Grade.A


def test_addresses_find_the_same_customers(measured: Measured) -> None:
    by_mail = measure(exports(email="C{n}@FIRM{n}.example"), Design(planned=Planned(margin=0.02)))
    assert by_mail.effects["randomised.churn_6m"].result == measured.effects["randomised.churn_6m"].result


def test_the_default_comparison_stays_as_it_was(measured: Measured) -> None:
    """Without the list the same files say the same, apart from the digest of the files."""
    files = [file for file in exports() if file[0] != "list.csv"]
    without = measure(files, measured.design)
    assert without.tests == ()
    same = [key for key in measured.effects if not key.startswith("randomised")]
    assert {key: measured.effects[key] for key in same} == dict(without.effects)


def test_the_command_line_and_the_report_say_it(tmp_path: Path, valued: Valued) -> None:
    for name, content in exports():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "d.toml").write_text("[test]\nmargin_points = 2\n")
    files = [str(path) for path in sorted(tmp_path.glob("*.csv"))]
    assert main(["analyse", *files, "--design", str(tmp_path / "d.toml"), "--json", str(tmp_path / "out.json")]) == 0
    effect = json.loads((tmp_path / "out.json").read_text())["effects"]["randomised.churn_6m"]
    assert (effect["grade"], effect["grade_word"], effect["estimand"]) == ("A", "Tested", "ATE")
    assert effect["sentence"].endswith("so the margin of 2.0 points is kept as well.")
    assert [rung["key"] for rung in effect["ladder"]] == ["as_drawn", "sharper", "watched"]
    write_report(valued, "cfo", "html", tmp_path / "r.html", about=About("", date(2026, 1, 2)))
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "Tested (A)" in page
    assert "Randomised tests" in page
    assert "Every customer is in one arm alone." in page
    assert "Who was helped differently was drawn at random." in page


@pytest.mark.parametrize(
    ("blanked", "says"),
    [
        ("{who},{arm},", "79.5 % of the helped arm were found among the customers and 98.7 % of the other"),
        ("{who},{arm},soon", "79.5 % of the helped arm were found among the customers and 98.7 % of the other"),
        (",{arm},{day}", "79.5 % of the helped arm were found among the customers and 98.7 % of the other"),
        ("{who},,{day}", "Which arm went without the help is not known. Rows of the list that are broken, have no arm, or one that is not understood: 61."),
        ("{who},{arm},{day},left,twice", "is not known. Rows of the list that are broken, have no arm, or one that is not understood: 61."),
    ],
)
def test_a_list_that_lost_what_it_says_of_some_of_one_arm_is_no_test(blanked: str, says: str) -> None:
    """Every fifth of 300 helped customers and 2 strangers is without a day, an arm or a name, or broken: 240 of 302 are found, and of the others 300 of 304."""
    (people, (name, content), tickets) = exports()
    head, *rows = content.decode().split("\n")
    helped = [row for row in rows if ",treatment," in row]
    lost = set(helped[::5])
    written = [blanked.format(**dict(zip(("who", "arm", "day"), row.split(","), strict=True))) if row in lost else row for row in rows]
    (effect,) = measure([people, (name, "\n".join([head, *written]).encode()), tickets]).tests
    assert isinstance(effect.result, Absent)
    assert says in effect.sentence, effect.sentence


def test_a_margin_that_was_lost_is_said_as_less_and_in_the_currency_of_the_company() -> None:
    turned = value(measure(exports(arms=("treatment", "control")), Design()), {"gross_margin": 0.5, "discount_rate_annual": 0.0})
    margin, paid = turned.effects["randomised.margin_6m"], turned.effects["randomised.revenue_6m"]
    assert isinstance(margin.result, Estimate)
    assert margin.result.value < 0
    assert margin.sentence.startswith("Each customer drawn to be helped brought about €")
    assert " less of margin within 6 months (€" in margin.sentence
    assert "each customer drawn to be helped paid €" in paid.sentence
