"""Fourteen relations that hold whatever the numbers are: what must not move an answer does not, and what must move it does so exactly.

Row order and parts of every table are tried at length in `tests/spine/test_any_order`, the cost of a return in `tests/test_value`; here each
relation is tried once on one company, from typed tables to the answer, and those of estimators and of files on drawn numbers.
"""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from roi_core.cohorts.design import Design
from roi_core.cohorts.trials import build_trials
from roi_core.companies import process
from roi_core.companies.knobs import SimulationKnobs
from roi_core.effects.fit import contributions
from roi_core.ingest import take_in
from roi_core.spine import Facts, build_facts
from roi_core.spine.saved import Saved
from roi_core.stats import cluster, resampling, weighting
from roi_core.workspace import Workspace
from tests import simulated
from tests.typed_tables import write_part

Tables = Mapping[str, pa.Table]
WEEKS = pa.scalar(4 * 7 * 86_400_000_000, pa.duration("us"))


@dataclass(frozen=True, slots=True)
class Answer:
    """Counts, and the answer on leaving and on revenue of each month, with their errors."""

    contacts: int
    customers: int
    value: NDArray[np.float64]
    errors: NDArray[np.float64]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    panel = process.simulate(SimulationKnobs(customers=500, seed=8, months=14))
    parts = simulated._tables(tmp_path_factory.mktemp("company"), panel, usage=True, priority=True, any_day=False)  # noqa: SLF001 - the tables, not their facts
    return {name: pq.read_table(paths[0]).drop_columns(["row_no", "file_no"]) for name, paths in parts.items()}


