"""The four services with the containers' own secrets, roles and permissions: everything they need, they may.

No engine is needed: the processes, the entrance, the configuration and the servers are the containers' own.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import psutil
import psycopg
import pytest

from est_chassis.embedded import TemporaryNats, TemporaryPostgres, free_port
from est_chassis.embedded.postgres import _installation
from est_contracts.examples import EXAMPLES, example_report
from est_contracts.messages import CollaborationSetUp
from make_secrets import main as make_secrets
from write_compose import HERE, SERVICES

PATIENCE_SECONDS = 90
OWNER = "est_house_owner"
INCLUDED = "include ../../run/secrets/nats_passwords.conf"


class Containers:
    """What compose would start, as processes."""

    def __init__(self, place: Path, postgres: TemporaryPostgres, nats: TemporaryNats) -> None:
        self.secrets = place / "secrets"
        self.place = place
        self.postgres = postgres
        self.nats = nats
        self.token = ""
        self.ports = {service: free_port() for service in SERVICES}
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def secret(self, name: str) -> str:
        return (self.secrets / name).read_text()

    def start(self) -> None:
        self._make_owner()
        for service in SERVICES:
            mounted = {
                "owner_database_url": "est_owner_database_url",
                f"{service}_role_password": "est_role_password",
            }
            words = [sys.executable, "-m", "est_chassis.prepare", f"est_{service}"]
            assert self._enter(f"prepare-{service}", words, mounted).wait(PATIENCE_SECONDS) == 0, self.log(
                service
            )
        for service in SERVICES:
            mounted = {
                f"{service}_database_url": "est_database_url",
                f"{service}_nats_password": "est_nats_password",
                "session_secret": "est_session_secret",
                "api_keys": "api_keys.json",
            }
            self.processes[service] = self._enter(service, [sys.executable, "-m", f"est_{service}"], mounted)

    def _make_owner(self) -> None:
        superuser = urlsplit(self.postgres.dsn)
        with psycopg.connect(self.postgres.dsn, autocommit=True) as connection:
            connection.execute("CREATE DATABASE house")
        environment = {
            "PATH": f"{_installation() / 'bin'}:{os.environ['PATH']}",
            "PGHOST": "127.0.0.1",
            "PGPORT": str(self.postgres.port),
            "PGPASSWORD": str(superuser.password),
            "POSTGRES_USER": str(superuser.username),
            "POSTGRES_DB": "house",
            "EST_OWNER": OWNER,
            "EST_OWNER_PASSWORD_FILE": str(self.secrets / "owner_password"),
        }
        subprocess.run([str(HERE / "postgres" / "10-owner.sh")], check=True, env=environment)

    def _enter(self, name: str, words: list[str], mounted: dict[str, str]) -> "subprocess.Popen[bytes]":
        """Start a program through the entrance, with its secrets mounted and nothing else."""
        mount = self.place / f"run-{name}"
        mount.mkdir()
        for source, target in mounted.items():
            here = f"127.0.0.1:{self.postgres.port}/house"
            text = (
                self.secret(source).replace("postgres:5432/est", here).replace("//est_owner:", f"//{OWNER}:")
            )
            (mount / target).write_text(text)
        service = name.removeprefix("prepare-")
        environment = {
            "PATH": os.environ["PATH"],
            "EST_SECRETS_DIRECTORY": str(mount),
            "EST_NATS_URL": self.nats.url,
            "EST_NATS_USER": service,
            "EST_API_KEYS_FILE": str(mount / "api_keys.json"),
            "EST_HTTP_PORT": str(self.ports[service]),
        }
        with (self.place / f"{name}.log").open("wb") as log:
            entrance = [str(HERE / "entrypoint.sh"), *words]
            return subprocess.Popen(entrance, env=environment, stdout=log, stderr=subprocess.STDOUT, cwd="/")

    def stop(self) -> None:
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            process.wait(PATIENCE_SECONDS)

    def log(self, service: str) -> str:
        return "\n".join(path.read_text() for path in self.place.glob(f"*{service}.log"))

    def ask(self, service: str, path: str, *, method: str = "GET", body: object = None) -> httpx.Response:
        address = f"http://127.0.0.1:{self.ports[service]}{path}"
        return httpx.request(method, address, headers={"Authorization": f"Bearer {self.token}"}, json=body)


@pytest.fixture(scope="module")
def containers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Containers]:
    place = tmp_path_factory.mktemp("containers")
    token = make_secrets(place / "secrets")
    accounts = place / "accounts.conf"
    passwords = (place / "secrets" / "nats_passwords").read_text()
    accounts.write_text((HERE / "nats" / "accounts.conf").read_text().replace(INCLUDED, passwords))
    with TemporaryPostgres() as postgres, TemporaryNats(accounts_file=accounts) as nats:
        started = Containers(place, postgres, nats)
        started.token = str(token)
        started.start()
        yield started
        started.stop()


def until(holds: Callable[[], bool]) -> None:
    """Look again and again, for a bounded time."""
    gives_up_at = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < gives_up_at, "it did not come to hold in time"
        psutil.cpu_percent(interval=0.1)


@pytest.mark.parametrize("service", SERVICES)
def test_each_service_becomes_ready_with_its_own_secrets(containers: Containers, service: str) -> None:
    def is_ready() -> bool:
        try:
            return containers.ask(service, "/health/ready").status_code == 200
        except httpx.TransportError:
            return False

    until(is_ready)


def test_a_report_reaches_every_service_within_the_permissions(containers: Containers) -> None:
    document = next(example for kind, example in EXAMPLES.items() if kind is CollaborationSetUp)
    assert isinstance(document, CollaborationSetUp)
    collaboration = document.document
    path = f"/v1/municipalities/{collaboration.municipality}/collaboration"
    set_up = containers.ask("intake", path, method="PUT", body=collaboration.model_dump(mode="json"))
    assert set_up.is_success, set_up.text
    report = json.loads(example_report().model_dump_json(exclude_none=True))
    report |= {"report_id": str(uuid4()), "happened_at": datetime.now(UTC).isoformat(), "severity": 5}

    assert containers.ask("intake", "/v1/reports", method="POST", body=report).status_code == 201

    def is_taken_in_by_all() -> bool:
        statuses = [containers.ask(service, "/operator/status").json() for service in SERVICES]
        return all(status["taken_in"]["intake"] >= 2 for status in statuses)

    until(is_taken_in_by_all)
    # The gravest kind raises an alert, whose reminder is a timer in NATS.
    until(lambda: containers.ask("notifier", "/operator/status").json()["recorded"] >= 1)
    until(lambda: containers.ask("notifier", "/operator/status").json()["relay"]["waiting"] == 0)


@pytest.mark.parametrize("service", SERVICES)
def test_nothing_was_refused_to_anybody_on_the_way(containers: Containers, service: str) -> None:
    log = containers.log(service).lower()

    assert "permissions violation" not in log
    assert "permission denied" not in log
    assert '"level": "error"' not in log
