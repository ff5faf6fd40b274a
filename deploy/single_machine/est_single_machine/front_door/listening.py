"""The web server that the front door runs in."""

import socket

import uvicorn

from est_chassis.embedded import free_port
from est_single_machine.front_door.door import FrontDoor

BACKLOG = 512
DRAIN_SECONDS = 3


def listen(host: str, preferred_port: int) -> socket.socket:
    """Take the port, or a free one, now: the address can be told before anything else is ready."""
    return socket.create_server((host, free_port(preferred_port, host=host)), backlog=BACKLOG)


def server_of(door: FrontDoor) -> uvicorn.Server:
    """The server; ``await server.serve(sockets=[...])`` runs it."""
    return uvicorn.Server(
        uvicorn.Config(
            door,
            http="httptools",
            loop="uvloop",
            lifespan="off",
            log_level="error",
            access_log=False,
            # The door itself knows which proxies it believes.
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=DRAIN_SECONDS,
        )
    )
