"""What a page says, it says once; and where nothing was found no middle stands in place of a range."""

import csv
import io
import re
from collections import Counter
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from roi_core.companies import write_sample
from roi_core.ledger import RULES
from roi_core.ledger.total import NO_BENEFIT
from roi_core.sentences import say
from tests.pages.app import calm, said, visit
from tests.pages.conftest import saved

_SENTENCE = re.compile(r"[A-Z][^!?]{30,}?[.!?](?=\s|$)")


def repeated(app: AppTest) -> list[str]:
    counted = Counter(sentence for line in said(app).splitlines() for sentence in _SENTENCE.findall(line))
    return [sentence for sentence, times in counted.items() if times > 1]


@pytest.fixture(scope="module")
def only_signs(session_home: Path, exports: list[Path]) -> str:
    """Id of work without costs, usage, priority and type: every comparison is a sign."""
    kept = [file for file in exports if file.name != "usage.csv"]
    tickets = next(file for file in kept if "tickets" in file.name)
    rows = list(csv.DictReader(tickets.read_text(encoding="utf-8").splitlines()))
    text = io.StringIO()
    written = csv.DictWriter(text, [name for name in rows[0] if name not in ("Priority", "Type")], extrasaction="ignore")
    written.writeheader()
    written.writerows(rows)
    return saved(session_home, (tickets.name, text.getvalue().encode()), *(file for file in kept if file != tickets))


@pytest.mark.parametrize("page", ["overview", "value", "scenarios", "reports"])
@pytest.mark.parametrize("sample", ["still_water", "fogbank"])
def test_no_sentence_stands_twice_on_a_page_of_an_example(page: str, sample: str) -> None:
    assert repeated(calm(visit(page, sample=sample))) == []


@pytest.mark.parametrize("page", ["overview", "value", "scenarios", "reports"])
def test_no_sentence_stands_twice_without_costs(page: str, without_costs: str) -> None:
    assert repeated(calm(visit(page, work=without_costs))) == []


@pytest.mark.parametrize("page", ["overview", "retention"])
def test_no_sentence_stands_twice_of_a_flat_file(page: str, flat: str) -> None:
    assert repeated(calm(visit(page, work=flat))) == []


@pytest.mark.parametrize("page", ["overview", "value", "scenarios"])
def test_no_sentence_stands_twice_where_there_are_only_signs_and_no_costs(page: str, only_signs: str) -> None:
    app = calm(visit(page, work=only_signs))
    assert repeated(app) == []
    assert page != "scenarios" or NO_BENEFIT.reason in said(app)


def test_the_reason_that_leaves_out_several_lines_stands_once_below_the_ledger(only_signs: str) -> None:
    text = said(calm(visit("value", work=only_signs)))
    signs = next(rule.reason for rule in RULES if rule.key == "tested_or_compared")
    assert text.count(signs) == 1
    assert "Not in the total: Customers kept by being helped, " in text


def test_where_nothing_was_found_what_if_shows_ranges_and_says_so() -> None:
    app = calm(visit("scenarios", sample="still_water"))
    text = said(app)
    assert "No effect was found, so the range is drawn and no line in its middle." in text
    assert say("scenarios.tornado_open") in text
    assert "At full pace this is anything from" in text


def test_where_nothing_was_found_the_cards_of_the_money_show_ranges() -> None:
    app = calm(visit("value", sample="still_water"))
    shown = {metric.label.replace("\\", ""): metric.value for metric in app.metric}
    assert " to " in shown[say("value.kept")]


@pytest.fixture(scope="module")
def too_small(session_home: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Id of work of 90 customers, of whom nothing can be claimed."""
    folder = tmp_path_factory.mktemp("small")
    write_sample(folder, "saas", customers=90, seed=1)
    return saved(session_home, *sorted(folder.glob("*.csv")))


@pytest.mark.parametrize("page", ["overview", "retention"])
def test_a_refusal_and_its_title_stand_once(page: str, too_small: str) -> None:
    text = said(calm(visit(page, work=too_small)))
    assert "Too early to tell. " not in text
    assert all(text.count(part) == 1 for part in re.findall(r"Too few customers left to compare: [^;]+;", text))
    assert "Too few customers left to compare" in text


@pytest.mark.parametrize("page", ["overview", "retention"])
def test_a_sign_is_called_one_once(page: str, flat: str) -> None:
    text = said(calm(visit(page, work=flat)))
    assert text.lower().count("a sign, not a measurement") == 1
    assert "a sign at best" not in text
