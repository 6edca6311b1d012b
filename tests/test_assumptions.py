import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_core.assumptions import DECLARED, Assumptions, Correlation, Range
from roi_core.errors import AssumptionRefused
from roi_core.sources import SOURCES
from roi_core.units import Unit

EVERY = pytest.mark.parametrize("declared", DECLARED.values(), ids=DECLARED)
NUMBERS = [a for a in DECLARED.values() if not a.switch and a.unit is not Unit.TEXT]


@EVERY
def test_declaration_is_whole(declared):
    assert declared.title
    assert declared.question.endswith(("?", ")?"))
    assert declared.reason.endswith(".")
    assert declared.source in SOURCES
    assert declared.default is None or declared.low <= declared.default <= declared.high
    assert declared.plausible is None or declared.low <= declared.plausible[0] < declared.plausible[1] <= declared.high


@EVERY
def test_default_is_what_is_read_back(declared):
    assert Assumptions()[declared.key] == declared.default
    assert not Assumptions().typed(declared.key)


@pytest.mark.parametrize("declared", NUMBERS, ids=[a.key for a in NUMBERS])
@given(data=st.data())
def test_numbers_inside_are_kept_and_outside_refused(declared, data):
    inside = data.draw(st.floats(declared.low, declared.high))
    assert Assumptions.of({declared.key: inside}).number(declared.key) == inside
    outside = data.draw(st.floats(declared.high, declared.high * 1e6 + 1e6, exclude_min=True))
    with pytest.raises(AssumptionRefused, match=declared.key):
        Assumptions.of({declared.key: outside})


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("gross_margin", 75, "75 % is 0.75"),
        ("gross_margin", "0.75", "a number from 0 to 1"),
        ("gross_margin", True, "a number"),
        ("gross_margin", float("nan"), "a number"),
        ("gross_margin", [0.7, 0.8], "three of them"),
        ("gross_margin", [0.8, 0.7, 0.9], "in this order"),
        ("gross_margin", [0.7, 0.8, 1.9], "from 0 to 1"),
        ("use_margin", 1, "true or false"),
        ("currency", "usd", "three capital letters"),
        ("agents", -1, "from 0 to 100,000"),
    ],
)
def test_refusals_say_what_is_allowed(key, value, words):
    with pytest.raises(AssumptionRefused, match=words):
        Assumptions.of({key: value})


def test_an_unknown_key_names_the_nearest():
    with pytest.raises(AssumptionRefused, match='Did you mean "gross_margin"'):
        Assumptions.of({"gros_margin": 0.5})
    with pytest.raises(AssumptionRefused, match='Did you mean "agents"'):
        Assumptions()["agent"]


def test_replacing_keeps_the_rest_and_none_goes_back_to_the_default():
    answers = Assumptions.of({"agents": 3, "gross_margin": 0.5})
    assert answers.replace(agents=4) == Assumptions.of({"agents": 4, "gross_margin": 0.5})
    assert answers.replace(gross_margin=None) == Assumptions.of({"agents": 3})
    assert answers.number("agents") == 3


def test_it_reads_as_a_mapping_and_equal_answers_are_one_key():
    first, second = Assumptions.of({"agents": 3, "tools_per_year": 0}), Assumptions.of({"tools_per_year": 0.0, "agents": 3.0})
    assert set(first) == set(DECLARED)
    assert len(first) == len(DECLARED)
    assert {first: "kept"}[second] == "kept"
    assert "agents" in first
    assert "agent" not in first
    assert Assumptions.of(first) is first


def test_a_range_is_three_numbers_and_one_without_width_is_a_number():
    assert Assumptions.of({"gross_margin": [0.6, 0.7, 0.8]})["gross_margin"] == Range(0.6, 0.7, 0.8)
    assert Assumptions.of({"gross_margin": Range(0.6, 0.7, 0.8)}).number("gross_margin") == 0.7
    assert Assumptions.of({"gross_margin": [0.7, 0.7, 0.7]})["gross_margin"] == 0.7


def test_a_file_holds_answers_ranges_and_correlations(tmp_path):
    file = tmp_path / "answers.toml"
    file.write_text(
        'gross_margin = [0.6, 0.7, 0.8]\nagents = 3\nmargin_contains_support = true\ncurrency = "EUR"\n'
        '[[correlation]]\nbetween = ["gross_margin", "agents"]\nrho = 0.5\n'
    )
    read = Assumptions.from_toml(file)
    assert read.number("agents") == 3
    assert read.switch("margin_contains_support")
    assert read["currency"] == "EUR"
    assert read.correlations == (Correlation(("gross_margin", "agents"), 0.5),)
    assert read.replace(agents=4).correlations == read.correlations


@pytest.mark.parametrize(
    "text", ["gross_margin = = 1", 'correlation = ["agents"]', '[[correlation]]\nbetween = ["agents", "tools_per_year"]\nrho = 2', "gross_margn = 0.5"]
)
def test_a_file_that_cannot_be_used_is_refused_without_its_path(tmp_path, text):
    file = tmp_path / "answers.toml"
    file.write_text(text)
    with pytest.raises(AssumptionRefused) as refused:
        Assumptions.from_toml(file)
    assert str(tmp_path) not in str(refused.value)
