"""One flat file: counted by hand, leaks, those who could not have had support, a role chosen by the user."""

from pathlib import Path

import numpy as np
import pytest

from roi_core.cohorts.design import FlatColumns
from roi_core.effects.agreement import agreement
from roi_core.effects.flat import analyse_flat, read_flat
from roi_core.errors import ColumnMissing, DesignRefused, NothingToAnalyse
from roi_core.results import Absent, Estimate, Grade
from roi_core.sentences import say
from tests.effects.flat_file import flat_part

N = 2_000


def world(seed: int = 7) -> tuple[dict[str, object], dict[str, object]]:
    """Older customers buy support more often and leave less; support itself takes 5 points off."""
    luck = np.random.default_rng(seed)
    age = luck.normal(size=N)
    owns = luck.random(N) < 0.8
    supported = owns & (luck.random(N) < 1 / (1 + np.exp(-0.8 * age)))
    churned = luck.random(N) < np.clip(0.3 - 0.08 * age - 0.05 * supported, 0.02, 0.9)
    columns = {"customer_id": [f"k{i}" for i in range(N)], "supported": supported, "churned": churned}
    covariates = {
        "Age": age,
        "Line": np.where(owns, "yes", "no line").tolist(),
        "Reason": [("price" if i % 2 else "moved") if left else None for i, left in enumerate(churned)],
        "Risk score": churned * 10 + luck.random(N),
        "Stage": np.where(churned & (luck.random(N) < 0.9), "gone", np.where(luck.random(N) < 0.5, "fine", "well")).tolist(),
        "Region": luck.choice(["north", "south"], N).tolist(),
        "Bought add-on": np.where(luck.random(N) < 0.4, "Yes", "No").tolist(),
    }
    return columns, covariates


def test_raw_shares_are_counted_and_struck_out(tmp_path: Path) -> None:
    columns, covariates = world()
    effect = analyse_flat(read_flat(flat_part(tmp_path, columns, covariates))).effect
    raw = effect.ladder[0]
    supported, churned = np.asarray(columns["supported"]), np.asarray(columns["churned"])
    assert raw.struck_out
    assert isinstance(raw.result, Estimate)
    assert raw.result.value == pytest.approx(churned[supported].mean() - churned[~supported].mean())
    assert f"({int(churned[supported].sum())} of {int(supported.sum()):,})" in raw.result.method
    assert effect.grade is Grade.C


def test_columns_that_give_the_outcome_away_are_left_out_with_the_reason(tmp_path: Path) -> None:
    columns, covariates = world()
    found = {leak.header: leak.why for leak in analyse_flat(read_flat(flat_part(tmp_path, columns, covariates))).leaks}
    assert set(found) == {"Reason", "Risk score", "Stage"}
    assert "filled only for customers who left" in found["Reason"]
    assert "AUC" in found["Risk score"]


def test_those_who_cannot_have_support_are_no_comparison(tmp_path: Path) -> None:
    columns, covariates = world()
    found = analyse_flat(read_flat(flat_part(tmp_path, columns, covariates)))
    assert found.cannot_own is not None
    assert (found.cannot_own.header, found.cannot_own.level) == ("Line", "no line")
    assert found.cannot_own.count == covariates["Line"].count("no line")  # type: ignore[attr-defined]
    assert found.funnel[-1].customers == N - found.cannot_own.count
    assert any("cannot have Had support" in note for note in found.notes)


def test_the_adjusted_answer_is_nearer_to_the_truth_than_the_raw_one(tmp_path: Path) -> None:
    adjusted, raw = [], []
    for seed in range(8):
        effect = analyse_flat(read_flat(flat_part(tmp_path / str(seed), *world(seed)))).effect
        assert isinstance(effect.result, Estimate)
        assert isinstance(effect.ladder[0].result, Estimate)
        adjusted.append(effect.result.value)
        raw.append(effect.ladder[0].result.value)
    assert abs(np.mean(adjusted) + 0.05) < 0.015
    assert abs(np.mean(raw) + 0.05) > 0.03


def test_another_column_can_say_who_got_help(tmp_path: Path) -> None:
    columns, covariates = world()
    rows = read_flat(flat_part(tmp_path, columns, covariates), FlatColumns(supported="Bought add-on"))
    assert rows.supported.sum() == covariates["Bought add-on"].count("Yes")  # type: ignore[attr-defined]
    assert rows.headers["supported"] == "Bought add-on"
    assert "Had support" in {column.header for column in rows.columns}, "what it was before is adjusted for"


