"""What support costs by the answers, where no cost sheet says it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from roi_core.assumptions import Assumptions
from roi_core.ingest import take_in
from roi_core.kpis import books_of, figures, open_books
from roi_core.kpis.answered import answers_of, cost_rows
from roi_core.kpis.periods import Window
from roi_core.kpis.words import of_costs
from roi_core.metrics import METRICS, Calendar
from roi_core.results import Absent, Estimate
from roi_core.sentences import say
from roi_core.workspace import Workspace

pytestmark = pytest.mark.usefixtures("read_here")

JAN = 2025 * 12
ANSWERS = (3.0, 60_000.0, 10_000.0)
"""190,000 a year."""
KEYS = ("support_cost", "cost_per_contact", "cost_training", "hidden_cost_share")


def tickets() -> str:
    """19 tickets in each of January to May 2025."""
    lines = ["ticket_id,customer_id,created_at"]
    lines += [f"t{month}-{day},c{day % 5},2025-{month:02d}-{day:02d} 09:00:00" for month in range(1, 6) for day in range(2, 21)]
    return "\n".join(lines)


def customers() -> str:
    return "\n".join(["customer_id,started_at,churned_at,mrr", *(f"c{n},2024-01-15,,100" for n in range(5))])


def csv(name: str, text: str) -> tuple[str, bytes]:
    return name, text.encode()


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.temporary(tmp_path) as made:
        yield made


def test_answers_are_a_twelfth_of_the_year_in_each_month():
    rows = [(row.month, row.component, row.amount) for row in cost_rows((3.0, 60_000.0, 12_000.0), Window(JAN, JAN + 1, 0))]
    assert rows == [(JAN, "salaries", 15_000.0), (JAN, "software", 1_000.0), (JAN + 1, "salaries", 15_000.0), (JAN + 1, "software", 1_000.0)]


def test_one_open_question_is_no_answer():
    answers = {"agents": 3, "cost_per_agent_year": 60_000}
    assert answers_of(Assumptions.of(answers)) is None
    assert answers_of(Assumptions.of({**answers, "tools_per_year": 10_000})) == ANSWERS


def shown(workspace: Workspace, answers, outcome="followed"):
    with closing(open_books(workspace, answers)) as books:
        assert bool(books.about.customers) is (outcome == "followed")
        found = figures(books, [METRICS[key] for key in KEYS], "month", Calendar())
        return {figure.metric.key: (figure.now, of_costs(figure, books.about)) for figure in found}


def test_answers_feed_the_cost_and_what_follows_from_it_and_are_called_assumed(workspace: Workspace):
    take_in([csv("tickets.csv", tickets()), csv("customers.csv", customers())], workspace)
    found = shown(workspace, ANSWERS)
    (cost, said), (each, _) = found["support_cost"], found["cost_per_contact"]
    assert isinstance(cost, Estimate)
    assert isinstance(each, Estimate)
    assert cost.value == pytest.approx(190_000 / 12)
    assert each.value == pytest.approx(190_000 / 12 / 19)
    assert said == say("kpi.costs_assumed")
    for part in ("cost_training", "hidden_cost_share"):
        assert isinstance(found[part][0], Absent)
        assert found[part][1] == ""


def test_where_answers_are_open_they_are_asked_for_only_by_what_they_would_give(workspace: Workspace):
    take_in([csv("tickets.csv", tickets()), csv("customers.csv", customers())], workspace)
    found = shown(workspace, None)
    assert all(isinstance(result, Absent) and "questions" not in result.next_step for result, _ in found.values())
    asked = say("kpi.costs_asked")
    assert {key: said for key, (_, said) in found.items()} == {"support_cost": asked, "cost_per_contact": asked, "cost_training": "", "hidden_cost_share": ""}


def test_tickets_alone_are_not_told_to_answer_what_overview_does_not_ask(workspace: Workspace):
    take_in([csv("tickets.csv", tickets())], workspace)
    assert {said for _, said in shown(workspace, None, "alone").values()} == {""}


def test_files_by_themselves_are_opened_with_the_same_answers():
    with books_of([csv("tickets.csv", tickets()), csv("customers.csv", customers())], answers=ANSWERS) as books:
        (figure,) = figures(books, [METRICS["support_cost"]], "month", Calendar())
    assert isinstance(figure.now, Estimate)
    assert figure.now.value == pytest.approx(190_000 / 12)


def test_a_cost_sheet_goes_before_the_answers(workspace: Workspace):
    sheet = "\n".join(["month,component,amount", *(f"2025-{month:02d},salaries,1900" for month in range(1, 6))])
    take_in([csv("tickets.csv", tickets()), csv("customers.csv", customers()), csv("costs.csv", sheet)], workspace)
    found = shown(workspace, ANSWERS)
    assert isinstance(found["cost_per_contact"][0], Estimate)
    assert found["cost_per_contact"][0].value == pytest.approx(100)
    assert found["cost_per_contact"][1] == ""
