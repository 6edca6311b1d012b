import pytest
from streamlit.testing.v1 import AppTest

from roi_core.workspace import Workspace, saved


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """An empty home for saved work."""
    monkeypatch.setenv("SUPPORT_ROI_HOME", str(tmp_path))
    return tmp_path


def script():
    """A page that shows what is looked at, and can change it."""
    import streamlit as st

    from pages._parts import clients, history, state
    from pages._parts.frame import guard

    with guard():
        state.look()
        history.unsaved()
        now = state.work()
        st.text(now.name)
        st.text("saved" if now.workspace else "not saved")
        st.text(state.assumptions().number("agents"))
    st.button("Fogbank", on_click=state.use_sample, args=("fogbank",))
    st.button("Seven agents", on_click=state.answer, args=({"agents": 7},))
    st.button("No agents known", on_click=state.answer, args=({"agents": None},))
    st.button("Minus one", on_click=state.answer, args=({"agents": -1},))
    st.button("Forget", on_click=clients.forget)


def visit(**address) -> AppTest:
    app = AppTest.from_function(script)
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def press(app: AppTest, label: str) -> AppTest:
    (button,) = [button for button in app.button if button.label == label]
    return button.click().run()


def shown(app: AppTest) -> list[str]:
    assert not app.exception
    return [text.value for text in app.text]


def address(app: AppTest) -> dict[str, str]:
    return {name: value if isinstance(value, str) else "".join(value) for name, value in app.query_params.items()}


def test_a_first_visit_shows_the_first_example_and_says_so_in_the_address():
    app = visit()
    assert shown(app) == ["Harbour Desk", "not saved", "None"]
    assert address(app) == {"sample": "harbour_desk"}


def test_an_unknown_example_is_the_first():
    assert shown(visit(sample="../../secret"))[0] == "Harbour Desk"


def test_another_example_stays_after_a_change_of_page():
    app = press(visit(), "Fogbank")
    assert shown(app)[0] == "Fogbank"
    app.query_params.clear()
    assert shown(app.run())[0] == "Fogbank"
    assert address(app) == {"sample": "fogbank"}


def test_an_answer_on_an_example_becomes_saved_work_that_a_refresh_keeps():
    app = press(press(visit(), "Fogbank"), "Seven agents")
    assert shown(app) == ["Fogbank", "saved", "7.0"]
    saved = address(app)["work"]
    assert shown(visit(work=saved)) == ["Fogbank", "saved", "7.0"]
    assert shown(press(app, "No agents known"))[2] == "None"


def test_an_answer_out_of_range_is_refused_and_keeps_nothing(home):
    app = press(visit(), "Minus one")
    assert "agents" in app.warning[0].value
    assert shown(app)[1:] == ["not saved", "None"]
    assert not (home / "workspaces").exists()


@pytest.mark.parametrize("id", ["xyz", "../../x", "<script>", "A" * 22])
def test_an_unknown_id_gives_the_same_neutral_message_again_and_again_and_an_example_is_a_click_away(id):
    app = visit(work=id)
    for _ in range(2):
        assert "belongs to no saved work" in app.error[0].value
        assert id not in app.error[0].value
        assert not app.text
        app.run()
    assert shown(press(app, "Fogbank"))[0] == "Fogbank"


def test_forgotten_work_is_gone_and_its_address_unknown(home):
    app = press(visit(), "Seven agents")
    saved = address(app)["work"]
    app = press(app, "Forget")
    assert shown(app) == ["Harbour Desk", "not saved", "None"]
    assert not list((home / "workspaces").iterdir())
    assert "belongs to no saved work" in visit(work=saved).error[0].value


def test_own_files_are_named_as_such():
    workspace = Workspace.create()
    assert shown(visit(work=workspace.id)) == ["Your files", "saved", "None"]


def loading(error):
    """A first load that ends in `error` while it tells its progress."""
    import streamlit as st

    from pages._parts import own_files

    def tell(*_):
        if error == "stop":
            st.stop()
        raise MemoryError

    own_files.load([("c.csv", b"customer_id,email,started_at\nc1,ann@firm.example,2024-01-01\n")], tell)


@pytest.mark.parametrize("error", ["stop", "memory"])
def test_a_first_load_that_does_not_end_leaves_no_work_behind(home, error):
    AppTest.from_function(loading, kwargs={"error": error}).run(timeout=60)
    assert saved(home) == ()
    assert not list((home / "keys").iterdir())


def letting_go():
    """A load of what was dropped."""
    import streamlit as st
    from streamlit.runtime.scriptrunner import get_script_run_ctx
    from streamlit.runtime.uploaded_file_manager import UploadedFileRec

    from pages._parts import own_files

    run = get_script_run_ctx()
    run.uploaded_file_mgr.add_file(run.session_id, UploadedFileRec("f", "c.csv", "text/csv", b"x"))
    own_files.load([("c.csv", b"customer_id,email,started_at\nc1,ann@firm.example,2024-01-01\n")], lambda *_: None)
    st.text(len(run.uploaded_file_mgr.get_files(run.session_id, ["f"])))


def test_dropped_bytes_are_let_go_once_they_are_read(home):
    assert shown(AppTest.from_function(letting_go).run(timeout=60)) == ["0"]
    assert len(saved(home)) == 1
