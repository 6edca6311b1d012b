"""Small results for charts, with names that no chart may trip over."""

from collections.abc import Callable
from typing import Any

import numpy as np

from roi_core.charts import sparkline
from roi_core.charts.trend import Trend
from roi_core.effects.doubts.doubt import Column, Doubt
from roi_core.effects.segments import Level, Segments
from roi_core.effects.segments.finding import pull
from roi_core.effects.staying import Cohort, Group, Staying
from roi_core.ledger import Ledger, Line
from roi_core.measured import BalanceRow, Curves, Dose, FunnelStep, Leaving
from roi_core.results import Absent, Effect, Episodes, Estimate, Grade, Rung
from roi_core.scenarios import Fan, FanRow, Tornado, TornadoRow
from roi_core.stats import proportion
from roi_core.units import Unit

ODD_NAMES = ("quote \" and ' both", "[brackets](and) {braces}", "a:Q", "datum.x == 1", "</script><b>", "back\\slash", "pay.plan", "naïve ünïcode 漢字", "=1+1")


def points(value: float, half: float, n: int = 1_812) -> Estimate:
    """A difference of fractions given in points."""
    return Estimate(value / 100, (value - half) / 100, (value + half) / 100, n, "augmented overlap weights", Unit.FRACTION)


def effect(titles: tuple[str, ...] = ()) -> Effect:
    """Seven rungs, one without an answer; other titles where given."""
    rungs = (
        Rung("spreadsheet", "Spreadsheet's way", "ever against never", points(-9.9, 0.5), struck_out=True),
        Rung("first_days", "First 30 days only", "landmark", points(-2.0, 2.1)),
        Rung("same_start", "Same starting date", "unadjusted trials", points(-3.1, 1.2)),
        Rung("twins", "Matched twins", "nearest neighbour", Absent("Fewer than 80 % of the helped customers have a twin.")),
        Rung("closest", "Closest comparable customers", "overlap weights", points(-2.4, 1.3), default=True),
        Rung("those_helped", "Among those we helped", "ATT", points(-2.5, 1.4)),
        Rung("months_gained", "Months gained", "RMST", Estimate(0.12, 0.05, 0.19, 1_812, "restricted mean", Unit.MONTHS)),
        Rung("predicted", "Predicted", "outcome model", points(-2.3, 1.2)),
    )
    if titles:
        rungs = tuple(Rung(f"r{i}", title, title, points(-i - 1, 1.0), default=i == 0) for i, title in enumerate(titles))
    return Effect(
        key="supported.churn_6m",
        result=points(-2.4, 1.3),
        estimand="ATO",
        grade=Grade.B,
        sentence="Customers helped in a month were 2.4 points less likely to leave within 6 months than similar customers who were not (1.1 to 3.7).",
        ladder=rungs,
        episodes=Episodes(4_754, 61_019, 1_812, 3_804.0, 9_120, 24_300, 24_311),
    )


def segments(names: tuple[str, ...] = ("Starter", "Growth", "Enterprise", "Trial")) -> Segments:
    """Groups whose answers lie one point apart; the last has none."""
    answered = [Level(name, points(-3.5 - i, 2.0 + i / 2, 800 - 10 * i)) for i, name in enumerate(names[:-1])]
    pulled, average, differ = pull([*answered, Level(names[-1], Absent("Too few customers left to compare."))])
    return Segments("plan", "churn", 6, pulled, average, differ, Grade.C, "A sign is seen in 1 of 3 plans. Nothing shows that plans differ.")


def share(left: int, n: int) -> Estimate:
    """A share with its Wilson interval."""
    found = proportion.wilson(left, n)
    return Estimate(found.value, found.low, found.high, n, "Wilson", Unit.FRACTION)


def staying(names: tuple[str, ...] = ("Starter", ODD_NAMES[1])) -> Staying:
    """Groups of which each next one loses a little more."""
    groups = []
    for place, name in enumerate(names, 1):
        curve = tuple(share(1_000 - 15 * place * month, 1_000) for month in range(13 - place))
        after = {6: curve[6], 12: Absent("Too short."), 24: Absent("Too short.")}
        groups.append(Group(name, 1_000, 180 * place, curve, tuple(1_000 - 40 * month for month in range(13 - place)), after, points(500, 20)))
    return Staying("plan", tuple(groups), 6, 6, 0.03, 0.03, 12, (), "Still there after 6 months: most of them.")


