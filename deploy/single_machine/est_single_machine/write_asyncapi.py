"""Write contracts/schemas/asyncapi.json: what the four services tell, hear and can be asked.

python -m est_single_machine.write_asyncapi
"""

import json
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import est_contracts
from est_chassis.asyncapi import document
from est_chassis.service import Service
from est_single_machine.front_door.routes import SERVICES

PLACE = Path(est_contracts.__file__).parents[1] / "schemas" / "asyncapi.json"
# Nothing is connected to: the brokers are asked what they would do.
NOWHERE = {"database_url": "postgresql://127.0.0.1/nowhere", "session_secret": "s" * 32, "_env_file": None}


def described() -> str:
    """The document as it is committed."""
    services = [_built(name) for name in SERVICES]
    told = document(services, version=version("est-contracts"))
    return json.dumps(told, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _built(name: str) -> Service[Any]:
    settings = import_module(f"est_{name}.settings")
    built: Service[Any] = import_module(f"est_{name}.service").build(
        getattr(settings, f"{name.capitalize()}Settings")(**NOWHERE)
    )
    return built


def main() -> None:
    PLACE.write_text(described(), encoding="utf-8")
    sys.stdout.write(f"{PLACE}\n")


if __name__ == "__main__":
    main()
