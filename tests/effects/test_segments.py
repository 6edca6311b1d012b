"""For whom it works: each group is the main comparison narrowed to it, together they are counted by hand, and where nothing differs hardly one is called."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roi_core.cohorts.choices import CUSTOMERS, choices, narrowed_to
from roi_core.cohorts.design import Design, Filters
from roi_core.companies import process, truth
from roi_core.companies.knobs import PLANS, SimulationKnobs
from roi_core.companies.shop.knobs import ShopKnobs
from roi_core.effects.segments import MOST_LEVELS, Level, Segments, compare, dimensions_known
from roi_core.effects.segments.finding import pull
from roi_core.effects.segments.words import chance, sentence
from roi_core.effects.supported import analyse_supported
from roi_core.errors import DesignRefused
from roi_core.results import Absent, Estimate, Grade
from roi_core.sentences import SERVICES, SHOP, say, speaking
from roi_core.show import show
from roi_core.spine import Facts
from roi_core.spine.facts import integers, numbers
from roi_core.stats import proportion
from roi_core.units import Unit
from tests.simulated import simulated
from tests.simulated_shop import simulated_shop

KNOBS = SimulationKnobs(customers=5_000, seed=9, effect=1.2, plan_effect=(0.0, 1.0, 2.5))
MANY = replace(KNOBS, customers=8_000)


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return on_plans(simulated(tmp_path_factory.mktemp("segments"), KNOBS).facts)


@pytest.fixture(scope="module")
def found(facts: Facts) -> Segments:
    return compared(facts, "plan")


def on_plans(facts: Facts) -> Facts:
    """The subscriptions of simulated customers name no plan; those of these do, the plan of the customer list."""
    return labelled(facts, facts.spine.column("plan").to_pylist(), "plan")


def compared(facts: Facts, dimension: str, design: Design | None = None) -> Segments:
    answer = compare(facts, dimension, design or Design(), lambda _: None)
    assert isinstance(answer, Segments)
    return answer


def refused(facts: Facts, dimension: str) -> Absent:
    answer = compare(facts, dimension, Design(), lambda _: None)
    assert isinstance(answer, Absent)
    return answer


def labelled(facts: Facts, names: list[str | None], column: str = "country") -> Facts:
    """The same customers, each with a label of its own in the customer list."""
    person, customer = facts.person_months, integers(facts.person_months, "customer_no")
    months = pa.array([names[i] for i in customer], pa.string())
    if column in person.column_names:
        person = person.set_column(person.schema.get_field_index(column), column, months)
    spine = facts.spine.set_column(facts.spine.schema.get_field_index(column), column, pa.array(names, pa.string()))
    return replace(facts, spine=spine, person_months=person)


def dealt(facts: Facts, names: tuple[str | None, ...], column: str = "country") -> Facts:
    """Labels dealt out in turn."""
    return labelled(facts, [names[i % len(names)] for i in range(facts.spine.num_rows)], column)


def names_of(found: Segments) -> list[str]:
    return [level.name for level in found.levels]


@pytest.fixture(scope="module")
def planted() -> Mapping[str, float]:
    """By plan, on the overlap: what was planted."""
    panel = process.simulate(MANY)
    rows = truth.episodes(panel)
    plan = panel.world.customers.plan[rows.customer]
    return {name: float(np.average(rows.churn[plan == i], weights=rows.overlap[plan == i])) for i, name in enumerate(PLANS)}


def test_each_plan_is_the_main_comparison_narrowed_to_it(facts: Facts, found: Segments) -> None:
    for level in found.levels:
        narrowed = Design(filters=Filters(plans=(level.name,)))
        assert level.own == analyse_supported(facts, narrowed, 6).effects["supported.churn_6m"].result


def test_what_was_planted_for_each_plan_is_found_and_that_they_differ(planted: Mapping[str, float], tmp_path: Path) -> None:
    found = compared(on_plans(simulated(tmp_path, MANY).facts), "plan")
    assert set(names_of(found)) == set(PLANS)
    for level in found.levels:
        assert level.pulled is not None
        assert level.pulled.low <= planted[level.name] <= level.pulled.high
    assert {level.name for level in found.called("helped")} == {"Growth", "Enterprise"}, "of the third next to nothing was planted"
    assert found.differ.p < 0.05
    assert "differ from each other by more than chance easily explains" in found.sentence


def test_none_of_them_is_more_than_a_sign_and_the_largest_comes_first(found: Segments) -> None:
    assert found.grade is Grade.C
    sizes = [level.own.n for level in found.levels if isinstance(level.own, Estimate)]
    assert sizes == sorted(sizes, reverse=True)
    assert found.notes == ()


def test_filters_of_the_reader_are_another_question_and_its_months_are_not(facts: Facts, found: Segments) -> None:
    assert compared(facts, "plan", Design(filters=Filters(channels=("chat",)))).levels == found.levels
    three = compared(facts, "plan", Design(horizon_months=3))
    assert three.months == 3
    assert three.levels != found.levels


def test_how_far_it_is_is_told_group_by_group(facts: Facts) -> None:
    told: list[float] = []
    compare(facts, "plan", Design(), told.append)
    assert told == pytest.approx([1 / 3, 2 / 3, 1])


@pytest.mark.parametrize("dimension", ["segment", "industry", "country", "region", "acquisition_channel"])
def test_every_dimension_of_the_customer_list_gives_the_same_groups_the_same_answers(facts: Facts, dimension: str) -> None:
    names: list[str | None] = ["east" if i % 3 else "west" for i in range(facts.spine.num_rows)]
    bare = labelled(facts, [None] * len(names), "industry")
    answers = [compared(labelled(bare, names, column), column, Design()) for column in ("segment", dimension)]
    first, other = ([(level.name, level.own.n) for level in one.levels if isinstance(level.own, Estimate)] for one in answers)
    assert first == other
    assert len(first) == 2
    if dimension in ("region", "acquisition_channel"):
        assert "east" in names_of(answers[1])


def test_filters_of_a_dimension_look_at_its_customers_alone_and_an_empty_one_leaves_the_digest(facts: Facts) -> None:
    assert narrowed_to("region", "east") == Filters(regions=("east",))
    assert len({Design(filters=narrowed_to(dimension, "x")).digest for dimension in CUSTOMERS.values()} | {Design().digest}) == len(CUSTOMERS) + 1
    assert Design(filters=Filters(plans=("a",))).digest == "a334c52dbb30d401"
    assert "regions" not in choices(facts)
    assert choices(dealt(facts, ("east", "west"), "region"))["regions"][0][0] == "east"


def test_dimensions_are_those_of_which_the_files_know_two_levels(facts: Facts) -> None:
    """Of the simulated customers plan and industry are known; a plan that the subscriptions do not know is none that can be looked at."""
    assert dimensions_known(tuple(choices(facts))) == ("plan", "industry")
    place = facts.person_months.schema.get_field_index("plan")
    nowhere = replace(facts, person_months=facts.person_months.set_column(place, "plan", pa.nulls(facts.person_months.num_rows, pa.string())))
    assert "plans" not in choices(nowhere)
    assert refused(nowhere, "plan").reason == say("segments.unknown", several="plans")
    assert dimensions_known(("channels",)) == ()


def test_a_dimension_that_is_none_names_those_that_there_are(facts: Facts) -> None:
    with pytest.raises(DesignRefused, match="plan or segment or industry or country or region or acquisition_channel"):
        compare(facts, "agent", Design(), lambda _: None)


def test_one_level_is_nothing_to_compare_with(facts: Facts) -> None:
    why = refused(dealt(facts, ("only",)), "country")
    assert why == Absent("These files know no two countries.", "Add the country of each customer.")


def test_a_column_that_was_changed_on_leaving_is_refused(facts: Facts) -> None:
    left = facts.spine.column("churned_s").to_pylist()
    for column in ("region", "segment"):
        told = labelled(facts, ["gone" if at is not None else "here" for at in left], column)
        telling = replace(told, telling_labels=("segment",)) if column == "segment" else told
        assert refused(telling, column).reason == say("segments.telling", one=column)


def test_fewer_than_two_that_can_be_compared_say_why_and_what_would_help(facts: Facts) -> None:
    few: list[str | None] = ["few" if i < 60 else "many" for i in range(facts.spine.num_rows)]
    why = refused(labelled(facts, few), "country")
    assert why.reason.startswith("Of 2 countries 1 can be compared; it takes two. few: Too few customers left")
    assert why.next_step == say("next.leavers")
    nobody = replace(facts, contacts=facts.contacts.slice(0, 0), last_contact_month=None, first_contact_month=None)
    assert "0 can be compared" in refused(nobody, "plan").reason


def test_a_level_that_a_gate_refuses_stands_with_its_reason_and_moves_no_other(facts: Facts) -> None:
    """40 customers of no label in either case, so that both have the same two large groups."""
    rest = facts.spine.num_rows - 40
    with_few, without = (compared(labelled(facts, [*[few] * 40, *[("a", "b")[i % 2] for i in range(rest)]]), "country") for few in ("few", None))
    assert names_of(with_few) == ["a", "b", "few"]
    assert with_few.levels[:2] == without.levels
    few = with_few.levels[2]
    assert isinstance(few.own, Absent)
    assert "Too few customers left to compare" in few.own.reason
    assert (few.pulled, few.q, few.found) == (None, None, "none")
    assert with_few.notes == (of_today("country"), say("segments.note_refused", n="1", several="countries"))
    assert without.notes == (of_today("country"), say("segments.note_nowhere", n="40", several="countries"))
    assert len(with_few.compared) == 2


def test_at_most_24_levels_are_looked_at_and_the_others_are_counted(facts: Facts) -> None:
    names = [f"L{i:02d}" for i in range(28)]
    rest = facts.spine.num_rows - 27 * 30
    found = compared(labelled(facts, [*[name for name in names[1:] for _ in range(30)], *["L00", "big"] * (rest // 2), *["big"] * (rest % 2)]), "country")
    assert len(found.levels) == MOST_LEVELS
    assert set(names_of(found)[:2]) == {"L00", "big"}
    assert names_of(found)[2:] == names[1:23], "of equally many customers in alphabetical order"
    assert say("segments.note_left_out", n="5", several="countries") in found.notes


def test_customers_who_changed_their_plan_are_counted_in_both_and_told(facts: Facts) -> None:
    tenure = numbers(facts.person_months, "tenure_months")
    place = facts.person_months.schema.get_field_index("plan")
    moving = replace(facts, person_months=facts.person_months.set_column(place, "plan", pa.array(np.where(tenure > 12, "old", "new"))))
    found = compared(moving, "plan")
    twice = [note for note in found.notes if note == say("segments.note_twice", n=note.split()[0], several="plans")]
    assert len(twice) == 1


def of_today(dimension: str) -> str:
    return say("segments.note_today", one=say(f"segments.one_{dimension}"))


@pytest.mark.parametrize("dimension", [name for name in CUSTOMERS.values() if name != "plan"])
def test_groups_of_the_customer_list_are_said_to_be_of_today(facts: Facts, dimension: str) -> None:
    dated = dealt(labelled(facts, [None] * facts.spine.num_rows, "industry"), ("east", "west"), dimension)
    assert compared(dated, dimension).notes == (of_today(dimension),)


def test_a_plan_is_of_today_where_neither_subscriptions_nor_movements_name_it(facts: Facts) -> None:
    undated = replace(facts, rows={name: n for name, n in facts.rows.items() if name not in ("subscriptions", "mrr_movements")})
    assert of_today("plan") in compared(undated, "plan").notes
    for table in ("subscriptions", "mrr_movements"):
        assert of_today("plan") not in compared(replace(undated, rows={**undated.rows, table: 5}), "plan").notes


def test_what_makes_the_main_answer_a_sign_is_said_of_the_groups_too(tmp_path: Path) -> None:
    blind = on_plans(simulated(tmp_path, KNOBS, usage=False).facts)
    assert say("check.no_health") in compared(blind, "plan").notes


def level(name: str, value: float, se: float, n: int = 500) -> Level:
    return Level(name, Estimate(value, value - 1.959964 * se, value + 1.959964 * se, n, "by hand", Unit.FRACTION))


def segments(*levels: Level, outcome: str = "churn", dimension: str = "plan") -> Segments:
    pulled, average, differ = pull(levels)
    return Segments(dimension, outcome, 6, pulled, average, differ, Grade.C)


def test_q_and_cochrans_q_are_those_counted_by_hand() -> None:
    """z of -2.2, -4 and -0.5: p of .0278, .00006 and .62, q of .0417, .0002 and .62; squares about the weighted mean of -.0223 add up to 6.18."""
    found = segments(level("a", -0.022, 0.01), level("b", -0.04, 0.01), level("c", -0.005, 0.01), Level("d", Absent("too few")))
    assert [one.q for one in found.levels] == [pytest.approx(0.0417, abs=1e-4), pytest.approx(0.00019, abs=1e-5), pytest.approx(0.617, abs=1e-3), None]
    mean = (-0.022 - 0.04 - 0.005) / 3
    assert found.differ.statistic == pytest.approx(sum(((x - mean) / 0.01) ** 2 for x in (-0.022, -0.04, -0.005)), rel=1e-5)
    assert found.differ.df == 2
    assert found.average.n == 1_500
    assert [one.found for one in found.levels] == ["helped", "helped", "none", "none"]


def test_equal_errors_are_pulled_by_one_share_toward_their_mean() -> None:
    found = segments(level("a", -0.06, 0.02), level("b", 0.0, 0.02), level("c", -0.03, 0.02))
    shares = [(one.pulled.value + 0.03) / (one.own.value + 0.03) for one in found.levels[:2] if one.pulled and isinstance(one.own, Estimate)]
    assert shares[0] == pytest.approx(shares[1])
    assert 0 < shares[0] < 1
    assert found.average.value == pytest.approx(-0.03)


def test_an_interval_without_zero_is_not_called_at_a_q_above_one_in_twenty_nor_a_small_q_at_an_interval_with_it() -> None:
    pulled = Estimate(-0.03, -0.05, -0.01, 500, "by hand", Unit.FRACTION)
    own = level("a", -0.04, 0.01).own
    assert Level("a", own, pulled, 0.05).found == "helped"
    assert Level("a", own, pulled, 0.06).found == "none"
    assert Level("a", own, replace(pulled, high=0.01), 0.01).found == "none"
    assert Level("a", level("a", 0.04, 0.01).own, pulled, 0.01).found == "none", "pulled to the other side of zero"
    assert Level("a", level("a", 0.04, 0.01).own, Estimate(0.03, 0.01, 0.05, 500, "by hand", Unit.FRACTION), 0.01).found == "harm"


many = st.lists(st.tuples(st.floats(-0.2, 0.2), st.floats(0.005, 0.1)), min_size=2, max_size=24)


@given(many, st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_what_is_pulled_lies_between_its_own_answer_and_the_average_and_order_is_of_no_matter(rows: list[tuple[float, float]], luck: object) -> None:
    """The average moves with the spread that is supposed, so the span goes from the least to the greatest that any spread gives."""
    levels = [level(f"{i}", value, se) for i, (value, se) in enumerate(rows)]
    first = {one.name: one for one in pull(levels)[0]}
    y, se = np.array(rows).T
    means = [float(np.average(y, weights=1 / (se**2 + tau**2))) for tau in np.linspace(0, 0.25, 101)]
    for one, own in zip(first.values(), y, strict=True):
        assert one.pulled is not None
        assert min(own, *means) - 1e-9 <= one.pulled.value <= max(own, *means) + 1e-9
        assert one.pulled.low < one.pulled.value < one.pulled.high
    luck.shuffle(levels)  # type: ignore[attr-defined]
    again, average, differ = pull(levels)
    assert differ.statistic == pytest.approx(pull(list(reversed(levels)))[2].statistic)
    assert min(means) - 1e-9 <= average.value <= max(means) + 1e-9
    for one in again:
        same = first[one.name]
        assert one.pulled is not None
        assert same.pulled is not None
        assert (one.pulled.value, one.pulled.low, one.q) == (pytest.approx(same.pulled.value), pytest.approx(same.pulled.low), pytest.approx(same.q))


def test_of_24_groups_without_an_effect_hardly_ever_one_is_called() -> None:
    """As the nightly A/A of segments, with the rule of the product: 200 companies; 5 in 100 is the most that is said."""
    called = 0
    for draw in range(200):
        luck = np.random.default_rng([draw, 24])
        sizes, shares = luck.integers(60, 400, (24, 2)), luck.uniform(0.05, 0.3, 24)
        left = luck.binomial(sizes, shares[:, None])
        drawn = [proportion.agresti_caffo(x1, n1, x0, n0) for (x1, x0), (n1, n0) in zip(left.tolist(), sizes.tolist(), strict=True)]
        levels = [Level(f"{i}", Estimate((d.high + d.low) / 2, d.low, d.high, 100, "Agresti-Caffo", Unit.FRACTION)) for i, d in enumerate(drawn)]
        called += any(one.found != "none" for one in pull(levels)[0])
    assert called <= 10


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_of_a_company_in_which_support_does_nothing_no_group_is_called(seed: int, tmp_path: Path) -> None:
    null = on_plans(simulated(tmp_path, SimulationKnobs(customers=2_000, seed=seed, effect=0.0)).facts)
    for dimension in ("plan", "industry"):
        found = compared(null, dimension)
        assert {one.found for one in found.levels} == {"none"}
        assert found.sentence.startswith(f"For none of {len(found.compared)} ")


def test_groups_dealt_out_by_chance_do_not_differ(facts: Facts) -> None:
    found = compared(dealt(facts, ("a", "b", "c", "d")), "country")
    assert found.differ.p > 0.05
    assert "Nothing shows that countries differ from each other" in found.sentence


def test_the_sentence_says_who_shows_a_sign_and_whether_they_differ() -> None:
    mixed = segments(level("Large", -0.09, 0.01), level("Small", 0.06, 0.01), level("Middle", 0.0, 0.01))
    assert sentence(mixed) == (
        "A sign that helped customers stayed longer is seen in 1 of 3 plans that can be compared: Large. "
        "In 1 of 3 plans that can be compared helped customers left more often: Small. What made them write may explain it. "
        f"On average over these 3 plans the difference in leaving within 6 months is {show(mixed.average, points=True)}; below 0 is less leaving. "
        "The plans differ from each other by more than chance easily explains (Cochran's Q 114.0, p under 0.01)."
    )
    alike = segments(level("Large", -0.03, 0.01), level("Small", -0.03, 0.012))
    assert sentence(alike).startswith("A sign that helped customers stayed longer is seen in 2 of 2 plans that can be compared: Large, Small.")
    assert "(Cochran's Q 0.0, p 1.00)" in sentence(alike)
    assert (chance(0.004), chance(0.31)) == ("under 0.01", "0.31")


def test_that_none_is_found_by_itself_is_never_said_without_what_all_of_them_come_to() -> None:
    """Eight times z = -1.6 is a q of 0.11 for each, and all of them together lie 4.5 standard errors below zero."""
    found = segments(*(level(f"p{i}", -0.032, 0.02) for i in range(8)))
    assert {one.found for one in found.levels} == {"none"}
    assert all(one.pulled is not None and one.pulled.high is not None and one.pulled.high < 0 for one in found.levels)
    assert sentence(found).startswith(
        "For none of 8 plans that can be compared could a difference in leaving be found by itself, which is not the same as 'support does nothing'. "
        "On average over these 8 plans the difference in leaving within 6 months is -3.2 points (-4.7 to -1.7); below 0 is less leaving. "
    )


@pytest.mark.parametrize(("business", "they"), [(SHOP, "ordered again"), (SERVICES, "renewed")])
def test_nothing_is_said_of_leaving_where_nobody_leaves(business: str, they: str) -> None:
    with speaking(business):
        said = sentence(segments(level("DE", -0.09, 0.01), level("FR", 0.06, 0.01), dimension="country"))
        nothing = sentence(segments(level("DE", -0.01, 0.02), level("FR", 0.01, 0.02), dimension="country"))
        legend = say("segments.legend", months="6")
    assert f"{they} more often" in said
    assert f"{they} less often" in said
    assert not [word for word in ("left", "leav", "stay") if word in f"{said}{nothing}{legend}"]


def test_a_shop_is_compared_by_country(tmp_path: Path) -> None:
    shop = simulated_shop(tmp_path, ShopKnobs(customers=4_000, seed=3)).facts
    with speaking(SHOP):
        found = compared(dealt(shop, ("GB", "DE")), "country")
    assert found.outcome == "no_order"
    assert {one.name for one in found.called("helped")} <= {"GB", "DE"}
    assert "ordered again more often" in found.sentence
    for one in found.levels:
        assert isinstance(one.own, Estimate)
        assert one.own.value < 0
    assert list(pairwise(names_of(found)))