def cohorts(months: int = 24) -> tuple[Cohort, ...]:
    """A triangle."""
    return tuple(Cohort(24_287 + k, 100, tuple(share(100 - 2 * since, 100) for since in range(months - k))) for k in range(months))


def leaving(months: int = 12) -> Leaving:
    """Three in four of those who leave do it by choice."""
    shares = {kind: tuple(share(round(rate * m), 2_000) for m in range(months + 1)) for kind, rate in (("voluntary", 33.0), ("failed_payment", 11.0))}
    return Leaving(tuple(range(months + 1)), shares, tuple(2_000 - 80 * m for m in range(months + 1)), "Of 2,000 customers some left.")


def curves(months: int = 12) -> Curves:
    """Supported customers leave a little more slowly."""
    stays = lambda rate, n: tuple(share(round(n * (1 - rate) ** m), n) for m in range(months + 1))  # noqa: E731 - two lines of one table
    return Curves(tuple(range(months + 1)), stays(0.0205, 4_754), stays(0.0245, 61_019))


def dose(scores: tuple[float, ...] = (1, 2, 3, 4, 5)) -> Dose:
    """Lower scores leave more often."""
    sizes = [(score, 90 + 640 * i, round((90 + 640 * i) * (0.32 - 0.27 * i / len(scores)))) for i, score in enumerate(scores)]
    rows = tuple((score, n, left, share(left, n)) for score, n, left in sizes)
    trend = Estimate(-0.05, -0.06, -0.04, 5_000, "Cochran-Armitage", Unit.FRACTION)
    correlation = Estimate(-0.21, -0.25, -0.17, 5_000, "Pearson", Unit.CORRELATION)
    return Dose(rows, correlation, trend, "Customers who rate low leave more often; that alone does not show that raising scores keeps them.", "customers")


def line(stream: str, grade: Grade, centre: float, spread: float, **fields: Any) -> Line:
    """A ledger line with 2,000 draws."""
    draws = np.random.default_rng(len(stream)).normal(centre, spread, 2_000)
    sample = np.concatenate(([centre], draws))
    amount = Estimate(centre, *(float(x) for x in np.quantile(draws, (0.025, 0.975))), 1_812, "20,000 joint draws", Unit.MONEY)
    if not spread:
        amount = Estimate(centre, None, None, 12, "cost sheet", Unit.MONEY)
    given = {
        "title": stream.replace("_", " ").capitalize(),
        "kind": "benefit",
        "method": "augmented overlap weights",
        "population": "eligible contacts, Jan to Jun 2025",
        "included": grade <= Grade.B,
        "overlaps_with": (),
        "comes_from": f"{stream}.revenue_6m",
        "sample": sample if spread else centre,
    }
    return Line(stream=stream, amount=amount, grade=grade, **given | fields)


def ledger() -> Ledger:
    """A compared benefit with its later cost, a sign, an assumption, one line that is part of another, and the cost of support."""
    return Ledger(
        (
            line("supported", Grade.B, 212_000, 62_000, group="retention"),
            line("first_contact_resolution", Grade.B, 95_000, 21_000, group="retention", part_of="supported", included=False, overlaps_with=("supported",)),
            line("referrals", Grade.C, 41_000, 22_000, included=False),
            line("tail", Grade.D, 66_000, 30_000, included=False),
            line("cost.salaries", Grade.B, 119_000, 0, kind="cost", comes_from="cost sheet"),
            line("cost.later_support.supported", Grade.D, 9_000, 2_000, kind="cost", included=True, follows="supported"),
        )
    )


def balance(
    names: tuple[str, ...] = ("log MRR", "tenure", "plan: Business", "usage, last month", "health score", "months to renewal"),
) -> tuple[BalanceRow, ...]:
    """Differences that weighting takes away, but for one."""
    return tuple(BalanceRow(name, (-1) ** i * (0.6 - 0.08 * i), 0.01 * i if i != 1 else 0.13, 0.1) for i, name in enumerate(names))


