"""From files to facts and effects: the slow half, run once per set of files and design. Knows no money opinion."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roi_core.cohorts.choices import choices
from roi_core.cohorts.design import DEFAULT_HORIZONS, SHOP_HORIZONS, Design, FlatColumns
from roi_core.cohorts.drawn import MOST_TESTS, count_tests
from roi_core.cohorts.quality import QUALITIES
from roi_core.effects.alone import aside_note, measure_tickets, tickets_alone
from roi_core.effects.analysis import Analysis
from roi_core.effects.flat import analyse_flat, read_flat
from roi_core.effects.inside import analyse_inside
from roi_core.effects.leaving import leaving
from roi_core.effects.levers import levers
from roi_core.effects.rungs import well_handled
from roi_core.effects.satisfaction import satisfaction
from roi_core.effects.supported import analyse_supported
from roi_core.effects.tested import analyse_tests
from roi_core.errors import NothingToAnalyse, QueryStopped
from roi_core.ingest import take_in
from roi_core.ingest.limits import FROM_DISK
from roi_core.measured import Company, Identity, Joint, Measured
from roi_core.metrics import measure_all
from roi_core.results import Absent, Estimate, Result
from roi_core.sentences import say, speaking
from roi_core.spine import Facts, facts_of, match_rates
from roi_core.spine.buyers import why_nobody_is_followed
from roi_core.spine.ends import with_ends
from roi_core.spine.facts import integers
from roi_core.spine.months import month_counts
from roi_core.spine.saved import Saved
from roi_core.spine.unread import nothing_read
from roi_core.workspace import Workspace

File = Path | str | tuple[str, bytes]
Progress = Callable[[str, float], None]
OF_ENDS = ("monthly_churn", "monthly_retention")
"""Key figures that take knowing who left."""
OF_LEAVERS = (*OF_ENDS, "active_customers")
"""Key figures that take customers who leave."""


def measure(files: Sequence[File], design: Design | None = None, progress: Progress | None = None, mapping: Mapping[str, Any] | None = None) -> Measured:
    """Reads files (paths, or names with bytes) into a temporary workspace and measures them; nothing stays on disk.

    `mapping` says what unknown files are and answers questions about columns (`ingest.mapping.Choices.of`). Raises NothingToAnalyse where
    no file holds customers to follow, a row per customer or tickets; refused files are entries of `Measured.files`.
    """
    with Workspace.temporary() as workspace:
        take_in([Path(f) if isinstance(f, str) else f for f in files], workspace, mapping, progress, FROM_DISK)
        return measure_saved(replace(Saved.now(workspace), lasting=False), design, progress)


def measure_workspace(workspace: Workspace, design: Design | None = None, progress: Progress | None = None) -> Measured:
    """Measures the current tables of a workspace. Raises NothingToAnalyse, WorkspaceBroken where saved bytes have changed, QueryStopped."""
    return measure_saved(Saved.now(workspace), design, progress)


def measure_saved(saved: Saved, design: Design | None = None, progress: Progress | None = None) -> Measured:
    """Measures one version of saved tables, with the links and rules that go with it. Raises as `measure_workspace`."""
    with checked(saved):
        return _measured(saved, design or Design(), progress or _silent)


@contextmanager
def checked(saved: Saved) -> Iterator[None]:
    """Work on saved tables: they are as they were saved, and what stops a query is told in words. Raises WorkspaceBroken, QueryStopped."""
    _verified(saved.workspace, saved.version, saved.digest)
    try:
        yield
    except (duckdb.InterruptException, duckdb.OutOfMemoryException) as stopped:
        raise QueryStopped.limit() from stopped
    except (duckdb.Error, pa.ArrowException, OSError):
        saved.workspace.verify(saved.version)
        raise


@lru_cache(maxsize=64)
def _verified(workspace: Workspace, version: int, _digest: str) -> None:
    """Once a version and process: a changed byte of a part can give another answer without an error."""
    workspace.verify(version)


def _measured(saved: Saved, chosen: Design, tell: Progress) -> Measured:
    tables = saved.tables
    if tables.get("flat") and not tables.get("tickets"):
        return _measure_flat(saved, tables["flat"], chosen, tell)
    if not any(tables.values()):
        raise nothing_read(saved.reports)
    tell("Linking tickets and customers", 0.3)
    try:
        facts = facts_of(saved)
    except NothingToAnalyse:
        if not tables.get("tickets"):
            _raise_precisely(tables)
            raise
        return _without_customers(saved, tables, chosen, tell)
    with speaking(facts.words):
        tell("Comparing helped customers with similar ones", 0.5)
        analyses, metrics = _side_by_side(facts, chosen)
        tell("Putting the answer together", 0.8)
        return _together(saved, facts, chosen, analyses, metrics)


def _raise_precisely(tables: Mapping[str, Sequence[Path]]) -> None:
    """Raises NothingToAnalyse with what purchases alone cannot say, where there are any and no list of customers."""
    known = any(tables.get(name) for name in ("customers", "subscriptions", "mrr_movements"))
    if not known and (tables.get("orders") or tables.get("invoices")):
        why = why_nobody_is_followed(tables)
        raise NothingToAnalyse.because(why.reason, why.next_step) from None


def _without_customers(saved: Saved, tables: Mapping[str, Sequence[Path]], chosen: Design, tell: Progress) -> Measured:
    """Where nobody can be followed: the answer of a flat file that is there, else what the tickets alone say."""
    tell("Counting the key figures", 0.6)
    tickets = measure_tickets(tables, saved.exclusions)
    if not tables.get("flat"):
        return tickets_alone(saved, chosen, tickets)
    try:
        flat = _measure_flat(saved, tables["flat"], chosen, tell)
    except NothingToAnalyse:
        return tickets_alone(saved, chosen, tickets)
    return replace(flat, metrics=tickets.metrics, helpdesk=tickets.helpdesk, notes=(*flat.notes, tickets.beside), excluded=tickets.excluded)


def _silent(_: str, __: float) -> None:
    return None


def _analyses(facts: Facts, design: Design) -> tuple[Analysis, ...]:
    """The default comparison first, then the other horizons, then randomised tests, then the contrasts inside contacts."""
    usual = SHOP_HORIZONS if facts.is_shop else DEFAULT_HORIZONS
    horizons = (design.horizon_months, *(h for h in usual if h != design.horizon_months))
    supported = [analyse_supported(facts, design, h) for h in horizons]
    inside = [analyse_inside(facts, design, design.horizon_months, quality) for quality in QUALITIES]
    others = {key: effect for analysis in inside for key, effect in analysis.effects.items()}
    main = replace(supported[0], effects={key: well_handled.beside(effect, others) for key, effect in supported[0].effects.items()})
    return (main, *supported[1:], *analyse_tests(facts, design), *inside)


def _side_by_side(facts: Facts, design: Design) -> tuple[tuple[Analysis, ...], Mapping[str, Result]]:
    """The comparisons, and the key figures beside them: the database counts while numpy estimates (a fifth of the time of an example)."""
    with ThreadPoolExecutor(1) as beside:
        counted = beside.submit(copy_context().run, _key_figures, facts)
        return _analyses(facts, design), counted.result()


def _key_figures(facts: Facts) -> Mapping[str, Result]:
    metrics = measure_all(facts.spine, facts.person_months, facts.contacts, facts.costs, facts.sent)
    if facts.is_shop:
        return {**metrics, **dict.fromkeys(OF_LEAVERS, Absent(say("business.nobody_leaves")))}
    return {**metrics, **dict.fromkeys(OF_ENDS, facts.untold_ends)} if facts.untold_ends else metrics


def _together(saved: Saved, facts: Facts, design: Design, analyses: tuple[Analysis, ...], metrics: Mapping[str, Result]) -> Measured:
    main, decided = analyses[0], f"{saved.decisions.digest}{saved.exclusions.digest}"
    return Measured(
        design=design,
        digest="-".join(part for part in (saved.digest, design.digest, decided) if part),
        files=with_ends(saved.reports, facts.ends),
        company=_company(facts, metrics["monthly_revenue"]),
        identity=_identity(facts),
        metrics=metrics,
        effects={key: effect for analysis in analyses for key, effect in analysis.effects.items()},
        streams=tuple(a.stream for a in (main, *(x for x in analyses if x.stream and x.stream.part_of)) if a.stream),
        joint=_joint(analyses),
        costs=facts.costs,
        levers=levers(facts),
        leaving=leaving(facts),
        curves=main.curves,
        balance=main.balance,
        funnel=main.funnel,
        satisfaction=satisfaction(facts, design.horizon_months),
        propensity=main.propensity,
        notes=_notes(facts),
        choices=choices(facts),
        excluded=facts.excluded,
        months=month_counts(facts),
        seen_s=facts.seen_s,
        drawn={key.partition(".")[0]: a.test for a in analyses for key in a.effects if a.test},
        outcome=facts.outcome,
    )


def _joint(analyses: tuple[Analysis, ...]) -> Joint:
    """All estimates with the covariance of their customers' shares in the errors: the same customer moves all of them."""
    answered = [a for a in analyses if a.errors is not None]
    names = tuple(name for a in answered for name in a.values)
    mean = np.array([value for a in answered for value in a.values.values()], dtype=np.float64)
    errors: NDArray[np.float64] = np.column_stack([a.errors for a in answered if a.errors is not None]) if answered else np.empty((0, 0))
    used = int((errors != 0).any(axis=1).sum()) if len(errors) else 0
    covariance = errors.T @ errors * (used / (used - 1)) if used > 1 else np.zeros((len(mean), len(mean)))
    return Joint(names, mean, covariance)


