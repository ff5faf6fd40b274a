"""Gives the services their homes in the database, before they are started or filled from a backup."""

import os
import subprocess
import sys
from collections.abc import Mapping

from est_single_machine.front_door.routes import SERVICES

PREPARE_TIMEOUT_SECONDS = 60


class CannotPrepare(RuntimeError):
    """A service's home in the database could not be made."""


def prepare_services(owner_url: str, *, passwords: Mapping[str, str]) -> None:
    """In a process of its own: what a service needs beside its events stands in its own package."""
    told = {f"EST_{name.upper()}_PASSWORD": passwords[name] for name in SERVICES}
    finished = subprocess.run(
        [sys.executable, "-m", "est_chassis.prepare", *(f"est_{name}" for name in SERVICES)],
        env={**os.environ, **told, "EST_OWNER_DATABASE_URL": owner_url},
        capture_output=True,
        text=True,
        check=False,
        timeout=PREPARE_TIMEOUT_SECONDS,
    )
    if finished.returncode != 0:
        raise CannotPrepare("\n".join(finished.stderr.strip().splitlines()[-3:]))
