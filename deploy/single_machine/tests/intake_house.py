"""An intake with its own database and NATS, and a door that an operator's key opens."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.testclient import TestClient

from est_chassis.run import lifespan_of
from est_chassis.testing import FreshDatabase
from est_chassis.web.access import new_api_key
from est_chassis.web.app import create_app
from est_intake.service import BESIDE_TABLES, build
from est_intake.settings import IntakeSettings
from est_single_machine.intake_door import IntakeDoor


@contextmanager
def intake_door(database: FreshDatabase, nats_url: str, folder: Path) -> Iterator[IntakeDoor]:
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
        http_port=0,
    )
    service = build(settings)
    with TestClient(create_app(service, lifespan=lifespan_of(service))) as client:
        yield IntakeDoor(client, key=token)
