"""What this visitor looks at: the only code that touches the session and the address.

The address holds either `work`, the opaque id of saved work on this computer, or `sample`, the name of an example, so
that a refresh or a copied link shows the same. A changed answer on an example makes it saved work too.
"""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages._parts import measuring
from pages._parts.jobs import jobs
from pages._parts.progress import Tell, progress
from pages._parts.samples import FIRST, SAMPLES, Sample
from roi_core.assumptions import Assumptions
from roi_core.cohorts.design import Design, Filters, FlatColumns
from roi_core.errors import SupportRoiError
from roi_core.measured import Company, Measured
from roi_core.sentences import say
from roi_core.show import Style
from roi_core.spine import Decisions
from roi_core.spine.decisions import SETTING
from roi_core.valuation import Valued, value
from roi_core.workspace import Workspace

_ANSWERS = "assumptions"
_DESIGN = "design"
_COMPANY = "company"
_DROPS = "drops"
_REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Work:
    """What is looked at: `facts` are an example or the visitor's own files; `workspace` is None on an example until an answer is changed."""

    facts: Sample | Workspace
    workspace: Workspace | None

    @property
    def sample(self) -> Sample | None:
        """The example, or None for own files."""
        return self.facts if isinstance(self.facts, Sample) else None

    @property
    def name(self) -> str:
        """What the top line calls it."""
        if self.sample:
            return self.sample.company
        return (self.workspace.recall(_COMPANY) if self.workspace else None) or say("frame.own_files")


def work() -> Work:
    """What the address, else the session, asks for. Raises SupportRoiError for an unknown id, which stays in the address."""
    name, value = _asked_for()
    if name == "sample":
        _follow("sample", value)
        return Work(SAMPLES.get(value, FIRST), None)
    workspace = Workspace.open(None, value)
    _follow("work", value)
    return Work(SAMPLES.get(workspace.recall("sample") or "", workspace), workspace)


def use_sample(key: str) -> None:
    """Look at an example from the next run on."""
    _follow("sample", key)


def leave_lost_work() -> None:
    """Where the address names work that is not there, look at the first example instead; work that is there stays."""
    try:
        work()
    except SupportRoiError:
        use_sample(FIRST.key)


def load(files: Sequence[tuple[str, bytes | Path]], tell: Tell) -> None:
    """Take in files of the visitor's own, beside those already there. Where nothing can be read, an example stays in view.

    A first load that fails, or that Streamlit stops or runs again, leaves no work behind: nobody would know its address.
    """
    facts = work().facts
    if isinstance(facts, Workspace):
        _load(files, facts, tell)
        return
    workspace = Workspace.create()
    try:
        _load(files, workspace, tell)
    except BaseException:
        workspace.delete()
        raise


def _load(files: Sequence[tuple[str, bytes | Path]], workspace: Workspace, tell: Tell) -> None:
    from roi_core.ingest import take_in
    from roi_core.ingest.limits import FROM_DISK, LIMITS

    limits = FROM_DISK if any(isinstance(content, Path) for _, content in files) else LIMITS
    with jobs().turn(lambda _: nullcontext(tell)):
        intake = take_in(files, workspace, progress=lambda name, done: tell(say("frame.reading", name=name), done), limits=limits)
    st.session_state[_DROPS] = [*st.session_state.get(_DROPS, []), len(files)]
    kept = bool(workspace.manifest()) or any(report.can_be_mapped for report in intake.files)
    st.session_state[_REFUSED] = [] if kept else [report.as_json() for report in intake.files]
    _let_go_of_uploads()
    if kept:
        _follow("work", workspace.id)
    else:
        workspace.delete()


def _let_go_of_uploads() -> None:
    """Streamlit keeps what was dropped until the session ends, also where the place to drop is gone."""
    run = get_script_run_ctx()
    if run:
        run.uploaded_file_mgr.remove_session_files(run.session_id)


def drops() -> int:
    """How often files were dropped: a new number gives an empty place to drop, and the bytes of the last drop are let go."""
    return len(st.session_state.get(_DROPS, []))


def refused() -> list[dict[str, Any]]:
    """Reports of the last drop where nothing of it could be read."""
    return list(st.session_state.get(_REFUSED, []))


def reports() -> list[dict[str, Any]]:
    """One report per table of this work, as `inspect` prints them."""
    return tables().reports()


def set_aside(source: str, member: str | None) -> str | None:
    """The rows of a table that were set aside, as CSV with line and reason, out of the vault."""
    from roi_core.ingest.one_table import quarantine_key

    return tables().vault.get("quarantine", quarantine_key(source, member))


