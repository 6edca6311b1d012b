import csv
import io
import re
import zipfile

import pytest

from pages._parts import measuring, shelf
from pages._parts.samples import Sample
from roi_core.ingest.undated_ends import LEFT_WHEN
from roi_core.sentences import say
from roi_core.workspace import Workspace
from tests.pages.app import address, again, calm, press, said, visit
from tests.pages.conftest import FLAT

BROKEN = {
    "empty.csv": (b"", "is empty"),
    "unclosed.csv": (b'id,name\n1,"never closed\n2,b\n', "line 2"),
    "header.csv": (b"id,name\n", "nothing below it"),
    "unknown.csv": (b"foo,bar\n1,2\n3,4\n", "is not used"),
    "picture.csv": (b"\x89PNG\r\n\x1a\n" + bytes(64), "not a table"),
}


def drop(app, *files):
    for name, content in files:
        app.file_uploader[0].upload(name, content, "text/csv")
    return again(app)


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_cannot_be_read_is_named_and_the_example_stays(name):
    content, words = BROKEN[name]
    app = drop(calm(visit("data")), (name, content))
    assert any(name in line and words in line for line in said(app).splitlines())
    assert app.title[0].value == say("data.title_refused")
    assert address(app)["sample"] == "harbour_desk"


def test_other_pages_say_that_the_numbers_of_the_example_are_not_of_the_files_just_dropped():
    app = drop(calm(visit("data")), ("empty.csv", b""))
    app = calm(app.switch_page("../overview.py").run())
    assert say("frame.refused") in said(app)
    assert say("frame.refused") not in said(calm(visit("overview")))


def test_no_figure_of_the_example_and_no_question_stand_below_a_file_that_nobody_can_read():
    app = drop(calm(visit("data")), ("unknown.csv", BROKEN["unknown.csv"][0]))
    assert say("data.linked") not in said(app)
    assert say("mapping.unknown_none", name="unknown.csv") not in said(app)


def test_a_flat_file_is_read_and_its_answer_stands_below_it():
    app = drop(calm(visit("data")), (FLAT.name, FLAT.read_bytes()))
    assert "work" in address(app)
    assert app.title[0].value == say("data.title_read_one")
    assert say("data.flat_roles") in said(app)
    assert any("0 lost" in box.label for box in app.expander)


def test_another_column_for_who_left_changes_the_groups_without_reading_again(flat):
    app = calm(visit("data", work=flat))
    before = next(text for text in said(app).splitlines() if "of all left" in text)
    box = app.selectbox(key="role_supported")
    other = next(option for option in box.options if option not in (box.value, app.selectbox(key="role_churned").value) and "id" not in option.lower())
    parts = Workspace.open(None, flat).digest
    box.set_value(other)
    app = again(app)
    lines = [text for text in said(app).splitlines() if "of all left" in text or "must be" in text]
    assert before not in lines
    assert Workspace.open(None, flat).digest == parts


def test_another_column_can_be_chosen_where_the_one_of_who_got_help_is_blank():
    heads, *rows = csv.reader(FLAT.read_text(encoding="utf-8").splitlines())
    at = heads.index("Premium support")
    lines = (",".join("" if i == at else cell for i, cell in enumerate(row)) for row in rows)
    app = drop(calm(visit("data")), ("flat.csv", "\n".join([",".join(heads), *lines, ""]).encode()))
    assert "work" in address(app)
    box = app.selectbox(key="role_supported")
    assert (box.value, app.selectbox(key="role_churned").value) == (None, "Left")
    box.set_value("Logins last month")
    assert any("of all left" in text for text in said(again(app)).splitlines())


def test_rows_set_aside_are_counted_and_shown_on_demand():
    ragged = FLAT.read_bytes().splitlines(keepends=True)
    app = drop(calm(visit("data")), ("flat.csv", b"".join([*ragged[:50], b"one,cell too few\n", *ragged[50:]])))
    (line,) = [box for box in app.expander if "set aside" in box.label]
    assert "1 set aside" in line.label
    assert say("data.left_out", rows=say("data.quarantined_one")) in said(app)


def test_a_total_and_times_in_the_wrong_order_are_told_without_opening_a_file():
    costs = b"month,component,amount,currency\n2025-01,salaries,100,USD\n2025-02,salaries,120,USD\nTotal,,220,\n"
    lines = [b"ticket_id,email,created_at,resolved_at", b"1,a@b.example,2025-02-03 10:00,2025-02-01 09:00", b"2,a@b.example,2025-02-04 10:00,2025-02-05 09:00"]
    text = said(drop(calm(visit("data")), ("costs.csv", costs), ("tickets.csv", b"\n".join([*lines, b""]))))
    assert say("data.left_out", rows=say("data.not_data_one")) in text
    assert 'Please check: times in the wrong order: rows with resolved_at ("resolved_at") before created_at ("created_at"): 1 (line 2)' in text


def test_own_files_are_deleted_with_everything(flat, session_home, monkeypatch):
    monkeypatch.setattr(measuring, "_whose", lambda facts: facts.key if isinstance(facts, Sample) else facts.id)
    calm(visit("overview", work=flat))
    assert shelf.shelf().of(flat)
    app = press(calm(visit("data", work=flat)), say("data.delete_sure"))
    assert address(app)["sample"] == "harbour_desk"
    assert not (session_home / "workspaces" / flat).exists()
    assert not shelf.shelf().of(flat)


def test_a_zip_of_exports_is_taken_apart(exports):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in exports:
            archive.writestr(file.name, file.read_bytes())
    app = drop(calm(visit("data")), ("exports.zip", packed.getvalue()))
    assert app.title[0].value == say("data.title_read", files=f"{len(exports)}")
    assert say("data.linked") in said(app)


def test_customers_marked_as_gone_are_no_alarm_where_their_subscriptions_say_when(without_costs):
    reports = Workspace.open(None, without_costs).reports()
    (place,) = [place for place, report in enumerate(reports) if any(note.startswith(LEFT_WHEN) for note in report.get("notes", ()))]
    app = calm(visit("data", work=without_costs))
    assert LEFT_WHEN not in said(app)
    assert "when did they leave" not in said(app)
    app.session_state[f"file_own_{place}"] = True
    assert "marked as gone without a day. The end of their subscriptions says when" in said(again(app))


def test_columns_of_yes_and_no_show_these_words(flat):
    text = said(calm(visit("data", work=flat)))
    assert "false (" not in text
    assert re.search(r"no \([\d,]+\), yes \([\d,]+\)|yes \([\d,]+\), no \([\d,]+\)", text)
