"""One process, one service: listen on HTTP, drain on SIGTERM."""

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import FrameType
from typing import Any

import uvicorn
from fastapi import FastAPI

from est_chassis import logs
from est_chassis.service import Service
from est_chassis.web.app import create_app

DRAIN_SECONDS = 5
SWITCH_SECONDS = 0.0005
# How many new objects are looked through at once for what nobody refers to any more.
YOUNG_OBJECTS = 10_000


def run(service: Service[Any]) -> None:
    """Run a service until it is told to stop."""
    logs.configure(service.name, service.settings.log_level)
    # The writer's thread and the event loop hand the interpreter to each other many times per commit.
    sys.setswitchinterval(SWITCH_SECONDS)
    server = DrainingServer(service)
    leave_alone_what_stays()
    server.run()


def leave_alone_what_stays() -> None:
    """What has been imported and built stays: the collector need not walk through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)


class DrainingServer(uvicorn.Server):
    """Says at once that it is about to stop, so that open streams end before the server waits for them."""

    def __init__(self, service: Service[Any]) -> None:
        super().__init__(server_config(service))
        self._service = service

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._service.draining.set()
        super().handle_exit(sig, frame)


def server_config(service: Service[Any]) -> uvicorn.Config:
    settings = service.settings
    return uvicorn.Config(
        create_app(service, lifespan=lifespan_of(service)),
        host=settings.http_host,
        port=settings.http_port,
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=DRAIN_SECONDS,
        proxy_headers=True,
        forwarded_allow_ips=settings.front_door_addresses,
    )


def lifespan_of(service: Service[Any]) -> Any:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await service.start()
        try:
            yield
        finally:
            await service.stop()

    return lifespan
