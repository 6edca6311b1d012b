"""The shop as it happens: fixed luck, contacts that come after what explains them, and a truth that a second count agrees with."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roi_core.companies.clock import DAY, MEAN_MONTH, month_start
from roi_core.companies.contact_times import any_day_seconds
from roi_core.companies.shop import truth
from roi_core.companies.shop.carts import CHAT_SHARE, chat_effect, draw_carts
from roi_core.companies.shop.knobs import CATEGORIES, ShopKnobs
from roi_core.companies.shop.month import BOT_MINUTES, ShopDo
from roi_core.companies.shop.process import ShopPanel, rerun, simulate

SMALL = ShopKnobs(customers=300, months=18, seed=5, bot_from=12)


@pytest.fixture(scope="module")
def works() -> ShopPanel:
    return simulate(ShopKnobs(customers=6_000, seed=2))


@pytest.fixture(scope="module")
def null() -> ShopPanel:
    return simulate(ShopKnobs(customers=6_000, seed=2, effect=0.0))


def test_same_knobs_same_shop():
    one, other = simulate(SMALL), simulate(SMALL)
    assert np.array_equal(one.path.order, other.path.order)
    assert np.array_equal(one.world.buyers.order_s, other.world.buyers.order_s)


@settings(max_examples=15)
@given(seed=st.integers(0, 10_000), month=st.integers(0, 17))
def test_running_again_without_intervention_changes_nothing(seed: int, month: int):
    panel = simulate(replace(SMALL, seed=seed))
    rows = np.arange(0, 300, 3)
    _, again = rerun(panel, month, rows, ShopDo(), 18)
    assert np.array_equal(again.order, panel.path.order[month:, rows])
    assert np.array_equal(again.contact, panel.path.contact[month:, rows])
    assert np.array_equal(again.order_chance, panel.path.order_chance[month:, rows])


@settings(max_examples=15)
@given(seed=st.integers(0, 10_000), month=st.integers(0, 16))
def test_a_contact_changes_no_order_of_its_own_month(seed: int, month: int):
    panel, everybody = simulate(replace(SMALL, seed=seed)), np.arange(300)
    made, not_made = (rerun(panel, month, everybody, ShopDo(contact=c), 2)[1] for c in (True, False))
    assert np.array_equal(made.order[0], not_made.order[0])
    assert np.array_equal(made.wrong[0], not_made.wrong[0])
    assert not np.array_equal(made.order_chance[1], not_made.order_chance[1])


def test_trouble_is_known_before_the_month_of_the_contact(works: ShopPanel):
    """A return of last month's order, and nothing later, makes people write: the file shows it before the month begins."""
    path = works.path
    assert np.array_equal(path.fresh[1:], path.wrong[:-1] & (works.world.buyers.joined < np.arange(1, works.knobs.months)[:, None]))
    assert np.array_equal(path.recorded, path.wrong)
    assert path.propensity[path.fresh].mean() > 2 * path.propensity[~path.fresh & (path.propensity > 0)].mean()


def test_hidden_trouble_has_no_return():
    panel = simulate(ShopKnobs(customers=4_000, seed=3, hidden=0.4))
    assert panel.path.recorded.sum() / panel.path.wrong.sum() == pytest.approx(0.6, abs=0.03)


def test_without_an_effect_every_difference_is_nothing(null: ShopPanel):
    for horizon in (3, 6):
        rows = truth.episodes(null, horizon)
        assert len(rows.treated) > 20_000
        assert not rows.repeat.any()
        assert not rows.net.any()
    assert not truth.first_contact_resolution(null, 6).churn.any()
    assert not truth.slow_december(null, 6).churn.any()
    assert chat_effect(0.0) == 0


def test_support_that_works_brings_customers_back(works: ShopPanel):
    rows = truth.episodes(works, 6)
    assert (rows.repeat[works.path.slow[rows.month, rows.customer] == 0] >= -1e-12).mean() > 0.95
    assert rows.repeat[rows.treated].mean() > 0.05
    assert rows.net[rows.treated].mean() > 0
    assert truth.first_contact_resolution(works, 6).ato > 0.05
    assert truth.slow_december(works, 6).ate < -0.05


def test_eligibility_by_hand(works: ShopPanel):
    """Each condition once more, customer by customer, on a sample of rows."""
    panel, knobs, rows = works, works.knobs, truth.episodes(works, 6)
    assert (rows.month.min(), rows.month.max()) == (knobs.opens + 3, knobs.months - 7)
    limit = truth.lapse_days(panel) * DAY
    for i in range(0, len(rows.month), 997):
        c, m = int(rows.customer[i]), int(rows.month[i])
        start = int(month_start(knobs.first_month + m))
        bought = [int(panel.world.buyers.order_s[k, c]) for k in range(m) if panel.path.order[k, c]]
        assert bought[0] <= start - MEAN_MONTH
        assert start - bought[-1] <= limit
        assert not panel.path.contact[m - 3 : m, c].any()
        assert rows.treated[i] == panel.path.contact[m, c]


