"""What measured effects are worth: the ledger, the return, the headline. Instant, and reads no file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from roi_core.assumptions import Assumption, Assumptions, Value
from roi_core.ledger import Ledger, Line, Roi, Total, build_ledger, ledger_as_json, roi, roi_as_json, total, words
from roi_core.ledger.finding import Finding, is_unclear
from roi_core.ledger.headline import Headline, Told, clearly_stayed, headline, told_of
from roi_core.ledger.planted import planted_sentence
from roi_core.ledger.practice import only_a_practice
from roi_core.ledger.returns import Returns, returns
from roi_core.ledger.total import no_return
from roi_core.ledger.verdict import return_found, return_title
from roi_core.measured import Company, Measured, is_tested
from roi_core.metrics.readiness import Unlock, readiness
from roi_core.money.basis import Basis
from roi_core.money.break_even import break_even, break_even_agents
from roi_core.money.costs import COST_SHEET, open_questions
from roi_core.money.draws import Sample
from roi_core.money.hidden import hidden_money, strongest_covariate
from roi_core.money.kept import Kept, customers_kept
from roi_core.money.period import Period
from roi_core.money.priced import Priced
from roi_core.money.spreadsheet import TextFormula, text_formulas
from roi_core.results import Absent, Effect, Estimate, Grade, Result
from roi_core.sentences import say, speaking
from roi_core.show import Style, number, show
from roi_core.units import Unit

__all__ = ["Change", "Headline", "Ledger", "Line", "Roi", "Valued", "appraise", "ledger_as_json", "roi_as_json", "value"]


@dataclass(frozen=True, slots=True)
class Change:
    """What a scenario changes against today, by the same draws: money a year, and a finding in one sentence.

    `grade` is that of its weakest part; `sample` holds the yearly change, first at the estimates, then in each draw.
    """

    a_year: Result
    benefit_a_year: Result
    cost_a_year: Result
    probability_better: Result
    grade: Grade
    finding: str
    notes: tuple[str, ...] = ()
    sample: Sample | float | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Valued:
    """Measured facts under one set of assumptions. `title` is the return as a finding, else the headline's; `change` is there where a scenario was run."""

    measured: Measured
    assumptions: Assumptions
    ledger: Ledger
    roi: Roi
    headline: Headline
    break_even: Result
    break_even_text: str
    title: str
    odds: str
    returns: Returns
    total: Total
    coverage: Result
    basis: Basis = field(repr=False, compare=False)
    change: Change | None = None

    @property
    def effects(self) -> Mapping[str, Effect]:
        """The measured effects, and the margin per contact of each stream as `<contrast>.margin_<H>m`."""
        return {**self.measured.effects, **{effect.key: effect for effect in map(self._margin_effect, self.basis.kept)}}

    @property
    def questions(self) -> tuple[Assumption, ...]:
        """The questions on cost that are open; none where the files hold the costs or all are answered."""
        return () if isinstance(self.total.spent, Estimate) else open_questions(self.assumptions)

    @property
    def net(self) -> Result:
        """The leading benefit after what the customers kept will need from support."""
        return self.basis.net

    def spent_a_year_text(self, style: Style) -> str:
        """The cost of the period brought to a year, as the break-even is stated; empty where no cost is known."""
        spent = self.a_year(self.total.spent)
        return (
            "" if isinstance(spent, Absent) or self.basis.period is None else say("period.a_year", amount=number(spent.value, spent.unit, style, compact=True))
        )

    def a_year(self, amount: Result) -> Result:
        """An amount of the period brought to a year, with its limits."""
        period = self.basis.period
        if isinstance(amount, Absent) or period is None:
            return amount
        low, high = (None if limit is None else limit / period.years for limit in (amount.low, amount.high))
        return replace(amount, value=amount.value / period.years, low=low, high=high, unit=Unit.MONEY_PER_YEAR)

    @property
    def titles(self) -> Mapping[str, str]:
        """What amounts are called whose meaning depends on what is known, by the key of their usual title."""
        return {"overview.kept": self.kept_title, "overview.spent": self.spent_title}

    @property
    def spent_title(self) -> str:
        """What the cost is called: of the months compared, of the draw of a test, or of all months where nothing is compared."""
        return say(f"overview.{self.spent_of}")

    @property
    def spent_of(self) -> str:
        """Which months the cost is of, as keys of sentences end: a test is set beside the months of its draw alone."""
        if self.basis.lead is None:
            return "spent_all"
        return "spent" if self.basis.goes_on else "spent_drawn"

    @property
    def kept_title(self) -> str:
        """What the amount kept is called: only where it is known is the support taken off that the kept customers will need."""
        return say("overview.kept" if any(line.follows is not None and line.sample is not None for line in self.ledger) else "overview.kept_before")

    @property
    def return_found(self) -> Finding | None:
        """What may be said of the return; None where no benefit was found, or none can be set against the cost."""
        return return_found(self.net, self.roi)

    @property
    def spoken_of(self) -> Effect:
        """The effect on leaving behind the headline."""
        lead = self.basis.lead
        key = f"{lead.stream.contrast}.{lead.stream.outcome}_{lead.stream.horizon_months}m" if lead else ""
        return self.measured.effects.get(key) or told_of(self.measured) or self.measured.main_effect

    @property
    def costs_from_books(self) -> bool:
        """Whether a cost sheet says what support costs, so that nobody has to be asked."""
        return any(line.comes_from == COST_SHEET and line.kind == "cost" for line in self.ledger)

    @property
    def stayed_texts(self) -> tuple[str, ...]:
        """Why a line of the ledger is unclear although its customers clearly stayed longer; one sentence a line."""
        found = [(kept.stream.title, clearly_stayed(self.measured, kept)) for kept in self.basis.kept if is_unclear(kept.priced.amount)]
        return tuple(say("ledger.stayed", title=title, sentence=effect.sentence) for title, effect in found if effect is not None)

    @property
    def unlocks(self) -> tuple[Unlock, ...]:
        """What one more export would answer beside these files and answers, the most first; nothing of a flat file."""
        costs = () if self.questions else ("costs",)
        scores = ("scores",) if isinstance(self.measured.metrics.get("csat_satisfied"), Estimate) else ()
        bought = ("orders", "returns") if self.measured.is_shop else ()
        revenue = company.revenue if isinstance(company := self.measured.company, Company) else None
        return readiness(self.measured.tables, (*costs, *scores, *bought), revenue).unlocks if self.measured.tables else ()

    def truth_text(self, truth: Mapping[str, Any] | None, style: Style) -> str:
        """The planted truth in money beside our range; empty where `truth.json` does not hold what is needed."""
        return planted_sentence(self.basis.lead, truth, style)

    @property
    def returns_text(self) -> str:
        """Both returns in words; why there are none where that is so."""
        if self.return_found is None and isinstance(self.roi.roi_percent, Estimate):
            return say("returns.nothing_found")
        return words.returns_sentence(self.returns, words.style_of(self.measured))

    @property
    def customers_text(self) -> str:
        """How many customers the leading comparison kept, in words; why that cannot be said where it is so."""
        lead = self.basis.lead
        if lead is None:
            return say("kept.unknown")
        with speaking(self.measured.words):
            return words.customers_sentence(customers_kept(lead.stream, self.basis.draws), lead.stream.horizon_months, words.style_of(self.measured))

    @property
    def texts(self) -> tuple[TextFormula, ...]:
        """The texts' formulas with these numbers, each to be struck out."""
        kept = self.basis.lead.priced.amount if self.basis.lead is not None else self.total.benefit
        return text_formulas(self.measured, self.assumptions, kept)

    def _margin_effect(self, kept: Kept) -> Effect:
        stream = kept.stream
        source = self.measured.effects.get(f"{stream.contrast}.revenue_{stream.horizon_months}m")
        checks = source.checks if source is not None else ()
        key = f"{stream.contrast}.margin_{stream.horizon_months}m"
        sentence = _per_contact(kept, self.assumptions, words.style_of(self.measured))
        return Effect(key, kept.per_episode, stream.estimand, stream.grade, sentence, checks, episodes=stream.episodes)

    def _repr_html_(self) -> str:
        style = words.style_of(self.measured)
        rows = "".join(_row(line, style) for line in self.ledger)
        head = "<tr><th>Line</th><th>Amount</th><th>Grade</th><th>Counts</th></tr>"
        return f"<h3>{escape(self.headline.title)}</h3><p>{escape(self.headline.text)}</p><table>{head}{rows}</table>"