@pytest.mark.parametrize(
    ("chosen", "error", "says"),
    [
        (FlatColumns(supported="Nonsense"), ColumnMissing, "Nonsense"),
        (FlatColumns(supported="Region"), DesignRefused, "north"),
    ],
)
def test_a_choice_that_cannot_be(tmp_path: Path, chosen: FlatColumns, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        read_flat(flat_part(tmp_path, *world()), chosen)


def test_without_a_column_for_support_the_reader_is_asked(tmp_path: Path) -> None:
    columns, covariates = world()
    del columns["supported"]
    with pytest.raises(NothingToAnalyse, match="who got help"):
        read_flat(flat_part(tmp_path, columns, covariates, {"supported": None}))


@pytest.mark.parametrize("everybody", [True, False])
def test_only_one_group_or_one_outcome_gives_no_number(tmp_path: Path, everybody: bool) -> None:
    columns, covariates = world()
    for role in ("supported", "churned"):
        one_sided = {**columns, role: np.full(N, everybody)}
        effect = analyse_flat(read_flat(flat_part(tmp_path / role, one_sided, covariates))).effect
        assert isinstance(effect.result, Absent)


@pytest.mark.parametrize(("everybody", "says"), [(True, "it says so of everybody"), (False, "it says so of nobody")])
def test_where_all_or_none_left_the_column_is_named_and_who_is_not_counted(tmp_path: Path, everybody: bool, says: str) -> None:
    columns, covariates = world()
    columns["churned"], owns = np.full(N, everybody), np.asarray(covariates["Line"]) == "yes"
    sentence = analyse_flat(read_flat(flat_part(tmp_path, columns, covariates))).effect.sentence
    assert f"Check Left, the column that says that they left: {says}" in sentence
    assert f"{int((~owns).sum())} customers without it could not have Had support" in sentence
    assert "when they left" not in sentence


def test_satisfaction_that_decides_who_left_is_not_shown(tmp_path: Path) -> None:
    columns, covariates = world()
    churned = np.asarray(columns["churned"])
    scored = {**columns, "satisfaction": np.where(churned, 1.0, 5.0)}
    found = analyse_flat(read_flat(flat_part(tmp_path, scored, covariates, {"satisfaction": "Score"})))
    assert isinstance(found.satisfaction, Absent)
    assert "Score" in {leak.header for leak in found.leaks}


def test_noise_is_no_leak_where_few_left(tmp_path: Path) -> None:
    luck = np.random.default_rng(3)
    columns = {"customer_id": [f"k{i}" for i in range(N)], "supported": luck.random(N) < 0.5, "churned": luck.random(N) < 0.03}
    noise = {
        "Age": luck.integers(18, 80, N).astype(float),
        "Tenure": luck.integers(1, 73, N).astype(float),
        "City": [f"town {i}" for i in luck.integers(0, 60, N)],
    }
    assert analyse_flat(read_flat(flat_part(tmp_path, columns, noise))).leaks == ()


def test_a_reason_for_leaving_with_a_few_slips_is_a_leak_still(tmp_path: Path) -> None:
    columns, covariates = world()
    luck = np.random.default_rng(4)
    churned = np.asarray(columns["churned"])
    filled = luck.random(N) < np.where(churned, 0.85, 0.005)
    reason = [("price" if i % 2 else "moved") if full else None for i, full in enumerate(filled)]
    exit_score = [float(v) if full else None for v, full in zip(luck.random(N), filled, strict=True)]
    found = analyse_flat(read_flat(flat_part(tmp_path, columns, {"Region": covariates["Region"], "Reason": reason, "Exit score": exit_score})))
    assert {leak.header for leak in found.leaks} == {"Reason", "Exit score"}


def test_a_column_that_says_who_got_help_is_left_out_and_nobody_is_said_not_to_own_it(tmp_path: Path) -> None:
    columns, covariates = world()
    supported = np.asarray(columns["supported"])
    agent = ["none" if not helped else f"agent {i % 5}" for i, helped in enumerate(supported)]
    found = analyse_flat(read_flat(flat_part(tmp_path, columns, {"Age": covariates["Age"], "Assigned agent": agent})))
    assert {leak.header for leak in found.leaks} == {"Assigned agent"}
    assert found.cannot_own is None
    assert isinstance(found.effect.result, Estimate)


def test_what_help_may_have_changed_is_not_adjusted_for(tmp_path: Path) -> None:
    luck = np.random.default_rng(5)
    supported = luck.random(N) < 0.5
    score = np.clip(np.round(2 + 2 * supported + luck.normal(size=N)), 1, 5)
    churned = luck.random(N) < 0.55 - 0.09 * score
    columns = {"customer_id": [f"k{i}" for i in range(N)], "supported": supported, "churned": churned, "satisfaction": score}
    found = analyse_flat(read_flat(flat_part(tmp_path, columns, {"Region": luck.choice(["a", "b"], N).tolist()}, {"satisfaction": "Score"})))
    assert isinstance(found.effect.result, Estimate)
    assert found.effect.result.value < -0.10, "its whole way through satisfaction"
    assert any("Score is not adjusted for" in note for note in found.notes)


def test_columns_that_are_left_out_stand_on_one_line(tmp_path: Path) -> None:
    columns, covariates = world()
    found = analyse_flat(read_flat(flat_part(tmp_path, columns, covariates)))
    told = [note for note in found.notes if "left out" in note]
    assert told == [say("flat.left_out", n="3", columns="Reason, Risk score, Stage")]


def test_one_column_is_told_with_its_reason_and_those_that_say_who_got_help_apart(tmp_path: Path) -> None:
    columns, covariates = world()
    supported = np.asarray(columns["supported"])
    agents = {name: ["none" if not helped else f"{name} {i % 5}" for i, helped in enumerate(supported)] for name in ("Agent", "Team")}
    found = analyse_flat(read_flat(flat_part(tmp_path, columns, {"Age": covariates["Age"], "Reason": covariates["Reason"], **agents})))
    told = [note for note in found.notes if "left out" in note]
    assert told == [
        say("flat.leak", column="Reason", why=say("flat.leak_filled")),
        say("flat.left_out_restates", n="2", column="Had support", columns="Agent, Team"),
    ]


def test_no_column_is_left_out_twice(tmp_path: Path) -> None:
    columns, covariates = world()
    columns["churned"] = ~np.asarray(columns["supported"])
    found = analyse_flat(read_flat(flat_part(tmp_path, columns, covariates | {"Fate": np.where(columns["churned"], "gone", "helped").tolist()})))
    headers = [leak.header for leak in found.leaks]
    assert sorted(headers) == sorted(set(headers))
    assert "Fate" in headers


WAYS = ("twins", "closest", "those_helped", "everybody", "predicted")


def test_every_way_that_one_file_allows_finds_what_was_planted_and_the_raw_shares_do_not(tmp_path: Path) -> None:
    """Five points off; older customers buy it more often and leave less, so the shares say more than twice as much."""
    columns, covariates = world()
    effect = analyse_flat(read_flat(flat_part(tmp_path, columns, covariates))).effect
    answers = {rung.key: rung.result for rung in effect.ladder}
    for key in WAYS:
        found = answers[key]
        assert isinstance(found, Estimate), key
        assert abs(found.value + 0.05) < 2 * (found.standard_error or 0), key
    raw = answers["spreadsheet"]
    assert isinstance(raw, Estimate)
    assert (raw.high or 0) < -0.05
    assert "the 5 ways that make the groups alike point the same way" in agreement(effect.ladder).lower()


def test_with_few_leavers_no_way_by_models_is_shown(tmp_path: Path) -> None:
    columns, covariates = world()
    churned = np.zeros(N, dtype=bool)
    for supported in (True, False):
        churned[np.flatnonzero(np.asarray(columns["supported"]) == supported)[:15]] = True
    kept = {name: covariates[name] for name in ("Age", "Region")}
    effect = analyse_flat(read_flat(flat_part(tmp_path, columns | {"churned": churned}, kept))).effect
    answers = {rung.key: rung.result for rung in effect.ladder}
    assert isinstance(answers["twins"], Estimate)
    assert {answers[key] for key in ("those_helped", "everybody", "predicted")} == {Absent(say("rung.thin"))}