def facts_of(folder: Path, tables: Tables, *, halves: bool = False) -> Facts:
    """Facts of the tables, each in one part or in two."""
    parts = {}
    for name, table in tables.items():
        cuts = [table.slice(0, table.num_rows // 3), table.slice(table.num_rows // 3)] if halves else [table]
        parts[name] = tuple(
            path for place, cut in enumerate(cuts) for path in write_part(folder, name, dict(zip(cut.column_names, cut.columns, strict=True)), place)
        )
    return build_facts(parts)


def answer(facts: Facts) -> Answer:
    rows = build_trials(facts, Design(), 6)
    outcome = np.column_stack([rows.churned, rows.revenue])
    found = weighting.overlap(outcome, rows.treated, rows.covariates.matrix, rows.cluster, continuous=rows.covariates.continuous)
    shares = contributions(found.influence, rows.cluster, facts.spine.num_rows)
    return Answer(facts.contacts.num_rows, facts.spine.num_rows, np.asarray(found.value), np.sqrt((shares**2).sum(axis=0)))


@pytest.fixture(scope="module")
def base(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> tuple[Facts, Answer]:
    facts = facts_of(tmp_path_factory.mktemp("base"), tables)
    return facts, answer(facts)


def changed(tables: Tables, table: str, column: str, values: object) -> Tables:
    held = tables[table]
    return {**tables, table: held.set_column(held.schema.get_field_index(column), column, values)}


def same(found: Answer, expected: Answer) -> None:
    assert (found.contacts, found.customers) == (expected.contacts, expected.customers)
    np.testing.assert_allclose(found.value, expected.value, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(found.errors, expected.errors, rtol=1e-9, atol=1e-12)


def test_1_money_times_k_is_money_times_k_and_nothing_else(tables: Tables, base: tuple[Facts, Answer], tmp_path: Path) -> None:
    """The logarithm of revenue is a covariate, so that a factor moves it by a constant up to the one that keeps nothing finite."""
    _, usual = base
    k = 64.0
    found = answer(facts_of(tmp_path, changed(tables, "subscriptions", "mrr", pc.multiply(tables["subscriptions"]["mrr"], k))))
    assert (found.contacts, found.customers) == (usual.contacts, usual.customers)
    assert found.value[0] == pytest.approx(usual.value[0], abs=0.05 * usual.errors[0])
    np.testing.assert_allclose(found.value[1:] / k, usual.value[1:], atol=0.05 * float(usual.errors[1:].max()))


def test_2_3_order_of_rows_and_columns_and_names_of_customers_and_agents_do_not_matter(tables: Tables, base: tuple[Facts, Answer], tmp_path: Path) -> None:
    luck = np.random.default_rng(1)
    renamed: dict[str, pa.Table] = {}
    for name, table in tables.items():
        columns = {c: pc.binary_join_element_wise("x", table[c], "") if c in ("customer_id", "agent") else table[c] for c in reversed(table.column_names)}
        renamed[name] = pa.table(columns).take(luck.permutation(table.num_rows))
    same(answer(facts_of(tmp_path, renamed)), base[1])


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_4_rows_copied_as_other_customers_narrow_the_error_by_what_so_many_rows_bring(seed: int) -> None:
    luck, n = np.random.default_rng(seed), 60
    x = luck.normal(size=(n, 1))
    treated, y = luck.random(n) < 0.5, luck.random(n)
    treated[:2] = True, False
    once = weighting.overlap(y, treated, x, np.arange(n), splines=False)
    twice = weighting.overlap(np.tile(y, 2), np.tile(treated, 2), np.tile(x, (2, 1)), np.arange(2 * n), splines=False)
    assert float(twice.value) == pytest.approx(float(once.value), abs=1e-8)
    assert float(twice.se) == pytest.approx(float(once.se) * np.sqrt((n - 1) / (2 * n - 1)), rel=1e-6)


def test_4_copies_of_tickets_and_of_subscriptions_count_once(tables: Tables, base: tuple[Facts, Answer], tmp_path: Path) -> None:
    copied = {**tables, "tickets": pa.concat_tables([tables["tickets"], tables["tickets"]])}
    same(answer(facts_of(tmp_path, copied)), base[1])


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 6))
def test_5_segments_add_up_to_the_whole(seed: int, segments: int) -> None:
    luck, n = np.random.default_rng(seed), 80
    x, y, of = luck.integers(0, 2, n).astype(float), luck.integers(1, 4, n).astype(float), luck.integers(0, segments, n)

    def share(keep: NDArray[np.bool_]) -> tuple[float, float]:
        a, b = x[keep], y[keep]
        return cluster.ratio(len(a), a.sum(), b.sum(), a @ a, b @ b, a @ b).value, float(b.sum())

    parts = [share(of == k) for k in range(segments) if (of == k).sum() > 1]
    looked_at = np.isin(of, [k for k in range(segments) if (of == k).sum() > 1])
    whole, weight = share(looked_at)
    assert sum(w for _, w in parts) == weight
    assert sum(value * w for value, w in parts) / weight == pytest.approx(whole)


def test_5_contacts_of_all_categories_are_all_contacts(base: tuple[Facts, Answer]) -> None:
    by_category = base[0].contacts.group_by("category").aggregate([("ticket_no", "count")])
    assert sum(by_category["ticket_no_count"].to_pylist()) == base[0].contacts.num_rows


def test_6_whole_weeks_later_every_contact_is_answered_and_comes_back_as_before(tables: Tables, base: tuple[Facts, Answer], tmp_path: Path) -> None:
    """Trials begin with calendar months, which weeks do not keep; what is measured from instant to instant stays."""
    moved = {
        name: pa.table({c: pc.add(table[c], WEEKS) if pa.types.is_timestamp(table[c].type) else table[c] for c in table.column_names})
        for name, table in tables.items()
    }
    later = {row["created_s"] - 28 * 86_400: row for row in facts_of(tmp_path, moved).contacts.to_pylist()}
    both = [(row, later[row["created_s"]]) for row in base[0].contacts.to_pylist() if row["created_s"] in later]
    assert len(both) > 0.8 * base[0].contacts.num_rows
    for name in ("first_response_minutes", "recontact_7d", "load", "category"):
        assert [one[name] for one, _ in both] == [two[name] for _, two in both]


def test_8_9_a_column_that_nobody_maps_and_a_file_cut_in_two_change_nothing(tables: Tables, base: tuple[Facts, Answer], tmp_path: Path) -> None:
    more = {name: table.append_column("shoe size", pa.array(np.arange(table.num_rows) % 7)) for name, table in tables.items()}
    same(answer(facts_of(tmp_path, more, halves=True)), base[1])


def test_10_a_customer_without_tickets_is_one_more_to_compare_with_and_no_contact(tables: Tables, base: tuple[Facts, Answer], tmp_path: Path) -> None:
    """Only the denominators move: customers by one, customer months by the months of one."""
    held = tables["subscriptions"]
    row = held.slice(0, 1).to_pylist()[0] | {"customer_id": "quiet", "subscription_id": "quiet", "ended_at": None}
    facts = facts_of(tmp_path, {**tables, "subscriptions": pa.concat_tables([held, pa.Table.from_pylist([row], held.schema)])})
    usual = base[0]
    assert (facts.spine.num_rows, facts.contacts.num_rows) == (usual.spine.num_rows + 1, usual.contacts.num_rows)
    whole = usual.last_month - usual.first_month + 1
    assert 0 < facts.person_months.num_rows - usual.person_months.num_rows <= whole
    for name in ("first_response_minutes", "recontact_7d", "csat"):
        assert facts.contacts[name].to_pylist() == usual.contacts[name].to_pylist()


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_12_with_the_arms_swapped_the_effect_has_the_other_sign_and_the_same_z(seed: int) -> None:
    luck, n = np.random.default_rng(seed), 80
    x, treated, y = luck.normal(size=(n, 2)), luck.random(n) < 0.4, luck.random(n)
    treated[:2] = True, False
    one, other = (weighting.overlap(y, arm, x, np.arange(n), splines=False) for arm in (treated, ~treated))
    assert float(other.value) == pytest.approx(-float(one.value), abs=1e-7)
    assert float(other.se) == pytest.approx(float(one.se), rel=1e-5)


TICKETS = [
    {"ticket_id": f"t{k}", "customer_id": f"c{k % 7}", "created_at": f"2025-03-{k % 27 + 1:02d}T1{k % 10}:00:00", "category": "Billing"} for k in range(20)
]


def read(name: str, content: bytes) -> pa.Table:
    """The typed tickets of one file."""
    with Workspace.temporary() as workspace:
        take_in([(name, content)], workspace)
        typed = pa.concat_tables([pq.read_table(path) for path in Saved.now(workspace).tables["tickets"]], promote_options="default")
        return typed.select(["ticket_id", "created_at", "category"]).sort_by("ticket_id")


def as_csv(rows: list[dict[str, str]]) -> bytes:
    return "\n".join([",".join(rows[0]), *(",".join(row.values()) for row in rows)]).encode()


def test_7_13_the_same_table_is_the_same_in_any_format_and_at_any_offset() -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate([list(TICKETS[0]), *(list(row.values()) for row in TICKETS)]):
            sheet.write_row(place, 0, row)
    plain = read("tickets.csv", as_csv(TICKETS))
    assert read("tickets.xlsx", held.getvalue()).equals(plain)
    assert read("tickets.json", json.dumps(TICKETS).encode()).equals(plain)
    offset = [row | {"created_at": f"{row['created_at'][:11]}{int(row['created_at'][11:13]) + 2:02d}:00:00+02:00"} for row in TICKETS]
    assert read("tickets.csv", as_csv(offset)).equals(plain)


def test_14_the_same_seed_is_the_same_and_another_one_differs_by_no_more_than_luck() -> None:
    luck = np.random.default_rng(3)
    shares = luck.normal(size=(400, 1))
    errors = {seed: float(resampling.clusters_drawn_again(shares, 500, seed).std()) for seed in (1, 1_000)}
    assert float(resampling.clusters_drawn_again(shares, 500, 1).std()) == errors[1]
    assert errors[1] != errors[1_000]
    assert errors[1] == pytest.approx(errors[1_000], rel=4 / np.sqrt(500)), "an error from 500 draws has itself one of 3 %, and so has their ratio one of 4.5 %"