def test_truth_agrees_with_throwing_the_dice_again(works: ShopPanel):
    """Brute force: the orders of one month's treated are drawn 400 times on new dice, contact made and not made, and counted."""
    month, horizon = 12, 6
    rows = np.flatnonzero(truth.eligible(works, horizon)[month] & works.path.contact[month])
    begin = np.full(len(rows), int(month_start(works.knobs.first_month + month + 1)))
    found = truth.episodes(works, horizon)
    here = (found.month == month) & found.treated
    dice, counts, money = np.random.default_rng(9), np.zeros(2), np.zeros(2)
    draws = 400
    for _ in range(draws):
        luck = dice.random((works.knobs.months, works.knobs.customers))
        thrown = replace(
            works,
            world=replace(
                works.world, luck=replace(works.world.luck, order=np.where(np.arange(works.knobs.months)[:, None] > month, luck, works.world.luck.order))
            ),
        )
        for arm, contact in enumerate((False, True)):
            world, path = rerun(thrown, month, rows, ShopDo(contact=contact), horizon + 2)
            counted = path.order & (world.buyers.order_s >= begin) & (world.buyers.order_s < begin + 180 * DAY)
            counts[arm] += counted.any(axis=0).mean() / draws
            money[arm] += (counted * truth.net_value(world, path)).sum(axis=0).mean() / draws
    assert counts[1] - counts[0] == pytest.approx(found.repeat[here].mean(), abs=0.006)
    assert money[1] - money[0] == pytest.approx(found.net[here].mean(), abs=1.2)


def test_the_window_is_ninety_days_to_the_second(works: ShopPanel):
    """Of all orders of one buyer, counted with Python's own numbers."""
    begin = int(month_start(works.knobs.first_month + 8))
    customers = np.arange(200)
    again = truth.ordered_within(works, customers, np.full(200, begin), 3)
    for c in customers.tolist():
        at = [int(works.world.buyers.order_s[m, c]) for m in range(works.knobs.months) if works.path.order[m, c]]
        assert bool(again[c]) == any(begin <= second < begin + 90 * 86_400 for second in at)


def test_the_bot_answers_in_seconds_and_stars_rise_while_orders_do_not(works: ShopPanel):
    """What is promised of Linden & Loom: speed changes nothing that an order hangs on."""
    path, knobs = works.path, works.knobs
    before, after = (np.median(path.minutes[months][path.contact[months]]) for months in (slice(knobs.opens, knobs.bot_from), slice(knobs.bot_from, None)))
    assert 180 < before < 400
    assert after == BOT_MINUTES
    assert (path.bot & path.contact)[knobs.bot_from :].sum() / path.contact[knobs.bot_from :].sum() > 0.6
    by_bot, by_people = (
        path.resolution_chance[knobs.bot_from :][path.contact[knobs.bot_from :] & (path.bot[knobs.bot_from :] == b) & ~path.fresh[knobs.bot_from :]]
        for b in (True, False)
    )
    assert by_bot.mean() == pytest.approx(by_people.mean(), abs=1e-12)


def test_wrong_ways_flatter_where_support_does_nothing(null: ShopPanel):
    rows = truth.episodes(null, 6)
    assert truth.spreadsheet(null, 6) > 0.10
    assert truth.unadjusted_trials(null, rows, 6) > 0.01


def test_first_carts_hold_the_planted_effect_of_a_chat():
    panel = simulate(ShopKnobs(customers=60_000, months=12, seed=4, effect=1.0))
    carts = draw_carts(panel.world)
    with_chat, without = (carts.bought[carts.chat == c].mean() for c in (True, False))
    assert with_chat - without == pytest.approx(chat_effect(1.0), abs=0.012)
    assert carts.chat.mean() == pytest.approx(CHAT_SHARE, abs=0.01)
    assert set(carts.visitor[carts.bought].tolist()) == set(np.flatnonzero(panel.world.buyers.joined >= panel.knobs.opens).tolist())


def test_size_advice_halves_returns_at_full_effect(works: ShopPanel):
    path, advice = works.path, CATEGORIES.index("Size advice")
    asked = path.contact & (path.category == advice)
    advised = np.zeros_like(asked)
    for back in (1, 2, 3):
        advised[back:] |= asked[:-back]
    assert path.wrong[path.order & advised].mean() == pytest.approx(0.5 * path.wrong[path.order & ~advised].mean(), abs=0.02)


def test_contacts_fall_on_every_day_and_within_their_month():
    at = any_day_seconds(seed=1, first_month=2025 * 12, shape=(3, 4_000))
    start = month_start(np.arange(2025 * 12, 2025 * 12 + 4))
    assert (at >= start[:-1, None]).all()
    assert (at < start[1:, None]).all()
    assert len(np.unique((at // DAY) % 7)) == 7
