"""The app as AppTest runs it: started at the list of pages, in a home of its own."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from pages._parts.samples import FIRST
from pages._parts.site import built

SITE = Path(__file__).resolve().parents[2] / "pages" / "_parts" / "site.py"
PAGES = tuple(spec.key for spec in built())
_SECONDS = 120


def visit(page: str = "overview", **address: str) -> AppTest:
    """A page of the app at an address, run once: the address of each page is the name of its file."""
    app = AppTest.from_file(str(SITE), default_timeout=_SECONDS)
    for name, value in (address if "work" in address else {"sample": FIRST.key, **address}).items():
        app.query_params[name] = value
    return (app if page == PAGES[0] else app.switch_page(f"../{page}.py")).run()


def again(app: AppTest) -> AppTest:
    """The next run; nothing may have gone wrong in it."""
    app.run()
    return calm(app)


def calm(app: AppTest) -> AppTest:
    """The same app, in which nothing went wrong."""
    assert not app.exception, app.exception[0].value
    return app


def labels(app: AppTest) -> list[str]:
    """What stands on each button: escapes and the colour of primary buttons taken off."""
    return [button.label.removeprefix(":violet[").removesuffix("]").replace("\\", "") for button in app.button]


def press(app: AppTest, label: str) -> AppTest:
    """Clicks the one button of that label."""
    (button,) = [button for button, shown in zip(app.button, labels(app), strict=True) if shown == label.replace("\\", "")]
    button.click()
    return again(app)


def menus(app: AppTest) -> list[str]:
    """What stands on each popover, the name of the company among them; escapes taken off."""
    return [block.proto.popover.label.replace("\\", "") for block in app.get("popover")]


def said(app: AppTest) -> str:
    """Everything that the page says in words, escapes taken off."""
    elements = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.error, *app.warning, *app.text]
    return "\n".join(str(element.value) for element in elements).replace("\\", "").replace("\u2060", "")


def address(app: AppTest) -> dict[str, str]:
    """The parameters of the address."""
    return {name: value if isinstance(value, str) else "".join(value) for name, value in app.query_params.items()}
