"""What is kept stands in its widgets, also where the browser had not drawn them when it was put there."""

from streamlit.testing.v1 import AppTest

from roi_core.workspace import Workspace


def page() -> None:
    import streamlit as st

    from pages._parts.standing import put_again, stand

    stand("months", 6)
    st.selectbox("months", [3, 6], key="months")
    st.button("nothing")
    st.button("again", on_click=put_again)


def is_put(app: AppTest) -> bool:
    """Whether the run tells the browser the value, instead of leaving it to what the browser has."""
    assert not app.exception
    return bool(app.selectbox(key="months").proto.set_value)


def test_what_was_put_is_put_once_until_it_has_to_be_put_again(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("SUPPORT_ROI_HOME", str(tmp_path))
    app = AppTest.from_function(page)
    app.query_params["work"] = Workspace.create().id
    assert is_put(app.run())
    assert not is_put(app.button[0].click().run())
    assert is_put(app.button[1].click().run())
    assert app.selectbox(key="months").value == 6