def value(measured: Measured, assumptions: Mapping[str, Value] | None = None, *, style: Style | None = None) -> Valued:
    """Ledger, return and headline of measured effects. Raises AssumptionRefused.

    `assumptions` may be any mapping of declared keys; `style` is how the sentences write numbers.
    """
    return appraise(Basis.of(measured, Assumptions.of(assumptions)), style=style)


def appraise(basis: Basis, moved: tuple[Priced, ...] = (), *, style: Style | None = None) -> Valued:
    """The same tail for today and for a scenario: `moved` are the amounts that a scenario adds. Sentences speak the words of the business."""
    with speaking(basis.measured.words):
        return _appraised(basis, moved, style)


def _appraised(basis: Basis, moved: tuple[Priced, ...], style: Style | None) -> Valued:
    measured, assumptions, lead = basis.measured, basis.assumptions, basis.lead
    written = words.style_of(measured) if style is None else style
    ledger = build_ledger((*basis.priced(), *moved))
    n = lead.stream.episodes.customers if lead is not None else 0
    totals = total(ledger, n)
    practice = only_a_practice(measured, lead)
    returned = roi(totals, n, _hidden(basis)) if practice is None else no_return(practice)
    paid_back = _break_even(basis, totals, practice, n)
    sentence = _break_even_text(basis, paid_back, practice, written)
    net, told = basis.net, words.refusal(practice)
    spoken = headline(Told(measured, assumptions, lead, net, told, totals, returned, sentence, written))
    covered = lead.coverage if lead is not None else Absent("Nothing is valued, so no contact is covered.")
    return Valued(
        measured=measured,
        assumptions=assumptions,
        ledger=ledger,
        roi=returned,
        headline=spoken,
        break_even=paid_back,
        break_even_text=sentence,
        title=return_title(return_found(net, returned), returned, written) or spoken.title,
        odds=words.odds_sentence(returned.probability_positive, returned.probability_positive_with_hidden, _strongest(basis)),
        returns=returns(totals, returned.value_per_unit_spent, basis.costs, covered, assumptions, basis.draws.size),
        total=totals,
        coverage=covered,
        basis=basis,
    )


