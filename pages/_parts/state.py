"""What this visitor looks at, and what was decided about it.

The address holds either `work`, the opaque id of saved work on this computer, or `sample`, the name of an example, so
that a refresh or a copied link shows the same; without either it is the work looked at last. A changed answer on an example makes it saved work too.
Every decision is saved as it is made; what is refused is held by `saving`, and shown as if it were kept until the visitor says what becomes of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import streamlit as st

from pages._parts import measuring, saving
from pages._parts.progress import progress
from pages._parts.samples import FIRST, SAMPLES, Sample
from pages._parts.whole import whole
from roi_core.assumptions import Assumptions
from roi_core.cohorts.design import Design, FlatColumns, Planned, Quoted
from roi_core.errors import SupportRoiError
from roi_core.measured import Company, Measured
from roi_core.sentences import say, speak
from roi_core.show import Style
from roi_core.spine import Decisions
from roi_core.spine.decisions import SETTING
from roi_core.valuation import Valued, value
from roi_core.workspace import Workspace, last_used
from roi_core.workspace.clients import NAME, SAMPLE, use

ANSWERS, DESIGN, SCENARIO, FINDINGS = "assumptions", "design", "scenario", "findings"
"""Under which names decisions are kept, beside links, rules, files and what `roi_core.workspace.clients` keeps."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is looked at: `facts` an example or own files; `workspace` None on an example until an answer is changed; `values` its decisions by name."""

    facts: Sample | Workspace
    workspace: Workspace | None
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sample(self) -> Sample | None:
        """The example, or None for own files."""
        return self.facts if isinstance(self.facts, Sample) else None

    @property
    def key(self) -> str:
        """What tells it from all others: the id of saved work, else the name of the example."""
        return self.workspace.id if self.workspace else self.sample.key if self.sample else ""

    @property
    def name(self) -> str:
        """What the top line calls it."""
        return self.values.get(NAME) or (self.sample.company if self.sample else say("frame.own_files"))


def work() -> Work:
    """What the address, else the session, asks for. Raises SupportRoiError for an unknown id, which stays in the address."""
    name, value = _asked_for()
    if name == "sample":
        _follow("sample", value)
        return Work(SAMPLES.get(value, FIRST), None)
    workspace = Workspace.open(None, value)
    values = workspace.root.values
    _follow("work", value)
    return Work(SAMPLES.get(values.get(SAMPLE) or "", workspace), workspace, values)


def look() -> None:
    """At the start of a full run: what this page is drawn with, and which work was looked at last. Raises as `work`."""
    workspace = work().workspace
    if workspace:
        saving.look(workspace)
        with suppress(SupportRoiError):
            use(workspace.id)


@whole
def use_work(id: str) -> None:
    """Look at saved work from the next run on."""
    _follow("work", id)


@whole
def use_sample(key: str) -> None:
    """Look at an example from the next run on."""
    _follow("sample", key)


def leave_lost_work() -> None:
    """Where the address names work that is not there, look at the first example instead; work that is there stays."""
    try:
        work()
    except SupportRoiError:
        use_sample(FIRST.key)


@contextmanager
def noting() -> Iterator[None]:
    """An action on saved work: why it was refused is told on the page, in words."""
    try:
        yield
    except SupportRoiError as error:
        saving.refuse(key(), {}, error)


def recall(name: str) -> Any:
    """A decision of this work, or None; one that could not be saved yet stands as the visitor made it."""
    now = work()
    held = saving.values_of(now.key)
    if name in held:
        return held[name]
    return now.values.get(name)


def remember(name: str, value: Any, *, steps: bool = False) -> None:
    """Keep a decision of this work; see `remember_all`."""
    remember_all({name: value}, steps=steps)


def remember_all(values: Mapping[str, Any], *, steps: bool = False) -> None:
    """Keep decisions as one change, None to take one away; an example becomes saved work with it, so that a refresh keeps it.

    What is refused is held in the session with the reason, and offered on the page. `steps` are those of one slider.
    """
    of = key()
    try:
        now = work()
        workspace = now.workspace or _begun(now.sample or FIRST)
        saving.keep(workspace, values, steps=steps)
    except SupportRoiError as error:
        saving.refuse(of, values, error)
        return
    saving.saved(of, values)
    _follow("work", workspace.id)


def _begun(sample: Sample) -> Workspace:
    """Saved work about an example."""
    workspace = Workspace.create()
    try:
        workspace.remember(SAMPLE, sample.key)
    except SupportRoiError:
        workspace.delete()
        raise
    return workspace


