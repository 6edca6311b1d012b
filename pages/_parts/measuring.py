"""Tables and measurements, made once on this server for whoever asks first; the others wait for the same work and are told so."""

from collections.abc import Callable, Hashable, Mapping
from typing import TYPE_CHECKING, TypeVar

from pages._parts.jobs import jobs
from pages._parts.progress import Tell, Watch
from pages._parts.samples import Sample
from pages._parts.shelf import (
    Shelf,
    beside_shelf,
    books_shelf,
    changes_shelf,
    counts_shelf,
    doubts_shelf,
    examples,
    ratings_shelf,
    segments_shelf,
    shelf,
    staying_shelf,
)
from roi_core.cohorts.design import Design
from roi_core.effects.doubts.doubt import Doubt
from roi_core.effects.ratings import Finding
from roi_core.effects.segments import Segments
from roi_core.effects.staying import Staying
from roi_core.measured import Measured
from roi_core.readings import Changes, Inputs, Reading, saved_of, versions
from roi_core.results import Absent, Effect
from roi_core.sentences import say
from roi_core.show import Style
from roi_core.spine import Decisions
from roi_core.spine.decisions import SETTING
from roi_core.spine.exclusions import SETTING as OFF
from roi_core.spine.exclusions import Exclusions
from roi_core.workspace import Workspace

if TYPE_CHECKING:
    from roi_core.kpis import Books
    from roi_core.kpis.alerts import Alert
    from roi_core.kpis.answered import Answers

Answer = TypeVar("Answer")


def tables(facts: Sample | Workspace, watch: Watch) -> Workspace:
    """The typed tables; an example is read the first time."""
    from roi_core.ingest import take_in

    if isinstance(facts, Workspace):
        return facts
    sample, words = facts, say("frame.reading_example", company=facts.company)

    def read(workspace: Workspace) -> None:
        with jobs().turn(watch), watch(words) as tell:
            take_in(list(sample.paths), workspace, progress=tell)

    return examples().get(sample.key, read, lambda: watch(words))


def decisions(facts: Sample | Workspace) -> Decisions:
    """What was decided about the links of own files; an example is linked as its files say."""
    return Decisions.of(facts.recall(SETTING)) if isinstance(facts, Workspace) else Decisions()


def exclusions(facts: Sample | Workspace) -> Exclusions:
    """The rules that were switched off for own files; all of them hold for an example."""
    return Exclusions.of(facts.recall(OFF)) if isinstance(facts, Workspace) else Exclusions()


def measured(facts: Sample | Workspace, design: Design, watch: Watch) -> Measured:
    """Facts and effects under a design and the links decided on. Computed once per version of the files.

    Work without any table is refused at once: nobody waits for the work of others to be told that there is none.
    """
    words = say("frame.measuring")

    def measure() -> Measured:
        workspace = tables(facts, watch)
        from roi_core.measurement import measure_workspace

        if not workspace.manifest():
            return measure_workspace(workspace, design)
        with jobs().turn(watch), watch(words) as tell:
            return measure_workspace(workspace, design, tell)

    return shelf().get(_key(facts, design), measure, lambda: watch(words))


def _key(facts: Sample | Workspace, design: Design) -> tuple[Hashable, ...]:
    """All that an answer follows from, whose it is first."""
    return _whose(facts), _version(facts), design, decisions(facts).digest, exclusions(facts).digest


def _looked_into(
    kept: Shelf[Answer], key: tuple[Hashable, ...], facts: Sample | Workspace, words: str, look: Callable[[Workspace, Tell], Answer], watch: Watch
) -> Answer:
    """What the shelf keeps under the key, else what `look` finds in the tables; worked out in its turn, which `words` begin to tell of."""

    def work() -> Answer:
        workspace = tables(facts, watch)
        with jobs().turn(watch), watch(words) as tell:
            return look(workspace, tell)

    return kept.get(key, work, lambda: watch(words))


def examined(facts: Sample | Workspace, design: Design, effect: str, doubt: str, watch: Watch) -> Doubt | Absent:
    """One doubt about an effect, looked into. Computed once per version of the files, when it is first asked for."""

    def look(workspace: Workspace, tell: Tell) -> Doubt | Absent:
        from roi_core.examination import examine_workspace

        return examine_workspace(workspace, effect, doubt, design, tell)

    words = say("doubt.looking", title=say(f"doubt.{doubt}"))
    return _looked_into(doubts_shelf(), (*_key(facts, design), effect, doubt), facts, words, look, watch)


