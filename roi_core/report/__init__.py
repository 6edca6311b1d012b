"""Reports: one content in words, and a writer for each format."""

from pathlib import Path

from roi_core.errors import ReportRefused
from roi_core.report.about import NOTHING_TOLD, About
from roi_core.sentences import speaking
from roi_core.show import Style
from roi_core.valuation import Valued

__all__ = ["FORMATS", "About", "write_report"]

FORMATS = ("html", "csv")


def write_report(
    valued: Valued, audience: str, format: str, path: Path | str | None = None, *, style: Style | None = None, about: About = NOTHING_TOLD
) -> bytes:
    """A report as bytes, also written to `path` where one is given. Raises ReportRefused, OSError.

    `audience` is executive, cfo, sales or product; `format` is html (one page that needs nothing else) or csv (the ledger,
    the same for every audience). `style` is how numbers are written on the page; the CSV never follows it. `about` says whose
    report it is and when it was made.
    """
    from roi_core.report.audience import AUDIENCES, contents
    from roi_core.report.html_page import html_page
    from roi_core.report.ledger_csv import ledger_csv

    if audience not in AUDIENCES:
        raise ReportRefused.unknown("audience", audience, AUDIENCES)
    if format not in FORMATS:
        raise ReportRefused.unknown("format", format, FORMATS)
    with speaking(valued.measured.words):
        content = ledger_csv(valued.ledger) if format == "csv" else html_page(contents(valued, audience, style, about))
    if path is not None:
        Path(path).write_bytes(content)
    return content
