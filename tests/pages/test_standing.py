"""What is kept stands in its widgets, also where the browser had not drawn them before, and nothing that is typed is overwritten with it."""

import pytest
from streamlit.testing.v1 import AppTest

from roi_core.workspace import Workspace


def page() -> None:
    import streamlit as st

    from pages._parts.standing import begin, end, stand, stand_open

    begin()
    name = stand("name", st.session_state.get("kept_name", "Acme"))
    st.text_input("name", name, key="name", on_change=lambda: st.session_state.update(kept_name=st.session_state["name"]))
    stand_open("share", st.session_state.get("kept_share", 6.0))
    st.number_input("share", value=None, key="share")
    st.button("nothing")
    st.button("another", on_click=lambda: st.session_state.update(kept_name="Zulu"))
    if st.button("cut off"):
        st.stop()
    end()


@pytest.fixture
def app(tmp_path, monkeypatch) -> AppTest:
    monkeypatch.setenv("SUPPORT_ROI_HOME", str(tmp_path))
    app = AppTest.from_function(page)
    app.query_params["work"] = Workspace.create().id
    return app.run()


def is_put(app: AppTest, key: str) -> bool:
    """Whether the run tells the browser the value, instead of leaving it to what the browser has."""
    assert not app.exception
    (widget,) = [widget for widget in (*app.text_input, *app.number_input) if widget.key == key]
    return bool(widget.proto.set_value)


def test_what_is_kept_is_what_the_widget_is_drawn_with_and_what_was_typed_is_not_told_back(app) -> None:
    assert (app.text_input[0].value, app.text_input[0].proto.default, is_put(app, "name")) == ("Acme", "Acme", False)
    before = app.text_input[0].proto.id
    app.text_input[0].set_value("Bolt").run()
    assert (app.text_input[0].value, app.text_input[0].proto.default, is_put(app, "name")) == ("Bolt", "Bolt", False)
    assert app.text_input[0].proto.id == before
    app.button[1].click().run()
    assert (app.text_input[0].value, app.text_input[0].proto.default, is_put(app, "name")) == ("Zulu", "Zulu", True)
    assert not is_put(app.button[0].click().run(), "name")


def test_after_a_run_that_was_cut_off_only_what_can_be_emptied_is_told_once_more(app) -> None:
    assert is_put(app, "share")
    assert not is_put(app.button[0].click().run(), "share")
    assert not is_put(app.button[2].click().run(), "share")
    assert is_put(app.run(), "share")
    assert not is_put(app, "name")
    assert not is_put(app.run(), "share")
    assert app.number_input[0].value == 6
    app.number_input[0].set_value(None).run()
    assert (app.number_input[0].value, is_put(app, "share")) == (None, False)
