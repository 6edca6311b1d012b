"""The list of pages, in the order of the sidebar, and the script that Streamlit runs for every visit."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pages._parts import clients, frame, history, presenting, screen, standing, state
from pages._parts.drawing import turns
from pages._parts.plain import plain
from roi_core.errors import NothingToAnalyse, SupportRoiError
from roi_core.results import Absent
from roi_core.sentences import PLAIN, say, speak

_PAGES = Path(__file__).resolve().parents[1]
_ICON = Path(__file__).resolve().with_name("icon.svg")


@dataclass(frozen=True, slots=True)
class Spec:
    """One page: its file, which is its address, the words of the sidebar, and whether it asks about customers over time.

    `way_back` is False where the page draws undo and redo beside its own widgets.
    """

    key: str
    title: str
    follows: bool = False
    way_back: bool = True

    @property
    def path(self) -> Path:
        """Where the page is written."""
        return _PAGES.joinpath(f"{self.key}.py")


SPECS = (
    Spec("overview", "Overview"),
    Spec("data", "Your files"),
    Spec("cohorts", "Who we compare", follows=True),
    Spec("retention", "Do helped customers stay?", follows=True),
    Spec("satisfaction", "Does satisfaction matter?", follows=True),
    Spec("kpis", "The KPIs"),
    Spec("value", "What is it worth?", follows=True),
    Spec("scenarios", "What if?", follows=True, way_back=False),
    Spec("reports", "Reports"),
    Spec("lifetime_value", "Lifetime value"),
    Spec("attribution", "Who gets credit"),
    Spec("cost_to_serve", "Cost per customer"),
    Spec("risk", "Customers at risk"),
    Spec("voice", "What customers say"),
    Spec("changes", "Did it help?"),
    Spec("methods", "How we calculate"),
)


def built() -> tuple[Spec, ...]:
    """The pages that are written; the others come with the work that fills them."""
    return tuple(spec for spec in SPECS if spec.path.exists())


def page(key: str) -> StreamlitPage:
    """The page of that key, to navigate or link to; the first of the list is where the app opens. Raises KeyError."""
    spec = {spec.key: spec for spec in built()}[key]
    return st.Page(spec.path, title=spec.title, url_path=spec.key, default=spec == built()[0])


def main() -> None:
    """Shows the page that the address asks for, inside the frame."""
    st.set_page_config(page_title="Support ROI", page_icon=str(_ICON), layout="wide")
    with turns.turn():
        standing.begin()
        _show()
        standing.end()


def _show() -> None:
    links = {spec.key: page(spec.key) for spec in built()}
    chosen = st.navigation(list(links.values()), expanded=True)
    screen.look()
    presenting.follow()
    speak(PLAIN)
    try:
        state.look()
        clients.look()
    except SupportRoiError as error:
        frame.lost(error, links["data"])
        return
    (spec,) = [spec for spec in built() if spec.key == (chosen.url_path or built()[0].key)]
    with frame.guard():
        frame.top_line(links.get("data"), links.get("reports"), way_back=spec.way_back)
    with frame.guard():
        _run(spec, chosen, links["data"])


def _run(spec: Spec, chosen: StreamlitPage, files: StreamlitPage) -> None:
    """The page, or why it has no answer and which file would bring one."""
    try:
        measured = state.measured() if spec.follows else None
        if measured and measured.tickets_alone and isinstance(measured.company, Absent):
            raise NothingToAnalyse.because(measured.company.reason, measured.company.next_step)
        chosen.run()
    except NothingToAnalyse as error:
        if not spec.way_back:
            history.back_and_forth()
        st.title(plain(chosen.title))
        frame.empty(say(f"empty.{spec.key}"), str(error), files)


if __name__ == "__main__":
    main()