def with_change(valued: Valued, change: Change) -> Valued:
    """The same value, with what changed against today."""
    return replace(valued, change=change)


def _hidden(basis: Basis) -> Sample | float | Absent:
    if basis.lead is None:
        return Absent("Nothing is valued, so there is nothing that something unseen could move.")
    return hidden_money(basis.measured, basis.lead.stream, basis.assumptions, basis.draws.size)


def _strongest(basis: Basis) -> str | None:
    return None if basis.lead is None else strongest_covariate(basis.measured, basis.lead.stream)


def _break_even(basis: Basis, totals: Total, practice: Absent | None, n: int) -> Result:
    """The cost at which what support is worth is paid back: of what counts; beside a practice, of the sign that support itself is."""
    held = basis.lead if practice is None else basis.whole
    if held is None or basis.period is None:
        return practice or break_even(None, 0.0, None, n)
    counted = totals.sums.benefit if practice is None else None
    sample = held.priced.sample if counted is None else counted + totals.sums.later
    found = break_even(sample, basis.load_of(held), Period.of(held.stream), n)
    return practice if practice is not None and isinstance(found, Absent) else found


def _break_even_text(basis: Basis, paid_back: Result, practice: Absent | None, style: Style) -> str:
    if practice is not None and isinstance(paid_back, Absent):
        return words.refusal(practice)
    grade = _grade(basis.lead if practice is None else basis.whole)
    return words.break_even_sentence(paid_back, _agents(paid_back, basis.assumptions), grade, style)


def _agents(paid_back: Result, assumptions: Assumptions) -> Result:
    return break_even_agents(paid_back, assumptions.number("cost_per_agent_year"), assumptions.number("tools_per_year"))


def _grade(lead: Kept | None) -> Grade:
    return Grade.C if lead is None else lead.stream.grade


def _per_contact(kept: Kept, assumptions: Assumptions, style: Style) -> str:
    if isinstance(kept.per_episode, Absent):
        return kept.per_episode.reason
    return words.per_episode(kept.per_episode, is_tested(kept.stream.contrast), words.what(assumptions), kept.stream.horizon_months, style)


def _row(line: Line, style: Style) -> str:
    cells = (line.title, show(line.amount, style), line.word, "yes" if line.included else " ".join(line.reasons))
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
