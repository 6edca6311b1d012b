"""No click ends the action of the one before it: a callback is done whole, and every callback of the pages is such a one."""

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages._parts.whole import whole

PAGES = Path(__file__).resolve().parents[2] / "pages"
HARMLESS = {"_nothing"}


def script() -> None:
    """A callback whose run is ended while it works, as a second click or a lost connection ends it."""
    import streamlit as st
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    from pages._parts.whole import whole

    def keep() -> None:
        ctx = get_script_run_ctx()
        assert ctx is not None
        assert ctx.script_requests is not None
        ctx.script_requests.request_stop()
        st.session_state["kept"] = st.session_state["name"]
        print("kept", st.session_state["kept"])

    protect = whole if st.query_params["as"] == "whole" else (lambda action: action)
    st.text_input("Name", key="name", on_change=protect(keep))


@pytest.mark.parametrize(("way", "kept"), [("whole", True), ("bare", False)])
def test_a_run_that_ends_meanwhile_does_not_end_an_action(way: str, kept: bool, capsys: pytest.CaptureFixture[str]) -> None:
    app = AppTest.from_function(script)
    app.query_params["as"] = way
    app.run()
    app.text_input(key="name").set_value("Acme")
    app.run()
    assert ("kept Acme" in capsys.readouterr().out) is kept, "Streamlit ends callbacks no more: then nobody needs pages/_parts/whole.py"


def test_what_an_action_gives_and_raises_comes_back_also_from_one_inside_another() -> None:
    @whole
    def inner(n: int) -> int:
        return 6 // n

    @whole
    def outer(n: int) -> int:
        return inner(n) + 1

    assert outer(2) == 4
    with pytest.raises(ZeroDivisionError):
        outer(0)


def _handed(path: Path) -> set[tuple[str, str]]:
    """File and name of each function that a page hands to widgets."""
    found = set()
    for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
        for keyword in call.keywords:
            match keyword:
                case ast.keyword(arg=str(name), value=ast.Constant()) if name.startswith("on_"):
                    pass
                case ast.keyword(arg=str(name), value=ast.Name(id=function)) if name.startswith("on_"):
                    found.add((path.name, function))
                case ast.keyword(arg=str(name), value=ast.Attribute(value=ast.Name(id=part), attr=function)) if name.startswith("on_"):
                    found.add((f"{part}.py", function))
                case ast.keyword(arg=str(name)) if name.startswith("on_"):
                    pytest.fail(f"{path.name}:{call.lineno}: hand a function over by its name, so that it can be seen to be done whole")
    return {(file, function) for file, function in found if function not in HARMLESS}


def _done_whole(path: Path) -> set[tuple[str, str]]:
    functions = (node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef))
    return {(path.name, f.name) for f in functions if any(isinstance(mark, ast.Name) and mark.id == "whole" for mark in f.decorator_list)}


def test_every_callback_of_the_pages_is_done_whole() -> None:
    files = list(PAGES.rglob("*.py"))
    handed = set[tuple[str, str]]().union(*map(_handed, files))
    assert len(handed) > 20
    assert handed - set[tuple[str, str]]().union(*map(_done_whole, files)) == set()
