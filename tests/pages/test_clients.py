"""Several companies: the menu behind the name, what is hidden while presenting, and that nothing crosses."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages._parts.site import built
from roi_core.sentences import say
from roi_core.workspace import Workspace, last_used
from tests.pages.app import SITE, address, again, calm, labels, menus, press, said, visit
from tests.pages.conftest import FLAT


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without any other company."""
    monkeypatch.setenv("SUPPORT_ROI_HOME", str(tmp_path))
    return tmp_path


def company(name: str) -> Workspace:
    workspace = Workspace.create()
    workspace.remember("company", name)
    return workspace


def menu(app: AppTest) -> AppTest:
    app.session_state["companies"] = True
    return again(app)


def click(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    return again(app)


def without_address(page: str = "") -> AppTest:
    app = AppTest.from_file(str(SITE), default_timeout=120).run()
    return app.switch_page(f"../{page}.py").run() if page else app


def test_a_company_is_created_named_marked_and_looked_at() -> None:
    app = menu(visit("methods"))
    app.text_input(key="new_name").set_value("Acme")
    app.button_group(key="new_colour").set_value("green")
    app = menu(press(app, say("clients.create")))
    work = Workspace.open(None, address(app)["work"])
    assert (work.recall("company"), work.recall("colour")) == ("Acme", "green")
    app.text_input(key="rename").set_value("Acme *Inc*")
    app.button_group(key="recolour").set_value("red")
    app = again(app)
    assert (work.recall("company"), work.recall("colour")) == ("Acme *Inc*", "red")
    assert "Acme *Inc*" in said(menu(app))


def test_another_company_is_switched_to_and_only_its_own_is_shown() -> None:
    first, second = company("Acme"), company("Zulu")
    app = menu(visit("methods", work=first.id))
    assert "Zulu" in labels(app)
    app = menu(click(app, f"open_{second.id}"))
    assert address(app)["work"] == second.id
    assert "Zulu" not in labels(app)
    assert "Acme" in labels(app)


def test_the_work_looked_at_last_is_where_the_app_opens_and_one_that_is_gone_is_not() -> None:
    work = company("Acme")
    calm(visit("methods", work=work.id))
    assert address(without_address("methods"))["work"] == work.id
    work.delete()
    assert address(without_address("methods"))["sample"] == "harbour_desk"


def test_locked_work_cannot_be_deleted_and_says_so() -> None:
    work = company("Acme")
    app = click(menu(visit("methods", work=work.id)), f"lock_{work.id}")
    assert work.root.locked
    app = click(click(app, f"delete_{work.id}"), f"sure_{work.id}")
    assert "locked" in said(app)
    assert work.recall("company") == "Acme"
    app = click(app, f"lock_{work.id}")
    app = click(click(app, f"delete_{work.id}"), f"keep_{work.id}")
    assert not work.root.locked
    app = click(click(app, f"delete_{work.id}"), f"sure_{work.id}")
    assert address(app)["sample"] == "harbour_desk"
    assert not work.folder.exists()
    assert last_used() is None


def test_nothing_of_a_deleted_company_stays_in_the_session() -> None:
    work = company("Zebra Canary")
    app = menu(visit("methods", work=work.id))
    app.session_state["bundle_made"] = ((work.id, 1, "a passphrase"), b"work of Zebra Canary")
    assert "Zebra Canary" in str(app.session_state["standing"])
    app = click(click(app, f"delete_{work.id}"), f"sure_{work.id}")
    assert not work.folder.exists()
    assert "bundle_made" not in app.session_state
    state = app.session_state._state.filtered_state  # noqa: SLF001
    assert "Zebra Canary" not in str(dict(state))


def test_a_broken_company_is_told_with_its_reason_and_can_be_deleted() -> None:
    broken = company("Acme")
    broken.meta_path.write_bytes(bytes(4096))
    app = menu(visit("methods"))
    assert app.button(key=f"open_{broken.id}").disabled
    assert "changed on disk" in said(app)
    click(click(app, f"delete_{broken.id}"), f"sure_{broken.id}")
    assert not broken.folder.exists()


def test_an_example_with_answers_says_so() -> None:
    app = visit("value")
    app.slider(key="question_gross_margin").set_value(0.4)
    press(app, say("frame.answer_questions"))
    app = menu(visit("methods"))
    assert say("clients.of_example") in said(app)
    assert "Harbour Desk" in labels(app)


@pytest.fixture(scope="module")
def shown_to_a_client(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Work of names that nobody else should read, beside another company, in a home of their own; it is only looked at."""
    from roi_core.ingest import take_in

    home = tmp_path_factory.mktemp("shown")
    Workspace.create(home).remember("company", "Zulu")
    work = Workspace.create(home)
    work.remember("company", "Acme")
    take_in([("of zulu customers.csv", FLAT.read_bytes()), ("secret broken.csv", b'id,name\n1,"never closed\n2,b\n')], work)
    return work


@pytest.mark.parametrize("page", [spec.key for spec in built()])
def test_presenting_hides_other_companies_and_names_of_files_on_every_page_and_a_refresh_keeps_it(
    page: str, shown_to_a_client: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = shown_to_a_client
    monkeypatch.setenv("SUPPORT_ROI_HOME", str(work.home))
    app = menu(visit(page, work=work.id))
    app.toggle(key="presenting_switch").set_value(True)
    app = again(app)
    assert address(app)["presenting"] == "1"
    for shown in (app, menu(visit(page, work=work.id, presenting="1"))):
        told = "\n".join(
            [said(shown), *labels(shown), *menus(shown), *(box.label for box in shown.expander), *(frame.proto.srcdoc for frame in shown.get("iframe"))]
        )
        assert "zulu" not in told.casefold().replace("\\", "")
        assert "secret broken" not in told
    app.toggle(key="presenting_switch").set_value(False)
    assert "Zulu" in labels(again(app))
    assert "presenting" not in address(app)


def test_an_example_has_a_way_back_to_own_files_by_their_name() -> None:
    work = company("Acme *Inc*")
    app = press(visit(work=work.id), say("frame.empty_sample"))
    assert address(app)["sample"] == "harbour_desk"
    app = press(app, say("frame.back_to", name="Acme *Inc*"))
    assert address(app)["work"] == work.id


def test_files_without_a_name_have_a_way_back_too_also_in_a_new_session_and_after_an_answer_on_the_example() -> None:
    work = Workspace.create()
    calm(visit("methods", work=work.id))
    app = visit("value")
    assert say("frame.back_to_own") in labels(app)
    app.slider(key="question_gross_margin").set_value(0.4)
    app = press(app, say("frame.answer_questions"))
    assert address(press(press(visit(work=work.id), say("frame.empty_sample")), say("frame.back_to_own")))["work"] == work.id


def test_there_is_no_way_back_where_there_are_no_own_files_and_no_name_while_presenting() -> None:
    assert say("frame.back_to_own") not in labels(visit("methods"))
    work = company("Zulu")
    calm(visit("methods", work=work.id))
    shown = labels(visit("methods", presenting="1"))
    assert say("frame.back_to_own") in shown
    assert not any("Zulu" in label for label in shown)
    work.delete()
    assert say("frame.back_to_own") not in labels(visit("methods"))
