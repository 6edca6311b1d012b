"""The web server: Streamlit as an ASGI app behind our own rules, a clean start and errors that carry no data.

`streamlit run app.py` finds `app`; the pages start at pages/_parts/site.py.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy loads; its threads spin where cores are shared (0.7 s became 23 s)

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route
from streamlit.starlette import App

from pages._parts.incident import show_error
from pages._parts.shelf import examples
from pages._parts.site import built
from pages._parts.warm_up import warming_up
from pages._server.budget import UploadBudget
from pages._server.headers import SecurityHeaders
from pages._server.large_files import desk, large_file_route, receiving
from pages._server.log import take_text_out
from pages._server.memory import share_memory_between_threads
from pages._server.quiet import Listening, Quiet
from pages._server.resumed import Resumed
from pages._server.same_host import SameHost, look_up_no_address
from pages._server.settings import insist_on_safe_settings
from roi_core.workspace import default_home, sweep

_quiet = Quiet()


@asynccontextmanager
async def _start(_: App) -> AsyncIterator[None]:
    """Removes what an earlier process left behind, makes the first example ready beside the first visits, and leaves nothing of it."""
    sweep(default_home())
    with closing(examples()), warming_up(_quiet):
        async with receiving(desk()):
            yield


def _home(request: Request) -> RedirectResponse:
    """The first page by its own name: Streamlit knows it only as the root."""
    return RedirectResponse(f"/?{request.url.query}")


share_memory_between_threads()
insist_on_safe_settings(st.get_option)
look_up_no_address()
os.umask(0o077)
take_text_out()
app = App(
    Path(__file__).resolve().parent / "pages" / "_parts" / "site.py",
    lifespan=_start,
    routes=[Route(f"/{built()[0].key}", _home), large_file_route(desk())],
    middleware=[Middleware(SecurityHeaders), Middleware(SameHost), Middleware(Listening, quiet=_quiet), Middleware(UploadBudget), Middleware(Resumed)],
    on_script_error=show_error,
)
