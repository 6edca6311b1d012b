"""What browser tests share: waiting for the app, opening a page, and what axe finds."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from pages._parts.samples import FIRST


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


def faults(page: Page) -> list[str]:
    """What axe finds that is serious or critical: rule, and the elements it is about. Looked at twice: what is being drawn anew is faded."""
    if not _faults(page):
        return []
    settle(page)
    return _faults(page)


def _faults(page: Page) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [f"{found['id']}: {[node['html'][:200] for node in found['nodes']][:3]}" for found in violations if found["impact"] in {"serious", "critical"}]
