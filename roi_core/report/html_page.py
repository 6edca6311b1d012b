"""A report as one HTML page that needs nothing else: no script, no outside request, readable at any width and on paper."""

import re
from html import escape
from importlib import resources

from roi_core.formulas import neutral_shown
from roi_core.report.content import Content, Drawing, Part, Points, Section, Table, Text
from roi_core.report.svg import svg
from roi_core.sentences import say

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def html_page(content: Content) -> bytes:
    """The page as UTF-8. Every text is escaped; the page's own policy forbids scripts and requests."""
    sections = "\n".join(_section(section, f"s{number}") for number, section in enumerate(content.sections, 1))
    page = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(content.title)}</title>
<style>
{_style()}
</style>
</head>
<body>
<main>
<header>
{_paragraph("band", content.band)}{_paragraph("about", content.about)}<p class="facts">{escape(content.facts)}</p>
<h1>{escape(content.title)}</h1>
<p class="headline">{escape(content.headline)}</p>
<p class="grade {content.grade.word.lower()}">{escape(say("report.page_grade", word=content.grade.word, says=content.grade_says))}</p>
</header>
{sections}
{_appendix(content.appendix)}<footer>
<p>{escape(say("report.page_values"))} {escape(say("report.rests_digest", digest=content.digest))}</p>
<p>{escape(say("report.page_made"))}</p>
</footer>
</main>
</body>
</html>
"""
    return page.encode("utf-8")


def _paragraph(name: str, text: str) -> str:
    return f'<p class="{name}">{escape(text)}</p>\n' if text else ""


def _appendix(sections: tuple[Section, ...]) -> str:
    """What a reader of one page may open: folded on screen, on pages of its own on paper."""
    if not sections:
        return ""
    body = "\n".join(_section(section, f"a{number}") for number, section in enumerate(sections, 1))
    return f"<details>\n<summary>{escape(say('report.appendix'))}</summary>\n{body}\n</details>\n"


def _style() -> str:
    return resources.files(__package__).joinpath("page.css").read_text(encoding="utf-8").strip()


def _section(section: Section, name: str) -> str:
    parts = "\n".join(_part(part, section.title) for part in section.parts)
    return f'<section aria-labelledby="{name}">\n<h2 id="{name}">{escape(section.title)}</h2>\n{parts}\n</section>'


def _part(part: Part, title: str) -> str:
    match part:
        case Text(text):
            return f"<p>{_shown(text)}</p>"
        case Points(items):
            return "<ul>" + "".join(f"<li>{_shown(item)}</li>" for item in items) + "</ul>"
        case Drawing(figure, alt):
            return f"<figure>{svg(figure, alt)}{svg(figure, alt, narrow=True)}</figure>"
        case Table():
            return _table(part, title)


def _table(table: Table, title: str) -> str:
    head = "".join(f'<th scope="col">{_shown(column)}</th>' for column in table.columns)
    rows = "\n".join(_row(table.columns, row, struck=index in table.struck) for index, row in enumerate(table.rows))
    return f"<table>\n<caption>{escape(title)}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _row(columns: tuple[str, ...], row: tuple[str, ...], *, struck: bool) -> str:
    cells = [f'<td data-label="{escape(column, quote=True)}">{_cell(cell)}</td>' for column, cell in zip(columns, row, strict=True)]
    first = f'<th scope="row" data-label="{escape(columns[0], quote=True)}">{_cell(row[0])}</th>'
    return f"<tr{' class=struck' if struck else ''}>{first}{''.join(cells[1:])}</tr>"


def _cell(text: str) -> str:
    """Escaped, with leave to break a long name such as `supported.revenue_6m` at its dots and low lines."""
    return re.sub(r"(?<=[._])(?=[A-Za-z])", "<wbr>", _shown(text))


def _shown(text: str) -> str:
    """Escaped; copied into a spreadsheet it does not run."""
    return escape(neutral_shown(text))
