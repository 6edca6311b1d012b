"""The web server: Streamlit as an ASGI app with security headers, a clean start and errors that carry no data.

`streamlit run app.py` finds `app`; the pages start at pages/_parts/site.py.
"""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.starlette import App

from pages._parts.frame import show_error
from pages._parts.site import built
from roi_core.workspace import default_home, sweep

# Streamlit's page needs inline script and style and loads its components from blobs, and Vega compiles its expressions;
# nothing may come from or go to another host.
_CONTENT = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
_HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in _CONTENT.items()),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


_SETTINGS = {
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
}


class SecurityHeaders:
    """ASGI middleware that sets the headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request: the answer's first message takes the headers with it."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class _WithoutTraceback(logging.Filter):
    """Streamlit logs an error of a callback with its text, which can hold customer data; ours is logged by `show_error`."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.exc_info is None


@asynccontextmanager
async def _start(_: App) -> AsyncIterator[None]:
    """Removes what an earlier process left behind."""
    sweep(default_home())
    yield


def _home(request: Request) -> RedirectResponse:
    """The first page by its own name: Streamlit knows it only as the root."""
    return RedirectResponse(f"/?{request.url.query}")


def _insist_on_safe_settings() -> None:
    """An environment variable or a flag can undo our configuration file; without these settings the app does not start."""
    undone = [name for name, safe in _SETTINGS.items() if st.get_option(name) != safe]
    if undone:
        raise SystemExit(f"support-roi: unsafe settings: {', '.join(undone)}. Remove the STREAMLIT_ variables or flags that set them.")


_insist_on_safe_settings()
logging.getLogger("streamlit.error_util").addFilter(_WithoutTraceback())
app = App(
    Path(__file__).resolve().parent / "pages" / "_parts" / "site.py",
    lifespan=_start,
    routes=[Route(f"/{built()[0].key}", _home)],
    middleware=[Middleware(SecurityHeaders)],
    on_script_error=show_error,
)
