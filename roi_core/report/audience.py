"""For whom a report is: the same sections, in the order in which that reader asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from roi_core.ledger.words import style_of
from roi_core.measured import Company
from roi_core.report import evidence, figures, files, money
from roi_core.report.about import NOTHING_TOLD, About
from roi_core.report.content import Content, Section
from roi_core.sentences import say
from roi_core.show import Style, month, number
from roi_core.units import Unit
from roi_core.valuation import Valued

Audience = Literal["executive", "cfo", "sales", "product"]
Write = Callable[[Valued, Style], Section | None]


@dataclass(frozen=True, slots=True)
class Order:
    """Sections of the report itself, and those of its appendix."""

    first: tuple[Write, ...]
    behind: tuple[Write, ...] = ()


_BEHIND = (
    evidence.main,
    evidence.tests,
    money.ledger,
    money.returns,
    figures.key_figures,
    money.assumptions,
    evidence.compared,
    files.set_aside,
    files.files,
)
AUDIENCES: Mapping[str, Order] = MappingProxyType(
    {
        "executive": Order((money.rests_on, evidence.said, files.limits), _BEHIND),
        "cfo": Order(
            (
                money.rests_on,
                money.returns,
                money.ledger,
                money.assumptions,
                money.formulas,
                evidence.main,
                evidence.tests,
                evidence.effects,
                evidence.compared,
                files.set_aside,
                figures.key_figures,
                files.files,
                files.limits,
            )
        ),
        "sales": Order(
            (
                evidence.main,
                evidence.tests,
                money.rests_on,
                evidence.effects,
                money.ledger,
                files.limits,
                money.assumptions,
                evidence.compared,
                files.set_aside,
                figures.key_figures,
                files.files,
            )
        ),
        "product": Order(
            (
                evidence.main,
                evidence.tests,
                evidence.effects,
                figures.key_figures,
                evidence.satisfaction,
                money.rests_on,
                money.ledger,
                money.assumptions,
                evidence.compared,
                files.set_aside,
                files.files,
                files.limits,
            )
        ),
    }
)


def contents(valued: Valued, audience: str, style: Style | None = None, about: About = NOTHING_TOLD) -> Content:
    """Everything that the report for this reader says, in words. Raises KeyError for an audience that is not declared."""
    written = style_of(valued.measured) if style is None else style
    order, headline = AUDIENCES[audience], valued.headline
    return Content(
        title=headline.title,
        headline=f"{headline.text} {headline.rests_on}".strip(),
        grade=headline.grade,
        grade_says=say(f"methods.grade_{headline.grade.lower()}"),
        facts=_facts(valued, written),
        digest=valued.measured.digest,
        sections=_written(order.first, valued, written),
        about=about.line(audience, written),
        band=say("report.invented") if about.invented else "",
        appendix=_written(order.behind, valued, written),
    )


def _written(writes: tuple[Write, ...], valued: Valued, style: Style) -> tuple[Section, ...]:
    sections = (write(valued, style) for write in writes)
    return tuple(section for section in sections if section is not None)


def _facts(valued: Valued, style: Style) -> str:
    company = valued.measured.company
    if valued.measured.helpdesk and valued.measured.tickets_alone:
        desk = valued.measured.helpdesk
        span = {"first": month(desk.first_month, style), "last": month(desk.last_month, style)}
        return say("report.facts_tickets", contacts=number(desk.contacts, Unit.COUNT, style), **span)
    if not isinstance(company, Company):
        return "".join(say("frame.customers", customers=number(step.customers, Unit.COUNT, style)) for step in valued.measured.funnel[:1]) or company.reason
    return say(
        "report.facts",
        customers=number(company.customers, Unit.COUNT, style),
        contacts=number(company.contacts, Unit.COUNT, style),
        first=month(company.first_month, style),
        last=month(company.last_month, style),
    )
