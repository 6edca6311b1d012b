"""What is kept stands in its widgets, also where the browser had not drawn them when it was put there."""

from streamlit.testing.v1 import AppTest

from roi_core.workspace import Workspace


def page() -> None:
    import streamlit as st

    from pages._parts.standing import begin, end, stand

    begin()
    stand("months", 6)
    st.selectbox("months", [3, 6], key="months")
    st.button("nothing")
    if st.button("cut off"):
        st.stop()
    end()


def is_put(app: AppTest) -> bool:
    """Whether the run tells the browser the value, instead of leaving it to what the browser has."""
    assert not app.exception
    return bool(app.selectbox(key="months").proto.set_value)


def test_what_was_put_is_put_once_more_only_after_a_run_that_was_cut_off(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("SUPPORT_ROI_HOME", str(tmp_path))
    app = AppTest.from_function(page)
    app.query_params["work"] = Workspace.create().id
    assert is_put(app.run())
    assert not is_put(app.button[0].click().run())
    assert not is_put(app.button[1].click().run())
    assert is_put(app.run())
    assert not is_put(app.run())
    assert app.selectbox(key="months").value == 6
