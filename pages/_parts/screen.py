"""What only the page knows: how wide the visitor's screen is, and that a lost connection is back."""

import streamlit as st

from pages._parts.standing import put_again
from pages._parts.whole import whole

_SCRIPT = """
const phone = window.matchMedia("(max-width: 640px)");
const app = document.querySelector("[data-testid=stApp]");
const PAUSE_MS = 10_000;
const drawn = new MutationObserver(() => {
  const last = Number(sessionStorage.getItem("support_roi_loaded_again") ?? 0);
  if (app?.isConnected || Date.now() - last < PAUSE_MS) return;
  sessionStorage.setItem("support_roi_loaded_again", Date.now());
  location.reload();
});
if (app) drawn.observe(document.getElementById("root"), { childList: true });
const connected = () => app?.getAttribute("data-test-connection-state") === "CONNECTED";

export default function ({ setStateValue, data }) {
  const tell = () => { if (phone.matches !== data.narrow) setStateValue("narrow", phone.matches) };
  let was = connected();
  const back = new MutationObserver(() => {
    if (connected() && !was) setStateValue("back", Date.now());
    was = connected();
  });
  if (app) app.dataset.narrow = data.narrow;
  tell();
  phone.addEventListener("change", tell);
  if (app) back.observe(app, { attributeFilter: ["data-test-connection-state"] });
  return () => { phone.removeEventListener("change", tell); back.disconnect() };
}
"""
"""Streamlit asks for a run after a cut only where it had begun to show one. What was typed just before the cut would be lost, and the page
would stand empty where the run that was cut off had begun: so the page says that it is back, with all that stands in its fields. What is
left of a run that was cut off can also make Streamlit's page throw itself away; then it is loaded again, with all that was saved."""
_KEY, _TOLD = "screen", "screen_told"
_measure = st.components.v2.component("support_roi_screen", js=_SCRIPT)


def look() -> None:
    """Asks the page; an answer other than the one known, and a connection that is back, run the script again."""
    _measure(
        key=_KEY,
        data={"narrow": narrow()},
        default={"narrow": False},
        on_narrow_change=_told,
        on_back_change=_nothing,
        width="content",
        height="content",
    )


def narrow() -> bool:
    """Whether this is a telephone or a window as narrow as one."""
    return bool(st.session_state.get(_KEY, {}).get("narrow"))


@whole
def _told() -> None:
    """The first answer comes while the browser draws the page, and what was put into a widget that is not drawn yet is lost with it."""
    if _TOLD not in st.session_state:
        st.session_state[_TOLD] = True
        put_again()


def _nothing() -> None:
    return None
