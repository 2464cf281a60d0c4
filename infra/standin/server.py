"""The stand-in as a server that speaks as much of the provider's protocol as a client of Dateline needs."""

from __future__ import annotations

import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp

from infra.standin.api import Api, Service
from infra.standin.batches import Batches
from infra.standin.refusal import RefusedError

_SECONDS_TO_FINISH = 2


def application(service: Service | None = None) -> Starlette:
    """Return the server's application. Batches are worked on for as long as it is up."""
    serves = service or Service()
    return Starlette(
        routes=Api(serves).routes(),
        exception_handlers={RefusedError: _refusal},
        lifespan=lambda _: _working(serves.batches),
    )


def listen(host: str, port: int) -> socket.socket:
    """Open the socket to serve on; port 0 takes a free one. OSError where the port is taken."""
    return socket.create_server((host, port))


def base_url(listening: socket.socket) -> str:
    """Return what a client is given as the provider's base URL."""
    host, port = listening.getsockname()[:2]
    return f"http://{host}:{port}/v1"


def server(served: ASGIApp) -> uvicorn.Server:
    """Return an application's server, which logs nothing but warnings, and none of what it is sent."""
    return uvicorn.Server(
        uvicorn.Config(
            served,
            log_level="warning",
            access_log=False,
            lifespan="on",
            timeout_graceful_shutdown=_SECONDS_TO_FINISH,
        )
    )


@contextmanager
def serving(served: ASGIApp | None = None) -> Iterator[str]:
    """Serve the stand-in, or another, on a free loopback port beside the caller's own work; yields the base URL."""
    running = server(served or application())
    with listen("127.0.0.1", 0) as listening:
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield base_url(listening)
        finally:
            running.should_exit = True
            thread.join()


@asynccontextmanager
async def _working(batches: Batches) -> AsyncIterator[None]:
    threading.Thread(target=batches.work, daemon=True).start()
    yield
    batches.stop()


async def _refusal(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RefusedError):
        raise error
    return JSONResponse(error.body, status_code=error.status)
