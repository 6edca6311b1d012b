"""Who was asked and did not answer stands beside the answers, from the file to the key figure."""

from pathlib import Path

import pytest

from roi_core.ingest import take_in
from roi_core.measurement import measure_workspace
from roi_core.results import Absent, Estimate
from roi_core.spine.surveys_sent import surveys_sent
from roi_core.workspace import Workspace
from tests.ingest.ninety.case import csv

pytestmark = pytest.mark.usefixtures("read_here")

TICKETS = csv("ticket_id,email,created_at", *(f"t{n},a{n}@x.example,2025-0{1 + n % 4}-02" for n in range(12)))
SURVEYS = "response_id,kind,score,scale,email,sent_at,answered_at"


def test_surveys_that_were_sent_reach_the_key_figures(tmp_path: Path) -> None:
    answered = [f"r{n},csat,{3 + n % 3},5,a{n}@x.example,2025-01-03,2025-02-0{1 + n}" for n in range(4)]
    silent = [f"r{n},csat,,5,a{n}@x.example,2025-01-03," for n in range(4, 10)]
    with Workspace.temporary(tmp_path) as workspace:
        intake = take_in([("tickets.csv", TICKETS), ("surveys.csv", csv(SURVEYS, *answered, *silent))], workspace)
        (report,) = (report for report in intake.files if report.file == "surveys.csv")
        assert report.rows is not None
        assert (report.rows.loaded, report.rows.quarantined, report.rows.not_data) == (4, 0, 6)
        month = 2025 * 12 + 1
        assert surveys_sent(workspace.parts("surveys")).to_pylist() == [{"asked": 10, "answered": 4, "first_month": month, "last_month": month}]
        found = measure_workspace(workspace).metrics["survey_response_rate"]
    assert isinstance(found, Estimate)
    assert (found.value, found.n, found.low is not None) == (0.4, 10, True)


def test_answers_alone_do_not_say_who_was_asked(tmp_path: Path) -> None:
    with Workspace.temporary(tmp_path) as workspace:
        take_in([("tickets.csv", TICKETS), ("surveys.csv", csv(SURVEYS, "r1,csat,4,5,a1@x.example,2025-01-03,2025-02-01"))], workspace)
        assert isinstance(measure_workspace(workspace).metrics["survey_response_rate"], Absent)
