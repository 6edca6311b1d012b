"""What browser tests share: waiting for the app, opening a page, reaching a place on it by keyboard, and what axe finds."""

from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FileChooser, FilePayload, Keyboard, Locator, Page, expect

from pages._parts.samples import FIRST

_MOST_TABS, _MOST_DIALOGUES, _DIALOGUE_LOOKS, _LOOK_MS = 150, 4, 100, 50
"""A page that is drawn anew between Tab and Enter takes the focus from the button; then both are pressed once more."""
_HAS_FOCUS = "(place) => place === document.activeElement"


def settle(page: Page) -> None:
    """Waits until the app is connected, its script has ended and nothing is still being drawn."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


def settle_narrow(page: Page) -> None:
    """Waits until the app has drawn the page for a telephone, which it learns from the page itself."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-narrow", "true")
    settle(page)


def visit(page: Page, path: str = "/") -> None:
    """Opens an address of the app; one that names no work shows the first example, and not what another test looked at last."""
    page.goto(path if "work=" in path or "sample=" in path else f"{path}{'&' if '?' in path else '?'}sample={FIRST.key}")
    settle(page)


def reach(page: Page, place: Locator) -> Keyboard:
    """The keyboard, once Tab has brought the focus to `place` as it does for who has no mouse.

    What is drawn anew loses the focus, so it is looked at again once the page is still.
    """
    settle(page)
    for _ in range(_MOST_TABS):
        page.keyboard.press("Tab")
        if place.evaluate(_HAS_FOCUS):
            settle(page)
            if place.evaluate(_HAS_FOCUS):
                return page.keyboard
    raise AssertionError(f"{place} is not reached by {_MOST_TABS} presses of Tab")


def choose_files(page: Page, files: Sequence[str | FilePayload]) -> None:
    """Files for the place to drop them, chosen by keyboard in the dialogue that its button opens; it is listened for before the first key, or may be missed."""
    asked = list[FileChooser]()
    page.on("filechooser", lambda dialogue: asked.append(dialogue))  # noqa: PLW0108 - Playwright cannot wrap a method of a list
    for _ in range(_MOST_DIALOGUES):
        reach(page, page.get_by_test_id("stFileUploaderDropzone").locator("button")).press("Enter")
        for _ in range(_DIALOGUE_LOOKS):
            if asked:
                asked[0].set_files(files)
                return
            page.wait_for_timeout(_LOOK_MS)
    raise AssertionError("the button opens no dialogue")


def faults(page: Page) -> list[str]:
    """What axe finds that is serious or critical: rule, and the elements it is about. Looked at twice: what is being drawn anew is faded."""
    if not _faults(page):
        return []
    settle(page)
    return _faults(page)


def _faults(page: Page) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [f"{found['id']}: {[node['html'][:200] for node in found['nodes']][:3]}" for found in violations if found["impact"] in {"serious", "critical"}]
