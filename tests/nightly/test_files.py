"""What comes in with a file, at full counts: statements, names, formulas, texts in the clear. Every line goes to the scoreboard, lost or not."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.engine.attacks import ATTACKS, CONNECTIONS, HARMLESS, asked, attacked, own_files
from tests.engine.builders import BUILDERS, faults_of, other_files
from tests.exports_of import EXPORTS
from tests.nightly.scoreboard import append
from tests.report.test_ledger_csv import HARMLESS as TEXTS
from tests.report.test_ledger_csv import RUNS
from tests.store.apart import lost
from tests.store.canaries import MOMENTS, loaded_apart
from tests.store.scores import Score, Tally


def scored(case: str, tries: Iterable[list[str]]) -> Score:
    """Counts what each try gave; an error counts as a loss, and ends them."""
    tally = Tally(case)
    try:
        for faults in tries:
            tally.add(faults)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is on the scoreboard
        tally.add([f"{type(error).__name__}: {error}"])
    return tally.score


def kept(*scores: Score) -> list[Score]:
    """Those with a loss, once all are on the scoreboard."""
    append(scores)
    return lost(list(scores))


@pytest.mark.parametrize("connection", CONNECTIONS)
def test_no_statement_reads_or_writes_what_is_not_its_own(connection: str, tmp_path: Path) -> None:
    outside = other_files(tmp_path / "outside")
    inside = own_files(tmp_path / "inside", outside)
    connect = CONNECTIONS[connection]
    assert len(set(ATTACKS)) >= 35
    attacks = scored(f"SQL attacks on a connection: {connection}", (attacked(connect, statement, inside, outside) for statement in ATTACKS))
    questions = scored(f"harmless statements on a connection: {connection}", (asked(connect, statement, inside, outside) for statement in HARMLESS))
    assert kept(attacks, *([] if connection == "registered only" else [questions])) == []


@pytest.mark.parametrize("name", BUILDERS)
def test_no_name_becomes_sql(name: str, tmp_path: Path) -> None:
    outside, folder = other_files(tmp_path / "outside"), tmp_path / "inside"
    folder.mkdir()
    assert kept(scored(f"hostile names in queries: {name}", faults_of(BUILDERS[name], folder, outside))) == []


@pytest.mark.parametrize("export", EXPORTS)
def test_no_cell_becomes_a_formula(export: str, tmp_path: Path) -> None:
    assert kept(scored(f"formulas in exports: {export}", EXPORTS[export]((*RUNS, *TEXTS), tmp_path))) == []


def test_nothing_of_a_customer_stands_in_the_clear(tmp_path: Path) -> None:
    told = loaded_apart(tmp_path)
    assert kept(*(scored(f"canaries in the clear: {moment}", [told[moment]]) for moment in MOMENTS)) == []
