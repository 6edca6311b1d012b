"""What tickets say where no customer can be followed: their key figures, and every effect absent with the file that would bring it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from roi_core.cohorts.design import Design
from roi_core.measured import Helpdesk, Joint, Measured
from roi_core.metrics import Alert, tell
from roi_core.results import Effect, Grade, Result
from roi_core.sentences import say
from roi_core.show import number
from roi_core.spine.buyers import why_nobody_is_followed
from roi_core.spine.exclusions import Exclusions
from roi_core.spine.facts import CostRow
from roi_core.spine.saved import Saved
from roi_core.spine.tickets_alone import ticket_facts
from roi_core.units import Unit


@dataclass(frozen=True, slots=True)
class TicketsAlone:
    """Key figures of tickets by name, what they cover, the cost sheet beside them, and what to know."""

    metrics: Mapping[str, Result]
    helpdesk: Helpdesk
    costs: tuple[CostRow, ...]
    notes: tuple[str, ...]
    excluded: Mapping[str, int]
    alerts: tuple[Alert, ...]

    @property
    def beside(self) -> str:
        """What is said of them where a flat file is the answer."""
        return say("alone.beside_flat", contacts=number(self.helpdesk.contacts, Unit.COUNT))


def measure_tickets(tables: Mapping[str, Sequence[Path]], exclusions: Exclusions) -> TicketsAlone:
    """The key figures of the typed tickets, surveys and costs. Raises NothingToAnalyse where no ticket is a contact."""
    facts = ticket_facts(tables, exclusions)
    told = tell(facts.people, None, facts.contacts, facts.costs.rows, facts.sent)
    held = tuple(sorted(table for table, parts in tables.items() if parts))
    helpdesk = Helpdesk(facts.contacts.num_rows, facts.people.num_rows, facts.first_month, facts.last_month, held)
    notes = (say("alone.who"), *aside_note(facts.set_aside), *((facts.costs.left_out,) if facts.costs.left_out else ()))
    return TicketsAlone(told.metrics, helpdesk, facts.costs.rows, notes, facts.excluded, told.alerts)


def aside_note(set_aside: Mapping[str, int]) -> tuple[str, ...]:
    """How many tickets are no contact, by reason; nothing where all are."""
    listed = ", ".join(f"{n:,} {reason}" for reason, n in set_aside.items())
    return (say("alone.aside", reasons=listed),) if listed else ()


def tickets_alone(saved: Saved, design: Design, tickets: TicketsAlone) -> Measured:
    """Everything about staying and money is Absent, with what the purchases say of why; the key figures stand."""
    nothing = why_nobody_is_followed(saved.tables)
    key = f"supported.churn_{design.horizon_months}m"
    return Measured(
        design=design,
        digest=f"{saved.digest}-{design.digest}",
        files=saved.reports,
        company=nothing,
        identity=nothing,
        metrics=tickets.metrics,
        alerts=tickets.alerts,
        effects={key: Effect(key, nothing, "ATO", Grade.C, f"{nothing.reason} {nothing.next_step}")},
        streams=(),
        joint=Joint((), np.empty(0), np.empty((0, 0))),
        costs=tickets.costs,
        levers={},
        curves=nothing,
        balance=nothing,
        funnel=(),
        satisfaction=nothing,
        propensity=nothing,
        notes=tickets.notes,
        helpdesk=tickets.helpdesk,
        excluded=tickets.excluded,
    )
