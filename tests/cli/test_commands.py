import csv
import io
import json

import pytest

from roi_core.cli import main
from roi_core.sentences import say

RESULT = {"value", "low", "high", "n", "unit", "method"}


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """Exports of a small invented company."""
    folder = tmp_path_factory.mktemp("company")
    assert main(["sample", str(folder), "--company", "saas", "--customers", "400", "--seed", "3"]) == 0
    return folder


@pytest.fixture(scope="module")
def files(company):
    return [str(path) for path in sorted(company.glob("*.csv"))]


@pytest.fixture(scope="module")
def answer(files, tmp_path_factory):
    """The document of `analyse` with a typed margin."""
    folder = tmp_path_factory.mktemp("answer")
    (folder / "a.toml").write_text("gross_margin = 0.5\n")
    asked = ["--assumptions", str(folder / "a.toml"), "--by", "plan", "--by", "country", "--json", str(folder / "out.json")]
    assert main(["analyse", *files, *asked]) == 0
    return json.loads((folder / "out.json").read_text(encoding="utf-8"))


def is_result(found):
    return set(found) == RESULT or set(found) == {"absent"}


def test_sample_writes_exports_and_the_truth(company):
    truth = json.loads((company / "truth.json").read_text(encoding="utf-8"))
    assert {"episode_effect_ato", "episode_effect_att"} <= set(truth)
    assert len(list(company.glob("*.csv"))) >= 6


