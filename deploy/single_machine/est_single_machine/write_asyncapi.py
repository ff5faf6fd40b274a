"""Write down what the services tell each other: `python -m est_single_machine.write_asyncapi`."""

import importlib
import json
from importlib.metadata import version

from pydantic import SecretStr

from est_chassis.asyncapi import document
from est_chassis.settings import ServiceSettings
from est_contracts.write_schemas import SCHEMAS

SERVICES = ("intake", "compiler", "analysis", "notifier")
WRITTEN = SCHEMAS / "asyncapi.json"


def written_document() -> str:
    """The AsyncAPI document, made from the services as they are put together for production."""
    services = [importlib.import_module(f"est_{name}.service").build(_settings(name)) for name in SERVICES]
    described = document(services, version=version("est-contracts"))
    return json.dumps(described, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _settings(service: str) -> ServiceSettings:
    """Enough to put a service together; nothing is connected to before it is started."""
    known = vars(importlib.import_module(f"est_{service}.settings")).values()
    own = next(kind for kind in known if isinstance(kind, type) and getattr(kind, "service", None) == service)
    addresses = {"database_url": "postgresql://127.0.0.1/est", "nats_url": "nats://127.0.0.1:4222"}
    settings: ServiceSettings = own(**addresses, session_secret=SecretStr("unused"))
    return settings


if __name__ == "__main__":
    WRITTEN.write_text(written_document(), encoding="utf-8")