def _company(facts: Facts, monthly_revenue: Result) -> Company:
    current = integers(facts.person_months, "month") == facts.last_month
    return Company(
        customers=facts.spine.num_rows,
        contacts=facts.contacts.num_rows,
        currency=facts.currency,
        first_month=facts.covered_month,
        last_month=facts.last_month,
        first_contact_month=facts.first_contact_month,
        tables=facts.tables,
        active_customers=int(current.sum()),
        monthly_revenue=monthly_revenue,
        revenue=_kinds(facts, monthly_revenue),
    )


def _kinds(facts: Facts, monthly_revenue: Result) -> tuple[str, ...]:
    """What recurs is found where some customer has a monthly amount, also where a subscription without a price is billed every month."""
    found = {"revenue": isinstance(monthly_revenue, Estimate) or facts.linkage.revenue.recurring_rows > 0, "orders": facts.linkage.revenue.sold_rows > 0}
    return tuple(kind for kind, there in found.items() if there)


def _identity(facts: Facts) -> Identity | Absent:
    linkage, currencies = facts.linkage, len(facts.currencies)
    if linkage.tickets == 0 and not linkage.set_aside:
        return Absent("No tickets are in the files.", "Add the ticket export of your helpdesk.")
    return Identity(
        match_rates.by_tickets(linkage),
        match_rates.by_revenue(linkage, currencies),
        ways=linkage.ways,
        agreement=match_rates.agreement(linkage),
        unmatched=linkage.unmatched,
        proposals=linkage.proposals,
        links=linkage.links,
        revenue_with_ticket=match_rates.with_ticket(linkage, currencies),
        revenue_refused=match_rates.refused(linkage, currencies),
        refused_rows=linkage.revenue.refused_rows,
        pre_sale=linkage.set_aside.get("pre-sale", 0),
        other_ids=linkage.other_ids,
    )


