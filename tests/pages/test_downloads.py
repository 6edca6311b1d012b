import csv
import io

import pytest
from streamlit.testing.v1 import AppTest

from pages._parts.downloads import first_lines, without_formulas
from pages._parts.plain import plain
from roi_core.errors import WorkspaceBroken
from roi_core.ingest.dump import quarantine_as_csv
from roi_core.ingest.text_table import Quarantined

LIVE = ["=1+1", "@SUM(A1)", "+1", "-1", "\t=4", "\uff1d1", "\ufeff=1", '=HYPERLINK("http://evil.example";"a"),x\n=2']


@pytest.mark.parametrize("raw", LIVE)
def test_a_row_that_was_set_aside_cannot_run_in_a_spreadsheet(raw):
    content = without_formulas(quarantine_as_csv([Quarantined(2, "=reason", raw)]))
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))) == [["line", "reason", "raw"], ["2", "'=reason", f"'{raw}"]]


@pytest.mark.parametrize("raw", ["a,b", 'say ""hi""', "", "NA", "two\r\nlines", "x" * 300_000])
def test_any_other_row_stays_as_it_was(raw):
    content = without_formulas(quarantine_as_csv([Quarantined(2, "too few cells", raw)])).decode("utf-8-sig")
    assert content == f'"line","reason","raw"\r\n"2","too few cells","{raw.replace(chr(34), chr(34) * 2)}"\r\n'


def offering(error):
    from pages._parts import downloads

    def fail():
        raise error

    downloads.offer("Take it", "it.csv", fail, "text/csv")


@pytest.mark.parametrize(
    ("error", "words"), [(WorkspaceBroken.table("tickets"), plain(WorkspaceBroken.table("tickets"))), (ValueError("ann@firm.example"), "Something went wrong")]
)
def test_why_a_file_could_not_be_made_is_told_on_the_page_and_not_in_the_log(error, words, monkeypatch, caplog):
    made = []
    monkeypatch.setattr("streamlit.download_button", lambda _, make, **__: made.append(make))
    app = AppTest.from_function(offering, args=(error,)).run()
    assert not app.error
    with pytest.raises(Exception) as raised:  # noqa: PT011 - of what kind it is nobody but Streamlit's log sees
        made[-1]()
    assert (str(raised.value), raised.value.__cause__, raised.value.__suppress_context__) == ("", None, True)
    app.run()
    assert words in app.error[0].value
    assert "ann@firm.example" not in f"{app.error[0].value} {caplog.text}"
    assert not app.run().error


def test_megabytes_of_rows_show_their_first_lines() -> None:
    assert first_lines("a,b\r\n1,2\r\n") == ("a,b\n1,2", False)
    shown, more = first_lines("a\n" * 201)
    assert (shown.count("a"), more) == (200, True)
    assert first_lines("a\n" * 200)[1] is False
    shown, more = first_lines("x" * 20_000_000)
    assert (len(shown) <= 100_000, more) == (True, True)