def beside(facts: Sample | Workspace, design: Design, watch: Watch) -> tuple[Effect, ...] | Absent:
    """The comparisons declared beside the main one. Computed once per version of the files, when they are first asked for."""

    def look(workspace: Workspace, tell: Tell) -> tuple[Effect, ...] | Absent:
        from roi_core.examination import compare_beside_workspace

        return compare_beside_workspace(workspace, design, tell)

    return _looked_into(beside_shelf(), _key(facts, design), facts, say("beside.looking"), look, watch)


def segments(facts: Sample | Workspace, design: Design, dimension: str, watch: Watch) -> Segments | Absent:
    """The main comparison within each group of a dimension. Computed once per version of the files, when the dimension is first asked for."""

    def look(workspace: Workspace, tell: Tell) -> Segments | Absent:
        from roi_core.examination import compare_segments_workspace

        return compare_segments_workspace(workspace, dimension, design, tell)

    return _looked_into(segments_shelf(), (*_key(facts, design), dimension), facts, say("segments.looking"), look, watch)


def ratings(facts: Sample | Workspace, design: Design, watch: Watch) -> tuple[Finding, ...] | Absent:
    """What else ratings say. Computed once per version of the files, when it is first asked for."""

    def look(workspace: Workspace, tell: Tell) -> tuple[Finding, ...] | Absent:
        from roi_core.examination import ask_ratings_workspace

        return ask_ratings_workspace(workspace, design, tell)

    return _looked_into(ratings_shelf(), _key(facts, design), facts, say("ratings.looking"), look, watch)


def staying(facts: Sample | Workspace, design: Design, watch: Watch) -> Mapping[str, Staying] | Absent:
    """How long customers stay. Followed once per version of the files, when it is first asked for."""

    def look(workspace: Workspace, tell: Tell) -> Mapping[str, Staying] | Absent:
        from roi_core.examination import follow_from_start_workspace

        return follow_from_start_workspace(workspace, tell)

    return _looked_into(staying_shelf(), _key(facts, design), facts, say("staying.looking"), look, watch)


def books(facts: Sample | Workspace, watch: Watch, cost: "Answers | None" = None) -> "Books":
    """The tables, open for key figures, with the answers on `cost`. Opened once per version of both, when the first figure is asked for."""
    words = say("kpi.opening")

    def open_them() -> "Books":
        workspace = tables(facts, watch)
        from roi_core.kpis import open_books

        with jobs().turn(watch), watch(words):
            return open_books(workspace, cost)

    return books_shelf().get((*_books_key(facts), cost), open_them, lambda: watch(words))


def counted(facts: Sample | Workspace, question: Hashable, answer: "Callable[[Books], Answer]", watch: Watch, cost: "Answers | None" = None) -> Answer:
    """The answer to a question about key figures, which names all that it follows from but the files and the answers on `cost`. Counted once."""
    words = say("kpi.counting")

    def count() -> Answer:
        opened = books(facts, watch, cost)
        with jobs().turn(watch), watch(words):
            return answer(opened)

    found: Answer = counts_shelf().get((*_books_key(facts), cost, question), count, lambda: watch(words))
    return found


def unusual(facts: Sample | Workspace, watch: Watch, cost: "Answers | None" = None) -> "tuple[Alert, ...]":
    """What is out of the ordinary in the figures that are watched. Looked for once per version of the files, when it is first asked for."""
    from roi_core.kpis.alerts import alerts

    return counted(facts, "alerts", alerts, watch, cost)


def _books_key(facts: Sample | Workspace) -> tuple[Hashable, ...]:
    """All that the tables of metrics follow from, whose they are first."""
    return _whose(facts), _version(facts), decisions(facts).digest, exclusions(facts).digest


def _whose(facts: Sample | Workspace) -> str:
    return facts.key if isinstance(facts, Sample) else facts.id


def _version(facts: Sample | Workspace) -> str:
    return "" if isinstance(facts, Sample) else facts.digest


def changed(workspace: Workspace, since: Reading, now: Reading, style: Style, watch: Watch) -> Changes:
    """What changed between two readings, each cause measured once per server; an answer that a page showed already is not measured again."""
    from roi_core.measurement import measure_saved

    words = say("changes.reading")

    def at(inputs: Inputs) -> Measured:
        saved = saved_of(workspace, inputs)
        key = (_whose(workspace), saved.digest, inputs.design, inputs.links.digest, inputs.rules.digest)

        def measure() -> Measured:
            with jobs().turn(watch):
                return measure_saved(saved, inputs.design)

        return shelf().get((*key, inputs.until_s) if inputs.until_s else key, measure, lambda: watch(words))

    def compare() -> Changes:
        from roi_core.readings import changes

        with watch(words):
            return changes(since, now, at, versions(workspace), style)

    return changes_shelf().get((workspace.id, since.at, since.inputs, now.inputs, style), compare, lambda: watch(words))