def save_again() -> None:
    """Once more what could not be saved."""
    remember_all(saving.values_of(key()))


def key() -> str:
    """What tells the work that is asked for from all others, also where it cannot be opened."""
    return _asked_for()[1]


def assumptions() -> Assumptions:
    """What was answered on this work, over the declared defaults."""
    return Assumptions.of(recall(ANSWERS))


def answer(answers: Mapping[str, Any]) -> None:
    """Keep answers to declared assumptions; None goes back to the default. One out of its range is told, and nothing is kept then."""
    kept = {key: value for key, value in {**(recall(ANSWERS) or {}), **answers}.items() if value is not None}
    with noting():
        Assumptions.of(kept)
        remember(ANSWERS, kept)


def scenario() -> Mapping[str, float]:
    """Where the sliders of *What if?* were moved to, without those that stand at today's figure."""
    return recall(SCENARIO) or {}


def move(moved: Mapping[str, float]) -> None:
    """Keep where the sliders stand; the steps of one drag are one change."""
    remember(SCENARIO, dict(moved) or None, steps=True)


def design() -> Design:
    """The comparison of this work: the one fixed in advance, or what was chosen by hand."""
    kept = recall(DESIGN)
    return Design.of(kept) if kept else Design()


def choose(design: Design) -> None:
    """Keep a comparison with the work, and count it where it was chosen by hand."""
    remember(DESIGN, asdict(design))
    _opened(design)


def _opened(design: Design) -> None:
    """Keeps with the work when a comparison was first opened; the roles of a flat file and the plan of a test do not make another one of it."""
    workspace, alike = work().workspace, replace(design, flat=FlatColumns(), planned=Planned(), quoted=Quoted())
    if workspace and not saving.values_of(workspace.id):
        workspace.open_design(alike.digest, asdict(alike), fixed=not alike.chosen_after_looking)


@whole
def choose_fixed() -> None:
    """Back to the comparison fixed in advance; the roles of a flat file, what tests were planned with and what was quoted stay as they are."""
    choose(Design(flat=design().flat, planned=design().planned, quoted=design().quoted))


def looked_at() -> Sequence[str]:
    """Digests of the comparisons that were chosen by hand in this work."""
    workspace = work().workspace
    return tuple(digest for digest, opened in workspace.root.designs.items() if not opened["fixed"]) if workspace else ()


def company() -> str:
    """What the visitor calls the company of own files; empty until told."""
    return str(recall(NAME) or "")


def name_company(name: str) -> None:
    """Keep what the company is called with the work."""
    remember(NAME, name or None)


def links() -> Decisions:
    """What was decided about the links of own files."""
    return measuring.decisions(work().facts)


def decide(made: Decisions) -> None:
    """Keep what was decided about links in place of what was before; an example is not changed."""
    facts = work().facts
    if isinstance(facts, Workspace):
        remember(SETTING, made.as_json())


def tables() -> Workspace:
    """The typed tables behind this work; an example is read the first time."""
    return measuring.tables(work().facts, progress)


def measured() -> Measured:
    """Facts and effects of this work under its design. Computed once per version of the files.

    The comparison fixed in advance is on record before any outcome is read.
    """
    _opened(Design())
    found = measuring.measured(work().facts, design(), progress)
    speak(found.words)
    return found


def valued() -> Valued:
    """The same with money, under what was answered and the reader's way of writing numbers."""
    return value(measured(), assumptions(), style=style())


def truth() -> Mapping[str, Any] | None:
    """What was planted in the example that is looked at; None for own files."""
    from roi_core.companies import read_truth

    sample = work().sample
    return read_truth(sample.path) if sample else None


def style() -> Style:
    """How this visitor's browser writes numbers, in the currency of the files; without one where the files do not say, or say nothing."""
    try:
        company = measured().company
    except SupportRoiError:
        company = None
    return Style.for_locale(st.context.locale, company.currency or "" if isinstance(company, Company) else "")


def _asked_for() -> tuple[str, str]:
    for source in (st.query_params, st.session_state):
        for name in ("work", "sample"):
            if value := source.get(name):
                return name, str(value)
    last = last_used()
    return ("work", last) if last and _opens(last) else ("sample", FIRST.key)


def _opens(id: str) -> bool:
    with suppress(SupportRoiError):
        Workspace.open(None, id)
        return True
    return False


def _follow(name: str, value: str) -> None:
    """Writes what is looked at to the session and the address, which Streamlit empties at each change of page."""
    other = "work" if name == "sample" else "sample"
    for place in (st.query_params, st.session_state):
        if other in place:
            del place[other]
        if place.get(name) != value:
            place[name] = value