def funnel() -> tuple[FunnelStep, ...]:
    """Four steps."""
    return (
        FunnelStep("All customers in the billing files", 2_000, 2_000, ""),
        FunnelStep("Active in a trial month, at least a month old", 1_893, 31_204, "younger customers have no history to compare"),
        FunnelStep("No contact in the 3 months before", 1_840, 24_010, "a customer already in touch cannot start to be"),
        FunnelStep("Followed for 6 whole months", 1_812, 19_411, "later months are not over yet"),
    )


def histogram() -> dict[str, tuple[float, ...]]:
    """Chances of a contact in 20 bins."""
    edges = np.linspace(0, 1, 21)
    middle = (edges[1:] + edges[:-1]) / 2
    shapes = {"treated": middle**1.6 * (1 - middle) ** 7, "control": middle**0.7 * (1 - middle) ** 11}
    return {"edges": tuple(edges)} | {name: tuple(np.round(shape / shape.sum(), 3)) for name, shape in shapes.items()}


def series() -> tuple[tuple[int, Estimate | Absent], ...]:
    """Twelve months, one without a figure."""
    months: list[tuple[int, Estimate | Absent]] = [(24_300 + i, share(600 + 7 * i + 20 * (i % 3), 1_000)) for i in range(12)]
    months[4] = (24_304, Absent("No survey was answered in this month."))
    return tuple(months)


def fan(*, moved: bool = True, net: bool = True, grade: Grade = Grade.B, found: bool = True) -> Fan:
    """Two years, of which the first month is paid."""
    rows = []
    for month in range(25):
        value, today = 10_900.0 * month - 20_000, 6_700.0 * month - 20_000
        spread = 6_000.0 * month
        middle = value if moved else today
        rows.append(FanRow(month, middle, middle - spread, middle - spread / 3, middle + spread / 3, middle + spread, today))
    return Fan(tuple(rows), net, grade, found, found)


def tornado(*, found: bool = True) -> Tornado:
    """Three figures; one turns the result negative."""
    rows = (
        TornadoRow("supported", "Effect of being helped", 90_000.0, 335_000.0, Unit.MONEY, -37_000.0, 205_000.0),
        TornadoRow("gross_margin", "Gross margin", 0.6, 0.85, Unit.FRACTION, 61_000.0, 122_000.0),
        TornadoRow("discount_rate_annual", "Discount rate", 0.05, 0.2, Unit.FRACTION, 95_000.0, 90_000.0),
    )
    return Tornado(rows, 93_000.0, net=True, found=found)


def doubt() -> Doubt:
    """The answer without each of two things, and one that could not be worked out."""
    columns = (Column("Answer without it", points=True), Column("What leaving it out moves (E-value)"))
    moved = {name: Estimate(value, None, None, 1_812, "E-value", Unit.RATIO) for name, value in (("none", 1.0), ("health", 1.47))}
    nothing = Absent("Too few left.")
    rows = (("Nothing left out", (points(-2.7, 2.1), moved["none"])), ("health", (points(-0.8, 2.0), moved["health"])), ("plan", (nothing, nothing)))
    return Doubt("left_out", "The answer leans most on health.", columns, rows)


def layers(chart: Any) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each layer of a drawn chart with its rows."""
    spec = chart.to_dict()
    return [(layer, spec["datasets"][layer["data"]["name"]]) for layer in spec["layer"]]


ARGS: dict[str, Callable[[], tuple[Any, ...]]] = {
    "ladder": lambda: (effect(),),
    "honest": lambda: (effect(),),
    "segments": lambda: (segments(),),
    "doubt": lambda: (doubt(),),
    "curves": lambda: (curves(),),
    "incidence": lambda: (leaving(),),
    "staying": lambda: (staying(),),
    "cohorts": lambda: (cohorts(),),
    "dose": lambda: (dose(),),
    "ledger_bars": lambda: (ledger(),),
    "balance": lambda: (balance(),),
    "funnel": lambda: (funnel(),),
    "fan": lambda: (fan(),),
    "tornado": lambda: (tornado(),),
    "overlap": lambda: (histogram(),),
    "sparkline": lambda: (sparkline.Line(series(), target=0.65),),
    "trend": lambda: (Trend("Satisfied customers", Unit.FRACTION, sparkline.Line(series(), target=0.65), (("2025-03-04", ODD_NAMES[0]),)),),
    "truth": lambda: (effect(), {"episode_effect_ato": -0.03, "episode_effect_att": -0.032}),
}
