"""For whom a report is: the same sections, in the order in which that reader asks."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal

from roi_core.ledger.words import style_of
from roi_core.measured import Company
from roi_core.report import evidence, files, money
from roi_core.report.content import Content, Section
from roi_core.sentences import say
from roi_core.show import Style, month, number
from roi_core.units import Unit
from roi_core.valuation import Valued

Audience = Literal["executive", "cfo", "sales", "product"]
Write = Callable[[Valued, Style], Section | None]

AUDIENCES: Mapping[str, tuple[Write, ...]] = MappingProxyType(
    {
        "executive": (money.rests_on, evidence.main, money.ledger, files.limits, money.assumptions, evidence.compared, files.set_aside, files.files),
        "cfo": (
            money.rests_on,
            money.returns,
            money.ledger,
            money.assumptions,
            money.formulas,
            evidence.main,
            evidence.effects,
            evidence.compared,
            files.set_aside,
            files.files,
            files.limits,
        ),
        "sales": (
            evidence.main,
            money.rests_on,
            evidence.effects,
            money.ledger,
            files.limits,
            money.assumptions,
            evidence.compared,
            files.set_aside,
            files.files,
        ),
        "product": (
            evidence.main,
            evidence.effects,
            evidence.satisfaction,
            money.rests_on,
            money.ledger,
            money.assumptions,
            evidence.compared,
            files.set_aside,
            files.files,
            files.limits,
        ),
    }
)


def contents(valued: Valued, audience: str, style: Style | None = None) -> Content:
    """Everything that the report for this reader says, in words. Raises KeyError for an audience that is not declared."""
    written = style_of(valued.measured) if style is None else style
    sections = [write(valued, written) for write in AUDIENCES[audience]]
    headline = valued.headline
    return Content(
        title=headline.title,
        headline=f"{headline.text} {headline.rests_on}".strip(),
        grade=headline.grade,
        grade_says=say(f"methods.grade_{headline.grade.lower()}"),
        facts=_facts(valued, written),
        digest=valued.measured.digest,
        sections=tuple(section for section in sections if section is not None),
    )


def _facts(valued: Valued, style: Style) -> str:
    company = valued.measured.company
    if not isinstance(company, Company):
        return company.reason
    return say(
        "report.facts",
        customers=number(company.customers, Unit.COUNT, style),
        contacts=number(company.contacts, Unit.COUNT, style),
        first=month(company.first_month, style),
        last=month(company.last_month, style),
    )