def _notes(facts: Facts) -> tuple[str, ...]:
    linkage = facts.linkage
    notes = list(aside_note(linkage.set_aside))
    if linkage.contact_rows:
        notes.append(say("links.contacts_note", rows=f"{linkage.contact_rows:,}"))
    if linkage.other_ids:
        notes.append(say("links.other_ids", n=f"{linkage.other_ids:,}"))
    if linkage.revenue.refused_rows:
        notes.append(say("links.refused_note", rows=f"{linkage.revenue.refused_rows:,}"))
    if facts.costs_left_out:
        notes.append(facts.costs_left_out)
    if (tests := count_tests(facts)) > MOST_TESTS:
        notes.append(say("tested.many", n=f"{tests:,}", shown=f"{MOST_TESTS}"))
    counted = {"from_purchase": facts.starts.from_purchase, "without_start": facts.starts.without_start, "undated_tickets": facts.starts.undated_tickets}
    return (*notes, *(say(f"starts.{name}", n=f"{n:,}") for name, n in counted.items() if n))


def _flat_columns(design: Design) -> FlatColumns:
    """The roles chosen in the design; `supported = "column:NAME"` names the column as well."""
    name = design.supported.partition("column:")[2]
    return replace(design.flat, supported=name) if name else design.flat


def _measure_flat(saved: Saved, parts: Sequence[Path], design: Design, tell: Progress) -> Measured:
    tell("Comparing the two groups", 0.5)
    rows = read_flat(parts, _flat_columns(design))
    found = analyse_flat(rows)
    nothing = Absent("One row per customer holds no months to follow.", "Add tickets with dates and a customers export with start and end.")
    metrics: Mapping[str, Result] = {}
    return Measured(
        design=design,
        digest=f"{saved.digest}-{design.digest}",
        files=saved.reports,
        company=nothing,
        identity=Absent("One file holds everything, so nothing had to be linked."),
        metrics=metrics,
        effects={found.effect.key: found.effect},
        streams=(),
        joint=Joint((), np.empty(0), np.empty((0, 0))),
        costs=(),
        levers={},
        curves=nothing,
        balance=found.balance,
        funnel=found.funnel,
        satisfaction=found.satisfaction,
        by_contacts=found.by_contacts,
        propensity=nothing,
        notes=found.notes,
        left_out={leak.header: leak.why for leak in found.leaks},
    )
