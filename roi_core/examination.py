"""Doubts about an answer and comparisons beside it, looked into on request: from the same files and design, with the digits of the answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from roi_core.cohorts.design import Design
from roi_core.effects.again import fitted_again
from roi_core.effects.beside import all_beside
from roi_core.effects.doubts import DOUBTS, Asked, Doubt
from roi_core.effects.ratings import Finding, all_ratings
from roi_core.effects.segments import Segments, compare
from roi_core.effects.staying import Staying, all_staying
from roi_core.errors import DesignRefused
from roi_core.ingest import take_in
from roi_core.ingest.limits import FROM_DISK
from roi_core.measured import Measured
from roi_core.measurement import File, Progress, checked, measure_saved
from roi_core.results import Absent, Effect
from roi_core.sentences import say, speaking
from roi_core.spine import Facts, facts_of
from roi_core.spine.saved import Saved
from roi_core.workspace import Workspace

Answer = TypeVar("Answer")
_FACTS, _FITTED = 0.2, 0.4
"""How far the work is once the facts are there, and once the comparison is fitted again."""


@dataclass(frozen=True, slots=True)
class Whole:
    """Facts and effects with the comparisons declared beside the main one, what else ratings say, how long customers stay, and for whom help works.

    All but the facts and effects are empty, and `staying` is Absent, where nobody is followed over months; `segments` are by the dimensions asked for.
    """

    measured: Measured
    beside: tuple[Effect, ...]
    ratings: tuple[Finding, ...]
    staying: Mapping[str, Staying] | Absent
    segments: Mapping[str, Segments | Absent]


def measure_whole(workspace: Workspace, design: Design | None = None, progress: Progress | None = None, by: Sequence[str] = ()) -> Whole:
    """`measure`, `compare_beside`, `ask_ratings`, `follow_from_start` and `compare_segments` of the tables of a workspace that is not kept.

    `by` are the dimensions to compare within. Raises as `measure_workspace` and `compare_segments`.
    """
    measured = measure_saved(replace(Saved.now(workspace), lasting=False), design, progress)
    if isinstance(measured.company, Absent):
        return Whole(measured, (), (), measured.company, {})

    def look(facts: Facts, tell: Callable[[float], None]) -> Whole:
        design = measured.design
        segments = {dimension: compare(facts, dimension, design, tell) for dimension in by}
        return Whole(measured, all_beside(facts, design, tell), all_ratings(facts, design, tell), all_staying(facts, tell), segments)

    found = _of_facts(workspace, say("beside.looking"), progress, look)
    return Whole(measured, (), (), found, dict.fromkeys(by, found)) if isinstance(found, Absent) else found


def examine(files: Sequence[File], effect: str, doubt: str, design: Design | None = None, progress: Progress | None = None) -> Doubt | Absent:
    """One doubt (`effects.doubts.DOUBTS`) about an effect on leaving such as `supported.churn_6m`, of files read into a temporary workspace.

    Absent where the effect was refused or the files hold nothing to look into. Raises as `measure`, and DesignRefused for an unknown name.
    """
    with Workspace.temporary() as workspace:
        take_in([Path(f) if isinstance(f, str) else f for f in files], workspace, None, progress, FROM_DISK)
        return examine_workspace(workspace, effect, doubt, design, progress)


def examine_workspace(workspace: Workspace, effect: str, doubt: str, design: Design | None = None, progress: Progress | None = None) -> Doubt | Absent:
    """The same of the current tables of a workspace. Raises as `examine`."""
    asked, saved, tell = _asked(doubt), Saved.now(workspace), progress or (lambda _, __: None)
    if saved.tables.get("flat") and not saved.tables.get("tickets"):
        return Absent(say("doubt.flat"))
    told = say("doubt.looking", title=asked.title)
    with checked(saved):
        tell(told, 0.0)
        facts = facts_of(saved)
        tell(told, _FACTS)
        fitted = fitted_again(facts, design or Design(), effect)
        return fitted if isinstance(fitted, Absent) else asked.look(fitted, lambda done: tell(told, _FITTED + (1 - _FITTED) * done))


def compare_beside(files: Sequence[File], design: Design | None = None, progress: Progress | None = None) -> tuple[Effect, ...] | Absent:
    """The comparisons declared beside the main one (`effects.beside.BESIDE`), of files read into a temporary workspace; each an effect or its refusal.

    Absent for one flat file. Raises as `measure`.
    """
    with Workspace.temporary() as workspace:
        take_in([Path(f) if isinstance(f, str) else f for f in files], workspace, None, progress, FROM_DISK)
        return compare_beside_workspace(workspace, design, progress)


def compare_beside_workspace(workspace: Workspace, design: Design | None = None, progress: Progress | None = None) -> tuple[Effect, ...] | Absent:
    """The same of the current tables of a workspace. Raises as `compare_beside`."""
    return _of_facts(workspace, say("beside.looking"), progress, lambda facts, tell: all_beside(facts, design or Design(), tell))


def compare_segments(files: Sequence[File], dimension: str, design: Design | None = None, progress: Progress | None = None) -> Segments | Absent:
    """The main comparison within each level of a dimension (`cohorts.choices.CUSTOMERS`), of files read into a temporary workspace.

    Absent for one flat file, and where fewer than two levels can be compared. Raises as `measure`, and DesignRefused for an unknown dimension.
    """
    with Workspace.temporary() as workspace:
        take_in([Path(f) if isinstance(f, str) else f for f in files], workspace, None, progress, FROM_DISK)
        return compare_segments_workspace(workspace, dimension, design, progress)


def compare_segments_workspace(workspace: Workspace, dimension: str, design: Design | None = None, progress: Progress | None = None) -> Segments | Absent:
    """The same of the current tables of a workspace. Raises as `compare_segments`."""
    return _of_facts(workspace, say("segments.looking"), progress, lambda facts, tell: compare(facts, dimension, design or Design(), tell))


def ask_ratings(files: Sequence[File], design: Design | None = None, progress: Progress | None = None) -> tuple[Finding, ...] | Absent:
    """What else ratings say (`effects.ratings`), of files read into a temporary workspace. Absent for one flat file. Raises as `measure`."""
    with Workspace.temporary() as workspace:
        take_in([Path(f) if isinstance(f, str) else f for f in files], workspace, None, progress, FROM_DISK)
        return ask_ratings_workspace(workspace, design, progress)


def ask_ratings_workspace(workspace: Workspace, design: Design | None = None, progress: Progress | None = None) -> tuple[Finding, ...] | Absent:
    """The same of the current tables of a workspace. Raises as `ask_ratings`."""
    return _of_facts(workspace, say("ratings.looking"), progress, lambda facts, tell: all_ratings(facts, design or Design(), tell))


def follow_from_start(files: Sequence[File], progress: Progress | None = None) -> Mapping[str, Staying] | Absent:
    """How long customers stay (`effects.staying`), of files read into a temporary workspace: of everybody ("") and by what parts them.

    Absent for one flat file, where nobody is known to leave and where too few began while the files ran. Raises as `measure`.
    """
    with Workspace.temporary() as workspace:
        take_in([Path(f) if isinstance(f, str) else f for f in files], workspace, None, progress, FROM_DISK)
        return follow_from_start_workspace(workspace, progress)


def follow_from_start_workspace(workspace: Workspace, progress: Progress | None = None) -> Mapping[str, Staying] | Absent:
    """The same of the current tables of a workspace. Raises as `follow_from_start`."""
    return _of_facts(workspace, say("staying.looking"), progress, all_staying)


def _of_facts(workspace: Workspace, told: str, progress: Progress | None, work: Callable[[Facts, Callable[[float], None]], Answer]) -> Answer | Absent:
    """Work on the facts of a workspace, in the words of its business, telling how far it is."""
    saved, tell = Saved.now(workspace), progress or (lambda _, __: None)
    if saved.tables.get("flat") and not saved.tables.get("tickets"):
        return Absent(say("beside.flat"))
    with checked(saved):
        tell(told, 0.0)
        facts = facts_of(saved)
        with speaking(facts.words):
            return work(facts, lambda done: tell(told, _FACTS + (1 - _FACTS) * done))


def _asked(doubt: str) -> Asked:
    found = next((asked for asked in DOUBTS if asked.key == doubt), None)
    if found is None:
        raise DesignRefused.value("doubt", doubt, " or ".join(asked.key for asked in DOUBTS))
    return found
