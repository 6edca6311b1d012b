"""What else ratings say: planted in simulated ratings or counted by hand."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pytest
from scipy.stats import binom

from roi_core.cohorts.design import Design
from roi_core.cohorts.quality import first_contact_resolution
from roi_core.companies.knobs import SimulationKnobs
from roi_core.effects.ratings import Finding, all_ratings, flag
from roi_core.effects.satisfaction import satisfaction
from roi_core.measured import Dose
from roi_core.results import Absent, Estimate
from roi_core.sentences import catalogue, say
from roi_core.spine import Facts
from roi_core.spine.calendar import month_of, start_of
from roi_core.spine.facts import integers
from tests.simulated import Simulated, simulated


def rated(facts: Facts, score: np.ndarray) -> Facts:
    """The same contacts, rated 1 to 5; nan is no answer."""
    contacts = facts.contacts
    columns = {"csat_raw": score, "csat": (score - 1) / 4, "csat_scale": np.where(np.isnan(score), np.nan, 5.0)}
    for name, values in columns.items():
        contacts = contacts.set_column(contacts.schema.get_field_index(name), name, pa.array(values, pa.float64(), from_pandas=True))
    return replace(facts, contacts=contacts)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Simulated:
    return simulated(tmp_path_factory.mktemp("ratings"), SimulationKnobs(customers=4_000, seed=9, effect=2.0))


@pytest.fixture(scope="module")
def found(world: Simulated) -> Mapping[str, Finding]:
    """Resolving at first contact wins two points to the dot; two in three answer, and how fast the reply is falls by lot."""
    luck = np.random.default_rng(2)
    good = first_contact_resolution(world.facts).good
    score = np.where(good, 4.0, 2.0) + luck.integers(-1, 2, len(good))
    score[luck.random(len(good)) < 1 / 3] = np.nan
    facts = rated(world.facts, score)
    place = facts.contacts.schema.get_field_index("first_response_minutes")
    facts = replace(facts, contacts=facts.contacts.set_column(place, "first_response_minutes", pa.array(luck.exponential(300, len(good)))))
    return {one.key: one for one in all_ratings(facts, Design(), lambda _: None)}


def estimate(found: Mapping[str, Finding], key: str) -> Estimate:
    result = found[key].result
    assert isinstance(result, Estimate), (key, result)
    return result


def test_every_number_has_its_words_and_its_n(found: Mapping[str, Finding]) -> None:
    for one in found.values():
        assert {f"ratings.{one.key}", f"ratings.{one.key}_why"} <= set(catalogue())
        assert isinstance(one.result, Absent) or one.result.n >= 30
    assert isinstance(found["nps"].result, Absent)
    assert isinstance(found["dip_escalated"].result, Absent), "these files do not say"


def test_points_won_and_what_each_of_them_keeps_are_those_planted(world: Simulated, found: Mapping[str, Finding]) -> None:
    won, lever = estimate(found, "won_resolved"), estimate(found, "leaving_per_point_won")
    assert won.low < 2 < won.high
    assert world.resolution_ato < -0.05
    assert abs(lever.value - world.resolution_ato / 2) < 2 * (lever.standard_error or 0)
    assert estimate(found, "revenue_per_point_won").value > 0
    fast = estimate(found, "won_fast")
    assert fast.low < 0 < fast.high, "a fast reply wins nothing here"


def test_the_bounds_hold_the_mean_of_everybody(found: Mapping[str, Finding], world: Simulated) -> None:
    everybody = np.where(first_contact_resolution(world.facts).good, 4.0, 2.0).mean()
    assert estimate(found, "everybody_low").value < everybody < estimate(found, "everybody_high").value
    assert estimate(found, "everybody_low").low is None, "a bound has no interval of its own"


def test_causes_of_low_ratings_are_told_apart(found: Mapping[str, Finding]) -> None:
    """Who had to come back rates 1 to 3, two of which are low; who was answered late rates as the others."""
    back, slow = estimate(found, "dip_back"), estimate(found, "dip_slow")
    assert back.low < 2 / 3 < back.high
    assert slow.low < 0 < slow.high


def test_rank_and_slope_point_the_same_way(found: Mapping[str, Finding]) -> None:
    slope = estimate(found, "per_point")
    assert estimate(found, "tau_b").value < 0
    assert (slope.high or 0) < 0


def watched(facts: Facts) -> dict[int, int]:
    """By customer when they left, of those who did once ratings had been given for half a year and no later than in the month of the last one."""
    ends = [2**62 if at is None else at for at in facts.spine.column("churned_s").to_pylist()]
    rows = [row for row in facts.contacts.to_pylist() if row["csat_raw"] is not None and not row["asks_to_cancel"]]
    given = [at for row in rows if (at := row["rated_s"] or row["created_s"]) < ends[row["customer_no"]]]
    first, end = _half_a_year_after(min(given)), start_of(month_of(max(given)) + 1)
    return {who: at for who, at in enumerate(ends) if first <= at < end}


def test_an_early_sign_is_counted_customer_by_customer(world: Simulated) -> None:
    luck = np.random.default_rng(3)
    facts = rated(world.facts, luck.integers(1, 6, world.facts.contacts.num_rows).astype(float))
    low: dict[int, list[int]] = {}
    for row in facts.contacts.to_pylist():
        if row["csat_raw"] <= 2 and not row["asks_to_cancel"]:
            low.setdefault(row["customer_no"], []).append(row["created_s"])
    left = watched(facts)
    signs = {c: [one for one in low.get(c, []) if one < at <= _half_a_year_after(one)] for c, at in left.items()}
    days = [(left[c] - min(given)) / 86_400 for c, given in signs.items() if given]
    answers = {one.key: one.result for one in flag.early(facts, Design())}
    recall, lead = answers["flag_found"], answers["flag_days"]
    assert isinstance(recall, Estimate)
    assert isinstance(lead, Estimate)
    assert (recall.value, recall.n) == (pytest.approx(len(days) / len(left)), len(left))
    assert (lead.value, lead.n) == (pytest.approx(np.median(days)), len(days))
    outside = int(binom.ppf(0.025, len(days), 0.5))
    assert (lead.low, lead.high) == (pytest.approx(sorted(days)[outside - 1]), pytest.approx(sorted(days)[-outside]))


def test_leavers_whom_no_survey_could_reach_are_not_counted_as_without_a_sign(world: Simulated) -> None:
    """Each leaver gives the lowest answer 30 days before leaving while surveys run: from the third month of tickets on, for eleven months."""
    ended = integers(world.facts.spine, "churned_s", null=0)
    first = world.facts.first_contact_month or 0
    asked = ended - 30 * 86_400
    who = np.flatnonzero((ended > 0) & (asked >= start_of(first + 2)) & (asked < start_of(first + 13)))
    low, five = np.zeros(len(who)), np.full(len(who), 5.0)
    answers = pa.table({"customer_no": who, "rated_s": asked[who], "csat": low, "csat_raw": low + 1, "csat_scale": five})
    surveyed = replace(rated(world.facts, np.full(world.facts.contacts.num_rows, np.nan)), answers=answers)
    found = {one.key: one.result for one in flag.early(surveyed, Design())}["flag_found"]
    assert isinstance(found, Estimate)
    assert found.value == 1.0
    assert found.n < len(who)
    months = (ended[who] >= start_of(first + 9)) & (ended[who] < start_of(first + 12))
    assert found.n >= months.sum() > 30, "who left half a year after surveys began, and before they ended, is counted"


def test_recovery_is_set_beside_those_as_low_without_it_and_chance_is_chance(world: Simulated) -> None:
    """Ratings by lot, dealt 20 times: whose next one is high leave as those whose next is low, though raters in general rise after a low one."""
    luck, n, held = np.random.default_rng(4), world.facts.contacts.num_rows, []
    for _ in range(20):
        recovered = {one.key: one.result for one in flag.early(rated(world.facts, luck.integers(1, 6, n).astype(float)), Design())}["recovered"]
        assert isinstance(recovered, Estimate)
        held.append(recovered.low < 0 < recovered.high)
    assert sum(held) >= 17, "19 are expected; fewer than 17 would come in 1 of 60 such tests"
    assert "no effect of winning them back" in Finding("recovered", Absent("")).why


def answered(facts: Facts, at: np.ndarray) -> Facts:
    """The same ratings, answered then."""
    place = facts.contacts.schema.get_field_index("rated_s")
    return replace(facts, contacts=facts.contacts.set_column(place, "rated_s", pa.array(at, pa.int64())))


def test_a_rating_counts_when_it_was_answered_and_none_after_leaving_does(world: Simulated) -> None:
    """Contacts rated by lot; each was answered up to 100 days after it was opened, so that many answers come when the customer has left."""
    luck, n = np.random.default_rng(6), world.facts.contacts.num_rows
    opened = integers(world.facts.contacts, "created_s")
    facts = answered(rated(world.facts, luck.integers(1, 6, n).astype(float)), opened + luck.integers(0, 100, n) * 86_400)
    ends = [2**62 if at is None else at for at in facts.spine.column("churned_s").to_pylist()]
    rows = [row for row in sorted(facts.contacts.to_pylist(), key=lambda row: row["rated_s"]) if not row["asks_to_cancel"]]
    first: dict[int, float] = {}
    for row in rows:
        if row["rated_s"] < ends[row["customer_no"]] and month_of(row["rated_s"]) <= facts.last_month - 6:
            first.setdefault(row["customer_no"], row["csat_raw"])
    found = satisfaction(facts, 6)
    assert isinstance(found, Dose)
    assert [(value, count) for value, count, _, _ in found.rows] == [(value, list(first.values()).count(value)) for value in range(1, 6)]
    late = sum(row["rated_s"] >= ends[row["customer_no"]] for row in rows)
    assert late > 100
    assert found.sentence.endswith(f"Ratings that were answered with or after leaving are left out: {late:,}.")


def test_scores_on_different_scales_are_not_compared_as_they_stand(world: Simulated) -> None:
    """Every third rating is a 10 of 10, which goes with nothing; what is said of scores and points is as if those were not there."""
    luck, n = np.random.default_rng(8), world.facts.contacts.num_rows
    score, other = luck.integers(1, 6, n).astype(float), np.arange(n) % 3 == 0
    alone = rated(world.facts, np.where(other, np.nan, score))
    both = rated(world.facts, np.where(other, 10.0, score))
    place, scale = both.contacts.schema.get_field_index("csat_scale"), pa.array(np.where(other, 10.0, 5.0))
    both = replace(both, contacts=both.contacts.set_column(place, "csat_scale", scale))
    one, two = satisfaction(alone, 6), satisfaction(both, 6)
    assert isinstance(one, Dose)
    assert isinstance(two, Dose)
    assert one.rows == two.rows
    assert f"{other.sum():,} on other scales are left out" in two.sentence
    assert "other scales" not in one.sentence
    by_scale = [{found.key: found.result for found in all_ratings(facts, Design(), lambda _: None)} for facts in (alone, both)]
    for key in ("tau_b", "per_point", "won_resolved", "leaving_per_point_won"):
        assert by_scale[0][key] == by_scale[1][key], key
    said = by_scale[1]["scales"]
    assert isinstance(said, Absent)
    assert "scale that goes to 5" in said.reason
    assert "scales" not in by_scale[0]
    asked = [row for row in both.contacts.to_pylist() if row["replied"] and not row["asks_to_cancel"] and row["csat_scale"] == 5.0]
    low = by_scale[1]["everybody_low"]
    assert isinstance(low, Estimate)
    assert low.value == pytest.approx(sum(row["csat_raw"] for row in asked) / len(asked)), "everybody who could answer of 5 did"


def test_a_failed_payment_is_no_leaving_by_score_and_no_early_sign_come_true(world: Simulated) -> None:
    """Every second customer who left did so by a failed payment: counted customer by customer, as the main comparison counts."""
    luck, spine = np.random.default_rng(10), world.facts.spine
    kinds = [None if at is None else ("failed_payment", "voluntary")[no % 2] for no, at in enumerate(spine.column("churned_s").to_pylist())]
    spine = spine.set_column(spine.schema.get_field_index("churn_kind"), "churn_kind", pa.array(kinds, pa.string()))
    facts = replace(rated(world.facts, luck.integers(1, 6, world.facts.contacts.num_rows).astype(float)), spine=spine)
    plain = rated(world.facts, facts.contacts.column("csat_raw").to_numpy())
    by_choice, by_any = satisfaction(facts, 6), satisfaction(plain, 6)
    assert isinstance(by_choice, Dose)
    assert isinstance(by_any, Dose)
    assert [n for _, n, _, _ in by_choice.rows] == [n for _, n, _, _ in by_any.rows]
    first = {row["customer_no"]: row for row in reversed(facts.contacts.to_pylist()) if not row["asks_to_cancel"] and row["month"] <= facts.last_month - 6}
    ends = spine.column("churned_s").to_pylist()
    left = [no for no, row in first.items() if ends[no] is not None and ends[no] <= _half_a_year_after(row["created_s"])]
    assert sum(x for _, _, x, _ in by_any.rows) == len(left)
    assert sum(x for _, _, x, _ in by_choice.rows) == sum(no % 2 for no in left)
    signs, plainly = ({one.key: one.result for one in flag.early(of, Design())} for of in (facts, plain))
    found = signs["flag_found"]
    assert isinstance(found, Estimate)
    assert found.n == sum(no % 2 for no in watched(facts))
    some, every = signs["flag_right"], plainly["flag_right"]
    assert isinstance(some, Estimate)
    assert isinstance(every, Estimate)
    assert 0.35 * every.value < some.value < 0.65 * every.value, "about every second"


def _half_a_year_after(at: int) -> int:
    """The same day and time six months later, or the last day of that month."""
    day = datetime.fromtimestamp(at, tz=UTC)
    months = day.year * 12 + day.month - 1 + 6
    year, month = divmod(months, 12)
    return int(day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1])).timestamp())


def test_answers_that_name_a_customer_and_no_ticket_are_ratings_at_their_time(world: Simulated) -> None:
    """The same ratings once of contacts and once of customers: what goes with leaving, and early signs, are the same; what is of contacts is not there."""
    luck, contacts = np.random.default_rng(12), world.facts.contacts
    contacts = contacts.set_column(contacts.schema.get_field_index("asks_to_cancel"), "asks_to_cancel", pa.array(np.zeros(contacts.num_rows, dtype=bool)))
    of_contacts = rated(replace(world.facts, contacts=contacts), luck.integers(1, 6, contacts.num_rows).astype(float))
    names = ("customer_no", "csat", "csat_raw", "csat_scale")
    answers = pa.table({name: of_contacts.contacts.column(name) for name in names} | {"rated_s": contacts.column("created_s")})
    of_customers = replace(rated(of_contacts, np.full(contacts.num_rows, np.nan)), answers=answers)
    one, two = satisfaction(of_contacts, 6), satisfaction(of_customers, 6)
    assert isinstance(one, Dose)
    assert isinstance(two, Dose)
    assert (one.rows, one.correlation, one.trend) == (two.rows, two.correlation, two.trend)
    customers = sum(n for _, n, _, _ in two.rows)
    assert (
        two.sentence == f"{one.sentence} {customers:,} of these customers are told by a survey answer that names them and no ticket, at the time of the answer."
    )
    assert [found.result for found in flag.early(of_contacts, Design())] == [found.result for found in flag.early(of_customers, Design())]
    found = {one.key: one.result for one in all_ratings(of_customers, Design(), lambda _: None)}
    assert isinstance(found["tau_b"], Estimate)
    assert isinstance(found["per_point"], Estimate)
    assert isinstance(found["won_resolved"], Absent)


def test_ratings_that_leavers_gave_after_leaving_are_no_sign(world: Simulated) -> None:
    """Leavers answer 1 to 3 ten days after they left, the others 3 to 5: nobody who rated while a customer has left."""
    ended = integers(world.facts.spine, "churned_s", null=2**62)[integers(world.facts.contacts, "customer_no")]
    luck, gone = np.random.default_rng(7), ended < 2**62
    score = luck.integers(1, 4, len(gone)) + np.where(gone, 0.0, 2.0)
    facts = answered(rated(world.facts, score), np.where(gone, ended + 864_000, integers(world.facts.contacts, "created_s")))
    found = satisfaction(facts, 6)
    assert isinstance(found, Absent)
    assert found.reason.startswith("None of the ")
    signs = {one.key: one.result for one in flag.early(facts, Design())}
    assert isinstance(signs["flag_right"], Absent), "no low rating came before leaving, and none of the others is low"


def test_a_score_that_tells_who_left_is_reported_and_left_out(world: Simulated) -> None:
    ended = integers(world.facts.spine, "churned_s", null=2**62)[integers(world.facts.contacts, "customer_no")]
    gone = ended < integers(world.facts.contacts, "created_s") + 183 * 86_400
    found = satisfaction(rated(world.facts, np.where(gone, 1.0, 5.0)), 6)
    assert isinstance(found, Absent)
    assert "AUC" in found.reason
    assert found.next_step == say("satisfaction.next_leak")


def test_with_hardly_a_rating_every_number_says_why_there_is_none(world: Simulated) -> None:
    score = np.full(world.facts.contacts.num_rows, np.nan)
    score[:20] = 5.0
    for one in all_ratings(rated(world.facts, score), Design(), lambda _: None):
        assert isinstance(one.result, Absent), one.key
        assert one.result.reason
