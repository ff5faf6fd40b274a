"""An intake with its own database and NATS, and a door that an operator's key opens."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.testclient import TestClient

from est_chassis.embedded import free_port
from est_chassis.run import DrainingServer, lifespan_of
from est_chassis.testing import FreshDatabase
from est_chassis.web.access import new_api_key
from est_chassis.web.app import create_app
from est_intake.service import BESIDE_TABLES, build
from est_intake.settings import IntakeSettings
from est_single_machine.intake_door import IntakeDoor

PATIENCE_SECONDS = 30
LOOK_SECONDS = 0.02


@contextmanager
def intake_door(database: FreshDatabase, nats_url: str, folder: Path) -> Iterator[IntakeDoor]:
    settings, token = settings_of(database, nats_url, folder, port=0)
    service = build(settings)
    with TestClient(create_app(service, lifespan=lifespan_of(service))) as client:
        yield IntakeDoor(client, key=token)


@contextmanager
def intake_served(database: FreshDatabase, nats_url: str, folder: Path) -> Iterator[tuple[str, str]]:
    """The same on a port of its own, for commands; its address, and the operator's key."""
    settings, token = settings_of(database, nats_url, folder, port=free_port())
    service = build(settings)
    server = DrainingServer(service)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    gives_up_at = time.monotonic() + PATIENCE_SECONDS
    while not (server.started and all(part is True for part in service.ready().values())):
        assert time.monotonic() < gives_up_at, "intake did not start"
        time.sleep(LOOK_SECONDS)
    try:
        yield f"http://127.0.0.1:{settings.http_port}", token
    finally:
        server.should_exit = True
        thread.join(PATIENCE_SECONDS)


def settings_of(
    database: FreshDatabase, nats_url: str, folder: Path, *, port: int
) -> tuple[IntakeSettings, str]:
    token, sha256 = new_api_key("operator")
    keys = folder / "api_keys.json"
    operator = {"key_id": "operator", "sha256": sha256, "municipality": None, "function": None}
    others = {"organisation": None, "party": None, "roles": ["operator"], "name": "Driften"}
    keys.write_text(json.dumps([operator | others]), "utf-8")
    settings = IntakeSettings(
        database_url=database.prepare("intake", beside_tables=BESIDE_TABLES),
        nats_url=nats_url,
        session_secret="a secret for the seats of the tests",
        api_keys_file=keys,
        http_port=port,
    )
    return settings, token