def test_inspect_prints_one_entry_a_table_and_accounts_for_every_record(files, capsys):
    assert main(["inspect", *files, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["files"]
    assert len(found) == len(files)
    for file in found:
        rows = file["rows"]
        assert rows["records"] == rows["loaded"] + rows["quarantined"] + rows["not_data"]
        assert rows["unaccounted"] == 0
        assert {"file", "member", "vendor", "export", "entity", "encoding", "delimiter", "columns", "notes"} < set(file)


def test_inspect_without_json_is_one_line_a_table_and_what_is_to_be_known_of_it_below(files, capsys):
    assert main(["inspect", *files]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if not line.startswith("  ")]
    assert len(lines) == len(files)
    assert all(line.endswith(" 0 set aside, 0 not data, 0 lost") for line in lines)


def test_inspect_without_json_says_which_rows_were_set_aside_why_and_which_are_no_data(tmp_path, capsys):
    path = tmp_path / "tickets.csv"
    path.write_text("ticket_id,created_at,email\n1,2025-01-01,a@one.example\n2,,b@one.example\nTotal,,\n", encoding="utf-8")
    assert main(["inspect", str(path)]) == 0
    first, *notes = capsys.readouterr().out.splitlines()
    assert first.endswith("3 records, 1 loaded, 1 set aside, 1 not data, 0 lost")
    assert any(note.startswith('  1 row was set aside from "tickets.csv"') and "line 3: created_at is blank. Correct" in note for note in notes)
    assert any(note.startswith("  line 4 closes the table") for note in notes)


def test_inspect_goes_on_after_a_refusal_and_ends_with_1_where_all_are_refused(files, tmp_path, capsys):
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    assert main(["inspect", files[0], str(empty)]) == 0
    assert '"empty.csv" is empty' in capsys.readouterr().err
    assert main(["inspect", str(empty), str(tmp_path / "missing.csv")]) == 1
    assert "no such file" in capsys.readouterr().err


def test_inspect_dumps_what_was_loaded_and_set_aside(files, tmp_path, capsys):
    assert main(["inspect", files[0], "--json", "--dump", str(tmp_path / "dump")]) == 0
    loaded = json.loads(capsys.readouterr().out)["files"][0]["rows"]["loaded"]
    (dumped,) = (tmp_path / "dump").glob("*.loaded.csv")
    assert len(list(csv.reader(io.StringIO(dumped.read_text(encoding="utf-8"))))) == loaded + 1
    assert all(len(list((tmp_path / "dump").glob(f"*.{kind}.csv"))) == 1 for kind in ("loaded", "quarantined", "not_data"))


def test_analyse_has_the_parts_that_outside_programs_rely_on(answer):
    assert {"intake", "identity", "metrics", "effects", "predictions", "ledger", "roi"} <= set(answer)
    assert 0 < answer["identity"]["match_rate_tickets"] <= 1
    assert 0 < answer["identity"]["match_rate_revenue"] <= 1
    assert answer["metrics"]
    assert all(is_result(found) for found in answer["metrics"].values())
    assert set(answer["roi"]) == {"roi_percent", "value_per_unit_spent", "net_benefit", "probability_positive", "probability_positive_with_hidden"}
    assert all(is_result(found) for found in answer["roi"].values())


def test_analyse_gives_each_effect_its_grade_checks_sentence_and_ladder(answer):
    effect = answer["effects"]["supported.churn_6m"]
    assert is_result(effect["estimate"])
    assert effect["estimand"] in {"ATO", "ATT", "ATE"}
    assert effect["grade"] in set("BCD")
    assert effect["sentence"]
    assert all({"name", "passed", "text"} == set(check) for check in effect["checks"])
    for rung in effect["ladder"]:
        assert {"rung", "default", "struck_out"} < set(rung)
        assert ("estimate" in rung) != ("absent" in rung)


def test_analyse_gives_each_line_of_the_ledger_whole(answer):
    assert answer["ledger"]
    for line in answer["ledger"]:
        assert {"stream", "kind", "amount", "grade", "method", "population", "included", "overlaps_with", "comes_from"} <= set(line)
        assert line["kind"] in {"benefit", "cost"}
        assert is_result(line["amount"])


@pytest.mark.parametrize(("format", "start"), [("html", b"<!doctype html>"), ("csv", b"\xef\xbb\xbf")])
def test_report_writes_one_file(files, tmp_path, format, start):
    out = tmp_path / f"report.{format}"
    assert main(["report", *files, "--format", format, "--out", str(out)]) == 0
    assert out.read_bytes()[: len(start)].lower() == start


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_template_writes_an_empty_table_and_never_over_one_that_was_filled_in(format, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["template", "costs", "--format", format]) == 0
    assert capsys.readouterr().out == f"costs.{format}\n"
    written = (tmp_path / f"costs.{format}").read_bytes()
    assert main(["template", "costs", "--format", format]) == 1
    assert f'"costs.{format}": File exists' in capsys.readouterr().err
    assert (tmp_path / f"costs.{format}").read_bytes() == written
    assert main(["template", "costs", "--format", format, "--out", "other"]) == 0
    assert (tmp_path / "other").read_bytes() == written


def test_template_of_what_does_not_exist_names_what_does(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["template", "cost", "--format", "csv"]) == 1
    assert "costs" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_analyse_holds_the_comparisons_beside_the_main_one_in_the_shape_of_all_others(answer):
    """Each an estimate or its refusal; never better than a sign, and in no line of the ledger."""
    for contrast in ("how_to", "billing", "critical_bug", "top_tier", "reached_out", "complaint_resolved", "quoted"):
        found = answer["effects"][f"{contrast}.churn_6m"]
        assert is_result(found["estimate"])
        assert found["grade"] in {"C", "D"}
        assert found["sentence"]
        assert found.keys() == answer["effects"]["supported.churn_6m"].keys()
        assert not any(contrast in line["stream"] for line in answer["ledger"])


def test_analyse_holds_key_figures_that_are_out_of_the_ordinary(answer):
    keys = {"metric", "group", "since", "until", "at", "value", "expected", "low", "high", "unit", "goes_on", "usual_since", "rule", "chart", "season_known"}
    assert all(set(alert) == keys and alert["since"] <= alert["at"] <= alert["until"] for alert in answer["alerts"])


def test_analyse_holds_what_else_ratings_say(answer):
    assert {"tau_b", "per_point", "won_resolved", "leaving_per_point_won", "nps"} <= set(answer["ratings"])
    assert all(is_result(found["estimate"]) and found["title"] and found["grade"] == "C" for found in answer["ratings"].values())


def test_analyse_says_for_whom_it_works_where_it_is_asked(answer):
    assert set(answer["segments"]) == {"plan", "country"}
    by_plan = answer["segments"]["plan"]
    assert (by_plan["outcome"], by_plan["months"], by_plan["grade"]) == ("churn", 6, "C")
    assert is_result(by_plan["average"])
    assert 0 <= by_plan["differ_p"] <= 1
    assert all(is_result(level["estimate"]) and level["found"] in {"helped", "harm", "none"} for level in by_plan["levels"])
    assert any(level["q"] is not None and is_result(level["pulled"]) for level in by_plan["levels"])
    assert answer["segments"]["country"] == {"absent": say("segments.unknown", several="countries")}


def test_a_dimension_that_no_customer_has_is_refused(files, tmp_path, capsys):
    assert main(["analyse", *files, "--json", str(tmp_path / "out.json"), "--by", "shoe size"]) == 1
    assert "shoe size" in capsys.readouterr().err


def test_analyse_holds_how_long_customers_stay(answer):
    everybody, by_plan = (answer["staying"][by] for by in ("everybody", "plan"))
    assert [(group["name"], set(group["after_months"])) for group in everybody["groups"]] == [("", {"6", "12", "24"})]
    assert everybody["log_rank_p"] is None
    assert 0 <= by_plan["log_rank_p"] <= 1
    assert all(is_result(share) for group in by_plan["groups"] for share in (*group["after_months"].values(), group["mean_months"]))