def remove(report: Mapping[str, Any]) -> None:
    """Takes one file out of the work; what was chosen of a flat file goes with it."""
    from roi_core.ingest.take_out import take_out

    facts = work().facts
    if isinstance(facts, Workspace):
        take_out(facts, report)
        if not facts.parts("flat") and design().flat != FlatColumns():
            choose(replace(design(), flat=FlatColumns()))


def forget() -> None:
    """Delete the visitor's own work, keys first, and go back to the first example."""
    workspace = work().workspace
    if workspace:
        workspace.delete()
    _follow("sample", FIRST.key)


def recall(name: str) -> Any:
    """A setting of this work, or None."""
    workspace = work().workspace
    return workspace.recall(name) if workspace else None


def remember(name: str, value: Any) -> None:
    """Keep a setting of this work; an example becomes saved work with it, so that a refresh keeps it."""
    now = work()
    workspace = now.workspace
    if workspace is None:
        workspace = Workspace.create()
        workspace.remember("sample", now.sample.key if now.sample else FIRST.key)
    workspace.remember(name, value)
    _follow("work", workspace.id)


def assumptions() -> Assumptions:
    """What was answered on this work, over the declared defaults."""
    return Assumptions.of(recall(_ANSWERS))


def answer(answers: Mapping[str, Any]) -> None:
    """Keep answers to declared assumptions; None goes back to the default. Raises AssumptionRefused and keeps nothing then."""
    kept = {key: value for key, value in {**(recall(_ANSWERS) or {}), **answers}.items() if value is not None}
    Assumptions.of(kept)
    remember(_ANSWERS, kept)


def design() -> Design:
    """The comparison of this work: the one fixed in advance, or what was chosen by hand."""
    kept = recall(_DESIGN)
    return _as_design(kept) if kept else Design()


def choose(design: Design) -> None:
    """Keep a comparison with the work, and count it where it was chosen by hand. Raises DesignRefused before anything is kept."""
    remember(_DESIGN, asdict(design))
    _opened(design)


def _opened(design: Design) -> None:
    """Keeps with the work when a comparison was first opened; the roles of a flat file do not make another one of it."""
    workspace, alike = work().workspace, replace(design, flat=FlatColumns())
    if workspace:
        workspace.open_design(alike.digest, asdict(alike), fixed=not alike.chosen_after_looking)


def choose_fixed() -> None:
    """Back to the comparison fixed in advance; the roles of a flat file stay as they are."""
    choose(Design(flat=design().flat))


def looked_at() -> Sequence[str]:
    """Digests of the comparisons that were chosen by hand in this work."""
    workspace = work().workspace
    return tuple(digest for digest, opened in workspace.root.designs.items() if not opened["fixed"]) if workspace else ()


def company() -> str:
    """What the visitor calls the company of own files; empty until told."""
    return str(recall(_COMPANY) or "")


def name_company(name: str) -> None:
    """Keep what the company is called with the work."""
    remember(_COMPANY, name)


def links() -> Decisions:
    """What was decided about the links of own files."""
    return measuring.decisions(work().facts)


def decide(made: Decisions) -> None:
    """Keep what was decided about links in place of what was before; an example is not changed."""
    facts = work().facts
    if isinstance(facts, Workspace):
        facts.remember(SETTING, made.as_json())


def tables() -> Workspace:
    """The typed tables behind this work; an example is read the first time."""
    return measuring.tables(work().facts, progress)


def measured() -> Measured:
    """Facts and effects of this work under its design. Computed once per version of the files.

    The comparison fixed in advance is on record before any outcome is read.
    """
    _opened(Design())
    return measuring.measured(work().facts, design(), progress)


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


def _as_design(kept: Mapping[str, Any]) -> Design:
    """A design out of JSON, where tuples are lists."""
    filters: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in kept["filters"].items()}
    settings = {**kept, "filters": Filters(**filters), "flat": FlatColumns(**kept["flat"]), "exclude_categories": tuple(kept["exclude_categories"])}
    return Design(**settings)


def _asked_for() -> tuple[str, str]:
    for source in (st.query_params, st.session_state):
        for name in ("work", "sample"):
            if value := source.get(name):
                return name, str(value)
    return "sample", FIRST.key


def _follow(name: str, value: str) -> None:
    """Writes what is looked at to the session and the address, which Streamlit empties at each change of page."""
    other = "work" if name == "sample" else "sample"
    for place in (st.query_params, st.session_state):
        if other in place:
            del place[other]
        if place.get(name) != value:
            place[name] = value
