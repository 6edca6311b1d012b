import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.ingest.durations import read_durations, unit_of_header
from roi_core.ingest.export import Clock, Duration, DurationUnit
from tests.ingest.text_tables import cells

CLOCK = Duration(DurationUnit.CLOCK)


def read(text: str, declared: Duration = CLOCK) -> float | None:
    return read_durations(cells(text), declared).values.to_pylist()[0]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1406:07:00", 84367),
        ("00:03:01", 181 / 60),
        ("0:13:55", 835 / 60),
        ("24:00:00", 1440),
        ("0:00", 0),
        ("27:31", 1651),
        ("-1:30", -90),
        ("2d 3h 10m", 3070),
        ("45 min", 45),
        ("1 day 2:00:00", 1560),
    ],
)
def test_clock_and_word_texts(text: str, minutes: float) -> None:
    assert read(text) == pytest.approx(minutes)


@pytest.mark.parametrize(
    ("unit", "minutes"),
    [(DurationUnit.MILLISECONDS, 0.0015), (DurationUnit.SECONDS, 1.5), (DurationUnit.MINUTES, 90), (DurationUnit.HOURS, 5400), (DurationUnit.DAYS, 129600)],
)
def test_plain_numbers_take_the_declared_unit(unit: DurationUnit, minutes: float) -> None:
    assert read("90", Duration(unit)) == pytest.approx(minutes)


@pytest.mark.parametrize("text", ["1:75:00", "1:00:99", "soon", "3:1:2:4", "h"])
def test_what_is_no_duration_is_bad(text: str) -> None:
    assert list(read_durations(cells(text), CLOCK).bad) == [0]


def test_a_dash_is_blank_not_zero() -> None:
    reading = read_durations(cells("-", "n/a"), CLOCK)
    assert reading.values.to_pylist() == [None, None]
    assert not reading.bad


def test_business_hours_are_flagged() -> None:
    reading = read_durations(cells("16:06:00"), Duration(DurationUnit.CLOCK, Clock.BUSINESS))
    assert reading.unit == "minutes, business hours"
    assert "not calendar time" in reading.notes[0]


@pytest.mark.parametrize(
    ("bracket", "unit"),
    [("s", DurationUnit.SECONDS), ("minutes", DurationUnit.MINUTES), ("hrs", DurationUnit.HOURS), ("hh:mm:ss", DurationUnit.CLOCK), (None, None)],
)
def test_units_in_headers(bracket: str | None, unit: DurationUnit | None) -> None:
    assert unit_of_header(bracket) is unit


@given(st.integers(0, 10**8))
def test_any_clock_text_comes_back(seconds: int) -> None:
    text = f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    assert read(text) == pytest.approx(seconds / 60)
