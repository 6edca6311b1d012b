import csv
import io

import pytest

from pages._parts.downloads import without_formulas
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
