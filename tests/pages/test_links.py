"""Your files: how tickets found their customers, and corrections that change the numbers, one widget at a time."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from roi_core.engine import definition
from roi_core.sentences import catalogue, say
from roi_core.spine.decisions import KINDS, SETTING, Decisions
from roi_core.spine.linkage import WAYS
from roi_core.workspace import Workspace
from tests.linking import FILES, loaded
from tests.pages.app import again, calm, press, said, visit


@pytest.fixture
def work(session_home: Path) -> str:
    """Id of work with seven tickets that need a customer, of which three find one."""
    return loaded(Workspace.create(session_home)).id


def opened(work: str) -> AppTest:
    """Your files with the drawer of links open."""
    app = calm(visit("data", work=work))
    app.session_state["identity"] = True
    return again(app)


def set_to(app: AppTest, kind: str, key: str, value: object) -> AppTest:
    """The run after one widget was set."""
    getattr(app, kind)(key=key).set_value(value)
    return again(app)


def rate(app: AppTest) -> str:
    (line,) = [line for line in said(app).splitlines() if "of tickets" in line and "found their customer" in line]
    return line.split()[0]


def decided(work: str) -> Decisions:
    return Decisions.of(Workspace.open(None, work).recall(SETTING))


def test_the_line_says_tickets_and_revenue(work: str) -> None:
    assert say("links.summary", tickets="42.9 %", revenue="75.1 %") in said(calm(visit("data", work=work)))


def test_what_was_found_and_what_was_not_is_told_by_name(work: str) -> None:
    told = said(opened(work))
    assert say("links.because_domain_of_one") in told
    assert "Company Zulu Inc" in told
    assert "bolt.example | BOLT GmbH, billing@bolt.example | 100.0 % (2 of 2) | 2" in told


def test_a_domain_is_accepted_by_hand_and_taken_back(work: str) -> None:
    app = opened(work)
    box = app.multiselect(key="links_proposals")
    assert box.value == [], "nothing is chosen beforehand"
    app = set_to(app, "multiselect", "links_proposals", box.options[:1])
    app = calm(app.button(key="links_add").click().run())
    assert rate(app) == "71.4"
    assert [len(step) for step in decided(work).steps] == [1]
    app = calm(app.button(key="links_undo_0").click().run())
    assert rate(app) == "42.9"
    assert decided(work).in_force == ()


def test_all_domains_of_one_customer_are_accepted_and_undone_with_one_click(work: str) -> None:
    app = calm(opened(work).button(key="links_accept_all").click().run())
    assert rate(app) == "71.4"
    app = calm(app.button(key="links_undo_0").click().run())
    assert rate(app) == "42.9"


def test_a_rejected_proposal_is_gone(work: str) -> None:
    app = opened(work)
    app = set_to(app, "multiselect", "links_proposals", app.multiselect(key="links_proposals").options[:1])
    app = calm(app.button(key="links_reject").click().run())
    assert rate(app) == "42.9"
    assert not [box for box in app.multiselect if box.key == "links_proposals"]


def test_a_rejected_link_leaves_its_tickets_without_a_customer(work: str) -> None:
    app = opened(work)
    (acme,) = [option for option in app.multiselect(key="links_found").options if "Acme" in option]
    app = set_to(app, "multiselect", "links_found", [acme])
    app = calm(app.button(key="links_reject_found").click().run())
    assert rate(app) == "14.3"
    assert say("links.because_rejected") in said(app)


def test_a_customer_is_searched_and_added(work: str) -> None:
    app = opened(work)
    (zulu,) = [option for option in app.selectbox(key="links_add_which").options if "Zulu" in option]
    app = set_to(app, "text_input", "links_add_search", "cleo")
    (cleo,) = app.selectbox(key="links_add_customer").options
    app = set_to(app, "selectbox", "links_add_which", zulu)
    app = set_to(app, "selectbox", "links_add_customer", cleo)
    app = press(app, say("links.add_do"))
    assert rate(app) == "57.1"
    assert say("links.added_line", kind="Company", key="Zulu Inc", customer="Cleo, cleo@gmail.com") in said(app)


def test_a_search_that_finds_nobody_says_so(work: str) -> None:
    app = opened(work)
    assert say("links.add_none") in said(set_to(app, "text_input", "links_add_search", "nobody at all"))


def test_a_name_of_a_file_is_shown_as_text(session_home: Path) -> None:
    hostile = FILES | {"tickets.csv": FILES["tickets.csv"].replace("Zulu Inc", "![x](https://evil.example/x.png)")}
    app = opened(loaded(Workspace.create(session_home), hostile).id)
    assert not any("![x](" in str(element.value) for element in [*app.markdown, *app.caption])


def strangers(home: Path, known: str = "") -> str:
    """Id of work with 12 tickets of companies that no customer is, and as many of customers as `known` says."""
    rows = "".join(f"s{n},2024-03-01 10:00,x{n}@nowhere{n}.example,Nowhere {n},,Help,\n" for n in range(12))
    tickets = FILES["tickets.csv"].splitlines(keepends=True)[0] + known + rows
    return loaded(Workspace.create(home), FILES | {"tickets.csv": tickets}).id


def test_where_no_ticket_finds_its_customer_it_is_said_and_one_button_leads_to_linking_by_hand(session_home: Path) -> None:
    app = calm(visit("data", work=strangers(session_home)))
    assert f"{say('data.no_shared')} {say('data.names_tried_none')} {say('data.no_shared_next')}" in said(app)
    assert "Company names were tried" in said(app)
    assert not [box for box in app.selectbox if box.key == "links_add_which"]
    app = press(app, say("links.by_hand"))
    assert len(app.selectbox(key="links_add_which").options) > 0
    assert say("links.add") in said(app)


def test_few_tickets_that_find_theirs_are_told_with_what_the_company_name_gave(session_home: Path) -> None:
    app = calm(visit("data", work=strangers(session_home, known="k,2024-02-02 10:00,,BOLT GmbH,,Help,\n")))
    assert f"{say('data.few_shared', tickets='7.7 %')} {say('data.names_tried', n='1')}" in said(app)
    assert say("links.by_hand") in [button.label for button in app.button]


def test_where_enough_find_theirs_or_something_was_corrected_there_is_no_warning(work: str, session_home: Path) -> None:
    assert not calm(visit("data", work=work)).warning
    app = press(calm(visit("data", work=strangers(session_home))), say("links.by_hand"))
    app = set_to(app, "text_input", "links_add_search", "cleo")
    for key in ("links_add_which", "links_add_customer"):
        app = set_to(app, "selectbox", key, app.selectbox(key=key).options[0])
    app = press(app, say("links.add_do"))
    assert say("data.names_tried_none") not in said(app)


def test_an_example_is_looked_at_and_not_corrected() -> None:
    app = calm(visit("data"))
    app.session_state["identity"] = True
    app = again(app)
    assert say("links.sample") in said(app)
    assert not [button for button in app.button if button.label == say("links.add_do")]


def test_every_way_kind_and_reason_has_its_words() -> None:
    slug = {word: word.lower().replace(" ", "_").replace("-", "_") for word in (*WAYS, *KINDS)}
    wanted = {f"links.way_{slug[way]}" for way in WAYS} | {f"links.trust_{slug[way]}" for way in WAYS} | {f"links.kind_{slug[kind]}" for kind in KINDS}
    reasons = set(re.findall(r"then '(\w+)'", definition("unmatched").partition("then 'rejected'")[2].partition("as reason")[0]))
    assert len(reasons) > 10
    assert wanted | {f"links.because_{reason}" for reason in reasons} <= set(catalogue())
