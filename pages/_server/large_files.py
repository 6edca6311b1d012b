"""Files of any size, streamed from the browser to disk: what goes through Streamlit is kept in memory, more than once."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing, asynccontextmanager, closing, suppress
from functools import cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from streamlit.runtime import get_instance
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string

from pages._server.same_host import is_from_our_page
from roi_core.errors import TicketUnknown, UploadRefused
from roi_core.workspace.incoming import Incoming

PATH = "/large-file"
TICKET = "X-Support-Roi-Ticket"
"""The header that carries the ticket: a page of another origin cannot send it, and no log of addresses holds it."""

_COOKIE = "_streamlit_xsrf"
_BLOCK = 1_048_576
_QUIET_SECONDS = 60.0
_SWEEP_SECONDS = 30.0


@cache
def desk() -> Incoming:
    """The one desk of this server, for the route and for the pages."""
    return Incoming(_is_there)


def browser_of(cookies: Mapping[str, str]) -> bytes:
    """What tells one browser from another: the secret that Streamlit's cookie masks anew in each answer. Empty where there is none."""
    return decode_xsrf_token_string(cookies.get(_COOKIE, ""))[0] or b""


@asynccontextmanager
async def receiving(incoming: Incoming) -> AsyncIterator[None]:
    """Sweeps while the block runs, and leaves nothing when it ends."""
    with closing(incoming):
        sweeping = asyncio.create_task(_sweep(incoming))
        try:
            yield
        finally:
            sweeping.cancel()


def large_file_route(incoming: Incoming, quiet_seconds: float = _QUIET_SECONDS) -> Route:
    """PUT of one file whose ticket a page gave out: 204, or why not in words (403 not ours, 408 silent too long, 413 too much)."""

    async def put(request: Request) -> Response:
        if not is_from_our_page(request.scope):
            return PlainTextResponse("Load files on the page Your files.", 403)
        try:
            await _receive(request, incoming, quiet_seconds)
        except TicketUnknown as error:
            return PlainTextResponse(str(error), 403)
        except UploadRefused as error:
            return PlainTextResponse(str(error), 413)
        except (ClientDisconnect, TimeoutError):
            return Response(status_code=408)
        return Response(status_code=204)

    return Route(PATH, put, methods=["PUT"])


async def _receive(request: Request, incoming: Incoming, quiet_seconds: float) -> None:
    with incoming.receive(request.headers.get(TICKET, ""), browser_of(request.cookies), _declared(request)) as file:
        async with aclosing(_blocks(request, quiet_seconds)) as blocks:
            async for block in blocks:
                await run_in_threadpool(file.write, block)


async def _blocks(request: Request, quiet_seconds: float) -> AsyncGenerator[bytes, None]:
    """The body in pieces of about a megabyte: one write a piece, apart from the thread that answers everybody."""
    block = bytearray()
    async with aclosing(request.stream()) as stream:
        while True:
            async with asyncio.timeout(quiet_seconds):
                piece = await anext(stream, None)
            if piece is None:
                break
            block.extend(piece)
            if len(block) >= _BLOCK:
                yield bytes(block)
                block.clear()
    yield bytes(block)


def _declared(request: Request) -> int | None:
    length = request.headers.get("content-length", "")
    return int(length) if length.isdecimal() else None


def _is_there(session: str) -> bool:
    return get_instance().is_active_session(session)


async def _sweep(incoming: Incoming) -> None:
    with suppress(asyncio.CancelledError):
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            await run_in_threadpool(incoming.sweep)
